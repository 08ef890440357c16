"""The fitted weights of the evidence, and its words: two small tables (data/tally/weights.tsv, words.tsv)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from marsad.errors import DataFileError
from marsad.tally.tables import read_table

RELATIONS = ("same", "part", "whole", "event")
"""same: b repeats a; part: b is part of a; whole: a is part of b; event: both belong to one event."""

Row = tuple[float, float, float, float]
NOTHING: Row = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each observation speaks for each relation, in log-odds."""

    rows: Mapping[str, Row]

    def log_odds(self, evidence: list[str]) -> Row:
        """Return the log-odds of the four relations, given what is observed; unknown observations say nothing."""
        same = part = whole = event = 0.0
        for name in evidence:
            w = self.rows.get(name, NOTHING)
            same, part, whole, event = same + w[0], part + w[1], whole + w[2], event + w[3]
        return same, part, whole, event


@cache
def load_weights() -> Weights:
    """Return the weights that ship; DataFileError when the table is missing or damaged."""
    try:
        return Weights({row["evidence"]: _numbers(row) for row in read_table("weights.tsv")})
    except (KeyError, ValueError) as fault:
        raise DataFileError(f"data/tally/weights.tsv is damaged ({fault!r}); install marsad again") from fault


@cache
def load_words() -> dict[str, str]:
    """Return what each observation is called in plain words, for those that a reader can be told of."""
    return {row["evidence"]: row["words"] for row in read_table("words.tsv")}


def _numbers(row: Mapping[str, str]) -> Row:
    same, part, whole, event = (float(row[name]) for name in RELATIONS)
    return same, part, whole, event
