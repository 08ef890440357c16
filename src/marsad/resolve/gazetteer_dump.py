"""Makes a user's own gazetteer from a GeoNames dump: the shipped one with the dump's places added.

Reads the file as a stream, twice, and sorts on disk, so that 13 million names need no more memory than one country.
"""

import io
import os
import shutil
import sqlite3
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from marsad.errors import BadInputError, DataFileError
from marsad.resolve.gazetteer import unpack
from marsad.resolve.gazetteer_write import Row, finish, keys_of, place_values
from marsad.resolve.where_names import is_latin

WHERE_TO_GET = (
    "get allCountries.zip, or one country such as SY.zip, from download.geonames.org/export/dump (GeoNames, CC BY 4.0)"
)
COLUMNS = 19
# Feature codes of GeoNames (geonames.org/export/codes.html) and the kinds of places they become here. Streets, shops
# and schools stay out: in a report their names are nearly always somebody's or something else's.
CLASS_KINDS = {"P": "P", "H": "W", "V": "R"}
CODE_KINDS = {
    "ADM3": "2", "ADM4": "2", "RGN": "R", "AREA": "R", "PRK": "R", "OILF": "B", "MILB": "B", "LCTY": "P", "CTRB": "R",
    "AIRP": "B", "AIRB": "B", "AIRF": "B", "CMP": "B", "CMPRF": "B", "DAM": "B", "PRN": "B", "OILR": "B", "PS": "B",
    "INSM": "B", "ISL": "I", "ISLS": "I", "DSRT": "D", "MT": "M", "MTS": "M", "HLL": "M", "HLLS": "M", "VAL": "R",
    "PEN": "R", "CAPE": "R", "PLN": "R", "UPLD": "M",
}  # fmt: skip
PRECISIONS = {"P": 1, "B": 1, "2": 3, "I": 5, "D": 5, "M": 5, "R": 5, "W": 5}
BATCH = 20_000
# What a zip that is damaged, cut short, encrypted or packed in an unknown way raises while it is read.
ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
LEFT_OVER = "gazetteer-*.part"
A_DAY = 86_400.0


def install(source: Path, target: Path, countries: Collection[str], advance: Callable[[int], None]) -> int:
    """Build the gazetteer `target` from the dump `source`; returns how many places were added.

    `countries` (ISO codes) limits what is taken, empty means all; `advance` is told the bytes read. The file takes the
    old one's place in one step when it is whole; whatever stops it before leaves the old one as it was. Raises
    BadInputError for a file that is no dump, DataFileError for a full disk.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        clear_left_over(target.parent, A_DAY)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix="gazetteer-", suffix=".part") as folder:
            made = Path(folder) / "gazetteer.sqlite"
            shutil.copyfile(unpack(), made)
            added = _add_dump(source, made, frozenset(c.upper() for c in countries), advance)
            made.replace(target)
    except ZIP_FAULTS as error:
        raise BadInputError(f"{source}: the zip is damaged or cut short ({error}); {WHERE_TO_GET}") from error
    except (OSError, sqlite3.OperationalError) as error:
        raise DataFileError(
            f"{target.parent}: the gazetteer cannot be written there ({error}); the full dump needs about 6 GB: make "
            "room, or set XDG_DATA_HOME to a folder that can be written"
        ) from error
    return added


def clear_left_over(folder: Path, older_than: float = 0.0) -> int:
    """Remove what installs that were killed so many seconds ago left behind; returns how many there were."""
    now = time.time()
    found = [left for left in sorted(folder.glob(LEFT_OVER)) if now - left.stat().st_mtime >= older_than]
    for left in found:
        shutil.rmtree(left, ignore_errors=True)
    return len(found)


def size_of(source: Path) -> int:
    """Return the bytes that `install` will read, for a progress bar."""
    with open_dump(source) as (_, size):
        return 2 * size


@contextmanager
def open_dump(source: Path) -> Iterator[tuple[io.BufferedIOBase, int]]:
    """Open a dump, plain or zipped, and give its size in bytes; raises BadInputError."""
    if not source.is_file():
        raise BadInputError(f"{source}: there is no such file; {WHERE_TO_GET}")
    if not zipfile.is_zipfile(source):
        with source.open("rb") as lines:
            if lines.peek(4)[:2] == b"PK":
                raise BadInputError(f"{source}: the zip is cut short, as by a download that broke off; {WHERE_TO_GET}")
            yield lines, source.stat().st_size
        return
    with zipfile.ZipFile(source) as archive:
        texts = [i for i in archive.infolist() if i.filename.endswith(".txt") and "readme" not in i.filename.lower()]
        if not texts:
            raise BadInputError(f"{source}: no .txt file inside; {WHERE_TO_GET}")
        chief = max(texts, key=lambda i: i.file_size)
        with archive.open(chief) as lines:
            yield lines, chief.file_size  # type: ignore[misc]


def rows_of(source: Path, countries: frozenset[str], advance: Callable[[int], None]) -> Iterator[list[str]]:
    """Yield the lines of a dump as columns, those of `countries` only; raises BadInputError, naming the line."""
    with open_dump(source) as (lines, _):
        unread = number = 0
        for number, line in enumerate(lines, 1):
            unread += len(line)
            if number % BATCH == 0:
                advance(unread)
                unread = 0
            try:
                columns = line.decode("utf-8").rstrip("\r\n").split("\t")
            except UnicodeDecodeError as error:
                raise BadInputError(f"{source}, line {number}: not UTF-8 text; {WHERE_TO_GET}") from error
            if len(columns) != COLUMNS:
                raise BadInputError(
                    f"{source}, line {number}: {len(columns)} columns instead of {COLUMNS}, so it is no GeoNames dump; "
                    f"{WHERE_TO_GET}"
                )
            if not countries or columns[8] in countries:
                yield columns
        advance(unread)
        if not number:
            raise BadInputError(f"{source}: the file is empty; {WHERE_TO_GET}")


def _add_dump(source: Path, made: Path, countries: frozenset[str], advance: Callable[[int], None]) -> int:
    base = sqlite3.connect(made)
    try:
        base.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=FILE; PRAGMA cache_size=-64000;"
            "CREATE TABLE fresh(key TEXT, place INTEGER); CREATE TABLE bones(key TEXT, place INTEGER);"
        )
        numbers: dict[int, int] = dict(base.execute("SELECT gid, id FROM places WHERE typeof(gid) = 'integer'"))
        units = {
            unit_code(row): numbers[number_of(row, source)]
            for row in rows_of(source, countries, advance)
            if row[7] in ("ADM1", "ADM2") and number_of(row, source) in numbers
        }
        number = base.execute("SELECT max(id) FROM places").fetchone()[0]
        added = 0
        for columns in rows_of(source, countries, advance):
            kind = kind_of(columns)
            if kind is None or number_of(columns, source) in numbers:
                continue
            number, added = number + 1, added + 1
            try:
                row = read_row(columns, kind, number, units)
            except ValueError as error:
                raise BadInputError(
                    f"{source}, place {columns[0]}: a number is none ({error}), so it is no GeoNames dump; "
                    f"{WHERE_TO_GET}"
                ) from error
            _insert(base, row)
        base.executescript(
            "INSERT OR IGNORE INTO names SELECT key, place FROM fresh ORDER BY key, place; DROP TABLE fresh;"
            "INSERT OR IGNORE INTO skeletons SELECT key, place FROM bones ORDER BY key, place; DROP TABLE bones;"
        )
        counts = {
            "added": str(added),
            "places": str(base.execute("SELECT count(*) FROM places").fetchone()[0]),
            "names": str(base.execute("SELECT count(*) FROM names").fetchone()[0]),
        }
        finish(base, {"origin": f"shipped gazetteer and {source.name}", "licence": "CC BY 4.0", **counts})
    finally:
        base.close()
    _sync(made)
    return added


def _insert(base: sqlite3.Connection, row: Row) -> None:
    keys, bones = keys_of(row)
    base.execute("INSERT INTO places VALUES(?,?,?,?,?,?,?,?,?,?,?,?)", place_values(row))
    base.executemany("INSERT INTO fresh VALUES(?,?)", [(k, row.number) for k in sorted(keys)])
    base.executemany("INSERT INTO bones VALUES(?,?)", [(k, row.number) for k in sorted(bones)])


def _sync(path: Path) -> None:
    with path.open("rb") as made:
        os.fsync(made.fileno())


def number_of(columns: list[str], source: Path) -> int:
    """Return GeoNames' number of a place; raises BadInputError where the first column is none."""
    if not columns[0].isascii() or not columns[0].isdigit():
        raise BadInputError(
            f"{source}: the first column has {columns[0]!r} and no number, so it is no GeoNames dump; {WHERE_TO_GET}"
        )
    return int(columns[0])


def kind_of(columns: list[str]) -> str | None:
    """Return the kind of place that a dump's feature class and code become; None for those left out."""
    return CODE_KINDS.get(columns[7]) or CLASS_KINDS.get(columns[6])


def unit_code(columns: list[str]) -> str:
    """Return "SY.09" or "SY.09.172255": the code that places use for their unit."""
    parts = [columns[8], columns[10]] + ([columns[11]] if columns[7] == "ADM2" else [])
    return ".".join(parts)


def read_row(columns: list[str], kind: str, number: int, units: dict[str, int]) -> Row:
    """Return the row that one line of a dump becomes."""
    country, first, second = columns[8], columns[10], columns[11]
    names = [n for n in (columns[2], *columns[3].split(",")) if 2 < len(n) <= 40 and is_latin(n)]
    return Row(
        number=number,
        gid=int(columns[0]),
        name=columns[1],
        kind=kind,
        country=country or None,
        latitude=float(columns[4]),
        longitude=float(columns[5]),
        admin1=units.get(f"{country}.{first}"),
        admin2=units.get(f"{country}.{first}.{second}"),
        population=int(columns[14] or 0),
        radius=None if kind in "PB" else 15,
        precision=PRECISIONS[kind],
        names=names,
    )
