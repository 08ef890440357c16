"""How watching stands, for who asks: each source, what waits, what could not be delivered; and whether outputs work."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from marsad.errors import BadInputError
from marsad.watch import outbox
from marsad.watch.entries import WAITING, standing_of
from marsad.watch.outputs import Ways, deliver
from marsad.watch.sources import Sources
from marsad.watch.state import State

_COUNTS = "SELECT count(*) AS entries, sum(state = ?) AS waiting FROM entries WHERE source = ? AND state <> 'part'"


def status_rows(sources: Sources, state: State) -> Iterator[dict[str, Any]]:
    """Yield how each source stands: when it was polled well, when it is due, failures in a row, entries and waiting."""
    for feed in sources.feeds:
        standing = standing_of(state, feed.name)
        counts = state.database.execute(_COUNTS, (WAITING, feed.name)).fetchone()
        yield {
            "source": feed.name,
            "polled": _moment(standing.polled),
            "due": _moment(standing.due),
            "failures": standing.failures,
            "entries": counts["entries"],
            "waiting": counts["waiting"] or 0,
        }


def try_outputs(sources: Sources, ways: Ways, now: datetime) -> Iterator[tuple[str, str | None]]:
    """Send a trial alert by every way out; yield its name, and what kept it from being taken (None: it was)."""
    alert: dict[str, Any] = {
        "id": f"trial-{now:%Y%m%dT%H%M%S}", "alert": "trial", "kind": "trial", "made": now.isoformat(),
        "harm": "killed", "reported": None, "before": None, "according_to": [], "reports": [],
        "trace": "marsad watch --status", "words": "a trial: nothing was reported",
    }  # fmt: skip
    for name, output in sources.outputs.items():
        try:
            deliver(outbox.Letter(0, name, 0, alert), output, ways)
        except BadInputError as error:
            yield name, str(error)
        else:
            yield name, None


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment:%Y-%m-%d %H:%M}"
