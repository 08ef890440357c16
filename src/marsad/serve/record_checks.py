"""The record claims of a recorded report, checked against the ledger: the verdict, with what speaks against it."""

from dataclasses import dataclass

from marsad.checking import Checker
from marsad.ledger import Ledger
from marsad.ledger.record import RecordedReading
from marsad.ledger.record_field import Entry
from marsad.ledger.records import BOUNDS

MOST_EXAMPLES = 3
VERDICT_MARKS = {"holds": "holds", "fails": "fails", "can't tell": "unclear"}
"""How a verdict looks: the class of its mark."""


@dataclass(frozen=True, slots=True)
class CheckedRecord:
    """One record claim: its words, the verdict and why, the verdict by bound, examples against it, what is missing."""

    words: str
    verdict: str
    mark: str
    why: str
    bounds: tuple[tuple[str, str], ...] = ()
    against: tuple[Entry, ...] = ()
    missing: tuple[str, ...] = ()


def record_checks(ledger: Ledger, found: RecordedReading) -> tuple[CheckedRecord, ...]:
    """Return the verdicts on the record claims that a report makes, in the order of its text."""
    if not any(one.kind == "record" for one in found.reading.statements):
        return ()
    out = []
    for one in Checker(ledger).reports([found]):
        words = " ".join(one.said.statement.span.quote.split())
        if one.check is None:
            out.append(CheckedRecord(words, "not checked", "unclear", one.problem or ""))
            continue
        check = one.check
        bounds = tuple((bound, check.under[bound].verdict) for bound in BOUNDS)
        mark = VERDICT_MARKS.get(check.verdict, "unclear")
        out.append(
            CheckedRecord(words, check.verdict, mark, check.why, bounds, check.against[:MOST_EXAMPLES], check.missing)
        )
    return tuple(out)
