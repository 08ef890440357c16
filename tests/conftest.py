"""Properties are tested the same way everywhere; whatever is promised of a ledger is tested on every database."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from tests.postgres import NoServerError, make_ledger_place, server

settings.register_profile("marsad", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("marsad")

NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a PostgreSQL server of our own; tests that ask for it are skipped where there is none."""
    try:
        with server() as address:
            yield address
    except NoServerError as error:
        pytest.skip(str(error))


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a ledger may be made that is not there yet: a file, and a database of a team."""
    if request.param == "sqlite":
        return str(tmp_path / "folder" / "ledger.db")
    return make_ledger_place(request.getfixturevalue("postgresql"), f"ledger{next(NUMBERS)}")


@pytest.fixture
def file_place(tmp_path: Path) -> str:
    """Where a ledger in a file may be made."""
    return str(tmp_path / "folder" / "ledger.db")
