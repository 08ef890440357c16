"""FollowTheMoney: incidents, actors and documents as entities for Aleph and OpenSanctions' tools."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from marsad.export.codes import country_of
from marsad.export.entries import Entry, Party, Source, Written
from marsad.export.frame import Format, Frame
from marsad.export.table import lines, one_line

STATE = frozenset({"government", "state_force", "police"})


def write(entries: Sequence[Entry], _frame: Frame) -> Written:
    """Return entities, one JSON object a line, each once."""
    found: dict[str, dict[str, Any]] = {}
    for one in entries:
        for entity in _entities(one):
            found.setdefault(entity["id"], entity)
    return Written(lines(found.values()), len(found))


def _entities(one: Entry) -> Iterator[dict[str, Any]]:
    parties = [p for p in (*one.perpetrators, *one.victims) if p.id is not None]
    yield from (_actor(party) for party in parties)
    yield _event(one, [_name("actor", party.id or "") for party in parties])
    for source in one.sources:
        yield _document(source)
        yield _documentation(one, source)


def _event(one: Entry, involved: Sequence[str]) -> dict[str, Any]:
    place = one.place
    where = ", ".join(part for part in (place.name, place.admin1) if part)
    properties = {
        "name": [_title(one, where)],
        "country": [place.country.lower()] if place.country else [],
        "location": [where] if where else [],
        "startDate": [one.start.isoformat()] if one.start else [],
        "endDate": [one.end.isoformat()] if one.end else [],
        "summary": [_figures(one)],
        "recordId": [one.id],
        "involved": list(dict.fromkeys(involved)),
        "sourceUrl": [source.url for source in one.sources if source.url],
        "publisher": list(dict.fromkeys(one_line(s.publisher) for s in one.sources if s.publisher)),
    }
    return _entity(one.id, "Event", properties)


def _actor(party: Party) -> dict[str, Any]:
    schema = "PublicBody" if party.kind in STATE else "Organization"
    countries = sorted(c.lower() for c in party.countries if country_of(c))
    return _entity(_name("actor", party.id or ""), schema, {"name": [one_line(party.name)], "country": countries})


def _document(source: Source) -> dict[str, Any]:
    properties = {
        "title": [one_line(source.title)] if source.title else [],
        "publisher": [one_line(source.publisher)] if source.publisher else [],
        "sourceUrl": [source.url] if source.url else [],
        "date": [source.published.isoformat()] if source.published else [],
    }
    return _entity(_name("report", source.id), "Document", properties)


def _documentation(one: Entry, source: Source) -> dict[str, Any]:
    properties = {"document": [_name("report", source.id)], "entity": [one.id], "role": ["tells of the incident"]}
    return _entity(_name("documentation", f"{source.id} {one.id}"), "Documentation", properties)


def _entity(name: str, schema: str, properties: dict[str, list[str]]) -> dict[str, Any]:
    return {"id": name, "schema": schema, "properties": {key: value for key, value in properties.items() if value}}


def _name(kind: str, key: str) -> str:
    return f"marsad-{kind}-{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _title(one: Entry, where: str) -> str:
    kind = one.type.replace("_", " ").capitalize()
    parts = (kind, f"in {where}" if where else "", f"on {one.start.isoformat()}" if one.start else "")
    return " ".join(part for part in parts if part)


def _figures(one: Entry) -> str:
    told = []
    for harm, figure in one.tolls.items():
        high = "or more" if figure.high is None else f"to {figure.high}"
        told.append(f"{harm}: {figure.best} (from {figure.low} {high})")
    return "; ".join(told)


FORMAT = Format(
    "ftm",
    "FollowTheMoney entities, JSON Lines",
    ".ftm.json",
    write,
    (
        "An incident is an Event, a report a Document, and a Documentation ties the two; actors are Organizations or "
        "PublicBodies in involved, which knows no roles: who did it and who suffered are not told apart there.",
        "FollowTheMoney has no numbers of victims: the figures stand in words in summary.",
        "Actors that only words tell of are left out, and victims without a side are no entities.",
    ),
    "Schemata and properties against followthemoney 4.11: every entity is loaded and validated by its model.",
)
