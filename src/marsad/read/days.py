"""Days as files write them: ISO, spelt out, in headers of e-mail, in addresses, and on a line of their own."""

import re
from collections.abc import Iterable
from datetime import date
from email.utils import parsedate_to_datetime

from marsad.errors import BadInputError

_NAMES = "january february march april may june july august september october november december"
_BY_NAME = {name: number for number, name in enumerate(_NAMES.split(), start=1)}
MONTHS = {**_BY_NAME, **{name[:3]: number for name, number in _BY_NAME.items()}, "sept": 9}
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SPELT = re.compile(rf"(?<!\d)(?:{_DAY}[\s-]+(?:of\s+)?{_MONTH},?[\s-]+{_YEAR})(?!\d)")
_AMERICAN = re.compile(rf"\b(?:{_MONTH}\s+{_DAY},?\s+{_YEAR})(?!\d)")
_ISO = re.compile(rf"(?<!\d){_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")
_SLASHED = re.compile(rf"^\s*{_YEAR}[/.](?P<month>\d{{1,2}})[/.](?P<day>\d{{1,2}})(?!\d)")
_NUMBERS = re.compile(r"^\s*(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)(?!\d)")
_COMPACT = re.compile(r"^\s*(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)")
_ADDRESS = re.compile(
    r"[/-](?P<year>(?:19|20)\d\d)[/-](?P<month>0?[1-9]|1[0-2]|[a-z]{3})[/-](?P<day>0?[1-9]|[12]\d|3[01])(?=[/.-]|$)",
    re.I,
)
_LABEL = re.compile(
    r"^\W*(?:(?:first\s+)?published|posted|released?|issued|dated|date(?= *[:|–-])|date of (?:publication|issue))\b"
    r"(?:\s+(?:on|at|date))?\s*[:|–-]?\s*",
    re.I,
)
# What comes out once a day or a week bears its day in its heading.
_HEADING = re.compile(
    r"(?i)\b(?:round-?up|bulletin|brief(?:ing)?|sitrep|situation\s+report|digest|update|summary|report|review)\b"
    r"(?:(?!\b(?:on|as\s+of|since|until|to|from)\b).){0,40}?[,:(–—|-]\s*(?P<day>[^,:(–—|]*\d{4})\W*$"
)
# A publication line stands at the head of a report; later days are those of events.
HEAD_LINES = 8
MONTHS_OF_A_YEAR = 12
LONGEST_LINE = 90


def parse_day(text: str) -> date:
    """Return the day of an ISO 8601 date or date-time; raise BadInputError for anything else."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        raise BadInputError(f"{text!r} is not a date; write it as 2019-04-20") from None


def written_day(text: str) -> date | None:
    """Return the day that a cell or a header says in a form that means one day only; None for others (05/06/2024)."""
    for form in (_ISO, _SPELT, _AMERICAN, _SLASHED, _COMPACT):
        if (found := form.search(text)) and (day := _day_of(found)):
            return day
    return None


def day_order(cells: Iterable[str]) -> str | None:
    """Return how a column of days such as 13/02/2025 is written, "day" or "month" first, as its clear cells tell.

    None where no cell can only be read one way (05/06/2024), or where the cells contradict one another.
    """
    firsts = {
        "day" if int(found["first"]) > MONTHS_OF_A_YEAR else "month"
        for cell in cells
        if (found := _NUMBERS.match(cell)) and max(int(found["first"]), int(found["second"])) > MONTHS_OF_A_YEAR
    }
    return firsts.pop() if len(firsts) == 1 else None


def day_like(text: str) -> bool:
    """Say whether words are a day in numbers that may be read two ways."""
    return _NUMBERS.match(text) is not None


def numbered_day(text: str, first: str | None) -> date | None:
    """Return the day of 13/02/2025; `first` ("day" or "month") says how one is read that can mean two days."""
    found = _NUMBERS.match(text)
    if found is None or (order := day_order([text]) or first) is None:
        return None
    day, month = int(found["first"]), int(found["second"])
    try:
        return date(int(found["year"]), *((month, day) if order == "day" else (day, month)))
    except ValueError:
        return None


def header_day(text: str) -> date | None:
    """Return the day of an RFC 5322 date, as its writer's clock showed it."""
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return written_day(text)


def address_day(url: str) -> date | None:
    """Return the day that an address holds as /2024/05/06/ or /2024/may/06/."""
    found = _ADDRESS.search(url)
    return _day_of(found) if found else None


def labelled_day(text: str) -> date | None:
    """Return the day of the first lines that say when a text came out: "Published: 6 May 2024", or a day alone."""
    for line in text[: HEAD_LINES * 400].split("\n")[:HEAD_LINES]:
        label = _LABEL.match(line)
        rest = line[label.end() :] if label else line
        if len(line) > LONGEST_LINE or (day := written_day(rest)) is None:
            continue
        if label or _alone(rest):
            return day
    return _heading_day(text)


def _heading_day(text: str) -> date | None:
    """Return the day that a heading ends on ("Daily round-up, 14 March 2025"); "as of" and "on" lead to other days."""
    first, _, rest = text.lstrip()[: 2 * LONGEST_LINE].partition("\n")
    found = _HEADING.search(first)
    is_heading = found is not None and rest.strip() and len(first) <= LONGEST_LINE
    return written_day(found["day"]) if found and is_heading and _alone(found["day"]) else None


def _alone(line: str) -> bool:
    """A day alone on its line, with at most its weekday and its hour."""
    rest = line
    for form in (_ISO, _SPELT, _AMERICAN):
        rest = form.sub(" ", rest, count=1)
    rest = re.sub(
        r"(?i)\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|\d{1,2}:\d\d(?::\d\d)?", " ", rest
    )
    return re.fullmatch(r"(?i)[\W_]*(?:(?:at|gmt|utc|am|pm|t|z)[\W_]*)*", rest) is not None


def _day_of(found: re.Match[str]) -> date | None:
    words = found["month"].lower()
    month = int(words) if words.isdigit() else MONTHS.get(words)
    try:
        return None if month is None else date(int(found["year"]), month, int(found["day"]))
    except ValueError:
        return None
