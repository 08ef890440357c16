"""Many writers lose nothing, and a writer that is killed leaves whole reports only."""

import signal
import time
from pathlib import Path

import pytest
from tests.made import START
from tests.store.writing import add_all, comes_to, report_of, started

from marsad.contract import to_json
from marsad.store import Book, open_book

WRITERS, MANY = 8, 8


def test_eight_writers_at_once_come_to_what_one_writer_comes_to(place: str, tmp_path: Path) -> None:
    writers = [started(add_all, place, number, MANY) for number in range(WRITERS)]
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    alone = str(tmp_path / "alone.db")
    for number in range(WRITERS):
        add_all(alone, number, MANY, link=number == WRITERS - 1)
    with open_book(place, START) as book, open_book(alone, START) as other:
        assert list(book.verify()) == []
        assert comes_to(book) == comes_to(other)
        # Two of eight reports are the same for all writers.
        assert book.count()["reports"] == WRITERS * 6 + 2 == book.count()["originals"]


@pytest.mark.parametrize("step", [0.011, 0.037])
def test_a_writer_killed_again_and_again_leaves_whole_reports_and_the_next_adds_the_rest(
    place: str, tmp_path: Path, step: float
) -> None:
    kills = 0
    for round_ in range(1, 8):
        writer = started(add_all, place, 1, MANY)
        # Moments that fall into opening, migrating, adding and judging, whatever the machine's speed.
        time.sleep(step * round_)
        kills += writer.is_alive()
        if writer.pid and writer.is_alive():
            writer.kill()
        writer.join()
        assert writer.exitcode in (0, -signal.SIGKILL)
        if kills and (not Path(place).is_absolute() or Path(place).exists()):
            with open_book(place, START, create=True) as book:
                assert list(book.verify()) == []
                assert_whole(book)
    assert kills
    add_all(place, 1, MANY)
    add_all(str(tmp_path / "alone.db"), 1, MANY)
    with open_book(place, START) as book, open_book(str(tmp_path / "alone.db"), START) as other:
        assert comes_to(book) == comes_to(other)
        assert list(book.verify()) == []


def assert_whole(book: Book) -> None:
    expected = {one.report.text: one for one in (report_of(1, number) for number in range(MANY))}
    record = book.record()
    for one in record.readings:
        assert to_json(one.reading)["claims"] == to_json(expected[one.reading.report.text])["claims"]
        assert book.original(one.report_key) == one.reading.report.text.encode()
    assert book.count()["reports"] == book.count()["readings"] == book.count()["originals"]
