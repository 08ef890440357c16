"""`marsad serve` listens on this machine only, unless there are people who may log in."""

from pathlib import Path
from socket import socket

import pytest
import uvicorn
from starlette.testclient import TestClient
from tests.serve.conftest import make_house
from typer.testing import CliRunner

from marsad.cli.app import app
from marsad.errors import BadInputError, LedgerError
from marsad.serve import make_app
from marsad.serve.accounts import Accounts

RUN = CliRunner()


@pytest.mark.parametrize("people", [False, True])
def test_no_other_address_without_accounts(people: bool, tmp_path: Path) -> None:
    # A file of accounts that holds nobody opens nothing either.
    more = ["--accounts", str(tmp_path / "people.db")] if people else []
    found = RUN.invoke(app, ["serve", "--host", "0.0.0.0", "--ledger", str(tmp_path / "l.db"), *more])
    assert isinstance(found.exception, BadInputError)
    assert "this machine only" in str(found.exception)


def test_people_are_added_and_listed(tmp_path: Path) -> None:
    file = str(tmp_path / "people.db")
    words = "a long password\na long password\n"
    added = RUN.invoke(app, ["person", "add", "Noor", "--role", "reviewer", "--accounts", file], input=words)
    assert added.exit_code == 0, added.output
    assert [(one.name, one.role) for one in Accounts(file).people()] == [("Noor", "reviewer")]
    assert "Noor\treviewer" in RUN.invoke(app, ["person", "list", "--accounts", file]).output
    assert isinstance(RUN.invoke(app, ["person", "add", "--accounts", file]).exception, LedgerError)


def test_a_proxy_is_believed_only_where_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[uvicorn.Config] = []

    class Server:
        def __init__(self, config: uvicorn.Config) -> None:
            made.append(config)

        def run(self, sockets: list[socket]) -> None:
            for one in sockets:
                one.close()

    monkeypatch.setattr("marsad.serve.run.uvicorn.Server", Server)
    monkeypatch.setattr("marsad.serve.run._warm", lambda *_: None)
    for more in ([], ["--proxied"]):
        found = RUN.invoke(app, ["serve", "--port", "0", "--ledger", str(tmp_path / "l.db"), *more])
        assert found.exit_code == 0 and "http://127.0.0.1:" in found.output
    assert [config.proxy_headers for config in made] == [False, True]
    assert made[1].forwarded_allow_ips == "127.0.0.1,::1"
    assert not made[0].access_log and made[0].limit_concurrency


def test_a_language_without_texts_is_refused(tmp_path: Path) -> None:
    found = RUN.invoke(app, ["serve", "--ledger", str(tmp_path / "l.db"), "--language", "xx"])
    assert isinstance(found.exception, BadInputError)
    assert "'xx'" in str(found.exception) and "en" in str(found.exception)


def test_cookies_are_secure_where_the_page_is(tmp_path: Path) -> None:
    house = make_house(tmp_path)
    for scheme, secure in (("http", False), ("https", True)):
        client = TestClient(make_app(house.desk), base_url=f"{scheme}://127.0.0.1")
        assert ("secure" in client.get("/login").headers["set-cookie"].casefold()) is secure
