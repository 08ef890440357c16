"""From the form of a time expression to the days it means, counted from the days that are known.

News looks back: a weekday, a month or a day without its year means the latest one that is not after the day of
publication. What cannot be reckoned from what is known is None, never a guess.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil

from marsad.model import Span, When
from marsad.resolve.when_feasts import feast_day
from marsad.resolve.when_grammar import Expression, month_number, number, weekday_number
from marsad.vocabulary import DatePrecision

Parts = Mapping[str, str]
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `start` to `end`, both inclusive; None is an open or unknown end."""

    start: date | None
    end: date | None


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


def reckon(expression: Expression, clock: Clock) -> Interval | None:
    """Return the days that `expression` means, or None where `clock` does not tell."""
    try:
        found = RECKONERS[expression.form](expression.parts, clock)
    except (ValueError, OverflowError):
        # 31 April, 30 February, a year before 1: the words name no day.
        return None
    return None if found is None else _clipped(found, clock.today)


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


# Up to UCDP's limits; the past week and the past month are eight and 32 days when both ends count.
_PRECISIONS: tuple[tuple[int, DatePrecision], ...] = ((1, "day"), (6, "days"), (8, "week"), (32, "month"))
_DATE_PREC: Mapping[DatePrecision, int] = {"day": 1, "days": 2, "week": 3, "month": 4, "year": 5, "since": 5}


def date_prec(when: When | None) -> int | None:
    """Return UCDP's `date_prec`: 1 day, 2 two to six days, 3 week, 4 month, 5 longer or open; None where unknown."""
    return None if when is None else _DATE_PREC.get(when.precision)


def _clipped(found: Interval, today: date | None) -> Interval:
    """End at the day of publication what began before it: a report cannot tell of the rest of its month."""
    if today and found.start and found.end and found.start <= today < found.end:
        return replace(found, end=today)
    return found


def _one(day: date) -> Interval:
    return Interval(day, day)


def _month(year: int, month: int) -> Interval:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    after = date(year + month // 12, month % 12 + 1, 1)
    return Interval(date(year, month, 1), after - DAY)


def _year(year: int) -> Interval:
    return Interval(date(year, 1, 1), date(year, 12, 31))


def _month_before(day: date, months: int) -> date:
    """Return the same day of the month `months` earlier, or that month's last day."""
    span = _month(day.year, day.month - months)
    assert span.start and span.end
    return min(span.start + timedelta(days=day.day - 1), span.end)


def _stated_year(parts: Parts, clock: Clock) -> int | None:
    """Return the year in the words, or the one that "last year" means."""
    year = parts.get("year")
    if year is not None:
        value = int(year)
        return value if len(year) > 2 else value + (1900 if value >= 50 else 2000)
    if parts.get("rel") in ("last", "this") and clock.today:
        return clock.today.year - (parts["rel"] == "last")
    return None


def _latest(make: Callable[[int], Interval], clock: Clock) -> Interval | None:
    """Return `make(year)` for the latest year that puts its start not after the day of publication.

    A day of the coming week is that day, not the one 51 weeks ago: nobody leaves out the year of a day so long gone.
    """
    if clock.today is None:
        return None if clock.year is None else make(clock.year)
    latest = clock.today + timedelta(days=7)
    for year in range(latest.year, latest.year - 9, -1):
        try:
            found = make(year)
        except ValueError:
            continue
        if found.start and found.start <= (latest if found.start == found.end else clock.today):
            return found
    return None


def _dated(parts: Parts, clock: Clock) -> Interval | None:
    month, day = month_number(parts["month"]), int(parts["d"])
    last = int(parts.get("d2", parts["d"]))
    last = last if last > day else day

    def make(year: int) -> Interval:
        return Interval(date(year, month, day), date(year, month, last))

    year = _stated_year(parts, clock)
    return _latest(make, clock) if year is None else make(year)


def _iso(parts: Parts, _: Clock) -> Interval:
    return _one(date(int(parts["year"]), int(parts["m"]), int(parts["d"])))


def _figures(parts: Parts, clock: Clock) -> Interval | None:
    day, month = int(parts["first"]), int(parts["second"])
    if month > 12 or (clock.month_first and day <= 12):
        day, month = month, day
    year = _stated_year(parts, clock)
    if year is None:
        return _latest(lambda y: _one(date(y, month, day)), clock)
    return _one(date(year, month, day))


def _part_of_month(span: Interval, part: str) -> Interval:
    assert span.start and span.end
    first, eleventh, twenty_first = (span.start.replace(day=d) for d in (1, 11, 21))
    if any(word in part for word in ("early", "beginning", "start", "first")):
        return Interval(first, eleventh - DAY)
    if "mid" in part:
        return Interval(eleventh, twenty_first - DAY)
    return Interval(twenty_first, span.end) if part else span


def _part_of_year(year: int, part: str) -> Interval:
    if any(word in part for word in ("early", "beginning", "start", "first")):
        return Interval(date(year, 1, 1), date(year, 4, 30))
    if "mid" in part:
        return Interval(date(year, 5, 1), date(year, 8, 31))
    return Interval(date(year, 9, 1), date(year, 12, 31)) if part else _year(year)


def _months(parts: Parts, clock: Clock) -> Interval | None:
    first, last = month_number(parts["month"]), month_number(parts.get("month2", parts["month"]))

    def make(year: int) -> Interval:
        part = _part_of_month(_month(year, first), parts.get("part", ""))
        return Interval(part.start, _month(year + (last < first), last).end) if last != first else part

    year = _stated_year(parts, clock)
    if year is not None:
        return make(year - (last < first))
    return _latest(make, clock)


_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


def _season(parts: Parts, clock: Clock) -> Interval | None:
    year = _stated_year(parts, clock)
    if year is None:
        return None
    first = _SEASONS[parts["season"]]
    return Interval(_month(year, first).start, _month(year, first + 2).end)


def _decade(parts: Parts, _: Clock) -> Interval:
    year = int(parts["year"])
    return Interval(date(year, 1, 1), date(year + 9, 12, 31))


def _bare_year(parts: Parts, clock: Clock) -> Interval:
    if "open" in parts:
        return Interval(date(int(parts["year"]), 1, 1), clock.today)
    return _part_of_year(int(parts["year"]), parts.get("part", ""))


def _weekday(parts: Parts, clock: Clock) -> Interval | None:
    wanted, rel = weekday_number(parts["weekday"]), parts.get("rel", "").removeprefix("the ")
    if rel in ("following", "previous") or (rel == "next" and clock.anchor):
        return _weekday_beside(wanted, rel, clock.anchor)
    if clock.today is None:
        # A text that told of a dated Friday and then says "Friday" means that one.
        told = clock.anchor.start if clock.anchor and clock.anchor.start == clock.anchor.end else None
        return _one(told) if told and told.weekday() == wanted else None
    if rel == "next":
        return _one(clock.today + timedelta(days=(wanted - clock.today.weekday() - 1) % 7 + 1))
    if "before" in parts:
        monday = clock.today - timedelta(days=clock.today.weekday() + 7)
        return _one(monday + timedelta(days=wanted))
    back = (clock.today.weekday() - wanted) % 7
    return _one(clock.today - timedelta(days=back or (7 if rel in ("last", "past") else 0)))


def _weekday_beside(wanted: int, rel: str, anchor: Interval | None) -> Interval | None:
    if anchor is None or anchor.start is None or anchor.end is None:
        return None
    if rel == "previous":
        return _one(anchor.start - timedelta(days=(anchor.start.weekday() - wanted - 1) % 7 + 1))
    return _one(anchor.end + timedelta(days=(wanted - anchor.end.weekday() - 1) % 7 + 1))


_NAMED = {"the day before yesterday": 2, "yesterday": 1, "last night": 1, "last evening": 1, "tomorrow": -1}


def _named_day(parts: Parts, clock: Clock) -> Interval | None:
    if clock.today is None:
        return None
    if parts["name"] == "overnight":
        # The night began on the day before; nobody says on which side of midnight.
        return Interval(clock.today - DAY, clock.today)
    return _one(clock.today - timedelta(days=_NAMED.get(parts["name"], 0)))


def _moved(day: date, unit: str, n: int) -> Interval:
    """Return what lies `n` units before `day`; months and years are told as roundly as they are spoken."""
    if unit.startswith(("minute", "hour")):
        return _one(day - timedelta(days=round(n / 24) if abs(n) >= 24 else 0))
    if unit.startswith(("day", "night")):
        return _one(day - timedelta(days=n))
    if unit.startswith("week"):
        return _one(day - timedelta(weeks=n))
    if unit.startswith("month"):
        return _month(day.year, day.month - n)
    if unit.startswith("year") and abs(n) == 1:
        return _month(day.year - n, day.month)
    return _year(day.year - n * (10 if unit.startswith("decade") else 1))


def _ago(parts: Parts, clock: Clock) -> Interval | None:
    """Reckon "two weeks ago"; "more than two weeks ago" names no day."""
    if clock.today is None or "beyond" in parts:
        return None
    return _moved(clock.today, parts["unit"], number(parts["n"]))


def _shift(parts: Parts, clock: Clock) -> Interval | None:
    if clock.anchor is None or clock.anchor.start is None or clock.anchor.end is None:
        return None
    n, later = number(parts["n"]), parts["way"].startswith(("later", "after"))
    return _moved(clock.anchor.end, parts["unit"], -n) if later else _moved(clock.anchor.start, parts["unit"], n)


def _window_of(today: date, unit: str, n: int) -> Interval:
    """Return the `n` units that end today, the day they began with included."""
    if unit.startswith("hour"):
        return Interval(today - timedelta(days=ceil(n / 24) if n > 12 else 0), today)
    if unit.startswith("day"):
        return Interval(today - timedelta(days=n), today)
    if unit.startswith("week"):
        return Interval(today - timedelta(weeks=n), today)
    months = {"month": 1, "year": 12, "decade": 120}[unit.rstrip("s")]
    return Interval(_month_before(today, n * months), today)


def _window(parts: Parts, clock: Clock) -> Interval | None:
    if clock.today is None:
        return None
    if "n" not in parts and "the" not in parts and parts["back"] != "past" and not parts["unit"].endswith("s"):
        if parts["unit"] not in ("hour", "day", "decade"):
            return _calendar({"rel": "last", "unit": parts["unit"]}, clock)
    elif "n" not in parts and parts["unit"].endswith("s"):
        return None
    return _window_of(clock.today, parts["unit"], number(parts.get("n", "one")))


def _span(parts: Parts, clock: Clock) -> Interval | None:
    """Reckon "in 48 hours", "over two days", "per day" as ending with the day of publication."""
    if clock.today is None or parts.get("lead") in ("for", "within"):
        return None
    n = number(parts.get("n", "one"))
    if parts["unit"].startswith("day") and parts.get("lead") in ("over", "during", "throughout"):
        return Interval(clock.today - timedelta(days=n - 1), clock.today)
    return _window_of(clock.today, parts["unit"], n)


def _calendar(parts: Parts, clock: Clock) -> Interval | None:
    today = clock.today
    if today is None:
        return None
    step = {"this": 0, "next": 1}.get(parts["rel"], -1)
    if parts["unit"] == "week":
        monday = today + timedelta(days=7 * step - today.weekday())
        return Interval(monday, monday + timedelta(days=6))
    if parts["unit"] == "month":
        return _month(today.year, today.month + step)
    return _year(today.year + step)


def _weekend(parts: Parts, clock: Clock) -> Interval | None:
    """Reckon the latest weekend that has begun; "last weekend" and "the previous" only one that is over."""
    if clock.today is None:
        return None
    rel = parts.get("rel", "the")
    since_saturday = (clock.today.weekday() - 5) % 7
    if since_saturday < 2 and rel.split()[-1] in ("last", "previous"):
        since_saturday += 7
    saturday = clock.today - timedelta(days=since_saturday - (7 if rel == "next" else 0))
    return Interval(saturday, saturday + DAY)


def _first_days(parts: Parts, clock: Clock) -> Interval | None:
    if clock.anchor is None or clock.anchor.start is None:
        return None
    days = {"hours": 1 / 24, "days": 1, "weeks": 7, "months": 30}[parts["unit"]] * number(parts["n"])
    return Interval(clock.anchor.start, clock.anchor.start + timedelta(days=ceil(days) - 1))


def _year_so_far(_: Parts, clock: Clock) -> Interval | None:
    return Interval(date(clock.today.year, 1, 1), clock.today) if clock.today else None


def _same(parts: Parts, clock: Clock) -> Interval | None:
    unit, anchor = parts.get("unit", "period"), clock.anchor
    if unit in ("period", "time", "month", "year"):
        anchor = clock.period or anchor
    if anchor is None or anchor.start is None:
        return None
    if unit == "month":
        return _month(anchor.start.year, anchor.start.month)
    if unit == "year":
        return _year(anchor.start.year)
    if unit == "week":
        monday = anchor.start - timedelta(days=anchor.start.weekday())
        return Interval(monday, monday + timedelta(days=6))
    return anchor


def _beside(parts: Parts, clock: Clock) -> Interval | None:
    if clock.anchor is None or clock.anchor.start is None or clock.anchor.end is None:
        return None
    return _one(clock.anchor.end + DAY if "next" in parts else clock.anchor.start - DAY)


def _day_of_month(parts: Parts, clock: Clock) -> Interval | None:
    day = int(parts["d"])
    if clock.today is None:
        return _one(clock.anchor.start.replace(day=day)) if clock.anchor and clock.anchor.start else None
    for back in range(13):
        span = _month(clock.today.year, clock.today.month - back)
        assert span.start and span.end
        if day <= span.end.day and span.start.replace(day=day) <= clock.today:
            return _one(span.start.replace(day=day))
    return None


def _feast(parts: Parts, clock: Clock) -> Interval | None:
    name = parts["feast"]
    year = _stated_year(parts, clock)
    return _latest(lambda y: _one(feast_day(name, y)), clock) if year is None else _one(feast_day(name, year))


def _part_of_day(_: Parts, clock: Clock) -> Interval | None:
    return clock.anchor


RECKONERS: Mapping[str, Callable[[Parts, Clock], Interval | None]] = {
    "iso": _iso,
    "figures": _figures,
    "slashed": _figures,
    "day_month": _dated,
    "month_day": _dated,
    "month": _months,
    "season": _season,
    "decade": _decade,
    "year": _bare_year,
    "weekday": _weekday,
    "named_day": _named_day,
    "ago": _ago,
    "shift": _shift,
    "window": _window,
    "weekend": _weekend,
    "rel_unit": _calendar,
    "first_days": _first_days,
    "span": _span,
    "year_so_far": _year_so_far,
    "same": _same,
    "then": _same,
    "beside": _beside,
    "day_of_month": _day_of_month,
    "feast": _feast,
    "part_of_day": _part_of_day,
}
