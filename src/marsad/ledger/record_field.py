"""What a record claim is held against: the incidents that it compares, by event, day, week, month or year."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from marsad.ledger.entries import Ledger, LedgerIncident
from marsad.ledger.names import plain_name
from marsad.ledger.record_windows import Window
from marsad.ledger.record_words import Measure, Unit
from marsad.ledger.stated import lies_in
from marsad.ledger.targets import Target, targets_of
from marsad.ledger.tolls import first_day, place_words
from marsad.model import ActorRef, Claim, Figure, Victims, Where
from marsad.vocabulary import Harm, Means, Status


@dataclass(frozen=True, slots=True)
class People:
    """A group or a side as a claim names it: its words, and the entries meant by them (parts of a side too)."""

    words: str
    entries: frozenset[str] = frozenset()
    status: Status | None = None

    def is_of(self, actor: ActorRef | None, text: str | None) -> bool:
        """Say whether somebody belongs to it, by their entry, else by its words."""
        if actor is not None and actor.id in self.entries:
            return True
        wanted = plain_name(self.words)
        return any(
            re.search(rf"\b{re.escape(wanted)}\b", plain_name(name)) for name in (text, actor and actor.name) if name
        )

    def harmed(self, victims: Victims) -> bool:
        """Say whether those who came to harm belong to it."""
        if self.status is not None and victims.status == self.status and not self.entries:
            return True
        return self.is_of(victims.actor, victims.text) or plain_name(self.words) in victims.groups


@dataclass(frozen=True, slots=True)
class RecordClaim:
    """A record claim with its parts as values; made of words by whoever knows the day, the places and the actors.

    `subject` is the day that is claimed to be, or to hold, the record; `incidents` are those it is said of, where they
    are known; `span` the days in a row that it is said of. `low` and `high` are the total that something is brought to.
    `problem` says why it cannot be held against a ledger, `assumed` what its words leave to be understood.
    """

    words: str
    measure: Measure
    unit: Unit
    window: Window
    harm: Harm | None = None
    rank: int | None = None
    is_top: bool = False
    by_size: bool = True
    low: int | None = None
    high: int | None = None
    where: Where | None = None
    place: str | None = None
    victims: People | None = None
    doers: People | None = None
    means: Means | None = None
    target: Target | None = None
    subject: date | None = None
    incidents: frozenset[str] = frozenset()
    span: tuple[date, date] | None = None
    problem: str | None = None
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One event, day, week, month or year that is compared: its first day, its figure, and what makes it up."""

    key: str
    day: date
    figure: Figure
    incidents: tuple[LedgerIncident, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """All that is compared, in order of time; `loose` are incidents that would belong to it, but lack day or place."""

    entries: tuple[Entry, ...]
    loose: tuple[tuple[LedgerIncident, Figure], ...] = field(default=())

    def within(self, window: Window) -> list[Entry]:
        """Return what lies in a window for sure."""
        return [one for one in self.entries if window.holds(one.day)]

    def at_edge(self, window: Window) -> list[Entry]:
        """Return what the words may or may not take in."""
        return [one for one in self.entries if window.may_hold(one.day) and not window.holds(one.day)]


def field_of(ledger: Ledger, claim: RecordClaim) -> Field:
    """Return what a claim compares: the ledger's incidents of its people, doers, means and place, in its units."""
    inside_of: list[tuple[LedgerIncident, Figure]] = []
    loose: list[tuple[LedgerIncident, Figure]] = []
    for incident in ledger.incidents:
        if not _is_near(incident, claim):
            continue
        figure = _figure(incident, claim)
        if figure is None or not _is_kind(incident, claim):
            continue
        inside = _is_inside(incident, claim)
        if inside is None or (inside and not _is_dated(incident, claim.unit)):
            loose.append((incident, figure))
        elif inside:
            inside_of.append((incident, figure))
    entries = _spans(inside_of, claim.span) if claim.span else _units(inside_of, claim.unit)
    return Field(tuple(sorted(entries, key=lambda one: (one.day, one.key))), tuple(loose))


def _is_near(incident: LedgerIncident, claim: RecordClaim) -> bool:
    """Say whether an incident can matter at all: only then are its claims looked at, which takes time."""
    day = first_day(incident)
    return day is None or claim.window.may_hold(day) or incident.id in claim.incidents


def _units(found: Sequence[tuple[LedgerIncident, Figure]], unit: Unit) -> list[Entry]:
    groups: dict[str, list[tuple[LedgerIncident, Figure]]] = {}
    for incident, figure in found:
        groups.setdefault(_KEYS[unit](incident), []).append((incident, figure))
    return [_entry(key, unit, group) for key, group in groups.items()]


def _spans(found: Sequence[tuple[LedgerIncident, Figure]], meant: tuple[date, date]) -> list[Entry]:
    """Return the days that are meant, and every run of as many days that begins with an incident and ends before."""
    days = meant[1] - meant[0]
    starts = {_day(incident) for incident, _ in found}
    runs = [meant, *((start, start + days) for start in sorted(starts) if start + days < meant[0])]
    out = []
    for start, end in runs:
        group = [(incident, figure) for incident, figure in found if start <= _day(incident) <= end]
        if group:
            figure = sum_of(figure for _, figure in group)
            out.append(Entry(f"{start} to {end}", start, figure, tuple(incident for incident, _ in group)))
    return out


def sum_of(figures: Iterable[Figure]) -> Figure:
    """Return the sum of figures; one open end opens it."""
    every = list(figures)
    highs = [one.high for one in every]
    high = None if None in highs else sum(one for one in highs if one is not None)
    return Figure(sum(one.low for one in every), sum(one.best for one in every), high)


def _entry(key: str, unit: Unit, found: Sequence[tuple[LedgerIncident, Figure]]) -> Entry:
    days = [day for incident, _ in found if (day := first_day(incident)) is not None]
    day = min(days) if unit == "event" else _start(min(days), unit)
    return Entry(key, day, sum_of(figure for _, figure in found), tuple(incident for incident, _ in found))


def _start(day: date, unit: Unit) -> date:
    starts = {"week": day - timedelta(days=day.weekday()), "month": day.replace(day=1)}
    return starts.get(unit, day.replace(month=1, day=1) if unit == "year" else day)


def _day(incident: LedgerIncident) -> date:
    day = first_day(incident)
    assert day is not None
    return day


_KEYS: dict[Unit, Callable[[LedgerIncident], str]] = {
    "event": lambda incident: incident.id,
    "day": lambda incident: _day(incident).isoformat(),
    "week": lambda incident: _start(_day(incident), "week").isoformat(),
    "month": lambda incident: _day(incident).isoformat()[:7],
    "year": lambda incident: _day(incident).isoformat()[:4],
    "span": lambda incident: _day(incident).isoformat(),
}


def key_of(day: date, unit: Unit) -> str:
    """Return by what the day, week, month or year of a day is known."""
    return _start(day, unit).isoformat()[: {"month": 7, "year": 4}.get(unit, 10)]


def _is_dated(incident: LedgerIncident, unit: Unit) -> bool:
    """Say whether an incident can be put into one unit: a stretch of days that crosses into the next one cannot."""
    when = incident.when
    if when is None or first_day(incident) is None:
        return False
    if unit == "event" or when.start is None or when.end is None:
        return when.precision != "since" or unit == "event"
    if unit == "span":
        # Days in a row are summed by the first day of each incident, as every window of the ledger is.
        return True
    return key_of(when.start, unit) == key_of(when.end, unit)


def _is_kind(incident: LedgerIncident, claim: RecordClaim) -> bool:
    doers = [p for p in incident.perpetrators if p.basis != "denied"]
    if claim.doers is not None and not any(claim.doers.is_of(p.actor, p.text) for p in doers):
        return False
    if claim.means is not None and incident.means != claim.means:
        return False
    return claim.target is None or claim.target in targets_of(incident)


def _is_inside(incident: LedgerIncident, claim: RecordClaim) -> bool | None:
    """Say whether an incident lies in the claim's place; None where nobody says where it was."""
    if claim.where is None and claim.place is None:
        return True
    if incident.where is None or not (incident.where.name or incident.where.text):
        return None
    if claim.where is not None and claim.where.gazetteer_id is not None and lies_in(incident.where, claim.where):
        return True
    if claim.place is None:
        return False
    wanted = plain_name(claim.place)
    return any(re.search(rf"\b{re.escape(wanted)}\b", plain_name(word)) for word in place_words(incident) if word)


def _figure(incident: LedgerIncident, claim: RecordClaim) -> Figure | None:
    """Return how many of the claim's people came to the claim's harm; None where that leaves nobody."""
    if claim.harm is None:
        if claim.victims is not None and not any(claim.victims.harmed(one) for one in incident.victims):
            return None
        killed = incident.tolls.get("killed")
        return killed or Figure(0, 0, 0)
    figure = incident.tolls.get(claim.harm)
    if figure is None or figure.high == 0:
        return None
    return figure if claim.victims is None else _share(incident, claim.harm, figure, claim.victims)


def _share(incident: LedgerIncident, harm: Harm, figure: Figure, people: People) -> Figure | None:
    """Return the part of a figure that its claims give to a group; the whole where they do not tell it apart."""
    claims: tuple[Claim, ...] = ()
    if harm in incident.chosen:
        claims = incident.member(incident.chosen[harm]).whole_claims(harm)
    told = [Figure(one.count.low, one.count.best, one.count.high) for one in claims if people.harmed(one.victims)]
    if len(told) == len(claims):
        is_theirs = bool(claims) or any(people.harmed(one) for one in incident.victims)
        return figure if is_theirs else None
    return sum_of(told) if told else None
