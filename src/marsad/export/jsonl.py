"""JSON Lines of everything: one incident a line with its figures, sources, and claims with their spans."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from marsad.export.entries import Entry, Party, Running, Told, Written
from marsad.export.frame import Format, Frame
from marsad.export.table import lines
from marsad.vocabulary import HARMS


def write(entries: Sequence[Entry], frame: Frame) -> Written:
    """Return all that the profile lets out, one JSON object a line: incidents, then the running totals beside them."""
    rows = [{"kind": "incident", **_incident(one)} for one in entries]
    rows += [{"kind": "running_total", **_running(one)} for one in frame.running]
    return Written(lines(rows), len(rows))


def _incident(one: Entry) -> dict[str, Any]:
    return {
        "id": one.id,
        "type": one.type,
        "when": {"start": one.start, "end": one.end, "precision": one.precision, "date_prec": one.date_prec},
        "where": asdict(one.place),
        **{harm: asdict(one.tolls[harm]) for harm in HARMS if harm in one.tolls},
        "killed_civilians": asdict(one.killed_civilians) if one.killed_civilians else None,
        "killed_combatants": asdict(one.killed_combatants) if one.killed_combatants else None,
        "perpetrators": [_party(p) for p in one.perpetrators],
        "victims": [_party(v) for v in one.victims],
        "side_a": one.side_a,
        "side_b": one.side_b,
        "type_of_violence": one.type_of_violence,
        "means": one.means,
        "codes": asdict(one.codes) if one.codes else None,
        "sources": [asdict(source) for source in one.sources],
        "source_count": one.source_count,
        "claims": [_claim(claim) for claim in one.claims],
        "reviewed": one.reviewed,
    }


def _running(one: Running) -> dict[str, Any]:
    when, where = {"start": one.start, "end": one.end}, {"country": one.country, "admin1": one.admin1}
    return {**_claim(one.told), "when": when, "where": where, "source": asdict(one.source)}


def _party(party: Party) -> dict[str, Any]:
    return {**asdict(party), "countries": sorted(party.countries)}


def _claim(told: Told) -> dict[str, Any]:
    out = asdict(told)
    span = {"start": out.pop("start"), "end": out.pop("end"), "in": out.pop("within"), "quote": out.pop("quote")}
    return {**out, "span": span}


FORMAT = Format(
    "jsonl",
    "JSON Lines of everything, with spans",
    ".jsonl",
    write,
    (
        "One incident a line (kind incident), then one running total a line (kind running_total): these stand beside "
        "the incidents and are never to be added to them.",
        "claims carry the place of their words (span) always, the words themselves (quote, words, "
        "victims, voice) in the internal profile only; elsewhere they are null.",
        "high null is an open end.",
        "Control characters are kept as JSON escapes, so that text[start:end] is the quote.",
    ),
    "Read back as JSON; spans tested against the reports' texts.",
)
