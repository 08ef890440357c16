"""The command that shows the actor registry at work: `marsad actors`."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from marsad.errors import BadInputError

if TYPE_CHECKING:
    from marsad.resolve.registry import Actor, Affiliation

ISO_LETTERS = 2


def register(app: typer.Typer) -> None:
    """Add this group's commands to the program."""
    app.command("actors")(actors)


def actors(
    name: Annotated[str, typer.Argument(help="A name, an abbreviation, a description or an id: HTS, 'Turkish drone'.")],
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day that names and ties are asked for, as 2019-04-20."),
    ] = None,
    country: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help="The country of the event (ISO code, as SY); may be given again."),
    ] = None,
) -> None:
    """Show whom a name means on a day, what else it is called, its ties and its side."""
    from marsad.resolve.registry import registry
    from marsad.resolve.who import find_actor

    for code in country or []:
        if len(code) != ISO_LETTERS or not code.isalpha():
            raise BadInputError(f"'{code}' is no country code; write two letters, as SY")
    day = on.date() if on else None
    known = registry().actors
    ref = known[name].ref if name in known else find_actor(name, on=day, countries=[c.upper() for c in country or []])
    if ref is None:
        typer.echo("Nobody: the words name no actor (a country may help: --country SY).")
        return
    typer.echo(f"{ref.id}  {ref.name}")
    if ref.id in known:
        _describe(known[ref.id], day)
    else:
        typer.echo("  a provisional entry: kept apart from every actor of the registry")


def _describe(actor: "Actor", day: date | None) -> None:
    from marsad.resolve.registry import registry, side_on
    from marsad.resolve.who_ucdp import sides, ucdp_name

    typer.echo(
        f"  kind       {actor.kind}, {', '.join(sorted(actor.countries)) or 'no country'}  (origin: {actor.origin})"
    )
    names = dict.fromkeys(a.words for a in registry().aliases if a.actor == actor.id and a.holds(day))
    typer.echo(f"  names      {'; '.join(names)}")
    for tie in registry().affiliations.get(actor.id, ()):
        if day is None or tie.holds(day):
            typer.echo(f"  {_tie(tie)}")
    side = side_on(actor.id, day)
    typer.echo(f"  side       {side.name if side else actor.name}")
    typer.echo(f"  UCDP side  {ucdp_name(sides([actor.ref], day)[0])}")


def _tie(tie: "Affiliation") -> str:
    from marsad.resolve.registry import registry

    other = registry().actors[tie.other].name
    days = "" if tie.since is None and tie.until is None else f", {tie.since or 'open'} to {tie.until or 'open'}"
    return f"{tie.relation.replace('_', ' '):10} {other}{days}"
