"""The times of one report in order, each reckoned from what was told before it and marked by what happened then."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from marsad.model import Report, Span
from marsad.passages import Passage, paragraphs, sentences
from marsad.resolve.when_clock import Clock
from marsad.resolve.when_cues import Cue, cue_of
from marsad.resolve.when_days import Interval
from marsad.resolve.when_evidence import Evidence, is_stamp, read_evidence
from marsad.resolve.when_grammar import expressions
from marsad.resolve.when_join import TimeWords, join, reckon_words
from marsad.resolve.when_live import Heading, heading_of, is_live

_EVENT_FORMS = frozenset(
    {"day_month", "month_day", "iso", "figures", "slashed", "weekday", "named_day", "day_of_month", "feast", "shift",
     "beside", "same", "ago", "weekend"}
)  # fmt: skip
_NEED_A_DAY = frozenset({"weekday", "named_day", "day_month", "month_day"})
_NO_EVENT = frozenset({"told", "said", "after", "stamp"})
# What claims of one event may share is a day, or a few.
_LONGEST_EVENT_DAYS = 6
# A report that opens with a full date so much older than its publication is an archive's: its weekdays count from it.
_ARCHIVED_AFTER = timedelta(days=20)
_OPENING = 400
_BEGAN = re.compile(r"\b(?:launch(?:ed|es)?|beg[au]n|start(?:ed|s)?|erupted|broke\s+out)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dated:
    """A time expression of a report's text, the days it means, and what happened then ("stamp": the report's own)."""

    words: TimeWords
    days: Interval | None
    cue: Cue | Literal["stamp"]

    @property
    def event(self) -> bool:
        """Whether it is the day, or the few days, of something done."""
        return self.cue not in _NO_EVENT and self.short

    @property
    def unknown(self) -> bool:
        """Whether it is a day of something done that the report does not let one find."""
        return self.days is None and self.cue not in _NO_EVENT and self.words.first.form in _NEED_A_DAY

    @property
    def short(self) -> bool:
        """Whether it is a day or a few, told as a day and not as a window."""
        days = self.days
        if days is None or days.start is None or days.end is None or self.words.mode == "since":
            return False
        return bool(self.words.forms & _EVENT_FORMS) and (days.end - days.start).days < _LONGEST_EVENT_DAYS


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """All times of a report in order, with its sentences and paragraphs to look them up by; equal only to itself."""

    text: str
    times: tuple[Dated, ...]
    sentences: tuple[Passage, ...]
    paragraphs: tuple[Passage, ...]
    evidence: Evidence
    headings: tuple[Heading, ...] = ()

    def heading(self, at: int) -> Heading | None:
        """Return the heading that gives the day of the entry of a live blog at offset `at`."""
        return heading_of(self.headings, at)

    def today_at(self, at: int) -> date | None:
        """Return what day "today" is at offset `at`: the report's, or that of an entry of a live blog."""
        heading = self.heading(at)
        return heading.day if heading else self.evidence.today

    def within(self, passage: Passage) -> list[Dated]:
        """Return the times that start inside `passage`."""
        return list(self.starting(passage.start, passage.end))

    def starting(self, start: int, end: int) -> Sequence[Dated]:
        """Return the times that start at `start` or later, and before `end`."""
        first, stop = (bisect_left(self.times, at, key=lambda time: time.words.start) for at in (start, end))
        return self.times[first:stop]

    def meeting(self, span: Span) -> Sequence[Dated]:
        """Return the times that share letters with `span`."""
        first = bisect_right(self.times, span.start, key=lambda time: time.words.end)
        return self.times[first : bisect_left(self.times, span.end, key=lambda time: time.words.start)]

    def _beginning(self) -> Interval | None:
        """Return the day on which something began or was launched, as the text tells it."""
        for time in self.times:
            around = self.text[max(0, time.words.start - 80) : time.words.end + 60]
            day = time.days.start if time.days is not None and time.words.forms <= _EVENT_FORMS else None
            if day is not None and time.cue not in _NO_EVENT and _BEGAN.search(around):
                return Interval(day, day)
        return None

    def clock_at(self, at: int, words: TimeWords) -> Clock:
        """Return the clock for `words` at offset `at`: what the text told before them."""
        before = self.times[: bisect_right(self.times, at, key=lambda time: time.words.end)]
        anchor = next((t.days for t in reversed(before) if t.event), None)
        if words.first.form == "first_days":
            anchor = self._beginning() or anchor
        period = next((t.days for t in reversed(before) if t.days is not None and t.cue != "stamp"), None)
        return replace(self.evidence, today=self.today_at(at)).clock(anchor, period)


def holding(passages: Sequence[Passage], at: int) -> Passage | None:
    """Return the passage that holds offset `at`."""
    n = bisect_right(passages, at, key=lambda p: p.start) - 1
    return passages[n] if n >= 0 and at < passages[n].end else None


@lru_cache(maxsize=2)
def make_timeline(report: Report) -> Timeline:
    """Return the times of `report`, each reckoned from its publication day and from the times before it.

    The last two are remembered: what asks of a report's claims asks of its statements next.
    """
    single = tuple(expressions(report.text))
    evidence = read_evidence(report, single)
    found = tuple(join(report.text, single))
    times = tuple(_reckoned(report.text, found, evidence.clock()))
    written = _day_of_writing(times, evidence)
    if written != evidence:
        evidence, times = written, tuple(_reckoned(report.text, found, written.clock()))
    headings = tuple(_headings(times)) if is_live(report.text) else ()
    if headings:
        times = tuple(_reckoned(report.text, found, evidence.clock(), headings))
    cut = tuple(sentences(report.text)), tuple(paragraphs(report.text))
    return Timeline(report.text, times, *cut, evidence, headings)


def _headings(times: Sequence[Dated]) -> Iterator[Heading]:
    """Yield the days that stand as stamps: in a live blog the entries below are of them."""
    for time in times:
        days = time.days
        if time.cue == "stamp" and days is not None and days.start is not None and days.start == days.end:
            yield Heading(Span(time.words.start, time.words.end, ""), days.start)


def _reckoned(text: str, found: Sequence[TimeWords], clock: Clock, headings: Sequence[Heading] = ()) -> Iterator[Dated]:
    for words in found:
        heading = heading_of(headings, words.start - 1)
        if heading is not None and clock.today != heading.day:
            clock = replace(clock, today=heading.day, anchor=None)
        stamp = is_stamp(text, words.first)
        time = Dated(words, reckon_words(words, clock), "stamp" if stamp else cue_of(text, words.start, words.end))
        yield time
        if time.event:
            clock = replace(clock, anchor=time.days)
        if time.days is not None and not stamp:
            clock = replace(clock, period=time.days)
        if clock.today is None and words.absolute and time.short and time.days and time.days.end:
            clock = replace(clock, year=time.days.end.year)


def _day_of_writing(times: Sequence[Dated], evidence: Evidence) -> Evidence:
    """Take the event's own day for "today" in a report that was published, or filed, long after it was written."""
    opening = next((t for t in times if t.cue != "stamp" and t.words.first.form != "part_of_day"), None)
    if opening is None or evidence.today is None or not opening.words.absolute or not opening.short:
        return evidence
    day = opening.days.end if opening.days else None
    if opening.words.start > _OPENING or day is None or evidence.today - day < _ARCHIVED_AFTER:
        return evidence
    return replace(evidence, today=day)
