"""Keeps strangers out: headers on every answer, known hosts only, a token on every form."""

import hmac
import secrets
from hashlib import sha256

from starlette.datastructures import FormData, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marsad.serve import messages

COOKIE = "marsad"
TOKEN_HEADER = "X-Marsad-Token"
"""Carries the token of a form where a page's own script writes through the API."""
LARGEST = 8_000_000
"""Bytes of one request: a report of two million characters with its original beside it."""

HEADERS = {
    # Nothing but what this process ships; no inline script or style, so that words of a report can never be run.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Guard:
    """Sets the language and puts the headers on every answer, gives each browser its cookie, refuses large bodies."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        messages.CURRENT.set(messages.language_of(request))
        known = request.cookies.get(COOKIE, "")
        scope["marsad.browser"] = browser = known if len(known) == 43 else secrets.token_urlsafe(32)
        is_static = request.url.path.startswith("/static/")
        is_browsed = not is_static and not request.url.path.startswith("/api/")

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers.setdefault("Cache-Control", "max-age=3600" if is_static else "no-store")
                if browser != known and is_browsed:
                    secure = "; Secure" if request.url.scheme == "https" else ""
                    headers.append("Set-Cookie", f"{COOKIE}={browser}; Path=/; HttpOnly; SameSite=Strict{secure}")
            await send(message)

        await self._app(scope, _limited(request, receive), answer)


def _limited(request: Request, receive: Receive) -> Receive:
    told = request.headers.get("content-length", "0")
    taken = int(told) if told.isdecimal() and len(told) < 15 else 0
    seen = 0

    async def limited() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if max(seen, taken) > LARGEST:
            raise HTTPException(413, f"this is too large: {LARGEST // 1_000_000} MB are read at once")
        return message

    return limited


def token_of(request: Request) -> str:
    """Return the token that a form of this browser must carry."""
    key: bytes = request.app.state.key
    return hmac.new(key, str(request.scope["marsad.browser"]).encode(), sha256).hexdigest()


async def checked_form(request: Request) -> FormData:
    """Return the form that was sent; refuse one that did not come from a page of ours."""
    # The default limit of a part is 1 MB; the body as a whole is limited by the guard.
    form = await request.form(max_part_size=LARGEST, max_fields=50, max_files=1)
    sent = form.get("token")
    if not isinstance(sent, str) or not hmac.compare_digest(sent.encode(), token_of(request).encode()):
        raise HTTPException(403, "this form has expired or came from elsewhere: go back, load the page anew, try again")
    return form


def require_ours(request: Request) -> None:
    """Refuse what a page of another site could have sent in a browser's name.

    A program names itself by its token; a script of ours carries the token of a form. On a desk of one person, which
    has no tokens, a program is known by what every browser adds to such a request and a program does not.
    """
    if request.headers.get("authorization", "").partition(" ")[0].casefold() == "bearer":
        return
    sent = request.headers.get(TOKEN_HEADER, "")
    if hmac.compare_digest(sent.encode(), token_of(request).encode()):
        return
    by_browser = any(name in request.headers for name in ("origin", "sec-fetch-site", "referer"))
    if by_browser or request.app.state.accounts is not None:
        raise HTTPException(403, "to write takes a program's token: Authorization: Bearer TOKEN")


def field(form: FormData, name: str) -> str:
    """Return the words of one field of a form, "" where it is not there."""
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""
