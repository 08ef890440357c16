"""The endpoints of reports: list them, look at one, read one without storing it, add one."""

from typing import Any

from starlette.exceptions import HTTPException

from marsad.contract import to_json
from marsad.errors import BadInputError
from marsad.ledger.record import RecordedReading
from marsad.model import Report
from marsad.read import parse_day
from marsad.read.items import SkippedInputError
from marsad.read.source import read_bytes
from marsad.serve.adding import add_reports, incidents_of, report_of
from marsad.serve.api.door import OPTIONAL, SENT, Asked
from marsad.serve.api.words import MOMENT

SENT["Report"] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["text"],
    "description": "one report in the contract's form (docs/contract.md)",
    "properties": {
        "text": {"type": "string", "minLength": 1, "pattern": r"\S",
                 "description": "the report's words; offsets of the answer count in them"},
        **dict.fromkeys(("id", "title", "publisher", "url", "language"), OPTIONAL),
        "published": {**MOMENT, "type": ["string", "null"], "description": "the day that “on Thursday” counts from"},
    },
}  # fmt: skip


def list_reports(asked: Asked) -> dict[str, Any]:
    """Return the recorded reports, the last recorded first."""
    ledger = asked.ledger
    words = asked.words
    since, until = (parse_day(words[name]) if name in words else None for name in ("since", "until"))
    publisher = words.get("publisher", "").casefold()

    def wanted(report: Report) -> bool:
        day = report.published
        if (since and (day is None or day < since)) or (until and (day is None or day > until)):
            return False
        return publisher in (report.publisher or "").casefold()

    found = [one for one in ledger.readings.values() if wanted(one.reading.report)]
    found.sort(key=lambda one: (one.recorded, one.report_key), reverse=True)
    page = asked.paged("reports", found)
    return {**page, "reports": [_row(one, sorted(incidents_of(one, ledger.heirs))) for one in page["reports"]]}


def one_report(asked: Asked) -> dict[str, Any]:
    """Return one recorded report with its reading and the incidents that it tells of."""
    ledger = asked.ledger
    one = report_of(ledger, asked.words["id"])
    return {
        "key": one.report_key,
        "recorded": one.recorded.isoformat(),
        "program": one.program,
        "extractor": one.extractor,
        "incident_ids": sorted(incidents_of(one, ledger.heirs)),
        "words": one.reading.report.text,
        "reading": to_json(one.reading, places=True, why=True),
    }


def read_report(asked: Asked) -> dict[str, Any]:
    """Read one report and return its reading; nothing is stored."""
    return to_json(asked.desk.read(_sent_report(asked)[0]), places=True, why=True)


def add_report(asked: Asked) -> tuple[int, dict[str, Any]]:
    """Read and record one report, and judge which others tell of the same events."""
    done = add_reports(asked.desk, asked.person, [_sent_report(asked)])[0]
    if done.reading is None:
        raise BadInputError(str(done.reason))
    ledger = asked.shelf.ledger()
    one = report_of(ledger, done.key)
    made = {
        "outcome": done.outcome,
        "key": done.key,
        "incident_ids": sorted(incidents_of(one, ledger.heirs)),
        "warnings": list(done.reading.warnings),
    }
    return (201 if done.outcome == "new" else 200), made


def _sent_report(asked: Asked) -> tuple[Report, bytes]:
    found = list(read_bytes(asked.raw, "report.json"))
    reports = [one for one in found if not isinstance(one, BadInputError)]
    faults = [str(e) for e in found if isinstance(e, BadInputError) and not isinstance(e, SkippedInputError)]
    if len(reports) != 1 or faults:
        raise HTTPException(400, "; ".join(faults) or "send one report: an object with a text")
    return reports[0]


def _row(one: RecordedReading, incidents: list[str]) -> dict[str, Any]:
    report = one.reading.report
    return {
        "key": one.report_key,
        "title": report.title,
        "publisher": report.publisher,
        "url": report.url,
        "published": report.published.isoformat() if report.published else None,
        "language": report.language,
        "characters": len(report.text),
        "claims": len(one.reading.claims),
        "incidents": incidents,
        "recorded": one.recorded.isoformat(),
        "extractor": one.extractor,
    }
