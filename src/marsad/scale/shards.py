"""The file of readings: one row a report, with its words, its bytes and its reading; Parquet, in a fixed form."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from marsad import __version__
from marsad.check import check_reading
from marsad.contract import from_json
from marsad.errors import BadInputError
from marsad.model import Dating, Report
from marsad.read.extras import require_library
from marsad.read.packed import brief
from marsad.read.parquet import open_parquet
from marsad.reading import Made

FORM = "1"
# Few enough for little memory, enough for columns to pack well.
ROWS_AT_ONCE = 250
WORDS = ("id", "text", "title", "publisher", "url", "language", "sha256", "source", "dated", "reading")
COLUMNS = (*WORDS, "published", "notes", "original")
MARK = b"marsad_readings"
MAGIC = b"PAR1"


@dataclass(frozen=True, slots=True)
class Row:
    """A report with the bytes that it came in (None: not kept) and its reading in the form of docs/contract.md."""

    report: Report
    original: bytes | None
    reading: str


class Shard:
    """A file of readings in the making, packed in memory some rows at a time."""

    def __init__(self, extractor: str) -> None:
        self._arrow, self._parquet = _libraries("the readings")
        self._sink = self._arrow.BufferOutputStream()
        self._schema = _schema(self._arrow, extractor)
        self._writer = self._parquet.ParquetWriter(self._sink, self._schema, compression="zstd")
        self._waiting: list[dict[str, Any]] = []
        self.count = 0

    def add(self, row: Row) -> None:
        """Take one more reading in."""
        self._waiting.append(_values(row))
        self.count += 1
        if len(self._waiting) == ROWS_AT_ONCE:
            self._write()

    def content(self) -> bytes:
        """Return the whole file; nothing can be added afterwards."""
        if self._waiting:
            self._write()
        self._writer.close()
        found: bytes = self._sink.getvalue().to_pybytes()
        return found

    def _write(self) -> None:
        self._writer.write_table(self._arrow.Table.from_pylist(self._waiting, schema=self._schema))
        self._waiting = []


def holds_readings(path: str) -> bool:
    """Say whether a file is one of readings (and not of reports): by the mark that `marsad map` leaves in it."""
    try:
        with Path(path).open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                return False
    except OSError:
        return False
    return MARK in (open_parquet(path, path).schema_arrow.metadata or {})


def readings_of(path: str) -> Iterator[Made | BadInputError]:
    """Yield the readings of a file; a row that does not hold together is yielded as the error that says why."""
    file = open_parquet(path, path)
    told = (file.schema_arrow.metadata or {}).get(MARK)
    if told is None:
        yield BadInputError(f"{path}: holds no readings; marsad map makes them")
        return
    about = json.loads(told)
    if about["form"] != FORM:
        yield BadInputError(f"{path}: its form {about['form']} is newer than this Marsad; install the one that made it")
        return
    number = 0
    try:
        for batch in file.iter_batches(ROWS_AT_ONCE):
            for row in batch.to_pylist():
                number += 1
                yield _made(row, f"{path}, row {number}", about)
    except (OSError, ValueError) as error:
        yield BadInputError(f"{path}: is a damaged Parquet file after row {number} ({brief(error)}); make it anew")


def _made(row: Mapping[str, Any], place: str, about: Mapping[str, str]) -> Made | BadInputError:
    try:
        report = _report(row)
        reading = from_json(json.loads(row["reading"]), report)
        faults = check_reading(reading)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return BadInputError(f"{place}: is no sound reading ({brief(error)}); it was left out")
    original = row["original"]
    if original is not None and sha256(original).hexdigest() != report.sha256:
        faults.append("its original bytes are not those that its sha256 names")
    if faults:
        return BadInputError(f"{place}: is no sound reading ({'; '.join(faults)}); it was left out")
    return Made(reading, original, about["program"], about["extractor"])


def _values(row: Row) -> dict[str, Any]:
    report = row.report
    named = {name: getattr(report, name) for name in (*WORDS[:-2], "published")}
    dated = None if report.dated is None else json.dumps(asdict(report.dated), sort_keys=True)
    return {**named, "dated": dated, "notes": list(report.notes), "original": row.original, "reading": row.reading}


def _report(row: Mapping[str, Any]) -> Report:
    named = {name: row[name] for name in (*WORDS[:-2], "published")}
    if not isinstance(named["id"], str) or not isinstance(named["text"], str):
        raise ValueError("it has no text or no id")
    return Report(**named, dated=_dating(row["dated"]), notes=tuple(row["notes"] or ()))


def _dating(words: str | None) -> Dating | None:
    if words is None:
        return None
    told = json.loads(words)
    return Dating(told["by"], told["certainty"], tuple(told["against"]))


def _schema(arrow: Any, extractor: str) -> Any:
    types = {"published": arrow.date32(), "notes": arrow.list_(arrow.string()), "original": arrow.binary()}
    fields = [arrow.field(name, types.get(name, arrow.string())) for name in COLUMNS]
    about = {"form": FORM, "program": __version__, "extractor": extractor}
    return arrow.schema(fields, metadata={MARK: json.dumps(about, sort_keys=True)})


def _libraries(name: str) -> tuple[Any, Any]:
    return require_library("pyarrow", name), require_library("pyarrow.parquet", name)
