"""A ledger that loads what is looked at gives the same answers as a derived one, of today and of every past day."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.test_whole_record import Record, records
from tests.made import START
from tests.store.test_kept import derived, moments, passing_book, sound, write

from marsad.errors import LedgerError
from marsad.ledger import BY, By, Ledger, Selection, changes, select, series_of, toll, trace
from marsad.ledger.tolls import STANDINGS
from marsad.store import Book, KeptPlace, open_book

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
