"""The ledger: what happened, derived from what was recorded, as of a moment. Pure: no clock, no file, no network."""

from marsad.ledger.build import build_ledger
from marsad.ledger.changes import Changes, changes
from marsad.ledger.entries import Ledger, LedgerIncident, RunningTotal
from marsad.ledger.policy import POLICIES, TITLES, Policy, require_policy
from marsad.ledger.record import Record, RecordedReading
from marsad.ledger.sayings import Saying, sayings_of
from marsad.ledger.series import Series, series_of
from marsad.ledger.tolls import BY, By, Row, Selection, TollTable, select, toll
from marsad.ledger.trace import Trace, trace

__all__ = [
    "BY",
    "POLICIES",
    "TITLES",
    "By",
    "Changes",
    "Ledger",
    "LedgerIncident",
    "Policy",
    "Record",
    "RecordedReading",
    "Row",
    "RunningTotal",
    "Saying",
    "Selection",
    "Series",
    "TollTable",
    "Trace",
    "build_ledger",
    "changes",
    "require_policy",
    "sayings_of",
    "select",
    "series_of",
    "toll",
    "trace",
]
