"""Single expressions of time put together: "from Friday to Sunday", "since early 2022", "until 3 May"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from marsad.resolve.when_clock import Clock
from marsad.resolve.when_days import Interval
from marsad.resolve.when_grammar import BEFORE, Expression, expressions, month_number
from marsad.resolve.when_reckon import reckon

# What may stand between the two ends of a range; "and" joins them too, since an event told of two days spans both.
_BETWEEN = re.compile(
    r"\s*,?\s*(?:and|or|to|through|until|till|up\s+to|-|–|—)\s+(?:continued\s+|again\s+|early\s+|late\s+)*"
    r"(?:on\s+|in\s+)?(?:the\s+)?(?:(?:morning|afternoon|evening|night|dawn)\s+of\s+)?|\s*[-–—]\s*",
    re.IGNORECASE,
)
_RANGE_LEAD = re.compile(r"\b(?:between|from)\s+(?:the\s+)?$", re.IGNORECASE)
_ABSOLUTE = frozenset(
    {"day_month", "month_day", "month", "year", "iso", "figures", "slashed", "day_of_month", "season"}
)
_DAYS = _ABSOLUTE | {"weekday", "named_day", "beside"}


@dataclass(frozen=True, slots=True)
class TimeWords:
    """One expression of time with all its words; `mode` is at, range, since (X and after) or until (open start)."""

    start: int
    end: int
    first: Expression
    last: Expression | None = None
    mode: str = "at"

    @property
    def forms(self) -> frozenset[str]:
        """The forms that its words have."""
        return frozenset({self.first.form} | ({self.last.form} if self.last else set()))

    @property
    def absolute(self) -> bool:
        """Whether the words name a date with its year."""
        return any("year" in e.parts or e.form == "iso" for e in (self.first, self.last) if e)


def find_time_words(text: str) -> Iterator[TimeWords]:
    """Yield the expressions of time in `text`, in order, ranges and "since" put together."""
    return join(text, list(expressions(text)))


def join(text: str, found: Sequence[Expression]) -> Iterator[TimeWords]:
    """Yield the single expressions `found` in `text`, ranges and "since" put together."""
    at = 0
    while at < len(found):
        first = found[at]
        following = found[at + 1] if at + 1 < len(found) else None
        at += 1
        mode, start = _mode(text, first)
        if following and _is_said_twice(text, first, following):
            # "Today, 30 June": the date says which day, whatever the day of the report.
            at += 1
            yield TimeWords(start, following.end, following, None, mode)
        elif following and _is_range(text, first, following, mode):
            at += 1
            yield TimeWords(start, following.end, first, following, "range")
        else:
            yield TimeWords(start, first.end, first, None, mode)


def _mode(text: str, first: Expression) -> tuple[str, int]:
    lead = BEFORE.search(text, max(0, first.start - 40), first.start)
    if lead is None:
        return ("since" if "since" in first.parts else "at"), first.start
    if lead["until"]:
        return "until", lead.start()
    if lead["from"] and first.form not in ("day_month", "month_day", "iso", "figures"):
        # "from 2015" may be where somebody comes from; only a day opens a window so.
        return "at", first.start
    return "since", lead.start()


def _is_said_twice(text: str, first: Expression, following: Expression) -> bool:
    gap = text[first.end : following.start].strip()
    return gap in ("", ",", "(", "[") and first.form == "named_day" and following.form in ("day_month", "month_day")


def _is_range(text: str, first: Expression, last: Expression, mode: str) -> bool:
    gap = _BETWEEN.fullmatch(text, first.end, last.start)
    if gap is None or mode == "until" or not ({first.form, last.form} <= _DAYS):
        return False
    if first.form == last.form or last.form == "beside":
        return True
    if last.form in ("weekday", "named_day") or {first.form, last.form} <= _ABSOLUTE:
        return True
    return bool(_RANGE_LEAD.search(text, 0, first.start))


def reckon_words(words: TimeWords, clock: Clock) -> Interval | None:
    """Return the days that a whole expression means, or None where `clock` does not tell."""
    if words.mode == "range" and words.last is not None:
        return _range(words.first, words.last, clock)
    found = reckon(words.first, clock)
    if found is None or words.mode == "at":
        return found
    if words.mode == "until":
        return Interval(None, found.end)
    return Interval(found.start, clock.today if _not_before(clock.today, found.start) else None)


def _not_before(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day >= other


def _range(first: Expression, last: Expression, clock: Clock) -> Interval | None:
    """Reckon the later end first: the earlier one is the latest before it; each lends the other its year."""
    if "year" in first.parts and "year" not in last.parts and last.form in ("day_month", "month_day", "month"):
        last = replace(last, parts={**last.parts, "year": first.parts["year"]})
    ending = reckon(last, replace(clock, anchor=reckon(first, clock) or clock.anchor))
    if ending is None or ending.end is None:
        return None
    if "year" in last.parts and "year" not in first.parts and first.form in ("day_month", "month_day", "month"):
        wraps = month_number(first.parts["month"]) > month_number(last.parts.get("month", "dec"))
        first = replace(first, parts={**first.parts, "year": str(ending.end.year - wraps)})
    beginning = reckon(first, replace(clock, today=ending.end, anchor=ending))
    if beginning is None or beginning.start is None or beginning.start > ending.end:
        return None
    return Interval(beginning.start, ending.end)


_RANK = (
    ("day_month", "month_day", "iso", "figures", "slashed", "feast"),
    ("weekday",),
    ("named_day",),
    ("day_of_month", "month", "ago", "window", "weekend", "rel_unit", "year_so_far", "season", "decade", "year"),
    ("span", "shift", "same", "then", "beside", "first_days"),
    ("part_of_day",),
)


def choose(found: Sequence[TimeWords]) -> TimeWords | None:
    """Return the expression that tells the day best: a range, then a date with its year, then by nearness to a day."""
    return min(found, key=_rank, default=None)


def _rank(words: TimeWords) -> tuple[bool, int]:
    return words.mode != "range", next(n for n, forms in enumerate(_RANK) if words.first.form in forms)
