"""The list of incidents, by the filters of the address, a page at a time."""

from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import Response

from marsad.ledger import LedgerIncident
from marsad.ledger.tolls import first_day
from marsad.serve.address import number, view_of
from marsad.serve.answers import newest_first
from marsad.serve.filters import known_names
from marsad.serve.pages import page
from marsad.serve.says import blame_sentence, incident_sentence

ON_A_PAGE = 50


def list_incidents(request: Request) -> Response:
    """Show the incidents, the newest first."""
    view = view_of(request.query_params)
    found = newest_first(request.app.state.shelf, view)
    pages = max(1, -(-len(found) // ON_A_PAGE))
    at = min(number(request.query_params, "page", 1, 1, 1_000_000), pages)
    shown = found[(at - 1) * ON_A_PAGE : at * ON_A_PAGE]
    names = known_names(request, view)
    return page(request, "incidents", view, shown=cards(shown), count=len(found), at=at, pages=pages, names=names)


def cards(incidents: Iterable[LedgerIncident]) -> list[dict[str, object]]:
    """Return what a list shows of incidents."""
    return [
        {"one": one, "sentence": incident_sentence(one), "blame": blame_sentence(one), "day": first_day(one)}
        for one in incidents
    ]
