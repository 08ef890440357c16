"""Commands on what reports say besides harm: `marsad control`, `marsad agreements`, `marsad check`."""

from typing import Annotated

import typer

from marsad.cli.console import show
from marsad.cli.ledger import AsOfOption, LedgerOption, PolicyOption, TextFormat, load, print_json
from marsad.errors import LedgerError
from marsad.ledger import POLICIES, Ledger
from marsad.read import parse_day

FormOption = Annotated[TextFormat, typer.Option("--format", "-f", help="Words to read, or JSON.")]
OnOption = Annotated[
    str | None, typer.Option("--on", metavar="DAY", help="The day that is asked for (default: the newest report's).")
]

CONTROL_EXAMPLES = """
Examples:

  marsad control Idlib --on 2019-04-20

  marsad control "Islamic State"

  marsad control --as-of 2019-04-20 --format json
"""
AGREEMENTS_EXAMPLES = """
Examples:

  marsad agreements --place Idlib

  marsad agreements --party Turkey --on 2019-04-20

  marsad toll --since-agreement "ceasefire in Idlib"
"""
CHECK_EXAMPLES = """
Examples:

  marsad check "the deadliest day in Idlib since March"

  marsad check "the second attack in 48 hours" --on 2019-04-20

  marsad check "bringing this year's total to 45" --as-of 2019-04-20

  marsad check --report 9c1e5b20aa41
"""


def register(app: typer.Typer) -> None:
    """Add this group's commands to the program."""
    app.command("control", epilog=CONTROL_EXAMPLES)(control)
    app.command("agreements", epilog=AGREEMENTS_EXAMPLES)(agreements)
    app.command("check", epilog=CHECK_EXAMPLES)(check)


def control(
    asked: Annotated[
        str | None, typer.Argument(metavar="[PLACE|ACTOR]", help="A place or an actor; all there are, when left out.")
    ] = None,
    on: OnOption = None,
    as_of: AsOfOption = None,
    form: FormOption = TextFormat.text,
    ledger: LedgerOption = None,
) -> None:
    """Say who holds, besieges and contests what on a day, by whose words, and what contradicts them."""
    from marsad.answers.statements import control_to_json
    from marsad.checking import Checker, place_meant
    from marsad.cli.statement_tables import draw_control
    from marsad.ledger.control import Asked
    from marsad.ledger.control import control as derive
    from marsad.ledger.stated import stated_and_newest

    built = load(ledger, as_of, POLICIES[0])
    said, newest = stated_and_newest(built, "control")
    day = parse_day(on) if on else newest
    found = derive(said, day, Asked(asked))
    if asked and not found.lines:
        # No report names the place itself: the units in which it lies may still be told of.
        found = derive(said, day, Asked(asked, place_meant(asked, Checker(built).countries)))
    if form is TextFormat.json:
        print_json(control_to_json(found))
    else:
        show(draw_control(found))


def agreements(
    place: Annotated[str | None, typer.Option(help="Words of its place, or of a unit that holds it.")] = None,
    party: Annotated[str | None, typer.Option(help="Words of one of its parties.")] = None,
    on: OnOption = None,
    as_of: AsOfOption = None,
    form: FormOption = TextFormat.text,
    ledger: LedgerOption = None,
) -> None:
    """List agreements: parties, place, terms, what became of each by whose word, and what may have broken it."""
    from marsad.answers.statements import agreement_to_json
    from marsad.cli.statement_tables import draw_agreements
    from marsad.ledger.agreements import agreements as derive
    from marsad.ledger.agreements import chosen
    from marsad.ledger.breaches import breaches
    from marsad.ledger.stated import readings_telling

    built = load(ledger, as_of, POLICIES[0])
    day = parse_day(on) if on else None
    known = derive(readings_telling(built, "agreement"), day)
    found = [(one, breaches(one, built.incidents, known, day)) for one in chosen(known, place, party)]
    if form is TextFormat.json:
        print_json([agreement_to_json(one, broken) for one, broken in found])
    else:
        show(draw_agreements(found))


def check(
    words: Annotated[str | None, typer.Argument(metavar="[WORDS]", help="A record claim in words.")] = None,
    report: Annotated[
        str | None, typer.Option("--report", metavar="ID", help="All record claims of a report of the ledger instead.")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="The day that the claim speaks of.")] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DAY", help="First day of the window, if its words name none.")
    ] = None,
    as_of: AsOfOption = None,
    policy: PolicyOption = POLICIES[0],
    form: FormOption = TextFormat.text,
    ledger: LedgerOption = None,
) -> None:
    """Check a record claim against the ledger: it holds, fails by this counter-example, or cannot be told."""
    from marsad.answers.statements import check_to_json
    from marsad.checking import Checker
    from marsad.cli.statement_tables import draw_check

    if (words is None) == (report is None):
        raise typer.BadParameter("give either a record claim in words, or a report by --report")
    built = load(ledger, as_of, policy)
    if report is not None:
        _check_report(built, report, form)
        return
    found = Checker(built).words(words or "", parse_day(on) if on else None, parse_day(since) if since else None)
    if form is TextFormat.json:
        print_json(check_to_json(found))
    else:
        show(draw_check(found))


def _check_report(built: Ledger, asked: str, form: TextFormat) -> None:
    from marsad.answers.statements import checked_to_json
    from marsad.checking import Checker
    from marsad.cli.statement_tables import draw_checked

    known = [one for key, one in sorted(built.readings.items()) if key.startswith(asked)]
    if len(known) != 1:
        raise LedgerError(f"{asked!r} is {'no' if not known else 'more than one'} report of the ledger: give its id")
    checked = Checker(built).reports(known)
    if form is TextFormat.json:
        print_json([checked_to_json(one.said, one.check, one.problem) for one in checked])
    else:
        for one in checked:
            show(draw_checked(one.said, one.check, one.problem))
        if not checked:
            typer.echo("The report claims no record.")
