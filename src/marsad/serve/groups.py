"""What a view's incidents come to, by some of their columns: all that charts, maps and filters ask.

The kept tables answer where they can; else the incidents are walked over, to the same end.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from marsad.ledger import LedgerIncident
from marsad.ledger.columns import columns_of
from marsad.model import Figure
from marsad.serve.address import View
from marsad.serve.answers import newest_first, selected
from marsad.serve.desk import Shelf
from marsad.store.kept_answers import USUAL, Answers
from marsad.store.kept_sums import Sum, Sums, figure_of, sums_of
from marsad.store.kept_tables import KEPT_INCIDENTS
from marsad.vocabulary import Harm

Groups = Mapping[tuple[Any, ...], tuple[int, Mapping[Harm, Sum]]]
"""By the values of the columns: how many incidents there are, and the sums of their figures."""


def groups_of(shelf: Shelf, view: View, *columns: str) -> Groups:
    """Return the incidents that a view takes by some of `ledger.columns`, with what they come to."""
    return shelf.kept(("groups", view.key, columns), lambda: _grouped(shelf, view, columns))


def figure_in(sums: Mapping[Harm, Sum], harm: Harm) -> Figure | None:
    """Return the figure of one harm, None where nobody came to it."""
    return figure_of(sums[harm]) if harm in sums else None


def newest_at(shelf: Shelf, view: View, point: str, most: int) -> tuple[Sequence[LedgerIncident], int]:
    """Return the newest incidents at one point of the map, and how many there are there."""
    answers = _answers(shelf, view)
    if answers is None:
        found = [one for one in newest_first(shelf, view) if columns_of(one)["point"] == point]
        return found[:most], len(found)
    with answers.place.asked(answers.act) as kept:
        where = [*kept.chosen(view.selection), KEPT_INCIDENTS.c.point == point]
        numbers = kept.numbers(where, newest_first=True)
    return answers.incidents(numbers[:most]), len(numbers)


def points_of(shelf: Shelf, view: View, *columns: str) -> dict[str, tuple[Any, ...]]:
    """Return some columns of the points of the map, each from one incident there: its first row in the tables."""
    answers = _answers(shelf, view)
    if answers is None:
        told = (columns_of(one) for one in selected(shelf, view))
        return {one["point"]: tuple(one[name] for name in columns) for one in told if one["point"] is not None}
    row = KEPT_INCIDENTS.c
    with answers.place.asked(answers.act) as kept:
        where = kept.chosen(view.selection)
        firsts = select(func.min(row.number)).where(*where, row.point.is_not(None)).group_by(row.point)
        return {one[0]: tuple(one[1:]) for one in kept.rows(["point", *columns], [*where, row.number.in_(firsts)])}


def _grouped(shelf: Shelf, view: View, columns: tuple[str, ...]) -> Groups:
    answers = _answers(shelf, view)
    if answers is not None:
        with answers.place.asked(answers.act) as kept:
            return kept.grouped(columns, kept.chosen(view.selection), kept.used_harms())
    numbers: dict[tuple[Any, ...], int] = {}
    sums: dict[tuple[Any, ...], Sums] = {}
    for one in selected(shelf, view):
        told = columns_of(one)
        key = tuple(told[name] for name in columns)
        numbers[key] = numbers.get(key, 0) + 1
        sums.setdefault(key, Sums()).add(sums_of(told))
    return {key: (numbers[key], each.of) for key, each in sums.items()}


def _answers(shelf: Shelf, view: View) -> Answers | None:
    """Return who answers from the tables, None where the view's figures are not those that stand in them."""
    ledger = shelf.ledger(view.as_of, view.policy)
    answers = ledger.answers
    if isinstance(answers, Answers) and answers.policy == USUAL and answers.knows(ledger, view.selection):
        return answers
    return None
