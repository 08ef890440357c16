"""Sums of figures that can be added to and taken from: what a ledger's incidents come to, kept from act to act."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from marsad.model import Figure
from marsad.vocabulary import HARMS, Harm

Sum = tuple[int, int, int, int, int]
"""How many figures, how many of them open upwards, and the sums of low, best and high (of those that have one)."""


@dataclass
class Sums:
    """Per harm the sum of figures."""

    of: dict[Harm, Sum] = field(default_factory=dict)

    @classmethod
    def unpacked(cls, words: str) -> "Sums":
        """Return sums as `packed` wrote them."""
        found = json.loads(words)
        return cls({harm: tuple(found[harm]) for harm in HARMS if harm in found})

    def packed(self) -> str:
        """Return the sums as JSON."""
        return json.dumps({harm: each for harm, each in self.of.items() if each[0]})

    def add(self, other: "Sums") -> None:
        """Add sums."""
        self._put(other, 1)

    def take(self, other: "Sums") -> None:
        """Take away sums that were added before."""
        self._put(other, -1)

    def figures(self) -> dict[Harm, Figure]:
        """Return the figures that the sums come to; one open end opens a sum."""
        return {harm: figure_of(self.of[harm]) for harm in HARMS if harm in self.of and self.of[harm][0]}

    def _put(self, other: "Sums", sign: int) -> None:
        for harm, (number, is_open, low, best, high) in other.of.items():
            a, b, c, d, e = self.of.get(harm, (0, 0, 0, 0, 0))
            self.of[harm] = a + sign * number, b + sign * is_open, c + sign * low, d + sign * best, e + sign * high


def figure_of(each: Sum) -> Figure:
    """Return the figure of a sum."""
    return Figure(each[2], each[3], None if each[1] else each[4])


def sums_of(columns: Mapping[str, Any]) -> Sums:
    """Return the figures that an incident's columns hold, as sums."""
    out: dict[Harm, Sum] = {}
    for harm in HARMS:
        best = columns[f"{harm}_best"]
        if best is not None:
            high = columns[f"{harm}_high"]
            out[harm] = (1, int(high is None), columns[f"{harm}_low"], best, high or 0)
    return Sums(out)
