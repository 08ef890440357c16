"""Writes gazetteer files: the one place that knows their tables. Used by the build script and by `gazetteer install`.

Places are numbered by importance, so that reading a name's places in order of number gives the likely ones first.
Coordinates are kept as ten-thousandths of a degree (11 m), which makes the file a third smaller than floats.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from marsad.resolve.where_names import core, fold, skeleton

SCALE = 10_000
FORMAT = "1"
TABLES = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE places(id INTEGER PRIMARY KEY, gid, name TEXT, kind TEXT, country TEXT, admin1 INTEGER, admin2 INTEGER,
  lat INTEGER, lon INTEGER, population INTEGER, radius INTEGER, precision INTEGER);
CREATE TABLE names(key TEXT, place INTEGER, PRIMARY KEY(key, place)) WITHOUT ROWID;
CREATE TABLE skeletons(key TEXT, place INTEGER, PRIMARY KEY(key, place)) WITHOUT ROWID;
"""
# Countries whose names come to us romanised from Arabic script, in many spellings.
ROMANISED = frozenset(
    "SY IQ YE PS LB LY SD SS SO AF PK EG IR ML DZ TN MA JO SA IL KW QA AE OM BH NE TD MR DJ TR ER".split()  # noqa: SIM905
)


@dataclass(slots=True)
class Row:
    """One place to be written; `admin1` and `admin2` are numbers of other rows, `radius` kilometres."""

    number: int
    gid: int | str
    name: str
    kind: str
    country: str | None
    latitude: float | None
    longitude: float | None
    admin1: int | None = None
    admin2: int | None = None
    population: int = 0
    radius: int | None = None
    precision: int | None = None
    names: list[str] = field(default_factory=list)


def open_new(path: Path) -> sqlite3.Connection:
    """Create an empty gazetteer file at `path` and return the connection to it."""
    base = sqlite3.connect(path)
    base.executescript("PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + TABLES)
    return base


def keys_of(row: Row) -> tuple[set[str], set[str]]:
    """Return the name keys and the skeleton keys under which a place is found."""
    keys, skeletons = set(), set()
    for name in (row.name, *row.names):
        keys.add(fold(name))
        if row.country in ROMANISED or row.kind == "1" or (row.kind == "2" and row.country != "US"):
            keys.add(core(name))
        if row.country in ROMANISED:
            skeletons.add(skeleton(name))
    return keys - {""}, skeletons - {""}


def place_values(row: Row) -> tuple[object, ...]:
    """Return the values of a place in the order of the table's columns."""
    at = [None if x is None else round(x * SCALE) for x in (row.latitude, row.longitude)]
    named = (row.number, row.gid, row.name, row.kind, row.country, row.admin1, row.admin2)
    return (*named, *at, row.population or None, row.radius, row.precision)


def add_rows(base: sqlite3.Connection, rows: Iterable[Row]) -> int:
    """Add places with their names; rows may come as a stream. Returns how many were added."""
    total = 0
    for row in rows:
        base.execute("INSERT INTO places VALUES(?,?,?,?,?,?,?,?,?,?,?,?)", place_values(row))
        keys, skeletons = keys_of(row)
        base.executemany("INSERT OR IGNORE INTO names VALUES(?,?)", [(k, row.number) for k in sorted(keys)])
        base.executemany("INSERT OR IGNORE INTO skeletons VALUES(?,?)", [(k, row.number) for k in sorted(skeletons)])
        total += 1
    return total


def finish(base: sqlite3.Connection, facts: dict[str, str]) -> None:
    """Write what the file is made of, pack the pages and close it."""
    base.executemany("INSERT OR REPLACE INTO meta VALUES(?,?)", sorted({**facts, "format": FORMAT}.items()))
    base.commit()
    base.execute("VACUUM")
    base.close()
