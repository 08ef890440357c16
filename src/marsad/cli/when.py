"""The command that shows the reading of time at work: `marsad when`."""

from datetime import date, datetime
from typing import Annotated

import typer

from marsad.model import When


def register(app: typer.Typer) -> None:
    """Add this group's commands to the program."""
    app.command("when")(when)


def when(
    text: Annotated[str, typer.Argument(help="Words of time, or a whole text with them.")],
    published: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day that 'on Thursday' is counted from, as 2019-04-20."),
    ] = None,
) -> None:
    """Show which times a text names and what days they mean."""
    from marsad.resolve.when import date_prec, find_times

    found = find_times(text, None if published is None else published.date())
    for time in found:
        prec = date_prec(time)
        coded = "" if prec is None else f"  {time.precision}  (UCDP date_prec {prec})"
        typer.echo(f"{' '.join((time.text or '').split())}  {_days(time)}{coded}")
    if not found:
        typer.echo("No time is named.")


def _days(time: When) -> str:
    if time.start is None and time.end is None:
        return "day unknown"
    if time.start == time.end:
        return _day(time.start)
    return f"{_day(time.start)} to {_day(time.end)}"


def _day(day: date | None) -> str:
    return "(open)" if day is None else day.isoformat()
