"""Places: where it happened, what came of it over time, who is blamed there; and place names that nothing fits."""

from collections import Counter

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from marsad.ledger import LedgerIncident
from marsad.ledger.names import place_value
from marsad.resolve.where_names import fold
from marsad.serve.actors_page import ON_A_PAGE, SHOWN, newest, unknown_page
from marsad.serve.address import number
from marsad.serve.codes import coordinates, exactness
from marsad.serve.countries import country_name
from marsad.serve.incidents import cards
from marsad.serve.named import PlaceEntry, main_harm, over_time, places_of, ranked_places, sums, unknown_places
from marsad.serve.naming import corrections, means
from marsad.serve.pages import page
from marsad.serve.withheld import sees_words


def show_places(request: Request) -> Response:
    """List the places of the ledger, those with most dead first."""
    find = request.query_params.get("find", "").strip()[:200]
    wanted = fold(find)
    ranked = ranked_places(request.app.state.shelf, "newest")
    chosen = [one for one in ranked if wanted in _words(one)] if wanted else ranked
    pages = max(1, -(-len(chosen) // ON_A_PAGE))
    at = min(number(request.query_params, "page", 1, 1, 1_000_000), pages)
    return page(
        request, "places", shown=chosen[(at - 1) * ON_A_PAGE : at * ON_A_PAGE], count=len(chosen), at=at, pages=pages,
        find=find, unknown=len(unknown_places(request.app.state.shelf, "newest")), country_name=country_name,
    )  # fmt: skip


def show_place(request: Request) -> Response:
    """Show what the ledger holds of one place."""
    entry = places_of(request.app.state.shelf, "newest").get(request.path_params["id"])
    if entry is None:
        raise HTTPException(404, f"{request.path_params['id']} is no place of this ledger")
    tolls = sums(entry.incidents)
    harm, where = main_harm(tolls), entry.where
    value = place_value(where) if where.gazetteer_id and where.latitude is not None else ""
    return page(
        request, "place", entry=entry, tolls=tolls, harm=harm, series=over_time(entry.incidents, harm),
        newest=cards(newest(entry.incidents)), blamed=_blamed(entry.incidents), country=country_name(where.country),
        coordinates=coordinates(where), exactness=exactness(where), value=value,
        words=entry.words.most_common(SHOWN) if sees_words(request) else [], sees=sees_words(request),
        standing=[
            (one, means(one.means))
            for one in corrections(request.app.state.shelf.words().revisions, "place")
            if where.gazetteer_id and f"[{where.gazetteer_id} " in one.word.value
        ],
    )  # fmt: skip


def show_unknown(request: Request) -> Response:
    """List the place names that no entry fits, the most frequent first, each with the way to say what it means."""
    return unknown_page(request, "place", unknown_places(request.app.state.shelf, "newest"))


def _words(one: PlaceEntry) -> str:
    where = one.where
    return fold(" ".join(word for word in (where.name, where.text, where.admin1, country_name(where.country)) if word))


def _blamed(incidents: list[LedgerIncident]) -> list[tuple[str, str, int]]:
    """Return who is blamed for incidents of a place: id, name and how many incidents."""
    found = Counter(
        (doer.actor.id, doer.actor.name)
        for one in incidents
        for doer in {p.actor.id: p for p in one.perpetrators if p.actor and p.basis != "denied"}.values()
        if doer.actor
    )
    ranked = sorted(found.items(), key=lambda one: (-one[1], one[0]))[:SHOWN]
    return [(one, name, number) for (one, name), number in ranked]
