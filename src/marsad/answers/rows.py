"""Incidents, tolls, traces and changes of the ledger for programs: plain columns and JSON."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from marsad.answers.statements import said_of_incident, stated_to_json
from marsad.answers.words import running_words
from marsad.ledger import TITLES, Changes, LedgerIncident, Policy, Row, Saying, Series, TollTable, Trace, sayings_of
from marsad.ledger.targets import targets_of
from marsad.ledger.tolls import perpetrators_name, victims_name
from marsad.ledger.trace import Said
from marsad.model import Figure
from marsad.vocabulary import HARMS, Harm

BOUNDS = ("low", "best", "high")
TOLL_COLUMNS = ("id", "key", "incidents", *(f"{harm}_{bound}" for harm in HARMS for bound in BOUNDS), "rule")
INCIDENT_COLUMNS = (
    "id", "type", "start", "end", "place", "admin1", "country", "latitude", "longitude", "geoprecision",
    "perpetrators", "victims", "means",
    *(f"{harm}_{bound}" for harm in HARMS for bound in BOUNDS),
    "sources", "reports", "rule", "revised", "targets",
)  # fmt: skip


def toll_row(row: Row, policy: Policy) -> dict[str, Any]:
    """Return one row of a toll as plain columns."""
    columns = _figure_columns(row.tolls)
    return {"id": row.id, "key": row.key, "incidents": len(row.incidents), **columns, "rule": TITLES[policy]}


def incident_row(one: LedgerIncident) -> dict[str, Any]:
    """Return one incident as plain columns."""
    when, where = one.when, one.where
    return {
        "id": one.id,
        "type": one.type,
        "start": when.start.isoformat() if when and when.start else None,
        "end": when.end.isoformat() if when and when.end else None,
        "place": (where.name or where.text) if where else None,
        "admin1": where.admin1 if where else None,
        "country": where.country if where else None,
        "latitude": where.latitude if where else None,
        "longitude": where.longitude if where else None,
        "geoprecision": where.geoprecision if where else None,
        "perpetrators": perpetrators_name(one.perpetrators) if one.perpetrators else None,
        "victims": ", ".join(dict.fromkeys(victims_name(v) for v in one.victims)) or None,
        "means": one.means,
        **_figure_columns(one.tolls),
        "sources": len(one.voices),
        "reports": len({member.recorded.report_key for member in one.members}),
        "rule": TITLES[one.rule],
        "revised": " ".join(word.field for word in one.revisions) or None,
        "targets": " ".join(targets_of(one)) or None,
    }


def toll_to_json(toll: TollTable) -> dict[str, Any]:
    """Return a toll with its rows, their sum, the ids they rest on, and the running totals beside them."""
    return {
        "by": toll.by,
        "rule": TITLES[toll.policy],
        "as_of": toll.as_of.isoformat() if toll.as_of else None,
        "rows": [_row_to_json(row) for row in toll.rows],
        "total": _row_to_json(toll.total),
        "undated": toll.undated,
        "running": [
            {"id": one.id, "words": running_words(one), "stated": one.claim.count.stated} for one in toll.running
        ],
    }


def trace_to_json(found: Trace) -> dict[str, Any]:
    """Return a trace with its incidents, claims, quoted words and reports."""
    return {
        "asked": found.asked,
        "heir_of": found.heir_of,
        "toll": None if found.row is None else _row_to_json(found.row),
        "parts": [*found.parts],
        "withdrawn": None if found.withdrawn is None else _incident_to_json(found.withdrawn),
        "incidents": [_incident_to_json(one) for one in found.incidents],
        "claims": [_said_to_json(one) for one in found.said],
        "running": [one.id for one in found.running],
        "statements": [stated_to_json(one) for one in found.stated],
        "judgements": [
            {"left": j.left, "right": j.right, "verdict": j.verdict, "by": j.by, "score": j.score, "why": [*j.reasons]}
            for j in found.judgements
        ],
        "revisions": [
            {"of": r.of, "field": r.field, "value": r.value, "reason": r.reason, "by": r.by, "made": r.made.isoformat()}
            for r in found.revisions
        ],
    }


def changes_to_json(found: Changes) -> dict[str, Any]:
    """Return what changed, for programs."""
    return {
        "added": [one.id for one in found.added],
        "altered": [
            {
                "id": one.after.id,
                "fields": [*one.fields],
                "before": incident_row(one.before),
                "after": incident_row(one.after),
            }
            for one in found.altered
        ],
        "merged": [{"id": was, "heir": heir} for was, heir in found.merged],
        "split": [{"id": was, "parts": [*parts]} for was, parts in found.split],
        "withdrawn": [one.id for one in found.withdrawn],
        "totals": [
            {"harm": h, "before": a and _figure_to_json(a), "after": b and _figure_to_json(b)}
            for h, a, b in found.totals
        ],
    }


def series_to_json(one: Series) -> dict[str, Any]:
    """Return one counter of running totals with its steps, for programs."""
    return {
        "voice": one.voice,
        "harm": one.harm,
        "whom": one.whom,
        "where": one.where,
        "since": one.since.isoformat() if one.since else None,
        "steps": [
            {
                "day": step.point.day.isoformat(),
                "total": step.point.total,
                "kind": step.kind,
                "change": step.change,
                "told_with_it": step.point.added,
                "unexplained": step.unexplained,
                "phase": step.phase,
                "claim": step.point.ref,
            }
            for step in one.steps
        ],
        "remainder": None if one.remainder is None else _figure_to_json(one.remainder),
    }


def figures_to_json(tolls: Mapping[Harm, Figure]) -> dict[str, Any]:
    """Return figures by harm, for programs."""
    return {harm: _figure_to_json(figure) for harm, figure in tolls.items()}


def _incident_to_json(one: LedgerIncident) -> dict[str, Any]:
    said = [_saying_to_json(each) for each in sayings_of(one)]
    return {**incident_row(one), "members": [m.id for m in one.members], "said": said, **said_of_incident(one)}


def _saying_to_json(one: Saying) -> dict[str, Any]:
    published = one.member.report.published
    return {
        "harm": one.harm,
        **_figure_to_json(one.figure),
        "voice": one.voice,
        "standing": one.standing,
        "conceded": one.conceded,
        "publisher": one.member.report.publisher,
        "published": published.isoformat() if published else None,
        "claims": [*one.claims],
    }


def _row_to_json(row: Row) -> dict[str, Any]:
    return {"id": row.id, "key": row.key, "incidents": [*row.incidents], **figures_to_json(row.tolls)}


def _figure_to_json(figure: Figure) -> dict[str, int | None]:
    return {"low": figure.low, "best": figure.best, "high": figure.high}


def _said_to_json(one: Said) -> dict[str, Any]:
    claim, report = one.claim, one.report
    span = {"start": claim.span.start, "end": claim.span.end, "quote": claim.span.quote, "in": claim.span.within}
    told: dict[str, Any] = {
        "id": report.id, "publisher": report.publisher, "title": report.title, "url": report.url,
    }  # fmt: skip
    told["published"] = report.published.isoformat() if report.published else None
    told["source"] = report.source
    told["dated"] = None if report.dated is None else {**asdict(report.dated), "against": [*report.dated.against]}
    voice = claim.according_to.text if claim.according_to else None
    return {"ref": one.ref, "harm": claim.harm, "words": claim.count.words, "best": claim.count.best, "span": span,
            "according_to": voice, "report": told}  # fmt: skip


def _figure_columns(tolls: Mapping[Harm, Figure]) -> dict[str, int | None]:
    return {f"{harm}_{b}": getattr(tolls[harm], b) if harm in tolls else None for harm in HARMS for b in BOUNDS}
