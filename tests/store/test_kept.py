"""The kept ledger says what `build_ledger` says of the same record: at every act, and of every past day."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.test_around import Act, in_order
from tests.ledger.test_whole_record import Record, records
from tests.made import START, Told, reading, recorded

from marsad.check import check_reading
from marsad.ledger import Ledger, RecordedReading, Selection, build_ledger, toll
from marsad.ledger.columns import columns_of
from marsad.model import Judgement, Revision
from marsad.store import Book, Origin, open_book
from marsad.store.bodies import BODY
from marsad.store.kept_tables import KEPT_INCIDENTS

EVERYTHING = Selection()
NOT_OF_THE_INCIDENT = ("number", "id", "from_act", "until_act", "stands", "made_of")
COLUMNS = [column.name for column in KEPT_INCIDENTS.c if column.name not in (*NOT_OF_THE_INCIDENT, *BODY)]


def slower(moment: datetime) -> datetime:
    """Return a moment of a record that was made within minutes as if it had taken days."""
    return START + (moment - START) * 400


def write(book: Book, act: Act) -> None:
    if isinstance(act, RecordedReading):
        book.add_reading(act.reading, Origin("Amal", slower(act.recorded), act.key, "hand"))
    elif isinstance(act, Judgement):
        book.add_judgements([replace(act, made=slower(act.made))])
    else:
        book.add_revision(replace(act, made=slower(act.made)))


def derived(book: Book, as_of: datetime | None = None) -> Ledger:
    record = book.record()
    return build_ledger(record.readings, record.judgements, record.revisions, as_of=as_of)


def require_same(book: Book, as_of: datetime | None = None) -> None:
    whole = derived(book, as_of)
    with book.kept(as_of) as kept:
        assert kept is not None
        standing = kept.numbers(kept.chosen(EVERYTHING))
        assert tuple(kept.incidents(standing, "newest")) == whole.incidents
        columns = [columns_of(one) for one in whole.incidents]
        assert [row._asdict() for row in kept.rows(COLUMNS, kept.chosen(EVERYTHING))] == columns
        withdrawn = kept.numbers(kept.chosen(EVERYTHING, stands=False))
        assert tuple(kept.incidents(withdrawn, "newest")) == whole.withdrawn
        assert kept.heirs(["heir"]) == whole.heirs
        assert kept.heirs(["taken"]) == {m.id: one.id for one in whole.withdrawn for m in one.members}
        assert tuple(kept.running(kept.running_numbers(EVERYTHING))) == whole.running
        assert kept.sums().figures() == toll(whole).total.tolls


@contextmanager
def passing_book() -> Iterator[Book]:
    with TemporaryDirectory() as folder, open_book(str(Path(folder) / "ledger.db"), START, create=True) as book:
        yield book


def sound(record: Record, words: list[Revision]) -> list[Act]:
    readings, judgements, revisions = record
    kept = [one for one in readings if not check_reading(one.reading)]
    return in_order((kept, judgements, [*revisions, *words]))


def word_on(of: str, value: str, minutes: int) -> Revision:
    return Revision(of, of.partition(":")[0], value, "because", "Amal", START + timedelta(minutes=minutes))


WORDS_ON_NAMES = (
    ("actor:the militia", "River Brigade [river]"),
    ("actor:river", "Harbour Front [harbour]"),
    ("actor:the militia", "as read"),
    ("place:baga", "Old Baga, Borno, NG [g1 13.1000,13.9000 precision 1]"),
    ("place:baga@NG", "as read"),
)
names = st.lists(
    st.tuples(st.sampled_from(WORDS_ON_NAMES), st.integers(0, 20)).map(lambda drawn: word_on(*drawn[0], drawn[1])),
    max_size=3,
)


@settings(max_examples=40)
@given(records(), names, st.sets(st.integers(0, 12)))
def test_what_is_kept_is_what_is_derived_at_every_act_and_of_every_day(
    record: Record, words: list[Revision], stops: set[int]
) -> None:
    with passing_book() as book:
        for number, act in enumerate(sound(record, words)):
            write(book, act)
            if number in stops:
                assert book.keep_up() == "now"
                require_same(book)
        assert book.keep_up() == "now"
        require_same(book)
        for day in sorted({moment.date() for moment in moments(book)}):
            require_same(book, datetime.combine(day, time.max, UTC))
            require_same(book, datetime.combine(day - timedelta(days=1), time.max, UTC))


def moments(book: Book) -> list[datetime]:
    return [datetime.fromisoformat(act.moment).astimezone(UTC) for act in book.acts()]


def test_a_word_on_a_name_reaches_every_report_that_bears_it_also_by_way_of_another_name() -> None:
    with passing_book() as book:
        for number, place in enumerate(("Baga", "the river port of Baga", "Gwoza")):
            write(book, recorded(reading([Told(number + 1, place)], f"Paper {number}")))
        for minutes, (of, value) in enumerate(WORDS_ON_NAMES, start=1):
            assert book.keep_up() == "now"
            write(book, word_on(of, value, minutes))
            assert book.keep_up() == "now"
            require_same(book)


def test_the_last_days_on_which_something_was_recorded() -> None:
    with passing_book() as book:
        assert book.days(5) == {}
        for number in range(6):
            write(book, recorded(reading([Told(number + 1)], f"Paper {number}"), number * 2))
        days = sorted({moment.date() for moment in moments(book)}, reverse=True)
        assert [*book.days(3)] == days[:3]
        assert book.days(50) == {day: max(m for m in moments(book) if m.date() == day) for day in days}
