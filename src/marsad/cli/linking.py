"""Commands on what is one event: `marsad link`, `judge`, `revise`, `changes`."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

from marsad.cli.console import complain, console, follow
from marsad.cli.ledger import AsOfOption, LedgerOption, load, login, now, parse_moment, print_json, received
from marsad.errors import BadInputError, LedgerError
from marsad.extract import DEFAULT_EXTRACTOR, ExtractorName
from marsad.ledger import build_ledger, changes
from marsad.ledger.record import report_key
from marsad.model import Judgement, Revision
from marsad.read import parse_day
from marsad.reading import ReadingOptions, make_reading
from marsad.vocabulary import Verdict

if TYPE_CHECKING:
    from marsad.monitor import Recorder
    from marsad.store import Book

Format = StrEnum("Format", ["table", "jsonl"])
TextFormat = StrEnum("TextFormat", ["text", "json"])

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

  marsad revise 9c1e5b20aa41/c4 withdrawn yes --because "the agency took it back"
"""


def register(app: typer.Typer) -> None:
    """Add this group's commands to the program."""
    app.command("link")(link)
    app.command("judge", epilog=JUDGE_EXAMPLES)(judge)
    app.command("revise", epilog=REVISE_EXAMPLES)(revise)
    app.command("changes")(show_changes)


def link(
    sources: Annotated[list[str], typer.Argument(help="Files (.txt, .json, .jsonl), or - for standard input.")],
    published: Annotated[str | None, typer.Option(metavar="DAY", help="Day of reports that carry none.")] = None,
    form: Annotated[Format, typer.Option("--format", "-f", help="A table to read, or JSON Lines.")] = Format.table,
    extractor: Annotated[ExtractorName, typer.Option(help="Which reader finds the claims.")] = DEFAULT_EXTRACTOR,
    ledger: Annotated[
        str | None, typer.Option(help="Keep the ledger that is made (default: in a passing one).")
    ] = None,
) -> None:
    """Put together which reports tell of one incident, and print the incidents of each report."""
    from marsad.monitor import Recorder
    from marsad.store import open_book

    options = ReadingOptions(extractor=extractor, places=True)
    recorder = Recorder(login(), extractor, lambda report: make_reading(report, options), now)
    with (
        TemporaryDirectory() as folder,
        open_book(ledger or str(Path(folder) / "ledger.db"), now(), create=True) as book,
    ):
        rows, failed = _linked(sources, published, book, recorder)
    if form is Format.jsonl:
        for row in rows:
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    else:
        _print_links(rows)
    if failed:
        raise typer.Exit(1)


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
    if set(left) & set(right) and verdict != "different":
        raise LedgerError(f"{one} and {other} are one incident already")
    pair = (one, other) if set(left) & set(right) else (left[0], right[0])
    if pair[0] == pair[1]:
        raise LedgerError(f"{one} and {other} are the same id: to part an incident name two of its members")
    word = Judgement(*pair, verdict, by or login(), now(), None, (because,) if because else ())
    with open_book(ledger or default_ledger(), now()) as book:
        book.add_judgements([word])
    typer.echo(f"recorded: {pair[0]} and {pair[1]} are {verdict}")


def revise(
    of: Annotated[str, typer.Argument(metavar="ID", help="An incident's id, or a claim's (report/c4).")],
    field: Annotated[str, typer.Argument(help="killed, injured, ... when, where, perpetrators or withdrawn.")],
    value: Annotated[str, typer.Argument(help="27, 20-30 or 35+; 2019-04-18; a name; yes or no.")],
    because: Annotated[str, typer.Option("--because", help="The reason, kept beside the value.")],
    by: ByOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Correct one value of an incident, or withdraw a claim; the latest word stands, and what was read is kept."""
    from marsad.ledger import trace
    from marsad.ledger.revise import require_revision
    from marsad.store import default_ledger, open_book

    require_revision(field, value)
    if "/" in of and field != "withdrawn":
        raise LedgerError(f"of a claim only withdrawn can be revised, not {field}: name the incident instead")
    found = trace(load(ledger, None, "newest"), of)
    named = found.said[0].ref if "/" in of else found.incidents[0].id
    with open_book(ledger or default_ledger(), now()) as book:
        book.add_revision(Revision(named, field, value, because, by or login(), now()))
    typer.echo(f"recorded: {field} of {named} is {value}")


def show_changes(
    since: Annotated[str, typer.Option(metavar="DAY", help="What differs from what was recorded until then.")],
    as_of: AsOfOption = None,
    form: Annotated[TextFormat, typer.Option("--format", "-f", help="Words to read, or JSON.")] = TextFormat.text,
    ledger: LedgerOption = None,
) -> None:
    """Say what was added, altered, merged, split and withdrawn since a day, and which totals moved by it."""
    from marsad.cli.ledger_rows import changes_to_json
    from marsad.cli.ledger_tables import draw_changes
    from marsad.store import default_ledger, open_book

    with open_book(ledger or default_ledger(), now()) as book:
        record = book.record()
    moments = (parse_moment(since), parse_moment(as_of) if as_of else None)
    before, after = (build_ledger(record.readings, record.judgements, record.revisions, as_of=m) for m in moments)
    found = changes(before, after)
    if form is TextFormat.json:
        print_json(changes_to_json(found))
    else:
        console().print(draw_changes(found))


def _linked(
    sources: list[str], published: str | None, book: "Book", recorder: "Recorder"
) -> tuple[list[dict[str, Any]], bool]:
    from marsad.monitor import incidents_of_reports, ingest, linked, relink

    day = None if published is None else parse_day(published)
    keys: list[tuple[str, str]] = []
    failed = False
    for report in follow(received(sources, day), "reading"):
        for one in ingest([report], book, recorder):
            if one.outcome == "refused" or isinstance(report, BadInputError):
                complain(f"{one.report_id} {one.reason}".strip())
                failed = True
            else:
                keys.append((report.id, report_key(report)))
    record = book.record()
    words = linked(record, now())
    book.add_judgements(relink(record, words, now()))
    incidents = incidents_of_reports(record, words)
    return [{"id": name, "incident_ids": [*incidents[key]]} for name, key in keys], failed


def _print_links(rows: list[dict[str, Any]]) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("report", "incidents"):
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(row["id"], " ".join(row["incident_ids"]))
    console().print(table)


def _members(place: str | None, asked: str) -> list[str]:
    """Return the ids of an incident's members, the one that was asked for first."""
    from marsad.ledger import trace

    found = trace(load(place, None, "newest"), asked)
    if len(found.incidents) != 1:
        raise LedgerError(f"{asked!r} is no incident: marsad incidents shows the ids there are")
    ids = [member.id for member in found.incidents[0].members]
    return sorted(ids, key=lambda one: (not one.startswith(asked), one))
