"""What the filters offer: the names that the ledger knows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from starlette.requests import Request

from marsad.ledger import By, Selection
from marsad.ledger.tolls import STANDINGS, UNKNOWN
from marsad.serve.address import View
from marsad.serve.answers import toll_of
from marsad.serve.desk import Shelf
from marsad.serve.withheld import sees_words
from marsad.vocabulary import MEANS, STATUSES

MOST = 150
"""How many names of a kind are offered: a browser's list longer than this helps nobody."""
TOGETHER = " and "
"""What joins several names in a column: such a pair is no name to search for."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names to choose from, those of most incidents first."""

    places: tuple[str, ...]
    actors: tuple[str, ...]
    victims: tuple[str, ...]
    means: tuple[str, ...]
    sources: tuple[str, ...]
    standings: tuple[str, ...] = STANDINGS


def known_names(request: Request, view: View) -> Names:
    """Return the names that the ledger knows; those of victims only for who may see them."""
    names = names_of(request.app.state.shelf, view)
    return names if sees_words(request) else replace(names, victims=_statuses())


def names_of(shelf: Shelf, view: View) -> Names:
    """Return all names that the ledger of a view knows, whatever the view's filters."""
    every = replace(view, selection=Selection(), words={})

    def counted(by: By) -> list[tuple[str, int]]:
        return [(row.key, len(row.incidents)) for row in toll_of(shelf, every, by).rows]

    def made() -> Names:
        used = {name for name, _ in counted("means")}
        # The key of a province begins with its country's code.
        provinces = [(name.partition(" ")[2], number) for name, number in counted("admin1")]
        return Names(
            _most([*counted("place"), *provinces]),
            _most((name, number) for name, number in counted("perpetrator") if TOGETHER not in name),
            tuple(dict.fromkeys((*_statuses(), *_most(counted("victims"))))),
            tuple(name for name in MEANS if name in used),
            _most(counted("source")),
        )

    return shelf.kept(("names", view.as_of, view.policy), made)


def _statuses() -> tuple[str, ...]:
    return tuple(status for status in STATUSES if status != "unknown")


def _most(names: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    counted: Counter[str] = Counter()
    for name, number in names:
        if name and name != UNKNOWN:
            counted[name] += number
    return tuple(name for name, _ in sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:MOST])
