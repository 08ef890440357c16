"""Runs the page in this process until it is stopped."""

import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread

import uvicorn

from marsad.errors import BadInputError, LedgerError
from marsad.model import Report
from marsad.serve.app import make_app
from marsad.serve.desk import Desk, Shelf
from marsad.serve.logs import LOGGING
from marsad.serve.overview import warm

# Read once at the start, so that the first report that somebody pastes is read as fast as the next.
FIRST_WORDS = "Two people were killed in Exampleville on Monday, the mayor said."


WAITING = 2048
"""Connections that wait to be taken; the system may take fewer."""
MOST_AT_ONCE = 200
"""Requests under way; whoever comes beyond them is told to come back (503) rather than kept waiting."""


@dataclass(frozen=True, slots=True)
class Listening:
    """Where to listen, and in which language to answer who chooses none.

    `proxied` says that a proxy on this machine stands in front, whose word on addresses holds.
    """

    host: str
    port: int
    proxied: bool = False
    language: str | None = None


def run(desk: Desk, where: Listening, tell: Callable[[str], None]) -> None:
    """Serve the page (port 0 takes a free one); `tell` is told its address once it listens."""
    host = where.host
    listener = _listen(host, where.port)
    number = listener.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    app = make_app(desk, language=where.language)
    config = uvicorn.Config(
        app, log_config=LOGGING, access_log=False, server_header=False, lifespan="off", limit_concurrency=MOST_AT_ONCE,
        proxy_headers=where.proxied, forwarded_allow_ips="127.0.0.1,::1",
    )  # fmt: skip
    Thread(target=_warm, args=(desk, app.state.shelf), daemon=True).start()
    tell(f"http://{shown}:{number}/")
    uvicorn.Server(config).run(sockets=[listener])


def _warm(desk: Desk, shelf: Shelf) -> None:
    # Where the ledger's server is away, whoever comes first waits a little longer.
    with suppress(LedgerError):
        warm(desk, shelf)
    desk.read(Report("first", FIRST_WORDS))


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        # Whoever is told the address may come before the server takes its first connection: then they wait.
        listener.listen(WAITING)
    except OSError as error:
        listener.close()
        message = f"port {port} of {host} cannot be had ({error.strerror}): choose another by --port"
        raise BadInputError(message) from error
    return listener
