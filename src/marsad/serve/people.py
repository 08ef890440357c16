"""Logging in and out, and the people of the desk."""

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from marsad.serve.accounts import SESSION, Accounts
from marsad.serve.desk import ROLES, Person
from marsad.serve.guard import checked_form, field
from marsad.serve.pages import page

COOKIE = "marsad-session"


def person_of(request: Request, accounts: Accounts) -> Person | None:
    """Return who asks: by a program's token, else by the browser's session."""
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    if kind.casefold() == "bearer":
        return accounts.by_token(secret.strip())
    session = request.cookies.get(COOKIE)
    return accounts.by_session(session, request.app.state.desk.clock()) if session else None


def login_form(request: Request) -> Response:
    """Show the form."""
    return page(request, "login", fault=None)


async def login(request: Request) -> Response:
    """Begin a session."""
    form = await checked_form(request)
    accounts: Accounts | None = request.app.state.accounts
    if accounts is None:
        return RedirectResponse("/", 303)
    name, password = field(form, "name"), str(form.get("password") or "")
    secret = await run_in_threadpool(accounts.log_in, name, password, request.app.state.desk.clock())
    if secret is None:
        return page(request, "login", status=403, fault="Name and password do not fit, or there were too many tries.")
    answer = RedirectResponse("/", 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(
        COOKIE, secret, max_age=int(SESSION.total_seconds()), httponly=True, samesite="strict", secure=secure
    )
    return answer


async def logout(request: Request) -> Response:
    """End the session."""
    await checked_form(request)
    accounts: Accounts | None = request.app.state.accounts
    if accounts is not None and (secret := request.cookies.get(COOKIE)):
        await run_in_threadpool(accounts.log_out, secret)
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(COOKIE)
    return answer


def show_people(request: Request) -> Response:
    """Show who works at this desk."""
    accounts: Accounts | None = request.app.state.accounts
    return page(request, "people", everybody=accounts.people() if accounts else [], roles=ROLES, secret=None)


async def change_people(request: Request) -> Response:
    """Add or remove a person, or make a token for a program."""
    form = await checked_form(request)
    accounts: Accounts | None = request.app.state.accounts
    if accounts is None:
        raise HTTPException(400, "this desk has a single user: start it with --accounts FILE")
    name, what = field(form, "name"), field(form, "what")
    secret = None
    if what == "add":
        await run_in_threadpool(accounts.add, name, field(form, "role"), str(form.get("password") or ""))
    elif what == "remove":
        if name == request.scope["marsad.person"].name:
            raise HTTPException(400, "you cannot remove yourself")
        await run_in_threadpool(accounts.remove, name)
    elif what == "token" and any(one.name == name for one in accounts.people()):
        secret = accounts.make_token(name, field(form, "purpose"), request.app.state.desk.clock())
    else:
        raise HTTPException(400, "nothing was asked for that can be done")
    return page(request, "people", everybody=accounts.people(), roles=ROLES, secret=secret)
