"""PLOVER: one event a line, as JSON, with the ontology's types and modes."""

from collections.abc import Sequence
from typing import Any

from marsad.export.codes import country_of
from marsad.export.entries import Entry, LeftOut, Party, Source, Written
from marsad.export.frame import Format, Frame
from marsad.export.table import lines
from marsad.vocabulary import Harm

RESOLUTION = {1: 2, 2: 2, 3: 3, 4: 4, 5: 4, 6: 5, 7: 5}
"""PLOVER's resolution (1 within a city … 5 country) by UCDP's where_prec."""
SECTORS = {
    "government": "GOV",
    "state_force": "MIL",
    "police": "COP",
    "rebel": "REB",
    "militia": "PRM",
    "communal": "PRM",
    "cartel": "CRM",
    "coalition": "MIL",
    "settlers": "CVL",
    "civilians": "CVL",
    "party": "PTY",
}
QUAD = {"ASSAULT": 4, "COERCE": 4}


def write(entries: Sequence[Entry], frame: Frame) -> Written:
    """Return the events that have a type in PLOVER and a day, one JSON object a line."""
    rows, left_out = [], []
    for one in entries:
        if one.start is None:
            left_out.append(LeftOut("incident", "PLOVER asks for a date", one.id))
        elif one.codes is None or not one.codes.plover_event:
            left_out.append(LeftOut("incident", f"PLOVER has no type for {one.type.replace('_', ' ')}", one.id))
        else:
            rows.append(_event(one, frame))
    return Written(lines(rows), len(rows), tuple(left_out))


def _event(one: Entry, frame: Frame) -> dict[str, Any]:
    event = one.codes.plover_event if one.codes else None
    out: dict[str, Any] = {
        "id": one.id,
        "date": one.start,
        "enddate": one.end if one.end != one.start else None,
        "actor": [_entity(p) for p in one.perpetrators if p.basis != "denied"] or [{"sector": "UNK"}],
        "recipient": [_entity(v) for v in one.victims] or [{"sector": "UNK"}],
        "event": event,
        "mode": [one.codes.plover_mode] if one.codes and one.codes.plover_mode else None,
        "quad_code": QUAD.get(event or ""),
        "event_scale": _scale(one),
        "event_loc": _location(one),
        "cite_info": [_citation(source) for source in one.sources],
        "coder": f"Marsad {frame.version}",
        "coded_date": one.recorded.date() if one.recorded else None,
    }
    return {key: value for key, value in out.items() if value not in (None, [], {})}


def _entity(party: Party) -> dict[str, Any]:
    code = country_of(next(iter(sorted(party.countries)), None)) if len(party.countries) == 1 else None
    sector = SECTORS.get(party.kind or "", "CVL" if party.status == "civilian" else "UNK")
    out = {"entity_text": party.name, "code": code.iso3 if code else None, "sector": sector, "identifier_id": party.id}
    return {key: value for key, value in out.items() if value is not None}


def _scale(one: Entry) -> dict[str, int]:
    harms: dict[str, tuple[Harm, ...]] = {
        "dead": ("killed",),
        "injured": ("injured",),
        "arrested": ("detained", "captured"),
    }
    found = {name: [one.tolls[harm].best for harm in of if harm in one.tolls] for name, of in harms.items()}
    return {name: sum(numbers) for name, numbers in found.items() if numbers}


def _location(one: Entry) -> dict[str, Any]:
    place, country = one.place, country_of(one.place.country)
    out = {
        "resolved_place": place.name,
        "geonameid": (place.gazetteer_id or "").removeprefix("geonames:") or None,
        "lat": place.latitude,
        "lon": place.longitude,
        "district": place.admin2,
        "province": place.admin1,
        "country": country.name if country else place.country,
        "country_code": country.iso3 if country else None,
        "resolution": RESOLUTION.get(place.geoprecision or 6, 5),
    }
    return {key: value for key, value in out.items() if value is not None}


def _citation(source: Source) -> dict[str, Any]:
    out = {
        "publisher": source.publisher,
        "title": source.title,
        "url": source.url,
        "date": source.published,
        "language": source.language,
    }
    return {key: value for key, value in out.items() if value is not None}


FORMAT = Format(
    "plover",
    "PLOVER events, JSON Lines",
    ".jsonl",
    write,
    (
        "type and mode follow from the incident's type and its means; types that PLOVER lacks (displacement) are left "
        "out.",
        "dead, injured and arrested are the ledger's best; PLOVER has no ranges.",
        "sectors follow from the kind of the actor; actors that only words tell are UNK in the public profile.",
        "historical, hypothetical and denied events are not in it: the ledger counts none of them.",
    ),
    "Names of keys, types and modes against the PLOVER codebook's repository; read back as JSON.",
    "quad_code of COERCE, and that a list may stand for actor, recipient and mode.",
)
