"""What comes in, for every command that reads: files and folders, progress, what was left out and what failed."""

import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from marsad.cli.console import complain
from marsad.cli.fetching import KnownInputError, Web, limits_from
from marsad.errors import BadInputError
from marsad.fetch.address import is_address
from marsad.model import Report
from marsad.read import ReadOptions, parse_day
from marsad.read.files import files_of
from marsad.read.items import Item, RemarkError, SkippedInputError
from marsad.read.language import unread_language
from marsad.read.rows import columns_from
from marsad.read.source import read_file
from marsad.reading import Made

if TYPE_CHECKING:
    from rich.progress import Progress

SourcesArgument = Annotated[
    list[str],
    typer.Argument(
        help="Files, folders, addresses (https://…), or - for standard input: text, Markdown, HTML, PDF, Word, e-mail, "
        "JSON, CSV, Excel, zip."
    ),
]
PublishedOption = Annotated[
    str | None, typer.Option(metavar="DAY", help="Publication day of reports that carry none: 2019-04-20.")
]
MapOption = Annotated[
    str | None,
    typer.Option(
        "--map", metavar="KEY=COLUMN,…", help="Columns of tables: text=notes,published=event_date,title=head."
    ),
]
LimitOption = Annotated[
    list[str] | None,
    typer.Option("--limit", metavar="NAME=NUMBER", help="Another limit (docs/reading.md): pdf_pages=50."),
]
# From so many files on that were left out or failed, their reasons are told together at the end.
MANY = 10
REASONS = 6
LONGEST_REASON = 60
OcrOption = Annotated[
    bool, typer.Option("--ocr", help="Read scanned pages and pictures of text too (needs the program tesseract).")
]


@dataclass(slots=True)
class Received:
    """Takes reports from sources, says what was left out and what failed, and counts."""

    sources: list[str]
    day: date | None
    options: ReadOptions
    web: Web = field(default_factory=Web)
    takes_readings: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)

    def originals(self) -> Iterator[tuple[Report, bytes]]:
        """Yield the reports with their bytes; everything else is one line on standard error."""
        for item in self.coming():
            assert isinstance(item, tuple)
            yield item

    def coming(self) -> Iterator[tuple[Report, bytes] | Made]:
        """Yield like `originals`; where readings are taken, those of files that hold them beside the reports."""
        with closing(self.web), _bar(self.sources) as progress:
            task = None if progress is None else progress.add_task("", total=_files_in(self.sources))
            for path in (path for source in self.sources for path in _parts_of(source)):
                self.counts["files"] += isinstance(path, str)
                for item in [path] if isinstance(path, BadInputError) else self._items(path):
                    if isinstance(item, BadInputError):
                        self._tell(item)
                    else:
                        self._count(item.reading.report if isinstance(item, Made) else item[0])
                        yield item
                if progress is not None and task is not None:
                    progress.advance(task)

    def _items(self, path: str) -> Iterator[Item | Made]:
        if self.takes_readings and not is_address(path):
            from marsad.scale.shards import holds_readings, readings_of

            if holds_readings(path):
                return readings_of(path)
        return (self.web.items if is_address(path) else read_file)(path, self.day, self.options)

    def reports(self) -> Iterator[Report]:
        """Yield like `originals`, without the bytes."""
        for report, _ in self.originals():
            yield report

    @property
    def expected(self) -> int:
        """Return how many files there are to read, archives counting as one."""
        return _files_in(self.sources)

    @property
    def failed(self) -> bool:
        """Say whether the exit code must be 1: something failed, or all that came was left out."""
        return bool(self.counts["failed"] or (self.counts["skipped"] and not self.counts["read"]))

    def summary(self) -> str:
        """Return what came in, in one line."""
        words = [f"{self.counts['read']:,} reports in {self.counts['files']:,} files"]
        words += [f"{self.counts['skipped']:,} left out"] if self.counts["skipped"] else []
        words += [f"{self.counts['failed']:,} failed (named above)"] if self.counts["failed"] else []
        words += [f"{self.counts['foreign']:,} in languages that are not read"] if self.counts["foreign"] else []
        return ", ".join(words)

    def tell_summary(self) -> None:
        """Print what came in on standard error, where it was more than a person sees at a glance."""
        if self.counts["files"] > 1:
            complain(self.summary())
        for kind, words in (("skipped", "left out"), ("failed", "failed")):
            if self.counts[kind] >= MANY:
                complain(f"{words}: {self._why(kind)}")

    def _why(self, kind: str) -> str:
        """Return the commonest reasons why files were left out or failed."""
        found = sorted(((-count, why) for (one, why), count in self.reasons.items() if one == kind))
        told = "; ".join(f"{-count:,} × {why}" for count, why in found[:REASONS])
        return told + (f"; {len(found) - REASONS} more reasons" if len(found) > REASONS else "")

    def _tell(self, error: BadInputError) -> None:
        kinds = ((RemarkError, "remarks"), (KnownInputError, "unchanged"), (SkippedInputError, "skipped"))
        became = next((name for kind, name in kinds if isinstance(error, kind)), "failed")
        self.counts[became] += 1
        self.reasons[became, _reason(str(error))] += 1
        complain(str(error))

    def _count(self, report: Report) -> None:
        self.counts["read"] += 1
        if language := unread_language(report.language):
            self.counts["foreign"] += 1
            complain(f"{report.source}: written in {language}, which is not read; no claims were looked for")


def _reason(line: str) -> str:
    """Return why a file was left out or failed, without its name, its numbers and the advice."""
    why = re.split(r";|\(", line.partition(": ")[2] or line)[0].strip()
    return re.sub(r"\d[\d,]*", "N", why)[:LONGEST_REASON]


def received(
    sources: list[str],
    published: str | None,
    columns: str | None = None,
    limits: Iterable[str] | None = None,
    web: Web | None = None,
    ocr: bool = False,
) -> Received:
    """Return what will come from `sources`, by the options as the user typed them."""
    web = web or Web(offline=True)
    reading, web.limits = limits_from(limits or ())
    options = ReadOptions(columns_from(columns), reading, ocr)
    return Received(sources, None if published is None else parse_day(published), options, web)


def _parts_of(source: str) -> Iterator[str | BadInputError]:
    return iter([source]) if is_address(source) else files_of(source)


def _files_in(sources: Iterable[str]) -> int:
    return sum(sum(len(names) for _, _, names in os.walk(one)) if Path(one).is_dir() else 1 for one in sources)


def _bar(sources: Iterable[str]) -> "Progress | nullcontext[None]":
    """Return a progress bar where a person watches standard error and there are files enough to wait for."""
    if not sys.stderr.isatty() or _files_in(sources) < 2:
        return nullcontext()
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), "files", TimeElapsedColumn(), "left", TimeRemainingColumn())
    # Left to itself, rich sends what a program prints through its own console, here standard error, even into a pipe.
    return Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=sys.stdout.isatty())
