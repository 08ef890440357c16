"""Reads the small tables that ship with the tally (data/tally)."""

import csv
from importlib.resources import files

from marsad.errors import DataFileError


def read_table(name: str) -> list[dict[str, str]]:
    """Return the rows of one table, comments left out; DataFileError when it is missing."""
    path = files("marsad.data").joinpath("tally", name)
    try:
        lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    except OSError as fault:
        raise DataFileError(f"{path} cannot be read ({fault}); install marsad again") from fault
    return list(csv.DictReader(lines, delimiter="\t"))
