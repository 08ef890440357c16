"""A ledger of an older form is copied and brought up to date as it is; its people's words and its seals hold on."""

import sqlite3
from pathlib import Path

import pytest
from tests.made import START, Told, reading
from tests.store.writing import started

from marsad.errors import LedgerError
from marsad.ledger import build_ledger, toll
from marsad.ledger.record import report_key
from marsad.model import Figure
from marsad.store import Origin, open_book
from marsad.store.migrations import NEWEST

FIRST_FORM = Path(__file__).with_name("form1.sql").read_text("utf-8")


@pytest.fixture
def old(tmp_path: Path) -> str:
    place = str(tmp_path / "ledger.db")
    with sqlite3.connect(place) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(FIRST_FORM)
    return place


def test_a_ledger_of_the_first_form_is_copied_and_brought_up_to_date(old: str) -> None:
    with open_book(old, START) as book:
        assert list(book.verify()) == []
        record = book.record()
        ledger = build_ledger(record.readings, record.judgements, record.revisions)
        assert toll(ledger).total.tolls == {"killed": Figure(13, 13, 13), "injured": Figure(3, 3, 3)}
        assert {book.original(one.report_key) for one in record.readings} == {b"as it came", None}
        assert book.add_reading(reading([Told(5, "Damasak")]), Origin("Amal", START, "0", "hand"), b"new bytes")
        assert list(book.verify()) == []
    with sqlite3.connect(f"{old}.form1.backup") as copy:
        assert "".join(copy.iterdump()) == "".join(fresh(FIRST_FORM).iterdump())
    assert not list(Path(old).parent.glob("*.partial"))


def test_an_old_ledger_comes_to_the_tables_of_a_new_one(old: str, tmp_path: Path) -> None:
    new = str(tmp_path / "new.db")
    for place in (old, new):
        with open_book(place, START, create=True):
            pass
    assert columns(old) == columns(new)
    assert forms(old) == forms(new) == list(range(1, NEWEST + 1))


def test_a_reading_that_says_the_same_is_known_though_the_contract_has_more_keys_by_now(old: str) -> None:
    again = reading([Told(12, injured=3)], total=900)
    with open_book(old, START) as book:
        assert not book.add_reading(again, Origin("Amal", START, "0", "hand"), b"other bytes than its row names")
        assert book.original(report_key(again.report)) is None
        assert book.count()["readings"] == 2


def test_two_programs_that_open_an_old_ledger_at_once_keep_one_true_copy(old: str) -> None:
    openers = [started(_open, old) for _ in range(4)]
    for one in openers:
        one.join()
    assert [one.exitcode for one in openers] == [0] * 4
    assert forms(f"{old}.form1.backup") == [1]


def test_a_newer_form_is_refused_with_advice_and_left_alone(old: str) -> None:
    with sqlite3.connect(old) as connection:
        connection.execute("INSERT INTO schema_steps VALUES (?, 'of a later year', '2031-01-01')", (NEWEST + 7,))
    before = Path(old).read_bytes()
    with pytest.raises(LedgerError, match=r"newer Marsad.*upgrade"), open_book(old, START, create=True):
        pass
    assert Path(old).read_bytes() == before
    assert not list(Path(old).parent.glob("*.backup"))


def test_a_reading_in_words_of_a_later_contract_is_refused_with_advice(old: str) -> None:
    with sqlite3.connect(old) as connection:
        connection.execute("DROP TRIGGER readings_never_update")
        connection.execute("""UPDATE readings SET body = replace(body, '"where":{', '"where":{"weather":"rain",')""")
    with open_book(old, START) as book:
        book.count()
    with pytest.raises(LedgerError, match=r"reading of Marsad 0.1 that this program cannot read.*upgrade"):  # noqa: SIM117
        with open_book(old, START) as book:
            book.record()


def _open(place: str) -> None:
    with open_book(place, START) as book:
        book.count()


def fresh(script: str) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(script)
    return connection


def columns(place: str) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(place) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        # The declared length of a text means nothing to SQLite; names, nulls and keys do.
        return {name: [(c[1], *c[3:]) for c in connection.execute(f"PRAGMA table_info({name})")] for name in names}


def forms(place: str) -> list[int]:
    with sqlite3.connect(place) as connection:
        return [row[0] for row in connection.execute("SELECT number FROM schema_steps ORDER BY number")]
