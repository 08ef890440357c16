"""Commands that bring other counts in and hold two against each other: `marsad import`, `marsad compare`."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from marsad.cli.console import complain, follow, show
from marsad.cli.ledger import (
    AsOfOption,
    LedgerOption,
    PlaceOption,
    PolicyOption,
    SinceOption,
    UntilOption,
    load,
    login,
    now,
    parse_moment,
    print_json,
)
from marsad.errors import BadInputError
from marsad.ledger import POLICIES, Policy, Record, Selection, build_ledger
from marsad.ledger.record import CODED, report_key
from marsad.model import Reading, Report
from marsad.read import parse_day
from marsad.vocabulary import HARMS, Harm

if TYPE_CHECKING:
    from rich.console import Group
    from rich.table import Table

    from marsad.imports.compare import Comparison, Difference, Named
    from marsad.ledger import LedgerIncident
    from marsad.store.book import Book

IMPORT_EXAMPLES = """
Examples:

  marsad import ucdp GEDEvent_v25_1.csv --ledger ucdp.db

  marsad import acled acled-syria.csv

  marsad import csv incidents.csv --source "Our field office" --map start=date,killed=deaths,place=village
"""
COMPARE_EXAMPLES = """
Examples:

  marsad compare syria.db ucdp.db

  marsad compare syria.db "source:UCDP GED" --since 2019-04-01 --until 2019-04-30

  marsad compare monday.db tuesday.db --json
"""
SOURCE = "source:"
MOST_FAULTS = 10


def register(app: typer.Typer) -> None:
    """Add this group's commands to the program."""
    app.command("import", epilog=IMPORT_EXAMPLES)(bring_in)
    app.command("compare", epilog=COMPARE_EXAMPLES)(compare)


def bring_in(
    scheme: Annotated[str, typer.Argument(metavar="ucdp|acled|csv", help="What kind of table it is.")],
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="CSV files, as their makers publish them.")],
    source: Annotated[
        str | None, typer.Option(help="Whose count it is (default: UCDP GED, ACLED, or the file's name).")
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option("--map", metavar="KEY=COLUMN,…", help="Columns of other tables: start=date."),
    ] = None,
    ledger: LedgerOption = None,
    by: Annotated[str | None, typer.Option("--by", help="Who records (default: your login name).")] = None,
    link: Annotated[bool, typer.Option(help="Judge afterwards which of them tell of one event.")] = True,
) -> None:
    """Bring a table of coded events in as reports of one source: its coders are a voice among voices."""
    from marsad.imports.file import bring, require_scheme
    from marsad.imports.table import columns_of
    from marsad.monitor import Recorder, ingest
    from marsad.store import default_ledger, open_book, shown

    kind, known = require_scheme(scheme), columns_of(columns)
    place = ledger or default_ledger()
    counts: Counter[str] = Counter()
    readings: dict[str, Reading] = {}

    def coming() -> Iterator[tuple[Report, bytes]]:
        for path in files:
            voice = source or (path.name if kind == "csv" else None)
            for one in bring(path, kind, voice, known):
                if one.reading is None:
                    _tell(one.place, one.fault or "", counts)
                else:
                    readings[report_key(one.reading.report)] = one.reading
                    yield one.reading.report, one.raw

    rows = coming()
    first = next(rows, None)
    if first is None:
        # No ledger is made for a file that is none of ours.
        raise BadInputError("no row could be brought in; the lines above say why")
    recorder = Recorder(by or login(), f"{CODED}{kind}", lambda report: readings.pop(report_key(report)), now)
    with open_book(place, now(), create=True) as book:
        for done in ingest(follow(chain([first], rows), "recording"), book, recorder):
            counts[done.outcome] += 1
            if done.outcome == "refused":
                complain(f"{done.report_id}: {done.reason}")
        if link:
            _link(book)
    _summarise(counts, shown(place))
    if counts["refused"]:
        raise typer.Exit(1)


def _link(book: "Book") -> None:
    """Judge which reports tell of one event, and to which event each row goes."""
    from marsad.imports.join import joined
    from marsad.relink import link_book

    link_book(book, now)
    record = book.record()
    book.add_judgements(joined(build_ledger(record.readings, record.judgements, record.revisions), now()))


def _summarise(counts: Counter[str], place: str) -> None:
    more = counts["left out"] - MOST_FAULTS
    if more > 0:
        complain(f"{more:,} more rows were left out")
    parts = [f"{counts['new']:,} events brought in"]
    parts += [f"{counts[name]:,} {words}" for name, words in _OUTCOMES.items() if counts[name]]
    typer.echo(f"{', '.join(parts)}; ledger: {place}")


_OUTCOMES = {"known": "known already", "reread": "changed", "left out": "left out", "refused": "refused"}


def _tell(place: str, fault: str, counts: Counter[str]) -> None:
    counts["left out"] += 1
    if counts["left out"] <= MOST_FAULTS:
        complain(f"{place}: {fault}")


def compare(
    one: Annotated[str, typer.Argument(metavar="A", help="A ledger: a file or a URL.")],
    other: Annotated[str, typer.Argument(metavar="B", help='Another ledger, or "source:NAME" within A.')],
    since: SinceOption = None,
    until: UntilOption = None,
    place: PlaceOption = None,
    harm: Annotated[str, typer.Option(help="What to count: killed, injured, …")] = "killed",
    as_of: AsOfOption = None,
    policy: PolicyOption = POLICIES[0],
    most: Annotated[int, typer.Option("--list", min=0, metavar="N", help="List so many incidents of each kind.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Everything, as JSON.")] = False,
) -> None:
    """Hold two counts against each other: matched, only in A, only in B, and the tolls by month and by place."""
    from marsad.imports.compare import as_json as to_json
    from marsad.imports.compare import compare as hold

    counted = next((each for each in HARMS if each == harm), None)
    if counted is None:
        raise BadInputError(f"there is no harm {harm!r}: choose one of {', '.join(HARMS)}")
    left, right, judged = _sides(one, other, as_of, policy)
    selection = Selection(
        None if since is None else parse_day(since), None if until is None else parse_day(until), place
    )
    found = hold(left, right, selection, judged, counted)
    if as_json:
        print_json(to_json(found))
    else:
        show(_draw(found, most))


def _sides(one: str, other: str, as_of: str | None, policy: Policy) -> "tuple[Named, Named, list[tuple[str, str]]]":
    from marsad.imports.compare import Named, parted
    from marsad.store import shown

    if not other.startswith(SOURCE):
        names = shown(one), shown(other)
        return Named(names[0], load(one, as_of, policy)), Named(names[1], load(other, as_of, policy)), []
    source = other.removeprefix(SOURCE)
    return parted(_record(one, as_of), source, policy, (f"{shown(one)} without {source}", source))


def _record(place: str, as_of: str | None) -> Record:
    from marsad.store import open_book

    with open_book(place, now()) as book:
        record = book.record()
    if as_of is None:
        return record
    moment = parse_moment(as_of)
    return Record(
        tuple(one for one in record.readings if one.recorded <= moment),
        tuple(one for one in record.judgements if one.made <= moment),
        tuple(one for one in record.revisions if one.made <= moment),
    )


def _draw(found: "Comparison", most: int) -> "Group":
    from rich.console import Group, RenderableType
    from rich.text import Text

    from marsad.answers.words import figure_words

    left, right = found.left, found.right
    lines: list[RenderableType] = [
        Text(f"A  {left.name}: {len(left.incidents):,} incidents, {figure_words(left.killed) or 0} {found.harm}"),
        Text(f"B  {right.name}: {len(right.incidents):,} incidents, {figure_words(right.killed) or 0} {found.harm}"),
        Text(""),
        Text(f"in both    {len(found.matched):,}, of these {found.alike:,} with the same figure", style="bold"),
        Text(f"only in A  {len(found.only_left):,}", style="bold"),
        Text(f"only in B  {len(found.only_right):,}", style="bold"),
    ]
    for title, rows in (("month", found.months), ("province", [one for one in found.places if one.more])):
        if rows:
            lines += [Text(""), _differences(title, rows[: None if title == "month" else max(most, 1)])]
    if most:
        lines += _listed(found, most)
    return Group(*lines)


def _differences(title: str, rows: "list[Difference] | tuple[Difference, ...]") -> "Table":
    from rich.table import Table

    from marsad.answers.words import figure_words

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(title, overflow="fold")
    for name in ("incidents A", "incidents B", "A", "B", "A - B"):
        table.add_column(name, justify="right", no_wrap=True)
    for one in rows:
        numbers = (str(one.left_incidents), str(one.right_incidents))
        table.add_row(one.key, *numbers, figure_words(one.left), figure_words(one.right), f"{one.more:+,}")
    return table


def _listed(found: "Comparison", most: int) -> "list[Table]":
    from rich.table import Table
    from rich.text import Text

    from marsad.answers.words import figure_words
    from marsad.imports.compare import figure_of

    harm = found.harm
    differ = [p for p in found.matched if figure_of(p.left, harm) != figure_of(p.right, harm)]
    differ.sort(key=lambda p: -abs((figure_of(p.left, harm) or 0) - (figure_of(p.right, harm) or 0)))
    tables = []
    if differ:
        table = Table(title="in both, with another figure", title_justify="left", box=None, pad_edge=False)
        for name in ("A", "B", "when", "where", "in A", "in B", "why they are one"):
            table.add_column(name, overflow="fold")
        for pair in differ[:most]:
            figures = (figure_words(pair.left.tolls.get(harm)), figure_words(pair.right.tolls.get(harm)))
            table.add_row(pair.left.id, pair.right.id, *_place(pair.left), *figures, Text(", ".join(pair.why)))
        tables.append(table)
    for title, incidents in (("only in A", found.only_left), ("only in B", found.only_right)):
        if incidents:
            tables.append(_alone(title, sorted(incidents, key=lambda i: -(figure_of(i, harm) or 0))[:most], harm))
    return tables


def _alone(title: str, incidents: "list[LedgerIncident]", harm: Harm) -> "Table":
    from rich.table import Table

    from marsad.answers.words import figure_words

    table = Table(title=f"{title}, the largest", title_justify="left", box=None, pad_edge=False)
    for name in ("incident", "when", "where", harm):
        table.add_column(name, overflow="fold")
    for one in incidents:
        table.add_row(one.id, *_place(one), figure_words(one.tolls.get(harm)))
    return table


def _place(one: "LedgerIncident") -> tuple[str, str]:
    from marsad.answers.words import when_words, where_words

    return when_words(one.when), where_words(one.where)
