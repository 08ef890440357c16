"""https against a real server: names are proven, though the address that is called was looked up beforehand."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import trustme
from tests.fetch.conftest import FakeTime

from marsad.fetch import Fetcher, FetchError, FetchLimits, Manners

NAME = "wire.example"


class _Quiet(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b"" if self.path == "/robots.txt" else self.headers["host"].encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle(self) -> None:
        """Serve one connection; a client that does not trust us hangs up."""
        with suppress(ssl.SSLError, ConnectionError):
            super().handle()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server that can prove to be NAME, to those who trust its authority, as this process then does."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(NAME).configure_cert(context)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Quiet)
    server.daemon_threads = True
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


def fetched(host: str, port: int, fake: FakeTime) -> bytes:
    manners = Manners(FetchLimits(attempts=1, host_seconds=0), allow_private=True)
    with Fetcher(manners, fake.time, lambda *_: ["127.0.0.1"]) as fetcher:
        return fetcher.get(f"https://{host}:{port}/a").body


def test_a_server_that_proves_its_name_is_read(port: int, fake: FakeTime) -> None:
    assert fetched(NAME, port, fake) == f"{NAME}:{port}".encode()


def test_a_server_that_proves_another_name_is_not(port: int, fake: FakeTime) -> None:
    with pytest.raises(FetchError, match="its certificate does not hold"):
        fetched("other.example", port, fake)


def test_a_server_whose_authority_nobody_knows_is_not(
    port: int, fake: FakeTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(FetchError, match="its certificate does not hold"):
        fetched(NAME, port, fake)
