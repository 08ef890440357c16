"""What is known when a time expression is reckoned, and the year it gives to a date without one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from marsad.resolve.when_days import Interval

Parts = Mapping[str, str]
Reckoner = Callable[[Parts, "Clock"], Interval | None]
"""From the parts of an expression to the days it means; ValueError where the words name no day."""
SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Clock:
    """What is known when an expression is reckoned.

    `today` is the day of publication, `anchor` the days of the event last told of, `year` the year that the text
    itself gives to dates without one (used where `today` is unknown), `month_first` the order of "3/4/2015".
    """

    today: date | None = None
    anchor: Interval | None = None
    period: Interval | None = None
    year: int | None = None
    month_first: bool = False


def stated_year(parts: Parts, clock: Clock) -> int | None:
    """Return the year in the words, or the one that "last year" means."""
    year = parts.get("year")
    if year is not None:
        value = int(year)
        return value if len(year) > 2 else value + (1900 if value >= 50 else 2000)
    if parts.get("rel") in ("last", "this") and clock.today:
        return clock.today.year - (parts["rel"] == "last")
    return None


def latest(make: Callable[[int], Interval], clock: Clock) -> Interval | None:
    """Return `make(year)` for the latest year that puts its start not after the day of publication.

    A day of the coming week is that day, not the one 51 weeks ago: nobody leaves out the year of a day so long gone.
    """
    if clock.today is None:
        return None if clock.year is None else make(clock.year)
    latest = clock.today + SOON
    for year in range(latest.year, latest.year - 9, -1):
        try:
            found = make(year)
        except ValueError:
            continue
        if found.start and found.start <= (latest if found.start == found.end else clock.today):
            return found
    return None


def in_year(make: Callable[[int], Interval], parts: Parts, clock: Clock) -> Interval | None:
    """Return `make(year)` for the year in the words, else for the latest that fits."""
    year = stated_year(parts, clock)
    return latest(make, clock) if year is None else make(year)
