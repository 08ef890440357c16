"""How many died, on which side: UCDP's four columns, which add up to `best`."""

from dataclasses import dataclass
from functools import cache

from marsad.export.entries import Entry, Share
from marsad.export.sides import CIVILIANS
from marsad.model import Figure
from marsad.resolve.registry import registry
from marsad.resolve.who_ucdp import ucdp_name

ONE_SIDED = 3


@dataclass(frozen=True, slots=True)
class Deaths:
    """UCDP's split of `best`; unknown holds whoever is not told apart."""

    side_a: int = 0
    side_b: int = 0
    civilians: int = 0
    unknown: int = 0


def deaths_of(entry: Entry) -> Deaths:
    """Return the split of an incident's best figure: by its claims where they add up, else by what stands beside it."""
    killed = entry.killed or Figure(0, 0, 0)
    if entry.shares and sum(share.figure.best for share in entry.shares) == killed.best:
        return _by_claims(entry)
    civilians = min(killed.best, entry.killed_civilians.best if entry.killed_civilians else 0)
    return Deaths(civilians=civilians, unknown=killed.best - civilians)


def _by_claims(entry: Entry) -> Deaths:
    sums = {"a": 0, "b": 0, "civilians": 0, "unknown": 0}
    within = {"a": 0, "b": 0, "civilians": 0}
    for share in entry.shares:
        sums[_column(share, entry)] += share.figure.best
    # "27 killed, including four soldiers": what is told apart within a figure is taken out of the unknown.
    if sums["unknown"] == (entry.killed or Figure(0, 0, 0)).best:
        for part in entry.parts:
            column = _column(part, entry)
            if column in within:
                within[column] += part.figure.best
        taken = sum(within.values())
        if 0 < taken <= sums["unknown"]:
            sums["unknown"] -= taken
            for column, number in within.items():
                sums[column] += number
    return Deaths(sums["a"], sums["b"], sums["civilians"], sums["unknown"])


def _column(share: Share, entry: Entry) -> str:
    if share.status == "civilian" or (entry.type_of_violence == ONE_SIDED and entry.side_b == CIVILIANS):
        return "civilians"
    side = side_name(share.actor)
    if side is not None and side == entry.side_a:
        return "a"
    if side is not None and side == entry.side_b:
        return "b"
    return "unknown"


def side_name(actor: str | None) -> str | None:
    """Return UCDP's name of an actor by the registry's name for it; the name itself where the registry has none."""
    return _side_names().get(actor or "", actor)


@cache
def _side_names() -> dict[str, str]:
    found: dict[str, str] = {}
    for actor in registry().actors.values():
        found.setdefault(actor.name, ucdp_name(actor))
    return found
