"""The command on what is one event, without a ledger of one's own: `marsad link`."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

from marsad.cli.console import complain, console, follow
from marsad.cli.ledger import login, now
from marsad.errors import BadInputError
from marsad.extract import DEFAULT_EXTRACTOR, ExtractorName
from marsad.ledger.record import report_key
from marsad.read import parse_day, read_reports
from marsad.reading import ReadingOptions, make_reading

if TYPE_CHECKING:
    from marsad.monitor import Recorder
    from marsad.store import Book

Format = StrEnum("Format", ["table", "jsonl"])


def register(app: typer.Typer) -> None:
    """Add this group's command to the program."""
    app.command("link")(link)


def link(
    sources: Annotated[list[str], typer.Argument(help="Files of reports, of the kinds that marsad read takes, or -.")],
    published: Annotated[
        str | None, typer.Option(metavar="DAY", help="Publication day of reports that carry none: 2019-04-20.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", "-f", help="A table to read, or JSON Lines.")] = Format.table,
    extractor: Annotated[ExtractorName, typer.Option(help="Which reader finds the claims.")] = DEFAULT_EXTRACTOR,
    ledger: Annotated[
        str | None, typer.Option(metavar="FILE|URL", help="Keep the ledger that is made (default: a passing one).")
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


def _linked(
    sources: list[str], published: str | None, book: "Book", recorder: "Recorder"
) -> tuple[list[dict[str, Any]], bool]:
    from marsad.monitor import incidents_of_reports, ingest, linked
    from marsad.relink import relink

    day = None if published is None else parse_day(published)
    keys: list[tuple[str, str]] = []
    failed = False
    coming = (report for source in sources for report in read_reports(source, day))
    for report in follow(coming, "reading"):
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
