"""A fault of ours is told by its place: neither the page nor the log holds a word of anybody's data."""

import logging
import sys

import pytest
from starlette.testclient import TestClient
from tests.serve.conftest import BASE, House

from marsad.serve import make_app
from marsad.serve.desk import Desk
from marsad.serve.logs import LOGGING, Frames

SECRET = "Jane Example of Kano, token marsad_abc"


def test_a_fault_shows_no_data(house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def broken(*_: object) -> None:
        raise KeyError(SECRET)

    monkeypatch.setattr(Desk, "read", broken)
    client = TestClient(make_app(house.desk), base_url=BASE, raise_server_exceptions=False)
    house.client = client
    for answer in (
        client.post("/api/v1/read", json={"text": SECRET}),
        client.post("/read", data={"token": house.token("/read"), "text": SECRET}),
    ):
        assert answer.status_code == 500
        assert "Marsad's fault" in answer.text.replace("&#39;", "'") and "Jane" not in answer.text
        assert "Traceback" not in answer.text and "KeyError" not in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]
    told = [record.getMessage() for record in caplog.records if record.name == "marsad.serve"]
    assert len(told) == 2 and all("KeyError" in words and "Jane" not in words for words in told)


def test_a_trace_in_the_log_names_places_only() -> None:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(f"no {SECRET}") from error
    except ValueError:
        record = logging.LogRecord("uvicorn.error", logging.ERROR, "x", 1, "Exception in ASGI application\n", (), None)
        record.exc_info = sys.exc_info()
        words = Frames("%(levelname)s %(name)s: %(message)s").format(record)
    assert "Jane" not in words and "marsad_abc" not in words
    assert "ValueError" in words and "KeyError" in words and "test_logs.py:" in words


def test_requests_are_not_logged() -> None:
    assert "uvicorn.access" not in LOGGING["loggers"]
    assert all(logger["level"] == "WARNING" for logger in LOGGING["loggers"].values())
