"""What reports state besides harm, as the ledger asks for it: each statement with its report, its day and its voice."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, runtime_checkable

from marsad.ledger.entries import Ledger
from marsad.ledger.names import plain_name
from marsad.ledger.record import RecordedReading, claim_ref
from marsad.model import ActorRef, Claim, Report, Slot, Statement, Where
from marsad.vocabulary import StatementKind

COUNTRY, PROVINCE, DISTRICT, NEAR = 6, 4, 3, 2
"""UCDP's where_prec: what a place that is no town is the whole of."""


STANDS_FOR = re.compile(
    r"(?:it|there|(?:the|this|that|its) (?:\w+ )?(?:town|city|village|region|area|province|district|camp|enclave"
    r"|country|capital|island|governorate|county|state|suburb|neighbou?rhood|zone|peninsula|nation))",
    re.IGNORECASE,
)
"""Words without a name that stand for a place named before; "areas", "territory", "positions" only lie in one."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One statement with the report that makes it; `ref` (report/s3) is the id by which the ledger names it.

    `claims` are those of its report, where it claims a record.
    """

    ref: str
    report_key: str
    statement: Statement
    report: Report
    claims: tuple[Claim, ...] = ()

    @property
    def day(self) -> date | None:
        """The day that it speaks of: the first that its words tell, else the last, else the report's own day."""
        when = self.statement.when
        return (when and (when.start or when.end)) or self.report.published

    @property
    def last_day(self) -> date | None:
        """The last day for which it is said: that of a stretch of time ("in 2014"), never after the report."""
        when, published = self.statement.when, self.report.published
        if when is None or self.is_since or when.end is None:
            return self.day if when is not None and not self.is_since else published
        return min(when.end, published) if published and published >= (when.start or when.end) else when.end

    @property
    def is_since(self) -> bool:
        """Whether its words tell a beginning that lasts until the report ("since January")."""
        when = self.statement.when
        return when is not None and when.start is not None and when.precision == "since"

    @property
    def has_own_day(self) -> bool:
        """Whether its own words tell the day; else the report's day stands for it."""
        when = self.statement.when
        return when is not None and (when.start or when.end) is not None and when.origin == "text"

    @property
    def voice(self) -> str:
        """Whose word it is: the source that it is told from, else the publisher, else the report itself."""
        told = self.statement.according_to
        if told is not None:
            return told.actor.name if told.actor else told.text
        return self.report.publisher or self.report_key[:12]

    @property
    def speaker(self) -> ActorRef | None:
        """The actor who says it, where it is told from one that is known."""
        told = self.statement.according_to
        return told.actor if told else None

    @property
    def order(self) -> tuple[date, date, str]:
        """What puts statements in order: the day told of, the report's day, the id."""
        return self.day or date.min, self.report.published or date.min, self.ref

    def slot(self, name: str) -> Slot | None:
        """Return the first words that play a part, if any do."""
        found = self.statement.slots.get(name, ())
        return found[0] if found else None

    def term(self, name: str) -> str:
        """Return the value of a term, from its closed list."""
        return self.statement.terms[name]


def stated(readings: Iterable[RecordedReading], kind: StatementKind) -> tuple[Stated, ...]:
    """Return the statements of one kind in readings that stand, oldest first; copies of one text count once."""
    every = [
        Stated(
            claim_ref(one.report_key, statement.id),
            one.report_key,
            statement,
            one.reading.report,
            one.reading.claims if kind == "record" else (),
        )
        for one in readings
        for statement in one.reading.statements
        if statement.kind == kind
    ]
    return tuple(_once(sorted(every, key=lambda one: one.order)))


@runtime_checkable
class Telling(Protocol):
    """Finds what was stated sooner than a walk over all readings (`Ledger.answers`); None for another ledger's."""

    def telling(self, ledger: Ledger, kind: StatementKind) -> Iterable[RecordedReading] | None:
        """Return the readings that stand and hold statements of a kind, with these alone of what they hold."""
        ...

    def published(self, ledger: Ledger) -> Iterable[date] | None:
        """Return the days on which the ledger's reports came out, in order."""
        ...


def readings_telling(ledger: Ledger, kind: StatementKind) -> Iterable[RecordedReading]:
    """Return readings among which are all that stand and hold statements of a kind; only these are to be looked at."""
    known = ledger.answers.telling(ledger, kind) if isinstance(ledger.answers, Telling) else None
    return ledger.readings.values() if known is None else known


def days_published(ledger: Ledger) -> tuple[date, ...]:
    """Return the days on which the ledger's reports came out, in order."""
    known = ledger.answers.published(ledger) if isinstance(ledger.answers, Telling) else None
    if known is not None:
        return tuple(known)
    published = (one.reading.report.published for one in ledger.readings.values())
    return tuple(sorted({day for day in published if day is not None}))


def stated_and_newest(ledger: Ledger, kind: StatementKind) -> tuple[tuple[Stated, ...], date | None]:
    """Return the statements of one kind, and the day of the newest report."""
    return stated(readings_telling(ledger, kind), kind), max(days_published(ledger), default=None)


def _once(found: Iterable[Stated]) -> Iterable[Stated]:
    """Leave out what a later report repeats word for word of the same day: a reprint is no voice of its own."""
    seen: dict[tuple[object, ...], str] = {}
    for one in found:
        said = one.statement
        key = (plain_name(said.span.quote), tuple(sorted(said.terms.items())), one.day, said.modality)
        if seen.setdefault(key, one.report_key) == one.report_key:
            yield one


def who_key(slot: Slot | None) -> str:
    """Return by what two mentions of an actor are the same one: its entry, else its words; "" for nobody named."""
    if slot is None:
        return ""
    return slot.actor.id if slot.actor else f"words:{plain_name(slot.text)}"


def is_same_actor(slot: Slot, other: ActorRef | None, words: str | None) -> bool:
    """Say whether a slot means an actor that is told of elsewhere: by entry where both have one, else by words."""
    if slot.actor is not None and other is not None and slot.actor.id == other.id:
        return True
    return bool(words) and plain_name(slot.text) == plain_name(words or "")


def who_name(slot: Slot | None) -> str:
    """Return the name of an actor for reading."""
    if slot is None:
        return "unknown"
    return slot.actor.name if slot.actor else " ".join(slot.text.split())


def place_key(slot: Slot) -> str:
    """Return by what two mentions of a place are the same one: its entry in the gazetteer, else its words."""
    where = slot.where
    if where is not None and where.gazetteer_id:
        return where.gazetteer_id
    return f"words:{plain_name((where and where.name) or slot.text)}"


def place_of(slot: Slot) -> Where:
    """Return the place of a slot; one that was not recognised has its words only."""
    return slot.where or Where(text=slot.text, span=slot.span)


def is_ground_in(slot: Slot) -> bool:
    """Say whether words only tell of ground somewhere in or near the place: "areas", "an area of land", "positions".

    Such words get the place that governs their sentence; who holds "areas" there does not hold the place.
    """
    words = " ".join(slot.text.split())
    is_nameless = words.islower() and STANDS_FOR.fullmatch(words) is None
    return is_nameless and slot.where is not None and plain_name(slot.where.name or "") not in words


def is_same_place(one: Where, other: Where) -> bool:
    """Say whether two places are one: by their entry where both have one, else by their names."""
    if one.gazetteer_id and other.gazetteer_id:
        return one.gazetteer_id == other.gazetteer_id
    return plain_name(one.name or one.text or "") == plain_name(other.name or other.text or "")


def lies_in(inner: Where, outer: Where) -> bool:
    """Say whether one place is another or lies in it: a town in its district, province and country."""
    if is_same_place(inner, outer):
        return True
    if outer.country is None or inner.country != outer.country:
        return False
    level = outer.geoprecision
    if level == COUNTRY:
        return True
    if (inner.geoprecision or NEAR) >= (level or NEAR):
        return False
    if level == PROVINCE:
        return outer.admin1 is not None and inner.admin1 == outer.admin1
    return level == DISTRICT and (outer.admin1, outer.admin2) == (inner.admin1, inner.admin2) and bool(outer.admin2)


def names_place(words: str, where: Where) -> bool:
    """Say whether words name a place, or a unit that holds it."""
    wanted = plain_name(words)
    known = (where.name, where.text, where.admin2, where.admin1, where.country, where.gazetteer_id)
    return any(wanted == plain_name(name) for name in known if name)
