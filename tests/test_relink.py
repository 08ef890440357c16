"""A ledger that grows report by report says what one that is linked in one go says, and its tables may be dropped."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.link.test_index import by_definition, reports
from tests.link.test_index import linkable as made
from tests.made import START, Told, reading

from marsad import relink
from marsad.ledger import build_ledger
from marsad.ledger.record import RecordedReading, members_of, report_key
from marsad.link import block, index
from marsad.link.cluster import standing_words
from marsad.link.judge import PROGRAM
from marsad.link.packed import pack_link, pack_telling, unpack_link, unpack_telling
from marsad.link.tellings import Linkable, Telling, tell
from marsad.model import Judgement, Reading
from marsad.relink import link_book
from marsad.store import Book, Origin, open_book
from marsad.store.links import DERIVED

ORIGIN = Origin("Amal", START, "0", "hand")
SOME = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
FEW = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def grown(place: str, readings: Sequence[Reading], *, after_each: bool) -> dict[tuple[str, str], object]:
    with open_book(place, START, create=True) as book:
        for one in readings:
            book.add_reading(one, ORIGIN)
            if after_each:
                link_book(book, lambda: START)
        link_book(book, lambda: START)
        return said(book)


def said(book: Book) -> dict[tuple[str, str], object]:
    """Return what stands of the program's words; what it took back is as if never said."""
    standing = standing_words(book.record().judgements)
    return {pair: (word.verdict, word.score) for pair, word in standing.items() if word.score}


@FEW
@pytest.mark.parametrize("largest", [400, 3])
@given(told=reports, random=st.randoms(use_true_random=False))
def test_report_by_report_comes_to_the_same_as_in_one_go(
    tmp_path_factory: pytest.TempPathFactory,
    largest: int,
    told: list[Linkable],
    random: object,
) -> None:
    folder = tmp_path_factory.mktemp("ledgers")
    readings = [one.reading for one in told]
    shuffled = list(readings)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    with pytest.MonkeyPatch.context() as patched:
        for module in (index, block):
            patched.setattr(module, "LARGEST_BLOCK", largest)
        one_by_one = grown(str(folder / "one.db"), shuffled, after_each=True)
        assert one_by_one == grown(str(folder / "all.db"), readings, after_each=False)


@SOME
@pytest.mark.parametrize("largest", [400, 3, 2])
@given(told=reports, data=st.data())
def test_the_tables_hold_what_the_definition_says(
    tmp_path_factory: pytest.TempPathFactory, largest: int, told: list[Linkable], data: st.DataObject
) -> None:
    tellings = {one.key: tell(one) for one in told}
    there: dict[str, Telling] = {}
    with pytest.MonkeyPatch.context() as patched:
        for module in (index, block):
            patched.setattr(module, "LARGEST_BLOCK", largest)
        patched.setattr(index, "LEAST", 0.0)
        place = str(tmp_path_factory.mktemp("ledger") / "one.db")
        with open_book(place, START, create=True) as book, book.linking() as tables:
            shelf = relink.DatabaseShelf(tables)
            grow = index.Index(shelf)
            for key in [*tellings, *data.draw(st.lists(st.sampled_from(sorted(tellings)), max_size=12))]:
                if key in there:
                    del there[key]
                    grow.remove(key)
                else:
                    there[key] = tellings[key]
                    grow.add(tellings[key])
            assert shelf.links_of(tellings) == by_definition(list(there.values()))


def test_tables_of_an_older_form_are_made_anew_with_their_columns(place: str) -> None:
    told = [made(number, "Kirawa", 3, 0, ("grain", "bridge"), True).reading for number in range(3)]
    with open_book(place, START, create=True) as book:
        with book.linking() as tables:
            DERIVED.drop_all(tables._connection)
            for words in (
                "CREATE TABLE link_state (form TEXT PRIMARY KEY, through INTEGER NOT NULL)",
                "CREATE TABLE link_terms (term BIGINT, report INTEGER, weight FLOAT, PRIMARY KEY (term, report))",
                "INSERT INTO link_state VALUES ('an older form', 1)",
                "INSERT INTO link_terms VALUES (1, 1, 0.5)",
            ):
                tables._connection.exec_driver_sql(words)
        for one in told:
            book.add_reading(one, ORIGIN)
            link_book(book, lambda: START)
        assert len(said(book)) == 3


def test_the_tables_may_be_dropped_at_any_time(place: str) -> None:
    told = [made(number, "Kirawa", 3, 0, ("grain", "bridge"), True).reading for number in range(4)]
    with open_book(place, START, create=True) as book:
        for one in told[:3]:
            book.add_reading(one, ORIGIN)
        link_book(book, lambda: START)
        before = said(book)
        assert len(before) == 3
        with book.linking() as tables:
            DERIVED.drop_all(tables._connection)
        assert link_book(book, lambda: START) == 0
        assert said(book) == before
        book.add_reading(told[3], ORIGIN)
        assert link_book(book, lambda: START) == 3
        assert list(book.verify()) == []


def test_many_at_once_are_judged_in_memory(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relink, "MANY", 1)
    told = [made(number, "Kirawa", 3, 0, ("grain", "bridge"), True).reading for number in range(5)]
    assert len(grown(place, told, after_each=True)) == 10


@pytest.mark.parametrize("at_once", [1, 2, 7])
def test_new_reports_are_taken_in_some_at_a_time(place: str, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(relink, "AT_ONCE", at_once)
    told = [made(number, "Kirawa", 3, 0, ("grain", "bridge"), True).reading for number in range(6)]
    with open_book(place, START, create=True) as book:
        book.add_reading(told[0], ORIGIN)
        link_book(book, lambda: START)
        for one in told[1:]:
            book.add_reading(one, ORIGIN)
        assert link_book(book, lambda: START) == 15
        assert len(said(book)) == 15
        assert link_book(book, lambda: START) == 0


def test_a_large_ledger_is_not_judged_anew_for_a_few_hundred_reports(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relink, "MANY", 1)
    monkeypatch.setattr(relink, "SHARE", 2)
    told = [made(number, "Kirawa", 3, 0, ("grain", "bridge"), True).reading for number in range(6)]
    with open_book(place, START, create=True) as book:
        for one in told[:4]:
            book.add_reading(one, ORIGIN)
        link_book(book, lambda: START)
        monkeypatch.setattr(relink, "_make_anew", lambda *_: pytest.fail("all was judged anew"))
        for one in told[4:]:
            book.add_reading(one, ORIGIN)
        link_book(book, lambda: START)
        assert len(said(book)) == 15


def test_a_new_reading_takes_the_place_of_the_old_one(place: str) -> None:
    told = [made(number, "Kirawa", 3, 0, ("grain", "bridge"), True).reading for number in range(2)]
    nothing = replace(told[1], claims=(), incidents=())
    with open_book(place, START, create=True) as book:
        for one in told:
            book.add_reading(one, ORIGIN)
        link_book(book, lambda: START)
        assert said(book)
        book.add_reading(nothing, replace(ORIGIN, extractor="other", moment=START + timedelta(minutes=1)))
        link_book(book, lambda: START + timedelta(minutes=1))
        assert said(book) == {}


def test_a_person_s_word_stands_whatever_is_linked_later(file_place: str) -> None:
    told = [made(number, "Kirawa", 3, 0, ("grain", "bridge"), True).reading for number in range(4)]
    with open_book(file_place, START, create=True) as book:
        for one in told[:3]:
            book.add_reading(one, ORIGIN)
        link_book(book, lambda: START)
        ids = [member.id for one in book.record().readings for member in members_of(one)]
        book.add_judgements([Judgement(ids[0], ids[1], "different", "Amal", START)])
        book.add_reading(told[3], ORIGIN)
        link_book(book, lambda: START + timedelta(hours=1))
        record = book.record()
    ledger = build_ledger(record.readings, record.judgements)
    assert not any({ids[0], ids[1]} <= {member.id for member in one.members} for one in ledger.incidents)


def test_what_is_packed_comes_back() -> None:
    pair = [tell(made(number, "Kirawa", 3, 0, ("grain", "bridge"), bool(number))) for number in (0, 1)]
    assert [unpack_telling(pack_telling(one)) for one in pair] == pair
    shelf = index.MemoryShelf()
    grow = index.Index(shelf)
    for one in pair:
        grow.add(one)
    (link,) = shelf.links().values()
    assert unpack_link(pack_link(link)) == link


def test_a_report_without_incidents_is_linked_as_a_whole() -> None:
    bare = reading([Told()])
    empty = replace(bare, claims=(), incidents=())
    recorded = RecordedReading("x", report_key(empty.report), empty, START, "0", "hand")
    assert relink.linkable(recorded).ids[0].startswith("r")


def test_what_another_program_said_while_all_was_judged_anew_is_looked_at_again(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two writers judge at once: the one that knows less ends first, and the other takes back what does not hold."""
    told = [reading([Told(12, "Kirawa", injured=5)]), reading([Told(90, "a port far off", "the navy")], "Daily")]
    with open_book(place, START, create=True) as book:
        for one in told:
            book.add_reading(one, ORIGIN)
        record = book.record()
        first, second = (members_of(one)[0].id for one in record.readings)
        hasty = Judgement(first, second, "same", PROGRAM, START, 0.9)

        look = book.readings_between

        def meanwhile(act: int, until: int) -> object:
            with book.linking() as tables:
                tables.finish(relink.FORM, 1, PROGRAM, [hasty], START)
            return look(act, until)

        monkeypatch.setattr(book, "readings_between", meanwhile)
        link_book(book, lambda: START)
        monkeypatch.undo()
        standing = standing_words(book.record().judgements)
        assert [word.verdict for word in standing.values()] == ["unsure"]
        assert len(build_ledger(book.record().readings, book.record().judgements).incidents) == 2
        assert list(book.verify()) == []
