"""Parquet: one report a row, the columns named as in tables; a few hundred rows are in memory at a time."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from marsad.errors import BadInputError
from marsad.read.extras import require_library
from marsad.read.items import Item, Source
from marsad.read.packed import brief
from marsad.read.rows import KEYS, Faults, days_first, read_table_row, require_text_column

AT_ONCE = 500
# So many rows tell whether the day or the month comes first in 13/02/2025.
LOOKED_AT = 2_000


def read_parquet(raw: bytes, source: Source) -> Iterator[Item]:
    """Yield a report for each row; a row that cannot be read is yielded as the error that names it."""
    file = open_parquet(BytesIO(raw), source.name)
    if file.metadata.num_rows > source.limits.rows:
        rows, limit = file.metadata.num_rows, source.limits.rows
        raise BadInputError(f"{source.name}: {rows:,} rows (limit rows={limit}); marsad map reads any number")
    yield from Faults(source).sift(read_rows(file, source))


def read_rows(file: Any, source: Source, start: int = 0, stop: int | None = None) -> Iterator[Item]:
    """Yield the reports of the rows from `start` until before `stop` (None: the end) of an opened file."""
    columns = _columns(file, source)
    try:
        first = days_first((row for _, row in rows_of(file, columns, 0, LOOKED_AT)), source)
        for number, row in rows_of(file, columns, start, stop):
            raw = json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "replace")
            yield from read_table_row(row, raw, f"{source.name}, row {number + 1}", source, first)
    except _faults() as error:
        raise BadInputError(f"{source.name}: is a damaged Parquet file ({brief(error)}); write it anew") from None


def open_parquet(place: Any, name: str) -> Any:
    """Return an opened Parquet file, from a path or an open file; raise BadInputError where it is none."""
    parquet = require_library("pyarrow.parquet", name)
    try:
        return parquet.ParquetFile(place)
    except _faults() as error:
        raise BadInputError(f"{name}: is a damaged Parquet file ({brief(error)}); write it anew") from None


def rows_of(file: Any, columns: list[str], start: int, stop: int | None) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield rows with their numbers, from 0; row groups that hold none of them are not opened."""
    metadata, at, groups = file.metadata, 0, []
    stop = metadata.num_rows if stop is None else stop
    first: int | None = None
    for group in range(metadata.num_row_groups):
        size = metadata.row_group(group).num_rows
        if at < stop and at + size > start:
            groups.append(group)
            first = at if first is None else first
        at += size
    number = first or 0
    for batch in file.iter_batches(AT_ONCE, groups, columns) if groups else ():
        if number >= stop:
            return
        if number + batch.num_rows > start:
            for offset, row in enumerate(batch.to_pylist(), start=number):
                if start <= offset < stop:
                    yield offset, row
        number += batch.num_rows


def _columns(file: Any, source: Source) -> list[str]:
    names = list(file.schema_arrow.names)
    require_text_column(names, source)
    return [name for name in dict.fromkeys([*(source.columns.get(key, key) for key in KEYS), "doc"]) if name in names]


def _faults() -> tuple[type[Exception], ...]:
    """Return what the library raises where a file is damaged; its own error comes of ValueError or OSError."""
    return (OSError, ValueError, KeyError, NotImplementedError)
