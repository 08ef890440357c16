"""What a view's incidents come to, by some of their columns: all that charts, maps and filters ask.

The kept tables answer where they can; else the incidents are walked over, to the same end.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from marsad.ledger import LedgerIncident
from marsad.ledger.columns import columns_of
from marsad.model import Figure
from marsad.serve.address import View
from marsad.serve.answers import newest_first, selected
from marsad.serve.desk import Shelf
from marsad.serve.moving import Moved, Question, answered
from marsad.store.kept_answers import USUAL, Answers
from marsad.store.kept_sums import Sum, Sums, figure_of, sums_of
from marsad.store.kept_tables import KEPT_INCIDENTS
from marsad.vocabulary import HARMS, Harm

FIGURES = tuple(f"{harm}_{bound}" for harm in HARMS for bound in ("low", "best", "high"))
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
    answers = answers_of(shelf, view)
    if answers is None:
        found = [one for one in newest_first(shelf, view) if columns_of(one)["point"] == point]
        return found[:most], len(found)
    with answers.place.asked(answers.act) as kept:
        where = [*kept.chosen(view.selection), KEPT_INCIDENTS.c.point == point]
        numbers = kept.numbers(where, newest_first=True)
    return answers.incidents(numbers[:most]), len(numbers)


def _grouped(shelf: Shelf, view: View, columns: tuple[str, ...]) -> Groups:
    answers = answers_of(shelf, view)
    if answers is not None:
        wanted = view.selection
        asked = Question(
            ("groups", columns), wanted, (*columns, *FIGURES),
            lambda kept: kept.grouped(columns, kept.chosen(wanted, walked=True), kept.used_harms()),
            lambda _, groups, moved: regrouped(groups, moved, columns),
        )  # fmt: skip
        found: Groups = answered(shelf, answers, asked)
        return found
    numbers: dict[tuple[Any, ...], int] = {}
    sums: dict[tuple[Any, ...], Sums] = {}
    for one in selected(shelf, view):
        told = columns_of(one)
        key = tuple(told[name] for name in columns)
        numbers[key] = numbers.get(key, 0) + 1
        sums.setdefault(key, Sums()).add(sums_of(told))
    return {key: (numbers[key], each.of) for key, each in sums.items()}


def regrouped(groups: Groups, moved: Moved, columns: Sequence[str]) -> Groups:
    """Return groups without the incidents that are gone and with those that have come."""
    out = dict(groups)
    for rows, sign in ((moved.gone, -1), (moved.come, 1)):
        for row in rows:
            told = row._mapping
            key = tuple(told[name] for name in columns)
            number, known = out.pop(key, (0, {}))
            sums = Sums(dict(known))
            (sums.add if sign > 0 else sums.take)(sums_of(told))
            if number + sign:
                out[key] = number + sign, {harm: each for harm, each in sums.of.items() if each[0]}
    return out


def answers_of(shelf: Shelf, view: View) -> Answers | None:
    """Return who answers from the tables, None where the view's figures are not those that stand in them."""
    ledger = shelf.ledger(view.as_of, view.policy)
    answers = ledger.answers
    if isinstance(answers, Answers) and answers.policy == USUAL and answers.knows(ledger, view.selection):
        return answers
    return None
