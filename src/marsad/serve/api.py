"""The JSON API: the ledger's answers for programs, by the same words as the command line; described by OpenAPI."""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from marsad import __version__
from marsad.answers.rows import changes_to_json, incident_row, toll_to_json, trace_to_json
from marsad.contract import to_json
from marsad.errors import BadInputError
from marsad.ledger import BY, POLICIES, Ledger, trace
from marsad.ledger.tolls import require_by
from marsad.read.source import read_bytes
from marsad.serve.address import LONGEST_PAGE, moment_of, number, view_of
from marsad.serve.answers import changes_of, selected, toll_of
from marsad.serve.withheld import KEPT_BACK, sees_words, shown_to
from marsad.vocabulary import HARMS

USUAL_PAGE = 100


def list_incidents(request: Request) -> Response:
    """Return incidents as plain columns, a page at a time."""
    view = view_of(request.query_params)
    found = selected(request.app.state.shelf, view)
    limit = number(request.query_params, "limit", USUAL_PAGE, 1, LONGEST_PAGE)
    at = number(request.query_params, "offset", 0, 0, 99_999_999)
    rows = [incident_row(one) for one in found[at : at + limit]]
    after = at + limit if at + limit < len(found) else None
    return _json(request, {"count": len(found), "offset": at, "limit": limit, "next": after, "incidents": rows})


def one_incident(request: Request) -> Response:
    """Return one incident with its claims, words, judgements and revisions."""
    return _json(request, trace_to_json(trace(_ledger(request), request.path_params["id"])))


def toll_table(request: Request) -> Response:
    """Return a toll, as `marsad toll --format json` prints it."""
    by = require_by(request.query_params.get("by") or BY[0])
    return _json(request, toll_to_json(toll_of(request.app.state.shelf, view_of(request.query_params), by)))


def trace_id(request: Request) -> Response:
    """Return what an id rests on: an incident, a claim, a report, or a row of a toll."""
    asked = request.query_params.get("id", "")
    if not asked:
        raise BadInputError("id is missing: an incident's, a claim's, a report's, or a row of a toll")
    return _json(request, trace_to_json(trace(_ledger(request), asked, view_of(request.query_params).selection)))


def list_changes(request: Request) -> Response:
    """Return what changed since a day."""
    view = view_of(request.query_params)
    since = request.query_params.get("from")
    if not since:
        raise BadInputError("from is missing: the day or moment since which changes are asked for")
    found = changes_of(request.app.state.shelf, moment_of(since), view.as_of, view.policy)
    return _json(request, changes_to_json(found))


async def read_report(request: Request) -> Response:
    """Read one report and return its reading in the contract's form; nothing is stored."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise HTTPException(415, "send application/json")
    found = list(read_bytes(await request.body(), "body.json"))
    reports = [one[0] for one in found if not isinstance(one, BadInputError)]
    if len(reports) != 1 or len(found) != 1:
        faults = [str(one) for one in found if isinstance(one, BadInputError)]
        raise BadInputError("; ".join(faults) or "send one report: an object with a text")
    reading = await run_in_threadpool(request.app.state.desk.read, reports[0])
    return JSONResponse(to_json(reading, places=True, why=True))


def _json(request: Request, value: Any) -> Response:
    asked = request.query_params.get("id", "")
    if asked.startswith("victims:") and not sees_words(request):
        raise HTTPException(403, KEPT_BACK)
    return JSONResponse(shown_to(request, value))


def _ledger(request: Request) -> Ledger:
    view = view_of(request.query_params)
    ledger: Ledger = request.app.state.shelf.ledger(view.as_of, view.policy)
    return ledger


def openapi(request: Request) -> Response:
    """Return the description of this API."""
    del request
    return JSONResponse(_document())


def _asked(name: str, words: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": words, "schema": schema or {"type": "string"}}


def _answer(words: str, *bad: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"type": "object"}}}
    fault = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    said = {"400": "a word of the address cannot be read", "401": "a token is needed",
            "403": "the role does not allow it", "404": "there is no such thing",
            "413": "too large", "415": "not JSON"}  # fmt: skip
    faults = {code: {"description": said[code], "content": fault} for code in ("400", "401", "403", *bad)}
    return {"200": {"description": words, "content": content}, **faults}


_FILTERS = (
    _asked("since", "first day of the window", type="string", format="date"),
    _asked("until", "last day of the window", type="string", format="date"),
    _asked("place", "words of a place, province or country code"),
    _asked("perpetrator", "words of who did it"),
    _asked("victims", "words of who came to harm, or civilian, combatant"),
    _asked("means", "how it was done: airstrike, shelling, ..."),
    _asked("min_sources", "only incidents that so many sources tell of", type="integer", minimum=1, maximum=1000),
)
_TIMES = (
    _asked("as_of", "what had been recorded until then: a day, or an ISO 8601 moment", type="string", format="date"),
    _asked("policy", "whose figure is best where reports differ", type="string", enum=[*POLICIES]),
)


def _document() -> dict[str, Any]:
    id_in_path = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    report = {
        "type": "object", "required": ["text"],
        "properties": {
            **{name: {"type": "string"} for name in ("text", "title", "publisher", "url", "id")},
            "published": {"type": "string", "format": "date"},
        },
    }  # fmt: skip

    def get(name: str, words: str, asked: tuple[Any, ...], *bad: str) -> dict[str, Any]:
        return {
            "get": {"operationId": name, "summary": words, "parameters": [*asked], "responses": _answer(words, *bad)}
        }

    pages = (
        _asked("limit", "rows on a page", type="integer", minimum=1, maximum=LONGEST_PAGE),
        _asked("offset", "rows to leave out", type="integer", minimum=0, maximum=99_999_999),
    )
    by = _asked("by", "what to add up by", type="string", enum=[*BY])
    since = {**_asked("from", "changes since the end of this day", type="string", format="date"), "required": True}
    asked_id = _asked("id", "an incident, a claim, a report, or a row of a toll", type="string", minLength=1)
    post = {
        "operationId": "read", "summary": "Read one report; nothing is stored",
        "responses": _answer("reading", "413", "415"),
        "requestBody": {"required": True, "content": {"application/json": {"schema": report}}},
    }  # fmt: skip
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Marsad", "version": __version__,
            "description": f"What happened, derived from what was recorded. Harms: {', '.join(HARMS)}.",
        },
        "paths": {
            "/api/v1/incidents": get("incidents", "Incidents", (*_FILTERS, *_TIMES, *pages)),
            "/api/v1/incidents/{id}": get("incident", "One incident with its words", (id_in_path, *_TIMES), "404"),
            "/api/v1/toll": get("toll", "A toll with its rows", (by, *_FILTERS, *_TIMES)),
            "/api/v1/trace": get("trace", "What an id rests on", (
                {**asked_id, "required": True},
                *_FILTERS, *_TIMES), "404"),
            "/api/v1/changes": get("changes", "What changed since a day", (since, *_TIMES)),
            "/api/v1/read": {"post": post},
        },
        "components": {
            "schemas": {"Error": {"type": "object", "properties": {"error": {"type": "string"}}}},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    }  # fmt: skip
