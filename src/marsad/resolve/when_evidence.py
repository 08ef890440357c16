"""What a report itself says of its own day and year: datelines, datestamps and dates written out in full."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from marsad.model import Report
from marsad.resolve.when_clock import Clock
from marsad.resolve.when_days import Interval
from marsad.resolve.when_grammar import Expression
from marsad.resolve.when_join import find_time_words
from marsad.resolve.when_reckon import reckon

# A dateline stands at the very top; a report's own date seldom comes later than this.
_TOP = 260
_STAMP = re.compile(
    r"\b(?:published|posted|updated|last\s+(?:updated|modified)|date|issued)\s*(?:on|at|:)?\s*(?:on\s+)?$",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"(?:^|\n)\s*(?:—|--|–|-)\s*[^\n]{0,60}\([@#]\w+\)\s*$")
_PLACE_BEFORE = re.compile(r"(?:^|\n|\]|\))\s*[A-Z][\w .’'()-]{2,40}(?:,\s*[A-Z][\w .’'-]{1,30})?\s*[,(:–-]\s*\(?$")
_LINE_START = re.compile(r"(?:^|\n)\s*[\[(]?$")
_LINE_END = re.compile(r"\s*[\])]?\s*(?:\n|$|\||-{1,2}\s|–|—|\()")
# A date that fills its line, perhaps with a clock time, is a page's stamp wherever it stands.
_LINE_CLOSED = re.compile(r"\s*(?:[-–—,|]?\s*(?:at\s+)?\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?)?\s*(?:\n|$)", re.IGNORECASE)
_AGENCY_AFTER = re.compile(r"\s*(?:\([^)\n]{2,40}\)|\[[^\]\n]{2,60}\])?\s*(?:-{1,2}|–|—|:|/)")
_DATES = frozenset({"day_month", "month_day", "iso", "figures"})
_OPENING_YEAR = re.compile(
    r"\b(?:since\s+(?:the\s+(?:beginning|start)\s+of\s+|early\s+)?|so\s+far\s+in\s+)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The day that relative words count from, the year that short dates are given, and the order of figures."""

    today: date | None
    year: int | None
    month_first: bool

    def clock(self, anchor: Interval | None = None, period: Interval | None = None) -> Clock:
        """Return the clock that this evidence gives, at a place in the text with these times before it."""
        return Clock(self.today, anchor, period, self.year, self.month_first)


def read_evidence(report: Report, found: Sequence[Expression]) -> Evidence:
    """Return what `report`, with the expressions `found` in its text, tells of its own day.

    That is its publication day, else a dateline or stamp, else only a year.
    """
    month_first = _month_first(found)
    today = report.published or _own_day(report.text, found, month_first)
    year = None if today else _own_year(report, found)
    return Evidence(today, year, month_first)


def _month_first(found: Sequence[Expression]) -> bool:
    """Figures such as 11/3/2002 are read in the order that an unmistakable date of the same text shows."""
    return any(e.form == "figures" and int(e.parts["second"]) > 12 >= int(e.parts["first"]) for e in found)


def _own_day(text: str, found: Sequence[Expression], month_first: bool) -> date | None:
    clock = Clock(month_first=month_first)
    for expression in found:
        if expression.start > _TOP and not _says_stamp(text, expression):
            continue
        if expression.form not in _DATES or ("year" not in expression.parts and expression.form != "iso"):
            continue
        if is_stamp(text, expression):
            days = reckon(expression, clock)
            if days is not None and days.start == days.end:
                return days.end
    return None


def _says_stamp(text: str, expression: Expression) -> bool:
    before = text[max(0, expression.start - 90) : expression.start]
    return bool(_STAMP.search(before) or _SIGNED.search(before))


def is_stamp(text: str, expression: Expression) -> bool:
    """Whether a date is the report's own: a dateline, a line of its own at the top, or after "published"."""
    if expression.form not in _DATES:
        return False
    before = text[max(0, expression.start - 90) : expression.start]
    after = text[expression.end : expression.end + 70]
    if _says_stamp(text, expression):
        return True
    if _LINE_START.search(before) and _LINE_CLOSED.match(after):
        return True
    if expression.start > _TOP:
        return False
    alone = _LINE_START.search(before) and _LINE_END.match(after)
    return bool(alone or (_PLACE_BEFORE.search(before) and _AGENCY_AFTER.match(after)))


def _own_year(report: Report, found: Sequence[Expression]) -> int | None:
    """Return the year that the text counts in: of a date written in full, or of "since early 2022", if it is one."""
    sure: list[int] = []
    for expression in found:
        full = expression.form in _DATES and len(expression.parts.get("year", "")) == 4
        if full or (expression.form == "year" and _counts_from(report.text, expression)):
            sure.append(int(expression.parts["year"]))
    for words in find_time_words(report.title or ""):
        if len(words.first.parts.get("year", "")) == 4:
            sure.append(int(words.first.parts["year"]))
    return max(sure) if sure and max(sure) - min(sure) <= 1 else None


def _counts_from(text: str, expression: Expression) -> bool:
    if expression.parts.get("part", "").startswith(("early", "beginning", "start", "the beginning", "the start")):
        return True
    return bool(_OPENING_YEAR.search(text, max(0, expression.start - 40), expression.start))
