"""A real web server on this machine, for tests: what each path answers is set by the test, what was asked is kept."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast

ROBOTS = "/robots.txt"


@dataclass(frozen=True)
class Answer:
    """What a path answers; `pieces` are sent one by one, without a length, where they are given."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    pieces: Iterator[bytes] | None = None


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it; header names in lower case."""

    path: str
    headers: Mapping[str, str]
    method: str = "GET"
    body: bytes = b""


Route = Answer | Callable[[Asked], Answer]


@dataclass
class Site:
    """A server: `routes` by path (an unknown one answers 404), and what it was asked."""

    address: str = ""
    routes: dict[str, Route] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def paths(self) -> list[str]:
        """Return the paths that were asked for, robots.txt left out."""
        return [one.path for one in self.asked if one.path != ROBOTS]

    def answer(self, asked: Asked) -> Answer:
        """Return what a request gets, and keep it."""
        self.asked.append(asked)
        route = self.routes.get(asked.path, Answer(b"no such page", 404))
        return route(asked) if callable(route) else route


def once(*answers: Answer) -> Callable[[Asked], Answer]:
    """Return a route that gives the answers in their order, and the last one from then on."""
    left = list(answers)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    site: Site


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._serve("GET")

    def do_POST(self) -> None:
        self._serve("POST")

    def handle(self) -> None:
        """Serve one connection; a client that hangs up is no trouble."""
        with suppress(ConnectionResetError):
            super().handle()

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _serve(self, method: str) -> None:
        site = cast(_Server, self.server).site
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = site.answer(Asked(self.path, headers, method, body))
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.close_connection = answer.pieces is not None
        try:
            self._send_pieces(answer.pieces) if answer.pieces else self._send_whole(answer)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _send_whole(self, answer: Answer) -> None:
        if "Content-Length" not in answer.headers:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def _send_pieces(self, pieces: Iterator[bytes]) -> None:
        self.send_header("Connection", "close")
        self.end_headers()
        for piece in pieces:
            self.wfile.write(piece)


@contextmanager
def served() -> Iterator[Site]:
    """Give a running server of one's own, on a free port of this machine."""
    site = Site()
    server = _Server(("127.0.0.1", 0), _Handler)
    server.site = site
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
