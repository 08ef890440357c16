"""Writes a ledger of made-up events in real places: what the page's screenshots and browser tests look at.

    python -m benchmarks.made_ledger ledger.db [--until 2026-06-14]

Some sixty events in seven countries over eight weeks, told by seven papers that do not always agree; places that are
a town, a province or a country; sides that deny; running totals with a restart. The texts are written here and read as
any report is. Nothing in them happened. The same at every run.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from marsad.ledger import Ledger, LedgerIncident, build_ledger
from marsad.ledger.tolls import first_day
from marsad.model import Judgement, Reading, Report
from marsad.reading import ReadingOptions, make_reading
from marsad.store import Origin, open_book

PAPERS = (
    "Harbour Wire", "Evening Lantern", "Radio Meridian", "The Plateau Courier", "Ministry of Health bulletin",
    "Observatory for the Documentation of Harm to Civilians in the Border Provinces", "Two Rivers News",
)  # fmt: skip
PLACES = (
    ("Mopti", "Mali"), ("Gao", "Mali"), ("Maiduguri", "Nigeria"), ("Baga", "Nigeria"), ("Jos", "Nigeria"),
    ("Goma", "Democratic Republic of the Congo"), ("Beni", "Democratic Republic of the Congo"),
    ("Taiz", "Yemen"), ("Marib", "Yemen"), ("Kunduz", "Afghanistan"), ("Jalalabad", "Afghanistan"),
    ("El Fasher", "Sudan"), ("Khartoum", "Sudan"), ("Baidoa", "Somalia"), ("Kismayo", "Somalia"),
)  # fmt: skip
WIDE = ("Borno State, Nigeria", "North Darfur, Sudan", "Helmand province, Afghanistan", "Somalia")
SIDES = {
    "Mali": "JNIM", "Nigeria": "Boko Haram", "Democratic Republic of the Congo": "M23", "Yemen": "the Houthis",
    "Afghanistan": "the Taliban", "Sudan": "the Rapid Support Forces", "Somalia": "al-Shabaab",
}  # fmt: skip
HOW = (
    "{killed} civilians were killed and {injured} others wounded when shells hit {place} on {day}, residents said. "
    "They blamed {side}.",
    "{side} gunmen killed {killed} people in an ambush near {place} on {day}.",
    "At least {killed} civilians were killed and {injured} injured in an airstrike by {side} on a market in {place} "
    "on {day}.",
    "{killed} soldiers were killed by a roadside bomb in {place} on {day}. {side} claimed responsibility.",
    "{side} fighters killed {killed} people and abducted {injured} villagers in {place} on {day}.",
)
AGAIN = "{killed} people were killed in {place} on {day}, according to medics. {side} denied any part in it."
TOTAL = "Since the start of the war on {since}, {total:,} people have been killed in {where}, the health ministry said."


@dataclass(frozen=True)
class Item:
    """One report to be written: what it says, who prints it and when."""

    text: str
    paper: str
    published: date


def main() -> None:
    """Write the ledger that is asked for, and say what it holds."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("ledger")
    asked.add_argument("--until", type=date.fromisoformat, default=date(2026, 6, 14))
    chosen = asked.parse_args()
    print(f"{write_ledger(chosen.ledger, chosen.until)} reports written to {chosen.ledger}")


def write_ledger(place: str, until: date) -> int:
    """Add every report to the ledger, each recorded on the evening that it came out; return how many there are."""
    options = ReadingOptions(places=True)
    items = sorted(items_until(until), key=lambda one: one.published)
    with open_book(place, _evening(items[0].published), create=True) as book:
        for number, one in enumerate(items):
            book.add_reading(_read(number, one, options), Origin("made", _evening(one.published), "0", "rules"))
        record = book.record()
        book.add_judgements(list(_judgements(build_ledger(record.readings), _evening(until + timedelta(days=3)))))
    return len(items)


def _judgements(ledger: Ledger, made: datetime) -> Iterator[Judgement]:
    """Yield a word on each pair of one place and day: of three two are joined by a person, one is only suggested."""
    seen: dict[tuple[date | None, str | None], LedgerIncident] = {}
    pairs = 0
    for one in ledger.incidents:
        key = (first_day(one), one.where.name if one.where else None)
        other = seen.setdefault(key, one)
        if other is not one:
            pairs += 1
            reasons = ("the same day", "the same place")
            if pairs % 3:
                yield Judgement(other.id, one.id, "same", "amal", made, None, reasons)
            else:
                yield Judgement(other.id, one.id, "unsure", "program link 0", made, 0.71, reasons)


def items_until(until: date) -> Iterator[Item]:
    """Yield the reports, whose last day is `until`."""
    for number in range(56):
        yield from _event(number, until - timedelta(days=number * 23 % 57))
    for number, where in enumerate(WIDE):
        day = until - timedelta(days=5 + number * 9)
        killed, fled = 9 + number * 13, 1200 + number * 740
        text = f"{killed} people were killed in clashes in {where} on {_day(day)}, and {fled:,} were displaced."
        yield Item(text, PAPERS[number], day + timedelta(days=1))
    yield from _totals(until)


def _event(number: int, day: date) -> Iterator[Item]:
    place, country = PLACES[number * 7 % len(PLACES)]
    killed = 1 + number * number * 5 % 23 + (40 if number % 19 == 0 else 0)
    known = {"place": f"{place}, {country}", "day": _day(day), "side": SIDES[country], "injured": 2 + number * 11 % 31}
    text = HOW[number % len(HOW)].format(killed=killed, **known)
    yield Item(text, PAPERS[number % 5], day + timedelta(days=1))
    if number % 3 == 0:
        yield Item(AGAIN.format(killed=killed + number % 5, **known), PAPERS[5 + number % 2], day + timedelta(days=2))


def _totals(until: date) -> Iterator[Item]:
    """Yield two counters: one that is corrected once, and one that starts anew half-way."""
    start = until - timedelta(days=70)
    for week in range(9):
        day, total = (
            start + timedelta(days=7 * week + 6),
            312 + week * 41 + week * week % 7 * 9 - (60 if week == 5 else 0),
        )
        yield Item(TOTAL.format(total=total, where="Sudan", since=_day(start)), PAPERS[4], day)
        begun, told = (start, 120 + 33 * week) if week < 5 else (start + timedelta(days=35), 14 + 19 * (week - 5))
        yield Item(TOTAL.format(total=told, where="Yemen", since=_day(begun)), PAPERS[2], day)


def _read(number: int, one: Item, options: ReadingOptions) -> Reading:
    return make_reading(Report(f"made{number}", one.text, publisher=one.paper, published=one.published), options)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _evening(day: date) -> datetime:
    return datetime.combine(day, time(20), UTC)


if __name__ == "__main__":
    main()
