"""Which time governs a claim that has no time words of its own: its sentence's, its paragraph's, or its event's."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from marsad.model import Claim, Report
from marsad.passages import Passage, paragraphs, sentences
from marsad.resolve.when_evidence import Evidence
from marsad.resolve.when_join import TimeWords, find_time_words, reckon_words
from marsad.resolve.when_reckon import Clock, Interval

# The day on which somebody spoke is not the day on which the harm was done.
_SPOKE = re.compile(
    r"\b(?:said|says|told|announced|reported|confirmed|stated|wrote|tweeted|declared|warned|added|statement|press\s+release"
    r"|published|released|issued|posted|updated|news\s+conference|briefing|interview|report|according\s+to|speaking"
    r"|condemned|denied|vowed|urged|called|visited|arrived|met|court|hearing|appeared|sentenced|pleaded|convicted)\b"
    r"(?:\s+[\w'’&.-]+){0,5}?[\s,]*(?:on|in|late|early|earlier|in\s+a\s+statement)?[\s,]*(?:late\s+|early\s+)?$",
    re.IGNORECASE,
)
_EVENT_FORMS = frozenset(
    {"day_month", "month_day", "iso", "figures", "slashed", "weekday", "named_day", "day_of_month", "feast", "shift",
     "beside", "same", "ago", "weekend"}
)  # fmt: skip
# A day that claims of one event may share is a day, or a few.
_LONGEST_EVENT_DAYS = 6


@dataclass(frozen=True, slots=True)
class Dated:
    """A time expression of a report's text with the days it means; `told` marks the day of a report, not of harm."""

    words: TimeWords
    days: Interval | None
    told: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """All times of a report in order, with its sentences and paragraphs to look them up by."""

    times: tuple[Dated, ...]
    sentences: tuple[Passage, ...]
    paragraphs: tuple[Passage, ...]
    evidence: Evidence

    def within(self, passage: Passage) -> list[Dated]:
        """Return the times that start inside `passage`."""
        return [t for t in self.times if passage.start <= t.words.start < passage.end]

    def clock_at(self, at: int) -> Clock:
        """Return the clock for words at offset `at`: what the text told before them."""
        before = [t for t in self.times if t.words.end <= at]
        anchor = next((t.days for t in reversed(before) if _is_event(t)), None)
        period = next((t.days for t in reversed(before) if t.days is not None and not t.told), None)
        return self.evidence.clock(anchor, period)


def make_timeline(report: Report, evidence: Evidence) -> Timeline:
    """Return the times of `report`, each reckoned from its publication day and from the times before it."""
    text = report.text
    clock = evidence.clock()
    times: list[Dated] = []
    for words in find_time_words(text):
        told = bool(_SPOKE.search(text, max(0, words.start - 60), words.start))
        time = Dated(words, reckon_words(words, clock), told)
        times.append(time)
        if _is_event(time):
            clock = replace(clock, anchor=time.days)
        if time.days is not None and not told:
            clock = replace(clock, period=time.days)
        if clock.today is None and words.absolute and time.days and time.days.end:
            clock = replace(clock, year=time.days.end.year)
    return Timeline(tuple(times), tuple(sentences(text)), tuple(paragraphs(text)), evidence)


def _is_event(time: Dated) -> bool:
    days = time.days
    if time.told or days is None or days.start is None or days.end is None:
        return False
    return bool(time.words.forms & _EVENT_FORMS) and (days.end - days.start).days < _LONGEST_EVENT_DAYS


def holding(passages: Sequence[Passage], at: int) -> Passage | None:
    """Return the passage that holds offset `at`."""
    n = bisect_right(passages, at, key=lambda p: p.start) - 1
    return passages[n] if n >= 0 and at < passages[n].end else None


def govern(claim: Claim, timeline: Timeline) -> Dated | None:
    """Return the time that governs `claim`, or None where the report does not tell it."""
    if claim.span.within == "title":
        return _event_of_report(timeline)
    sentence = holding(timeline.sentences, claim.span.start)
    paragraph = holding(timeline.paragraphs, claim.span.start)
    for passage in (sentence, paragraph):
        if passage is None:
            continue
        near = _nearest([t for t in timeline.within(passage) if _is_event(t)], claim.span.start, passage is paragraph)
        if near is not None:
            return near
    return _event_of_report(timeline)


def _nearest(times: Iterable[Dated], at: int, backwards: bool) -> Dated | None:
    """Return the time nearest to offset `at`; `backwards` only those told before it."""
    wanted = [t for t in times if not backwards or t.words.start < at]
    return min(wanted, key=lambda t: abs(t.words.start - at), default=None)


def _event_of_report(timeline: Timeline) -> Dated | None:
    return next((t for t in timeline.times if _is_event(t)), None)
