"""A ledger that loads what is looked at gives the same answers as a derived one, of today and of every past day."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy import select as pick
from tests.ledger.test_around import Act
from tests.ledger.test_whole_record import Record, less, records
from tests.made import START, Told, reading, recorded
from tests.store.test_kept import derived, moments, passing_book, require_same, sound, word_on, write

from marsad.errors import LedgerError
from marsad.ledger import BY, By, Ledger, LedgerIncident, Selection, changes, select, series_of, toll, trace
from marsad.ledger.record import members_of
from marsad.ledger.tolls import STANDINGS
from marsad.model import ActorRef, Figure, Judgement, Perpetrator, Revision, Span, Victims, When
from marsad.store import Book, KeptPlace, keeping, open_book
from marsad.store import book as book_module
from marsad.store.kept_tables import FORM, KEPT_STATE

DAY = date(2021, 4, 30)
selections = st.builds(
    Selection,
    since=st.sampled_from([None, DAY]),
    until=st.sampled_from([None, DAY, DAY - timedelta(days=1)]),
    place=st.sampled_from([None, None, "BAGA", "gwoza", "ng", "", "nowhere"]),
    perpetrator=st.sampled_from([None, None, "militia"]),
    victims=st.sampled_from([None, None, "civilian"]),
    min_sources=st.sampled_from([1, 1, 2]),
    source=st.sampled_from([None, None, "wire"]),
    status=st.sampled_from([None, None, *STANDINGS]),
)


def said_by(ask: Callable[[], object]) -> object:
    """Return an answer, or what is said where there is none."""
    try:
        return ask()
    except LedgerError as error:
        return str(error)


def asked_for(ledger: Ledger) -> list[str]:
    """Return what can be traced: ids of every kind, their beginnings, rows of tolls, and what leads nowhere."""
    ids = [*ledger.heirs, *(m.id for one in ledger.withdrawn for m in one.members)]
    ids += [key[:12] for key in ledger.readings] + [f"{key[:12]}/c1" for key in ledger.readings]
    return [*ids, *(name[:4] for name in ids), "perpetrator:the militia", "place:Baga", "total", "day:1999-01-01", "ix"]


def require_same_answers(kept: Ledger, whole: Ledger, by: By, selection: Selection, every: int = 1) -> None:
    assert select(kept, selection) == select(whole, selection)
    one, other = toll(kept, by, selection), toll(whole, by, selection)
    assert one == other
    for asked in asked_for(whole)[::every]:
        assert said_by(lambda asked=asked: trace(kept, asked, selection)) == said_by(  # type: ignore[misc]
            lambda asked=asked: trace(whole, asked, selection)  # type: ignore[misc]
        )


def require_same_things(kept: Ledger, whole: Ledger) -> None:
    assert kept == whole
    assert dict(kept.heirs) == dict(whole.heirs)
    assert dict(kept.readings) == dict(whole.readings)
    assert dict(kept.parts) == dict(whole.parts)
    assert series_of(kept) == series_of(whole)


def state_in(book: Book) -> Any:
    with book._reading() as connection:
        return connection.execute(pick(KEPT_STATE)).one()


def of(place: KeptPlace, as_of: datetime | None = None) -> Ledger:
    found = place.ledger(as_of)
    assert found is not None
    return found


@settings(max_examples=12)
@given(records(), st.sampled_from(BY), selections)
def test_answers_are_those_of_the_derived_ledger(record: Record, by: By, selection: Selection) -> None:
    with passing_book() as book:
        place = KeptPlace(lambda: nullcontext(book))
        for act in sound(record, []):
            write(book, act)
        book.keep_up()
        whole = derived(book)
        require_same_things(of(place), whole)
        require_same_answers(of(place), whole, by, selection)
        require_same_pasts(place, book, by, selection)


def require_same_pasts(place: KeptPlace, book: Book, by: By, selection: Selection) -> None:
    days = sorted({moment.date() for moment in moments(book)})
    ends = [datetime.combine(day, time.max, UTC) for day in (DAY, *days)]
    for moment in ends:
        require_same_answers(of(place, moment), derived(book, moment), by, selection, 5)
    for one, other in zip(ends, [*ends[1:], None], strict=True):
        assert changes(of(place, one), of(place, other)) == changes(derived(book, one), derived(book, other))
    assert changes(of(place, ends[0]), of(place)) == changes(derived(book, ends[0]), derived(book))


def test_a_moment_between_two_steps_is_left_to_the_derivation(tmp_path: Path) -> None:
    file = str(tmp_path / "ledger.db")
    place = KeptPlace(lambda: open_book(file, START))
    with open_book(file, START, create=True) as book:
        assert place.ledger() is None
        book.keep_up()
        assert of(place).incidents == ()
    with pytest.raises(LedgerError, match="nothing answers to 'i1234'"):
        trace(of(place), "i1234")


def test_both_databases_answer_alike(place: str) -> None:
    first = recorded(reading([Told(12, injured=4), Told(2, "Gwoza", by=None)], total=900))
    other, again = recorded(reading([Told(14)], "Daily", DAY), 10), recorded(less(first.reading, 1, True), 20)
    (one, _), (two,) = members_of(first), members_of(other)
    acts: list[Act] = [
        first,
        other,
        Judgement(one.id, two.id, "same", "Amal", START + timedelta(minutes=11)),
        Revision(two.id, "killed", "9-11", "because", "Amal", START + timedelta(minutes=12)),
        word_on("actor:the militia", "River Brigade [river]", 13),
        again,
        Revision(one.id, "withdrawn", "yes", "because", "Amal", START + timedelta(minutes=21)),
        Revision(one.id, "withdrawn", "no", "because", "Amal", START + timedelta(minutes=25)),
    ]
    asked = Selection(since=DAY, place="baga", perpetrator="brigade", victims="civil", source="wire", status="disputed")
    with open_book(place, START, create=True) as book:
        kept = KeptPlace(lambda: nullcontext(book))
        for act in acts:
            write(book, act)
            assert book.keep_up() == "now"
            require_same(book)
            require_same_things(of(kept), derived(book))
        for by in BY:
            require_same_answers(of(kept), derived(book), by, asked, 7)
            require_same_answers(of(kept), derived(book), by, Selection(), 50)
        require_same_pasts(kept, book, "victims", Selection())


def test_a_ledger_that_may_only_be_read_is_derived(file_place: str) -> None:
    with open_book(file_place, START, create=True) as book:
        write(book, recorded(reading([Told(3)])))
    with open_book(file_place, START) as book:
        # What a file that may only be read says; a test that runs as root may write to any.
        event.listen(book._engine, "connect", lambda connection, _: connection.execute("PRAGMA query_only = ON"))
        book._engine.dispose()
        assert book.keep_up() == "never"
        assert KeptPlace(lambda: nullcontext(book)).ledger() is None


@pytest.mark.parametrize(
    "wanted", [Selection(place="baga"), Selection(since=DAY), Selection(perpetrator="militia", since=DAY)]
)
@pytest.mark.parametrize("by", ["month", "perpetrator"])
def test_a_filtered_toll_reads_no_bodies(file_place: str, wanted: Selection, by: By) -> None:
    with open_book(file_place, START, create=True) as book:
        for n in range(20):
            write(book, recorded(reading([Told(3 + n)], f"Paper {n}"), n))
        book.keep_up()
        ledger = KeptPlace(lambda: nullcontext(book)).ledger()
        assert ledger is not None
        asked: list[tuple[str, Any]] = []
        event.listen(book._engine, "before_cursor_execute", lambda *args: asked.append((args[2], args[3])), named=False)
        toll(ledger, by, wanted)
        sums = [one for one in asked if "sum(kept_incidents" in one[0]]
        assert sums
        with book._engine.connect() as connection:
            plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", values).all() for words, values in sums]
    assert all("COVERING INDEX kept_incidents_narrow" in plan[0][3] for plan in plans), plans


def test_an_older_form_is_made_anew_and_a_newer_one_left_alone(
    file_place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_book(file_place, START, create=True) as book:
        write(book, recorded(reading([Told(3)])))
        kept = KeptPlace(lambda: nullcontext(book))
        assert book.keep_up() == "now"
        monkeypatch.setattr(keeping, "FORM", FORM + 1)
        monkeypatch.setattr(book_module, "FORM", FORM + 1)
        assert book.keep_up() == "now"
        assert state_in(book).form == FORM + 1
        monkeypatch.setattr(keeping, "FORM", FORM)
        monkeypatch.setattr(book_module, "FORM", FORM)
        write(book, recorded(reading([Told(5)], "Daily"), 1))
        assert book.keep_up() == "never"
        assert state_in(book).form == FORM + 1
        assert kept.ledger() is None


def test_a_body_holds_every_field_of_what_it_packs() -> None:
    """A field that is added to one of these wants a place in `marsad.store.bodies`, and a new FORM."""
    held = {
        LedgerIncident: "id members type rule tolls chosen voices killed_civilians killed_combatants when where "
        "perpetrators victims means revisions",
        When: "text start end precision span origin",
        Perpetrator: "text basis actor span",
        Victims: "text status actor groups span",
        Revision: "of field value reason by made",
        Span: "start end quote within",
        ActorRef: "id name",
        Figure: "low best high",
    }
    assert {kind: " ".join(one.name for one in fields(kind)) for kind in held} == held


def test_while_another_writes_the_ledger_is_that_of_before(place: str) -> None:
    with open_book(place, START, create=True) as book, open_book(place, START) as other:
        kept = KeptPlace(lambda: nullcontext(book))
        assert book.keep_up() == "now"
        write(book, recorded(reading([Told(3)])))
        with other.linking():
            assert book.keep_up(0.05) == "soon"
            assert of(kept).incidents == ()
            # What was known until yesterday is certain all the same; of today it is not.
            assert kept.ledger(START - timedelta(days=1)) is not None
            assert kept.ledger(START + timedelta(days=1)) is None
        assert book.keep_up(0.05) == "now"
        assert len(of(kept).incidents) == 1
