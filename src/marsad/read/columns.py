"""The pieces of a printed page in the order in which a person reads them: column by column, tables row by row.

A PDF keeps words where they are painted, in the order of whoever wrote the file. A piece is a run of words on one line;
places are in points, y upwards.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

# In heights of a line: a narrower gap parts words, a wider one cells or columns.
GAP = 0.9
SPACE = 0.12
# Two pieces stand on one line if they share so much of the lower one's height.
SHARED = 0.5
# So many lines make a column, beside one that may be near its end.
FEWEST_LINES = 4
# A column of prose has so many words a line and is so wide; cells of tables are shorter.
PROSE_WORDS = 3.5
PROSE_SHARE = 0.2
# A note at the foot is set so much smaller than the text, and begins with its mark.
SMALL = 0.85
LONG = 30
LARGE = 1.25
# Lines of one cell may stand so near to the middle of its row; rows stand further apart.
TOUCHING = 0.15
LONGEST_CELL = 40
_HANGING = re.compile(r"(?:,|-|&|\b(?:of|and|the|in|al|or|near|north|south|east|west|northern|southern))$", re.I)
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡§]{1,3}|\[\d{1,3}\])[\s.)]?\s*(?=\S)")
_ITEM = re.compile(r"[•●▪◦*–-]|\(?\w{1,3}[.)]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words on a line, and the box around it."""

    left: float
    bottom: float
    right: float
    top: float
    text: str

    @property
    def height(self) -> float:
        """How high the box is."""
        return self.top - self.bottom


Row = tuple[Piece, ...]


def rows_of(pieces: Iterable[Piece]) -> list[Row]:
    """Return the pieces line by line from the top, those of one line from the left; close ones are put together."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda one: (-one.top, one.left)):
        home = next((row for row in reversed(rows[-4:]) if _on_one_line(row[0], piece)), None)
        if home is None:
            rows.append([piece])
        else:
            home.append(piece)
    height = _height(piece for row in rows for piece in row)
    return [tuple(_together(sorted(row, key=lambda one: one.left), height)) for row in rows]


def _on_one_line(one: Piece, other: Piece) -> bool:
    shared = min(one.top, other.top) - max(one.bottom, other.bottom)
    return shared > SHARED * min(one.height, other.height)


def _together(row: Sequence[Piece], height: float) -> Iterator[Piece]:
    at = row[0]
    for piece in row[1:]:
        gap = piece.left - at.right
        if gap > GAP * height:
            yield at
            at = piece
            continue
        space = " " if gap > SPACE * height and not at.text.endswith(" ") and not piece.text.startswith(" ") else ""
        box = (
            min(at.left, piece.left),
            min(at.bottom, piece.bottom),
            max(at.right, piece.right),
            max(at.top, piece.top),
        )
        at = Piece(*box, at.text + space + piece.text)
    yield at


def _height(pieces: Iterable[Piece]) -> float:
    """Return how high lines are, by those that are long enough to have letters of every height."""
    every = list(pieces)
    found = [one.height for one in every if len(one.text) >= LONG] or [one.height for one in every]
    return median(found) if found else 1.0


def blocks_of(rows: Sequence[Row]) -> tuple[list[list[str]], list[list[str]]]:
    """Return the lines of a page, block by block in reading order, and those of the notes at its foot.

    A block is the part of a column between what runs across the page; a row of a table is one line, its cells parted by
    bars, empty ones too.
    """
    body, notes = _notes_apart(rows)
    return [block for block in _ordered(body) if block], [_lines(notes)] if notes else []


def _notes_apart(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Part the lines of small print at the foot of a page from its text, if the first of them bears a mark."""
    height = _height(piece for row in rows for piece in row)
    at = len(rows)
    while at and all(piece.height < SMALL * height for piece in rows[at - 1]):
        at -= 1
    marked = at < len(rows) and at and _NOTE.match(rows[at][0].text)
    return (list(rows[:at]), list(rows[at:])) if marked else (list(rows), [])


def _ordered(rows: Sequence[Row]) -> Iterator[list[str]]:
    """Yield the blocks of some rows: columns one after the other, where there are any."""
    pieces = [piece for row in rows for piece in row]
    gutter = _gutter(pieces)
    if gutter is None:
        yield _lines(rows)
        return
    height = _height(pieces)
    for across, group in groupby(_from_top(pieces), lambda one: _crosses(one, gutter)):
        found = list(group)
        yield from _across(found, height) if across else _band(found, gutter)


def _across(pieces: Sequence[Piece], height: float) -> Iterator[list[str]]:
    """Yield the lines that run across a page, headlines apart from what follows them."""
    for large, group in groupby(pieces, lambda one: one.height > LARGE * height):
        yield [*(piece.text.strip() for piece in group), *([""] if large else [])]


def _from_top(pieces: Iterable[Piece]) -> list[Piece]:
    return sorted(pieces, key=lambda one: (-one.top, one.left))


def _band(band: Sequence[Piece], gutter: float) -> Iterator[list[str]]:
    """Yield the blocks of what stands between two lines that cross a gutter: in columns, or a table."""
    left, right = _sides(band, gutter)
    if _are_columns(left, right, band):
        yield from _ordered(rows_of(left))
        yield from _ordered(rows_of(right))
    else:
        yield _lines(rows_of(band))


def _sides(band: Sequence[Piece], gutter: float) -> tuple[list[Piece], list[Piece]]:
    return [one for one in band if one.right <= gutter + 1], [one for one in band if one.right > gutter + 1]


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Return where the left edge of the second column stands, of several the one with most text in columns."""
    edges = sorted({round(one.left) for one in pieces})
    best, most = None, 0
    for edge in edges:
        held = _held(pieces, edge - 2.0)
        if held > most:
            best, most = edge - 2.0, held
    return best


def _held(pieces: Sequence[Piece], gutter: float) -> int:
    """Return how many pieces stand in columns that a gutter parts; 0 where it parts no prose."""
    held = 0
    for across, group in groupby(_from_top(pieces), lambda one: _crosses(one, gutter)):
        band = list(group)
        left, right = _sides(band, gutter)
        if not across and _are_columns(left, right, pieces):
            held += len(band)
    return held


def _crosses(piece: Piece, gutter: float) -> bool:
    return piece.left < gutter - 1 and piece.right > gutter + 1


def _are_columns(left: Sequence[Piece], right: Sequence[Piece], page: Sequence[Piece]) -> bool:
    enough = max(len(left), len(right)) >= FEWEST_LINES and left and right
    return bool(enough) and _is_prose(left, page) and _is_prose(right, page)


def _is_prose(side: Sequence[Piece], page: Sequence[Piece]) -> bool:
    width = max(one.right for one in page) - min(one.left for one in page)
    words = median(len([word for word in one.text.split() if word[:1].isalpha()]) for one in side)
    return words >= PROSE_WORDS and median(one.right - one.left for one in side) >= PROSE_SHARE * width


def _lines(rows: Sequence[Row]) -> list[str]:
    """Return rows as lines; rows of several pieces are those of a table, their cells set in columns."""
    out: list[str] = []
    for several, group in groupby(_with_wrapped(rows), lambda row: len(row) > 1 and not _is_item(row)):
        if several:
            out += ["", *_cells(list(group)), ""]
        else:
            out += [" ".join(piece.text.strip() for piece in row) for row in group]
    return out


def _is_item(row: Row) -> bool:
    return len(row) == 2 and _ITEM.fullmatch(row[0].text.strip()) is not None


def _with_wrapped(rows: Sequence[Row]) -> list[Row]:
    """Put lone pieces that are lines of a cell into the row of a table that they touch, or that their words go on."""
    out: list[Row] = []
    waiting: list[Piece] = []
    height = _height(piece for row in rows for piece in row)
    for at, row in enumerate(rows):
        below = rows[at + 1] if at + 1 < len(rows) else ()
        lone = len(row) == 1
        if (
            lone
            and out
            and len(out[-1]) > 1
            and (_apart(out[-1], row) < TOUCHING * height or _is_hanging(out[-1], row[0]))
        ):
            out[-1] = _joined(out[-1], row)
        elif lone and len(below) > 1 and _apart(row, below) < TOUCHING * height:
            waiting.append(row[0])
        else:
            out.append(_joined(tuple(waiting), row) if waiting else row)
            waiting = []
    return out


def _apart(above: Row, below: Row) -> float:
    return min(piece.bottom for piece in above) - max(piece.top for piece in below)


def _is_hanging(row: Row, piece: Piece) -> bool:
    """Say whether a piece goes on with the words of the cell above it: that ends on "of", or it begins small."""
    cell = next((one for one in row if one.left < piece.right and piece.left < one.right), None)
    if cell is None or len(piece.text) > LONGEST_CELL:
        return False
    return _HANGING.search(cell.text.strip()) is not None or (piece.text[:1].islower() and cell.text[-1:].isalpha())


def _joined(row: Row, more: Row) -> Row:
    """Return one row of two: what stands in one column is one cell, its lines from the top down."""
    cells: list[Piece] = []
    for piece in sorted((*row, *more), key=lambda one: one.left):
        last = cells[-1] if cells else None
        if last is None or piece.left >= last.right:
            cells.append(piece)
            continue
        upper, lower = (last, piece) if last.top >= piece.top else (piece, last)
        box = (last.left, min(last.bottom, piece.bottom), max(last.right, piece.right), upper.top)
        cells[-1] = Piece(*box, f"{upper.text.strip()} {lower.text.strip()}")
    return tuple(cells)


def _cells(table: Sequence[Row]) -> Iterator[str]:
    """Yield the rows of a table with bars between cells; columns are where pieces of several rows overlap."""
    columns: list[tuple[float, float]] = []
    for piece in sorted((piece for row in table for piece in row), key=lambda one: one.left):
        if columns and piece.left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], piece.right))
        else:
            columns.append((piece.left, piece.right))
    for row in table:
        homes = [next(n for n, (left, right) in enumerate(columns) if left <= one.left <= right) for one in row]
        if len(set(homes)) < len(row):
            yield " | ".join(piece.text.strip() for piece in row)
            continue
        texts = dict(zip(homes, (piece.text.strip() for piece in row), strict=True))
        yield " | ".join(texts.get(n, "") for n in range(len(columns)))
