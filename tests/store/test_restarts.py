"""A server that is restarted under its readers and writers costs them a clear word and nothing else."""

import signal
import time
from collections.abc import Iterator
from itertools import count
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from tests.made import START, Told, reading
from tests.postgres import Cluster, NoServerError, cluster, make_ledger_place

from marsad.errors import AwayError, LedgerError
from marsad.model import Revision
from marsad.monitor import Recorder, ingest
from marsad.relink import link_book
from marsad.store import Book, Origin, StandingBook, open_book, patiently
from marsad.store.opening import _explained, is_away
from marsad.store.schema import ACTS, readings_of_acts

ORIGIN = Origin("Amal", START, "0", "hand")
WAYS = [signal.SIGINT, signal.SIGQUIT, signal.SIGKILL]
NUMBERS = count(1)
MESSAGES = (
    ("connection failed: FATAL:  the database system is starting up", "starting"),
    ("connection failed: FATAL:  the database system is shutting down", "shut down"),
    ("connection failed: FATAL:  the database system is in recovery mode", "after a crash"),
    ("connection failed: FATAL:  sorry, too many clients already", "no more connections"),
    ("FATAL:  remaining connection slots are reserved", "no more connections"),
    ("terminating connection due to administrator command", "ended the connection"),
    ("terminating connection due to idle-in-transaction timeout", "gave up its turn"),
    ("consuming input failed: server closed the connection unexpectedly", "ended the connection"),
    ("the connection is lost", "ended the connection"),
    ("canceling statement due to lock timeout", "wait for it"),
    ("database is locked", "wait for it"),
)
LASTING = (
    ('connection failed: FATAL:  password authentication failed for user "amal"', "refuses this user"),
    ('connection failed: FATAL:  database "ledgr" does not exist', "no database of that name"),
    ("No space left on device", "disk is full"),
)


@pytest.fixture(scope="module")
def own() -> Iterator[Cluster]:
    """A server that these tests may stop."""
    try:
        with cluster() as made:
            yield made
    except NoServerError as error:
        pytest.skip(str(error))


@pytest.fixture
def team(own: Cluster) -> str:
    return make_ledger_place(own.address, f"restart{next(NUMBERS)}")


@pytest.mark.parametrize("way", WAYS)
def test_a_ledger_that_stays_open_is_asked_again_after_a_restart(own: Cluster, team: str, way: signal.Signals) -> None:
    standing = StandingBook(team, lambda: START)
    with standing.book() as book:
        book.add_reading(reading([Told(1)]), ORIGIN, b"bytes")
    own.stop(way)
    try:
        with pytest.raises(AwayError, match=r"try again|cannot be reached"), standing.book() as book:
            book.last_act()
    finally:
        own.start()
    with standing.book() as book:
        assert book.count()["readings"] == 1
        book.add_reading(reading([Told(2)]), ORIGIN)
        assert book.count()["readings"] == 2
        assert list(book.verify()) == []
    standing.close()


@pytest.mark.parametrize("way", WAYS)
def test_who_adds_many_reports_waits_for_the_server_and_goes_on(
    own: Cluster, team: str, way: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    # While the writer waits the server comes back.
    waiting = SimpleNamespace(monotonic=time.monotonic, sleep=lambda _: own.start())
    monkeypatch.setattr("marsad.store.opening.time", waiting)
    told = [reading([Told(n)]) for n in range(1, 6)]
    by_text = {one.report.text: one for one in told}
    recorder = Recorder("Amal", "hand", lambda report: by_text[report.text], lambda: START)
    outcomes = []
    with open_book(team, START, create=True) as book:
        for done in ingest([(one.report, b"bytes") for one in told], book, recorder, 60):
            outcomes.append(done.outcome)
            if len(outcomes) == 2:
                own.stop(way)
        patiently(lambda: link_book(book, lambda: START))
        assert outcomes == ["new"] * 5
        assert book.count()["reports"] == 5
        assert list(book.verify()) == []


def test_what_is_done_patiently_ends_where_the_server_stays_away(own: Cluster, team: str) -> None:
    with open_book(team, START, create=True) as book:
        own.stop()
        try:
            with pytest.raises(DBAPIError) as found:
                patiently(book.last_act, 0)
        finally:
            own.start()
        assert is_away(found.value)


def test_patience_is_for_what_passes() -> None:
    tries = []

    def act() -> None:
        tries.append(1)
        raise LedgerError("it may only be read")

    with pytest.raises(LedgerError, match="only be read"):
        patiently(act)
    assert len(tries) == 1


@pytest.mark.parametrize(("said", "words"), MESSAGES)
def test_what_passes_by_itself_is_told_so(said: str, words: str) -> None:
    with pytest.raises(AwayError, match=words), _explained("team"):
        raise OperationalError("SELECT", {}, Exception(said))


@pytest.mark.parametrize(("said", "words"), LASTING)
def test_what_somebody_must_mend_is_told_otherwise(said: str, words: str) -> None:
    with pytest.raises(LedgerError, match=words) as found, _explained("team"):
        raise OperationalError("SELECT", {}, Exception(said))
    assert not isinstance(found.value, AwayError)


def test_too_many_at_once_are_told_so() -> None:
    with pytest.raises(AwayError, match="too many ask at once"), _explained("team"):
        raise PoolTimeoutError("QueuePool limit")


def test_a_writer_that_falls_silent_loses_its_turn(team: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marsad.store.engines.HELD_SECONDS", 1)
    with open_book(team, START, create=True) as silent, open_book(team, START) as other:
        with pytest.raises(DBAPIError) as found, silent._writing() as connection:
            time.sleep(2)
            other.add_reading(reading([Told(1)]), ORIGIN)
            connection.exec_driver_sql("SELECT 1")
        assert is_away(found.value)
        assert other.count()["readings"] == 1


@pytest.mark.parametrize(("said", "seconds"), [("", "10"), ("&connect_timeout=3", "3")])
def test_a_server_that_says_nothing_is_not_waited_for_for_ever(team: str, said: str, seconds: str) -> None:
    with open_book(team + said, START, create=True) as book, book._reading() as connection:
        told = connection.connection.dbapi_connection.info.get_parameters()  # type: ignore[union-attr]
        assert told["connect_timeout"] == seconds
        assert told["keepalives_idle"] == "30"


def test_who_reads_cannot_write(team: str) -> None:
    with open_book(team, START, create=True) as book:
        with pytest.raises(DBAPIError, match="read-only"), book._reading() as connection:
            connection.exec_driver_sql("DELETE FROM schema_steps")
        # The connection comes back from the pool, and may be a writer's next.
        book.add_reading(reading([Told(1)]), ORIGIN)
        with pytest.raises(DBAPIError, match="read-only"), book._reading() as connection:
            connection.exec_driver_sql("DELETE FROM schema_steps")


def test_words_on_several_values_are_recorded_all_or_none(place: str) -> None:
    words = [Revision(f"i{n}", "killed", "3", "why", "Amal", START) for n in range(2)]
    with open_book(place, START, create=True) as book:
        broken = [*words, Revision("i3", "killed", None, "why", "Amal", START)]  # type: ignore[arg-type]
        with pytest.raises(DBAPIError):
            book.add_revisions(broken)
        assert book.count()["revisions"] == book.count()["acts"] == 0
        book.add_revisions(words)
        assert book.count()["revisions"] == 2
        assert list(book.verify()) == []


def test_new_readings_are_found_without_looking_through_all(team: str) -> None:
    with open_book(team, START, create=True) as book:
        book.add_reading(reading([Told(1)]), ORIGIN)
        with book._reading() as connection:
            asked = readings_of_acts(ACTS.c.number > 0).compile(connection, compile_kwargs={"literal_binds": True})
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            plan = "\n".join(connection.exec_driver_sql(f"EXPLAIN {asked}").scalars())
        assert "Seq Scan" not in plan
        assert _keys(book) == [1]


def _keys(book: Book) -> list[int]:
    with book._reading() as connection:
        return [1 for _ in connection.execute(readings_of_acts(ACTS.c.number > 0))]
