"""When: from words of time to days, and from a report's claims to the days they tell of."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from marsad.model import Claim, Report, When
from marsad.resolve.when_clock import Clock
from marsad.resolve.when_days import Interval, date_prec, make_when
from marsad.resolve.when_govern import govern, in_sentence, when_of, yet_to_come
from marsad.resolve.when_join import TimeWords, choose, find_time_words, reckon_words
from marsad.resolve.when_timeline import Timeline, make_timeline

__all__ = ["date_prec", "find_times", "read_time", "resolve_when"]

SINCE_CLAUSE = re.compile(r"\bsince\s+(?:[\w’'-]+\s+){1,6}$", re.IGNORECASE)
"""The clause of a beginning before its year: "since it broke out in", "since the uprising began in"."""
TABLE = "table"
"""The extractor of the figures of tables: the day that opens a row is that of its figures, not of the report."""
WHEN_CLAUSE = re.compile(r"\s*,?\s+when\b", re.IGNORECASE)
"""What makes of a beginning the day of something done."""


def read_time(words: str, published: date | None, anchor: date | None = None) -> When:
    """Return the days that the words of one time expression mean.

    Relative words count from `published`; "two days later" and "the same day" from `anchor`, the day of the event told
    before. What neither tells keeps its words and has no days.
    """
    return make_when(words, _reckon_text(words, Clock(published, Interval(anchor, anchor) if anchor else None)))


def find_times(text: str, published: date | None = None) -> tuple[When, ...]:
    """Return the time expressions of `text` with their spans, each resolved as far as `published` and `text` tell."""
    report = Report("", text, published=published)
    timeline = make_timeline(report)
    return tuple(when_of(time, timeline) for time in timeline.times)


def resolve_when(report: Report, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return `claims` with their times resolved, those without time words by the time that governs them."""
    if not claims:
        return ()
    timeline = make_timeline(report)
    carried: list[tuple[Claim, When]] = []
    resolved: dict[str, When | None] = {}
    for claim in sorted(claims, key=lambda c: (c.span.within, c.span.start, c.id)):
        when = _resolve(claim, timeline, carried)
        resolved[claim.id] = when
        if when is not None and when.precision != "unknown" and _tells_itself(claim, timeline):
            carried.append((claim, when))
    return tuple(replace(claim, when=resolved[claim.id]) for claim in claims)


def _tells_itself(claim: Claim, timeline: Timeline) -> bool:
    """Whether a claim's time is its own, or that of a list of sums, and not one given for want of a better."""
    if claim.span.within != "text":
        return False
    return claim.scope != "incident" or bool(claim.when or in_sentence(claim, timeline))


def _resolve(claim: Claim, timeline: Timeline, carried: Sequence[tuple[Claim, When]]) -> When | None:
    own = None if claim.when is None or _foreign(claim.when, claim, timeline) else claim.when
    if own is None and claim.extractor == TABLE and claim.scope != "incident":
        # The sum under a table is not of its last row's day.
        return None
    if own is None or not own.text:
        governing = govern(claim, timeline, carried)
        if governing is None:
            return None
        open_ended = _left_open(Interval(governing.start, governing.end), claim, timeline)
        return make_when(governing.text, open_ended, governing.span)
    found = choose(list(find_time_words(own.text)))
    if found is not None and found.first.form == "part_of_day":
        governing = govern(claim, timeline, carried)
        days = _same_day(timeline, claim.span.start) if governing is None else Interval(governing.start, governing.end)
    else:
        days = None if found is None else _own_days(found, own, claim, timeline)
    return make_when(own.text, days, own.span)


def _foreign(own: When, claim: Claim, timeline: Timeline) -> bool:
    """Say whether words taken for a claim's time are something else.

    They may be the dateline, the day on which somebody told of the harm, a name made of a date, or a day yet to come,
    which is no day of harm done.
    """
    if own.span is None or own.span.within != "text" or claim.extractor == TABLE:
        return False
    met = timeline.meeting(own.span)
    if not met:
        return any(find_time_words(own.text or ""))
    if all(t.cue in ("told", "stamp") for t in met):
        return True
    return claim.modality == "asserted" and all(yet_to_come(t, timeline) for t in met)


def _same_day(timeline: Timeline, at: int) -> Interval | None:
    """A time of day without a day is the day of the news."""
    today = timeline.today_at(at)
    return None if today is None else Interval(today, today)


def _own_days(found: TimeWords, own: When, claim: Claim, timeline: Timeline) -> Interval | None:
    at = own.span.start if own.span is not None and own.span.within == "text" else claim.span.start
    if claim.scope != "incident" and found.mode == "at" and (found.first.form == "ago" or _since(own, timeline.text)):
        # A sum that began so many days ago, or "since it broke out in 2013", runs until the report.
        found = replace(found, mode="since")
    elif claim.scope == "incident" and found.mode == "since" and _then_it_was_done(own, timeline.text):
        found = replace(found, mode="at")
    days = reckon_words(found, timeline.clock_at(at, found))
    return None if days is None else _left_open(days, claim, timeline)


def _then_it_was_done(own: When, text: str) -> bool:
    """Say whether a beginning is the day itself: "has been closed since 4 May, when its owner was shot"."""
    return own.span is not None and own.span.within == "text" and bool(WHEN_CLAUSE.match(text, own.span.end))


def _since(own: When, text: str) -> bool:
    """Say whether the words of a time end a clause that "since" opens."""
    return (
        own.span is not None
        and own.span.within == "text"
        and bool(SINCE_CLAUSE.search(text[max(0, own.span.start - 80) : own.span.start]))
    )


def _left_open(days: Interval, claim: Claim, timeline: Timeline) -> Interval:
    """A running total of a year, in a report of unknown day: nobody knows how far it had run."""
    if claim.scope == "cumulative" and timeline.evidence.today is None and days.start != days.end:
        return replace(days, end=None)
    return days


def _reckon_text(text: str, clock: Clock) -> Interval | None:
    words = choose(list(find_time_words(text)))
    return None if words is None else reckon_words(words, clock)
