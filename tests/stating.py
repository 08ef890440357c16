"""Statements made by hand: readings that say who holds what, what was agreed, who is blamed, without any extractor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tests.made import recorded

from marsad.ledger.names import plain_name
from marsad.ledger.record import RecordedReading
from marsad.model import ActorRef, Reading, Report, Slot, Span, Statement, Voice, When, Where
from marsad.vocabulary import Modality, StatementKind

NORTHFOLD = Where(
    text="Northfold", name="Northfold", country="NG", admin1="Northshire", admin2="Upper Vale", latitude=11.8,
    longitude=13.1, geoprecision=1, gazetteer_id="geonames:1",
)  # fmt: skip
NORTHSHIRE = Where(
    text="Northshire", name="Northshire", country="NG", admin1="Northshire", latitude=11.5, longitude=13.0,
    geoprecision=4, gazetteer_id="geonames:2",
)  # fmt: skip
UPPER_VALE = Where(
    text="Upper Vale", name="Upper Vale", country="NG", admin1="Northshire", admin2="Upper Vale", geoprecision=3,
    gazetteer_id="geonames:3",
)  # fmt: skip
SOUTHFOLD = Where(
    text="Southfold", name="Southfold", country="NG", admin1="Southshire", geoprecision=1, gazetteer_id="geonames:4"
)
COUNTRY = Where(text="the country", name="Nigeria", country="NG", geoprecision=6, gazetteer_id="geonames:5")
PLACES = {one.text: one for one in (NORTHFOLD, NORTHSHIRE, UPPER_VALE, SOUTHFOLD, COUNTRY)}


@dataclass(frozen=True)
class Says:
    """One sentence and what it states; slots are words of the sentence, "A; B" where there are several."""

    words: str
    kind: StatementKind
    terms: Mapping[str, str]
    slots: Mapping[str, str] = field(default_factory=dict)
    voice: str | None = None
    day: date | None = None
    until: date | None = None
    is_since: bool = False
    modality: Modality = "asserted"


def holds(who: str, relation: str, place: str, **more: object) -> Says:
    """Return a word on control; `share` and `extent` are words too."""
    slots = {"actor": who, "place": place}
    extra: dict[str, str] = {name: str(more.pop(name)) for name in ("share", "extent") if name in more}
    words = f"The {who} {relation} {' '.join(extra.values())} {place}".replace("  ", " ")
    return Says(words, "control", {"relation": relation}, {**slots, **extra}, **more)  # type: ignore[arg-type]


def agreed(status: str, parties: str = "", place: str | None = None, kind: str = "ceasefire", **more: object) -> Says:
    """Return a word on an agreement."""
    named = " and ".join(parties.split("; "))
    words = f"A {kind} of {named} in {place} is {status}"
    slots = {"parties": parties, "place": place or ""}
    if "terms" in more:
        slots["terms"] = str(more.pop("terms"))
        words += f": {slots['terms']}"
    terms = {"agreement": kind, "status": status}
    return Says(words, "agreement", terms, {k: v for k, v in slots.items() if v}, **more)  # type: ignore[arg-type]


def saying(
    says: Sequence[Says],
    publisher: str = "Wire",
    published: date | None = date(2021, 5, 1),
    base: Reading | None = None,
) -> Reading:
    """Return a sound reading of a report that says all this, after what `base` tells."""
    start = base or Reading(Report("made", "", publisher=publisher, published=published))
    text, made = start.report.text, list(start.statements)
    for one in says:
        told = f"{one.words}, {one.voice} said.\n" if one.voice else f"{one.words}.\n"
        made.append(_statement(f"s{len(made) + 1}", len(text), one, told))
        text += told
    return replace(start, report=replace(start.report, text=text), statements=tuple(made))


def kept(*readings: Reading) -> list[RecordedReading]:
    """Return readings as recorded, a minute apart."""
    return [recorded(one, number) for number, one in enumerate(readings)]


def actor(name: str) -> ActorRef:
    """Return the actor of a name."""
    return ActorRef(plain_name(name).replace(" ", "-"), name)


def _statement(name: str, start: int, one: Says, told: str) -> Statement:
    slots = {
        part: tuple(_slot(part, words, start, told) for words in text.split("; ")) for part, text in one.slots.items()
    }
    when = None
    if one.day:
        end = one.until or one.day
        when = When("then", one.day, end, "since" if one.is_since else "day" if end == one.day else "days")
    voice = None
    if one.voice:
        voice = Voice(one.voice, actor(one.voice), _span(one.voice, start, told))
    span = Span(start, start + len(one.words), one.words)
    return Statement(name, one.kind, span, dict(one.terms), slots, voice, when, one.modality)


def _slot(part: str, words: str, start: int, told: str) -> Slot:
    where = PLACES.get(words, Where(text=words)) if part == "place" else None
    who = actor(words) if part in ("actor", "parties", "left", "right") and words[:1].isupper() else None
    return Slot(words, _span(words, start, told), who, where)


def _span(words: str, start: int, told: str) -> Span:
    at = start + told.index(words)
    return Span(at, at + len(words), words)
