"""`marsad serve` listens on this machine only, unless there are people who may log in."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from marsad.cli.app import app
from marsad.errors import BadInputError, LedgerError
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
