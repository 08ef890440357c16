"""Reckons times told from another: from the day of publication ("last week") or the event before ("two days later")."""

from collections.abc import Mapping
from datetime import date, timedelta
from math import ceil

from marsad.resolve.when_clock import Clock, Parts, Reckoner
from marsad.resolve.when_days import DAY, Interval, month_before, month_of, one_day, week_of, year_of
from marsad.resolve.when_grammar import number, weekday_number

_NAMED = {"the day before yesterday": 2, "yesterday": 1, "last night": 1, "last evening": 1, "tomorrow": -1}


def _weekday(parts: Parts, clock: Clock) -> Interval | None:
    wanted, rel = weekday_number(parts["weekday"]), parts.get("rel", "").removeprefix("the ")
    if rel in ("following", "previous") or (rel == "next" and clock.anchor):
        return _weekday_beside(wanted, rel, clock.anchor)
    if clock.today is None:
        # A text that told of a dated Friday and then says "Friday" means that one.
        told = clock.anchor.start if clock.anchor and clock.anchor.start == clock.anchor.end else None
        return one_day(told) if told and told.weekday() == wanted else None
    if rel == "next":
        return one_day(clock.today + timedelta(days=(wanted - clock.today.weekday() - 1) % 7 + 1))
    if "before" in parts:
        monday = clock.today - timedelta(days=clock.today.weekday() + 7)
        return one_day(monday + timedelta(days=wanted))
    back = (clock.today.weekday() - wanted) % 7
    return one_day(clock.today - timedelta(days=back or (7 if rel in ("last", "past") else 0)))


def _weekday_beside(wanted: int, rel: str, anchor: Interval | None) -> Interval | None:
    if anchor is None or anchor.start is None or anchor.end is None:
        return None
    if rel == "previous":
        return one_day(anchor.start - timedelta(days=(anchor.start.weekday() - wanted - 1) % 7 + 1))
    return one_day(anchor.end + timedelta(days=(wanted - anchor.end.weekday() - 1) % 7 + 1))


def _named_day(parts: Parts, clock: Clock) -> Interval | None:
    if clock.today is None:
        return None
    if parts["name"] == "overnight":
        # The night began on the day before; nobody says on which side of midnight.
        return Interval(clock.today - DAY, clock.today)
    return one_day(clock.today - timedelta(days=_NAMED.get(parts["name"], 0)))


def _moved(day: date, unit: str, n: int) -> Interval:
    """Return what lies `n` units before `day`; months and years are told as roundly as they are spoken."""
    if unit.startswith(("minute", "hour")):
        return one_day(day - timedelta(days=round(n / 24) if abs(n) >= 24 else 0))
    if unit.startswith(("day", "night")):
        return one_day(day - timedelta(days=n))
    if unit.startswith("week"):
        return one_day(day - timedelta(weeks=n))
    if unit.startswith("month"):
        return month_of(day.year, day.month - n)
    if unit.startswith("year") and abs(n) == 1:
        return month_of(day.year - n, day.month)
    return year_of(day.year - n * (10 if unit.startswith("decade") else 1))


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
    return Interval(month_before(today, n * months), today)


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
        return week_of(today + timedelta(weeks=step))
    if parts["unit"] == "month":
        return month_of(today.year, today.month + step)
    return year_of(today.year + step)


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
        return month_of(anchor.start.year, anchor.start.month)
    if unit == "year":
        return year_of(anchor.start.year)
    if unit == "week":
        return week_of(anchor.start)
    return anchor


def _beside(parts: Parts, clock: Clock) -> Interval | None:
    if clock.anchor is None or clock.anchor.start is None or clock.anchor.end is None:
        return None
    return one_day(clock.anchor.end + DAY if "next" in parts else clock.anchor.start - DAY)


def _part_of_day(_: Parts, clock: Clock) -> Interval | None:
    return clock.anchor


RELATIVE: Mapping[str, Reckoner] = {
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
    "part_of_day": _part_of_day,
}
