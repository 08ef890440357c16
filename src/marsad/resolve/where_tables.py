"""Reads the small tables that place finding needs: demonyms, state abbreviations, words that are no places."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from marsad.errors import DataFileError
from marsad.resolve.where_names import fold

FOLDER = Path(__file__).parent.parent / "data" / "gazetteer"


def _rows(name: str) -> list[dict[str, str]]:
    path = FOLDER / name
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    except OSError as error:
        raise DataFileError(f"{path}: cannot be read ({error.strerror}); install Marsad anew") from error


@dataclass(frozen=True, slots=True)
class Words:
    """Word lists, folded. `demonyms` and `countries` lead to ISO codes, `short` to (unit name, country).

    `never` are plain words, `persons` names that people bear; `heads` may follow a place inside a longer name ("Kabul
    Police"), `roads` and `facilities` follow names that are no place of their own ("Maryland Avenue")."""

    demonyms: dict[str, str]
    countries: dict[str, str]
    short: dict[str, tuple[str, str]]
    never: frozenset[str]
    persons: frozenset[str]
    heads: frozenset[str]
    roads: frozenset[str]
    facilities: frozenset[str]


@cache
def words() -> Words:
    """Return the word lists, read once."""
    demonyms: dict[str, str] = {}
    countries: dict[str, str] = {}
    for row in _rows("countries.tsv"):
        for name in filter(None, (row["demonyms"] or "").split("|")):
            demonyms.setdefault(fold(name), row["iso"])
        for name in filter(None, (row["name"], *(row["variants"] or "").split("|"))):
            countries.setdefault(fold(name), row["iso"])
    short = {row["short"]: (row["long"], row["country"]) for row in _rows("abbreviations.tsv")}
    lists: dict[str, set[str]] = {}
    for row in _rows("not_places.tsv"):
        lists.setdefault(row["why"], set()).update(fold(word) for word in row["words"].split())
    kept = [frozenset(lists[why]) for why in ("never", "person", "head", "road", "facility")]
    return Words(demonyms, countries, short, *kept)


def iso_of(code: str) -> str | None:
    """Return the ISO code of two letters for one of three letters; None for a country that no table has."""
    return _by_three_letters().get(code.upper())


@cache
def _by_three_letters() -> dict[str, str]:
    return {row["iso3"]: row["iso"] for row in _rows("countries.tsv") if row["iso3"]}
