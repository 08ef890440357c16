"""Readings made by hand: what the tests of the record put in, without any extractor in between."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from marsad.contract import to_json
from marsad.ledger.record import RecordedReading, canonical, digest, report_key
from marsad.model import (
    ActorRef,
    Claim,
    Count,
    Figure,
    Incident,
    Perpetrator,
    Reading,
    Report,
    Span,
    Victims,
    When,
    Where,
)
from marsad.vocabulary import HARMS, Harm, Scope

START = datetime(2021, 5, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Told:
    """One event as a report tells it: enough to write a sentence, its claims and its incident."""

    killed: int = 3
    place: str = "Baga"
    by: str | None = "the militia"
    day: date | None = date(2021, 4, 30)
    injured: int | None = None
    who: str = "civilians"


def reading(
    told: Sequence[Told],
    publisher: str | None = "Wire",
    published: date | None = date(2021, 5, 1),
    total: int | None = None,
) -> Reading:
    """Return a sound reading of a report that tells of these events; `total` adds a running total."""
    text = ""
    claims: list[Claim] = []
    incidents: list[Incident] = []
    for number, one in enumerate(told, start=1):
        numbers: dict[Harm, int | None] = {"killed": one.killed, "injured": one.injured}
        made = []
        for harm, count in numbers.items():
            if count is not None:
                text, claim = _sentence(text, f"c{len(claims) + 1}", harm, count, one)
                claims.append(claim)
                made.append(claim)
        tolls = {claim.harm: Figure(claim.count.low, claim.count.best, claim.count.high) for claim in made}
        names = tuple(claim.id for claim in made)
        incidents.append(_incident(f"i{number}", names, tolls, one))
    if total is not None:
        text, claim = _sentence(text, f"c{len(claims) + 1}", "killed", total, Told(place="the country"), "cumulative")
        claims.append(claim)
    report = Report("made", text or "Nothing happened.", publisher=publisher, published=published)
    return Reading(report, tuple(claims), incidents=tuple(incidents))


def recorded(one: Reading, after_minutes: int = 0) -> RecordedReading:
    """Return the reading as recorded so many minutes after START."""
    key = report_key(one.report)
    name = digest([key, canonical(to_json(one))])
    return RecordedReading(name, key, one, START + timedelta(minutes=after_minutes), "0", "hand")


def _sentence(text: str, name: str, harm: Harm, count: int, told: Told, scope: Scope = "incident") -> tuple[str, Claim]:
    words = f"{count} {told.who} were {harm}"
    start = len(text)
    span = Span(start, start + len(words), words)
    where = Where(text=told.place, name=told.place, country="NG", geoprecision=1)
    when = When("that day", told.day, told.day, "day") if told.day else None
    claim = Claim(
        name,
        span,
        harm,
        Count(str(count), count, "exact", count, count, count),
        Victims(told.who, "civilian"),
        perpetrators=_perpetrators(told),
        when=when,
        where=where,
        scope=scope,
    )
    return f"{text}{words} in {told.place}, by {told.by}.\n", claim


def _incident(name: str, claims: tuple[str, ...], tolls: Mapping[Harm, Figure], told: Told) -> Incident:
    return Incident(
        name,
        "attack",
        claims,
        {harm: tolls[harm] for harm in HARMS if harm in tolls},
        when=When("that day", told.day, told.day, "day") if told.day else None,
        where=Where(text=told.place, name=told.place, country="NG", geoprecision=1),
        perpetrators=_perpetrators(told),
        victims=(Victims(told.who, "civilian"),),
    )


def _perpetrators(told: Told) -> tuple[Perpetrator, ...]:
    return (Perpetrator(told.by, actor=ActorRef(told.by, told.by)),) if told.by else ()
