"""What `marsad add` says of new reports: copies by their words, incidents that are new or joined to others."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from marsad.added import Added, Newcomers
from marsad.model import Report
from marsad.monitor import Recorder, ingest
from marsad.read.plain import content_id
from marsad.reading import ReadingOptions, make_reading
from marsad.relink import link_book
from marsad.store import open_book
from marsad.store.book import Book

BUS = (
    "Gunmen opened fire on a bus near the town of Ouallam on Tuesday, and the local council said that nine passengers"
    " were killed and four others were wounded. The bus had been on its way to the weekly market, and two of the dead"
    " were children of the driver, who was not hurt. The army sent soldiers to the town in the evening and closed the"
    " road. It was the third attack there since the rains ended, and people who live beside it asked for an escort."
)
OWN = (
    "Nine people on their way to market died near Ouallam on Tuesday as bandits shot at their bus, officials of the"
    " district reported; four were hurt. Families buried the victims on Wednesday morning beside the mosque, and the"
    " governor promised that patrols would ride with the buses from now on."
)
MINE = (
    "Three soldiers died when their lorry drove over a mine near Tera on Wednesday, an officer said. Two more were"
    " flown to the capital with wounds, he told reporters in the barracks, and the road stays closed until sappers"
    " have searched the whole of it."
)
NOW = datetime(2024, 5, 9, tzinfo=UTC)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(str(tmp_path / "l.db"), NOW, create=True) as opened:
        yield opened


def add(book: Book, *reports: Report) -> Added:
    newcomers = Newcomers()
    recorder = Recorder("me", "rules", lambda one: make_reading(one, ReadingOptions("rules", places=True)), lambda: NOW)
    for one in ingest(reports, book, recorder):
        if one.outcome == "new" and one.reading is not None:
            newcomers.note(one.reading)
    link_book(book, lambda: NOW)
    return newcomers.became(book)


def report(name: str, text: str) -> Report:
    return Report(name, text, title=text[:40], publisher=f"Paper {name}", published=date(2024, 5, 8))


def test_a_copy_is_named_with_what_it_copies_and_own_words_are_none(book: Book) -> None:
    assert add(book, report("a", BUS)) == Added((), 1, 0)
    added = add(book, report("b", BUS.replace("in the evening", "at night")), report("c", OWN), report("d", MINE))
    assert [(one.report, one.of) for one in added.copies] == [("b", "a")]
    assert added.copies[0].share > 0.8
    assert (added.new, added.joined) == (1, 2)


def test_of_two_copies_added_at_once_one_is_the_copy(book: Book) -> None:
    added = add(book, report("a", BUS), report("b", f"{BUS} The mayor mourned."))
    assert len(added.copies) == 1 and (added.new, added.joined) == (1, 1)


def test_edited_copies_are_found(book: Book) -> None:
    shuffled = random.Random(1)
    words = BUS.split()
    for at in shuffled.sample(range(len(words)), len(words) // 20):
        words[at] = "there"
    add(book, report("a", BUS))
    assert [one.of for one in add(book, report("b", " ".join(words))).copies] == ["a"]


def test_a_report_without_an_id_is_named_by_its_file_or_its_title(book: Book) -> None:
    bare = Report(content_id(BUS, "Bus", None), BUS, title="Bus")
    add(book, bare)
    text = f"{BUS} The mayor mourned."
    added = add(book, Report(content_id(text, None, None), text, source="inbox/bus.txt"))
    assert [(one.report, one.of) for one in added.copies] == [("inbox/bus.txt", "“Bus”")]


def test_nothing_added_is_nothing_new(book: Book) -> None:
    assert add(book) == Added((), 0, 0)
    add(book, report("a", BUS))
    assert add(book, report("a", BUS)) == Added((), 0, 0)
