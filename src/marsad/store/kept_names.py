"""Finds the reports that a person's word on a name touches: those whose mentions it could turn."""

from collections.abc import Collection, Iterator

from sqlalchemy import Connection, select

from marsad.ledger.names import NAMED_FIELDS, Names, names_of, plain_name
from marsad.ledger.record import RecordedReading
from marsad.model import ActorRef
from marsad.store.kept_tables import KEPT_REPORTS, holds
from marsad.store.rows import revision_of
from marsad.store.schema import REVISIONS

Mention = tuple[ActorRef | None, str | None]


def names_in(one: RecordedReading) -> set[str]:
    """Return the names that a reading mentions, as names are compared, and the ids that actors were taken for."""
    found: set[str] = set()
    for actor, text in _mentions(one):
        found |= {plain_name(text)} if text else set()
        found |= {actor.id.replace("\n", " ")} if actor else set()
    reading = one.reading
    wheres = [claim.where for claim in reading.claims] + [each.where for each in reading.incidents]
    wheres += [each.where for each in reading.places]
    return found | {plain_name(where.text) for where in wheres if where and where.text}


def _mentions(one: RecordedReading) -> Iterator[Mention]:
    for claim in one.reading.claims:
        yield claim.victims.actor, claim.victims.text
        yield from ((doer.actor, doer.text) for doer in claim.perpetrators)
        if claim.according_to is not None:
            yield claim.according_to.actor, claim.according_to.text
    for incident in one.reading.incidents:
        yield from ((each.actor, each.text) for each in incident.perpetrators)
        yield from ((each.actor, each.text) for each in incident.victims)


def names_until(connection: Connection, act: int) -> Names:
    """Return the words on names that stood at an act."""
    words = select(REVISIONS).where(REVISIONS.c.field.in_(NAMED_FIELDS), REVISIONS.c.act <= act)
    return names_of([revision_of(row) for row in connection.execute(words.order_by(REVISIONS.c.act))])


def changed_names(before: Names, after: Names) -> set[str]:
    """Return the names that mean something else than before, also by way of other names (A is B, and B is now C)."""
    actors = {
        key for key in {*before.actors, *after.actors} if before.actors.get(key) != after.actors.get(key)
    }  # fmt: skip
    while True:
        led = {key for names in (before, after) for key, who in names.actors.items() if who.id in actors}
        if led <= actors:
            break
        actors |= led
    places = {key for key in {*before.places, *after.places} if before.places.get(key) != after.places.get(key)}
    return actors | {key.partition("@")[0] for key in places}


def bearers(connection: Connection, names: Collection[str]) -> set[str]:
    """Return the reports, by key, in whose names any of these stands, by itself or within a longer one."""
    found: set[str] = set()
    for name in sorted(names):
        rows = connection.execute(select(KEPT_REPORTS.c.report).where(holds(connection, KEPT_REPORTS.c.names, name)))
        found.update(row.report for row in rows)
    return found
