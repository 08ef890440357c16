"""Reckons the stretch of time that a record claim speaks of, with the days that may or may not be meant by it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from marsad.numerals import read_number

DayReader = Callable[[str], tuple[date, date] | None]
"""Reads words of time ("March", "the ceasefire in Northfold") as first and last day; None where they name no day."""

FULL_YEAR = 365
_SPANS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30, "year": FULL_YEAR, "decade": 10 * FULL_YEAR}
_SPAN = re.compile(
    r"\b(?:in|for|over|within|during)\b(?P<lead>.*?)\b(?P<unit>hour|day|week|month|year|decade)(?P<plural>s?)\b",
    re.IGNORECASE,
)
_FROM_ITS_START = re.compile(
    r"\b(?:beginning|start|started|began|begin|outset|outbreak|broke out|new year|onset)\b", re.IGNORECASE
)
_WHOLE = re.compile(r"\b(?:ever|history|living memory|on record|to date|yet|war|conflict|uprising)\b", re.IGNORECASE)
_VAGUE = {"several": 3, "many": 3, "recent": 2, "a couple of": 2, "couple": 2, "few": 3}
AT_LEAST = 2
"""What a bare plural means at least: "in months" is two months or more."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time up to `end`: days from `sure` on are in it, those from `start` to `sure` may be.

    "Since March" may or may not take in March; "in 48 hours" may reach into the day before yesterday. `start` None:
    the words reach back to a beginning that they do not date. `problem` says what could not be reckoned.
    """

    words: str | None
    start: date | None
    sure: date | None
    end: date
    problem: str | None = None

    @property
    def is_since(self) -> bool:
        """Whether the words name the day or the stretch that it begins with."""
        return (self.words or "").casefold().startswith("since")

    def holds(self, day: date) -> bool:
        """Say whether a day is in it for sure."""
        return (self.sure is None or self.sure <= day) and day <= self.end

    def may_hold(self, day: date) -> bool:
        """Say whether a day is in it, or may be."""
        return (self.start is None or self.start <= day) and day <= self.end


def window_of(words: str | None, end: date, read: DayReader) -> Window:
    """Return the window that words mean for a claim made of the day `end`."""
    if words is None:
        return Window(None, None, None, end, "the words name no stretch of time")
    said = " ".join(words.casefold().split())
    if said.startswith("since"):
        return _since(words, said, end, read)
    span = _SPAN.search(said)
    if span is not None and not re.search(r"\b(?:history|memory)\b", said):
        return _back(words, span, end)
    if re.search(r"\bso far$|^so far\b", said) and not re.search(r"\bthis\b", said):
        return Window(words, None, None, end)
    days = _calendar(" ".join(words.split()), end, read)
    if days is not None:
        return Window(words, days[0], days[0], min(days[1], end))
    if _WHOLE.search(said):
        return Window(words, None, None, end)
    return Window(words, None, None, end, f"“{words}” names no stretch of time that can be reckoned")


def _since(words: str, said: str, end: date, read: DayReader) -> Window:
    # Capitals tell a month from a verb: the words are read as they stand.
    base = read(" ".join(words.split())[len("since") :].strip())
    if base is None or base[0] > end:
        return Window(words, None, None, end, f"“{words}” names no day that can be reckoned: give it by --since DAY")
    first, last = base
    if _FROM_ITS_START.search(said):
        return Window(words, first, first, end)
    return Window(words, first, min(last + timedelta(days=1), end), end)


def _back(words: str, span: re.Match[str], end: date) -> Window:
    """Return a window that reaches back so many hours, days, weeks, months or years from its end."""
    number = _many(span["lead"].strip(), bool(span["plural"]))
    start = _earlier(end, number, span["unit"])
    return Window(words, start, min(start + timedelta(days=1), end), end)


def _many(lead: str, is_plural: bool) -> float:
    for piece in reversed(lead.split()):
        number = 1 if piece in ("a", "an") else read_number(piece)
        if number is not None:
            return number
        if piece in _VAGUE:
            return _VAGUE[piece]
    return AT_LEAST if is_plural else 1


def _earlier(end: date, number: float, unit: str) -> date:
    if unit in ("year", "decade"):
        year = end.year - round(number * (10 if unit == "decade" else 1))
        # 29 February has no namesake in most years.
        return end.replace(year=max(1, year), day=28 if (end.month, end.day) == (2, 29) else end.day)
    if unit == "month":
        months = end.year * 12 + end.month - 1 - round(number)
        return date(max(1, months // 12), months % 12 + 1, min(end.day, 28))
    return end - timedelta(days=max(1, round(number * _SPANS[unit])))


def _calendar(said: str, end: date, read: DayReader) -> tuple[date, date] | None:
    plain = re.sub(r"^(?:in|during|of|so far)\s+|\s+so far$|['’]s$", "", said, flags=re.IGNORECASE).strip()
    known = re.sub(r"^the (?=year|month|week)", "this ", plain.casefold())
    if re.fullmatch(r"(?:19|20)\d\d", plain):
        return date(int(plain), 1, 1), date(int(plain), 12, 31)
    if known == "today":
        return end, end
    starts = {"this year": end.replace(month=1, day=1), "this month": end.replace(day=1)}
    starts["this week"] = end - timedelta(days=end.weekday())
    return (starts[known], end) if known in starts else read(plain)
