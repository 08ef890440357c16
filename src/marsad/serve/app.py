"""Puts the pages together: which address leads to which function, and what role it asks for."""

import logging
import secrets
from collections.abc import Awaitable, Callable
from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route, compile_path
from starlette.staticfiles import StaticFiles

from marsad.errors import AwayError, LedgerError, MarsadError
from marsad.serve import (
    api,
    changes,
    exports,
    incidents,
    judging_pages,
    map_page,
    overview,
    people,
    reader,
    running,
    stated_pages,
    tolls,
)
from marsad.serve.accounts import Accounts
from marsad.serve.desk import LOOKED, Desk, Person, Role, Shelf
from marsad.serve.faults import leads_nowhere
from marsad.serve.guard import HEADERS, Guard
from marsad.serve.looking import Looking
from marsad.serve.messages import CURRENT, language_of
from marsad.serve.pace import Pace
from marsad.serve.pages import page
from marsad.serve.withheld import require_open

Answer = Callable[[Request], Response | Awaitable[Response]]
STATIC = Path(__file__).parent / "static"
RETRY_SECONDS = 2
"""After so long a browser or program may ask again where the ledger's server was away."""
LOG = logging.getLogger("marsad.serve")

PAGES: tuple[tuple[str, str, Answer, Role], ...] = (
    ("GET", "/", overview.overview, "reader"),
    ("GET", "/incidents", incidents.list_incidents, "reader"),
    ("GET", "/tolls", tolls.show_tolls, "reader"),
    ("GET", "/tolls.csv", tolls.tolls_csv, "reader"),
    ("GET", "/tolls.json", tolls.tolls_json, "reader"),
    ("GET", "/export", exports.show_export, "reader"),
    ("GET", "/export.zip", exports.give, "reader"),
    ("GET", "/receipt", tolls.receipt, "reader"),
    ("GET", "/tolls/running", running.show_running, "reader"),
    ("GET", "/map", map_page.show_map, "reader"),
    ("GET", "/map.json", map_page.map_json, "reader"),
    ("GET", "/map/place.json", map_page.place_json, "reader"),
    ("GET", "/control", stated_pages.show_control, "reader"),
    ("GET", "/control.json", stated_pages.control_json, "reader"),
    ("GET", "/agreements", stated_pages.show_agreements, "reader"),
    ("GET", "/changes", changes.show_changes, "reader"),
    ("GET", "/changes.atom", changes.atom, "reader"),
    ("GET", "/changes.json", changes.json_feed, "reader"),
    ("GET", "/read", reader.empty_reader, "recorder"),
    ("POST", "/read", reader.read_report, "recorder"),
    ("POST", "/add", reader.add_report, "recorder"),
    ("GET", "/reports/{key}", reader.recorded_report, "reader"),
    *judging_pages.DOORS,
    ("GET", "/people", people.show_people, "administrator"),
    ("POST", "/people", people.change_people, "administrator"),
    ("GET", "/api/v1/openapi.json", api.openapi, "reader"),
    ("GET", "/api", api.show_api, "reader"),
    *((door.method, door.path, door, door.role) for door in api.DOORS),
)
OPEN: tuple[tuple[str, str, Answer], ...] = (
    ("GET", "/login", people.login_form),
    ("POST", "/login", people.login),
    ("POST", "/logout", people.logout),
)
"""The doors that take no role."""


def make_app(desk: Desk, pace: Pace | None = None, language: str | None = None) -> Starlette:
    """Return the page of one ledger as an ASGI application.

    `pace` counts its requests; `language` is that of people who choose none.
    """
    routes: list[BaseRoute] = [Mount("/static", StaticFiles(directory=STATIC))]
    routes += [Route(path, _door(answer, role), methods=[method]) for method, path, answer, role in PAGES]
    routes += [Route(path, _paced(answer), methods=[method]) for method, path, answer in OPEN]
    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(Guard),
            # A name of somebody else's that leads to this machine (DNS rebinding) is not answered.
            Middleware(TrustedHostMiddleware, allowed_hosts=[*desk.hosts], www_redirect=False),
            Middleware(GZipMiddleware, minimum_size=1000, compresslevel=4),
        ],
        exception_handlers={HTTPException: _refused, MarsadError: _explained, Exception: _failed},
    )
    app.state.desk, app.state.shelf, app.state.key = desk, Shelf(desk), secrets.token_bytes(32)
    app.state.pace, app.state.language = pace or Pace(), language
    app.state.looking = Looking()
    app.state.accounts = Accounts(desk.accounts) if desk.accounts else None
    return app


def _door(answer: Answer, role: Role) -> Callable[[Request], Awaitable[Response]]:
    """Return a page that opens only to those who may do what `role` may."""

    async def opened(request: Request) -> Response:
        person = await run_in_threadpool(_person, request)
        if person is None:
            if request.url.path.startswith("/api/"):
                words = "a token is needed: Authorization: Bearer TOKEN"
                raise HTTPException(401, words, headers={"WWW-Authenticate": "Bearer"})
            return RedirectResponse("/login", 303)
        request.scope["marsad.person"] = person
        if not person.may(role):
            raise HTTPException(403, f"this takes the role of a {role}; yours is {person.role}")
        if request.app.state.accounts is not None:
            request.app.state.pace.require_person(request, person.name)
        require_open(request)
        return await _answered(answer, request)

    return _paced(opened)


def _paced(answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    """Return a page that is answered only so often to one address."""

    async def paced(request: Request) -> Response:
        if request.method in ("GET", "HEAD"):
            LOOKED.set(set())
        # Whatever is said from here on is said in the language of who asks.
        CURRENT.set(language_of(request))
        request.app.state.pace.require_address(request)
        return await _answered(answer, request)

    return paced


async def _answered(answer: Answer, request: Request) -> Response:
    if iscoroutinefunction(answer) or isinstance(answer, api.Door):
        made: Any = await answer(request)
    else:
        made = await run_in_threadpool(answer, request)
    assert isinstance(made, Response)
    return made


def _person(request: Request) -> Person | None:
    accounts: Accounts | None = request.app.state.accounts
    desk: Desk = request.app.state.desk
    return desk.person if accounts is None else people.person_of(request, accounts)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    answer = _fault(request, error.detail, error.status_code)
    answer.headers.update(error.headers or {})
    if error.status_code == 405:
        answer.headers["Allow"] = ", ".join(_methods(request.url.path))
    return answer


def _methods(path: str) -> list[str]:
    """Return all methods by which a path is a door: one route holds only one of them."""
    doors = [(method, each) for method, each, _, _ in PAGES] + [(method, each) for method, each, _ in OPEN]
    return sorted({method for method, each in doors if compile_path(each)[0].match(path)})


async def _explained(request: Request, error: Exception) -> Response:
    if isinstance(error, AwayError):
        answer = _fault(request, str(error), 503)
        answer.headers["Retry-After"] = str(RETRY_SECONDS)
        return answer
    return _fault(request, str(error), 404 if isinstance(error, LedgerError) and leads_nowhere(error) else 400)


async def _failed(request: Request, error: Exception) -> Response:
    """Answer a fault of ours: the page names no value, and the log says where it was, not on whose data."""
    name = secrets.token_hex(4)
    route = request.scope.get("route")
    LOG.error("fault %s: %s at %s %s", name, type(error).__name__, request.method, getattr(route, "path", "a page"))
    words = f"Something failed here, and it is Marsad's fault. Nothing was lost. The log names it as fault {name}."
    answer = _fault(request, words, 500)
    # This answer is given outside of the guard, which puts the headers on all others.
    answer.headers.update({**HEADERS, "Cache-Control": "no-store"})
    return answer


def _fault(request: Request, words: str, status: int) -> Response:
    if request.url.path.startswith("/api/") or request.url.path.endswith(".json"):
        return JSONResponse({"error": words}, status)
    return page(request, "fault", status=status, fault=words)
