"""Record claims: that an event or a figure is the highest, the lowest, the first or so-manieth of a stretch of time."""

import re
from collections.abc import Iterator

from marsad.extract.statements.drafts import Draft, apart
from marsad.extract.statements.patterns import matches, piece
from marsad.extract.statements.phrases import Line, atoms_of

REACH = 110
NO_RECORD = re.compile(r"\b(?:most|record|unprecedented|levels?|rate)\b")
"""Words that make a record only with a stretch of time."""
STRETCH = re.compile(r"\b(?:days?|weeks?|months?|hours?|years?|nights?)$")
NEEDS_WINDOW = ("first", "lowest")


def find_records(line: Line) -> Iterator[Draft]:
    """Yield what a sentence claims to be a record; a superlative without harm or without a stretch of time is none."""
    line = atoms_of(line)
    found = [_draft(line, measure, match) for measure, match in matches("records", line.text)]
    yield from apart(draft for draft in found if draft is not None)


def _draft(line: Line, measure: str, match: re.Match[str]) -> Draft | None:
    window = piece("WINDOW").search(line.text, match.end(), match.end() + REACH)
    if window is None and measure == "brings_to":
        window = piece("WINDOW").search(line.text, match.start(), match.end())
    if window is None and measure in NEEDS_WINDOW:
        return None
    groups = match.groupdict()
    if window is None and (NO_RECORD.search(match.group()) or (measure == "rank" and not groups.get("of"))):
        return None
    if measure == "first" and STRETCH.search(groups.get("of") or ""):
        return None
    slots: dict[str, list[tuple[int, int]]] = {}
    if groups.get("of"):
        slots["of"] = [line.words(match.start("of"), match.end("of"))]
    if window is not None:
        slots["window"] = [line.words(window.start(), window.end())]
    return Draft("record", {"measure": measure}, slots, extent=line.words(match.start(), match.end()))
