"""What people say of the record: `marsad judge`, `revise`; and what moved by it: `marsad changes`."""

from dataclasses import replace
from typing import Annotated

import typer

from marsad.cli.console import show
from marsad.cli.ledger import (
    AsOfOption,
    LedgerOption,
    PolicyOption,
    TextFormat,
    ledgers,
    load,
    login,
    now,
    parse_moment,
    print_json,
)
from marsad.errors import LedgerError
from marsad.ledger import POLICIES, Trace, changes
from marsad.model import Judgement, Revision
from marsad.vocabulary import Verdict

ByOption = Annotated[str | None, typer.Option("--by", help="Whose word it is (default: your login name).")]
BecauseOption = Annotated[str, typer.Option("--because", help="The reason, kept beside the word.")]

JUDGE_EXAMPLES = """
Examples:

  marsad judge i4f2a90c1b7d3 i88c01e5fa210 same --because "one strike, two villages named"

  marsad judge i4f2a90c1b7d3 i88c01e5fa210 unsure
"""
REVISE_EXAMPLES = """
Examples:

  marsad revise i4f2a90c1b7d3 killed 9-11 --because "two names were listed twice"

  marsad revise i4f2a90c1b7d3 killed "as read" --because "the list was right after all"

  marsad revise 9c1e5b20aa41/c4 withdrawn yes --because "the agency took it back"

  marsad revise 9c1e5b20aa41/c4 count 12 --because "the words say a dozen"

  marsad revise "actor:reed men" actor "Reed Brigade [reed-brigade]" --because "their own name"
"""


def register(app: typer.Typer) -> None:
    """Add this group's commands to the program."""
    app.command("judge", epilog=JUDGE_EXAMPLES)(judge)
    app.command("revise", epilog=REVISE_EXAMPLES)(revise)
    app.command("changes")(show_changes)


def judge(
    one: Annotated[str, typer.Argument(metavar="A", help="An incident's id.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Another incident's id.")],
    verdict: Annotated[Verdict, typer.Argument(help="Whether they are one event.")],
    because: BecauseOption = "",
    by: ByOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Say whether two incidents are one event; your word stands over the program's, and another word undoes it."""
    from marsad.store import default_ledger, open_book

    left, right = _members(ledger, one), _members(ledger, other)
    joined = bool(set(left) & set(right))
    if joined and verdict == "same":
        raise LedgerError(f"{one} and {other} are one incident already")
    if left[0] == right[0]:
        raise LedgerError(f"{one} and {other} are the same id: to part an incident name two of its members")
    word = Judgement(left[0], right[0], verdict, by or login(), now(), None, (because,) if because else ())
    with open_book(ledger or default_ledger(), now()) as book:
        book.add_judgements([word])
    typer.echo(f"recorded: {left[0]} and {right[0]} are {verdict}")


def revise(
    of: Annotated[str, typer.Argument(metavar="ID", help="An incident, a claim (report/c4), actor:NAME, place:NAME.")],
    field: Annotated[
        str, typer.Argument(help="killed, ... when, where, perpetrators, withdrawn; count; actor, place.")
    ],
    value: Annotated[
        str, typer.Argument(help='27, 20-30 or 35+; 2019-04-18; a name; yes or no; "as read" undoes your words.')
    ],
    because: Annotated[str, typer.Option("--because", help="The reason, kept beside the value.")],
    by: ByOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Correct one value of an incident, or withdraw a claim; the latest word stands, and what was read is kept."""
    from marsad.ledger import trace
    from marsad.ledger.names import NAMED_FIELDS
    from marsad.ledger.revise import require_word
    from marsad.store import default_ledger, open_book

    word = Revision(of, field, value, because, by or login(), now())
    require_word(word)
    if field not in NAMED_FIELDS:
        word = replace(word, of=_named(trace(load(ledger, None, POLICIES[0]), of), of))
    with open_book(ledger or default_ledger(), now()) as book:
        book.add_revision(word)
    typer.echo(f"recorded: {field} of {word.of} is {value}")


def show_changes(
    since: Annotated[str, typer.Option(metavar="DAY", help="What differs from what was recorded until then.")],
    as_of: AsOfOption = None,
    policy: PolicyOption = POLICIES[0],
    form: Annotated[TextFormat, typer.Option("--format", "-f", help="Words to read, or JSON.")] = TextFormat.text,
    ledger: LedgerOption = None,
) -> None:
    """Say what was added, altered, merged, split and withdrawn since a day, and which totals moved by it."""
    from marsad.answers.rows import changes_to_json
    from marsad.cli.ledger_tables import draw_changes

    known = ledgers(ledger)
    found = changes(known(parse_moment(since), policy), known(parse_moment(as_of) if as_of else None, policy))
    if form is TextFormat.json:
        print_json(changes_to_json(found))
    else:
        show(draw_changes(found))


def _members(place: str | None, asked: str) -> list[str]:
    """Return the ids of an incident's members, the one that was asked for first."""
    from marsad.ledger import trace

    found = trace(load(place, None, POLICIES[0]), asked)
    if len(found.incidents) != 1:
        raise LedgerError(f"{asked!r} is no incident: marsad incidents shows the ids there are")
    ids = [member.id for member in found.incidents[0].members]
    return sorted(ids, key=lambda one: (not one.startswith(asked), one))


def _named(found: Trace, asked: str) -> str:
    """Return the whole id of the one thing that was asked for: a claim, or an incident, also one that is withdrawn."""
    if "/" in asked and found.said:
        return found.said[0].ref
    if found.withdrawn is not None:
        return found.withdrawn.id
    if len(found.incidents) != 1:
        raise LedgerError(f"{asked!r} is no one incident: marsad incidents shows the ids there are")
    return found.incidents[0].id
