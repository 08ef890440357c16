"""What is PostgreSQL's own: it refuses changes itself, waits its turn, shows no password, copies before it alters."""

from itertools import count

import pytest
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError
from tests.made import START, Told, reading
from tests.postgres import make_ledger_place

from marsad.errors import LedgerError
from marsad.model import Report
from marsad.monitor import Recorder, ingest
from marsad.store import Origin, migrations, open_book, opening, shown
from marsad.store.engines import address_of
from marsad.store.migrations import NEWEST

ORIGIN = Origin("Amal", START, "0", "hand")
NUMBERS = count(1)


@pytest.fixture
def team(postgresql: str) -> str:
    return make_ledger_place(postgresql, f"team{next(NUMBERS)}")


@pytest.fixture
def filled(team: str) -> str:
    with open_book(team, START, create=True) as book:
        book.add_reading(reading([Told(1)]), ORIGIN, b"bytes")
    return team


def _birds(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE birds (name TEXT)")


def run(place: str, *statements: str) -> object:
    engine = create_engine(place)
    try:
        with engine.begin() as connection:
            done = [connection.exec_driver_sql(statement) for statement in statements]
            return done[-1].scalar() if done[-1].returns_rows else None
    finally:
        engine.dispose()


@pytest.mark.parametrize("table", ["acts", "reports", "readings", "judgements", "revisions", "originals"])
@pytest.mark.parametrize("change", ["UPDATE {} SET act = act", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_database_itself_refuses_changes(filled: str, table: str, change: str) -> None:
    words = change.format(table).replace("act = act", "number = number" if table == "acts" else "act = act")
    with pytest.raises(DBAPIError, match="append-only"):
        run(filled, words)


def test_looking_makes_no_ledger_in_an_empty_database(team: str) -> None:
    with pytest.raises(LedgerError, match="no ledger"), open_book(team, START):
        pass
    assert run(team, "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()") == 0


def test_another_program_s_database_is_left_alone(team: str) -> None:
    run(team, "CREATE TABLE birds (name TEXT)")
    with pytest.raises(LedgerError, match="not a ledger of Marsad"), open_book(team, START, create=True):
        pass


def test_a_newer_ledger_is_refused_with_advice(filled: str) -> None:
    run(filled, f"INSERT INTO schema_steps VALUES ({NEWEST + 1}, 'of a later year', 'later')")
    with pytest.raises(LedgerError, match=r"newer Marsad.*upgrade"), open_book(filled, START):
        pass


def test_an_older_ledger_is_copied_within_the_database_first(filled: str, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = (*migrations.STEPS, (NEWEST + 1, "birds", _birds))
    monkeypatch.setattr(opening, "NEWEST", NEWEST + 1)
    monkeypatch.setattr(opening, "migrate", lambda connection, moment: migrations.migrate(connection, moment, steps))
    run(filled, f"DROP SCHEMA IF EXISTS marsad_form{NEWEST}_backup CASCADE")
    with open_book(filled, START) as book:
        assert book.count()["readings"] == 1
    assert run(filled, f"SELECT count(*) FROM marsad_form{NEWEST}_backup.readings") == 1
    assert run(filled, f"SELECT max(number) FROM marsad_form{NEWEST}_backup.schema_steps") == NEWEST


def test_a_ledger_that_is_held_too_long_is_told_of(filled: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marsad.store.engines.BUSY_SECONDS", 1)
    with open_book(filled, START) as holder, open_book(filled, START) as other, holder._writing():
        with pytest.raises(DBAPIError, match="lock timeout"):
            other.add_reading(reading([Told(2)]), ORIGIN)
        assert other.count()["readings"] == 1


def test_a_reader_sees_one_moment_while_others_write(filled: str) -> None:
    with open_book(filled, START) as reader, open_book(filled, START) as writer:
        acts = reader.acts()
        first = next(acts)
        writer.add_reading(reading([Told(2)]), ORIGIN)
        assert [first.number, *(act.number for act in acts)] == [1, 2, 3]


def test_a_text_that_it_cannot_hold_is_refused_and_the_rest_goes_on(team: str) -> None:
    from marsad.model import Reading

    recorder = Recorder("Amal", "hand", Reading, lambda: START)
    with open_book(team, START, create=True) as book:
        found = list(ingest([Report("bad", "a \0 b"), Report("good", "a b")], book, recorder))
    assert [one.outcome for one in found] == ["refused", "new"]
    assert "null character" in (found[0].reason or "")


def test_no_password_is_shown_and_a_server_that_is_not_there_is_told_of() -> None:
    place = "postgresql://amal:secret@127.0.0.1:1/ledger"
    with pytest.raises(LedgerError, match="cannot be reached") as found, open_book(place, START):
        pass
    assert "secret" not in str(found.value)
    assert "secret" not in shown(place)


@pytest.mark.parametrize("word", ["postgresql", "postgres", "postgresql+psycopg"])
def test_every_way_to_write_the_address_takes_the_one_driver(word: str) -> None:
    assert address_of(f"{word}://host/ledger").drivername == "postgresql+psycopg"
