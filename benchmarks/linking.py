"""Measures linking on made-up readings: how the cost grows with the number of reports, and what one report more costs.

    python -m benchmarks.linking [--sizes 1000,3000,10000] [--ledger SIZE [--one-by-one MANY]]

The world that is made up has what makes linking hard: a few towns and armed groups are in most reports, days lie
close together, an event is told by one to eight reports in words of their own, common words come as often as in
English, and a third of the reports carry no date. Times are CPU seconds of one core; `found` is the share of pairs of
reports of one event that come to be linked. `--ledger` fills a ledger of that
size in a passing folder and adds reports one by one to it.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, combinations
from pathlib import Path
from random import Random

from benchmarks.cluster import memory_of

from marsad.ledger.record import RecordedReading, report_key
from marsad.link.index import Index, MemoryShelf
from marsad.link.judge import words
from marsad.link.match import Pair
from marsad.link.tables import common_words
from marsad.link.tellings import tell
from marsad.model import (
    ActorRef,
    Claim,
    Count,
    Figure,
    Incident,
    Perpetrator,
    PlaceMention,
    Reading,
    Report,
    Span,
    Victims,
    When,
    Where,
)
from marsad.relink import link_book, linkable
from marsad.store import Origin, open_book
from marsad.vocabulary import Harm

TITLES = (
    *(("reports", 8), ("telling", 9), ("linking", 9), ("words", 9), ("all", 9), ("ms each", 8), ("links", 8)),
    *(("found", 7), ("MB", 7)),
)
MOMENT = datetime(2024, 1, 1, tzinfo=UTC)
FIRST_DAY = date(2020, 1, 1)
DAYS = 1500
SYLLABLES = ("ba", "da", "ka", "lu", "mi", "na", "ro", "sha", "ta", "zi", "qar", "tel", "umm", "hal", "deir")
RARE_WORDS = 30_000
TOWNS, GROUPS, PAPERS = 2000, 12, 60
MOST_TELLINGS = 8
RARE_OF_EVENT, COMMON_OF_EVENT, RARE_OF_REPORT, COMMON_OF_REPORT = 6, 30, 6, 160


class World:
    """Events and the reports that tell of them, made from a seed: the same in every run."""

    def __init__(self, seed: int = 7) -> None:
        self._random = Random(seed)
        names = sorted({"".join(self._random.choices(SYLLABLES, k=4)) for _ in range(RARE_WORDS + TOWNS)})
        self._random.shuffle(names)
        self._towns = [name.title() for name in names[:TOWNS]]
        self._rare = [name.title() for name in names[TOWNS:]]
        self._rare_skew = list(accumulate(1 / (rank + 10) for rank in range(len(self._rare))))
        self._town_skew = list(accumulate(1 / (rank + 3) for rank in range(TOWNS)))
        self._common = list(common_words())
        self._common_skew = list(accumulate(common_words().values()))

    def _drawn(self, rare: int, common: int) -> list[str]:
        some = self._random
        return some.choices(self._rare, cum_weights=self._rare_skew, k=rare) + some.choices(
            self._common, cum_weights=self._common_skew, k=common
        )

    def readings(self, count: int) -> Iterator[Reading]:
        """Yield so many readings, those of one event beside one another."""
        made = 0
        while made < count:
            told = self._event(f"e{made}")
            for _ in range(min(count - made, self._random.choice((1, 1, 1, 2, 2, 3, 5, MOST_TELLINGS)))):
                yield self._telling(made, told)
                made += 1

    def _event(self, name: str) -> "Event":
        some = self._random
        return Event(
            name=name,
            town=some.choices(range(TOWNS), cum_weights=self._town_skew)[0],
            day=FIRST_DAY + timedelta(days=some.randrange(DAYS)),
            killed=min(90, int(some.paretovariate(0.9))),
            group=f"group {some.randrange(GROUPS)}",
            words=self._drawn(RARE_OF_EVENT, COMMON_OF_EVENT),
        )

    def _telling(self, number: int, event: "Event") -> Reading:
        some, name = self._random, self._towns[event.town]
        toll = max(1, event.killed + some.choice((0, 0, 0, 1, -1)))
        span = Span(0, len(f"{toll} civilians"), f"{toll} civilians")
        told = some.sample(event.words, len(event.words) * 2 // 3) + self._drawn(RARE_OF_REPORT, COMMON_OF_REPORT)
        text = f"{span.quote} were killed in {name}, it is said. Of it {' '.join(some.sample(told, len(told)))}."
        where = Where(name, name, "SY", f"province {event.town % 14}", geoprecision=1, gazetteer_id=f"g{event.town}")
        when = When("that day", event.day, event.day, "day")
        by = (Perpetrator(event.group, actor=ActorRef(event.group, event.group)),)
        count = Count(str(toll), toll, "exact", toll, toll, toll)
        claim = Claim("c1", span, "killed", count, Victims("civilians"), by, when, where)
        tolls: dict[Harm, Figure] = {"killed": Figure(toll, toll, toll)}
        incident = Incident("i1", "attack", ("c1",), tolls, when=when, where=where, perpetrators=by)
        published = None if number % 3 == 0 else event.day + timedelta(days=some.choice((0, 1, 1, 2)))
        paper = f"Paper {some.randrange(PAPERS)}"
        report = Report(f"{event.name}-{number}", text, f"Deaths in {name}", paper, published=published)
        return Reading(report, (claim,), incidents=(incident,), places=(PlaceMention(span, where),))


@dataclass(frozen=True)
class Event:
    """One made-up event: what its tellings share. Their ids begin with its name."""

    name: str
    town: int
    day: date
    killed: int
    group: str
    words: list[str]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="1000,3000,10000", help="how many reports, several by commas")
    parser.add_argument("--ledger", type=int, help="fill a ledger of so many reports and add to it one by one")
    parser.add_argument("--one-by-one", type=int, default=100, help="how many reports are added to that ledger")
    options = parser.parse_args()
    if options.ledger:
        measure_ledger(options.ledger, options.one_by_one)
    else:
        measure_curve([int(size) for size in options.sizes.split(",")])


def measure_curve(sizes: Sequence[int]) -> None:
    """Print the cost of linking so many reports in one go."""
    print(" ".join(f"{title:>{width}}" for title, width in TITLES), "growth", sep="  ")
    before: tuple[int, float] | None = None
    for size in sizes:
        events: dict[str, list[str]] = {}
        shelf = MemoryShelf()
        index = Index(shelf)
        telling = linking = 0.0
        for reading in World().readings(size):
            one = linkable(recorded(reading))
            events.setdefault(reading.report.id.split("-")[0], []).append(one.key)
            start = time.process_time()
            told = tell(one)
            then = time.process_time()
            index.add(told)
            telling, linking = telling + then - start, linking + time.process_time() - then
        start = time.process_time()
        links = shelf.links()
        words(links, MOMENT)
        judging = time.process_time() - start
        spent = telling + linking + judging
        growth = "" if before is None else f"x{size / before[0]:.1f} reports, x{spent / before[1]:.1f} time"
        print(
            f"{size:>8} {telling:>8.1f}s {linking:>8.1f}s {judging:>8.1f}s {spent:>8.1f}s {1000 * spent / size:>8.1f} "
            f"{len(links):>8} {_share_found(events.values(), links):>7.2f} {memory_of(os.getpid()):>7.0f}  {growth}",
            flush=True,
        )
        before = size, spent


def _share_found(events: Iterable[Sequence[str]], links: Container[Pair]) -> float:
    """Return how many of the pairs of reports of one event are linked."""
    true = [pair for keys in events for pair in combinations(sorted(keys), 2)]
    return sum(pair in links for pair in true) / max(1, len(true))


def measure_ledger(size: int, more: int) -> None:
    """Print what one report more costs in a ledger of so many: linking with all that it reads and writes."""
    origin = Origin("benchmark", MOMENT, "0", "made up")
    readings = list(World().readings(size + more))
    # Spread over the whole, so that those added last belong to events that are there and to new ones.
    late = set(Random(1).sample(range(len(readings)), more))
    with (
        tempfile.TemporaryDirectory() as folder,
        open_book(str(Path(folder) / "ledger.db"), MOMENT, create=True) as book,
    ):
        start = time.process_time()
        for number, one in enumerate(readings):
            if number not in late:
                book.add_reading(one, origin)
        recorded_all = time.process_time()
        said = link_book(book, lambda: MOMENT)
        linked = time.process_time()
        print(f"{size} reports recorded in {recorded_all - start:.0f} s", flush=True)
        print(f"linked in {linked - recorded_all:.0f} s: {said} words", flush=True)
        spent, waited = [], []
        for number in sorted(late):
            book.add_reading(readings[number], origin)
            start, clock = time.process_time(), time.perf_counter()
            link_book(book, lambda: MOMENT)
            spent.append(time.process_time() - start)
            waited.append(time.perf_counter() - clock)
        for name, values in (("CPU", sorted(spent)), ("wall", sorted(waited))):
            at = [f"{1000 * values[int(share * (len(values) - 1))]:.0f}" for share in (0.5, 0.9, 0.99, 1.0)]
            print(f"one report more, {name} milliseconds: median {at[0]}, 90 % {at[1]}, 99 % {at[2]}, most {at[3]}")


def recorded(one: Reading) -> RecordedReading:
    """Return a reading as if it had been recorded."""
    key = report_key(one.report)
    return RecordedReading(key, key, one, MOMENT, "0", "made up")


if __name__ == "__main__":
    main()
