"""Reads the tables that linking ships with (src/marsad/data/linking)."""

import csv
from functools import cache
from importlib.resources import files

from marsad.errors import DataFileError


@cache
def common_words() -> dict[str, float]:
    """Return the share of English texts of a report's length in which a common word stands."""
    return {word: row["share"] for word, row in _rows("common_words.tsv").items()}


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
