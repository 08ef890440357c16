"""When: from words of time to days, and from a report's claims to the days they tell of."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from marsad.model import Claim, Report, Span, When
from marsad.resolve.when_govern import govern
from marsad.resolve.when_join import TimeWords, choose, find_time_words, reckon_words
from marsad.resolve.when_reckon import Clock, Interval, date_prec, precision_of
from marsad.resolve.when_timeline import Dated, Timeline, make_timeline

__all__ = ["date_prec", "find_times", "read_time", "resolve_when"]


def read_time(words: str, published: date | None, anchor: date | None = None) -> When:
    """Return the days that the words of one time expression mean.

    Relative words count from `published`; "two days later" and "the same day" from `anchor`, the day of the event told
    before. What neither tells keeps its words and has no days.
    """
    return _when(words, None, _reckon_text(words, Clock(published, Interval(anchor, anchor) if anchor else None)))


def find_times(text: str, published: date | None = None) -> tuple[When, ...]:
    """Return the time expressions of `text` with their spans, each resolved as far as `published` and `text` tell."""
    report = Report("", text, published=published)
    timeline = make_timeline(report)
    return tuple(_when_of(time, text) for time in timeline.times)


def resolve_when(report: Report, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return `claims` with their times resolved, those without time words by the time that governs them."""
    if not claims:
        return ()
    timeline = make_timeline(report)
    return tuple(replace(claim, when=_resolve(claim, report, timeline)) for claim in claims)


def _resolve(claim: Claim, report: Report, timeline: Timeline) -> When | None:
    own = claim.when
    if own is None or not own.text:
        governing = govern(claim, timeline)
        return None if governing is None else _when_of(governing, report.text)
    found = choose(list(find_time_words(own.text)))
    if found is not None and found.first.form == "part_of_day":
        governing = govern(claim, timeline)
        days = governing.days if governing is not None else _same_day(timeline)
    else:
        days = None if found is None else _own_days(found, own, claim, timeline)
    return _when(own.text, own.span, days)


def _same_day(timeline: Timeline) -> Interval | None:
    """A time of day without a day is the day of the news."""
    today = timeline.evidence.today
    return None if today is None else Interval(today, today)


def _own_days(found: TimeWords, own: When, claim: Claim, timeline: Timeline) -> Interval | None:
    at = own.span.start if own.span is not None and own.span.within == "text" else claim.span.start
    if claim.scope != "incident" and found.first.form == "ago" and found.mode == "at":
        # A sum that began so many days ago runs until the report.
        found = replace(found, mode="since")
    days = reckon_words(found, timeline.clock_at(at))
    if days is not None and claim.scope == "cumulative" and timeline.evidence.today is None and days.start != days.end:
        # A running total of a year, in a report of unknown day: nobody knows how far it had run.
        days = replace(days, end=None)
    return days


def _reckon_text(text: str, clock: Clock) -> Interval | None:
    words = choose(list(find_time_words(text)))
    return None if words is None else reckon_words(words, clock)


def _when(text: str | None, span: Span | None, days: Interval | None) -> When:
    if days is None:
        return When(text, span=span)
    return When(text, days.start, days.end, precision_of(days), span)


def _when_of(time: Dated, text: str) -> When:
    start, end = time.words.start, time.words.end
    return _when(text[start:end], Span(start, end, text[start:end]), time.days)
