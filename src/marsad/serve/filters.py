"""What the filters offer: the names that the ledger knows, and what is chosen, as chips that can be taken away."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from starlette.requests import Request

from marsad.ledger import Ledger, LedgerIncident
from marsad.ledger.tolls import STANDINGS, victims_name
from marsad.serve.address import View
from marsad.serve.desk import Shelf
from marsad.serve.withheld import sees_words
from marsad.vocabulary import MEANS, STATUSES

MOST = 150
"""How many names of a kind are offered: a browser's list longer than this helps nobody."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names to choose from, those of most incidents first; (value, words) where they differ."""

    places: tuple[str, ...]
    actors: tuple[str, ...]
    victims: tuple[str, ...]
    means: tuple[str, ...]
    sources: tuple[str, ...]
    standings: tuple[str, ...] = STANDINGS


def known_names(request: Request, view: View) -> Names:
    """Return the names that the ledger knows; those of victims only for who may see them."""
    shelf: Shelf = request.app.state.shelf
    shows_victims = sees_words(request)
    return shelf.kept(
        ("names", view.as_of, view.policy, shows_victims),
        lambda: _names(shelf.ledger(view.as_of, view.policy), shows_victims),
    )


def _names(ledger: Ledger, shows_victims: bool) -> Names:
    statuses = [status for status in STATUSES if status != "unknown"]
    victims = _most(_victims(ledger.incidents)) if shows_victims else ()
    used = {one.means for one in ledger.incidents}
    return Names(
        _most(_places(ledger.incidents)),
        _most(p.actor.name if p.actor else p.text for one in ledger.incidents for p in one.perpetrators),
        (*statuses, *(name for name in victims if name not in statuses)),
        tuple(name for name in MEANS if name in used),
        _most(m.report.publisher for one in ledger.incidents for m in one.members),
    )


def _places(incidents: Iterable[LedgerIncident]) -> Iterable[str | None]:
    for one in incidents:
        if one.where is not None:
            yield from {one.where.name or one.where.text, one.where.admin1}


def _victims(incidents: Iterable[LedgerIncident]) -> Iterable[str | None]:
    for one in incidents:
        yield from {victims_name(v) for v in one.victims if v.actor is not None}


def _most(names: Iterable[str | None]) -> tuple[str, ...]:
    counted = Counter(name for name in names if name)
    return tuple(name for name, _ in sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:MOST])
