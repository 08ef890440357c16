"""The record keeps what it is given, refuses what is unsound, and explains what keeps it from being read."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.made import START, Told, reading

from marsad.check import UnsoundReadingError
from marsad.contract import to_json
from marsad.errors import LedgerError
from marsad.model import Dating, Judgement, Revision
from marsad.store import Book, Origin, default_ledger, open_book
from marsad.store.chain import broken
from marsad.store.migrations import NEWEST

ORIGIN = Origin("Amal", START, "0", "hand")


def with_book(place: str, act: Callable[[Book], object]) -> None:
    with open_book(place, START, create=True) as book:
        act(book)


def test_what_is_added_comes_back_as_it_was(place: str) -> None:
    made = reading([Told(12, injured=3), Told(2, "Gwoza")], total=900)
    told = replace(made, report=replace(made.report, sha256=sha256(b"the bytes").hexdigest()))
    with open_book(place, START, create=True) as book:
        assert book.add_reading(told, ORIGIN, b"the bytes")
        book.add_judgements([Judgement("ia", "ib", "same", "Amal", START, 0.7, ("same village",))])
        book.add_revision(Revision("ia", "killed", "11", "recount", "Amal", START))
    with open_book(place, START) as book:
        record = book.record()
        assert to_json(record.readings[0].reading, why=True) == to_json(told, why=True)
        assert record.judgements[0].reasons == ("same village",)
        assert record.revisions[0].made > START
        assert list(book.verify()) == []


def test_adding_twice_changes_nothing(place: str) -> None:
    with open_book(place, START, create=True) as book:
        assert book.add_reading(reading([Told(12)]), ORIGIN)
        before = book.count()
        assert not book.add_reading(reading([Told(12)]), replace(ORIGIN, moment=datetime(2030, 1, 1, tzinfo=UTC)))
        assert book.count() == before


def test_an_unsound_reading_is_refused_whole(place: str) -> None:
    told = reading([Told(12)])
    bad = replace(told, claims=(replace(told.claims[0], span=replace(told.claims[0].span, start=3)),))
    with open_book(place, START, create=True) as book:
        with pytest.raises(UnsoundReadingError):
            book.add_reading(bad, ORIGIN)
        assert book.count() == {"reports": 0, "readings": 0, "judgements": 0, "revisions": 0, "originals": 0, "acts": 0}


def test_a_missing_ledger_is_not_made_by_looking(file_place: str) -> None:
    with pytest.raises(LedgerError, match="no ledger at"), open_book(file_place, START):
        pass
    assert not Path(file_place).exists()


def test_a_file_that_is_no_ledger_is_refused_and_left_alone(tmp_path: Path) -> None:
    words, other = tmp_path / "letter.txt", tmp_path / "other.db"
    words.write_text("Dear archive, " * 200)
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE birds (name)")
    before = words.read_bytes()
    for file, why in ((words, "not a ledger"), (other, "not a ledger of Marsad")):
        with pytest.raises(LedgerError, match=why), open_book(str(file), START, create=True):
            pass
    assert words.read_bytes() == before


def test_a_newer_ledger_is_refused_with_advice(file_place: str) -> None:
    with_book(file_place, lambda book: book.add_reading(reading([Told(1)]), ORIGIN))
    with sqlite3.connect(file_place) as connection:
        connection.execute("INSERT INTO schema_steps VALUES (?, 'from the future', 'later')", (NEWEST + 1,))
    with pytest.raises(LedgerError, match=r"newer Marsad.*upgrade"), open_book(file_place, START):
        pass


def test_an_older_ledger_is_brought_up_to_date_after_a_backup(file_place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with_book(file_place, lambda book: book.add_reading(reading([Told(1)]), ORIGIN))
    from marsad.store import migrations, opening

    steps = (*migrations.STEPS, (NEWEST + 1, "birds", lambda c: c.execute(text("CREATE TABLE birds (name TEXT)"))))
    monkeypatch.setattr(opening, "NEWEST", NEWEST + 1)
    monkeypatch.setattr(opening, "migrate", lambda connection, moment: migrations.migrate(connection, moment, steps))
    with open_book(file_place, START) as book:
        assert book.count()["readings"] == 1
    copy = Path(f"{file_place}.form{NEWEST}.backup")
    with sqlite3.connect(copy) as connection:
        assert connection.execute("SELECT count(*) FROM readings").fetchone() == (1,)
        assert connection.execute("SELECT max(number) FROM schema_steps").fetchone() == (NEWEST,)


def test_a_step_that_fails_leaves_the_ledger_as_it_was(file_place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with_book(file_place, lambda book: book.add_reading(reading([Told(1)]), ORIGIN))
    from marsad.store import migrations, opening

    def fails(connection: object) -> None:
        connection.execute(text("CREATE TABLE birds (name TEXT)"))  # type: ignore[attr-defined]
        connection.execute(text("SELECT name FROM nowhere"))  # type: ignore[attr-defined]

    steps = (*migrations.STEPS, (NEWEST + 1, "fails", fails))
    monkeypatch.setattr(opening, "NEWEST", NEWEST + 1)
    monkeypatch.setattr(opening, "migrate", lambda connection, moment: migrations.migrate(connection, moment, steps))
    with pytest.raises(LedgerError, match="nowhere"), open_book(file_place, START):
        pass
    with sqlite3.connect(file_place) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'birds'").fetchone() == (0,)


def test_a_read_only_ledger_can_be_read_and_says_why_it_cannot_be_written(file_place: str) -> None:
    with_book(file_place, lambda book: book.add_reading(reading([Told(1)]), ORIGIN))
    url = f"sqlite:///file:{file_place}?mode=ro&uri=true"
    with open_book(url, START) as book:
        assert book.count()["readings"] == 1
    with pytest.raises(LedgerError, match="may only be read"), open_book(url, START) as book:
        book.add_reading(reading([Told(2)]), ORIGIN)


def test_a_locked_ledger_is_waited_for_and_then_told_of(file_place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with_book(file_place, lambda book: book.add_reading(reading([Told(1)]), ORIGIN))
    monkeypatch.setattr("marsad.store.engines.BUSY_SECONDS", 0)
    holder = sqlite3.connect(file_place, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(LedgerError, match="another program"), open_book(file_place, START) as book:
        book.add_reading(reading([Told(2)]), ORIGIN)
    holder.close()


def test_a_full_disk_is_told_of_and_nothing_is_half_written(file_place: str) -> None:
    with_book(file_place, lambda book: book.add_reading(reading([Told(1)]), ORIGIN))
    with pytest.raises(LedgerError, match="disk is full"), open_book(file_place, START) as book:
        with book._engine.connect() as connection:
            connection.execute(text("PRAGMA max_page_count = 1"))
        long = [Told(n, "a village " * 2000) for n in range(1, 9)]
        book.add_reading(reading(long), ORIGIN)
    with open_book(file_place, START) as book:
        assert book.count()["readings"] == 1
        assert list(book.verify()) == []


def test_a_folder_or_a_driver_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LedgerError, match="folder"), open_book(str(tmp_path / "file" / "x.db"), START, create=True):
        pass
    with pytest.raises(LedgerError, match="driver"), open_book("nonesuch://host/base", START):
        pass


def test_what_was_recorded_cannot_be_changed_and_a_forger_is_found_out(file_place: str) -> None:
    with_book(file_place, lambda book: [book.add_reading(reading([Told(n)]), ORIGIN) for n in (1, 2, 3)])
    with pytest.raises(sqlite3.DatabaseError, match="append-only"), sqlite3.connect(file_place) as connection:
        connection.execute("DELETE FROM readings")
    with sqlite3.connect(file_place) as connection:
        connection.execute("DROP TRIGGER readings_never_update")
        connection.execute("UPDATE readings SET body = replace(body, '\"best\":1', '\"best\":0') WHERE rowid = 1")
    with open_book(file_place, START) as book:
        assert any("changed after it was recorded" in fault.what for fault in book.verify())


def test_a_line_taken_out_of_the_log_is_missed(place: str) -> None:
    with_book(place, lambda book: [book.add_reading(reading([Told(n)]), ORIGIN) for n in (1, 2, 3)])
    with open_book(place, START) as book:
        acts = list(book.acts())
    assert list(broken(acts)) == []
    assert "act 3 is missing" in next(broken(acts[:2] + acts[3:]))
    assert list(broken([replace(acts[0], who="Mallory"), *acts[1:]])) == ["act 1 was changed after it was recorded"]


def test_the_default_ledger_can_be_named_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_LEDGER", "elsewhere.db")
    assert default_ledger() == "elsewhere.db"
    monkeypatch.delenv("MARSAD_LEDGER")
    assert default_ledger().endswith("ledger.db")


def test_days_of_reports_come_back_as_days(place: str) -> None:
    told = reading([Told(1)], published=date(2021, 5, 2))
    with open_book(place, START, create=True) as book:
        book.add_reading(told, ORIGIN)
        assert book.record().readings[0].reading.report == told.report


def test_where_a_report_came_from_and_what_told_its_day_is_kept_and_sealed(tmp_path: Path) -> None:
    place = str(tmp_path / "ledger.db")
    dated = Dating("address", 0.65, ("text says 2021-04-02",))
    told = reading([Told()])
    told = replace(told, report=replace(told.report, source="may.zip » inbox.mbox » message 2", dated=dated))
    with open_book(place, START, create=True) as book:
        book.add_reading(told, ORIGIN)
        book.add_reading(reading([Told(4)]), ORIGIN)
        kept = [(one.reading.report.source, one.reading.report.dated) for one in book.record().readings]
        assert kept == [("may.zip » inbox.mbox » message 2", dated), (None, None)]
        assert list(book.verify()) == []
    with sqlite3.connect(place) as connection:
        connection.execute("DROP TRIGGER reports_never_update")
        connection.execute("UPDATE reports SET source = 'june.zip' WHERE source IS NOT NULL")
    with open_book(place, START) as book:
        assert [fault.what for fault in book.verify()] == ["was changed after it was recorded"]
