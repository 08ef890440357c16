"""The schemas of the API's answers (JSON Schema, as OpenAPI 3.1 takes it): every key that an answer holds."""

from typing import Any

from marsad.answers.rows import BOUNDS
from marsad.ledger import BY, TITLES
from marsad.vocabulary import (
    BASES,
    BREAKDOWN_KINDS,
    CHECKS,
    DATE_PRECISIONS,
    HARMS,
    MEANS,
    MODALITIES,
    QUALIFIERS,
    SCOPES,
    STATEMENT_KINDS,
    STATUSES,
    VERDICTS,
)

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "number"}
YES: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
KEPT_BACK = "null for readers, who see neither the words of reports nor the names of victims and of sources"


def ref(name: str) -> Schema:
    """Return a reference to the schema of that name."""
    return {"$ref": f"#/components/schemas/{name}"}


def many(schema: Schema) -> Schema:
    """Return a list of such things."""
    return {"type": "array", "items": schema}


def maybe(schema: Schema, says: str | None = None) -> Schema:
    """Return such a thing or null."""
    made: Schema = {"anyOf": [schema, {"type": "null"}]} if "$ref" in schema else _or_null(schema)
    return {**made, "description": says} if says else made


def hidden(schema: Schema) -> Schema:
    """Return such a thing, or null for who may not see it."""
    return maybe(schema, KEPT_BACK)


def one_of(*values: str) -> Schema:
    """Return one of a closed list."""
    return {"type": "string", "enum": [*values]}


def thing(says: str = "", optional: tuple[str, ...] = (), /, **fields: Schema) -> Schema:
    """Return an object whose fields are all there but `optional`; later versions may add fields."""
    made = {"type": "object", "required": [n for n in fields if n not in optional], "properties": fields}
    return {**made, "description": says} if says else made


def page_of(name: str, row: str, says: str = "", **more: Schema) -> Schema:
    """Return a page of a list."""
    paging = {"count": COUNT, "offset": COUNT, "limit": COUNT, "next": maybe(COUNT, "offset of the next page")}
    return thing(says, **more, **paging, **{name: many(ref(row))})


def _or_null(schema: Schema) -> Schema:
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    values = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return {**schema, **values, "type": [*kinds, "null"]}


_FIGURE_COLUMNS = {f"{harm}_{bound}": maybe(COUNT) for harm in HARMS for bound in BOUNDS}
_ROW: dict[str, Schema] = {
    "id": TEXT, "type": TEXT, "start": maybe(DAY), "end": maybe(DAY), "place": maybe(TEXT), "admin1": maybe(TEXT),
    "country": maybe(TEXT), "latitude": maybe(NUMBER), "longitude": maybe(NUMBER), "geoprecision": maybe(WHOLE),
    "perpetrators": maybe(TEXT), "victims": hidden(TEXT), "means": maybe(TEXT),
    **_FIGURE_COLUMNS,
    "sources": COUNT, "reports": COUNT, "rule": one_of(*TITLES.values()), "revised": maybe(TEXT),
    "targets": maybe(TEXT),
}  # fmt: skip
_SPAN = thing("", ("in",), start=COUNT, end=COUNT, quote=hidden(TEXT), **{"in": one_of("text", "title")})
_TOLLS = {harm: ref("Figure") for harm in HARMS}
_DOER = {"text": TEXT, "actor": maybe(ref("Actor")), "basis": one_of(*BASES), "span": maybe(ref("Span"))}

STATED: dict[str, Schema] = {
    "ref": TEXT, "kind": one_of(*STATEMENT_KINDS), "terms": {"type": "object", "additionalProperties": TEXT},
    "slots": hidden({"type": "object", "additionalProperties": many(TEXT)}),
    "day": maybe(DAY), "day_is_told": YES, "modality": one_of(*MODALITIES), "voice": hidden(TEXT), "span": ref("Span"),
    "report": thing(id=TEXT, publisher=maybe(TEXT), title=hidden(TEXT), url=hidden(TEXT), published=maybe(DAY)),
}  # fmt: skip
"""The keys of a statement with its report, its day and its voice."""

SHAPES: dict[str, Schema] = {
    "Error": thing(error={**TEXT, "description": "what is wrong and what to do, in plain words"}),
    "Figure": thing("a number of people; high is null where it is open", low=COUNT, best=COUNT, high=maybe(COUNT)),
    "Span": _SPAN,
    "Actor": {"type": "object", "description": "an actor of the registry", "properties": {"id": TEXT, "name": TEXT},
              "required": ["id", "name"]},
    "IncidentRow": thing("an incident as plain columns", **_ROW),
    "Said": thing(
        "one source's word on one harm",
        harm=one_of(*HARMS), low=COUNT, best=COUNT, high=maybe(COUNT), voice=hidden(TEXT),
        standing=one_of("chosen", "counted", "superseded", "repeated", "denied"), conceded=YES,
        publisher=maybe(TEXT), published=maybe(DAY), claims=many(TEXT),
    ),
    "Incident": thing("an incident with whose word it is", **_ROW, members=many(TEXT), said=many(ref("Said")),
                      responsibility=hidden(thing(claimed_by=many(ref("Spoken")), denied_by=many(ref("Spoken")),
                                                  blamed=many(ref("Spoken")), unclaimed=many(ref("Spoken"))))),
    "Spoken": thing(
        "a statement of who is responsible, with its words", who=maybe(TEXT), by=maybe(TEXT), why=many(TEXT), **STATED,
    ),
    "Stated": thing("what a report says besides harm, with its words", **STATED),
    "QuotedClaim": thing(
        "a claim with its report", ref=TEXT, harm=one_of(*HARMS), words=hidden(TEXT), best=COUNT, span=ref("Span"),
        according_to=hidden(TEXT),
        report=thing(id=TEXT, publisher=maybe(TEXT), title=hidden(TEXT), url=hidden(TEXT),
                     published=maybe(DAY), source=hidden(TEXT),
                     dated=maybe({"type": "object"}, "what says when it came out")),
    ),
    "Judgement": thing(
        "a word on whether two are one event", left=TEXT, right=TEXT, verdict=one_of(*VERDICTS), by=TEXT,
        score=maybe(NUMBER), why=hidden(many(TEXT)),
    ),
    "Revision": thing(
        "a person's value in place of what was read", of=TEXT, field=TEXT, value=TEXT, reason=hidden(TEXT), by=TEXT,
        made=MOMENT,
    ),
    "TollRow": thing(
        "a row of a toll; its id can be traced", tuple(HARMS), id=TEXT, key=TEXT, incidents=many(TEXT),
        **_TOLLS,
    ),
    "Running": thing("a running total, kept beside", id=TEXT, words=hidden(TEXT), stated=maybe(COUNT)),
    "Toll": page_of(
        "rows", "TollRow", "a toll: rows, their sum over all pages, and the running totals beside them",
        by=one_of(*BY), rule=one_of(*TITLES.values()), as_of=maybe(MOMENT), total=ref("TollRow"),
        undated={**COUNT, "description": "incidents without a day, left out of a window"}, running=many(ref("Running")),
    ),
    "Incidents": page_of("incidents", "IncidentRow"),
    "Trace": page_of(
        "incidents", "Incident", "what an id rests on; claims are those of the page's incidents",
        asked=TEXT, heir_of=maybe(TEXT, "the id that was asked for, where another answers for it"),
        toll=maybe(ref("TollRow")), parts=many(TEXT), withdrawn=maybe(ref("Incident")),
        claims=many(ref("QuotedClaim")), running=many(TEXT), statements=hidden(many(ref("Stated"))),
        judgements=many(ref("Judgement")), revisions=many(ref("Revision")),
    ),
    "Changes": thing(
        "what changed; every list is a page, `counts` says how long it is",
        added=many(TEXT),
        altered=many(thing(id=TEXT, fields=many(TEXT), before=ref("IncidentRow"), after=ref("IncidentRow"))),
        merged=many(thing(id=TEXT, heir=TEXT)), split=many(thing(id=TEXT, parts=many(TEXT))), withdrawn=many(TEXT),
        totals=many(thing(harm=one_of(*HARMS), before=maybe(ref("Figure")), after=maybe(ref("Figure")))),
        counts=thing(added=COUNT, altered=COUNT, merged=COUNT, split=COUNT, withdrawn=COUNT),
        offset=COUNT, limit=COUNT, next=maybe(COUNT),
    ),
    "Series": thing(
        "one counter over time", voice=hidden(TEXT), harm=one_of(*HARMS), whom=hidden(TEXT), where=TEXT,
        since=maybe(DAY), steps=many(ref("Step")),
        remainder=maybe(ref("Figure"), "the newest total less what the incidents come to"),
    ),
    "Step": thing(
        "how a counter came to a point", day=DAY, total=COUNT,
        kind=one_of("first", "rise", "standstill", "retroactive", "short", "gap", "correction", "restart", "swap",
                    "slip"),
        change=WHOLE, told_with_it=maybe(COUNT), unexplained=maybe(WHOLE), phase=COUNT, claim=TEXT,
    ),
    "SeriesPage": page_of("series", "Series"),
    "ActorRow": thing("an actor that incidents name", id=TEXT, name=TEXT, incidents=COUNT, blamed=ref("Tolls"),
                      harmed=ref("Tolls")),
    "Actors": page_of("actors", "ActorRow"),
    "PlaceRow": thing(
        "a place of incidents", gazetteer_id=maybe(TEXT), name=TEXT, admin1=maybe(TEXT), country=maybe(TEXT),
        latitude=maybe(NUMBER), longitude=maybe(NUMBER), geoprecision=maybe(WHOLE), incidents=COUNT, tolls=ref("Tolls"),
    ),
    "Places": page_of("places", "PlaceRow"),
    "Tolls": thing("figures by harm", tuple(HARMS), **_TOLLS),
    "ReportRow": thing(
        "a recorded report", key=TEXT, title=hidden(TEXT), publisher=maybe(TEXT), url=hidden(TEXT),
        published=maybe(DAY), language=maybe(TEXT), characters=COUNT, claims=COUNT, incidents=many(TEXT),
        recorded=MOMENT, extractor=TEXT,
    ),
    "Reports": page_of("reports", "ReportRow"),
    "Recorded": thing(
        "a recorded report with its reading", key=TEXT, recorded=MOMENT, program=TEXT, extractor=TEXT,
        incident_ids=many(TEXT), words=hidden(TEXT), reading=ref("Reading"),
    ),
    "Added": thing(
        "what became of a report that was sent", outcome=one_of("new", "reread", "known"), key=TEXT,
        incident_ids=many(TEXT), warnings=hidden(many(TEXT)),
    ),
    "Case": thing(
        "what waits for a person's word", key=TEXT, kind=one_of("pair", "incident", "report"), reasons=many(TEXT),
        weight={**NUMBER, "description": "doubt weighed in lives: the order of the queue"},
        pair=maybe(many(TEXT), "the two ids that may be one event"), joined=YES, score=maybe(NUMBER),
        incidents=many(ref("IncidentRow")),
    ),
    "Review": page_of("cases", "Case"),
    "Done": thing("what was recorded, in words", recorded=TEXT),
    "Word": thing("a recorded judgement", left=TEXT, right=TEXT, verdict=one_of(*VERDICTS), by=TEXT, made=MOMENT,
                  because=maybe(TEXT)),
    "Value": thing("a recorded revision", of=TEXT, field=TEXT, value=TEXT, reason=TEXT, by=TEXT, made=MOMENT),
    "Me": thing("who asks, and of what", name=TEXT, role=one_of("reader", "recorder", "reviewer", "administrator"),
                version=TEXT, acts={**COUNT, "description": "how many acts are recorded"}),
    "When": thing(text=maybe(TEXT), start=maybe(DAY), end=maybe(DAY), precision=one_of(*DATE_PRECISIONS),
                  span=maybe(ref("Span")), origin=one_of("text", "publication")),
    "Where": thing(
        text=maybe(TEXT), name=maybe(TEXT), country=maybe(TEXT), admin1=maybe(TEXT), admin2=maybe(TEXT),
        latitude=maybe(NUMBER), longitude=maybe(NUMBER), geoprecision=maybe(WHOLE), gazetteer_id=maybe(TEXT),
    ),
    "Claim": thing(
        "one assertion that a number of people came to harm", id=TEXT, harm=one_of(*HARMS),
        count=thing("", ("stated_high",), words=hidden(TEXT), stated=maybe(COUNT), stated_high=maybe(COUNT),
                    qualifier=one_of(*QUALIFIERS), low=COUNT, best=COUNT,
                    high=maybe(COUNT)),
        victims=hidden(thing(text=maybe(TEXT), status=one_of(*STATUSES), actor=maybe(ref("Actor")), groups=many(TEXT),
                             span=maybe(ref("Span")))),
        perpetrators=many(thing(**_DOER)), when=maybe(ref("When")), where=maybe(ref("Where")),
        according_to=hidden(thing(text=TEXT, actor=maybe(ref("Actor")), span=maybe(ref("Span")))),
        means=maybe(one_of(*MEANS)), scope=one_of(*SCOPES), modality=one_of(*MODALITIES), span=ref("Span"),
        extractor=TEXT, confidence=NUMBER,
    ),
    "Statement": {
        **thing("what else the report says of the conflict; its further fields go by its kind", id=TEXT,
                kind=one_of(*STATEMENT_KINDS), modality=one_of(*MODALITIES), span=ref("Span"), when=maybe(ref("When"))),
    },
    "Reading": thing(
        "a reading in the contract's form (docs/contract.md), as `marsad read --format jsonl` prints it",
        ("restatements_why", "places"), id=TEXT,
        report=thing(id=TEXT, title=hidden(TEXT), publisher=maybe(TEXT), url=hidden(TEXT), published=maybe(DAY),
                     language=maybe(TEXT), characters=COUNT, sha256=maybe(TEXT), source=hidden(TEXT),
                     dated=maybe({"type": "object"}, "what says when it came out")),
        claims=many(ref("Claim")),
        breakdowns=many(thing(total=TEXT, parts=many(TEXT), kind=one_of(*BREAKDOWN_KINDS), check=one_of(*CHECKS),
                              remainder=maybe(ref("Figure")))),
        restatements=many(many(TEXT)), incidents=many({"type": "object"}), statements=hidden(many(ref("Statement"))),
        warnings=hidden(many(TEXT)), restatements_why=hidden(many(many(TEXT))), places=many({"type": "object"}),
    ),
}  # fmt: skip
