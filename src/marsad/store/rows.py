"""What is recorded, as rows of the tables and back; and what of a row an act of the log seals."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from marsad.contract import from_json, to_json
from marsad.errors import LedgerError
from marsad.ledger.record import RecordedReading, canonical
from marsad.model import Dating, Judgement, Reading, Report, Revision
from marsad.store.schema import SINCE_FORM_3

Values = dict[str, Any]


def report_values(key: str, report: Report, sha256: str | None) -> Values:
    """Return the row of a report, but for the moment and the act; `sha256` is that of its original bytes."""
    return {
        "key": key,
        "caller_id": report.id,
        "title": report.title,
        "publisher": report.publisher,
        "url": report.url,
        "language": report.language,
        "published": report.published,
        "text": report.text,
        "sha256": sha256,
        # Bytes stood in the report's own row in the first form; since the second they are a row of their own.
        "original": None,
        "source": report.source,
        "dated": None if report.dated is None else canonical(asdict(report.dated)),
    }


def judgement_values(word: Judgement, made: datetime) -> Values:
    """Return the row of a word on two incidents, but for the act."""
    return {
        "left": word.left,
        "right": word.right,
        "verdict": word.verdict,
        "score": word.score,
        "reasons": canonical(list(word.reasons)),
        "made_by": word.by,
        "made": made.isoformat(),
    }


def revision_values(word: Revision, made: datetime) -> Values:
    """Return the row of a person's word on one value, but for the act."""
    row = {"of": word.of, "field": word.field, "value": word.value, "reason": word.reason, "made_by": word.by}
    return {**row, "made": made.isoformat()}


def body_of(reading: Reading) -> str:
    """Return a reading as JSON without what belongs to its report, which is kept in a row of its own."""
    row = to_json(reading, places=True, why=True)
    return canonical({name: value for name, value in row.items() if name not in ("id", "report")})


def sealed(row: Mapping[str, Any]) -> Values:
    """Return what an act seals of a row: all of it but the act's own number; bytes as hex.

    Columns that came with a later form are sealed where they have a value, so that older rows keep their seals.
    """
    plain = {
        name: value for name, value in row.items() if name != "act" and not (name in SINCE_FORM_3 and value is None)
    }
    for name in ("original", "bytes"):
        if isinstance(plain.get(name), bytes):
            plain[name] = plain[name].hex()
    if plain.get("published") is not None:
        plain["published"] = plain["published"].isoformat()
    return plain


def report_of(row: Row[Any]) -> Report:
    """Return the report of a row."""
    return Report(
        row.caller_id, row.text, row.title, row.publisher, row.url, row.language, row.published, row.sha256,
        row.source, _dating_of(row.dated),
    )  # fmt: skip


def _dating_of(words: str | None) -> Dating | None:
    if words is None:
        return None
    said = json.loads(words)
    return Dating(said["by"], said["certainty"], tuple(said["against"]))


def reading_of(row: Row[Any], report: Report) -> RecordedReading:
    """Return the recorded reading of a row; raise LedgerError for one in words that this program does not know."""
    return body_read(row, json.loads(row.body), report)


def body_read(row: Row[Any], body: Mapping[str, Any], report: Report) -> RecordedReading:
    """Return the recorded reading of a row, of its body what is given; raise LedgerError for unknown words."""
    try:
        reading = from_json(dict(body), report)
    except (TypeError, KeyError) as error:
        # The contract may gain keys without a new form of the tables.
        raise LedgerError(
            f"it holds a reading of Marsad {row.program} that this program cannot read ({error}): "
            "upgrade with pip install --upgrade marsad"
        ) from error
    moment = datetime.fromisoformat(row.recorded)
    return RecordedReading(row.key, row.report, reading, moment, row.program, row.extractor)


def judgement_of(row: Row[Any]) -> Judgement:
    """Return the judgement of a row."""
    made = datetime.fromisoformat(row.made)
    return Judgement(row.left, row.right, row.verdict, row.made_by, made, row.score, tuple(json.loads(row.reasons)))


def revision_of(row: Row[Any]) -> Revision:
    """Return the revision of a row."""
    return Revision(row.of, row.field, row.value, row.reason, row.made_by, datetime.fromisoformat(row.made))
