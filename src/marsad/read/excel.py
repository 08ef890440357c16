"""Excel workbooks: one report a row, of every sheet whose first row has the columns."""

import json
import warnings
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

from marsad.errors import BadInputError
from marsad.read.extras import require_library
from marsad.read.items import Item, Source, printable
from marsad.read.packed import brief, require_modest
from marsad.read.rows import Faults, days_first, read_table_row, require_text_column
from marsad.read.worker import apart

# The names of the columns stand in one of so many rows.
TITLE_ROWS = 10
# What openpyxl raises for files that break the format.
BROKEN = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, AssertionError, RuntimeError, OSError)
BROKEN_XML = (ParseError, SyntaxError, EOFError, zipfile.BadZipFile)


def read_excel(raw: bytes, source: Source) -> Iterator[Item]:
    """Yield a report for each row of the sheets that have a column for the text."""
    sheets = apart(source, _sheets, raw, source)
    faults: list[BadInputError] = []
    for title, rows in sheets:
        try:
            yield from Faults(source).sift(_sheet(rows, printable(title), source))
        except BadInputError as error:
            faults.append(error)
    if faults and len(faults) == len(sheets):
        raise faults[0]


def _sheets(raw: bytes, source: Source) -> list[tuple[str, list[tuple[Any, ...]]]]:
    """Return the title and the rows of each sheet."""
    require_modest(raw, source)
    openpyxl = require_library("openpyxl", source.name)
    try:
        with warnings.catch_warnings():
            # Styles and extensions that openpyxl does not know are no concern of a reader of words.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(raw), read_only=True, data_only=True)
            return [(sheet.title, _cells(sheet, source)) for sheet in book.worksheets]
    except (*BROKEN, *BROKEN_XML) as error:
        raise BadInputError(
            f"{source.name}: is a damaged Excel file ({brief(error)}); save it anew or as CSV"
        ) from None


def _cells(sheet: Any, source: Source) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for row in sheet.iter_rows(values_only=True):
        if len(rows) > source.limits.rows:
            raise BadInputError(f"{source.name}: more rows than the limit rows={source.limits.rows}; cut the file up")
        rows.append(row)
    return rows


def _sheet(rows: list[tuple[Any, ...]], title: str, source: Source) -> Iterator[Item]:
    filled = [(number, row) for number, row in enumerate(rows, start=1) if any(cell is not None for cell in row)]
    if not filled:
        raise BadInputError(f"{source.name}: has no rows")
    at = _heading(filled, source)
    columns = _names(filled[at][1])
    require_text_column(columns, source)
    named = [(number, dict(zip(columns, row, strict=False))) for number, row in filled[at + 1 :]]
    first = days_first((cells for _, cells in named), source)
    for number, cells in named:
        raw = json.dumps(cells, ensure_ascii=False, default=str).encode("utf-8", "replace")
        yield from read_table_row(cells, raw, f"{source.name}, sheet {title}, row {number}", source, first)


def _heading(filled: list[tuple[int, tuple[Any, ...]]], source: Source) -> int:
    """Return which of the first filled rows names the columns: a title, a logo's text or a note may stand above it."""
    wanted = source.columns.get("text", "text")
    return next((at for at, (_, row) in enumerate(filled[:TITLE_ROWS]) if wanted in _names(row)), 0)


def _names(row: tuple[Any, ...]) -> list[str]:
    return [str(cell).strip() if cell is not None else "" for cell in row]
