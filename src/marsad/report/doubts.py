"""Says what is uncertain: wide and open figures, voices that differ, one voice only, places and days barely known."""

from collections.abc import Callable, Iterable, Sequence

from marsad.export.entries import Entry
from marsad.ledger import LedgerIncident, sayings_of
from marsad.model import Figure
from marsad.report.model import Doubt, Told
from marsad.report.receipts import Receipts

WIDE = 2
"""A figure is wide whose high is so many times its low, or more."""
WIDE_BY = 5
"""And at least so many people higher: 1 to 2 is no wide range."""
DISTRICT = 3
"""UCDP's where_prec from which on a place is a district or more."""


def doubts(incidents: Iterable[LedgerIncident], entries: Sequence[Entry], kept: Receipts) -> tuple[Doubt, ...]:
    """Return the reasons for doubt that there are, each with its incidents, those with the most killed first."""
    wanted = {one.id for one in entries}
    known = {one.id: one for one in incidents if one.id in wanted}
    kinds: dict[str, Callable[[Entry], bool]] = {
        "wide": lambda one: any(_is_wide(figure) for figure in one.tolls.values()),
        "differing": lambda one: one.id in known and _differ(known[one.id]),
        "single": lambda one: one.source_count == 1,
        "day": lambda one: one.start is None or one.start != one.end,
        "place": lambda one: one.place.geoprecision is None or one.place.geoprecision >= DISTRICT,
        "nobody": lambda one: not one.perpetrators,
    }
    found = []
    for kind, holds in kinds.items():
        told = sorted((one for one in entries if holds(one)), key=_gravest)
        if told:
            examples = tuple(Told(one, kept.of_entry(one)) for one in told)
            found.append(Doubt(kind, examples, kept.of_sum(f"doubt:{kind}", told)))
    return tuple(found)


def _gravest(one: Entry) -> tuple[int, str]:
    return -max((figure.best for figure in one.tolls.values()), default=0), one.id


def _is_wide(figure: Figure) -> bool:
    if figure.high is None:
        return True
    return figure.high >= WIDE * figure.low and figure.high - figure.low >= WIDE_BY


def _differ(one: LedgerIncident) -> bool:
    """Say whether two voices whose newest words are counted give two figures for one harm."""
    said: dict[str, set[Figure]] = {}
    for each in sayings_of(one):
        if each.standing in ("chosen", "counted"):
            said.setdefault(each.harm, set()).add(each.figure)
    return any(len(figures) > 1 for figures in said.values())
