"""The names of countries, for people: the record keeps ISO 3166-1 codes."""

import csv
from functools import cache
from importlib.resources import files


def country_name(code: str | None) -> str | None:
    """Return the name of a country by its code; a code that is not known stands for itself."""
    return None if code is None else _names().get(code, code)


@cache
def _names() -> dict[str, str]:
    words = files("marsad.data").joinpath("gazetteer", "countries.tsv").read_text("utf-8")
    return {row["iso"]: row["name"] for row in csv.DictReader(words.splitlines(), delimiter="\t")}
