"""Reads the cells of a row: numbers, days, words; what does not fit is said, never guessed."""

import re
from collections.abc import Mapping
from datetime import date, datetime

from marsad.imports.coded import RowError

Row = Mapping[str, str]
GUARDED = re.compile(r"^'(?=[=+\-@|%\t])")
"""The mark that keeps a spreadsheet from running a cell (marsad.export.table writes it)."""
FORMS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%Y/%m/%d", "%d.%m.%Y", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f")
"""How UCDP, ACLED and others write a day; forms in which day and month could be exchanged are not read."""
LARGEST = 10_000_000


def words(row: Row, name: str) -> str | None:
    """Return a cell's words; None where it is empty."""
    found = GUARDED.sub("", (row.get(name) or "").strip())
    return found or None


def number(row: Row, name: str) -> int | None:
    """Return a whole number of people or a code; None where the cell is empty."""
    text = words(row, name)
    if text is None:
        return None
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        raise RowError(f"{name} is {text!r}, no number") from None
    if not (value.is_integer() and 0 <= value <= LARGEST):
        raise RowError(f"{name} is {text!r}, no whole number from 0 to {LARGEST:,}")
    return int(value)


def degrees(row: Row, name: str, most: float) -> float | None:
    """Return a coordinate in degrees, at most `most` from 0; None where the cell is empty."""
    text = words(row, name)
    if text is None:
        return None
    try:
        value = float(text)
    except ValueError:
        raise RowError(f"{name} is {text!r}, no number") from None
    if not abs(value) <= most:
        raise RowError(f"{name} is {text}, beyond {most:g} degrees")
    return value


def day(row: Row, name: str) -> date | None:
    """Return a day; None where the cell is empty."""
    text = words(row, name)
    found = None if text is None else day_of(text)
    if text is not None and found is None:
        raise RowError(f"{name} is {text!r}, no day such as 2021-04-20")
    return found


def day_of(text: str) -> date | None:
    """Return the day that words write, in one of FORMS; None for others."""
    for form in FORMS:
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    return None


def needed(row: Row, name: str) -> str:
    """Return a cell's words; raise RowError where it is empty."""
    found = words(row, name)
    if found is None:
        raise RowError(f"{name} is empty")
    return found
