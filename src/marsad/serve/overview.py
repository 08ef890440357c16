"""The overview: tolls over time and by side, the newest incidents, what changed, what needs a look."""

from datetime import UTC, datetime, time, timedelta

from starlette.requests import Request
from starlette.responses import Response

from marsad.ledger import changes, select, toll
from marsad.serve.address import view_of
from marsad.serve.chart import chart_of
from marsad.serve.desk import Desk, Shelf
from marsad.serve.incidents import cards, newest_first
from marsad.serve.pages import page
from marsad.serve.review import queue_of
from marsad.vocabulary import HARMS, Harm

NEWEST = 8


def overview(request: Request) -> Response:
    """Show the ledger at a glance."""
    view = view_of(request.query_params)
    shelf: Shelf = request.app.state.shelf
    desk: Desk = request.app.state.desk
    ledger = shelf.ledger(view.as_of, view.policy)
    table = toll(ledger, "perpetrator", view.selection)
    harm: Harm = next((h for h in HARMS if h == request.query_params.get("harm")), "killed")
    found = select(ledger, view.selection)
    day_before = end_of_yesterday(view.as_of or desk.clock())
    return page(
        request, "overview", view,
        table=table,
        harm=harm,
        harms=[h for h in HARMS if h in table.total.tolls],
        chart=chart_of(found, harm, view),
        newest=cards(newest_first(found)[:NEWEST]),
        undated=sum(1 for one in found if one.when is None or not (one.when.start or one.when.end)),
        voices=len({voice for one in found for voice in one.voices}),
        since=day_before.date(),
        changed=changes(shelf.ledger(day_before, view.policy), ledger),
        waiting=len(queue_of(ledger)),
        empty=not ledger.readings,
    )  # fmt: skip


def end_of_yesterday(moment: datetime) -> datetime:
    """Return the last moment, in UTC, of the day before the one of `moment`."""
    return datetime.combine(moment.astimezone(UTC).date() - timedelta(days=1), time.max, UTC)
