"""The codes by which codebooks name countries."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Country:
    """One country: ISO 3166-1 codes, its English name, Gleditsch and Ward's number, UCDP's and ACLED's region."""

    iso: str
    iso3: str
    iso_numeric: int
    name: str
    gwno: int | None
    ucdp_region: str
    acled_region: str


def country_of(code: str | None) -> Country | None:
    """Return a country by its ISO 3166-1 alpha-2 code."""
    return _countries().get(code or "")


def country_name(code: str | None) -> str | None:
    """Return the name of a country by its code; a code that is not known stands for itself."""
    found = country_of(code)
    return found.name if found else code


def country_named(words: str) -> Country | None:
    """Return the country that a table calls by name or by one of its ISO codes in letters."""
    return _by_name().get(words.strip().casefold())


def country_by_gwno(number: int | None) -> Country | None:
    """Return the country of Gleditsch and Ward's number, as UCDP writes it: names alone mix the two Congos up."""
    return next((one for one in _countries().values() if number is not None and one.gwno == number), None)


def country_by_iso_number(number: int | None) -> Country | None:
    """Return the country of ISO's number, as ACLED writes it."""
    return next((one for one in _countries().values() if number and one.iso_numeric == number), None)


@cache
def _countries() -> dict[str, Country]:
    names = {row["iso"]: row["name"] for row in _table("gazetteer", "countries.tsv", "\t")}
    return {
        row["iso"]: Country(
            row["iso"],
            row["iso3"],
            int(row["iso_numeric"]),
            names.get(row["iso"], row["iso"]),
            int(row["gwno"]) if row["gwno"] else None,
            row["ucdp_region"],
            row["acled_region"],
        )
        for row in _table("codebooks", "countries.csv", ",")
    }


@cache
def _by_name() -> dict[str, Country]:
    found: dict[str, Country] = {}
    for row in _table("gazetteer", "countries.tsv", "\t"):
        country = _countries().get(row["iso"])
        if country:
            # UCDP writes "Yemen (North Yemen)" and "DR Congo (Zaire)": what stands in brackets is another name.
            for name in (row["name"], *row["variants"].split("|")):
                found.setdefault(name.strip().casefold(), country)
    for country in _countries().values():
        for code in (country.iso, country.iso3):
            found.setdefault(code.casefold(), country)
    found.pop("", None)
    return found


def _table(folder: str, name: str, delimiter: str) -> list[dict[str, str]]:
    words = files("marsad.data").joinpath(folder, name).read_text("utf-8")
    return list(csv.DictReader(words.splitlines(), delimiter=delimiter))
