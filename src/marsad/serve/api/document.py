"""The description of the API (OpenAPI 3.1), made from the endpoints themselves, and the page that shows it."""

from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from marsad import __version__
from marsad.serve.api.door import SENT, Door
from marsad.serve.api.shapes import SHAPES, ref
from marsad.serve.api.table import DOORS
from marsad.serve.api.words import Word
from marsad.serve.pages import page

FAULTS = {
    400: "a word of the question or a field of what was sent cannot be read",
    401: "a token is needed",
    403: "the role does not allow it, or the request came from another site's page",
    404: "nothing answers to this id",
    409: "it says nothing to the record as it stands: there is nothing to take back, or the two are one already",
    413: "too large",
    415: "not JSON",
    422: "the value does not fit the field",
    429: "too many requests: wait for as many seconds as Retry-After says",
    503: "the ledger's server is away or busy: the same may be asked again after as many seconds as Retry-After says",
}
EVERYWHERE = (400, 401, 403, 429, 503)
DESCRIPTION = (
    "What happened, derived from what was recorded. Questions take the same words as the command line. Every figure is "
    "somebody's word and can be traced to it. Lists come a page at a time: `count` is the whole, `next` the offset of "
    "the next page, null on the last. Answers carry an ETag that stays until something is recorded: send it as "
    "If-None-Match and get 304. A desk of one person on its own machine asks for no token; a team's does. What is "
    "written takes a token of the right role; a browser's session may write only with the form token of a page."
)


def openapi(request: Request) -> Response:
    """Return the description of the API."""
    del request
    return JSONResponse(document())


def show_api(request: Request) -> Response:
    """Show the description as a page."""
    return page(request, "api", doors=DOORS, shapes=SHAPES, sent=SENT, faults=FAULTS, description=DESCRIPTION)


@cache
def document() -> dict[str, Any]:
    """Return the description; it is a constant of this version."""
    paths: dict[str, Any] = {}
    for door in DOORS:
        paths.setdefault(door.path, {})[door.method.lower()] = _operation(door)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Marsad", "version": __version__, "description": DESCRIPTION,
                 "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
        "paths": paths,
        "components": {
            "schemas": {**SHAPES, **{f"Sent{name}": schema for name, schema in SENT.items()}},
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "made by an administrator on /people"},
            },
        },
        "security": [{}, {"token": []}],
    }  # fmt: skip


def _operation(door: Door) -> dict[str, Any]:
    made: dict[str, Any] = {
        "operationId": door.name,
        "summary": door.says,
        "description": " ".join(part for part in (door.more, f"Takes the role of a {door.role}.") if part),
        "parameters": [_parameter(word) for word in door.words],
        "responses": _responses(door),
    }
    if door.sends:
        schema = ref(f"Sent{door.sends}")
        made["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return made


def _parameter(word: Word) -> dict[str, Any]:
    required = {"required": True} if word.required else {}
    return {"name": word.name, "in": word.place, "description": word.says, "schema": word.schema, **required}


def _responses(door: Door) -> dict[str, Any]:
    good = {"application/json": {"schema": ref(door.gives)}}
    bad = {"application/json": {"schema": ref("Error")}}
    mark = {"ETag": {"description": "stays the same until the answer changes", "schema": {"type": "string"}}}
    wait = {"Retry-After": {"description": "seconds to wait", "schema": {"type": "integer"}}}
    made: dict[str, Any] = {}
    for status, says in door.statuses.items():
        made[str(status)] = {
            "description": says,
            "content": good,
            **({"headers": mark} if door.method == "GET" else {}),
        }
    if door.method == "GET":
        made["304"] = {"description": "nothing was recorded since the answer with this ETag"}
    for status in sorted({*EVERYWHERE, *door.faults}):
        made[str(status)] = {"description": FAULTS[status], "content": bad}
    for waited in ("429", "503"):
        made[waited]["headers"] = wait
    return made
