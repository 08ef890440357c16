"""Puts the pages together: which address leads to which function, and what role it asks for."""

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
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from marsad.errors import LedgerError, MarsadError
from marsad.serve import api, changes, incident, incidents, map_page, overview, people, reader, review, tolls
from marsad.serve.accounts import Accounts
from marsad.serve.desk import Desk, Person, Role, Shelf
from marsad.serve.guard import Guard
from marsad.serve.pages import page
from marsad.serve.withheld import require_open

Answer = Callable[[Request], Response | Awaitable[Response]]
STATIC = Path(__file__).parent / "static"

PAGES: tuple[tuple[str, str, Answer, Role], ...] = (
    ("GET", "/", overview.overview, "reader"),
    ("GET", "/incidents", incidents.list_incidents, "reader"),
    ("GET", "/incidents/{id}", incident.show_incident, "reader"),
    ("POST", "/incidents/{id}/judge", incident.judge, "reviewer"),
    ("POST", "/incidents/{id}/revise", incident.revise, "reviewer"),
    ("POST", "/incidents/{id}/undo", incident.undo, "reviewer"),
    ("GET", "/tolls", tolls.show_tolls, "reader"),
    ("GET", "/tolls.csv", tolls.tolls_csv, "reader"),
    ("GET", "/tolls.json", tolls.tolls_json, "reader"),
    ("GET", "/receipt", tolls.receipt, "reader"),
    ("GET", "/map", map_page.show_map, "reader"),
    ("GET", "/map.json", map_page.map_json, "reader"),
    ("GET", "/changes", changes.show_changes, "reader"),
    ("GET", "/changes.atom", changes.atom, "reader"),
    ("GET", "/changes.json", changes.json_feed, "reader"),
    ("GET", "/read", reader.empty_reader, "recorder"),
    ("POST", "/read", reader.read_report, "recorder"),
    ("POST", "/add", reader.add_report, "recorder"),
    ("GET", "/reports/{key}", reader.recorded_report, "reader"),
    ("GET", "/review", review.desk, "reviewer"),
    ("POST", "/review", review.decide, "reviewer"),
    ("GET", "/people", people.show_people, "administrator"),
    ("POST", "/people", people.change_people, "administrator"),
    ("GET", "/api/v1/openapi.json", api.openapi, "reader"),
    ("GET", "/api/v1/incidents", api.list_incidents, "reader"),
    ("GET", "/api/v1/incidents/{id}", api.one_incident, "reader"),
    ("GET", "/api/v1/toll", api.toll_table, "reader"),
    ("GET", "/api/v1/trace", api.trace_id, "reader"),
    ("GET", "/api/v1/changes", api.list_changes, "reader"),
    ("POST", "/api/v1/read", api.read_report, "recorder"),
)


def make_app(desk: Desk) -> Starlette:
    """Return the page of one ledger as an ASGI application."""
    routes: list[BaseRoute] = [Mount("/static", StaticFiles(directory=STATIC))]
    routes += [Route(path, _door(answer, role), methods=[method]) for method, path, answer, role in PAGES]
    routes += [
        Route("/login", people.login_form, methods=["GET"]),
        Route("/login", people.login, methods=["POST"]),
        Route("/logout", people.logout, methods=["POST"]),
    ]
    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(Guard),
            # A name of somebody else's that leads to this machine (DNS rebinding) is not answered.
            Middleware(TrustedHostMiddleware, allowed_hosts=[*desk.hosts], www_redirect=False),
            Middleware(GZipMiddleware, minimum_size=1000, compresslevel=4),
        ],
        exception_handlers={HTTPException: _refused, MarsadError: _explained},
    )
    app.state.desk, app.state.shelf, app.state.key = desk, Shelf(desk), secrets.token_bytes(32)
    app.state.accounts = Accounts(desk.accounts) if desk.accounts else None
    return app


def _door(answer: Answer, role: Role) -> Callable[[Request], Awaitable[Response]]:
    """Return a page that opens only to those who may do what `role` may."""

    async def opened(request: Request) -> Response:
        person = await run_in_threadpool(_person, request)
        if person is None:
            if request.url.path.startswith("/api/"):
                raise HTTPException(401, "a token is needed: Authorization: Bearer TOKEN")
            return RedirectResponse("/login", 303)
        request.scope["marsad.person"] = person
        if not person.may(role):
            raise HTTPException(403, f"this takes the role of a {role}; yours is {person.role}")
        require_open(request)
        if iscoroutinefunction(answer):
            made: Any = await answer(request)
        else:
            made = await run_in_threadpool(answer, request)
        assert isinstance(made, Response)
        return made

    return opened


def _person(request: Request) -> Person | None:
    accounts: Accounts | None = request.app.state.accounts
    desk: Desk = request.app.state.desk
    return desk.person if accounts is None else people.person_of(request, accounts)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    answer = _fault(request, error.detail, error.status_code)
    answer.headers.update(error.headers or {})
    return answer


async def _explained(request: Request, error: Exception) -> Response:
    return _fault(
        request, str(error), 404 if isinstance(error, LedgerError) and "nothing answers" in str(error) else 400
    )


def _fault(request: Request, words: str, status: int) -> Response:
    if request.url.path.startswith("/api/") or request.url.path.endswith(".json"):
        return JSONResponse({"error": words}, status)
    return page(request, "fault", status=status, fault=words)
