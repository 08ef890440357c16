"""Writes an incident without its reports into a row and reads it back, so that a list need not open a single report."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from marsad.ledger.entries import LedgerIncident
from marsad.ledger.policy import Policy
from marsad.ledger.record import Member
from marsad.model import ActorRef, Figure, Perpetrator, Revision, Span, Victims, When, Where
from marsad.store.lazy import Counted

BODY = ("when_body", "where_body", "doers_body", "victims_body", "rest_body")
WHERE_FIELDS = tuple(Where.__dataclass_fields__)
SPAN_AT = WHERE_FIELDS.index("span")
FORMS_KEPT = 50_000
"""How many places, times and sides stay in memory: many incidents share them."""


def body_columns(one: LedgerIncident) -> dict[str, str | None]:
    """Return the columns that hold an incident, but for its id, its tolls, its voices, its means and its members."""
    return {
        "when_body": None if one.when is None else _packed(_when_to(one.when)),
        "where_body": None if one.where is None else _packed(_where_to(one.where)),
        "doers_body": _packed([_doer_to(each) for each in one.perpetrators]),
        "victims_body": _packed([_victims_to(each) for each in one.victims]),
        "rest_body": _packed(
            [
                one.type,
                len(one.members),
                [*one.tolls],
                dict(one.chosen),
                _figure_to(one.killed_civilians),
                _figure_to(one.killed_combatants),
                [[*_revision_to(each)] for each in one.revisions],
            ]
        ),
    }


def incident_from(row: Mapping[str, Any], members: Callable[[], Sequence[Member]], policy: Policy) -> LedgerIncident:
    """Return the incident of a row; its members are loaded when they are looked at."""
    kind, number, harms, chosen, civilians, combatants, revisions = json.loads(row["rest_body"])
    return LedgerIncident(
        id=row["id"],
        members=Counted(number, members),
        type=kind,
        rule=policy,
        tolls={harm: Figure(*(row[f"{harm}_{bound}"] for bound in ("low", "best", "high"))) for harm in harms},
        chosen=chosen,
        voices=_voices(row["voices"]),
        killed_civilians=None if civilians is None else Figure(*civilians),
        killed_combatants=None if combatants is None else Figure(*combatants),
        when=None if row["when_body"] is None else _when_from(row["when_body"]),
        where=None if row["where_body"] is None else _where_from(row["where_body"]),
        perpetrators=_doers_from(row["doers_body"]),
        victims=_victims_from(row["victims_body"]),
        means=row["means"],
        revisions=tuple(
            Revision(of, name, value, reason, by, datetime.fromisoformat(made))
            for of, name, value, reason, by, made in revisions
        ),
    )


def _packed(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _figure_to(figure: Figure | None) -> list[int | None] | None:
    return None if figure is None else [figure.low, figure.best, figure.high]


def _span_to(span: Span | None) -> list[Any] | None:
    return None if span is None else [span.start, span.end, span.quote, span.within]


def _day_to(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _when_to(one: When) -> list[Any]:
    return [one.text, _day_to(one.start), _day_to(one.end), one.precision, _span_to(one.span), one.origin]


def _where_to(one: Where) -> list[Any]:
    values = [getattr(one, name) for name in WHERE_FIELDS]
    values[WHERE_FIELDS.index("span")] = _span_to(one.span)
    return values


def _actor_to(one: ActorRef | None) -> list[str] | None:
    return None if one is None else [one.id, one.name]


def _doer_to(one: Perpetrator) -> list[Any]:
    return [one.text, one.basis, _actor_to(one.actor), _span_to(one.span)]


def _victims_to(one: Victims) -> list[Any]:
    return [one.text, one.status, _actor_to(one.actor), [*one.groups], _span_to(one.span)]


def _revision_to(one: Revision) -> list[str]:
    return [one.of, one.field, one.value, one.reason, one.by, one.made.isoformat()]


def _span(values: list[Any] | None) -> Span | None:
    return None if values is None else Span(*values)


def _actor(values: list[str] | None) -> ActorRef | None:
    return None if values is None else ActorRef(*values)


def _kept(read: Callable[[str], Any]) -> Any:
    return lru_cache(maxsize=FORMS_KEPT)(read)


@_kept
def _voices(words: str) -> tuple[str, ...]:
    return tuple(json.loads(words))


@_kept
def _when_from(words: str) -> When:
    text, start, end, precision, span, origin = json.loads(words)
    first, last = (None if day is None else date.fromisoformat(day) for day in (start, end))
    return When(text, first, last, precision, _span(span), origin)


@_kept
def _where_from(words: str) -> Where:
    values = json.loads(words)
    values[SPAN_AT] = _span(values[SPAN_AT])
    return Where(*values)


@_kept
def _doers_from(words: str) -> tuple[Perpetrator, ...]:
    return tuple(Perpetrator(text, basis, _actor(who), _span(span)) for text, basis, who, span in json.loads(words))


@_kept
def _victims_from(words: str) -> tuple[Victims, ...]:
    return tuple(
        Victims(text, status, _actor(who), tuple(groups), _span(span))
        for text, status, who, groups, span in json.loads(words)
    )
