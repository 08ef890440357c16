"""Reads the tables that linking ships with (src/marsad/data/linking)."""

import csv
from functools import cache
from importlib.resources import files

from marsad.errors import DataFileError

NAMED = (
    ("actors", "aliases.csv", ("alias",), 0.02),
    ("gazetteer", "admin1.tsv", ("name", "variants"), 0.05),
    ("gazetteer", "countries.tsv", ("name", "variants", "demonyms"), 0.1),
)


@cache
def common_words() -> dict[str, float]:
    """Return the share of English texts of a report's length in which a common word stands."""
    return {word: row["share"] for word, row in _rows("common_words.tsv").items()}


@cache
def report_words() -> dict[str, float]:
    """Return the share of reports of violence in which a common stem stands."""
    return {stem: row["share"] for stem, row in _rows("report_words.tsv").items()}


@cache
def known_names() -> dict[str, float]:
    """Return names of countries, provinces and actors with the share taken for their words: they name many events."""
    found: dict[str, float] = {}
    for folder, file, columns, share in NAMED:
        text = files("marsad.data").joinpath(folder, file).read_text("utf-8")
        for row in csv.DictReader(text.splitlines(), delimiter="\t" if file.endswith("tsv") else ","):
            for column in columns:
                found |= dict.fromkeys((row[column] or "").split("|"), share)
    return found


@cache
def weights(kind: str) -> dict[str, float]:
    """Return the weight of every feature for one kind of pair; "constant" is the odds of two unlike reports."""
    return {name: values[kind] for name, values in _rows("weights.tsv").items()}


def _rows(name: str) -> dict[str, dict[str, float]]:
    try:
        text = files("marsad.data").joinpath("linking", name).read_text("utf-8")
        lines = (line for line in text.splitlines() if not line.startswith("#"))
        head, *rows = csv.reader(lines, delimiter="\t")
        return {row[0]: dict(zip(head[1:], map(float, row[1:]), strict=True)) for row in rows}
    except (OSError, ValueError) as error:
        raise DataFileError(f"data/linking/{name} is missing or damaged ({error}): install marsad again") from error
