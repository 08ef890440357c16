"""Folders, tables and whatever else comes in: what is read, what is left out, what failed, and going on afterwards."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.cli.test_bad_input import marsad
from tests.read.made_files import ARTICLE, DAY_HEAD, page, zipped

from marsad.cli import receiving
from marsad.model import Report
from marsad.store import open_book

GOOD = "Gunmen killed four farmers near Gao on Monday, the mayor said."
FRENCH = "Des hommes ont tué neuf personnes dans une attaque contre un bus sur la route, selon le maire de la ville."
MOMENT = datetime(2024, 5, 8, tzinfo=UTC)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    (folder / "may").mkdir(parents=True)
    (folder / "a.html").write_text(page(head=DAY_HEAD))
    (folder / "may" / "b.zip").write_bytes(zipped({"b.txt": GOOD.encode()}))
    (folder / "c.png").write_bytes(b"\x89PNG\r\n")
    (folder / ".hidden").write_text("x")
    return folder


def test_a_folder_is_read_through_and_through(inbox: Path) -> None:
    ran = marsad("read", inbox, "--format", "jsonl")
    assert ran.code == 0
    first, second = (row["report"] for row in ran.rows)
    assert isinstance(first, dict) and isinstance(second, dict)
    assert first["dated"] == {"by": "metadata", "certainty": 0.98, "against": []}
    assert second["source"] == f"{inbox}/may/b.zip » b.txt"
    assert "c.png: is a PNG image" in ran.err and ".hidden" not in ran.err
    assert ran.err.splitlines()[-1] == "marsad: 2 reports in 3 files, 1 left out"


def test_what_failed_is_named_counted_and_shown_in_the_exit_code(inbox: Path) -> None:
    (inbox / "d.pdf").write_bytes(b"%PDF-1.4 cut")
    ran = marsad("read", inbox, "--format", "jsonl")
    assert ran.code == 1 and len(ran.rows) == 2
    assert ran.err.splitlines()[-1] == "marsad: 2 reports in 4 files, 1 left out, 1 failed (named above)"


def test_a_picture_alone_is_no_success(inbox: Path) -> None:
    assert marsad("read", inbox / "c.png").code == 1


def test_a_table_needs_a_map_and_says_so(tmp_path: Path) -> None:
    table = tmp_path / "events.csv"
    table.write_text(f'event_date,notes\n7 May 2024,"{GOOD}"\n')
    ran = marsad("read", table)
    assert ran.code == 1 and "it has event_date, notes" in ran.err and "--map" in ran.err
    ran = marsad("read", table, "--map", "text=notes,published=event_date", "--format", "jsonl")
    assert ran.code == 0 and ran.rows[0]["report"]["published"] == "2024-05-07"  # type: ignore[index]


def test_a_limit_may_be_raised_and_a_wrong_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD)
    ran = marsad("read", tmp_path / "a.txt", "--limit", "file_bytes=10")
    assert ran.code == 1 and "file_bytes=10" in ran.err
    assert "NAME=NUMBER" in marsad("read", tmp_path / "a.txt", "--limit", "bytes=10").err


def test_adding_goes_on_where_it_stopped(inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = tmp_path / "l.db"
    count = receiving.Received._count

    def stop_at_the_second(self: receiving.Received, report: Report) -> None:
        if self.counts["read"] == 1:
            raise KeyboardInterrupt
        count(self, report)

    monkeypatch.setattr(receiving.Received, "_count", stop_at_the_second)
    ran = marsad("add", inbox, "--ledger", ledger)
    assert ran.code == 130 and ran.out.startswith("1 report added") and "--resume" in ran.err
    monkeypatch.undo()
    ran = marsad("add", inbox, "--ledger", ledger, "--resume")
    assert ran.code == 0 and ran.out.startswith("1 report added") and "1 known already" in ran.out
    assert marsad("add", inbox, "--ledger", ledger).out.startswith("0 reports added")


def test_original_bytes_are_kept_unless_refused(inbox: Path, tmp_path: Path) -> None:
    for words, kept in ((), 2), (("--no-keep",), 0):
        ledger = tmp_path / f"{kept}.db"
        assert marsad("add", inbox, "--ledger", ledger, *words).code == 0
        with open_book(str(ledger), MOMENT) as book:
            assert book.count()["originals"] == kept


def test_reading_in_processes_gives_the_same_ledger(tmp_path: Path) -> None:
    rows = [{"text": f"{part} Report {number}.", "published": "2024-05-07"} for number, part in enumerate(ARTICLE * 4)]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    tables = []
    for jobs in ("1", "2"):
        ledger = tmp_path / f"{jobs}.db"
        assert marsad("add", tmp_path / "a.jsonl", "--ledger", ledger, "--jobs", jobs).code == 0
        tables.append(marsad("incidents", "--ledger", ledger, "--format", "json").out)
    assert tables[0] == tables[1] and len(tables[0]) > 10


def test_a_report_in_another_language_is_named_and_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FRENCH + " " + FRENCH)
    ran = marsad("add", tmp_path / "a.txt", "--ledger", tmp_path / "l.db")
    assert ran.code == 0 and "written in French" in ran.err and ran.out.startswith("1 report added (0 claims")


def test_a_folder_of_many_bad_files_ends_with_their_reasons(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(12):
        (inbox / f"{number}.pdf").write_bytes(b"%PDF-1.7\n")
        (inbox / f"{number}.png").write_bytes(b"\x89PNG\r\n")
    (inbox / "good.txt").write_text(ARTICLE[0])
    ran = marsad("add", inbox, "--ledger", tmp_path / "l.db")
    assert ran.code == 1 and ran.out.startswith("1 report added")
    assert "left out: 12 × is a PNG image" in ran.err and "failed: 12 × the PDF is damaged or cut off" in ran.err


def test_the_summary_tells_copies_and_new_incidents(tmp_path: Path) -> None:
    text = "\n".join(ARTICLE)
    (tmp_path / "a.txt").write_text(text)
    (tmp_path / "b.txt").write_text(f"{text}\nThe mayor mourned.")
    first = marsad("add", tmp_path / "a.txt", "--ledger", tmp_path / "l.db", "--published", "2024-05-08")
    assert ", 1 new incident, 0 joined to others;" in first.out
    second = marsad("add", tmp_path / "b.txt", "--ledger", tmp_path / "l.db", "--published", "2024-05-08")
    assert f"{tmp_path / 'b.txt'}: a copy of " in second.out and "1 copy of other reports" in second.out
    assert "0 new incidents, 1 joined to others" in second.out
