"""Reading and storing in one breath: every report is answered for, and a bad one stops nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.made import START, Told, reading

from marsad.errors import BadInputError
from marsad.model import Report
from marsad.monitor import Recorder, ingest
from marsad.store import Book, open_book

MADE = {one.report.text: one for one in (reading([Told(12)]), reading([Told(2, "Gwoza"), Told(5)]))}
RECORDER = Recorder("Amal", "hand", lambda report: MADE[report.text], lambda: START)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(str(tmp_path / "ledger.db"), START, create=True) as book:
        yield book


def test_every_report_is_answered_for_and_a_bad_one_stops_nothing(book: Book) -> None:
    first, second = (one.report for one in MADE.values())
    given: list[Report | BadInputError] = [first, BadInputError("reports.jsonl, line 2: no JSON"), second, first]
    assert [one.outcome for one in ingest(given, book, RECORDER)] == ["new", "refused", "new", "known"]
    assert book.count()["readings"] == 2


def test_a_text_that_cannot_be_kept_is_refused_with_the_reason(book: Book) -> None:
    made = reading([])
    broken = Report("half", "a \ud800 b")
    recorder = Recorder("Amal", "hand", lambda report: type(made)(report), lambda: START)
    (one,) = ingest([broken], book, recorder)
    assert (one.outcome, one.report_id) == ("refused", "half")
    assert "surrogate" in (one.reason or "")


def test_a_new_reading_of_a_known_report_lies_beside_the_old(book: Book) -> None:
    told = next(iter(MADE.values()))
    without = type(told)(told.report)
    old = Recorder("Amal", "old", lambda _: without, lambda: START)
    assert [one.outcome for one in ingest([told.report], book, old)] == ["new"]
    assert [one.outcome for one in ingest([told.report], book, RECORDER)] == ["reread"]
    assert book.count()["reports"] == 1
    assert book.count()["readings"] == 2
