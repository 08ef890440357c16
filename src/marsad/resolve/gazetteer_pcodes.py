"""Reads, aligns and looks up P-codes: OCHA's codes for units of first and second order, such as SY04 for Homs.

A table ships with Marsad; a user's own (`marsad gazetteer pcodes TABLE.csv`) goes before it, unit by unit. P-codes
follow no rule, so none is ever derived: a unit that no table has gets none.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from platformdirs import user_data_dir

from marsad.errors import BadInputError, DataFileError
from marsad.resolve.gazetteer import Entry, Gazetteer
from marsad.resolve.gazetteer_write import ROMANISED
from marsad.resolve.where_names import core, fold, skeleton
from marsad.resolve.where_tables import FOLDER, iso_of

SHIPPED = FOLDER / "pcodes.csv"
PLAIN = ("pcode", "country", "admin1", "admin2")
OCHA = ("Location", "Admin Level", "P-Code", "Name", "Parent P-Code")
WHAT_IS_READ = (
    f"a table of P-codes has the columns {','.join(PLAIN)}, or OCHA's {','.join(OCHA)} "
    "(global_pcodes_adm_1_2.csv from data.humdata.org/dataset/global-pcodes)"
)


@dataclass(frozen=True, slots=True)
class Coded:
    """A unit and its P-code; `country` is an ISO code of two letters, `admin2` is "" for a unit of first order."""

    pcode: str
    country: str
    admin1: str
    admin2: str = ""


def own_path() -> Path:
    """Return where a user's own table of P-codes lies, if there is one."""
    return Path(user_data_dir("marsad")) / "pcodes.csv"


def pcode_of(country: str | None, admin1: str | None, admin2: str | None = None) -> str | None:
    """Return the P-code of a unit by its names as the gazetteer writes them; None where no table has it."""
    return known().get((country or "", admin1 or "", admin2 or ""))


@cache
def known() -> dict[tuple[str, str, str], str]:
    """Return the P-codes by country and names of units, the user's own before the shipped ones; read once."""
    codes: dict[tuple[str, str, str], str] = {}
    for path in (SHIPPED, own_path()):
        if path.exists():
            with path.open(encoding="utf-8", newline="") as lines:
                codes.update(
                    ((c, first, second), pcode) for pcode, c, first, second in islice(csv.reader(lines), 1, None)
                )
    return codes


def read_table(path: Path) -> list[Coded]:
    """Read a table in the plain form or as OCHA publishes it; raises BadInputError, naming the line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            table = csv.DictReader((line for line in lines if not line.startswith("#")), strict=True)
            heads = tuple(table.fieldnames or ())
            if set(PLAIN) <= set(heads):
                return [_plain(row, path, number) for number, row in enumerate(table, 2)]
            if set(OCHA) <= set(heads):
                return _from_ocha(list(table))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadInputError(f"{path}: cannot be read ({error}); {WHAT_IS_READ}") from error
    raise BadInputError(f"{path}: the first line does not name the columns; {WHAT_IS_READ}")


def _plain(row: dict[str, str | None], path: Path, number: int) -> Coded:
    pcode, country, admin1, admin2 = ((row.get(name) or "").strip() for name in PLAIN)
    if not (pcode and len(country) == 2 and admin1):
        raise BadInputError(f"{path}, row {number}: a row needs a P-code, a country of two letters and a unit")
    return Coded(pcode, country.upper(), admin1, admin2)


def _from_ocha(rows: Sequence[dict[str, str]]) -> list[Coded]:
    """Return OCHA's rows with their countries and parents; a parent is looked up, never cut from the code."""
    first = {row["P-Code"]: row["Name"] for row in rows if row["Admin Level"] == "1"}
    out = []
    for row in rows:
        country = iso_of(row["Location"])
        if country and row["Admin Level"] == "1":
            out.append(Coded(row["P-Code"], country, row["Name"]))
        elif country and row["Admin Level"] == "2" and row["Parent P-Code"] in first:
            out.append(Coded(row["P-Code"], country, first[row["Parent P-Code"]], row["Name"]))
    return out


def align(rows: Sequence[Coded], source: Gazetteer) -> tuple[list[Coded], int]:
    """Return the rows under the gazetteer's own names of the units, and how many were left out.

    Left out are units that the gazetteer does not know, and those of one name with two codes (Yemen's city and
    governorate of Sana'a): no code is better than a wrong one.
    """
    units: dict[tuple[str, str], Entry | None] = {}
    districts = source.districts()
    out: dict[str, Coded] = {}
    for row in rows:
        at = (row.country, row.admin1)
        if at not in units:
            units[at] = unit_named(row.admin1, row.country, source)
        unit = units[at]
        name = "" if unit is None or not row.admin2 else district_named(row, districts.get(unit.number, ()))
        if unit is not None and name is not None:
            out[row.pcode] = Coded(row.pcode, row.country, unit.name, name)
    bearers = Counter((c.country, c.admin1, c.admin2) for c in out.values())
    kept = [c for c in out.values() if bearers[c.country, c.admin1, c.admin2] == 1]
    return sorted(kept, key=lambda c: (c.country, c.pcode)), len(rows) - len(kept)


def unit_named(name: str, country: str, source: Gazetteer) -> Entry | None:
    """Return the first-order unit of a country that bears this name, by exact key, without its class, by consonants."""
    for key in (fold(name), core(name)):
        for entry in source.entries(key):
            if entry.kind == "1" and entry.country == country:
                return entry
    near = source.by_skeleton(name, country) if country in ROMANISED else ()
    return next((entry for entry in near if entry.kind == "1"), None)


def district_named(row: Coded, districts: Sequence[tuple[str, frozenset[str]]]) -> str | None:
    """Return the gazetteer's name for a second-order unit among those of its parent; None when none or two fit."""
    for key in (fold(row.admin2), core(row.admin2)):
        for name, keys in districts:
            if key in keys:
                return name
    if row.country not in ROMANISED:
        return None
    bones = skeleton(row.admin2)
    alike = {name for name, keys in districts if bones and bones in {skeleton(key) for key in keys}}
    return alike.pop() if len(alike) == 1 else None


def write_table(rows: Iterable[Coded], path: Path) -> None:
    """Write rows in the plain form, in one step; raises DataFileError when the folder cannot be written."""
    part = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(PLAIN)
            writer.writerows((row.pcode, row.country, row.admin1, row.admin2) for row in rows)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise DataFileError(f"{path}: cannot be written ({error.strerror}); make room, or set XDG_DATA_HOME") from error
