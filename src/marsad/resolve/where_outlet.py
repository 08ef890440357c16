"""Tells where a report's publisher is at home: a paper of Kano writes of Nigeria, a station of Tulsa of Oklahoma.

Readers know it, so local outlets do not write it. Sources, in order: the table of outlets, a place in the publisher's
name ("El Sol de Acapulco", "chicagotribune.com"), the country at the end of a web address. Agencies and papers that
report from everywhere have no home.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from marsad.resolve.gazetteer import Entry, Gazetteer, gazetteer
from marsad.resolve.where_context import sure_entry
from marsad.resolve.where_names import fold
from marsad.resolve.where_tables import FOLDER, words

HOST = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:/.*)?", re.IGNORECASE)
HANDLE = re.compile(r"^@|\s+(?:on|\|)\s+(?:Twitter|X|Telegram|Facebook)\b.*$|\s*\(X\)$", re.IGNORECASE)
PLAIN_ENDS = re.compile(
    r"^(?:the|daily) | (?:news|newspaper|online|network|website|english|agency|tv|radio|portal|com|net|org)$"
)
GENERIC = frozenset("www com org net co gov edu info tv news m mobile amp en english online".split())  # noqa: SIM905
# Ends of web addresses that are sold to everybody.
SOLD = frozenset("tv me io co fm ai is to cc la gl ly am ws nu st su eu us".split())  # noqa: SIM905
KNOWN_CITY = 100_000
# Words of outlets' names that are places too: a channel, the nation, a continent, a language.
NO_PLACES = frozenset("america american canal english kurdistan nacional sonora spanish".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Home:
    """A country by its ISO code, and of a local outlet the first-order unit."""

    country: str
    unit: Entry | None = None


@dataclass(frozen=True, slots=True)
class Outlets:
    """Country and unit by an outlet's folded name, and by a part that site names hold."""

    names: dict[str, tuple[str, str]]
    parts: dict[str, tuple[str, str]]


@cache
def outlets() -> Outlets:
    """Return the table of outlets, read once; those at home nowhere have an empty country."""
    table = Outlets({}, {})
    with (FOLDER / "outlets.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            (table.parts if row["match"] == "part" else table.names)[row["name"]] = (row["country"], row["admin1"])
    return table


@lru_cache(maxsize=1024)
def outlet_home(publisher: str | None) -> Home | None:
    """Return where a publisher is at home; None for one that is unknown or reports from everywhere."""
    said = HANDLE.sub("", (publisher or "").strip())
    if not said:
        return None
    found = _of_site(said) if HOST.fullmatch(said) else _of_name(said)
    if found is None or not found[0]:
        return None
    country, unit = found
    return Home(country, unit_called(unit, country, gazetteer()) if unit else None)


def unit_called(name: str, country: str, source: Gazetteer) -> Entry | None:
    """Return the first-order unit of a country by its name."""
    return next((e for e in source.entries(fold(name)) if e.kind == "1" and e.country == country), None)


def _of_table(said: str) -> tuple[str, str] | None:
    """Look a name up, then without a plain word at either end; twice, for "The Kano News Online"."""
    key = fold(said)
    for _ in range(3):
        if key in outlets().names:
            return outlets().names[key]
        key = PLAIN_ENDS.sub("", key, count=1)
    return None


def _of_site(said: str) -> tuple[str, str] | None:
    host = re.sub(r"^https?://", "", said.lower()).split("/")[0].split(":")[0]
    *labels, top = host.split(".")
    labels = [label for label in labels if label not in GENERIC]
    for label in reversed(labels):
        found = _of_table(label)
        if found is not None:
            return found
    joined = " ".join(labels)
    within = max((part for part in outlets().parts if part in joined), key=len, default=None)
    if within is not None:
        return outlets().parts[within]
    code = "GB" if top == "uk" else top.upper()
    return (code, "") if len(top) == 2 and top not in SOLD and gazetteer().country(code) else None


def _of_name(said: str) -> tuple[str, str] | None:
    found = _of_table(said)
    if found is not None:
        return found
    key = fold(said).split()
    for length in (3, 2, 1):
        for at in range(len(key) - length + 1):
            place = _known_place(" ".join(key[at : at + length]))
            if place is not None:
                return place
    return None


def _known_place(key: str) -> tuple[str, str] | None:
    """Return the country, and the unit of a large city, that a part of an outlet's name is surely of."""
    lists = words()
    if key in NO_PLACES:
        return None
    country = lists.countries.get(key) or lists.demonyms.get(key)
    if country:
        return country, ""
    if len(key) < 4 or key in lists.never or key in lists.persons:
        return None
    entry = sure_entry(tuple(e for e in gazetteer().entries(key) if e.kind in "PA1"))
    if entry is None or not entry.country or (entry.kind != "1" and entry.population < KNOWN_CITY):
        return None
    return entry.country, entry.admin1 or ""
