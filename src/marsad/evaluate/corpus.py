"""Goes over a coded corpus: reports and gold from JSON Lines files, found readings beside them, report by report."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marsad.errors import BadInputError
from marsad.evaluate.coding import Coding, coding_from_row
from marsad.evaluate.faults import Fault, faults
from marsad.evaluate.judged import asked_of
from marsad.evaluate.pairing import pair_claims
from marsad.evaluate.score import Scores, score_report

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Reports by id as they stand in their file, and what a careful reader marked in each, in the gold's order."""

    reports: Mapping[str, Row]
    golds: tuple[Coding, ...]

    def text(self, report: str) -> str:
        """Return the body of a report."""
        return str(self.reports[report].get("text") or "")

    def group(self, report: str, key: str) -> str:
        """Return what a report's row says under `key` ("none" where it says nothing)."""
        value = self.reports[report].get(key)
        return "none" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Measured:
    """The scores and the faults of one report."""

    report: str
    scores: Scores
    faults: tuple[Fault, ...]


def load_corpus(reports: Path, gold: Path) -> Corpus:
    """Return the corpus of two JSON Lines files; BadInputError names the file and line that is wrong."""
    rows = {_identity(row, place): row for place, row in _rows(reports)}
    golds = tuple(_coding(row, place) for place, row in _rows(gold))
    if unknown := [coding.report for coding in golds if coding.report not in rows]:
        raise BadInputError(f"{gold}: marks reports that {reports} lacks: {', '.join(unknown[:5])}; check the ids")
    return Corpus(rows, golds)


def load_found(path: Path) -> dict[str, Coding]:
    """Return readings by report from a file that `marsad read --format jsonl` wrote."""
    found: dict[str, Coding] = {}
    for place, row in _rows(path):
        coding = _coding(row, place)
        if coding.report in found:
            raise BadInputError(f"{place}: report {coding.report} was read before; keep one reading of each")
        found[coding.report] = coding
    return found


def measure(golds: Iterable[Coding], found: Mapping[str, Coding]) -> list[Measured]:
    """Return scores and faults of every report of the gold; one that was not read counts as read without claims."""
    measured = []
    for gold in golds:
        answer = asked_of(gold, found.get(gold.report) or Coding(gold.report))
        pairs = pair_claims(gold.claims, answer.claims)
        scores = score_report(gold, answer, pairs)
        measured.append(Measured(gold.report, scores, tuple(faults(gold, answer, pairs))))
    return measured


def _rows(path: Path) -> Iterable[tuple[str, Row]]:
    try:
        lines = path.read_text("utf-8").split("\n")
    except OSError as error:
        raise BadInputError(f"{path}: cannot be read ({error.strerror}); check the path") from None
    except UnicodeDecodeError as error:
        raise BadInputError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield f"{path}, line {number}", _row(line, f"{path}, line {number}")


def _row(line: str, place: str) -> Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise BadInputError(f"{place}: not JSON; each line must hold one object") from None
    if not isinstance(row, dict):
        raise BadInputError(f"{place}: not an object; each line must hold one object")
    return row


def _identity(row: Row, place: str) -> str:
    identity = row.get("doc") or row.get("id")
    if identity is None:
        raise BadInputError(f"{place}: a report without an id; give it the id that the gold uses")
    return str(identity)


def _coding(row: Row, place: str) -> Coding:
    try:
        return coding_from_row(row)
    except BadInputError as error:
        raise BadInputError(f"{place}: {error}") from None
