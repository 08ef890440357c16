"""What people's judging comes to: `marsad accept`, `agreement`, and `gold`, the export for `marsad evaluate`."""

import json
from pathlib import Path
from typing import Annotated

import typer

from marsad.cli.console import show
from marsad.cli.ledger import AsOfOption, LedgerOption, TextFormat, load, login, now, print_json
from marsad.cli.ledger_people import BecauseOption, ByOption
from marsad.errors import BadInputError, LedgerError
from marsad.ledger import POLICIES
from marsad.model import Revision

ACCEPT_EXAMPLES = """
Examples:

  marsad accept i4f2a90c1b7d3 --because "checked against the video"

  marsad accept 9c1e5b20aa41/c4

  marsad accept 9c1e5b20aa41 --because "read from end to end: nothing is missing"

  marsad accept i4f2a90c1b7d3 --undo
"""
GOLD_EXAMPLES = """
Examples:

  marsad gold checked/

  marsad evaluate checked/reports.jsonl checked/gold.jsonl --errors 50
"""


def register(app: typer.Typer) -> None:
    """Add this group's commands to the program."""
    app.command("accept", epilog=ACCEPT_EXAMPLES)(accept)
    app.command("agreement")(show_agreement)
    app.command("gold", epilog=GOLD_EXAMPLES)(gold)


def accept(
    asked: Annotated[str, typer.Argument(metavar="ID", help="An incident, a claim (report/c4), or a whole report.")],
    because: BecauseOption = "",
    undo: Annotated[bool, typer.Option("--undo", help="Take your acceptance back.")] = False,
    by: ByOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Say that you looked and agree: no value changes, and the word holds as long as these values stand."""
    from marsad.ledger.accepted import came_with
    from marsad.ledger.accepting import accepted_along, words_to_accept
    from marsad.ledger.revise import ACCEPTED, AS_READ
    from marsad.store import default_ledger, open_book

    known, person, made = load(ledger, None, POLICIES[0]), by or login(), now()
    words = words_to_accept(known, asked, because)
    of, values, _ = words[0]
    if undo:
        came = accepted_along(known.revisions, of, person)
        words = [(of, AS_READ, because), *((ref, AS_READ, came_with(of)) for ref in came)]
    with open_book(ledger or default_ledger(), made) as book:
        for ref, value, why in words:
            book.add_revision(Revision(ref, ACCEPTED, value, why, person, made))
    count = len(words) - 1
    with_claims = f" (with {count} claim{'' if count == 1 else 's'})" if count else ""
    typer.echo(f"taken back: {of}{with_claims}" if undo else f"accepted: {of}: {values}{with_claims}")


def show_agreement(
    as_of: AsOfOption = None,
    form: Annotated[TextFormat, typer.Option("--format", "-f", help="Words to read, or JSON.")] = TextFormat.text,
    ledger: LedgerOption = None,
) -> None:
    """Say how far readers agree on the cases that two of them judged: Cohen's kappa, with the number behind it."""
    from marsad.answers.judging import KINDS, agreement_to_json, agreement_words
    from marsad.ledger.agreement import agreement

    known = load(ledger, as_of, POLICIES[0])
    found = agreement(known.judgements, known.revisions)
    if form is TextFormat.json:
        print_json({"agreement": [agreement_to_json(one) for one in found]})
        return
    for one in found:
        show(f"{one.one} and {one.other}, {KINDS[one.kind]}: {agreement_words(one)}")
    if not found:
        show("No case was judged by two people yet.")


def gold(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where reports.jsonl and gold.jsonl are written.")],
    as_of: AsOfOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Write the reports that people judged, with accepted and corrected values, as gold for `marsad evaluate`."""
    from marsad.ledger.gold import gold_of

    made = gold_of(load(ledger, as_of, POLICIES[0]))
    if not made.codings:
        raise LedgerError("nobody judged anything yet: accept, correct or withdraw something first (marsad accept)")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in (("reports.jsonl", made.reports), ("gold.jsonl", made.codings)):
            lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            (folder / name).write_text("".join(lines), "utf-8")
    except OSError as error:
        raise BadInputError(f"{folder}: cannot be written ({error.strerror}); choose another folder") from None
    claims = sum(len(row["claims"]) for row in made.codings)
    rejected = sum(len(row["rejected"]) for row in made.codings)
    whole = sum(row["judged"] == "all" for row in made.codings)
    typer.echo(
        f"{folder}: {len(made.codings)} reports ({whole} judged as a whole), {claims} claims accepted or corrected, "
        f"{rejected} rejected"
    )
