"""Commands that read reports without recording them: `marsad read`."""

import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from marsad.cli.console import show
from marsad.cli.fetching import OfflineOption, PrivateOption, Web
from marsad.cli.receiving import LimitOption, MapOption, OcrOption, PublishedOption, SourcesArgument, received
from marsad.contract import to_json
from marsad.extract import DEFAULT_EXTRACTOR, ExtractorName
from marsad.model import Reading, Report
from marsad.reading import ReadingOptions, make_reading
from marsad.tally import POLICIES, Policy

if TYPE_CHECKING:
    from marsad.cli.read_checks import ReadChecker

Format = StrEnum("Format", ["text", "json", "jsonl"])

EXAMPLES = """
Examples:

  marsad read report.txt --published 2019-04-20

  marsad read reports.jsonl --format jsonl > readings.jsonl

  cat report.txt | marsad read - --why

  marsad read inbox/ --format jsonl > readings.jsonl

  marsad read events.csv --map text=notes,published=event_date

  marsad read https://example.org/2024/05/07/report.html

  marsad read report.txt --check --ledger syria.db
"""


def register(app: typer.Typer) -> None:
    """Add this group's commands to the program."""
    app.command("read", epilog=EXAMPLES)(read)


def read(
    sources: SourcesArgument,
    form: Annotated[Format, typer.Option("--format", "-f", help="A tree to read, or JSON to work with.")] = Format.text,
    published: PublishedOption = None,
    columns: MapOption = None,
    limit: LimitOption = None,
    ocr: OcrOption = False,
    offline: OfflineOption = False,
    allow_private: PrivateOption = False,
    extractor: Annotated[ExtractorName, typer.Option(help="Which reader finds the claims.")] = DEFAULT_EXTRACTOR,
    policy: Annotated[Policy, typer.Option(help="Which figure is best where reports of one toll differ.")] = POLICIES[
        0
    ],
    places: Annotated[bool, typer.Option("--places", help="List every place name of the report too.")] = False,
    why: Annotated[bool, typer.Option("--why", help="Show the evidence for every sum and every repetition.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say why each place name was taken for its place, and what was rejected.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Check the report's record claims (deadliest, first, ...) against a ledger.")
    ] = False,
    ledger: Annotated[
        str | None, typer.Option("--ledger", metavar="FILE|URL", help="The ledger for --check, if not the default one.")
    ] = None,
) -> None:
    """Read reports and print what they say: who was harmed, how many, where, when, by whom, according to whom."""
    options = ReadingOptions(extractor=extractor, policy=policy, places=places)
    coming = received(sources, published, columns, limit, Web(offline, allow_private), ocr)
    checker = _checker(ledger) if check else None
    for report in coming.reports():
        reading = make_reading(report, options)
        if form is Format.text:
            _print_tree(reading, why)
            _print_places(report) if explain else None
            _print_checks(checker, reading) if checker else None
        else:
            known: dict[str, Any] = {"places_explained": _explained(report)} if explain else {}
            known |= {"checks": _checks(checker, reading)} if checker else {}
            _print_json({**to_json(reading, places=places, why=why), **known}, form)
    coming.tell_summary()
    if coming.failed:
        raise typer.Exit(1)


def _print_tree(reading: Reading, why: bool) -> None:
    from marsad.cli.tree import draw

    show(draw(reading, why=why))


def _checker(place: str | None) -> "ReadChecker":
    from marsad.cli.ledger import now
    from marsad.cli.read_checks import ReadChecker
    from marsad.store import default_ledger, open_book

    with open_book(place or default_ledger(), now()) as book:
        return ReadChecker(book.record(), now())


def _print_checks(checker: "ReadChecker", reading: Reading) -> None:
    from marsad.cli.statement_tables import draw_checked

    for one in checker.of(reading):
        show(draw_checked(one.said, one.check, one.problem))


def _checks(checker: "ReadChecker", reading: Reading) -> list[dict[str, Any]]:
    from marsad.answers.statements import checked_to_json

    return [checked_to_json(one.said, one.check, one.problem) for one in checker.of(reading)]


def _print_places(report: Report) -> None:
    from marsad.cli.explained import explain_lines

    sys.stdout.writelines(f"{line}\n" for line in ("Places, and why", *(f"  {line}" for line in explain_lines(report))))


def _explained(report: Report) -> list[dict[str, Any]]:
    from marsad.cli.explained import explained

    return explained(report)


def _print_json(row: dict[str, Any], form: Format) -> None:
    indent = 2 if form is Format.json else None
    sys.stdout.write(json.dumps(row, ensure_ascii=False, indent=indent) + "\n")
