"""Build the registry's tables (src/marsad/data/actors) from hand-written lists and two open lists of names.

    python scripts/build_actors.py --ucdp ucdp_actor_names.csv --phoenix Phoenix.MilNonState.actors.txt

`scripts/actors/` holds what was compiled by hand: countries.csv, state_aliases.csv, known.csv, communal.txt.
Hand-written rows win over UCDP's names, those over Phoenix's. Every row of the tables written names its origin.
"""

import argparse
import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from marsad.resolve.who_words import folded

HERE = Path(__file__).parent / "actors"
OUT = Path(__file__).parent.parent / "src" / "marsad" / "data" / "actors"
# Cells that planted bombs but fought no war; Phoenix lists hundreds of them under these codes.
NO_WAR = {
    "GRC",
    "ITA",
    "USA",
    "FRA",
    "CHE",
    "SWE",
    "NLD",
    "DNK",
    "KKL",
    "AUT",
    "BEL",
    "PRI",
    "AUS",
    "JPN",
    "DEU",
    "CYP",
}
# UCDP's country names that differ from the ones of countries.csv.
UCDP_COUNTRY = {"Congo": "CG", "Kingdom of eSwatini (Swaziland)": "SZ", "Bosnia-Herzegovina": "BA"}
GROUP = frozenset((HERE / "group_words.txt").read_text("utf-8").split())
FAITHS = {"muslims", "christians", "hindus", "buddhists", "sunni", "shia", "copts", "alawite"}
COMMON = frozenset((HERE / "common_words.txt").read_text("utf-8").split())


@dataclass
class Row:
    """One actor while it is being put together."""

    id: str
    name: str
    kind: str
    countries: list[str]
    ucdp_name: str
    origin: str
    aliases: list[tuple[str, str, str, str, str, str]] = field(default_factory=list)
    links: list[tuple[str, str, str, str, str]] = field(default_factory=list)


def slug(name: str) -> str:
    """Make a stable id of a name."""
    return folded(name).replace(" ", "-")


def dated(text: str) -> tuple[str, str, str]:
    """Part `words@since..until`."""
    words, _, when = text.partition("@")
    since, _, until = when.partition("..")
    return words.strip(), since.strip(), until.strip()


def alias_kind(words: str) -> str:
    """Tell an abbreviation (case matters) from a name and from a description (context matters)."""
    if words.startswith("~"):
        return "description"
    bare = words.replace("-", "").replace("/", "").replace(".", "").replace("'", "")
    return "abbreviation" if " " not in words and len(bare) <= 8 and sum(c.isupper() for c in bare) >= 2 else "name"


def add_aliases(row: Row, cell: str, origin: str) -> None:
    """Add the `;`-separated aliases of a cell, `~words@since..until#COUNTRY`."""
    for part in filter(None, (p.strip() for p in cell.split(";"))):
        part, _, country = part.partition("#")
        words, since, until = dated(part)
        row.aliases.append((words.removeprefix("~"), alias_kind(words), since, until, origin, country))


def add_links(row: Row, cell: str) -> None:
    """Add the `;`-separated affiliations of a cell: `relation:actor@since..until`."""
    for part in filter(None, (p.strip() for p in cell.split(";"))):
        relation, _, rest = part.partition(":")
        other, since, until = dated(rest)
        row.links.append((other, relation, since, until, "Marsad"))


def states() -> Iterator[Row]:
    """Yield a government for every country."""
    more = {r["code"]: r for r in table(HERE / "state_aliases.csv", "|")}
    for country in table(HERE / "countries.csv", ","):
        code, name = country["code"], country["name"]
        if country["ucdp_country"] == "-":
            continue
        row = Row(f"gov-{code.lower()}", f"Government of {name}", "government", [code], "", "Marsad")
        row.ucdp_name = f"Government of {country['ucdp_country'] or name}"
        row.aliases.append((row.name, "name", "", "", "Marsad", ""))
        if row.ucdp_name != row.name:
            row.aliases.append((row.ucdp_name, "name", "", "", "UCDP", ""))
        if code in more:
            add_aliases(row, more[code]["aliases"], "Marsad")
            add_links(row, more[code]["links"])
        yield row


def known() -> Iterator[Row]:
    """Yield the actors that were compiled by hand."""
    for cells in table(HERE / "known.csv", "|"):
        row = Row(cells["id"], cells["name"], cells["kind"], cells["country"].split(";"), cells["ucdp_name"], "Marsad")
        row.aliases.append((re.sub(r" \([^)]*\)$", "", row.name), alias_kind(row.name), "", "", "Marsad", ""))
        add_aliases(row, cells["aliases"], "Marsad")
        add_links(row, cells["links"])
        yield row


def table(path: Path, delimiter: str) -> list[dict[str, str]]:
    """Read a table with a header line."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=delimiter))


def ucdp_kind(name: str, countries: list[str], communal: set[str]) -> str:
    """Guess the kind of an actor of UCDP that nobody has looked at by hand."""
    if name.startswith("Government of"):
        return "government"
    if re.match(r"(?i)(supporters|suppporters|opponents) of", name):
        return "party"
    if re.search(
        r"(?i)cartel|zetas|^los |^la |MS-13|^M18|gang|boys|gangsters|faction [12]$|^PCC", name
    ) or countries == ["MX"]:
        return "cartel"
    if name in communal or re.search(r"clan|\((?!MILF)[A-Z][A-Za-z]+\)|Dinka", name):
        return "communal"
    return "rebel"


def ucdp(path: Path, rows: dict[str, Row]) -> None:
    """Add UCDP's names: to the actor that bears the name already, or as a new one."""
    # A people's or a faith's name is said of many who fight for nobody.
    peoples = {folded(d) for r in table(HERE / "countries.csv", ",") for d in r["demonyms"].split(";")} | FAITHS
    communal = set((HERE / "communal.txt").read_text("utf-8").replace("\n", ";").split(";"))
    codes = {r["ucdp_country"] or r["name"]: r["code"] for r in table(HERE / "countries.csv", ",")} | UCDP_COUNTRY
    by_name = {folded(r.ucdp_name) for r in rows.values() if r.ucdp_name}
    for cells in table(path, ","):
        name = cells["name"].strip()
        if "," in name or name == "Civilians" or folded(name) in by_name:
            continue
        countries = [codes[c.strip()] for c in cells["countries"].split(";") if c.strip() in codes]
        row = Row(slug(name), name, ucdp_kind(name, countries, communal), countries, name, "UCDP")
        if row.id in rows:
            row.id = f"ucdp-{row.id}"
        bare = re.sub(r" \([^)]*\)$", "", name)
        if bare != name or folded(bare) not in peoples:
            row.aliases.append((name if folded(bare) in peoples else bare, alias_kind(name), "", "", "UCDP", ""))
        rows[row.id] = row


def phoenix(path: Path, rows: dict[str, Row]) -> None:
    """Add Phoenix's groups with their other names, where no row has the name yet."""
    taken: dict[str, Row] = {}
    for row in rows.values():
        for words, *_ in row.aliases:
            taken.setdefault(folded(words), row)
    codes = {r["phoenix"]: r["code"] for r in table(HERE / "phoenix_countries.csv", ",")}
    for names, code in phoenix_entries(path):
        country = codes.get(code[:3])
        if code[:3] in NO_WAR:
            continue
        owner = next((taken[folded(n)] for n in names if folded(n) in taken and len(folded(n)) > 4), None)
        if owner is None:
            name = names[0]
            owner = Row(slug(name), name, "rebel", [country] if country else [], "", "Phoenix")
            if owner.id in rows or not usable(name) or alias_kind(name) == "abbreviation":
                continue
            rows[owner.id] = owner
        for name in filter(usable, names):
            if folded(name) not in taken:
                taken[folded(name)] = owner
                owner.aliases.append((name, alias_kind(name), "", "", "Phoenix", ""))


def usable(name: str) -> bool:
    """Tell whether a name is telling enough to be looked for in a text."""
    words = folded(name).split()
    if not words or len(words) > 9 or all(w in COMMON or w.isdigit() for w in words):
        return False
    # The dictionary mixes leaders' names in, and a few from films; only names that say "group" are taken.
    return (alias_kind(name) == "abbreviation" and len(words[0]) > 2) or any(w in GROUP for w in words)


def phoenix_entries(path: Path) -> Iterator[tuple[list[str], str]]:
    """Yield (names, code) for each block of the dictionary."""
    names: list[str] = []
    code = ""
    for line in path.read_text("utf-8", errors="replace").splitlines():
        line = line.split("#")[0].strip()
        if not line or line.startswith(("[", "|")):
            continue
        if not line.startswith("+"):
            if names and code:
                yield names, code
            found = re.search(r"\[([A-Z]{3,})", line)
            names, code = [], found[1] if found else ""
            line = line.split("[")[0]
        for part in re.split(r"\+", line):
            names += spellings(part)
    if names and code:
        yield names, code


def spellings(raw: str) -> Iterable[str]:
    """Turn NAME_OF_GROUP_(NOG)_ into 'Name of Group' and 'NOG'."""
    text = raw.replace("_", " ").strip(" -,")
    short = re.search(r"\(([A-Z0-9/-]{2,8})\)", text)
    text = re.sub(r"\([^)]*\)|\s/.*$", " ", text)
    words = re.sub(r"\s+", " ", text).strip(" -,/")
    if re.fullmatch(r"[A-Z0-9/-]{2,5}", words):
        return [words]
    small = {"Of", "The", "For", "And", "In", "Al", "De", "La", "Del"}
    title = " ".join(
        w.lower() if w in small and i else w for i, w in enumerate(words.title().replace("'S", "'s").split())
    )
    return [n for n in (title, short[1] if short else "") if n]


def write(path: Path, header: list[str], rows: Iterable[Iterable[str]]) -> None:
    """Write a CSV with Unix line ends."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def checked(rows: dict[str, Row]) -> dict[str, Row]:
    """Stop when an affiliation leads nowhere."""
    for row in rows.values():
        for other, *_ in row.links:
            if other not in rows:
                raise SystemExit(f"{row.id}: {other} is not an actor of the registry")
    return rows


def main() -> None:
    """Put the lists together and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ucdp", type=Path, required=True)
    parser.add_argument("--phoenix", type=Path, required=True)
    args = parser.parse_args()
    rows = {row.id: row for row in (*states(), *known())}
    ucdp(args.ucdp, rows)
    phoenix(args.phoenix, rows)
    checked(rows)
    OUT.mkdir(parents=True, exist_ok=True)
    head = ["id", "name", "kind", "country", "ucdp_id", "ucdp_name", "origin"]
    write(
        OUT / "actors.csv",
        head,
        ([r.id, r.name, r.kind, ";".join(filter(None, r.countries)), "", r.ucdp_name, r.origin] for r in rows.values()),
    )
    seen: set[tuple[str, str, str]] = set()
    aliases = []
    for row in rows.values():
        for words, kind, since, until, origin, country in row.aliases:
            mark = (row.id, folded(words), kind)
            if folded(words) and mark not in seen:
                seen.add(mark)
                aliases.append([row.id, words, kind, country, since, until, origin])
    write(OUT / "aliases.csv", ["actor", "alias", "kind", "country", "since", "until", "origin"], aliases)
    links = [[r.id, *link] for r in rows.values() for link in r.links]
    write(OUT / "affiliations.csv", ["actor", "other", "relation", "since", "until", "origin"], links)
    countries = table(HERE / "countries.csv", ",")
    form = [
        [c["code"], c["name"], c["other_names"], c["demonyms"], c["capital"], c["regions"], "Marsad"] for c in countries
    ]
    write(OUT / "states.csv", ["code", "name", "other_names", "demonyms", "capital", "regions", "origin"], form)
    print(f"{len(rows)} actors, {len(aliases)} aliases, {len(links)} affiliations, {len(form)} states")


if __name__ == "__main__":
    main()
