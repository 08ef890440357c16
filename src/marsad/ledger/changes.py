"""Says what differs between the ledger as of two moments, and which totals moved by it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from marsad.ledger.entries import Ledger, LedgerIncident
from marsad.ledger.tolls import toll
from marsad.model import Figure
from marsad.vocabulary import HARMS, Harm

COMPARED = ("tolls", "when", "where", "perpetrators", "means", "type")


@dataclass(frozen=True, slots=True)
class Altered:
    """An incident whose values moved: the fields that did, and the incident before and after."""

    before: LedgerIncident
    after: LedgerIncident
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened to the ledger; `merged` and `split` give old ids and the ids that answer for them now."""

    added: Sequence[LedgerIncident] = ()
    altered: tuple[Altered, ...] = ()
    merged: tuple[tuple[str, str], ...] = ()
    split: tuple[tuple[str, tuple[str, ...]], ...] = ()
    withdrawn: tuple[LedgerIncident, ...] = ()
    totals: tuple[tuple[Harm, Figure | None, Figure | None], ...] = ()


@runtime_checkable
class Comparing(Protocol):
    """Compares two moments of one ledger without a walk over its incidents; None where it cannot."""

    def compared(self, before: Ledger, after: Ledger) -> Changes | None:
        """Return what `changes` does."""
        ...


def changes(before: Ledger, after: Ledger) -> Changes:
    """Return what was added, altered, merged, split and withdrawn, and the totals that moved."""
    if isinstance(after.answers, Comparing) and (found := after.answers.compared(before, after)) is not None:
        return found
    old, now = {one.id: one for one in before.incidents}, {one.id: one for one in after.incidents}
    heirs = {one.id: _heirs(one, after) for one in before.incidents}
    origin = origins(heirs)
    kept = [(old[was], now[heir]) for heir, was in sorted(origin.items())]
    return Changes(
        added=tuple(one for one in after.incidents if one.id not in origin),
        altered=tuple(Altered(a, b, fields) for a, b in kept if (fields := _moved(a, b))),
        merged=tuple((was, heir) for was, found in heirs.items() for heir in found if origin[heir] != was),
        split=tuple((was, found) for was, found in heirs.items() if len(found) > 1),
        withdrawn=tuple(old[was] for was, found in heirs.items() if not found),
        totals=moved_totals(toll(before).total.tolls, toll(after).total.tolls),
    )


def origins(heirs: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return, per incident of today, the one it continues: the one of its own id, else the first that it took in."""
    origin: dict[str, str] = {}
    for was in sorted(heirs):
        for heir in heirs[was]:
            if was == heir or heir not in origin:
                origin[heir] = was
    return origin


def _heirs(one: LedgerIncident, after: Ledger) -> tuple[str, ...]:
    return tuple(sorted({after.heirs[member.id] for member in one.members if member.id in after.heirs}))


def _moved(before: LedgerIncident, after: LedgerIncident) -> tuple[str, ...]:
    return tuple(name for name in COMPARED if getattr(before, name) != getattr(after, name))


def moved_totals(
    before: Mapping[Harm, Figure], after: Mapping[Harm, Figure]
) -> tuple[tuple[Harm, Figure | None, Figure | None], ...]:
    """Return the sums that differ, as they were and as they are."""
    return tuple((h, before.get(h), after.get(h)) for h in HARMS if before.get(h) != after.get(h))
