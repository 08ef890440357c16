"""Tables of numbers that `table_claims` could not read: what is not read is said."""

import re
from collections.abc import Collection, Iterator

from marsad.extract.table_columns import harms_in
from marsad.extract.table_grid import Line, find_grids

NUMBER = re.compile(r"\d{1,3}(?:[,\u00a0 ]\d{3})+|\d+|-|–")
PEOPLE = re.compile(r"\b(?:civilians|soldiers|fighters|children)\b", re.IGNORECASE)
FEWEST_ROWS = 2
HEAD_LINES = 5
"""A heading stands at the top, below a title at most."""


def unread_tables(text: str, read: Collection[int] = ()) -> Iterator[str]:
    """Yield a warning for each table of numbers of harm: its heading, and how many rows stand below it.

    `read` are the offsets at which tables begin that were read.
    """
    for grid in find_grids(text):
        for at, line in enumerate(grid.lines[:HEAD_LINES]):
            if line.start not in read and _names_harm(line):
                rows = sum(_is_row(row) for row in grid.lines[at + 1 :])
                if rows >= FEWEST_ROWS:
                    head = " ".join(cell.quote for cell in line.cells if cell.quote)
                    yield f"a table of numbers was not read: {head!r} ({rows} rows)"
                break


def _names_harm(line: Line) -> bool:
    return len(line.cells) > 1 and any(harms_in(cell.quote) or PEOPLE.search(cell.quote) for cell in line.cells)


def _is_row(line: Line) -> bool:
    figures = [cell.quote for cell in line.cells[1:] if cell.quote]
    return bool(figures) and all(NUMBER.fullmatch(one) for one in figures)
