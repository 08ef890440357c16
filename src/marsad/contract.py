"""Writes readings in the JSON form that programs build on, and reads that form back (docs/contract.md).

`to_json` and `from_json` are inverse: the ledger keeps readings in this form.
"""

from dataclasses import asdict, fields
from datetime import date
from typing import Any

from marsad.model import (
    ActorRef,
    Breakdown,
    Claim,
    Count,
    EventCodes,
    Figure,
    Incident,
    Perpetrator,
    PlaceMention,
    Reading,
    Report,
    Restatement,
    Slot,
    Span,
    Statement,
    Victims,
    Voice,
    When,
    Where,
)
from marsad.vocabulary import HARMS, STATEMENT_SLOTS, STATEMENT_TERMS, StatementKind

Json = dict[str, Any]
PLACE_KEYS = (
    "name", "country", "admin1", "admin2", "latitude", "longitude", "geoprecision", "gazetteer_id", "radius_km",
    "pcode", "prio_grid",
)  # fmt: skip
SEVERAL = "parties"
"""The one slot of a statement that holds a list."""


def to_json(reading: Reading, *, places: bool = False, why: bool = False) -> Json:
    """Return one reading in the contract's form; `places` and `why` add what is asked for."""
    report = reading.report
    out: Json = {
        "id": report.id,
        "report": {
            "id": report.id,
            "title": report.title,
            "publisher": report.publisher,
            "url": report.url,
            "published": _day(report.published),
            "language": report.language,
            "characters": len(report.text),
            "sha256": report.sha256,
            "source": report.source,
            "dated": None if report.dated is None else {**asdict(report.dated), "against": list(report.dated.against)},
            "notes": list(report.notes),
        },
        "claims": [_claim(claim) for claim in reading.claims],
        "breakdowns": [_breakdown(b, why) for b in reading.breakdowns],
        "restatements": [[pair.first, pair.later] for pair in reading.restatements],
        "incidents": [_incident(incident) for incident in reading.incidents],
        "statements": [_statement(statement) for statement in reading.statements],
        "warnings": list(reading.warnings),
    }
    if why:
        out["restatements_why"] = [list(pair.why) for pair in reading.restatements]
    if places:
        out["places"] = [_place(place) for place in reading.places]
    return out


def from_json(row: Json, report: Report) -> Reading:
    """Return the reading that `row` holds, about `report` (whose text the row does not carry)."""
    whys = row.get("restatements_why") or [[]] * len(row.get("restatements") or ())
    return Reading(
        report=report,
        claims=tuple(claim_from_json(c) for c in row.get("claims") or ()),
        breakdowns=tuple(_breakdown_from(b) for b in row.get("breakdowns") or ()),
        restatements=tuple(
            Restatement(pair[0], pair[1], tuple(why))
            for pair, why in zip(row.get("restatements") or (), whys, strict=True)
        ),
        incidents=tuple(_incident_from(i) for i in row.get("incidents") or ()),
        statements=tuple(_statement_from(s) for s in row.get("statements") or ()),
        places=tuple(_place_from(p) for p in row.get("places") or ()),
        warnings=tuple(row.get("warnings") or ()),
    )


def claim_from_json(row: Json) -> Claim:
    """Return the claim that one object of the contract's `claims` holds."""
    return Claim(
        id=row["id"],
        span=_span_from(row["span"]),
        harm=row["harm"],
        count=Count(**row["count"]),
        victims=_victims_from(row["victims"]),
        perpetrators=tuple(_perpetrator_from(p) for p in row.get("perpetrators") or ()),
        when=_when_from(row.get("when")),
        where=_where_from(row.get("where")),
        according_to=_voice_from(row.get("according_to")),
        means=row.get("means"),
        scope=row["scope"],
        modality=row["modality"],
        extractor=row.get("extractor", "rules"),
        confidence=row.get("confidence", 1.0),
    )


def _claim(claim: Claim) -> Json:
    return {
        "id": claim.id,
        "harm": claim.harm,
        "count": asdict(claim.count),
        "victims": _victims(claim.victims),
        "perpetrators": [_perpetrator(p) for p in claim.perpetrators],
        "when": _when(claim.when),
        "where": _where(claim.where),
        "according_to": None if claim.according_to is None else _voice(claim.according_to),
        "means": claim.means,
        "scope": claim.scope,
        "modality": claim.modality,
        "span": _span(claim.span),
        "extractor": claim.extractor,
        "confidence": round(claim.confidence, 4),
    }


def _span(span: Span | None) -> Json | None:
    if span is None:
        return None
    out: Json = {"start": span.start, "end": span.end, "quote": span.quote}
    if span.within == "title":
        out["in"] = "title"
    return out


def _span_from(row: Json) -> Span:
    return Span(row["start"], row["end"], row["quote"], row.get("in", "text"))


def _optional_span(row: Json) -> Span | None:
    return _span_from(row["span"]) if row.get("span") else None


def _actor_from(row: Json) -> ActorRef | None:
    return ActorRef(**row["actor"]) if row.get("actor") else None


def _victims(victims: Victims) -> Json:
    return {
        "text": victims.text,
        "status": victims.status,
        "actor": None if victims.actor is None else asdict(victims.actor),
        "groups": list(victims.groups),
        "span": _span(victims.span),
    }


def _victims_from(row: Json) -> Victims:
    groups = tuple(row.get("groups") or ())
    return Victims(row.get("text"), row["status"], _actor_from(row), groups, _optional_span(row))


def _perpetrator(perpetrator: Perpetrator) -> Json:
    return {
        "text": perpetrator.text,
        "actor": None if perpetrator.actor is None else asdict(perpetrator.actor),
        "basis": perpetrator.basis,
        "span": _span(perpetrator.span),
    }


def _perpetrator_from(row: Json) -> Perpetrator:
    return Perpetrator(row["text"], row["basis"], _actor_from(row), _optional_span(row))


def _voice(voice: Voice) -> Json:
    actor = None if voice.actor is None else asdict(voice.actor)
    return {"text": voice.text, "actor": actor, "span": _span(voice.span)}


def _voice_from(row: Json | None) -> Voice | None:
    return None if row is None else Voice(row["text"], _actor_from(row), _optional_span(row))


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day_from(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _when(when: When | None) -> Json | None:
    if when is None:
        return None
    return {
        "text": when.text,
        "start": _day(when.start),
        "end": _day(when.end),
        "precision": when.precision,
        "span": _span(when.span),
        "origin": when.origin,
    }


def _when_from(row: Json | None) -> When | None:
    if row is None:
        return None
    start, end = _day_from(row.get("start")), _day_from(row.get("end"))
    return When(row.get("text"), start, end, row["precision"], _optional_span(row), row.get("origin", "text"))


def _where(where: Where | None) -> Json | None:
    if where is None:
        return None
    out = {f.name: getattr(where, f.name) for f in fields(Where)}
    out["span"] = _span(where.span)
    return out


def _where_from(row: Json | None) -> Where | None:
    return None if row is None else Where(**{**row, "span": _optional_span(row)})


def _figure(figure: Figure | None) -> Json | None:
    return None if figure is None else asdict(figure)


def _figure_from(row: Json | None) -> Figure | None:
    return None if row is None else Figure(**row)


def _breakdown(breakdown: Breakdown, why: bool) -> Json:
    out: Json = {
        "total": breakdown.total,
        "parts": list(breakdown.parts),
        "kind": breakdown.kind,
        "check": breakdown.check,
        "remainder": _figure(breakdown.remainder),
    }
    if why:
        out["why"] = list(breakdown.why)
    return out


def _breakdown_from(row: Json) -> Breakdown:
    parts, why = tuple(row["parts"]), tuple(row.get("why") or ())
    remainder = _figure_from(row.get("remainder"))
    return Breakdown(row["total"], parts, row["kind"], row["check"], remainder, why)


def _incident(incident: Incident) -> Json:
    out: Json = {
        "id": incident.id,
        "type": incident.type,
        "when": _when(incident.when),
        "where": _where(incident.where),
        "perpetrators": [_perpetrator(p) for p in incident.perpetrators],
        "victims": [_victims(v) for v in incident.victims],
    }
    for harm in HARMS:
        out[harm] = _figure(incident.tolls.get(harm))
    out["killed_civilians"] = _figure(incident.killed_civilians)
    out["killed_combatants"] = _figure(incident.killed_combatants)
    out["means"] = incident.means
    out["side_a"], out["side_b"] = incident.side_a, incident.side_b
    out["type_of_violence"] = incident.type_of_violence
    out["codes"] = None if incident.codes is None else asdict(incident.codes)
    out["claims"] = list(incident.claims)
    out["confidence"] = round(incident.confidence, 4)
    return out


def _incident_from(row: Json) -> Incident:
    tolls = {harm: Figure(**row[harm]) for harm in HARMS if row.get(harm)}
    return Incident(
        id=row["id"],
        type=row["type"],
        claims=tuple(row["claims"]),
        tolls=tolls,
        killed_civilians=_figure_from(row.get("killed_civilians")),
        killed_combatants=_figure_from(row.get("killed_combatants")),
        when=_when_from(row.get("when")),
        where=_where_from(row.get("where")),
        perpetrators=tuple(_perpetrator_from(p) for p in row.get("perpetrators") or ()),
        victims=tuple(_victims_from(v) for v in row.get("victims") or ()),
        means=row.get("means"),
        confidence=row.get("confidence", 1.0),
        side_a=row.get("side_a"),
        side_b=row.get("side_b"),
        type_of_violence=row.get("type_of_violence"),
        codes=EventCodes(**row["codes"]) if row.get("codes") else None,
    )


def _statement(statement: Statement) -> Json:
    slots = {name: [_slot(slot) for slot in found] for name, found in statement.slots.items() if found}
    return {
        "id": statement.id,
        "kind": statement.kind,
        **statement.terms,
        **{name: found if name == SEVERAL else found[0] for name, found in slots.items()},
        "according_to": None if statement.according_to is None else _voice(statement.according_to),
        "when": _when(statement.when),
        "modality": statement.modality,
        "span": _span(statement.span),
        "extractor": statement.extractor,
    }


def _statement_from(row: Json) -> Statement:
    kind: StatementKind = row["kind"]
    found = {name: row[name] for name in STATEMENT_SLOTS[kind] if row.get(name)}
    return Statement(
        id=row["id"],
        kind=kind,
        span=_span_from(row["span"]),
        terms={name: row[name] for name in STATEMENT_TERMS[kind]},
        slots={
            name: tuple(_slot_from(one) for one in (rows if name == SEVERAL else [rows]))
            for name, rows in found.items()
        },
        according_to=_voice_from(row.get("according_to")),
        when=_when_from(row.get("when")),
        modality=row.get("modality", "asserted"),
        extractor=row.get("extractor", "rules"),
    )


def _slot(slot: Slot) -> Json:
    out: Json = {"text": slot.text, "span": _span(slot.span)}
    if slot.actor is not None:
        out["actor"] = asdict(slot.actor)
    if slot.where is not None:
        out["where"] = _where(slot.where)
    return out


def _slot_from(row: Json) -> Slot:
    return Slot(row["text"], _span_from(row["span"]), _actor_from(row), _where_from(row.get("where")))


def _place(place: PlaceMention) -> Json:
    out = {"start": place.span.start, "end": place.span.end, "text": place.span.quote}
    where = _where(place.where) or {}
    return {**out, **{key: where.get(key) for key in PLACE_KEYS}}


def _place_from(row: Json) -> PlaceMention:
    span = Span(row["start"], row["end"], row["text"])
    return PlaceMention(span, Where(text=row["text"], **{key: row.get(key) for key in PLACE_KEYS}))
