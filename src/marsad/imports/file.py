"""Reads a file of coded events: UCDP's, ACLED's or any other table, row by row; a bad row stops nothing."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from marsad.check import UnsoundReadingError
from marsad.errors import BadInputError
from marsad.imports import acled, table, ucdp
from marsad.imports.cells import Row
from marsad.imports.coded import Coded, RowError
from marsad.imports.write_out import reading_of
from marsad.model import Reading
from marsad.read.plain import decode
from marsad.read.table import delimiter_of

Scheme = Literal["ucdp", "acled", "csv"]
SOURCES: dict[Scheme, str] = {"ucdp": "UCDP GED", "acled": "ACLED", "csv": "a table"}
CODERS: dict[Scheme, Callable[[Row], Coded]] = {"ucdp": ucdp.coded_of, "acled": acled.coded_of, "csv": table.coded_of}
NEEDED: dict[Scheme, tuple[str, ...]] = {"ucdp": ucdp.NEEDED, "acled": acled.NEEDED, "csv": ()}
CELL_CHARACTERS = 1_000_000


@dataclass(frozen=True, slots=True)
class Brought:
    """One row as a reading, with the bytes it was read from; or why it was left out (`fault`)."""

    place: str
    reading: Reading | None = None
    raw: bytes = b""
    fault: str | None = None


def require_scheme(name: str) -> Scheme:
    """Return the scheme of that name; raise BadInputError with the names there are."""
    for scheme in SOURCES:
        if scheme == name:
            return scheme
    raise BadInputError(f"{name!r} cannot be brought in: choose one of {', '.join(SOURCES)}")


def bring(
    path: Path, scheme: Scheme, source: str | None = None, columns: Mapping[str, str] | None = None
) -> Iterator[Brought]:
    """Yield what each row of a file comes to; BadInputError for a file that is no such table."""
    try:
        text = decode(path.read_bytes(), path.name)
    except OSError as error:
        raise BadInputError(f"{path} cannot be read ({error.strerror})") from error
    voice = source or SOURCES[scheme]
    for line, row in _rows(text, path.name, scheme, columns or {}):
        yield _brought(f"{path.name}, line {line}", row, scheme, columns or {}, voice)


def _brought(place: str, row: Row | str, scheme: Scheme, columns: Mapping[str, str], voice: str) -> Brought:
    if isinstance(row, str):
        return Brought(place, fault=row)
    try:
        reading = reading_of(CODERS[scheme](_named(table.renamed(row, columns), place)), voice)
    except RowError as error:
        return Brought(place, fault=str(error))
    except UnsoundReadingError as error:
        return Brought(place, fault=f"its numbers do not hold: {error}")
    except (ValueError, OverflowError) as error:
        return Brought(place, fault=f"a value is beyond what a calendar or a count holds ({error}); mend the row")
    raw = json.dumps(row, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
    return Brought(place, reading, raw)


def _named(row: Row, place: str) -> Row:
    """Return the row with its place in the file as its id where it has none: two rows may say the same."""
    return row if row.get("id") else {**row, "id": f"({place})"}


def _rows(text: str, name: str, scheme: Scheme, columns: Mapping[str, str]) -> Iterator[tuple[int, Row | str]]:
    head = text.partition("\n")[0]
    csv.field_size_limit(CELL_CHARACTERS)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter_of(head))
    try:
        heads = [each.strip() for each in next(reader, [])]
        _require(heads, name, scheme, columns)
        for cells in reader:
            if not any(cells) or _is_hashtags(cells):
                continue
            fits = len(cells) == len(heads)
            line = reader.line_num
            yield line, dict(zip(heads, cells, strict=True)) if fits else f"{len(cells)} cells under {len(heads)} heads"
    except csv.Error as error:
        raise BadInputError(f"{name}, line {reader.line_num}: {error}; mend the line") from error


def _require(heads: list[str], name: str, scheme: Scheme, columns: Mapping[str, str]) -> None:
    wanted = [*NEEDED[scheme], *columns.values()]
    missing = [column for column in wanted if column not in heads]
    if missing:
        has = ", ".join(heads[:12]) or "none"
        raise BadInputError(
            f"{name}: no column {', '.join(missing)}; it has {has}. Is it a table of {SOURCES[scheme]}?"
        )


def _is_hashtags(cells: list[str]) -> bool:
    """Say whether a row is HXL's second row of heads."""
    told = [each for each in cells if each.strip()]
    return all(each.strip().startswith("#") for each in told)
