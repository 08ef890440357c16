"""Control, agreements, responsibility, suggested ties and record checks for programs: JSON, with all its words."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from marsad.answers.words import figure_words
from marsad.ledger.agreements import Agreement, Change, agreement_name
from marsad.ledger.breaches import Breach
from marsad.ledger.control import Control, ControlLine
from marsad.ledger.entries import LedgerIncident
from marsad.ledger.record_field import Entry
from marsad.ledger.records import BOUNDS, Check
from marsad.ledger.responsibility import Spoken, responsibility_of
from marsad.ledger.stated import Stated
from marsad.ledger.suggestions import Suggestion
from marsad.ledger.tolls import first_day
from marsad.ledger.trace import said_of
from marsad.model import Where

Json = dict[str, Any]
STANCES = {"claimed": "claimed_by", "denied": "denied_by", "blamed": "blamed", "unclaimed": "unclaimed"}
SUGGESTION_COLUMNS = ("actor", "other", "relation", "since", "until", "origin")
"""The columns of the registry's own table of ties (affiliations.csv)."""


def stated_to_json(one: Stated) -> Json:
    """Return the words of a statement with whose they are, of which day, and where they stand."""
    span, report = one.statement.span, one.report
    return {
        "ref": one.ref,
        "kind": one.statement.kind,
        "terms": dict(one.statement.terms),
        "slots": {name: [slot.text for slot in found] for name, found in one.statement.slots.items()},
        "day": _day(one.day),
        "day_is_told": one.has_own_day,
        "modality": one.statement.modality,
        "voice": one.voice,
        "span": {"start": span.start, "end": span.end, "quote": span.quote, "in": span.within},
        "report": {
            "id": report.id, "publisher": report.publisher, "title": report.title, "url": report.url,
            "published": _day(report.published),
        },
    }  # fmt: skip


def control_to_json(found: Control) -> Json:
    """Return who holds what, and the words that change nothing."""
    return {
        "on": _day(found.on),
        "control": [_line_to_json(one) for one in found.lines],
        "beside": [stated_to_json(one) for one in found.beside],
    }


def agreement_to_json(one: Agreement, found: Iterable[Breach] = ()) -> Json:
    """Return an agreement with what became of it and the incidents that may have broken it."""
    return {
        "id": one.id,
        "ids": [*one.ids],
        "name": agreement_name(one),
        "kind": one.kind,
        "parties": [{"key": party.key, "name": party.name} for party in one.parties],
        "place": _place(one.place),
        "terms": [*one.terms],
        "agreed": _day(one.agreed),
        "agreed_is_told": one.is_dated,
        "status": one.status,
        "changes": [_change_to_json(change) for change in one.changes],
        "may_have_broken_it": [
            {"incident": each.incident.id, "day": _day(first_day(each.incident)), "why": [*each.why]} for each in found
        ],
    }


def check_to_json(found: Check) -> Json:
    """Return the verdict on a record claim with its reasons, its counter-examples and what the ledger lacks."""
    claim = found.claim
    return {
        "words": claim.words,
        "measure": claim.measure,
        "unit": claim.unit,
        "harm": claim.harm,
        "rank": claim.rank,
        "place": _place(claim.where) or claim.place,
        "victims": claim.victims.words if claim.victims else None,
        "doers": claim.doers.words if claim.doers else None,
        "window": {
            "words": claim.window.words,
            "start": _day(claim.window.start),
            "sure": _day(claim.window.sure),
            "end": _day(claim.window.end),
        },
        "verdict": found.verdict,
        "why": found.why,
        "under": {bound: {"verdict": found.under[bound].verdict, "why": found.under[bound].why} for bound in BOUNDS},
        "subject": None if found.subject is None else _entry_to_json(found.subject),
        "against": [_entry_to_json(one) for one in found.against],
        "missing": [*found.missing],
        "notes": [*found.notes],
    }


def checked_to_json(said: Stated, found: Check | None, problem: str | None = None) -> Json:
    """Return a record claim of a report with its verdict, or why it could not be checked."""
    return {
        "statement": stated_to_json(said),
        "check": None if found is None else check_to_json(found),
        "problem": problem,
    }


def suggestion_to_json(one: Suggestion) -> Json:
    """Return a suggested tie with its words and what people answered."""
    return {
        "id": one.id,
        "actor": {"id": one.actor.id, "name": one.actor.name},
        "relation": one.relation,
        "other": {"id": one.other.id, "name": one.other.name},
        "since": _day(one.since),
        "until": _day(one.until),
        "first_told": _day(one.first),
        "last_told": _day(one.last),
        "voices": [*one.voices],
        "answer": one.answer,
        "by": one.by,
        "words": [stated_to_json(word) for word in one.words],
        "denied": [stated_to_json(word) for word in one.denied],
    }


def suggestion_row(one: Suggestion) -> Json:
    """Return a suggested tie as a row of the registry's table; its origin names the voices and the day."""
    told = f"{'; '.join(one.voices)} ({one.first or 'no day'})"
    return {
        "actor": one.actor.id, "other": one.other.id, "relation": one.relation, "since": _day(one.since) or "",
        "until": _day(one.until) or "", "origin": told,
    }  # fmt: skip


def said_of_incident(one: LedgerIncident) -> Json:
    """Return what is said beside an incident's figures of who is responsible, by whose word."""
    found: Json = {name: [] for name in STANCES.values()}
    for word in responsibility_of(one):
        found[STANCES[word.stance]].append(_spoken_to_json(word))
    return {"responsibility": found}


def _spoken_to_json(one: Spoken) -> Json:
    return {"who": one.who, "by": one.said.voice, "why": [*one.why], **stated_to_json(one.said)}


def _line_to_json(one: ControlLine) -> Json:
    return {
        "place": _place(one.place),
        "level": one.level,
        "actor": {"id": one.actor_id, "name": one.who},
        "state": one.state,
        "since": _day(one.since),
        "since_is_told": one.is_dated,
        "last_told": _day(one.last),
        "share": one.share,
        "extent": one.extent,
        "ground": one.ground,
        "own_word": one.own_word,
        "words": [stated_to_json(word) for word in one.words],
        "against": [{"why": each.why, **stated_to_json(each.word)} for each in one.against],
    }


def _change_to_json(one: Change) -> Json:
    return {
        "day": _day(one.day),
        "status": one.status,
        "counts": one.counts,
        "word": stated_to_json(one.word),
        "against": [stated_to_json(word) for word in one.against],
    }


def _entry_to_json(one: Entry) -> Json:
    figure = one.figure
    return {
        "key": one.key,
        "day": _day(one.day),
        "low": figure.low,
        "best": figure.best,
        "high": figure.high,
        "words": figure_words(figure),
        "incidents": [incident.id for incident in one.incidents],
        "receipts": [
            {"ref": said.ref, "quote": said.claim.span.quote, "publisher": said.report.publisher,
             "published": _day(said.report.published)}
            for incident in one.incidents
            for said in said_of(incident)
        ],
    }  # fmt: skip


def _place(where: Where | None) -> Json | None:
    if where is None:
        return None
    names = ("name", "admin1", "admin2", "country", "latitude", "longitude", "geoprecision", "gazetteer_id")
    return {"text": where.text, **{name: getattr(where, name) for name in names}}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
