"""Reckons dates as they are written: days, months, seasons, years, decades and feasts."""

from collections.abc import Mapping
from datetime import date

from marsad.resolve.when_clock import Clock, Parts, Reckoner, in_year, latest, stated_year
from marsad.resolve.when_days import DAY, Interval, month_of, one_day, year_of
from marsad.resolve.when_feasts import feast_day
from marsad.resolve.when_grammar import month_number

_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_OPENING = ("early", "beginning", "start", "first")


def _dated(parts: Parts, clock: Clock) -> Interval | None:
    month, day = month_number(parts["month"]), int(parts["d"])
    last = int(parts.get("d2", parts["d"]))
    last = last if last > day else day

    def make(year: int) -> Interval:
        return Interval(date(year, month, day), date(year, month, last))

    return in_year(make, parts, clock)


def _iso(parts: Parts, _: Clock) -> Interval:
    return one_day(date(int(parts["year"]), int(parts["m"]), int(parts["d"])))


def _figures(parts: Parts, clock: Clock) -> Interval | None:
    day, month = int(parts["first"]), int(parts["second"])
    if month > 12 or (clock.month_first and day <= 12):
        day, month = month, day
    return in_year(lambda year: one_day(date(year, month, day)), parts, clock)


def _part_of_month(span: Interval, part: str) -> Interval:
    assert span.start and span.end
    first, eleventh, twenty_first = (span.start.replace(day=d) for d in (1, 11, 21))
    if any(word in part for word in _OPENING):
        return Interval(first, eleventh - DAY)
    if "mid" in part:
        return Interval(eleventh, twenty_first - DAY)
    return Interval(twenty_first, span.end) if part else span


def _part_of_year(year: int, part: str) -> Interval:
    if any(word in part for word in _OPENING):
        return Interval(date(year, 1, 1), date(year, 4, 30))
    if "mid" in part:
        return Interval(date(year, 5, 1), date(year, 8, 31))
    return Interval(date(year, 9, 1), date(year, 12, 31)) if part else year_of(year)


def _months(parts: Parts, clock: Clock) -> Interval | None:
    first, last = month_number(parts["month"]), month_number(parts.get("month2", parts["month"]))

    def make(year: int) -> Interval:
        part = _part_of_month(month_of(year, first), parts.get("part", ""))
        return Interval(part.start, month_of(year + (last < first), last).end) if last != first else part

    year = stated_year(parts, clock)
    if year is not None:
        return make(year - (last < first))
    return latest(make, clock)


def _season(parts: Parts, clock: Clock) -> Interval | None:
    year = stated_year(parts, clock)
    if year is None:
        return None
    first = _SEASONS[parts["season"]]
    return Interval(month_of(year, first).start, month_of(year, first + 2).end)


def _decade(parts: Parts, _: Clock) -> Interval:
    year = int(parts["year"])
    return Interval(date(year, 1, 1), date(year + 9, 12, 31))


def _bare_year(parts: Parts, clock: Clock) -> Interval:
    if "open" in parts:
        return Interval(date(int(parts["year"]), 1, 1), clock.today)
    return _part_of_year(int(parts["year"]), parts.get("part", ""))


def _day_of_month(parts: Parts, clock: Clock) -> Interval | None:
    day = int(parts["d"])
    if clock.today is None:
        return one_day(clock.anchor.start.replace(day=day)) if clock.anchor and clock.anchor.start else None
    for back in range(13):
        span = month_of(clock.today.year, clock.today.month - back)
        assert span.start and span.end
        if day <= span.end.day and span.start.replace(day=day) <= clock.today:
            return one_day(span.start.replace(day=day))
    return None


def _feast(parts: Parts, clock: Clock) -> Interval | None:
    name = parts["feast"]
    return in_year(lambda year: one_day(feast_day(name, year)), parts, clock)


DATED: Mapping[str, Reckoner] = {
    "iso": _iso,
    "figures": _figures,
    "slashed": _figures,
    "day_month": _dated,
    "month_day": _dated,
    "month": _months,
    "season": _season,
    "decade": _decade,
    "year": _bare_year,
    "day_of_month": _day_of_month,
    "feast": _feast,
}
