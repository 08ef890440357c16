"""Holds two counts against each other: what both have, what one has alone, and where the tolls differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from marsad.errors import LedgerError
from marsad.imports.match import Pair, match
from marsad.ledger import Ledger, LedgerIncident, Record, Selection, build_ledger, select, toll
from marsad.ledger.policy import Policy
from marsad.ledger.tolls import add_up, first_day, place_name, province_name
from marsad.model import Figure
from marsad.vocabulary import Harm

__all__ = ["Comparison", "Difference", "Side", "as_json", "compare", "parted"]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two counts: its name, its incidents, and how many were killed by all of them."""

    name: str
    incidents: tuple[LedgerIncident, ...]
    killed: Figure | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One month or one place: incidents and killed in both counts."""

    key: str
    left: Figure | None
    right: Figure | None
    left_incidents: int
    right_incidents: int

    @property
    def more(self) -> int:
        """By how many the first count's best is above the second's."""
        return (self.left.best if self.left else 0) - (self.right.best if self.right else 0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two counts side by side; `harm` is what the tolls count."""

    left: Side
    right: Side
    matched: tuple[Pair, ...]
    only_left: tuple[LedgerIncident, ...]
    only_right: tuple[LedgerIncident, ...]
    months: tuple[Difference, ...]
    places: tuple[Difference, ...]
    harm: Harm = "killed"

    @property
    def alike(self) -> int:
        """How many matched incidents have the same best figure in both."""
        return sum(figure_of(p.left, self.harm) == figure_of(p.right, self.harm) for p in self.matched)


@dataclass(frozen=True, slots=True)
class Named:
    """A ledger under the name by which it is compared."""

    name: str
    ledger: Ledger


def compare(
    left: Named,
    right: Named,
    selection: Selection | None = None,
    judged: Sequence[tuple[str, str]] = (),
    harm: Harm = "killed",
) -> Comparison:
    """Return two ledgers side by side; `judged` are pairs of incidents that are known to be one."""
    wanted = selection or Selection()
    lefts, rights = tuple(select(left.ledger, wanted)), tuple(select(right.ledger, wanted))
    pairs = match(lefts, rights, judged)
    left_taken, right_taken = {p.left.id for p in pairs}, {p.right.id for p in pairs}
    return Comparison(
        Side(left.name, lefts, _total(lefts, harm)),
        Side(right.name, rights, _total(rights, harm)),
        tuple(pairs),
        tuple(one for one in lefts if one.id not in left_taken),
        tuple(one for one in rights if one.id not in right_taken),
        _differences(left.ledger, right.ledger, wanted, "month", harm),
        _differences(left.ledger, right.ledger, wanted, "admin1", harm),
        harm,
    )


def parted(
    record: Record, source: str, policy: Policy, names: tuple[str, str]
) -> tuple[Named, Named, list[tuple[str, str]]]:
    """Part one record into all but a source's reports, and that source's own; and what was judged to be one in both.

    Raises LedgerError where the record has no report of that source.
    """
    wanted = source.casefold()
    own = tuple(one for one in record.readings if (one.reading.report.publisher or "").casefold() == wanted)
    rest = tuple(one for one in record.readings if (one.reading.report.publisher or "").casefold() != wanted)
    if not own:
        voices = sorted({one.reading.report.publisher or "" for one in record.readings} - {""})
        known = ", ".join(voices[:10]) or "none"
        raise LedgerError(f"the ledger has no report of {source!r}; its sources are {known}")
    whole = build_ledger(record.readings, record.judgements, record.revisions, policy)
    left = build_ledger(rest, record.judgements, record.revisions, policy)
    right = build_ledger(own, record.judgements, record.revisions, policy)
    judged = []
    for one in whole.incidents:
        ours = {left.heirs[m.id] for m in one.members if m.id in left.heirs}
        theirs = {right.heirs[m.id] for m in one.members if m.id in right.heirs}
        judged += [(a, b) for a in sorted(ours) for b in sorted(theirs)]
    return Named(names[0], left), Named(names[1], right), judged


def figure_of(one: LedgerIncident, harm: Harm) -> int | None:
    """Return an incident's best figure of one harm."""
    return one.tolls[harm].best if harm in one.tolls else None


def _total(incidents: Sequence[LedgerIncident], harm: Harm) -> Figure | None:
    return add_up({harm: [one.tolls[harm] for one in incidents if harm in one.tolls]}).get(harm) if incidents else None


def _differences(left: Ledger, right: Ledger, wanted: Selection, by: Any, harm: Harm) -> tuple[Difference, ...]:
    """Return the rows of both tolls side by side: those that differ most first, months in their order."""
    lefts = {row.key: row for row in toll(left, by, wanted).rows}
    rights = {row.key: row for row in toll(right, by, wanted).rows}
    found = []
    for key in sorted({*lefts, *rights}):
        a, b = lefts.get(key), rights.get(key)
        found.append(
            Difference(
                key,
                a.tolls.get(harm) if a else None,
                b.tolls.get(harm) if b else None,
                len(a.incidents) if a else 0,
                len(b.incidents) if b else 0,
            )
        )
    return tuple(found if by == "month" else sorted(found, key=lambda one: (-abs(one.more), one.key)))


def as_json(found: Comparison) -> dict[str, Any]:
    """Return a comparison for programs."""
    return {
        "harm": found.harm,
        "a": _side(found.left),
        "b": _side(found.right),
        "matched": [
            {
                "a": _incident(pair.left, found.harm),
                "b": _incident(pair.right, found.harm),
                "points": pair.points,
                "why": [*pair.why],
            }
            for pair in found.matched
        ],
        "same_figure": found.alike,
        "only_in_a": [_incident(one, found.harm) for one in found.only_left],
        "only_in_b": [_incident(one, found.harm) for one in found.only_right],
        "by_month": [_row(one) for one in found.months],
        "by_place": [_row(one) for one in found.places],
    }


def _side(side: Side) -> dict[str, Any]:
    return {"name": side.name, "incidents": len(side.incidents), "toll": _figure(side.killed)}


def _row(one: Difference) -> dict[str, Any]:
    return {
        "key": one.key,
        "a": _figure(one.left),
        "b": _figure(one.right),
        "a_incidents": one.left_incidents,
        "b_incidents": one.right_incidents,
        "difference": one.more,
    }


def _incident(one: LedgerIncident, harm: Harm) -> dict[str, Any]:
    day = first_day(one)
    return {
        "id": one.id,
        "day": day.isoformat() if day else None,
        "place": place_name(one),
        "province": province_name(one),
        "figure": _figure(one.tolls.get(harm)),
    }


def _figure(figure: Figure | None) -> dict[str, int | None] | None:
    return None if figure is None else {"low": figure.low, "best": figure.best, "high": figure.high}
