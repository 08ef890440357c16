"""CSV, TSV and their kin: one report a row, the columns named by the first."""

import csv
from collections.abc import Iterator

from marsad.errors import BadInputError
from marsad.read.items import Item, Source
from marsad.read.plain import decode, without_surrogates
from marsad.read.rows import Faults, days_first, read_table_row, require_text_column

DELIMITERS = ",\t;|"
# So many rows tell whether the day or the month comes first in 13/02/2025.
LOOKED_AT = 2_000


def delimiter_of(header: str) -> str:
    """Return the mark that parts the columns of a header: the commonest of comma, tab, semicolon and bar."""
    return max(DELIMITERS, key=lambda mark: (header.count(mark), -DELIMITERS.index(mark)))


def read_table(raw: bytes, source: Source) -> Iterator[Item]:
    """Yield a report for each row; a row that does not fit the header is yielded as the error that names its line."""
    text = decode(raw, source.name)
    lines = text.splitlines(keepends=True) if "\n" not in text else [f"{line}\n" for line in text.split("\n")]
    start = next((number for number, line in enumerate(lines) if line.strip()), None)
    if start is None:
        raise BadInputError(f"{source.name}: is an empty table; its first line must name the columns")
    delimiter = delimiter_of(lines[start])
    columns, end = _record(lines, start, delimiter, source)
    if columns is None:
        raise BadInputError(
            f"{source.name}, line {start + 1}: the names of the columns cannot be read; mend the quotes"
        )
    columns = [column.strip() for column in columns]
    require_text_column(columns, source)
    first = _days_first(lines, end, columns, delimiter, source)
    yield from Faults(source).sift(_rows(lines, end, (columns, first), delimiter, source))


def _days_first(lines: list[str], at: int, columns: list[str], delimiter: str, source: Source) -> str | None:
    """Return what comes first in the days of the first rows, the day or the month; broken rows are told of later."""
    rows: list[dict[str, str]] = []
    while at < len(lines) and len(rows) < LOOKED_AT:
        cells, end = _record(lines, at, delimiter, source)
        if cells is None:
            break
        rows.append(dict(zip(columns, cells, strict=False)))
        at = end
    return days_first(rows, source)


def _rows(
    lines: list[str], at: int, named: tuple[list[str], str | None], delimiter: str, source: Source
) -> Iterator[Item]:
    read = broken = 0
    columns, first = named
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        if read >= source.limits.rows:
            raise BadInputError(f"{source.name}, line {at + 1}: more rows than the limit rows={read}; cut the file up")
        read += 1
        place = f"{source.name}, line {at + 1}"
        cells, end = _record(lines, at, delimiter, source)
        broken += cells is None
        if broken > source.limits.faults:
            # Every open quote is looked for to the end of the file: thousands of them would take hours.
            raise BadInputError(f"{place}: broken quotes in over {source.limits.faults} lines; the rest is unread")
        if cells is None or len(cells) != len(columns):
            long = len(lines[at]) > source.limits.cell_characters
            fault = (
                f"too long (limit cell_characters={source.limits.cell_characters})" if long else _fault(cells, columns)
            )
            yield BadInputError(f"{place}: {fault}; the line was left out")
            # A quote that was never closed swallows what follows: go on with the very next line.
            at += 1
            continue
        raw = without_surrogates("".join(lines[at:end])).encode("utf-8")
        yield from read_table_row(dict(zip(columns, cells, strict=True)), raw, place, source, first)
        at = end


def _record(lines: list[str], at: int, delimiter: str, source: Source) -> tuple[list[str] | None, int]:
    """Return the cells of the record that begins on a line, None where its quotes are broken, and the line after it."""
    csv.field_size_limit(source.limits.cell_characters)
    reader = csv.reader(_from(lines, at), delimiter=delimiter, strict=True)
    try:
        cells = next(reader)
    except (csv.Error, StopIteration):
        return None, at + 1
    return cells, at + reader.line_num


def _from(lines: list[str], at: int) -> Iterator[str]:
    while at < len(lines):
        yield lines[at]
        at += 1


def _fault(cells: list[str] | None, columns: list[str]) -> str:
    if cells is None:
        return "its quotes are broken"
    return f"{len(cells)} cells where the header has {len(columns)}"
