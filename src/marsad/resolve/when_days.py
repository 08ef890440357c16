"""Runs of days: how they are made and moved, how exact they are, and the `When` they are written as."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from marsad.model import Span, When
from marsad.vocabulary import DatePrecision

DAY = timedelta(days=1)
# Up to UCDP's limits; the past week and the past month are eight and 32 days when both ends count.
_PRECISIONS: tuple[tuple[int, DatePrecision], ...] = ((1, "day"), (6, "days"), (8, "week"), (32, "month"))
_DATE_PREC: Mapping[DatePrecision, int] = {"day": 1, "days": 2, "week": 3, "month": 4, "year": 5, "since": 5}


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `start` to `end`, both inclusive; None is an open or unknown end."""

    start: date | None
    end: date | None


def one_day(day: date) -> Interval:
    """Return the run of one day."""
    return Interval(day, day)


def week_of(day: date) -> Interval:
    """Return the week from Monday to Sunday that holds a day."""
    monday = day - timedelta(days=day.weekday())
    return Interval(monday, monday + timedelta(days=6))


def month_of(year: int, month: int) -> Interval:
    """Return a month; months before 1 and past 12 run into the years beside."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    after = date(year + month // 12, month % 12 + 1, 1)
    return Interval(date(year, month, 1), after - DAY)


def year_of(year: int) -> Interval:
    """Return a year."""
    return Interval(date(year, 1, 1), date(year, 12, 31))


def month_before(day: date, months: int) -> date:
    """Return the same day of the month `months` earlier, or that month's last day."""
    span = month_of(day.year, day.month - months)
    assert span.start and span.end
    return min(span.start + timedelta(days=day.day - 1), span.end)


def precision_of(interval: Interval) -> DatePrecision:
    """Return how exact an interval is, by its length; an open end makes it "since"."""
    if interval.start is None or interval.end is None:
        return "unknown" if interval.start is interval.end else "since"
    days = (interval.end - interval.start).days + 1
    for longest, name in _PRECISIONS:
        if days <= longest:
            return name
    return "year"


def make_when(text: str | None, days: Interval | None, span: Span | None = None) -> When:
    """Return the words `text` with the days they mean; without days they keep precision "unknown"."""
    if days is None or (days.start is None and days.end is None):
        return When(text, span=span)
    return When(text, days.start, days.end, precision_of(days), span)


def date_prec(when: When | None) -> int | None:
    """Return UCDP's `date_prec`: 1 day, 2 two to six days, 3 week, 4 month, 5 longer or open; None where unknown."""
    return None if when is None else _DATE_PREC.get(when.precision)
