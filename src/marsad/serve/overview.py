"""The overview: tolls over time and by side, the newest incidents, what changed, what needs a look."""

import gc
import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from marsad.ledger.columns import NO_DAY
from marsad.model import Figure
from marsad.serve.address import View, view_of
from marsad.serve.answers import changes_of, newest_first, toll_of
from marsad.serve.chart import chart_of
from marsad.serve.desk import Desk, Shelf
from marsad.serve.filters import known_names, names_of
from marsad.serve.groups import Groups, groups_of
from marsad.serve.incidents import cards
from marsad.serve.map_page import harm_of, source_of
from marsad.serve.map_told import places_of, told_of
from marsad.serve.messages import CURRENT
from marsad.serve.pages import page
from marsad.serve.queue import queue_of, waiting
from marsad.store.kept_sums import Sums
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
    harm = harm_of(request)
    day_before = end_of_yesterday(view.as_of or desk.clock())
    return page(
        request, "overview", view,
        **_glance(shelf, view, harm), harm=harm, names=known_names(request, view), source=source_of(view, harm),
        spans=SPANS, timedelta=timedelta,
        newest=cards(list(newest_first(shelf, view)[:NEWEST])),
        since=day_before.date(),
        changed=changes_of(shelf, day_before, view.as_of, view.policy),
        waiting=len(waiting(shelf, view.as_of, view.policy)),
        empty=not shelf.ledger(view.as_of, view.policy).readings,
    )  # fmt: skip


def _glance(shelf: Shelf, view: View, harm: Harm) -> dict[str, Any]:
    """Return the figures of the overview."""
    table = toll_of(shelf, view, "perpetrator")
    everything = groups_of(shelf, on_all_days(view), "day", "perpetrators")
    undated = 0 if "since" in view.words or "until" in view.words else _undated(everything)
    said = groups_of(shelf, view, "voices", "standings")
    voices = {name for told, _ in said for name in json.loads(told)}
    return {
        "table": table,
        "harms": [h for h in HARMS if h in table.total.tolls],
        "chart": shelf.kept(
            ("chart", view.key, tuple(view.words.items()), harm, CURRENT.get()),
            lambda: chart_of(everything, harm, view),
        ),
        "lately": shelf.kept(("lately", on_all_days(view).key), lambda: _lately(everything)),
        "undated": undated,
        "voices": len(voices),
        "standing": _standing(said),
    }


def on_all_days(view: View) -> View:
    """Return a view without its window of days."""
    words = {name: value for name, value in view.words.items() if name not in ("since", "until")}
    return replace(view, selection=replace(view.selection, since=None, until=None), words=words)


def warm(desk: Desk, shelf: Shelf) -> None:
    """Make the answers that the overview, the map and the desk give, so that who opens them first does not wait."""
    view = view_of({})
    _glance(shelf, view, "killed")
    names_of(shelf, view)
    changes_of(shelf, end_of_yesterday(desk.clock()), None, view.policy)
    newest_first(shelf, view)
    told_of(shelf, view, "killed")
    places_of(shelf, view)
    queue_of(shelf, view.policy)
    # What is in memory now stays there: to look it all over for garbage again and again takes a second each time.
    gc.collect()
    gc.freeze()


def end_of_yesterday(moment: datetime) -> datetime:
    """Return the last moment, in UTC, of the day before the one of `moment`."""
    return datetime.combine(moment.astimezone(UTC).date() - timedelta(days=1), time.max, UTC)


def _lately(groups: Groups) -> Lately | None:
    days = [day for day, _ in groups if day != NO_DAY]
    if not days:
        return None
    newest = date.fromordinal(max(days))
    since = newest - timedelta(days=SPANS[0] - 1)
    week = [told for (day, _), told in groups.items() if since.toordinal() <= day < NO_DAY]
    sums = Sums()
    for _, each in week:
        sums.add(Sums(dict(each)))
    return Lately(newest, since, sums.figures(), sum(number for number, _ in week))


def _undated(groups: Groups) -> int:
    return sum(number for (day, _), (number, _) in groups.items() if day == NO_DAY)


def _standing(groups: Groups) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for (_, standings), (number, _) in groups.items():
        counts.update(dict.fromkeys(standings.split(), number))
    return dict(counts)
