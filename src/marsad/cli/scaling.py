"""The command for many reports: `marsad map`."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from marsad.cli.console import complain
from marsad.cli.receiving import MapOption, PublishedOption
from marsad.errors import BadInputError
from marsad.extract import DEFAULT_EXTRACTOR, ExtractorName
from marsad.limits import names_of, with_both
from marsad.read import ReadOptions, parse_day
from marsad.read.limits import Limits
from marsad.read.rows import columns_from
from marsad.reading import ReadingOptions

if TYPE_CHECKING:
    from marsad.scale.engines import Engine
    from marsad.scale.limits import ScaleLimits
    from marsad.scale.run import Progress
    from marsad.scale.work import How

MAP_EXAMPLES = """
Examples:

  marsad map reports.jsonl out

  marsad map "crawl/*.warc.gz" out --jobs 8 --no-silent

  marsad map news.parquet out --map text=body,published=date

  marsad map /shared/news /shared/out --runner ray --address ray-head:6379

  marsad add out/readings
"""
INTERRUPTED = 130
# Bad lines are named in a file, where there is room for all of them.
ALL = 2**31
TOLD_SECONDS = 30
Runner = StrEnum("Runner", ["processes", "ray"])


def register(app: typer.Typer) -> None:
    """Add this group's commands to the program."""
    app.command("map", epilog=MAP_EXAMPLES)(map_input)


def map_input(
    source: Annotated[
        str,
        typer.Argument(metavar="INPUT", help="A file, a folder or a pattern: Parquet, JSON Lines, WARC."),
    ],
    output: Annotated[str, typer.Argument(metavar="OUTPUT", help="A new folder, or that of a run to go on with.")],
    published: PublishedOption = None,
    columns: MapOption = None,
    limit: Annotated[
        list[str] | None,
        typer.Option("--limit", metavar="NAME=NUMBER", help="Another limit (docs/scale.md, docs/reading.md)."),
    ] = None,
    extractor: Annotated[ExtractorName, typer.Option(help="Which reader finds the claims.")] = DEFAULT_EXTRACTOR,
    keep: Annotated[bool, typer.Option(help="Keep the original bytes of every report beside its reading.")] = True,
    silent: Annotated[bool, typer.Option(help="Keep readings that tell of nothing: no claim, no statement.")] = True,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="Parts that are read at once (default: one a core).")
    ] = None,
    runner: Annotated[Runner, typer.Option(help="Who reads: processes of this machine, or a Ray cluster.")] = (
        Runner.processes
    ),
    address: Annotated[
        str | None,
        typer.Option(metavar="HOST:PORT", help="The head of the Ray cluster (none: one here)."),
    ] = None,
) -> None:
    """Read any number of reports into files of readings, part by part; stopped, the same command goes on."""
    from marsad.scale.run import READINGS, SET_ASIDE, Task, map_reports

    if address is not None and runner is not Runner.ray:
        raise typer.BadParameter("--address goes with --runner ray")
    task = Task(source, output, replace(_how(published, columns, limit or [], extractor), keep=keep, silent=silent))
    engine = _engine(runner, address, jobs)
    progress = None
    try:
        with _telling() as tell:
            for progress in map_reports(task, engine):
                tell(progress)
    except KeyboardInterrupt:
        complain("interrupted; what is done is kept, and the same command goes on from there")
        raise typer.Exit(INTERRUPTED) from None
    assert progress is not None
    typer.echo(f"{_summary(progress)}; readings: {output}/{READINGS}")
    if progress.aside:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(progress.aside.items()))
        complain(f"set aside: {kinds}; {output}/{SET_ASIDE} says where and why")
        raise typer.Exit(1)


def _how(published: str | None, columns: str | None, limits: list[str], extractor: ExtractorName) -> "How":
    from marsad.scale.records import Given
    from marsad.scale.work import How

    reading, scale = _limits(limits)
    options = ReadOptions(columns_from(columns), replace(reading, faults=ALL))
    given = Given(None if published is None else parse_day(published), options)
    return How(given, ReadingOptions(extractor=extractor, places=True), scale)


def _limits(words: list[str]) -> "tuple[Limits, ScaleLimits]":
    from marsad.scale.limits import ScaleLimits

    reading, scale = with_both(Limits(), ScaleLimits(), words)
    if not all(getattr(scale, name) for name in names_of(scale)):
        raise BadInputError("--limit: limits of marsad map are 1 or more")
    return reading, scale


def _engine(runner: Runner, address: str | None, jobs: int | None) -> "Engine":
    from marsad.scale.engines import Cluster, Processes, jobs_of_this_machine

    if runner is Runner.ray:
        return Cluster(address, jobs)
    return Processes(jobs or jobs_of_this_machine())


@contextmanager
def _telling() -> "Iterator[Callable[[Progress], None]]":
    """Give what tells of progress: a bar where a person watches, else a line on standard error every half minute."""
    if not sys.stderr.isatty():
        yield _Lines().tell
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), "left", TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True, redirect_stdout=sys.stdout.isatty()) as bar:
        task = bar.add_task("", total=None)

        def tell(progress: "Progress") -> None:
            bar.update(task, total=progress.bytes_all, completed=progress.bytes_done, description=_summary(progress))

        yield tell


class _Lines:
    """Tells of progress in lines, for logs."""

    def __init__(self) -> None:
        self._begun = self._told = time.monotonic()
        self._before: int | None = None

    def tell(self, progress: "Progress") -> None:
        now = time.monotonic()
        if self._before is None:
            self._before = progress.readings
        if now - self._told >= TOLD_SECONDS:
            self._told = now
            speed = (progress.readings - self._before) / (now - self._begun)
            share = progress.bytes_done / max(progress.bytes_all, 1)
            complain(f"{share:.0%} of the input, {_summary(progress)}, {speed:.1f} a second")


def _summary(progress: "Progress") -> str:
    words = [f"{_some(progress.readings, 'reading')} in {_some(progress.parts, 'part')}"]
    words += [f"{progress.before:,} of them done before"] if progress.before else []
    words += [f"{_some(progress.skipped, 'record')} left out"] if progress.skipped else []
    words += [f"{progress.aside.total():,} set aside"] if progress.aside else []
    return ", ".join(words)


def _some(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"
