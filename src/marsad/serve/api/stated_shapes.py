"""The schemas of what reports state besides harm: control, agreements, record checks, suggested ties, and of gold."""

from typing import get_args

from marsad.answers.rows import BOUNDS
from marsad.ledger.control import Level, State
from marsad.ledger.record_words import Measure, Unit
from marsad.ledger.records import Verdict
from marsad.ledger.suggestions import RELATIONS as TIES
from marsad.ledger.suggestions import Answer
from marsad.serve.api.shapes import (
    COUNT,
    DAY,
    SHAPES,
    STATED,
    TEXT,
    WHOLE,
    YES,
    Schema,
    hidden,
    many,
    maybe,
    one_of,
    page_of,
    ref,
    thing,
)
from marsad.vocabulary import HARMS, MODALITIES, QUALIFIERS, SCOPES, STATEMENT_TERMS, STATUSES

_RELATIONS = tuple(dict.fromkeys(name for name, _ in TIES.values()))
_STATES = STATEMENT_TERMS["agreement"]["status"]
_UNDER = thing("", verdict=one_of(*get_args(Verdict)), why=TEXT)
_GOLD_CLAIM: dict[str, Schema] = {
    "id": TEXT, "start": COUNT, "end": COUNT, "words": TEXT, "harm": one_of(*HARMS), "stated": maybe(COUNT),
    "stated_high": maybe(COUNT), "qualifier": one_of(*QUALIFIERS), "status": one_of(*STATUSES),
    "perpetrators": many(TEXT), "date": maybe(many(DAY)), "place": maybe(TEXT), "country": maybe(TEXT),
    "admin1": maybe(TEXT), "according_to": maybe(TEXT), "scope": one_of(*SCOPES), "modality": one_of(*MODALITIES),
    "judged": many(TEXT), "in": one_of("title"),
}  # fmt: skip

SHAPES.update({
    "ControlLine": thing(
        "what one actor is to one place, by whose word, and what speaks against it",
        place=ref("Where"), level=one_of(*get_args(Level)), actor=thing(id=TEXT, name=TEXT),
        state=one_of(*get_args(State)), since=maybe(DAY), since_is_told=YES, last_told=maybe(DAY),
        share=hidden(TEXT), extent=hidden(TEXT), ground=hidden(TEXT), own_word=YES,
        words=hidden(many(ref("Stated"))), against=many(ref("StatedAgainst")),
    ),
    "StatedAgainst": thing("a word that speaks against a state, and why", why=hidden(TEXT), **STATED),
    "Control": page_of(
        "control", "ControlLine",
        "who holds, besieges and contests what on a day; `beside` are words that change nothing, a page of them too",
        on=maybe(DAY), beside=many(ref("Stated")), beside_count=COUNT,
    ),
    "Agreement": thing(
        "an agreement, what became of it by whose word, and incidents that may have broken it: candidates, no verdict",
        id=TEXT, ids=many(TEXT), name=TEXT, kind=one_of(*STATEMENT_TERMS["agreement"]["agreement"]),
        parties=many(thing(key=TEXT, name=TEXT)), place=maybe(ref("Where")), terms=hidden(many(TEXT)),
        agreed=maybe(DAY), agreed_is_told=YES, status=one_of(*_STATES),
        changes=many(thing(day=maybe(DAY), status=one_of(*_STATES), counts=YES, word=ref("Stated"),
                           against=many(ref("Stated")))),
        may_have_broken_it=many(thing(incident=TEXT, day=maybe(DAY), why=hidden(many(TEXT)))),
    ),
    "Agreements": page_of("agreements", "Agreement"),
    "Entry": thing(
        "one event, day, week, month or year that a record claim is compared with", key=TEXT, day=maybe(DAY),
        low=COUNT, best=COUNT, high=maybe(COUNT), words=TEXT, incidents=many(TEXT),
        receipts=many(thing(ref=TEXT, quote=TEXT, publisher=maybe(TEXT), published=maybe(DAY))),
    ),
    "Check": thing(
        "the verdict on a record claim: why, by each bound, what speaks against it, and what the ledger lacks",
        words=TEXT, measure=one_of(*get_args(Measure)), unit=one_of(*get_args(Unit)), harm=maybe(one_of(*HARMS)),
        rank=maybe(WHOLE), place={"anyOf": [ref("Where"), {"type": ["string", "null"]}]},
        victims=maybe(TEXT), doers=maybe(TEXT),
        window=thing(words=maybe(TEXT), start=maybe(DAY), sure=maybe(DAY), end=DAY),
        verdict=one_of(*get_args(Verdict)), why=TEXT,
        under=thing("the verdict if every figure were at this bound", BOUNDS, **dict.fromkeys(BOUNDS, _UNDER)),
        subject=maybe(ref("Entry")), against=many(ref("Entry")), missing=many(TEXT), notes=many(TEXT),
    ),
    "CheckedStatement": thing("a record claim of a report with its verdict, or why it could not be checked",
                              statement=ref("Stated"), check=maybe(ref("Check")), problem=maybe(TEXT)),
    "Checks": page_of("checks", "CheckedStatement"),
    "Suggestion": thing(
        "a tie between two actors that reports tell of; it changes nothing by itself", id=TEXT, actor=ref("Actor"),
        relation=one_of(*_RELATIONS), other=ref("Actor"), since=maybe(DAY), until=maybe(DAY), first_told=maybe(DAY),
        last_told=maybe(DAY), voices=many(TEXT), answer=one_of(*get_args(Answer)), by=maybe(TEXT),
        words=many(ref("Stated")), denied=many(ref("Stated")),
    ),
    "Suggestions": page_of("suggestions", "Suggestion"),
    "GoldReport": thing("a report that somebody judged something in", id=TEXT, title=maybe(TEXT),
                        publisher=maybe(TEXT), url=maybe(TEXT), language=maybe(TEXT), published=maybe(DAY), text=TEXT),
    "Coding": thing(
        "what people judged in a report, as `marsad evaluate` takes it (docs/evaluation.md)", doc=TEXT,
        judged=one_of("all", "some"), claims=many(thing("", ("in",), **_GOLD_CLAIM)),
        rejected=many(thing(id=TEXT, start=COUNT, end=COUNT, harm=one_of(*HARMS), stated=maybe(COUNT))),
        breakdowns=many(thing(total=TEXT, parts=many(TEXT), kind=TEXT)), restatements=many(many(TEXT)),
        incidents=many(thing(claims=many(TEXT), killed=maybe(many(maybe(COUNT))), perpetrators=many(TEXT),
                             place=maybe(TEXT))),
    ),
    "Gold": page_of("codings", "Coding", "what people judged, with its reports in the same order",
                    reports=many(ref("GoldReport"))),
})  # fmt: skip
