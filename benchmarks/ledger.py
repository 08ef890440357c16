"""Measures the ledger at a size: bringing it up to date, one act more, what changed, and tolls; in seconds of one core.

    python -m benchmarks.ledger [--reports 125000] [--ledger FILE|URL]

The record is made up (the same at every run): reports of one event each over ten years, 2,000 places and seven sides;
every fifth tells of the event of the one before it and is linked to it, so that 125,000 reports are 100,000 incidents;
as many pairs again are doubtful. A ledger that is there already is measured as it is.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from sqlalchemy import insert

from marsad.ledger import BY, Selection, changes, select, toll, trace
from marsad.ledger.record import RecordedReading, members_of, report_key
from marsad.model import (
    ActorRef,
    Claim,
    Count,
    Figure,
    Incident,
    Judgement,
    Perpetrator,
    Reading,
    Report,
    Revision,
    Span,
    Victims,
    When,
    Where,
)
from marsad.store import Book, KeptPlace, Origin, open_book
from marsad.store.pen import Pen
from marsad.store.rows import body_of, judgement_values, report_values
from marsad.store.schema import JUDGEMENTS, READINGS, REPORTS

T = TypeVar("T")

START = datetime(2024, 1, 1, tzinfo=UTC)
LATER = START + timedelta(days=9)
SIDES = ("Northern Front", "Army", "River Brigade", "Coast Militia", "Hill Council", "Border Guard", "Plains Force")
EVERY = 5
MANY = 125_000
PROGRAM = "program link 2"


def main() -> None:
    """Print one line per question."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reports", type=int, default=MANY)
    asked.add_argument("--ledger")
    given = asked.parse_args()
    with TemporaryDirectory() as folder:
        place = given.ledger or str(Path(folder) / "ledger.db")
        measure(place, given.reports)


def measure(place: str, reports: int) -> None:
    """Make the ledger where there is none, and ask it."""
    with open_book(place, START, create=True) as book:
        if not book.last_act():
            timed("written, as a stand-in for marsad add", lambda: write(book, reports))
        timed("the kept ledger made anew", book.keep_up)
    kept = KeptPlace(lambda: open_book(place, LATER))
    ledger = timed("opened", kept.ledger)
    assert ledger is not None
    print(f"{len(ledger.incidents):,} incidents")
    for by in BY:
        timed(f"toll by {by}", lambda by=by: toll(ledger, by))  # type: ignore[misc]
    words = Selection(place="Town 7", since=date(2018, 1, 1))
    timed("toll by month of a place, as of a past day", lambda: toll(past(kept), "month", words))
    timed("the newest of a filter", lambda: [*select(ledger, words)[-50:]])
    name = ledger.incidents[reports // 2].id
    timed("an incident traced", lambda: trace(ledger, name))
    for what, act in acts(place, name):
        timed(what, act)
        timed("  and the ledger after it", kept.ledger)
        timed("  what changed by it", lambda: changes(past(kept), present(kept)))


def past(kept: KeptPlace) -> Any:
    """Return the ledger as of the last day before today's acts."""
    return kept.ledger(LATER - timedelta(days=1))


def present(kept: KeptPlace) -> Any:
    """Return the ledger of today."""
    return kept.ledger()


def acts(place: str, name: str) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield things that people do."""

    def done(act: Callable[[Book], object]) -> Callable[[], object]:
        def do() -> None:
            with open_book(place, LATER) as book:
                act(book)
                book.keep_up()

        return do

    with open_book(place, LATER) as book:
        one = recorded(EVERY * (MANY + book.last_act()) + 1)
    yield "a report more", done(lambda book: book.add_reading(one.reading, Origin("bench", LATER, "0", "made"), b"x"))
    word = Judgement(name, members_of(one)[0].id, "same", "bench", LATER)
    yield "a judgement", done(lambda book: book.add_judgements([word]))
    said = Revision(name, "killed", "9-11", "because", "bench", LATER)
    yield "a revision", done(lambda book: book.add_revision(said))


def timed(what: str, act: Callable[[], Any]) -> Any:
    """Do something, and print how long it took."""
    found, seconds = cost_of(act)
    print(f"{seconds:8.3f}  {what}", flush=True)
    return found


def cost_of(act: Callable[[], T]) -> tuple[T, float]:
    """Do something; return what came of it, and the seconds of CPU that it took."""
    begun = time.process_time()
    found = act()
    return found, time.process_time() - begun


def costs(reports: int) -> dict[str, float]:
    """Return what a ledger of so many reports costs: made anew, opened, asked for its tolls, one report more."""
    with TemporaryDirectory() as folder:
        place = str(Path(folder) / "ledger.db")
        with open_book(place, START, create=True) as book:
            write(book, reports)
            _, anew = cost_of(book.keep_up)
        kept = KeptPlace(lambda: open_book(place, LATER))
        ledger, opened = cost_of(kept.ledger)
        assert ledger is not None
        _, added_up = cost_of(lambda: toll(ledger, "perpetrator"))
        _, more = cost_of(next(acts(place, ledger.incidents[reports // 2].id))[1])
        return {"incidents": len(ledger.incidents), "anew": anew, "opened": opened, "toll": added_up, "one more": more}


def write(book: Book, reports: int, at_once: int = 5_000) -> None:
    """Write so many reports, their readings and the words that link them, some thousand to a transaction."""
    before: RecordedReading | None = None
    for start in range(0, reports, at_once):
        with book._writing() as connection:
            pen = Pen(connection)
            for number in range(start, min(start + at_once, reports)):
                one = recorded(number)
                write_one(connection, pen, one)
                if before is not None:
                    _link(connection, pen, before, one, number)
                before = one


def write_one(connection: Any, pen: Pen, one: RecordedReading) -> None:
    """Write one report and its reading."""
    moment = pen.stamp(one.recorded)
    report = {**report_values(one.report_key, one.reading.report, None), "recorded": moment.isoformat()}
    connection.execute(insert(REPORTS).values(**report, act=pen.write("report", "bench", moment, one.key, report)))
    row = {"key": one.key, "report": one.report_key, "body": body_of(one.reading), "program": "0", "extractor": "made"}
    row["recorded"] = moment.isoformat()
    connection.execute(insert(READINGS).values(**row, act=pen.write("reading", "bench", moment, one.key, row)))


def _link(connection: Any, pen: Pen, before: RecordedReading, one: RecordedReading, number: int) -> None:
    ends = sorted((members_of(before)[0].id, members_of(one)[0].id))
    if number % EVERY not in (0, 2):
        return
    score = 0.95 if number % EVERY == 0 else 0.15
    verdict: Any = "same" if number % EVERY == 0 else "unsure"
    made = pen.stamp(one.recorded, later=True)
    word = judgement_values(Judgement(ends[0], ends[1], verdict, PROGRAM, made, score, ("made up",)), made)
    act = pen.write("judgement", PROGRAM, made, " ".join(ends), word)
    connection.execute(insert(JUDGEMENTS).values(**word, act=act))


def recorded(number: int) -> RecordedReading:
    """Return one made-up report with its reading."""
    # Every fifth report tells of the event of the one before it, in another paper, with another figure.
    at = number - 1 if number % EVERY == 0 and number else number
    day = date(2014, 1, 1) + timedelta(days=at * 7919 % 3650)
    killed, side = 1 + number * 31 % 17, SIDES[at * 13 % len(SIDES)]
    words = f"{killed} people were killed"
    text = f"{words} in Town {at % 2000} on {day} (item {number})."
    place = Where(
        f"Town {at % 2000}", f"Town {at % 2000}", "SY", f"Province {at % 14}", None,
        30 + at % 2000 / 400, 35 + at % 1999 / 300, 1 + at % 4, f"g{at % 2000}",
    )  # fmt: skip
    doers = (Perpetrator(side, actor=ActorRef(f"a{at % 7}", side)),)
    claim = Claim(
        "c1", Span(0, len(words), words), "killed", Count(str(killed), killed, "exact", killed, killed, killed),
        Victims("people", "civilian"), doers, When(str(day), day, day, "day"), place,
    )  # fmt: skip
    incident = Incident(
        "i1", "attack", ("c1",), {"killed": Figure(killed, killed, killed)}, when=claim.when, where=place,
        perpetrators=doers, victims=(claim.victims,),
    )  # fmt: skip
    report = Report(f"r{number}", text, publisher=f"Paper {number % 40}", published=day)
    key = report_key(report)
    reading = Reading(report, (claim,), incidents=(incident,))
    return RecordedReading(f"k{key[1:]}", key, reading, START + timedelta(minutes=number * 1_000 // MANY), "0", "made")


if __name__ == "__main__":
    main()
