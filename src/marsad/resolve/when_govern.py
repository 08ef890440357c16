"""Which time governs a claim that has no time words of its own: its sentence's, its paragraph's, or its event's."""

from collections.abc import Iterable
from dataclasses import replace

from marsad.model import Claim
from marsad.resolve.when_reckon import Interval
from marsad.resolve.when_timeline import Dated, Timeline, holding

# Detention, abduction and displacement are told as background too often to take the day of what stands beside them.
_HARMS_OF_EVENTS = frozenset({"killed", "injured", "casualties", "missing"})


def govern(claim: Claim, timeline: Timeline) -> Dated | None:
    """Return the time that governs `claim`, or None where the report does not tell it.

    First a time of the claim's own sentence; then, for deaths and injuries of an event, the event last told of in the
    paragraph, then the report's.
    """
    if claim.span.within == "title":
        return event_of_report(timeline)
    at = claim.span.start
    sentence = holding(timeline.sentences, at)
    if sentence is not None:
        near = _nearest((t for t in timeline.within(sentence) if _suits(t, claim)), at)
        if near is not None:
            return near
    if claim.harm not in _HARMS_OF_EVENTS or claim.scope == "cumulative":
        return None
    paragraph = holding(timeline.paragraphs, at)
    if paragraph is not None:
        before = [t for t in timeline.within(paragraph) if t.event and t.words.start < at]
        if before:
            return before[-1]
    return event_of_report(timeline)


def _suits(time: Dated, claim: Claim) -> bool:
    """Whether a time of the claim's sentence can be the claim's: windows are for sums, arrests for the arrested."""
    if time.days is None or time.words.first.form == "part_of_day" or time.cue in ("told", "stamp"):
        return False
    if time.cue == "after" and claim.harm not in ("detained", "captured"):
        return False
    return claim.scope != "incident" or (time.words.first.form != "span" and time.words.mode != "since")


def _nearest(times: Iterable[Dated], at: int) -> Dated | None:
    return min(times, key=lambda t: abs(t.words.start - at), default=None)


def event_of_report(timeline: Timeline) -> Dated | None:
    """Return the time of the event that the report is about.

    The first at which it says that harm was done; else any day it tells of; else the day on which somebody told of
    the harm; else, where only an hour is given, the day of publication.
    """
    events = [t for t in timeline.times if t.event]
    for cues in (("harm",), ("none", "died")):
        for time in events:
            if time.cue in cues:
                return time
    return _event_by_saying(timeline)


def _event_by_saying(timeline: Timeline) -> Dated | None:
    today = timeline.evidence.today
    for time in timeline.times:
        if time.cue == "said" and time.short:
            return time
    for time in timeline.times:
        if today is not None and time.cue == "harm" and time.words.first.form == "part_of_day":
            return replace(time, days=Interval(today, today))
    return None
