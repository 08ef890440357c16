"""Claims from tables of numbers: each figure with its row's place and day and its column's harm; totals hold others.

What a table says it says by its form, so nothing here is guessed from words: a table without a heading that names a
harm, and rows that do not fit the heading, give no claims (`number_tables` tells of them).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from marsad.extract.certainty import CUMULATIVE, PERIOD
from marsad.extract.number_tables import HEAD_LINES, unread_tables
from marsad.extract.people import groups_of, status_of
from marsad.extract.scene import FULL, MONTH, find_means, find_times
from marsad.extract.table_columns import SUBTOTAL, TOTAL, Column, columns_of
from marsad.extract.table_grid import Grid, Line, find_grids, in_columns
from marsad.model import Claim, Count, Extraction, Link, Perpetrator, Span, Victims, Voice, When, Where
from marsad.vocabulary import Qualifier, Scope

TABLE = "table"
"""The extractor's name in claims."""
CONFIDENCE = 0.9
FIGURE = re.compile(
    r"(?P<least>at least|more than|over|about|around|approx\.?|some|up to|nearly|almost|[>≥~≈+])?\s*"
    r"(?P<number>\d{1,3}(?:[,.\u00a0\u202f' ]\d{3})+|\d{1,7})(?:\s*[-–]\s*(?P<high>\d{1,7}))?(?P<open>\s*\+)?"
    r"\s*(?:[*†‡a-e]{1,2}|\[\w{1,3}\]|\(\w{1,2}\))?",
    re.IGNORECASE,
)
QUALIFIERS: dict[str, Qualifier] = {
    "at least": "at_least", "≥": "at_least", "+": "at_least", "more than": "more_than", "over": "more_than",
    ">": "more_than", "about": "about", "around": "about", "approx": "about", "approx.": "about", "some": "about",
    "~": "about", "≈": "about", "up to": "up_to", "nearly": "nearly", "almost": "nearly",
}  # fmt: skip
NOTHING = re.compile(r"[-–—.…?*/]*|0|n\s*/?\s*a\.?|nil|none|unknown|not known", re.IGNORECASE)
DAYS = re.compile(
    rf"\b(?:the\s+)?(?:first|second|third|fourth|last)\s+(?:week|half|quarter)\s+of\s+(?:{MONTH}(?:\s+(?:19|20)\d\d)?|(?:19|20)\d\d)"
    rf"|\b\d{{1,2}}(?:\s+{MONTH})?\s*(?:[-–—]|to|and|until)\s*\d{{1,2}}\s+{MONTH}(?:,?\s+(?:19|20)\d\d)?"
    rf"|\b{MONTH}\s+\d{{1,2}}\s*(?:[-–—]|to|and)\s*(?:{MONTH}\s+)?\d{{1,2}}(?:,?\s+(?:19|20)\d\d)?"
    rf"|\b{MONTH}(?:\s+(?:19|20)\d\d)?\s*(?:[-–—]|to|and)\s*{MONTH}(?:\s+(?:19|20)\d\d)?",
    re.IGNORECASE,
)
MONTH_OR_YEAR = re.compile(rf"\b(?:{MONTH}\s+)?(?:19|20)\d\d\b|\b{MONTH}(?!\s+\d)", re.IGNORECASE)
STRETCH = re.compile(r"\b(?:week|month|quarter|year|weekly|monthly|annual|yearly|season|period)\b", re.IGNORECASE)
ONE_DAY = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}\b|\b{MONTH}\s+\d{{1,2}}\b|\d{{4}}-\d\d-\d\d|\d\d?[/.]\d\d?[/.]\d\d",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Told:
    """What a table came to: claims, the parts of its totals as (part, total), the stretch it fills, rows unread."""

    start: int
    end: int
    claims: tuple[Claim, ...]
    parts: tuple[tuple[str, str], ...]
    unread: int


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds for a whole table: its columns, and the time and the scope that its caption gives."""

    columns: tuple[Column, ...]
    when: When | None
    scope: Scope


def with_tables(found: Extraction, text: str, title: str | None) -> Extraction:
    """Return what a reader found, its claims inside tables replaced by what the tables say; ids in order of place."""
    tables = [told for grid in find_grids(text) if (told := read_grid(grid, title or ""))]
    unread = tuple(unread_tables(text, {told.start for told in tables}))
    if not tables:
        return replace(found, warnings=(*found.warnings, *unread))
    kept = [claim for claim in found.claims if not any(_inside(claim, told) for told in tables)]
    ordered = sorted(
        [*kept, *(claim for told in tables for claim in told.claims)],
        key=lambda one: (one.span.within != "title", one.span.start, -one.span.end),
    )
    names = {claim.id: f"c{number}" for number, claim in enumerate(ordered, 1)}
    links = [*found.links, *(Link(part, whole, "part", 1.0) for told in tables for part, whole in told.parts)]
    return Extraction(
        tuple(replace(claim, id=names[claim.id]) for claim in ordered),
        tuple(
            replace(link, left=names[link.left], right=names[link.right])
            for link in links
            if link.left in names and link.right in names
        ),
        (*found.warnings, *(warning for told in tables for warning in _warnings(told)), *unread),
    )


def _inside(claim: Claim, told: Told) -> bool:
    return claim.span.within == "text" and told.start <= claim.span.start < told.end


def _warnings(told: Told) -> Iterator[str]:
    if told.unread:
        row = "row of a table of numbers does" if told.unread == 1 else "rows of a table of numbers do"
        yield f"{told.unread} {row} not fit its heading, and gave no claims"


def read_grid(grid: Grid, title: str = "") -> Told | None:
    """Return what a table says; None for one without a heading that names a harm, or without figures below it."""
    for at, head in enumerate(grid.lines[: min(HEAD_LINES, len(grid.lines) - 1)]):
        columns = columns_of(head, grid.captions)
        if any(one.role == "harm" for one in columns):
            rows = grid.lines[at + 1 :]
            when, scope = _time_of(grid.captions, title)
            return _told(_Rows(Frame(columns, when, scope), head), head, rows)
    return None


def _told(reader: "_Rows", head: Line, rows: Sequence[Line]) -> Told | None:
    for row in rows:
        reader.read(row)
    if not reader.claims:
        return None
    return Told(head.start, rows[-1].end, tuple(reader.claims), tuple(reader.parts), reader.unread)


class _Rows:
    """Reads the rows of one table from the top: which labels go on below, and which figures a total adds up."""

    def __init__(self, frame: Frame, head: Line) -> None:
        self.claims: list[Claim] = []
        self.parts: list[tuple[str, str]] = []
        self.unread = 0
        self._frame, self._head = frame, head
        self._carried: dict[int, Span] = {}
        # Per column: figures since the last subtotal, and figures that no total but the last may hold.
        self._open: dict[int, list[str]] = {}
        self._under: dict[int, list[str]] = {}

    def read(self, row: Line) -> None:
        """Take one row: its figures become claims, and parts of a total where it is one."""
        cells = in_columns(row, self._head)
        if cells is None or not self._fits(cells):
            self.unread += any(character.isdigit() for cell in row.cells for character in cell.quote)
            return
        total = next((cell for cell, column in self._labels(cells) if cell and TOTAL.fullmatch(cell.quote)), None)
        scene = self._scene(cells, total is not None)
        made = {}
        for at, (cell, column) in enumerate(zip(cells, self._frame.columns, strict=True)):
            if cell is not None and column.harm is not None and (count := figure_of(cell.quote)):
                made[at] = self._claim(cell, column, count, scene)
        self._hold_in_row(made)
        for at, claim in made.items():
            self._hold_in_column(at, claim, total)
        self.claims += made.values()

    def _labels(self, cells: Sequence[Span | None]) -> Iterator[tuple[Span | None, Column]]:
        for cell, column in zip(cells, self._frame.columns, strict=True):
            if column.harm is None:
                yield cell, column

    def _fits(self, cells: Sequence[Span | None]) -> bool:
        figures = [c for c, column in zip(cells, self._frame.columns, strict=True) if c and column.harm is not None]
        return all(FIGURE.fullmatch(one.quote) or NOTHING.fullmatch(one.quote) for one in figures)

    def _scene(self, cells: Sequence[Span | None], total: bool) -> Claim:
        """Return an empty claim with what the labels of a row say; a label that is left out goes on from above."""
        told: dict[str, Span] = {}
        # A row without any label of its own is the torn half of another.
        goes_on = any(cell for cell, _ in self._labels(cells))
        for at, (cell, column) in enumerate(zip(cells, self._frame.columns, strict=True)):
            role = self._role(at, column, cell)
            if column.harm is not None or role == "none" or total:
                continue
            found = cell or (self._carried.get(at) if goes_on and role in ("day", "place") else None)
            if found is not None and not NOTHING.fullmatch(found.quote):
                self._carried[at] = found
                told.setdefault(role, found)
        return _scene_claim(told, self._frame, total)

    def _role(self, at: int, column: Column, cell: Span | None) -> str:
        """Return what a label is; one of a first column without a heading is a day or a place by its look."""
        if at or column.role != "none" or cell is None or (cell.quote.isdigit() and not YEAR.fullmatch(cell.quote)):
            return column.role
        return "day" if is_time(cell.quote) else "place" if cell.quote[:1].isupper() else "none"

    def _claim(self, cell: Span, column: Column, count: Count, scene: Claim) -> Claim:
        people = column.people
        words = people.quote if people else None
        at = cell.quote.index(count.words)
        span = Span(cell.start + at, cell.start + at + len(count.words), count.words)
        victims = Victims(words, status_of(words or ""), None, groups_of(words or ""), people)
        assert column.harm is not None
        return replace(scene, id=f"t{cell.start}", span=span, harm=column.harm, count=count, victims=victims)

    def _hold_in_row(self, made: dict[int, Claim]) -> None:
        """Put figures of one row in one another: "of whom children", and civilians and soldiers in all the killed."""
        columns = self._frame.columns
        for at, claim in made.items():
            before = [one for one in made if one < at and columns[one].harm == claim.harm]
            if columns[at].role == "part" and before:
                whole = max(one for one in before if columns[one].role == "harm")
                self.parts.append((claim.id, made[whole].id))
            elif columns[at].role == "harm" and columns[at].people is not None:
                wholes = [one for one in made if columns[one] == Column("harm", claim.harm)]
                if len(wholes) == 1:
                    self.parts.append((claim.id, made[wholes[0]].id))

    def _hold_in_column(self, at: int, claim: Claim, total: Span | None) -> None:
        opened, under = self._open.setdefault(at, []), self._under.setdefault(at, [])
        if total is None:
            opened.append(claim.id)
            return
        if SUBTOTAL.match(total.quote) or not (opened or under):
            self.parts += [(part, claim.id) for part in opened]
            under.append(claim.id)
        else:
            self.parts += [(part, claim.id) for part in (*opened, *under)]
            under.clear()
        opened.clear()


def _scene_claim(told: dict[str, Span], frame: Frame, total: bool) -> Claim:
    day, place, source = told.get("day"), told.get("place"), told.get("source")
    when = When(day.quote, span=day) if day else frame.when
    scope = frame.scope if day is None else "period" if _is_long(day.quote) else "incident"
    doer, means = told.get("doer"), told.get("means")
    return Claim(
        id="",
        span=Span(0, 0, ""),
        harm="killed",
        count=Count("", None, "exact", 0, 0, 0),
        victims=Victims(None),
        perpetrators=(Perpetrator(doer.quote, span=doer),) if doer else (),
        when=when,
        where=Where(place.quote, span=place) if place else None,
        according_to=Voice(source.quote, span=source) if source else None,
        means=find_means(means.quote) if means else None,
        # A sum over several events is none itself.
        scope="period" if total and scope == "incident" else scope,
        extractor=TABLE,
        confidence=CONFIDENCE,
    )


def figure_of(words: str) -> Count | None:
    """Return how many people a cell means; None for an empty one, for none, and for one that holds anything else."""
    found = FIGURE.fullmatch(words.strip())
    if found is None or NOTHING.fullmatch(words.strip()):
        return None
    number = int(re.sub(r"\D", "", found["number"]))
    if not number:
        return None
    said = words[: found.end("open") if found["open"] else found.end("high") if found["high"] else found.end("number")]
    said = said.strip()
    if found["high"] and int(found["high"]) > number:
        high = int(found["high"])
        return Count(said, number, "range", number, number, high, high)
    qualifier: Qualifier = "at_least" if found["open"] else QUALIFIERS.get((found["least"] or "").lower(), "exact")
    low = number + 1 if qualifier == "more_than" else 0 if qualifier == "up_to" else number
    best = number if qualifier == "up_to" else low
    return Count(said, number, qualifier, low, best, None if qualifier in ("at_least", "more_than") else number)


def is_time(words: str) -> bool:
    """Say whether a label is a day, a month or a year."""
    return any(form.match(words) for form in (YEAR, ONE_DAY, DAYS, MONTH_OR_YEAR)) or bool(find_times(words))


def _is_long(words: str) -> bool:
    """Say whether a time is longer than a day."""
    return bool(DAYS.search(words) or STRETCH.search(words)) or not _is_one_day(words)


def _is_one_day(words: str) -> bool:
    return bool(ONE_DAY.search(words)) or (not MONTH_OR_YEAR.search(words) and bool(find_times(words)))


def _time_of(captions: Sequence[Span], title: str) -> tuple[When | None, Scope]:
    """Return the time that the lines above a table give, else its report's title, and the scope of such a time."""
    for line in (*captions, Span(0, len(title), title, "title")):
        words = _time_words(line.quote)
        if words is not None:
            start, end = words
            quote = line.quote[start:end]
            span = Span(line.start + start, line.start + end, quote, line.within)
            return When(quote, span=span), _scope_of(line.quote, quote)
        if line.quote and (STRETCH.search(line.quote) or CUMULATIVE.search(line.quote)):
            return None, "cumulative" if CUMULATIVE.search(line.quote) else "period"
    return None, "incident"


def _time_words(line: str) -> tuple[int, int] | None:
    if found := DAYS.search(line):
        return found.span()
    times = find_times(line)
    if times:
        return times[0].start, times[0].end
    found = re.search(FULL, line, re.IGNORECASE) or MONTH_OR_YEAR.search(line)
    return found.span() if found else None


def _scope_of(line: str, time: str) -> Scope:
    if CUMULATIVE.search(line) or re.match(r"since\b", time, re.IGNORECASE):
        return "cumulative"
    return "period" if _is_long(time) or PERIOD.search(line) or STRETCH.search(line) else "incident"
