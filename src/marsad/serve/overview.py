"""The overview: tolls over time and by side, the newest incidents, what changed, what needs a look."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from starlette.requests import Request
from starlette.responses import Response

from marsad.ledger import LedgerIncident
from marsad.ledger.tolls import Standing, add_up, first_day, standings
from marsad.model import Figure
from marsad.serve.address import View, view_of
from marsad.serve.answers import changes_of, newest_first, selected, toll_of
from marsad.serve.chart import chart_of
from marsad.serve.desk import Desk, Shelf
from marsad.serve.filters import known_names
from marsad.serve.incidents import cards
from marsad.serve.map_page import harm_of, source_of
from marsad.serve.pages import page
from marsad.serve.review import waiting
from marsad.vocabulary import HARMS, Harm

NEWEST = 6
SPANS = (7, 30, 90)
"""The last days that can be chosen at once."""


@dataclass(frozen=True, slots=True)
class Lately:
    """The last days that the ledger knows of: the newest day, the tolls of the week that ends on it."""

    newest: date
    since: date
    tolls: dict[Harm, Figure]
    incidents: int


def overview(request: Request) -> Response:
    """Show the ledger at a glance."""
    view = view_of(request.query_params)
    shelf: Shelf = request.app.state.shelf
    desk: Desk = request.app.state.desk
    ledger = shelf.ledger(view.as_of, view.policy)
    table = toll_of(shelf, view, "perpetrator")
    harm = harm_of(request)
    found, whole = selected(shelf, view), selected(shelf, on_all_days(view))
    day_before = end_of_yesterday(view.as_of or desk.clock())
    return page(
        request, "overview", view,
        table=table, harm=harm, harms=[h for h in HARMS if h in table.total.tolls],
        names=known_names(request, view), source=source_of(view, harm),
        chart=shelf.kept(
            ("chart", view.key, tuple(view.words.items()), harm), lambda: chart_of(found, whole, harm, view)
        ),
        lately=shelf.kept(("lately", on_all_days(view).key), lambda: _lately(whole)), spans=SPANS, timedelta=timedelta,
        newest=cards(newest_first(shelf, view)[:NEWEST]),
        undated=shelf.kept(("undated", view.key), lambda: sum(first_day(one) is None for one in found)),
        voices=shelf.kept(("voices", view.key), lambda: len({voice for one in found for voice in one.voices})),
        standing=shelf.kept(("standing", view.key), lambda: _standing(found)),
        since=day_before.date(),
        changed=changes_of(shelf, day_before, view.as_of, view.policy),
        waiting=len(waiting(shelf, view.as_of, view.policy)),
        empty=not ledger.readings,
    )  # fmt: skip


def on_all_days(view: View) -> View:
    """Return a view without its window of days."""
    words = {name: value for name, value in view.words.items() if name not in ("since", "until")}
    return replace(view, selection=replace(view.selection, since=None, until=None), words=words)


def warm(desk: Desk, shelf: Shelf) -> None:
    """Make the answers that the overview gives, so that who opens it first does not wait for them."""
    view = view_of({})
    toll_of(shelf, view, "perpetrator")
    newest_first(shelf, view)
    changes_of(shelf, end_of_yesterday(desk.clock()), None, view.policy)


def end_of_yesterday(moment: datetime) -> datetime:
    """Return the last moment, in UTC, of the day before the one of `moment`."""
    return datetime.combine(moment.astimezone(UTC).date() - timedelta(days=1), time.max, UTC)


def _lately(incidents: Iterable[LedgerIncident]) -> Lately | None:
    dated = [(day, one) for one in incidents if (day := first_day(one)) is not None]
    if not dated:
        return None
    newest = max(day for day, _ in dated)
    since = newest - timedelta(days=SPANS[0] - 1)
    week = [one for day, one in dated if day >= since]
    figures: dict[Harm, list[Figure]] = {}
    for one in week:
        for harm, figure in one.tolls.items():
            figures.setdefault(harm, []).append(figure)
    return Lately(newest, since, add_up(figures), len(week))


def _standing(incidents: Iterable[LedgerIncident]) -> dict[Standing, int]:
    counts: dict[Standing, int] = {}
    for one in incidents:
        for standing in standings(one):
            counts[standing] = counts.get(standing, 0) + 1
    return counts
