"""Watches feeds for a ledger, and tells of what changes: `marsad watch`."""

import signal
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from marsad.cli.console import complain, show
from marsad.cli.fetching import OfflineOption, PrivateOption, contact
from marsad.cli.ledger import LedgerOption, login, now
from marsad.errors import BadInputError
from marsad.extract import DEFAULT_EXTRACTOR, ExtractorName
from marsad.reading import ReadingOptions, make_reading

if TYPE_CHECKING:
    from marsad.watch.sources import Sources
    from marsad.watch.watcher import Watcher

Form = StrEnum("Form", ["plain", "json"])

EXAMPLES = """
Examples:

  marsad watch sources.toml --check

  marsad watch sources.toml --dry-run

  marsad watch sources.toml --try-outputs

  marsad watch sources.toml --ledger mali.db

  marsad watch sources.toml --once --log json 2>> watch.log

  marsad watch sources.toml --ledger mali.db --status
"""


def register(app: typer.Typer) -> None:
    """Add this group's commands to the program."""
    app.command("watch", epilog=EXAMPLES)(watch)


def watch(
    sources: Annotated[str, typer.Argument(metavar="SOURCES.toml", help="What to watch and whom to tell of what.")],
    ledger: LedgerOption = None,
    check: Annotated[bool, typer.Option("--check", help="Only say whether the file is sound, and end.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Poll, and list what would be read; record and tell nothing.")
    ] = False,
    status: Annotated[
        bool, typer.Option("--status", help="Tell how each source stands and what is undelivered, and end.")
    ] = False,
    try_outputs: Annotated[
        bool, typer.Option("--try-outputs", help="Send a trial alert by every output, and end.")
    ] = False,
    once: Annotated[bool, typer.Option("--once", help="One round, for cron; only what is due is polled.")] = False,
    log: Annotated[Form, typer.Option("--log", help="Lines on standard error: for people, or JSON.")] = Form.plain,
    offline: OfflineOption = False,
    allow_private: PrivateOption = False,
    keep: Annotated[bool, typer.Option(help="Keep the original bytes of every report in the ledger.")] = True,
    extractor: Annotated[ExtractorName, typer.Option(help="Which reader finds the claims.")] = DEFAULT_EXTRACTOR,
    by: Annotated[str | None, typer.Option("--by", help="Who records (default: your login name).")] = None,
) -> None:
    """Poll feeds and sitemaps, record what is new, and send alerts; until Ctrl-C or SIGTERM. See docs/watching.md."""
    from dataclasses import replace

    from marsad.monitor import Recorder
    from marsad.store import default_ledger
    from marsad.watch.log import Log
    from marsad.watch.sources import SourcesError, load_sources
    from marsad.watch.watcher import Settings, watching
    from marsad.watch.watcher import watch as keep_watching

    try:
        found = load_sources(sources)
    except SourcesError as error:
        for fault in error.faults:
            complain(fault)
        raise typer.Exit(1) from None
    found = replace(found, contact=found.contact or contact())
    place = ledger or default_ledger()
    if check:
        _check(sources, found)
        return
    if status:
        _show_status(found, place)
        return
    if offline:
        raise BadInputError("watching fetches from the network, which --offline (MARSAD_OFFLINE) forbids")
    options = ReadingOptions(extractor=extractor, places=True)
    recorder = Recorder(by or login(), extractor, lambda report: make_reading(report, options), now)
    lines = Log(sys.stderr, now, "json" if log is Form.json else "plain")
    settings = Settings(place, recorder, lines, sys.stdout, now, keep, allow_private)
    if dry_run or try_outputs:
        with watching(found, settings) as watcher:
            _look(watcher) if dry_run else _try(watcher)
        return
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: settings.stop.event.set())
    keep_watching(found, settings, once=once)


def _look(watcher: "Watcher") -> None:
    count = 0
    for feed, address in watcher.look():
        count += 1
        typer.echo(f"{feed.name}\t{address}")
    complain(
        f"{count} page{'' if count == 1 else 's'} would be read; what the ledger's watch has seen, what `only` does not"
        " name and what is older than `within` (30 days, if the file says nothing else) would be passed over"
    )


def _try(watcher: "Watcher") -> None:
    """Send a trial by every output, and say what became of each."""
    failed = False
    for name, trouble in watcher.try_outputs():
        failed |= trouble is not None
        complain(f"{name}: {trouble or 'took it'}")
    if failed:
        raise typer.Exit(1)


def _show_status(found: "Sources", place: str) -> None:
    from rich.table import Table

    from marsad.watch.outbox import unsent
    from marsad.watch.state import State, state_place
    from marsad.watch.status import status_rows

    kept = state_place(place)
    if not kept.exists():
        complain(f"{place}: was never watched yet; check --ledger")

    table = Table("source", "polled", "due", box=None)
    for name in ("failures", "entries", "waiting"):
        table.add_column(name, justify="right")
    with State(kept) as state:
        for row in status_rows(found, state):
            table.add_row(*("never" if value is None else str(value) for value in row.values()))
        left = unsent(state)
    show(table)
    typer.echo(f"{left} alert{'' if left == 1 else 's'} undelivered")


def _check(name: str, found: "Sources") -> None:
    """Say that a file is sound, after a look at whether its secrets are where it says."""
    from marsad.watch.ways import secret_of

    missing = 0
    for output in found.outputs.values():
        try:
            secret_of(output)
        except BadInputError as error:
            complain(f"{name}: {error}")
            missing += 1
    if missing:
        raise typer.Exit(1)
    counts = {"source": len(found.feeds), "alert": len(found.rules), "output": len(found.outputs) - 1}
    words = ", ".join(f"{count} {kind}{'' if count == 1 else 's'}" for kind, count in counts.items())
    typer.echo(f"{name}: sound: {words} beside stdout")
