"""What changed since a day, and a feed of the last days' corrections, as Atom and as JSON."""

from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from marsad.ledger import Changes, changes
from marsad.serve.address import moment_of, view_of
from marsad.serve.answers import changes_of
from marsad.serve.desk import Desk, Shelf
from marsad.serve.overview import end_of_yesterday
from marsad.serve.pages import environment, page
from marsad.serve.says import day_words, incident_sentence

IN_FEED = 5
NAMED = 20


def show_changes(request: Request) -> Response:
    """Show what was added, altered, merged, split and withdrawn since a day."""
    view = view_of(request.query_params)
    shelf: Shelf = request.app.state.shelf
    desk: Desk = request.app.state.desk
    asked = request.query_params.get("from")
    moment = moment_of(asked) if asked else end_of_yesterday(view.as_of or desk.clock())
    found = changes_of(shelf, moment, view.as_of, view.policy)
    return page(request, "changes", view, found=found, since=moment.date(), sentence=incident_sentence)


def atom(request: Request) -> Response:
    """Return the feed of corrections for a feed reader."""
    words = environment().get_template("changes.atom").render(entries=_entries(request), base=str(request.base_url))
    return Response(words, media_type="application/atom+xml")


def json_feed(request: Request) -> Response:
    """Return the feed of corrections in the form of jsonfeed.org."""
    base = str(request.base_url)
    items = [
        {"id": f"{base}changes#{one['day']}", "url": one["url"], "title": one["title"],
         "content_text": "\n".join(one["lines"]), "date_published": one["updated"]}
        for one in _entries(request)
    ]  # fmt: skip
    return JSONResponse(
        {"version": "https://jsonfeed.org/version/1.1", "title": "Marsad: corrections", "home_page_url": base,
         "feed_url": f"{base}changes.json", "items": items},
        media_type="application/feed+json",
    )  # fmt: skip


def _entries(request: Request) -> list[dict[str, Any]]:
    """Return one entry per day on which something was recorded, the newest first."""
    shelf: Shelf = request.app.state.shelf
    base = str(request.base_url)
    today = request.app.state.desk.clock().astimezone(UTC).date()
    out = []
    for day, last in shelf.days(IN_FEED).items():
        keep = shelf.settled if day < today else shelf.kept
        title, lines = keep(("feed", day), partial(_told, shelf, day))
        if lines:
            url = f"{base}changes?from={day - timedelta(days=1)}&as_of={day}"
            out.append({"day": day, "updated": last.isoformat(), "url": url, "lines": lines, "title": title})
    return out


def _told(shelf: Shelf, day: date) -> tuple[str, list[str]]:
    """Return the title of a day's entry, and its lines."""
    end = datetime.combine(day, time.max, UTC)
    found = changes(shelf.ledger(end - timedelta(days=1)), shelf.ledger(end))
    return _title(day, found), _lines(found)


def _title(day: date, found: Changes) -> str:
    counts = ((len(found.added), "added"), (len(found.altered), "altered"), (len(found.merged), "merged"),
              (len(found.split), "split"), (len(found.withdrawn), "withdrawn"))  # fmt: skip
    return f"{day_words(day)}: " + ", ".join(f"{number} {word}" for number, word in counts if number)


def _lines(found: Changes) -> list[str]:
    lines = [
        f"{one.after.id} altered ({', '.join(one.fields)}): {incident_sentence(one.after)}" for one in found.altered
    ]
    lines += [f"{was} is now part of {heir}" for was, heir in found.merged]
    lines += [f"{was} is now {' and '.join(parts)}" for was, parts in found.split]
    lines += [f"{one.id} withdrawn: {incident_sentence(one)}" for one in found.withdrawn]
    lines += [f"{one.id} added: {incident_sentence(one)}" for one in found.added[:NAMED]]
    if len(found.added) > NAMED:
        lines.append(f"and {len(found.added) - NAMED} more added")
    return lines
