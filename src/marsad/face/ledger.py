"""A ledger in Python: add to it, ask it, trace it, give it away. Every call reads what is recorded at that moment."""

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from getpass import getuser
from pathlib import Path
from typing import Any, TypedDict, Unpack

from marsad.answers.rows import INCIDENT_COLUMNS, TOLL_COLUMNS, incident_row, toll_row, trace_to_json
from marsad.answers.words import running_words
from marsad.errors import BadInputError
from marsad.export.gather import Wish
from marsad.export.profiles import require_profile
from marsad.export.run import Exported, meta_bytes
from marsad.export.run import export as make_export
from marsad.extract import DEFAULT_EXTRACTOR, ExtractorName
from marsad.face.reading import as_day
from marsad.face.tables import Table, Tree
from marsad.imports.compare import Comparison, Named
from marsad.imports.compare import compare as make_comparison
from marsad.ledger import TITLES, Policy, Selection, build_ledger, require_policy, select, toll, trace
from marsad.ledger import Ledger as Derived
from marsad.ledger.tolls import Standing, require_by, require_standing
from marsad.model import Report
from marsad.monitor import Recorder, ingest
from marsad.placing import write_output
from marsad.read import read_originals
from marsad.reading import ReadingOptions, make_reading
from marsad.relink import link_book
from marsad.store import default_ledger, open_book

Source = str | os.PathLike[str] | Report | Iterable[Report]


class Filters(TypedDict, total=False):
    """Which incidents to take; those of `marsad toll`. Days are dates or words such as 2019-04-20."""

    since: date | str | None
    until: date | str | None
    place: str | None
    perpetrator: str | None
    victims: str | None
    means: str | None
    source: str | None
    status: Standing | None
    min_sources: int


@dataclass(frozen=True, slots=True)
class Added:
    """What became of the reports that were added; `refused` says why each of those was not."""

    new: int = 0
    known: int = 0
    reread: int = 0
    refused: tuple[str, ...] = ()


class Ledger:
    """A ledger, by its file or database URL (default: the one that the command line uses).

    `as_of` (a day, a date or a moment) asks for what had been recorded until then, `policy` names whose figure is best.
    Raises LedgerError, which says what to do, for whatever cannot be opened or read.
    """

    def __init__(
        self,
        place: str | os.PathLike[str] | None = None,
        *,
        as_of: date | datetime | str | None = None,
        policy: str = "newest",
    ) -> None:
        self.place = default_ledger() if place is None else os.fspath(place)
        self.as_of = as_moment(as_of)
        self.policy: Policy = require_policy(policy)
        self._known: tuple[int, Derived] | None = None

    def __repr__(self) -> str:
        known = f" as of {self.as_of.isoformat()}" if self.as_of else ""
        return f"<Ledger {Path(self.place).name}{known}, {TITLES[self.policy]}>"

    def at(self, as_of: date | datetime | str | None) -> "Ledger":
        """Return the same ledger as of another moment."""
        return Ledger(self.place, as_of=as_of, policy=self.policy)

    def add(
        self,
        source: Source,
        *,
        published: date | str | None = None,
        extractor: ExtractorName = DEFAULT_EXTRACTOR,
        by: str | None = None,
        link: bool = True,
    ) -> Added:
        """Read a file, a report or several, and record what they say; made where there is none.

        Adding the same report again changes nothing. `link` judges afterwards which reports tell of one event.
        """
        options = ReadingOptions(extractor=extractor, places=True)
        recorder = Recorder(by or getuser(), extractor, lambda report: make_reading(report, options), _now)
        counts: Counter[str] = Counter()
        refused: list[str] = []
        with open_book(self.place, _now(), create=True) as book:
            for one in ingest(_items(source, published), book, recorder):
                counts[one.outcome] += 1
                refused += [str(one.reason)] if one.outcome == "refused" else []
            if link:
                link_book(book, _now)
        return Added(counts["new"], counts["known"], counts["reread"], tuple(refused))

    def toll(self, by: str = "perpetrator", **filters: Unpack[Filters]) -> Table:
        """Return how many came to harm, by one property: nobody twice, running totals beside, never added."""
        found = toll(self.derived(), require_by(by), _selection(filters))
        rows = [toll_row(row, found.policy) for row in found.rows]
        notes = [f"rule: {TITLES[found.policy]}"]
        notes += [f"left out: {found.undated} incidents without a day"] if found.undated else []
        notes += [f"beside, not added: {running_words(one)}" for one in found.running]
        return Table(TOLL_COLUMNS, rows, toll_row(found.total, found.policy), notes)

    def incidents(self, **filters: Unpack[Filters]) -> Table:
        """Return the incidents: when, where, who, whom, how many, and how many sources tell of each."""
        rows = [incident_row(one) for one in select(self.derived(), _selection(filters))]
        return Table(INCIDENT_COLUMNS, rows, notes=[f"rule: {TITLES[self.policy]}"])

    def trace(self, asked: str, **filters: Unpack[Filters]) -> Tree:
        """Return what an incident, a claim (report/c4), a report or a row of a toll rests on, down to the words."""
        return Tree(trace_to_json(trace(self.derived(), asked, _selection(filters))))

    def export(
        self,
        form: str,
        path: str | os.PathLike[str] | None = None,
        *,
        profile: str = "public",
        reviewed_only: bool = False,
        **filters: Unpack[Filters],
    ) -> Exported:
        """Return the ledger in a codebook's form, and write it to `path` with its facts beside it.

        `profile` says for whom (public, partner, internal): names stay in the house unless it is internal.
        """
        made = make_export(self.derived(), form, Wish(_selection(filters), require_profile(profile), reviewed_only))
        if path is not None:
            file = Path(path)
            write_output(file, made.written.content)
            write_output(file.with_name(f"{file.name}.meta.json"), meta_bytes({**made.meta, "file": file.name}))
        return made

    def compare(self, other: "Ledger", **filters: Unpack[Filters]) -> Comparison:
        """Return this count and another side by side: matched, only here, only there, tolls by month and province."""
        here, there = Named(Path(self.place).name, self.derived()), Named(Path(other.place).name, other.derived())
        return make_comparison(here, there, _selection(filters))

    def derived(self) -> Derived:
        """Return the derived ledger, for whoever needs all of it (marsad.ledger); kept until something is recorded."""
        with open_book(self.place, _now()) as book:
            acts = book.count()["acts"]
            if self._known is None or self._known[0] != acts:
                record = book.record()
                words = record.judgements, record.revisions
                self._known = acts, build_ledger(record.readings, *words, self.policy, self.as_of)
        return self._known[1]


def as_moment(moment: date | datetime | str | None) -> datetime | None:
    """Return a moment; a day alone means its last moment, in UTC, as on the command line."""
    if isinstance(moment, str):
        try:
            moment = datetime.fromisoformat(moment) if len(moment) > len("2019-04-20") else date.fromisoformat(moment)
        except ValueError as error:
            raise BadInputError(f"{moment!r} is no moment: write 2019-04-20 or 2019-04-20T18:00:00+00:00") from error
    if isinstance(moment, datetime):
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None if moment is None else datetime.combine(moment, time.max, UTC)


def _selection(filters: Filters) -> Selection:
    status = filters.get("status")
    return Selection(
        as_day(filters.get("since")),
        as_day(filters.get("until")),
        filters.get("place"),
        filters.get("perpetrator"),
        filters.get("min_sources", 1),
        filters.get("victims"),
        filters.get("means"),
        filters.get("source"),
        None if status is None else require_standing(status),
    )


def _items(source: Source, published: date | str | None) -> Iterable[Any]:
    if isinstance(source, Report):
        return [source]
    if isinstance(source, str | os.PathLike):
        return read_originals(os.fspath(source), as_day(published))
    return source


def _now() -> datetime:
    fixed = os.environ.get("MARSAD_NOW")
    moment = as_moment(fixed) if fixed else None
    return moment or datetime.now(UTC)
