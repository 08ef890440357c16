"""One endpoint of the API: what may be asked, what comes back; the same table opens it, checks it and describes it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from marsad import __version__
from marsad.errors import BadInputError
from marsad.ledger import Ledger
from marsad.serve.address import LONGEST_PAGE, View, number, view_of
from marsad.serve.api.words import FARTHEST, USUAL_PAGE, Schema, Word, checked, fault_of
from marsad.serve.desk import Desk, Person, Role, Shelf
from marsad.serve.guard import require_ours
from marsad.serve.withheld import sees_words, shown_to


class Json(JSONResponse):
    """An answer as JSON; half a character that some text may hold is written as an escape, never as broken UTF-8."""

    def render(self, content: Any) -> bytes:
        """Return the bytes of an answer."""
        words = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return words.encode("utf-8", "backslashreplace")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, read: the words of the address, what was sent with it, and whose it is."""

    request: Request
    words: Mapping[str, str]
    sent: Mapping[str, Any]
    raw: bytes = b""

    @property
    def view(self) -> View:
        """What part of the ledger is asked for, as of when."""
        return view_of({name: words for name, words in self.words.items() if name != "id"})

    @property
    def shelf(self) -> Shelf:
        """The derived ledgers."""
        shelf: Shelf = self.request.app.state.shelf
        return shelf

    @property
    def desk(self) -> Desk:
        """The desk that was asked."""
        desk: Desk = self.request.app.state.desk
        return desk

    @property
    def person(self) -> Person:
        """Who asks."""
        person: Person = self.request.scope["marsad.person"]
        return person

    @property
    def ledger(self) -> Ledger:
        """The ledger as of the moment, by the policy, that are asked for."""
        view = self.view
        return self.shelf.ledger(view.as_of, view.policy)

    @property
    def acts(self) -> int:
        """How many acts are recorded: while it is the same, so is every answer."""
        return self.shelf.acts()

    def paged(self, name: str, rows: Sequence[Any]) -> dict[str, Any]:
        """Return the page of `rows` that is asked for, with their count and the offset of the next page."""
        limit = number(self.words, "limit", USUAL_PAGE, 1, LONGEST_PAGE)
        at = number(self.words, "offset", 0, 0, FARTHEST)
        after = at + limit if at + limit < len(rows) else None
        return {"count": len(rows), "offset": at, "limit": limit, "next": after, name: list(rows[at : at + limit])}


Made = Mapping[str, Any] | tuple[int, Mapping[str, Any]]
"""What an endpoint answers: an object, or a status and an object."""


@dataclass(frozen=True, slots=True)
class Door:
    """An endpoint: `gives` names the schema of its answer, `sends` that of what it takes; `faults` are its own."""

    method: str
    path: str
    make: Callable[[Asked], Made]
    role: Role
    name: str
    says: str
    gives: str
    words: tuple[Word, ...] = ()
    sends: str | None = None
    statuses: Mapping[int, str] = field(default_factory=lambda: {200: "what was asked for"})
    faults: tuple[int, ...] = ()
    more: str = ""

    async def __call__(self, request: Request) -> Response:
        """Answer one request."""
        asked = await self._read(request)
        return await run_in_threadpool(self._answer, asked)

    async def _read(self, request: Request) -> Asked:
        if self.method != "GET":
            require_ours(request)
        words = checked(self.words, request)
        if self.sends is None:
            return Asked(request, words, {})
        if request.headers.get("content-type", "").partition(";")[0].strip().casefold() != "application/json":
            raise HTTPException(415, "send application/json")
        raw = await request.body()
        return Asked(request, words, sent_object(raw, SENT[self.sends]), raw)

    def _answer(self, asked: Asked) -> Response:
        if self.method != "GET":
            return self._made(asked)
        mark = f'"{self._mark(asked)}"'
        headers = {"ETag": mark, "Cache-Control": "private, no-cache", "Vary": "Authorization, Cookie"}
        known = [one.strip().removeprefix("W/") for one in asked.request.headers.get("if-none-match", "").split(",")]
        answer = Response(status_code=304) if mark in known else self._made(asked)
        answer.headers.update(headers)
        return answer

    def _made(self, asked: Asked) -> Response:
        made = self.make(asked)
        status, value = made if isinstance(made, tuple) else (200, made)
        return Json(shown_to(asked.request, value), status)

    def _mark(self, asked: Asked) -> str:
        """Return a mark that stays the same as long as the answer does: until something is recorded."""
        person = asked.person
        known = (
            asked.acts, self.path, sorted(asked.words.items()), sees_words(asked.request),
            person if self.gives == "Me" else None, __version__,
        )  # fmt: skip
        return sha256(repr(known).encode("utf-8", "surrogatepass")).hexdigest()[:32]


TEXT: Schema = {"type": "string", "minLength": 1}
OPTIONAL: Schema = {"type": ["string", "null"], "maxLength": 2000}
REASON: Schema = {"type": "string", "maxLength": 2000}
SENT: dict[str, Schema] = {}
"""The schemas of what is sent, by name; the modules of the endpoints add theirs."""


def sent_object(raw: bytes, schema: Schema) -> dict[str, Any]:
    """Return the JSON object that was sent; raise BadInputError where it is none or does not fit its schema."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        raise BadInputError("what was sent is not JSON") from None
    if not isinstance(found, dict):
        raise BadInputError("send one JSON object")
    fields = schema["properties"]
    if unknown := [name for name in found if name not in fields]:
        raise BadInputError(f"{unknown[0][:40]!r} is no field of this: there are {', '.join(fields)}")
    if missing := [name for name in schema.get("required", ()) if name not in found]:
        raise BadInputError(f"{missing[0]} is missing: {fields[missing[0]].get('description', 'it is needed')}")
    for name, value in found.items():
        if fault := _fault(fields[name], value):
            raise BadInputError(f"{name}: {fault}")
    return found


def _fault(schema: Schema, value: Any) -> str | None:
    if value is None and "null" in schema["type"]:
        return None
    if not isinstance(value, str):
        return "write text, in quotation marks"
    plain = {**schema, "type": "string"}
    return fault_of(plain, value)
