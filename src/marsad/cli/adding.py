"""Says what became of added reports: copies line by line, and how many incidents were new or joined to others."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from marsad.added import Added, Newcomers
    from marsad.monitor import Ingested

# More lines than this nobody reads; the rest is counted.
MOST_LINES = 20


def noted(outcomes: Iterable["Ingested"], newcomers: "Newcomers") -> Iterator["Ingested"]:
    """Yield what became of each report, noting those that are new."""
    for one in outcomes:
        if one.outcome == "new" and one.reading is not None:
            newcomers.note(one.reading)
        yield one


def tell_copies(added: "Added") -> None:
    """Print which reports copy others: in the ledger they are one voice."""
    for one in added.copies[:MOST_LINES]:
        typer.echo(f"{one.report}: a copy of {one.of} ({one.share:.0%} the same words)")
    more = len(added.copies) - MOST_LINES
    if more > 0:
        typer.echo(f"{more:,} more copies")


def news_of(added: "Added") -> list[str]:
    """Return the parts of the summary that tell of incidents and copies."""
    news = f"{added.new:,} new incident{'' if added.new == 1 else 's'}, {added.joined:,} joined to others"
    parts = [news] if added.new or added.joined else []
    count = len(added.copies)
    return parts + ([f"{count:,} cop{'y' if count == 1 else 'ies'} of other reports"] if count else [])
