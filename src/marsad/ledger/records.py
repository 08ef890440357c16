"""Checks record claims against the ledger: holds, fails with the counter-example, or cannot be told for want of what.

A claim is checked under `low`, `best` and `high` apart: each time with that bound of every figure. It holds or fails
where all three agree. The ledger knows only what was read: what it lacks is said, and takes a "holds" back.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from marsad.ledger.entries import Ledger, LedgerIncident
from marsad.ledger.record_field import Entry, Field, RecordClaim, field_of, key_of, sum_of
from marsad.ledger.record_windows import Window
from marsad.ledger.record_words import TOP
from marsad.ledger.stated import days_published
from marsad.model import Figure

Verdict = Literal["holds", "fails", "can't tell"]
Bound = Literal["low", "best", "high"]
BOUNDS: tuple[Bound, ...] = ("low", "best", "high")
OPEN = 10**12
"""Stands for an end that is open upwards."""
GAP = timedelta(days=14)
"""A longer stretch without any report is a gap: whatever happened then may be unknown."""


@dataclass(frozen=True, slots=True)
class Under:
    """How a claim fares with one bound of every figure, and why, in words; `against` are the counter-examples."""

    verdict: Verdict
    why: str
    against: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """The verdict on a record claim: its reasons, the counter-examples, and what the ledger lacks (`missing`).

    `subject` is what the claim was taken to be of. `notes` say what the words leave open.
    """

    claim: RecordClaim
    verdict: Verdict
    why: str
    under: dict[Bound, Under]
    subject: Entry | None = None
    against: tuple[Entry, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def check_record(ledger: Ledger, claim: RecordClaim, days: Sequence[date] | None = None) -> Check:
    """Return whether a record claim holds by what the ledger knows; `days` are `report_days`, if they are at hand."""
    claim = replace(claim, window=_window(claim))
    known = field_of(ledger, claim)
    subject = _subject(known, claim)
    if claim.problem is not None:
        return _unknown(claim, None, claim.problem)
    if claim.window.problem is not None and not _is_of_one_event(claim):
        return _unknown(claim, subject, claim.window.problem)
    if subject is None and claim.measure != "brings_to":
        return _unknown(claim, None, _no_subject(claim))
    if claim.measure == "brings_to" and claim.low is None:
        return _unknown(claim, subject, "the words give no number that the total is brought to")
    judge = _JUDGES["count" if claim.measure == "rank" and not claim.by_size else claim.measure]
    under = {bound: judge(_Case(claim, known, subject, bound)) for bound in BOUNDS}
    missing = _missing(report_days(ledger) if days is None else days, claim, known, subject)
    if missing:
        under = {bound: _taken_back(one) for bound, one in under.items()}
    verdicts = {one.verdict for one in under.values()}
    verdict: Verdict = verdicts.pop() if len(verdicts) == 1 else "can't tell"
    return Check(
        claim,
        verdict,
        _reason(under),
        under,
        subject,
        max((one.against for one in under.values()), key=len),
        missing,
        _notes(claim, known, subject),
    )


def _is_of_one_event(claim: RecordClaim) -> bool:
    """Say whether a toll is brought to a number within one event: "raising the toll of the blast to 12"."""
    return claim.measure == "brings_to" and claim.window.words is None and bool(claim.incidents)


def _window(claim: RecordClaim) -> Window:
    """Return the window to compare in: what is summed or counted since a day takes that day in."""
    window = claim.window
    if claim.subject is not None and claim.measure != "brings_to":
        window = replace(window, end=max(window.end, claim.subject))
    is_sum = claim.measure == "brings_to" or (claim.measure == "rank" and not claim.by_size)
    return replace(window, sure=window.start) if is_sum and window.is_since else window


@dataclass(frozen=True, slots=True)
class _Case:
    """A claim with all that it is held against, under one bound."""

    claim: RecordClaim
    known: Field
    subject: Entry | None
    bound: Bound

    def value(self, figure: Figure) -> int:
        """Return the bound of a figure as a number."""
        found = getattr(figure, self.bound)
        return OPEN if found is None else int(found)

    @property
    def rivals(self) -> list[Entry]:
        """What the subject is compared with: all else in the window."""
        return [one for one in self.known.within(self.claim.window) if one is not self.subject]

    @property
    def own(self) -> int:
        """The subject's number."""
        assert self.subject is not None
        return self.value(self.subject.figure)


def _highest(case: _Case) -> Under:
    above = [one for one in case.rivals if case.value(one.figure) > case.own]
    return _extreme(case, above, "higher")


def _lowest(case: _Case) -> Under:
    below = [one for one in case.rivals if case.value(one.figure) < case.own]
    return _extreme(case, below, "lower")


def _extreme(case: _Case, beyond: list[Entry], word: str) -> Under:
    worst = sorted(beyond, key=lambda one: (-abs(case.value(one.figure) - case.own), one.day))
    unsure = [one for one in worst if case.value(one.figure) >= OPEN and one.figure.best <= case.own]
    if len(unsure) < len(worst):
        return Under("fails", f"{len(worst)} in the window {_are(worst)} {word}", tuple(worst))
    if unsure:
        return Under("can't tell", f"{len(unsure)} in the window {_are(unsure)} open upwards", tuple(unsure))
    return Under("holds", f"none in the window is {word}: it is compared with {len(case.rivals)}")


def _rank(case: _Case) -> Under:
    """Judge "the second deadliest" and "one of the deadliest"."""
    above = sorted(
        (one for one in case.rivals if case.value(one.figure) > case.own),
        key=lambda one: (-case.value(one.figure), one.day),
    )
    equal = sum(case.value(one.figure) == case.own for one in case.rivals)
    if case.claim.is_top:
        if len(above) < TOP:
            return Under("holds", f"it is among the {TOP} highest: {len(above)} in the window {_are(above)} higher")
        return Under(
            "fails", f"{len(above)} in the window are higher, so it is not among the {TOP} highest", tuple(above)
        )
    wanted = (case.claim.rank or 1) - 1
    if len(above) > wanted:
        return Under("fails", f"{len(above)} in the window {_are(above)} higher, not {wanted}", tuple(above))
    if len(above) + equal < wanted:
        return Under("can't tell", f"the ledger knows of {len(above)} higher in the window, not of {wanted}")
    return Under("holds", f"{len(above)} in the window {_are(above)} higher")


def _first(case: _Case) -> Under:
    assert case.subject is not None
    before = [one for one in case.rivals if one.day < case.subject.day]
    if before:
        return Under("fails", f"{len(before)} came before it in the window", tuple(before))
    return Under("holds", "none came before it in the window")


def _count(case: _Case) -> Under:
    """Judge "the second attack in 48 hours": how many there were, up to and with the one that is meant."""
    assert case.subject is not None
    wanted, day, window = case.claim.rank or 1, case.subject.day, case.claim.window
    sure = [one for one in case.rivals if one.day < day]
    same_day = [one for one in case.rivals if one.day == day]
    edge = [one for one in case.known.at_edge(window) if one.day < day]
    if len(sure) + 1 > wanted:
        return Under("fails", f"it is at least number {len(sure) + 1} in the window", tuple(sure))
    most = len(sure) + len(same_day) + len(edge) + 1
    if most < wanted:
        return Under("can't tell", f"the ledger knows of {most} in the window, not of {wanted}")
    told = f"{len(sure)}" if most == len(sure) + 1 else f"{len(sure)} to {most - 1}"
    return Under("holds", f"{told} came before it in the window")


def _brings_to(case: _Case) -> Under:
    window, claim = case.claim.window, case.claim
    sure, edge = case.known.within(window), case.known.at_edge(window)
    where = "of the window come"
    if _is_of_one_event(claim):
        sure, edge = [one for one in sure if claim.incidents & {each.id for each in one.incidents}], []
        where = "of this event come"
    total = case.value(sum_of(one.figure for one in sure))
    most = case.value(sum_of(one.figure for one in (*sure, *edge)))
    low, high = claim.low or 0, OPEN if claim.high is None else claim.high
    words = f"the figures {where} to {_number(total)}"
    if most != total:
        words += f", with those that may be in it to {_number(most)}"
    if total > high:
        if total >= OPEN and sum_of(one.figure for one in sure).best <= high:
            return Under("can't tell", words)
        return Under("fails", words, tuple(sure))
    if most < low:
        return Under("can't tell", f"{words}: {low - most} of those that are claimed are not in the ledger")
    return Under("holds", words)


_JUDGES: dict[str, Callable[[_Case], Under]] = {
    "highest": _highest,
    "lowest": _lowest,
    "rank": _rank,
    "first": _first,
    "count": _count,
    "brings_to": _brings_to,
}


def _subject(known: Field, claim: RecordClaim) -> Entry | None:
    """Return what the claim is of: the incidents it names, the unit of its day, else the newest that there is."""
    named = [one for one in known.entries if any(incident.id in claim.incidents for incident in one.incidents)]
    pool = named or [one for one in known.entries if _is_on(one, claim)]
    if not pool or claim.measure == "brings_to":
        return None
    newest = max(one.day for one in pool)
    same = [one for one in pool if one.day == newest]
    smallest = claim.measure == "lowest"
    return min(same, key=lambda one: (one.figure.best if smallest else -one.figure.best, one.key))


def _is_on(one: Entry, claim: RecordClaim) -> bool:
    if claim.subject is None and claim.span is None:
        return one.day <= claim.window.end
    if claim.span is not None:
        return one.day == claim.span[0]
    if claim.unit == "event" or claim.subject is None:
        return one.day == claim.subject
    return one.key == key_of(claim.subject, claim.unit)


def _no_subject(claim: RecordClaim) -> str:
    day = f" on {claim.subject}" if claim.subject else ""
    place = claim.place or (claim.where.name if claim.where else None)
    return f"the ledger has no such incident{f' in {place}' if place else ''}{day}"


def report_days(ledger: Ledger) -> tuple[date, ...]:
    """Return the days on which the ledger's reports came out, in order."""
    return days_published(ledger)


def _missing(days: Sequence[date], claim: RecordClaim, known: Field, subject: Entry | None) -> tuple[str, ...]:
    """Say what the ledger would have to know for a claim to be sure to hold."""
    if _is_of_one_event(claim):
        return ()
    return (*_uncovered(days, claim), *_loose(claim, known, subject))


def _uncovered(days: Sequence[date], claim: RecordClaim) -> Iterable[str]:
    if not days:
        yield "no report of the ledger says when it came out"
        return
    start, end = claim.window.sure, claim.window.end
    # A report tells of the day before it.
    first = days[0] - timedelta(days=1)
    if start is None:
        yield f"the words reach back to a day that they do not name; the ledger begins on {first}"
    elif first > start:
        yield f"the ledger begins on {first}, after the window does ({start})"
    before = [day for day in days if start is not None and day <= start]
    chain = [*before[-1:], *(day for day in days if day <= end and (start is None or day > start))]
    if not any(end <= day <= end + GAP for day in days):
        chain.append(end)
    for one, other in pairwise(chain):
        if other - one > GAP:
            yield f"no report came out between {one} and {other}"


def _loose(claim: RecordClaim, known: Field, subject: Entry | None) -> Iterable[str]:
    """Yield the incidents without a day or a place that would refute a claim if they belonged to the window."""
    found = [(incident, figure) for incident, figure in known.loose if _may_lie_in(incident, claim)]
    if subject is not None and (claim.measure == "highest" or claim.is_top):
        best = max((one.figure.best for one in known.within(claim.window) if one is not subject), default=0)
        add = 0 if claim.unit == "event" else best
        found = [(i, f) for i, f in found if (OPEN if f.high is None else f.high) + add > subject.figure.low]
    found = [(i, f) for i, f in found if subject is None or all(i.id != one.id for one in subject.incidents)]
    if found:
        ids = ", ".join(incident.id for incident, _ in found[:5])
        yield f"{len(found)} incidents that could belong to it lack a day or a place that is close enough: {ids}"


def _may_lie_in(incident: LedgerIncident, claim: RecordClaim) -> bool:
    when = incident.when
    if when is None:
        return True
    start, end = when.start or when.end, when.end or when.start
    window = claim.window
    after = start is not None and start > window.end
    before = end is not None and window.start is not None and end < window.start
    return not after and not before


def _taken_back(one: Under) -> Under:
    return replace(one, verdict="can't tell") if one.verdict == "holds" else one


def _reason(under: dict[Bound, Under]) -> str:
    told = list(dict.fromkeys(one.why for one in under.values()))
    if len(told) == 1:
        return told[0]
    return "; ".join(f"under {bound}: {one.why}" for bound, one in under.items())


def _notes(claim: RecordClaim, known: Field, subject: Entry | None) -> tuple[str, ...]:
    notes = [*claim.assumed]
    if claim.is_top:
        notes.append(f"“one of the” is held to: among the {TOP} highest")
    edge = [one for one in known.at_edge(claim.window) if one is not subject]
    own = subject.figure.best if subject else 0
    if edge and claim.measure == "highest":
        edge = [one for one in edge if one.figure.best > own]
    if edge:
        named = ", ".join(one.day.isoformat() for one in edge[:3])
        taken = "left out of the comparison" if claim.by_size and claim.measure != "brings_to" else "so either will do"
        notes.append(f"“{claim.window.words}” may or may not take in {named}: {taken}")
    rivals = [one for one in known.within(claim.window) if one is not subject]
    if subject is not None and claim.measure in ("highest", "lowest"):
        notes += [f"equalled by {one.key}" for one in rivals if one.figure.best == own][:3]
    if subject is not None and claim.measure in ("first", "rank") and not claim.by_size:
        same = sum(one.day == subject.day for one in rivals)
        notes += [f"{same} more on the same day: which came first is not told"] if same else []
    return tuple(notes)


def _unknown(claim: RecordClaim, subject: Entry | None, why: str) -> Check:
    return Check(claim, "can't tell", why, {bound: Under("can't tell", why) for bound in BOUNDS}, subject, (), (why,))


def _number(value: int) -> str:
    return "an open number" if value >= OPEN else str(value)


def _are(found: list[Entry]) -> str:
    return "is" if len(found) == 1 else "are"


def window_days(claim: RecordClaim) -> str:
    """Return a claim's window for reading."""
    start: date | None = claim.window.sure
    return f"{start or 'the first day'} to {claim.window.end}"
