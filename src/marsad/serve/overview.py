"""The overview: tolls over time and by side, the newest incidents, what changed, what needs a look."""

from datetime import UTC, datetime, time, timedelta

from starlette.requests import Request
from starlette.responses import Response

from marsad.ledger.tolls import first_day
from marsad.serve.address import view_of
from marsad.serve.answers import changes_of, newest_first, selected, toll_of
from marsad.serve.chart import chart_of
from marsad.serve.desk import Desk, Shelf
from marsad.serve.incidents import cards
from marsad.serve.pages import page
from marsad.serve.review import waiting
from marsad.vocabulary import HARMS, Harm

NEWEST = 8


def overview(request: Request) -> Response:
    """Show the ledger at a glance."""
    view = view_of(request.query_params)
    shelf: Shelf = request.app.state.shelf
    desk: Desk = request.app.state.desk
    ledger = shelf.ledger(view.as_of, view.policy)
    table = toll_of(shelf, view, "perpetrator")
    harm: Harm = next((h for h in HARMS if h == request.query_params.get("harm")), "killed")
    found = selected(shelf, view)
    day_before = end_of_yesterday(view.as_of or desk.clock())
    return page(
        request, "overview", view,
        table=table,
        harm=harm,
        harms=[h for h in HARMS if h in table.total.tolls],
        chart=shelf.kept(("chart", view.key, tuple(view.words.items()), harm), lambda: chart_of(found, harm, view)),
        newest=cards(newest_first(shelf, view)[:NEWEST]),
        undated=shelf.kept(("undated", view.key), lambda: sum(first_day(one) is None for one in found)),
        voices=shelf.kept(("voices", view.key), lambda: len({voice for one in found for voice in one.voices})),
        since=day_before.date(),
        changed=changes_of(shelf, day_before, view.as_of, view.policy),
        waiting=len(waiting(shelf, view.as_of, view.policy)),
        empty=not ledger.readings,
    )  # fmt: skip


def warm(desk: Desk, shelf: Shelf) -> None:
    """Make the answers that the overview gives, so that who opens it first does not wait for them."""
    view = view_of({})
    toll_of(shelf, view, "perpetrator")
    newest_first(shelf, view)
    changes_of(shelf, end_of_yesterday(desk.clock()), None, view.policy)


def end_of_yesterday(moment: datetime) -> datetime:
    """Return the last moment, in UTC, of the day before the one of `moment`."""
    return datetime.combine(moment.astimezone(UTC).date() - timedelta(days=1), time.max, UTC)
