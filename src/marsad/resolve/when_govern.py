"""Which time governs a claim that has no time words of its own: its sentence's, its paragraph's, or its event's."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

from marsad.model import Claim, Span, When
from marsad.resolve.when_days import Interval, make_when
from marsad.resolve.when_live import Heading
from marsad.resolve.when_timeline import Dated, Timeline, holding

# Detention, abduction and displacement are told as background too often to take the day of what stands beside them.
_VAGUE_FORMS = frozenset({"month", "rel_unit", "window"})
_REMEMBERED = timedelta(days=60)
_WINDOW_FORMS = frozenset({"year", "year_so_far", "window"})
# A claim shares the time of one before it within so many characters, a paragraph or two.
NEAR = 500
_HARMS_OF_EVENTS = frozenset({"killed", "injured", "casualties", "missing"})


def govern(claim: Claim, timeline: Timeline, carried: Sequence[tuple[Claim, When]]) -> When | None:
    """Return the time that governs `claim`, or None where the report does not tell it.

    First a time of the claim's own sentence; then, for deaths and injuries of an event, the event last told of in the
    paragraph, then the report's. `carried` are the claims before it with their own times, which later claims of the
    same kind share.
    """
    if claim.span.within == "title":
        return _event(timeline)
    at = claim.span.start
    near = in_sentence(claim, timeline)
    if near is not None:
        return when_of(near, timeline)
    heading = timeline.heading(at)
    if heading is not None and claim.scope == "incident":
        # An entry of a live blog tells of its own day.
        return _of_heading(heading, timeline)
    if claim.scope == "cumulative" or claim.harm not in _HARMS_OF_EVENTS:
        return _shared(claim, carried, timeline) or _window_before(claim, timeline)
    paragraph = holding(timeline.paragraphs, at)
    if paragraph is not None and claim.scope == "incident":
        before = [t for t in timeline.within(paragraph) if (t.event or t.unknown) and t.words.start < at]
        before = [t for t in before if not _is_background(t.days, timeline)]
        if before:
            return when_of(before[-1], timeline)
    return _shared(claim, carried, timeline) or _event(timeline)


def _of_heading(heading: Heading, timeline: Timeline) -> When:
    start, end = heading.span.start, heading.span.end
    quote = timeline.text[start:end]
    return make_when(quote, Interval(heading.day, heading.day), Span(start, end, quote))


def _shared(claim: Claim, carried: Sequence[tuple[Claim, When]], timeline: Timeline) -> When | None:
    """Return the time of the claim before, if it stands near and is of the same kind."""
    for other, when in reversed(carried):
        if claim.span.start - other.span.start > NEAR:
            return None
        alike = other.harm in _HARMS_OF_EVENTS if claim.harm in _HARMS_OF_EVENTS else other.harm == claim.harm
        days = Interval(when.start, when.end)
        if alike and other.scope == claim.scope and not _is_background(days, timeline):
            return when
    return None


def _is_background(days: Interval | None, timeline: Timeline) -> bool:
    """Whether a time lies so long before the report's event that it is remembered, not reported."""
    main = event_of_report(timeline)
    if main is None or main.days is None or main.days.start is None or days is None or days.end is None:
        return False
    return main.days.start - days.end > _REMEMBERED


def _window_before(claim: Claim, timeline: Timeline) -> When | None:
    """Return the window that opens the list in which a running total stands ("since early 2022", then the figures)."""
    if claim.scope == "incident":
        return None
    for time in reversed(timeline.starting(claim.span.start - NEAR + 1, claim.span.start)):
        wide = time.words.mode == "since" or time.words.first.form in _WINDOW_FORMS
        if wide and time.days is not None and time.cue not in ("told", "stamp"):
            return when_of(time, timeline)
    return None


def in_sentence(claim: Claim, timeline: Timeline) -> Dated | None:
    """Return the time of the claim's own sentence that can be its time, the nearest of several."""
    sentence = holding(timeline.sentences, claim.span.start)
    if sentence is None or claim.span.within == "title":
        return None
    return _nearest(
        (t for t in _possible(timeline.within(sentence), claim, timeline) if _suits(t, claim)), claim.span.start
    )


def _possible(times: Iterable[Dated], claim: Claim, timeline: Timeline) -> Iterable[Dated]:
    return (t for t in times if claim.modality != "asserted" or not yet_to_come(t, timeline))


def yet_to_come(time: Dated, timeline: Timeline) -> bool:
    """Whether a time lies after the report: a day on which no harm can have been done yet."""
    today, days = timeline.evidence.today, time.days
    return today is not None and days is not None and days.start is not None and days.start > today


def _suits(time: Dated, claim: Claim) -> bool:
    """Whether a time of the claim's sentence can be the claim's: windows are for sums, arrests for the arrested."""
    if (
        (time.days is None and not time.unknown)
        or time.words.first.form == "part_of_day"
        or time.cue in ("told", "stamp")
    ):
        return False
    if time.cue == "after" and claim.harm not in ("detained", "captured"):
        return False
    return claim.scope != "incident" or (time.words.first.form != "span" and time.words.mode in ("at", "range"))


def _nearest(times: Iterable[Dated], at: int) -> Dated | None:
    """Return the time nearest to offset `at`, one of harm before any other."""
    return min(times, key=lambda t: (t.cue != "harm", abs(t.words.start - at)), default=None)


@lru_cache(maxsize=2)
def event_of_report(timeline: Timeline) -> Dated | None:
    """Return the time of the event that the report is about.

    The first at which it says that harm was done; else any day it tells of; else the day on which somebody told of
    the harm; else, where only an hour is given, the day of publication.
    """
    events = [t for t in timeline.times if (t.event or t.unknown) and not yet_to_come(t, timeline)]
    for cues in (("harm",), ("none", "died")):
        for time in events:
            if time.cue in cues:
                return time
    vague = [t for t in timeline.times if t.cue == "harm" and t.words.first.form in _VAGUE_FORMS and t.days is not None]
    # Of several such times none is surely the report's own.
    return vague[0] if len({t.days for t in vague}) == 1 else _event_by_saying(timeline)


def _event_by_saying(timeline: Timeline) -> Dated | None:
    today = timeline.evidence.today
    for time in timeline.times:
        if time.cue == "said" and time.short:
            return time
    for time in timeline.times:
        if today is not None and time.cue == "harm" and time.words.first.form == "part_of_day":
            return replace(time, days=Interval(today, today))
    return None


def when_of(time: Dated, timeline: Timeline) -> When:
    """Return a time of the report as a value, with its words and span."""
    start, end = time.words.start, time.words.end
    quote = timeline.text[start:end]
    return make_when(quote, time.days, Span(start, end, quote))


def _event(timeline: Timeline) -> When | None:
    time = event_of_report(timeline)
    return None if time is None else when_of(time, timeline)
