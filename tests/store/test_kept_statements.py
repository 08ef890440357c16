"""What a kept ledger finds stated is what a walk over all readings finds, of today and of every past day."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.made import START, Told, reading, recorded
from tests.store.test_kept import derived, moments, names, passing_book, slower, sound, word_on, write
from tests.store.test_kept_ledger import of

from marsad.ledger import Ledger
from marsad.ledger.agreements import agreements
from marsad.ledger.control import control
from marsad.ledger.record import RecordedReading
from marsad.ledger.stated import days_published, readings_telling, stated, stated_and_newest
from marsad.ledger.suggestions import suggestions
from marsad.model import ActorRef, Reading, Revision, Slot, Span, Statement, Voice, When, Where
from marsad.store import KeptPlace, open_book
from marsad.vocabulary import STATEMENT_KINDS, Modality, StatementKind

DAY = date(2021, 4, 30)
TERMS: dict[StatementKind, dict[str, str]] = {
    "responsibility": {"stance": "claimed"},
    "control": {"relation": "holds"},
    "relation": {"relation": "backs"},
    "agreement": {"agreement": "ceasefire", "status": "agreed"},
    "record": {"measure": "highest"},
}
PARTS: dict[StatementKind, tuple[str, ...]] = {
    "responsibility": ("actor",), "control": ("actor", "place"), "relation": ("left", "right"),
    "agreement": ("parties",), "record": (),
}  # fmt: skip


def statement(kind: StatementKind, modality: Modality, number: int, text: str) -> Statement:
    span = Span(0, 10 + number, text[: 10 + number])
    filled = {
        "actor": Slot("the militia", span, ActorRef("militia", "the militia")),
        "place": Slot("Baga", span, where=Where("Baga", name="Baga", country="NG", geoprecision=1)),
        "left": Slot("Hill Army", span, ActorRef("hill", "Hill Army")),
        "right": Slot("the militia", span, ActorRef("militia", "the militia")),
        "parties": Slot("the militia", span),
    }
    when = When("that day", DAY, DAY, "day", span) if number % 2 else None
    slots = {part: (filled[part],) for part in PARTS[kind]}
    # What a report says of one kind may hold another kind's name as a word.
    voice = Voice('a "kind":"control" of voice') if number % 3 == 0 else None
    return Statement(f"s{number}", kind, span, TERMS[kind], slots, voice, when, modality)


said = st.lists(
    st.tuples(st.sampled_from(STATEMENT_KINDS), st.sampled_from(["asserted", "asserted", "denied", "possible"])),
    max_size=4,
)


def telling(one: Reading, drawn: Any) -> Reading:
    made = (statement(kind, modality, n + 1, one.report.text) for n, (kind, modality) in enumerate(drawn))
    return replace(one, statements=tuple(made))


@st.composite
def records(draw: st.DrawFn) -> list[RecordedReading]:
    out = []
    for number, (first, later) in enumerate(draw(st.lists(st.tuples(said, st.none() | said), max_size=5))):
        one = reading([Told(3 + number)], draw(st.sampled_from(["Wire", "Daily"])), DAY + timedelta(days=number))
        out.append(recorded(telling(one, first), number))
        if later is not None:
            out.append(recorded(telling(one, later), 10 + number))
    return out


def require_same(kept: Ledger, whole: Ledger) -> None:
    assert kept.answers is not None and whole.answers is None
    assert days_published(kept) == days_published(whole)
    for kind in STATEMENT_KINDS:
        assert {one.report_key for one in readings_telling(kept, kind)} == {
            key for key, one in whole.readings.items() if any(each.kind == kind for each in one.reading.statements)
        }
        if kind != "record":
            assert stated(readings_telling(kept, kind), kind) == stated(whole.readings.values(), kind)
    walked, newest = stated(whole.readings.values(), "control"), max(days_published(whole), default=None)
    assert stated_and_newest(kept, "control") == (walked, newest)
    assert control(stated_and_newest(kept, "control")[0], newest) == control(walked, newest)
    assert agreements(readings_telling(kept, "agreement")) == agreements(whole.readings.values())
    ties = suggestions(whole.readings.values(), whole.revisions)
    assert suggestions(readings_telling(kept, "relation"), kept.revisions) == ties


@settings(max_examples=40)
@given(records(), names)
def test_what_is_found_is_what_a_walk_finds(made: list[RecordedReading], words: list[Revision]) -> None:
    with passing_book() as book:
        place = KeptPlace(lambda: nullcontext(book))
        for act in sound((made, [], []), words):
            write(book, act)
        book.keep_up()
        require_same(of(place), derived(book))
        for day in sorted({moment.date() for moment in moments(book)}):
            moment = datetime.combine(day, time.max, UTC)
            require_same(of(place, moment), derived(book, moment))


def test_both_databases_find_alike(place: str) -> None:
    first = telling(reading([Told(3)]), [("control", "asserted"), ("relation", "asserted")])
    later = replace(first, statements=first.statements[1:])
    with open_book(place, START, create=True) as book:
        kept = KeptPlace(lambda: nullcontext(book))
        for act in (recorded(first), word_on("actor:the militia", "River Brigade [river]", 5), recorded(later, 10)):
            write(book, act)
            book.keep_up()
            require_same(of(kept), derived(book))
        assert [*readings_telling(of(kept), "control")] == []
        before = of(kept, datetime.combine(slower(START).date(), time.max, UTC))
        assert len([*readings_telling(before, "control")]) == 1


def test_a_ledger_with_other_readings_is_walked(place: str) -> None:
    with open_book(place, START, create=True) as book:
        write(book, recorded(telling(reading([Told(3)]), [("control", "asserted")])))
        book.keep_up()
        found = of(KeptPlace(lambda: nullcontext(book)))
        assert len([*readings_telling(found, "control")]) == len(days_published(found)) == 1
        emptied = replace(found, readings={})
        assert [*readings_telling(emptied, "control")] == []
        assert days_published(emptied) == ()
