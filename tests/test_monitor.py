"""Reading and storing in one breath: every report is answered for, and a bad one stops nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.made import START, Told, reading

from marsad.errors import BadInputError
from marsad.ledger import build_ledger
from marsad.ledger.record import Record, members_of
from marsad.link.judge import PROGRAM
from marsad.model import Judgement, Report
from marsad.monitor import Recorder, incidents_of_reports, ingest, linked
from marsad.relink import relink
from marsad.store import Book, Origin, open_book

MADE = {one.report.text: one for one in (reading([Told(12)]), reading([Told(2, "Gwoza"), Told(5)]))}
DAY = date(2021, 5, 1)
RECORDER = Recorder("Amal", "hand", lambda report: MADE[report.text], lambda: START)


@pytest.fixture
def book(place: str) -> Iterator[Book]:
    with open_book(place, START, create=True) as book:
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


def test_a_word_is_recorded_once_and_taken_back_when_nothing_speaks_for_it(book: Book) -> None:
    for one in (reading([Told(12)]), reading([Told(12)], "Daily")):
        book.add_reading(one, Origin("Amal", START, "0", "hand"))
    record = book.record()
    ids = sorted(member.id for one in record.readings for member in members_of(one))
    word = Judgement(ids[0], ids[1], "same", PROGRAM, START, 0.7, ("12 killed in both",))
    assert relink(record, [word], START) == [word]
    told = replace(record, judgements=(word,))
    assert relink(told, [replace(word, reasons=())], START) == []
    assert [one.verdict for one in relink(told, [], START)] == ["unsure"]
    assert set(incidents_of_reports(told, [word]).values()) == {(first_id(record),)}


def first_id(record: Record) -> str:
    return min((one.report_key, members_of(one)[0].id) for one in record.readings)[1]


def test_one_after_the_other_comes_to_the_same_as_in_one_go(tmp_path: Path) -> None:
    villages = ("Kirawa", "Ngoshe", "Kirawa", "Amuda", "Ngoshe")
    told = [reading([Told(5 + len(v), v)], f"Paper {n}", DAY + timedelta(days=n % 2)) for n, v in enumerate(villages)]
    orders = (told, told[::-1], told[2:] + told[:2])
    found = []
    for number, order in enumerate(orders):
        with open_book(str(tmp_path / f"{number}.db"), START, create=True) as book:
            for one in order:
                book.add_reading(one, Origin("Amal", START, "0", "hand"))
                if number:
                    record = book.record()
                    book.add_judgements(relink(record, linked(record, START), START))
            record = book.record()
            book.add_judgements(relink(record, linked(record, START), START))
            record = book.record()
        ledger = build_ledger(record.readings, record.judgements)
        found.append([(one.id, one.tolls) for one in ledger.incidents])
    assert found[0] == found[1] == found[2]
