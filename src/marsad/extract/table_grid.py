"""Finds the tables of a text: lines whose cells are parted by bars, tabs or runs of blanks, each with its place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from marsad.model import Span

RULE = re.compile(r"[\s|:+=_–—-]*")
"""A line that only draws: |---|:--|, +-----+, =====."""
WIDE = re.compile(r"\s{2,}")
CAPTION_LINES = 2
LONGEST_CAPTION = 300
LONGEST_PART = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text by its offsets, the mark that parts its cells ("" where it has one cell), and the cells."""

    start: int
    end: int
    mark: str
    cells: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its lines in order, and the lines above that may say what it is a table of, the nearest first."""

    lines: tuple[Line, ...]
    captions: tuple[Span, ...]


def find_grids(text: str) -> Iterator[Grid]:
    """Yield the tables of a text.

    One blank line, a line that only draws, or a short line of one cell (the name of a part of the table) may stand
    between two lines of a table.
    """
    above: list[Span] = []
    table: list[Line] = []
    between: list[Line] = []
    for line in _lines(text):
        if table and line.mark == table[-1].mark:
            table.append(line)
            between = []
        elif table and not line.mark and not between and _may_part(line, text):
            between = [line]
        elif not (table and RULE.fullmatch(text[line.start : line.end]) and line.cells):
            yield from _grid(table, above)
            above += [one.cells[0] for one in between if one.cells]
            table, between = ([line] if line.mark else []), []
            above += [] if line.mark else line.cells[:1]
    yield from _grid(table, above)


def _may_part(line: Line, text: str) -> bool:
    words = text[line.start : line.end].strip()
    return not words or (len(words) <= LONGEST_PART and not words.endswith((".", ":", "?", "!")))


def _grid(table: Sequence[Line], above: Sequence[Span]) -> Iterator[Grid]:
    if len(table) > 1:
        near = [one for one in reversed(above[-CAPTION_LINES:]) if len(one.quote) <= LONGEST_CAPTION]
        yield Grid(tuple(_without_edges(table)), tuple(near))


def _without_edges(table: Sequence[Line]) -> list[Line]:
    """Leave out the columns before and behind bars that frame a table: no line has anything in them."""
    first = int(all(not line.cells[0].quote for line in table))
    last = -1 if all(not line.cells[-1].quote for line in table) else None
    return [replace(line, cells=line.cells[first:last]) for line in table]


def _lines(text: str) -> Iterator[Line]:
    at = 0
    for words in text.split("\n"):
        yield _line(words, at)
        at += len(words) + 1


def _line(words: str, at: int) -> Line:
    inner = words.strip()
    mark = (
        ""
        if RULE.fullmatch(inner)
        else "|"
        if "|" in inner
        else "\t"
        if "\t" in inner
        else "  "
        if WIDE.search(inner)
        else ""
    )
    if not mark:
        return Line(at, at + len(words), "", (_cell(words, 0, len(words), at),) if inner else ())
    cuts = WIDE.finditer(words) if mark == "  " else re.finditer(re.escape(mark), words)
    edges = [0, *(edge for cut in cuts for edge in cut.span()), len(words)]
    cells = [_cell(words, edges[i], edges[i + 1], at) for i in range(0, len(edges), 2)]
    if mark == "  ":
        cells = [cell for cell in cells if cell.quote]
    return Line(at, at + len(words), mark, tuple(cells))


def _cell(words: str, start: int, end: int, at: int) -> Span:
    while start < end and words[start].isspace():
        start += 1
    while end > start and words[end - 1].isspace():
        end -= 1
    return Span(at + start, at + end, words[start:end])


def in_columns(line: Line, head: Line) -> tuple[Span | None, ...] | None:
    """Return a line's cells under those of the head, None for an empty one; None where they cannot be told apart.

    With blanks as marks a cell that is missing leaves no trace: then each cell goes to the column that it stands under.
    """
    if line.mark == "\t":
        return _between_tabs(line, head)
    if len(line.cells) == len(head.cells):
        return tuple(cell if cell.quote else None for cell in line.cells)
    if line.mark != "  " or len(line.cells) > len(head.cells):
        return None
    found: list[Span | None] = [None] * len(head.cells)
    for cell in line.cells:
        apart = [_apart(cell, line, one, head) for one in head.cells]
        column = min(range(len(apart)), key=lambda at: (apart[at], at))
        if apart[column] > 0 or found[column] is not None:
            return None
        found[column] = cell
    return tuple(found)


def _between_tabs(line: Line, head: Line) -> tuple[Span | None, ...] | None:
    """Empty cells at the end of a line are often left out; several tabs in a row may be there for the look."""
    cells = [cell if cell.quote else None for cell in line.cells]
    filled = [cell for cell in cells if cell]
    if all(cell.quote for cell in head.cells[1:]) and len(cells) <= len(head.cells):
        return (*cells, *[None] * (len(head.cells) - len(cells)))
    if len(filled) == sum(bool(cell.quote) for cell in head.cells):
        told = iter(filled)
        return tuple(next(told) if cell.quote else None for cell in head.cells)
    return None


def _apart(cell: Span, line: Line, head: Span, above: Line) -> int:
    """Return how many characters lie between a cell and a head, counted from the starts of their lines; 0 if none."""
    start, end = cell.start - line.start, cell.end - line.start
    left, right = head.start - above.start, head.end - above.start
    return max(left - end + 1, start - right + 1, 0)
