"""Commands that fill the record and ask it: `marsad add`, `incidents`, `toll`, `trace`, `series`."""

import csv
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from marsad import __version__
from marsad.answers.words import difference_words
from marsad.cli.adding import news_of, noted, tell_copies
from marsad.cli.console import complain, show
from marsad.cli.fetching import OfflineOption, PrivateOption, Web
from marsad.cli.receiving import LimitOption, MapOption, OcrOption, PublishedOption, Received, SourcesArgument, received
from marsad.errors import BadInputError, LedgerError
from marsad.extract import DEFAULT_EXTRACTOR, ExtractorName
from marsad.fetch.address import is_address
from marsad.ledger import (
    BY,
    POLICIES,
    By,
    Ledger,
    Policy,
    Selection,
    build_ledger,
    require_policy,
    select,
    series_of,
    toll,
)
from marsad.ledger import trace as find_trace
from marsad.ledger.tolls import Standing
from marsad.read import parse_day
from marsad.reading import Coming, Made, ReadingOptions, make_reading

if TYPE_CHECKING:
    from marsad.monitor import Ingested
    from marsad.store.book import Book

# What shells give a program that the user stopped.
INTERRUPTED = 130
POLICY_NAMES = ", ".join(POLICIES)
Format = StrEnum("Format", ["table", "json", "csv"])
TextFormat = StrEnum("TextFormat", ["text", "json"])

LedgerOption = Annotated[
    str | None, typer.Option("--ledger", metavar="FILE|URL", help="Another ledger than the default (MARSAD_LEDGER).")
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="A table to read, JSON or CSV to work with.")]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", metavar="DAY", help="What had been recorded until then: a day, or a moment.")
]
SinceOption = Annotated[str | None, typer.Option(metavar="DAY", help="First day of the window.")]
UntilOption = Annotated[str | None, typer.Option(metavar="DAY", help="Last day of the window.")]
PlaceOption = Annotated[str | None, typer.Option(help="Words of a place, province or country code.")]
PerpetratorOption = Annotated[str | None, typer.Option(help="Words of who did it.")]
SourcesOption = Annotated[
    int, typer.Option(min=1, help="Only incidents that so many publishers tell of (copies of one text: one).")
]
VictimsOption = Annotated[str | None, typer.Option(help="Words of who came to harm, or civilian, combatant.")]
TargetOption = Annotated[
    str | None, typer.Option(help="What was attacked: hospital, school, aid, journalist, worship, market or camp.")
]
AgreementOption = Annotated[
    str | None,
    typer.Option(
        "--since-agreement", metavar="ID|WORDS", help="The window begins on the day that an agreement was made."
    ),
]
MeansOption = Annotated[str | None, typer.Option(help="How it was done: airstrike, shelling, ...")]
SourceOption = Annotated[str | None, typer.Option(help="Words of who tells of it: a publisher, or whom it names.")]
StatusOption = Annotated[
    Standing | None, typer.Option(help="How it stands: whether sources agree, whether those blamed deny it, ...")
]


def _policy(words: str) -> Policy:
    try:
        return require_policy(words)
    except LedgerError as error:
        raise typer.BadParameter(str(error)) from error


PolicyOption = Annotated[
    Policy,
    typer.Option(parser=_policy, metavar="POLICY", help=f"Whose figure is best where reports differ: {POLICY_NAMES}."),
]

ADD_EXAMPLES = """
Examples:

  marsad add report.txt --published 2019-04-20

  marsad add monday.jsonl tuesday.jsonl --ledger syria.db

  marsad add inbox/ --resume

  marsad add events.csv --map text=notes,published=event_date

  marsad add https://example.org/2024/05/07/report.html

  curl -s https://example.org/reports.jsonl | marsad add -

  marsad add out/readings          # what marsad map made
"""
TOLL_EXAMPLES = """
Examples:

  marsad toll --by perpetrator --since 2019-04-18 --until 2019-04-20

  marsad toll --by month --format csv > months.csv

  marsad toll --by place --as-of 2019-04-21

  marsad toll --since-agreement "ceasefire in Idlib"

  marsad incidents --target hospital

  marsad incidents --status disputed --source Reuters
"""
TRACE_EXAMPLES = """
Examples:

  marsad trace i4f2a90c1b7d3

  marsad trace "perpetrator:Islamic State"

  marsad trace 9c1e5b20aa41/c4
"""


def register(app: typer.Typer) -> None:
    """Add this group's commands to the program."""
    app.command("add", epilog=ADD_EXAMPLES)(add)
    app.command("incidents")(incidents)
    app.command("toll", epilog=TOLL_EXAMPLES)(show_toll)
    app.command("trace", epilog=TRACE_EXAMPLES)(trace)
    app.command("series")(show_series)


def add(
    sources: SourcesArgument,
    published: PublishedOption = None,
    columns: MapOption = None,
    limit: LimitOption = None,
    ocr: OcrOption = False,
    offline: OfflineOption = False,
    allow_private: PrivateOption = False,
    keep: Annotated[bool, typer.Option(help="Keep the original bytes of every report in the ledger.")] = True,
    resume: Annotated[bool, typer.Option("--resume", help="Pass over reports that are recorded, unread.")] = False,
    ledger: LedgerOption = None,
    extractor: Annotated[ExtractorName, typer.Option(help="Which reader finds the claims.")] = DEFAULT_EXTRACTOR,
    by: Annotated[str | None, typer.Option("--by", help="Who records (default: your login name).")] = None,
    link: Annotated[bool, typer.Option(help="Judge afterwards which reports tell of one event.")] = True,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", "-j", min=1, help="Processes that read at once (default: one a core, for 100 files or more)."
        ),
    ] = None,
) -> None:
    """Read reports and record what they say; adding the same report again changes nothing.

    Files of readings (marsad map) are taken in as they are, once each has been checked.
    """
    from marsad.added import Newcomers
    from marsad.cli.at_once import Ahead, jobs_for
    from marsad.monitor import Recorder, ingest, without_original
    from marsad.relink import link_book
    from marsad.store import default_ledger, open_book, patiently, shown
    from marsad.store.engines import BUSY_SECONDS

    place = ledger or default_ledger()
    coming = received(sources, published, columns, limit, Web(offline, allow_private), ocr)
    coming.takes_readings = True
    options = ReadingOptions(extractor=extractor, places=True)
    ahead = Ahead(make_reading, options, jobs_for(jobs, coming.expected))
    recorder = Recorder(by or login(), extractor, ahead.make, now)
    counts: Counter[str] = Counter()
    with open_book(place, now(), create=True) as book, _remembering(coming, place, book, extractor):
        unknown = ahead.items(_unknown(coming, book, counts, resume))
        items = (item if keep else without_original(item) for item in unknown)
        newcomers = Newcomers()
        stopped = _count_until_stopped(noted(ingest(items, book, recorder, BUSY_SECONDS), newcomers), counts)
        if stopped or counts["refused"]:
            coming.web.forget()
        if not stopped:
            # Who stopped it does not want to wait; the next run does what is left undone.
            if link:
                patiently(lambda: link_book(book, now))
            patiently(book.keep_up)
        added = newcomers.became(book) if link and not stopped else None
    if added:
        tell_copies(added)
    counts["refused"] += coming.counts["failed"]
    counts["known"] += coming.counts["unchanged"]
    _summarise(counts, shown(place), news_of(added) if added else [])
    coming.tell_summary()
    if stopped:
        complain("interrupted; all that was read is recorded. The same command with --resume goes on from there")
        raise typer.Exit(INTERRUPTED)
    if counts["refused"] or coming.failed:
        raise typer.Exit(1)


def incidents(
    since: SinceOption = None,
    since_agreement: AgreementOption = None,
    until: UntilOption = None,
    place: PlaceOption = None,
    perpetrator: PerpetratorOption = None,
    victims: VictimsOption = None,
    means: MeansOption = None,
    target: TargetOption = None,
    source: SourceOption = None,
    status: StatusOption = None,
    min_sources: SourcesOption = 1,
    as_of: AsOfOption = None,
    policy: PolicyOption = POLICIES[0],
    form: FormatOption = Format.table,
    ledger: LedgerOption = None,
) -> None:
    """List the incidents of the ledger: when, where, who, whom, how many, and how many sources tell of each."""
    from marsad.answers.rows import INCIDENT_COLUMNS, incident_row
    from marsad.cli.ledger_tables import draw_incidents

    built = _only_on(load(ledger, as_of, policy), target)
    since = _day_since(built, since, since_agreement)
    kind = Selection(None, None, place, perpetrator, min_sources, victims, means, source, status)
    found = select(built, _selection(since, until, kind))
    if form is Format.table:
        show(draw_incidents(found))
    else:
        _print_rows([incident_row(one) for one in found], INCIDENT_COLUMNS, form)


def show_toll(
    by: Annotated[By, typer.Option(help="What to add up by.")] = BY[0],
    since: SinceOption = None,
    since_agreement: AgreementOption = None,
    until: UntilOption = None,
    place: PlaceOption = None,
    perpetrator: PerpetratorOption = None,
    victims: VictimsOption = None,
    means: MeansOption = None,
    target: TargetOption = None,
    source: SourceOption = None,
    status: StatusOption = None,
    min_sources: SourcesOption = 1,
    as_of: AsOfOption = None,
    policy: PolicyOption = POLICIES[0],
    form: FormatOption = Format.table,
    ledger: LedgerOption = None,
) -> None:
    """Add up the documented incidents, nobody twice; running totals stand beside, never added."""
    from marsad.answers.rows import TOLL_COLUMNS, toll_row, toll_to_json
    from marsad.cli.ledger_tables import draw_toll

    built = _only_on(load(ledger, as_of, policy), target)
    since = _day_since(built, since, since_agreement)
    kind = Selection(None, None, place, perpetrator, min_sources, victims, means, source, status)
    table = toll(built, by, _selection(since, until, kind))
    if form is Format.table:
        show(draw_toll(table))
    elif form is Format.json:
        print_json(toll_to_json(table))
    else:
        rows = [toll_row(row, table.policy) for row in (*table.rows, table.total)]
        _print_rows(rows, TOLL_COLUMNS, form)


def trace(
    asked: Annotated[str, typer.Argument(metavar="ID", help="An incident, a claim, a report, or a row of a toll.")],
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    policy: PolicyOption = POLICIES[0],
    form: Annotated[TextFormat, typer.Option("--format", "-f", help="A tree to read, or JSON.")] = TextFormat.text,
    ledger: LedgerOption = None,
) -> None:
    """Walk from a figure to its claims, their quoted words and the reports they stand in."""
    from marsad.answers.rows import trace_to_json
    from marsad.cli.ledger_tables import draw_trace

    built = load(ledger, as_of, policy)
    found = find_trace(built, asked, _selection(since, until, Selection()))
    if form is TextFormat.json:
        print_json(trace_to_json(found))
    else:
        show(draw_trace(found))


def show_series(
    as_of: AsOfOption = None,
    form: Annotated[TextFormat, typer.Option("--format", "-f", help="A table to read, or JSON.")] = TextFormat.text,
    ledger: LedgerOption = None,
) -> None:
    """List the running totals as counters over time, with their steps and what incidents leave unexplained."""
    from marsad.answers.rows import series_to_json
    from marsad.cli.series_tables import draw_series

    found = series_of(load(ledger, as_of, POLICIES[0]))
    if form is TextFormat.json:
        print_json([series_to_json(one) for one in found])
    else:
        show(draw_series(found))


def load(place: str | None, as_of: str | None, policy: Policy) -> Ledger:
    """Read the record at `place` and derive the ledger as of a day's end or a moment."""
    return ledgers(place)(None if as_of is None else parse_moment(as_of), policy)


def ledgers(place: str | None) -> Callable[[datetime | None, Policy], Ledger]:
    """Return what gives the ledger at `place` as of a moment: kept, or derived where the kept one cannot say."""
    from marsad.store import KeptPlace, default_ledger, open_book

    name = place or default_ledger()
    with open_book(name, now()) as book:
        keeping = book.keep_up()
    kept = KeptPlace(lambda: open_book(name, now()))

    def ledger(moment: datetime | None, policy: Policy) -> Ledger:
        found = kept.ledger(moment, policy) if keeping != "never" else None
        if found is not None:
            return found
        with open_book(name, now()) as book:
            record = book.record()
        return build_ledger(record.readings, record.judgements, record.revisions, policy, moment)

    return ledger


def _only_on(built: Ledger, target: str | None) -> Ledger:
    """Return the ledger with the attacks on one target alone, where one is asked for."""
    if target is None:
        return built
    from marsad.ledger.targets import on_target, require_target

    # A running total does not say what was attacked: none stands beside.
    return replace(built, incidents=on_target(built.incidents, require_target(target)), running=(), answers=None)


def _day_since(built: Ledger, since: str | None, agreement: str | None) -> str | None:
    from marsad.cli.windows import day_since

    return day_since(built, since, agreement)


def now() -> datetime:
    """Return the present moment; MARSAD_NOW puts another in its place, so that a demonstration can be repeated."""
    fixed = os.environ.get("MARSAD_NOW")
    return parse_moment(fixed) if fixed else datetime.now(UTC)


def parse_moment(words: str) -> datetime:
    """Return the moment that `words` give: ISO 8601; a day alone means its last moment, in UTC."""
    try:
        if len(words) == len("2019-04-20"):
            return datetime.combine(date.fromisoformat(words), time.max, UTC)
        moment = datetime.fromisoformat(words)
    except ValueError as error:
        raise BadInputError(f"{words!r} is no moment: write 2019-04-20 or 2019-04-20T18:00:00+00:00") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _remembering(coming: Received, place: str, book: "Book", extractor: str) -> AbstractContextManager[None]:
    """Remember by what the pages that are typed in are recognised, so that unchanged ones need not come again."""
    if not any(is_address(source) for source in coming.sources):
        return nullcontext()
    first = next(iter(book.acts()), None)
    return coming.web.remembering(place, first.seal if first else None, f"{__version__} {extractor}")


def _unknown(coming: Received, book: "Book", counts: Counter[str], resume: bool) -> Iterator[Coming]:
    """Yield what comes in; where one resumes, without the reports that are recorded."""
    for item in coming.coming():
        report = item.reading.report if isinstance(item, Made) else item[0]
        if resume and book.standing(report) is not None:
            counts["known"] += 1
        else:
            yield item


def _count_until_stopped(outcomes: Iterable["Ingested"], counts: Counter[str]) -> bool:
    """Count and tell what became of each report; return True where the user stopped it."""
    try:
        _tell(outcomes, counts)
    except KeyboardInterrupt:
        return True
    return False


def _tell(outcomes: Iterable["Ingested"], counts: Counter[str]) -> None:
    for one in outcomes:
        counts[one.outcome] += 1
        if one.outcome == "refused":
            complain(f"{one.report_id}: {one.reason}" if one.report_id else str(one.reason))
        elif one.reading is not None and one.outcome != "known":
            counts["claims"] += len(one.reading.claims)
            counts["incidents"] += len(one.reading.incidents)
        for difference in one.differences:
            typer.echo(f"{one.report_id}: {difference_words(difference)}")


def _summarise(counts: Counter[str], place: str, news: Sequence[str] = ()) -> None:
    added = f"{counts['new']} report{'' if counts['new'] == 1 else 's'} added"
    parts = [f"{added} ({counts['claims']} claims, {counts['incidents']} incidents)"]
    parts += news
    parts += [f"{counts['reread']} read anew"] if counts["reread"] else []
    parts += [f"{counts['known']} known already"] if counts["known"] else []
    parts += [f"{counts['refused']} refused"] if counts["refused"] else []
    typer.echo(f"{', '.join(parts)}; ledger: {place}")


def login() -> str:
    return os.environ.get("USER") or os.environ.get("USERNAME") or "unknown"


def _selection(since: str | None, until: str | None, kind: Selection) -> Selection:
    chosen = kind if since is None else replace(kind, since=parse_day(since))
    return chosen if until is None else replace(chosen, until=parse_day(until))


def _print_rows(rows: list[dict[str, Any]], columns: tuple[str, ...], form: Format) -> None:
    if form is Format.json:
        print_json(rows)
        return
    writer = csv.DictWriter(sys.stdout, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
