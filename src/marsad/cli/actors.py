"""The commands on the actor registry: whom a name means, and which ties reports suggest: `marsad actors`."""

import csv
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from marsad.cli.console import show
from marsad.cli.ledger import AsOfOption, LedgerOption, load, login, now, print_json
from marsad.errors import BadInputError
from marsad.ledger import POLICIES

if TYPE_CHECKING:
    from marsad.ledger.suggestions import Suggestion
    from marsad.resolve.registry import Actor, Affiliation

ISO_LETTERS = 2


ByOption = Annotated[str | None, typer.Option("--by", help="Whose word it is (default: your login name).")]
BecauseOption = Annotated[str, typer.Option("--because", help="The reason, kept beside the word.")]
TieArgument = Annotated[
    str, typer.Argument(metavar="ID", help="A suggested tie, as marsad actors suggestions shows it.")
]

EXAMPLES = """
Examples:

  marsad actors HTS --on 2019-04-20

  marsad actors suggestions

  marsad actors accept t4f2a90c1b7d3 --because "three agencies, and their own statement"

  marsad actors suggestions --accepted --format csv > mine/affiliations.csv
"""


class NameOrCommand(TyperGroup):
    """Takes what is no command's name for an actor's: `marsad actors HTS` shows whom it means."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the command that shows an actor before words that name none."""
        if args and args[0] not in (*self.commands, "--help", "-h"):
            args = ["show", *args]
        return super().parse_args(ctx, args)


def register(app: typer.Typer) -> None:
    """Add this group's commands to the program."""
    group = typer.Typer(cls=NameOrCommand, no_args_is_help=True, epilog=EXAMPLES)
    group.command("show")(actors)
    group.command("suggestions")(suggestions)
    group.command("accept")(accept)
    group.command("reject")(reject)
    app.add_typer(
        group,
        name="actors",
        help="Show whom a name means on a day (marsad actors HTS), and the ties that reports suggest.",
    )


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


def suggestions(
    accepted: Annotated[bool, typer.Option("--accepted", help="Only what people accepted.")] = False,
    as_of: AsOfOption = None,
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="text|json|csv", help="Words, JSON, or rows for affiliations.csv.")
    ] = "text",
    ledger: LedgerOption = None,
) -> None:
    """List the ties between actors that reports tell of: suggestions, which by themselves change nothing."""
    from marsad.answers.statements import SUGGESTION_COLUMNS, suggestion_row, suggestion_to_json
    from marsad.cli.statement_tables import draw_suggestions

    known = [one for one in _suggested(ledger, as_of) if one.answer == "accepted" or not accepted]
    if form == "json":
        print_json([suggestion_to_json(one) for one in known])
    elif form == "csv":
        writer = csv.DictWriter(sys.stdout, SUGGESTION_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(suggestion_row(one) for one in known)
    elif form == "text":
        show(draw_suggestions(known))
    else:
        raise typer.BadParameter(f"{form!r} is none of text, json, csv")


def accept(tie: TieArgument, because: BecauseOption = "", by: ByOption = None, ledger: LedgerOption = None) -> None:
    """Say that a suggested tie is right; it is recorded, and rows of accepted ties can be put into a table of yours."""
    _answer(tie, "accepted", because, by, ledger)


def reject(tie: TieArgument, because: BecauseOption = "", by: ByOption = None, ledger: LedgerOption = None) -> None:
    """Say that a suggested tie is wrong; it is recorded, and accepting it later undoes the word."""
    _answer(tie, "rejected", because, by, ledger)


def _suggested(place: str | None, as_of: str | None) -> "tuple[Suggestion, ...]":
    from marsad.suggesting import new_ties

    return new_ties(load(place, as_of, POLICIES[0]))


def _answer(asked: str, answer: str, because: str, by: str | None, place: str | None) -> None:
    from marsad.ledger.suggestions import find_suggestion, require_answer
    from marsad.model import Revision
    from marsad.store import default_ledger, open_book

    found = find_suggestion(_suggested(place, None), asked)
    require_answer(found.of, answer)
    with open_book(place or default_ledger(), now()) as book:
        book.add_revision(Revision(found.of, "tie", answer, because, by or login(), now()))
    typer.echo(f"recorded: {found.actor.name} {found.relation} {found.other.name} is {answer}")


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
