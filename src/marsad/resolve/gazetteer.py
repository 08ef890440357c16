"""Looks place names up in the gazetteer: an SQLite file, unpacked once, read with bounded memory.

The file ships packed (GeoNames, UCDP and Marsad's own table, CC BY 4.0). A user's own, larger file, made by
`marsad gazetteer install`, goes before it.
"""

import hashlib
import lzma
import os
import sqlite3
import threading
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from platformdirs import user_cache_dir, user_data_dir

from marsad.errors import DataFileError
from marsad.placing import place_file
from marsad.resolve.gazetteer_write import FORMAT, SCALE
from marsad.resolve.where_names import skeleton

PACKED = Path(__file__).parent.parent / "data" / "gazetteer" / "gazetteer.sqlite.xz"
# More namesakes than this are never weighed; they are stored by importance.
MOST_NAMESAKES = 120
COLUMNS = (
    "p.id, p.gid, p.name, p.kind, p.country, p.admin1, u.name, v.name, p.lat, p.lon, p.population, p.radius, "
    "p.precision, u.lat, u.lon"
)
JOINS = "places p LEFT JOIN places u ON u.id = p.admin1 LEFT JOIN places v ON v.id = p.admin2"


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the gazetteer. Degrees WGS84; `radius_km` of the area; `precision` is UCDP's where_prec.

    `kind`: C country, 1 and 2 units, P populated place, B site, R region, W water, D desert, M mountains, I island,
    K continent. `unit` is the number of its first-order unit (its own, for a unit).
    """

    number: int
    id: str
    name: str
    kind: str
    country: str | None
    unit: int | None
    admin1: str | None
    admin2: str | None
    latitude: float
    longitude: float
    population: int
    radius_km: float | None
    precision: int


def installed_path() -> Path:
    """Return where a user's own gazetteer lies, if there is one."""
    return Path(user_data_dir("marsad")) / "gazetteer.sqlite"


def cache_path() -> Path:
    """Return the folder in which the gazetteer is unpacked."""
    return Path(user_cache_dir("marsad"))


def cached_path(packed: Path = PACKED, folder: Path | None = None) -> Path:
    """Return where the shipped gazetteer lies once it is unpacked; it may not be there yet.

    The name holds the hash of the packed file, so a new edition never meets an old one. Raises DataFileError.
    """
    return _target(_packed(packed), folder)


def unpack(packed: Path = PACKED, folder: Path | None = None) -> Path:
    """Unpack the shipped gazetteer once into the user's cache and return the file; safe for concurrent callers.

    Raises DataFileError.
    """
    raw = _packed(packed)
    target = _target(raw, folder)
    folder = target.parent
    if target.exists():
        return target
    try:
        content = lzma.decompress(raw)
    except lzma.LZMAError as error:
        raise DataFileError(f"{packed}: the gazetteer is damaged ({error}); install Marsad anew") from error
    try:
        folder.mkdir(parents=True, exist_ok=True)
        place_file(content, target)
    except OSError as error:
        raise DataFileError(
            f"{folder}: the gazetteer cannot be unpacked there ({error.strerror}); it needs {len(content) >> 20} MB: "
            "make room, or set XDG_CACHE_HOME to a folder that can be written"
        ) from error
    return target


def _packed(packed: Path) -> bytes:
    try:
        return packed.read_bytes()
    except OSError as error:
        raise DataFileError(
            f"{packed}: the gazetteer cannot be read ({error.strerror}); install Marsad anew"
        ) from error


def _target(raw: bytes, folder: Path | None) -> Path:
    return (folder or cache_path()) / f"gazetteer-{hashlib.sha256(raw).hexdigest()[:16]}.sqlite"


class Gazetteer:
    """Reads one gazetteer file; lookups are remembered (bounded), so the names of a report cost one query each."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self.entries = lru_cache(maxsize=8192)(self._entries)
        self.known = lru_cache(maxsize=65536)(self._known)
        self.by_skeleton = lru_cache(maxsize=2048)(self._by_skeleton)
        self.facts = self._facts()

    def _base(self) -> sqlite3.Connection:
        # A connection belongs to one thread and one process; a fork must not share it.
        if getattr(self._local, "pid", None) != os.getpid():
            self._local.base = sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
            self._local.pid = os.getpid()
        base: sqlite3.Connection = self._local.base
        return base

    def require_whole(self) -> None:
        """Raise DataFileError unless every page of the file is sound; this reads all of it (0.3 s)."""
        try:
            said = str(self._base().execute("PRAGMA quick_check(1)").fetchone()[0])
        except sqlite3.DatabaseError as error:
            raise self._damaged(str(error)) from error
        if said != "ok":
            raise self._damaged(said)

    def _damaged(self, said: str) -> DataFileError:
        return DataFileError(
            f"{self.path}: this gazetteer is damaged ({said}); delete the file or run `marsad gazetteer remove`; "
            "what ships is unpacked again"
        )

    def _facts(self) -> dict[str, str]:
        try:
            facts = dict(self._base().execute("SELECT key, value FROM meta"))
        except sqlite3.DatabaseError as error:
            raise self._damaged(str(error)) from error
        if facts.get("format") != FORMAT:
            raise DataFileError(f"{self.path}: this gazetteer has another format; run `marsad gazetteer install` anew")
        return facts

    def _known(self, key: str) -> bool:
        return self._base().execute("SELECT 1 FROM names WHERE key = ? LIMIT 1", (key,)).fetchone() is not None

    def _entries(self, key: str) -> tuple[Entry, ...]:
        found = self._base().execute(
            f"SELECT {COLUMNS} FROM (SELECT place FROM names WHERE key = ? LIMIT ?) n "
            f"CROSS JOIN {JOINS.replace('places p', 'places p ON p.id = n.place', 1)} ORDER BY p.id",
            (key, MOST_NAMESAKES),
        )
        return tuple(_entry(row) for row in found)

    def _by_skeleton(self, name: str, country: str) -> tuple[Entry, ...]:
        found = self._base().execute(
            f"SELECT {COLUMNS} FROM skeletons s CROSS JOIN "
            f"{JOINS.replace('places p', 'places p ON p.id = s.place', 1)} "
            "WHERE s.key = ? AND p.country = ? ORDER BY p.id LIMIT 12",
            (skeleton(name), country),
        )
        return tuple(_entry(row) for row in found)

    def districts(self) -> dict[int, list[tuple[str, frozenset[str]]]]:
        """Return the second-order units of every first-order unit: names, each with all the keys it is found by."""
        keys: dict[tuple[int, int, str], set[str]] = {}
        rows = self._base().execute(
            "SELECT p.admin1, p.id, p.name, n.key FROM names n CROSS JOIN places p ON p.id = n.place WHERE p.kind = '2'"
        )
        for unit, number, name, key in rows:
            keys.setdefault((unit, number, name), set()).add(key)
        out: dict[int, list[tuple[str, frozenset[str]]]] = {}
        for (unit, _, name), found in sorted(keys.items(), key=lambda item: item[0][1]):
            out.setdefault(unit, []).append((name, frozenset(found)))
        return out

    @cache  # noqa: B019  (one gazetteer lives as long as the program)
    def country(self, code: str) -> Entry | None:
        """Return the entry of a country by its ISO code."""
        row = (
            self._base()
            .execute(f"SELECT {COLUMNS} FROM {JOINS} WHERE p.kind = 'C' AND p.id < 400 AND p.country = ?", (code,))
            .fetchone()
        )
        return None if row is None else _entry(row)

    @cache  # noqa: B019
    def unit(self, number: int) -> Entry | None:
        """Return the entry with this number, such as the first-order unit of another entry."""
        row = self._base().execute(f"SELECT {COLUMNS} FROM {JOINS} WHERE p.id = ?", (number,)).fetchone()
        return None if row is None else _entry(row)


def _entry(row: tuple[object, ...]) -> Entry:
    number, gid, name, kind, country, unit, admin1, admin2, lat, lon, population, radius, precision, *_ = row
    if kind == "1":
        unit, admin1, admin2 = number, name, None
    elif kind == "2":
        admin2 = name
    return Entry(
        number=number,  # type: ignore[arg-type]
        id=gid if isinstance(gid, str) else f"geonames:{gid}",
        name=name,  # type: ignore[arg-type]
        kind=kind,  # type: ignore[arg-type]
        country=country,  # type: ignore[arg-type]
        unit=unit,  # type: ignore[arg-type]
        admin1=admin1,  # type: ignore[arg-type]
        admin2=admin2,  # type: ignore[arg-type]
        latitude=lat / SCALE,  # type: ignore[operator]
        longitude=lon / SCALE,  # type: ignore[operator]
        population=population or 0,  # type: ignore[arg-type]
        radius_km=radius,  # type: ignore[arg-type]
        precision=precision or 1,  # type: ignore[arg-type]
    )


@cache
def gazetteer() -> Gazetteer:
    """Open the gazetteer in use: the user's own if installed, else the shipped one."""
    own = installed_path()
    return Gazetteer(own if own.exists() else unpack())
