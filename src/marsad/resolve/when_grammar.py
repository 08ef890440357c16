"""The words of time: which expressions there are, and where a text has them.

One table of named forms. A form says what the words look like and which parts they have; what day they mean is
reckoned elsewhere (`when_reckon`), since that needs a publication day, which the words alone do not have.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "couple": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "eighteen": 18, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90,
}  # fmt: skip

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
# Short forms are words of their own (sun, sat, wed): they count only with a full stop, or before a date.
_SHORT_WEEKDAY = r"(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)"
_LEAD = rf"(?:(?:{_WEEKDAY}|{_SHORT_WEEKDAY}\.?)(?:\s+(?:morning|afternoon|evening|night))?[,\s]+)?(?:the\s+)?"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_SUFFIX = r"(?:st|nd|rd|th|d)?"
_YEAR = r"(?:1[4-9]\d\d|20\d\d)(?![\d-]|,\d)"
_JOIN = r"\s*(?:-|–|—|/|&|,\s*and|\bto\b|\band\b|\bor\b|\bthrough\b|\buntil\b)\s*(?:the\s+)?"
_NUMBER = r"(?:\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + r")(?:\s+(?:of|and\s+a\s+half))?"
_UNIT = r"(?:minutes?|hours?|days?|nights?|weeks?|weekends?|months?|years?|decades?)"
_ABOUT = r"(?:(?:about|around|some|almost|nearly|roughly|over|just|only|at\s+least|(?:more|less|fewer)\s+than)\s+)*"
# After "in March 30", "people" shows that 30 counts people.
_NOT_A_COUNT = (
    r"(?!\s+(?:more\s+|other\s+)?(?:people|persons|civilians|others|men|women|children|soldiers|fighters|troops"
    r"|militants|members|policemen|officers|percent|per\s+cent|million|thousand|years?|hours?|months?)\b)(?!\s?%)"
)
_PART = (
    r"(?:(?P<part>(?:the\s+)?(?:very\s+)?(?:early|mid|late|middle|beginning|start|end|first\s+half|second\s+half))"
    r"(?:\s+(?:in|of)|\s*-)?\s*(?:the\s+year\s+|the\s+)?)?"
)

_FORMS: tuple[tuple[str, str], ...] = (
    ("iso", r"(?P<year>\d{4})(?:-(?P<m>\d\d?)-|/(?P<m>\d\d?)/)(?P<d>\d\d?)(?:T\d\d:?\d\d[\d:.Z+]*)?"),
    ("figures", r"(?P<first>\d\d?)[/.](?P<second>\d\d?)[/.](?P<year>(?:19|20)\d\d|\d\d)(?![\d/])"),
    ("slashed", r"(?<=\bon )(?P<first>\d\d?)/(?P<second>\d\d?)(?![\d/])"),
    (
        "day_month",
        rf"{_LEAD}(?P<d>{_DAY}){_SUFFIX}(?:{_JOIN}(?P<d2>{_DAY}){_SUFFIX})?\s*(?:of\s+)?(?:\b|-)(?P<month>{_MONTH})"
        rf"(?![a-z])(?:[,،\s]*(?:of\s+)?(?P<year>{_YEAR})"
        r"|\s+(?:'|’)?(?P<year>\d\d)(?=\s*(?:-|–|—|\(|\)|\[|$))|,?\s+(?:of\s+)?(?P<rel>last|this)\s+year)?",
    ),
    (
        "month_day",
        rf"{_LEAD}(?P<month>{_MONTH})\.?\s*(?:the\s+)?(?P<d>{_DAY}){_SUFFIX}(?!\d|[.,:]\d)"
        rf"(?:{_JOIN}(?P<d2>{_DAY}){_SUFFIX}(?!\d|[.,:]\d))?{_NOT_A_COUNT}"
        rf"(?:\s*,?\s*(?:of\s+)?(?P<year>{_YEAR})|,?\s+(?:of\s+)?(?P<rel>last|this)\s+year)?",
    ),
    (
        "month",
        rf"{_PART}(?P<month>{_MONTH})(?![a-z])"
        rf"(?:\s*(?:and|or|to|through|–|-)\s*(?P<month2>{_MONTH})(?![a-z]))?"
        rf"(?:,?\s+(?:of\s+)?(?P<year>{_YEAR})|,?\s+(?:of\s+)?(?P<rel>last|this)\s+year)?",
    ),
    (
        "season",
        rf"(?P<season>spring|summer|autumn|fall|winter)\s+(?:of\s+)?(?:(?P<year>{_YEAR})|(?P<rel>last|this)\s+year)",
    ),
    ("decade", r"(?P<part>early|late|mid)?[\s-]*(?:the\s+)?(?P<year>(?:1[6-9]|20)\d0)['’]?s"),
    (
        "year",
        rf"(?<![\d,.$€£#/:])(?:(?P<part>early|mid|late|(?:the\s+)?(?:beginning|start|end|middle)\s+of)[\s-]+(?:in\s+)?"
        rf"|(?P<open>post-))?(?P<year>{_YEAR})(?!\s*(?:people|civilians|soldiers|hours|gmt|utc|local|\]|%|/))",
    ),
    (
        "weekday",
        rf"(?:(?P<rel>last|next|this|past|(?:the\s+)?(?:previous|following))\s+)?"
        rf"(?P<weekday>{_WEEKDAY}|(?:tues?|thurs?|(?:mon|wed|fri|sat|sun)(?=\.))\.?)(?!\w)"
        r"(?:\s+(?P<before>of\s+last\s+week|last\s+week|a\s+week\s+ago|a\s+week\s+earlier))?",
    ),
    (
        "named_day",
        r"(?P<name>the\s+day\s+before\s+yesterday|yesterday|today|tomorrow|tonight|overnight"
        r"|last\s+(?:night|evening)|earlier\s+today"
        r"|this\s+(?:early\s+)?(?:morning|afternoon|evening|noon|dawn)|(?:a\s+)?few\s+(?:minutes|hours)\s+ago"
        r"|(?:minutes|hours)\s+ago|(?:the|a|in\s+the)\s+(?:last|past)\s+(?:few\s+|several\s+)?(?:minutes|hours)"
        r"|a\s+(?:little|short)\s+while\s+ago)",
    ),
    (
        "ago",
        rf"(?:(?P<beyond>(?:more|less)\s+than|over)\s+)?{_ABOUT}(?P<n>{_NUMBER})(?:\s+|-)(?P<unit>{_UNIT})\s+(?:ago|back)",
    ),
    (
        "shift",
        rf"{_ABOUT}(?P<n>{_NUMBER})\s+(?P<unit>{_UNIT})\s+(?P<way>earlier|later|before(?:hand)?|after(?:wards?)?|prior"
        r"|previously)",
    ),
    (
        "window",
        rf"(?P<lead>in|over|during|within|for|of)?\s*(?:(?:just|only|less\s+than|under|about|around)\s+)*"
        rf"(?P<the>the|these|a)?\s*(?P<back>last|past|previous|preceding)\s+(?:{_ABOUT}(?P<n>{_NUMBER})\s+)?"
        r"(?P<unit>hours?|days?|weeks?|months?|years?|decades?)(?![a-z])",
    ),
    ("weekend", r"(?:(?P<rel>last|this|next|past|(?:the\s+)?previous)\s+)?weekend(?![a-z])"),
    ("rel_unit", r"(?P<rel>last|this|next|(?:the\s+)?previous)\s+(?P<unit>week|month|year)(?![a-z])"),
    ("first_days", rf"(?:the\s+)?first\s+(?P<n>{_NUMBER})\s+(?P<unit>hours|days|weeks|months)"),
    (
        "span",
        rf"(?P<lead>in|within|over|during|for|throughout)\s+(?:(?:just|only|less\s+than|under|about|around|at\s+least"
        rf"|more\s+than|nearly|almost|the\s+space\s+of)\s+)*(?P<n>{_NUMBER})(?:\s+|-)(?P<unit>hours?|days?|weeks?|months?|years?|decades?)"
        r"(?!\s+(?:ago|earlier|later|before|after|old|prison|in\s+(?:jail|prison)))|(?P<per>per|during\s+the|in\s+the)\s+"
        r"(?P<unit>day|week)(?!s)",
    ),
    (
        "year_so_far",
        r"(?P<since>since\s+)?(?:the\s+(?:beginning|start)\s+of\s+(?:this|the)\s+year|the\s+year\s+began|the\s+new\s+year"
        r"|so\s+far\s+this\s+year|(?:this|the)\s+year\s+so\s+far|this\s+year\s+alone|year[\s-]to[\s-]date)",
    ),
    (
        "same",
        r"(?:the|that)\s+(?:very\s+)?same\s+(?P<unit>day|night|morning|evening|afternoon|time|week|month|year|period)"
        r"|(?:later\s+)?(?P<that>that)\s+(?P<unit>day|night|morning|evening|afternoon|week|month|year)"
        r"|hours\s+(?:later|earlier|before|after)",
    ),
    ("then", r"(?:(?<=since )then)"),
    (
        "beside",
        r"(?:(?:the\s+)?(?P<next>following|next)|the\s+(?P<previous>previous|preceding))\s+(?:day|morning|evening|night|afternoon)"
        r"|the\s+(?P<next>day\s+after)|the\s+(?P<previous>day\s+before)",
    ),
    ("day_of_month", r"(?:on|of|by|since|from|and)\s+the\s+(?P<d>3[01]|[12]\d|[1-9])(?:st|nd|rd|th)(?!\s+[a-z])"),
    (
        "feast",
        r"(?P<feast>christmas\s+eve|christmas(?:\s+day)?|boxing\s+day|new\s+year['’]?s\s+eve|new\s+year['’]?s\s+day"
        r"|(?:the\s+)?fourth\s+of\s+july|independence\s+day\s+\(july\s+4\)|halloween|valentine['’]?s\s+day|may\s+day"
        r"|st\.?\s+patrick['’]?s\s+day|good\s+friday|easter(?:\s+(?:sunday|monday))?|palm\s+sunday|ash\s+wednesday"
        r"|thanksgiving(?:\s+day)?|labor\s+day|memorial\s+day|mother['’]?s\s+day|father['’]?s\s+day)"
        rf"(?!\s+(?:market|tree|party|present))(?:\s+(?:of\s+|in\s+)?(?P<year>{_YEAR}))?(?:\s+(?P<rel>last)\s+year)?",
    ),
    (
        "part_of_day",
        r"(?:(?:at|around|about|before|after|by|near|early|late|in\s+the|during\s+the)\s+)*"
        r"(?:\d{1,2}(?:[:.]\d\d)?\s*[ap]\.?\s?m\b\.?|(?:midnight|noon|dawn|dusk|midday|daybreak)\b"
        r"|(?:early\s+)?(?:morning|afternoon|evening)\b(?:\s+hours)?|early\s+hours(?!\s+of)|at\s+night\b"
        r"|\d{4}\s+(?:gmt|hours)|\d{1,2}[:.]\d\d(?!\d))",
    ),
)


def _numbered(form: str, pattern: str) -> str:
    """Make the group names of `pattern` unique by the form's name and, where a name recurs, a number."""
    seen: dict[str, int] = {}

    def rename(found: re.Match[str]) -> str:
        name = found.group(1)
        seen[name] = seen.get(name, 0) + 1
        return f"(?P<{form}__{name}__{seen[name]}>"

    return re.sub(r"\(\?P<(\w+)>", rename, pattern)


# What an expression may begin with: asked first, since most words of a text begin none, and the forms are costly.
_OPENINGS = (
    r"(?=\d|[jfmasond][aepuco][nbrylgptvc]|(?:mon|tue|wed|thu|fri|sat|sun)|yest|to(?:day|night|morrow)|overnight|last|past"
    r"|next|th(?:is|e|at|ese|en|ree|irty)\b|prev|prec|follow|early|earlier|late|later|mid|midd|beginn|start|end|first"
    r"|second|very|spring|summer|autumn|fall|winter|post-|an?\b|few|min|hour|in\b|over\b|during|with|for\b|of\b|through"
    r"|per\b|each|every|just|only|under|about|around|some|almost|nearly|roughly|at\b|more|less|fewer|so\b|since|year"
    r"|day\b|on\b|by\b|from|and\b|one|two|couple|four|five|six|seven|eight|nine|ten|eleven|twelve|fift|twenty|forty"
    r"|ninety|christ|boxing|new\b|independ|hallow|valen|st\b|good|easter|palm|ash\b|thanks|labor|memor|mother"
    r"|father|before|after|near|noon|dawn|dusk|weekend)"
)
EXPRESSION = re.compile(
    rf"(?<!\w){_OPENINGS}(?:"
    + "|".join(rf"(?P<{form}>{_numbered(form, pattern)})" for form, pattern in _FORMS)
    + r")(?!\w)",
    re.IGNORECASE,
)
# Words that make of a day the end of a window.
BEFORE = re.compile(
    # Words may stand between: "since the fighting broke out in April".
    r"(?P<since>\bsince)\s+(?:[\w'’-]+\s+){0,10}?$"
    r"|(?P<from>\bfrom)\s+$"
    r"|(?P<until>\buntil|till|up\s+to|before|prior\s+to)\s+(?:the\s+)?$"
    r"|(?P<starting>\bstarting|beginning|began)\s+(?:on\s+|in\s+)?$",
    re.IGNORECASE,
)
YEAR_LEAD = re.compile(
    r"(?:\b(?:in|since|during|of|from|until|till|by|and|to|through|before|after|between|for|throughout|late|early|mid"
    r"|year|around|(?:in|of|during|since)\s+the|back\s+in|all\s+of|than\s+in|season|war|summer|spring|autumn|winter)\s*|[(,–-]\s*|^\s*)$",
    re.IGNORECASE,
)
MONTH_LEAD = re.compile(
    r"(?:\b(?:in|since|during|of|from|until|till|by|and|to|through|between|last|early|late|mid|this|throughout)[\s-]*"
    r"|^\s*|\n\s*|[•●▪*-]\s*)$",
    re.IGNORECASE,
)


# The 19 April Movement, the 6 October Bridge: names, not times.
NAMED_AFTER_A_DATE = re.compile(
    r"[\"”’']?\s+(?:movement|brigades?|bridge|street|avenue|square|neighbou?rhood|battalion|university|airport|hospital"
    r"|stadium|school|city|party|front|constitution|agreement|accords?|resolution)\b",
    re.IGNORECASE,
)
# A bare "Mar" or "Jan" is more often part of a name.
SHORT_MONTH_LEAD = re.compile(r"(?:\b(?:in|since|during|last|early|late|mid)[\s-]*|^\s*|\n\s*)$", re.IGNORECASE)
# "May" before these is no month.
VERB_AFTER = re.compile(r"\s+(?:have|be|not|also|well|still|yet|never|soon|on|to)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Expression:
    """One expression of time: its offsets, the name of its form, and its parts as they stand (lower case)."""

    start: int
    end: int
    form: str
    parts: Mapping[str, str]


def expressions(text: str) -> Iterator[Expression]:
    """Yield the single expressions of time in `text`, in order; joined ones ("from Friday to Sunday") come as two."""
    at = 0
    while found := EXPRESSION.search(text, at):
        form = str(found.lastgroup).split("__")[0]
        at = max(found.end(), at + 1)
        if _is_meant(text, found, form):
            yield Expression(found.start(form), found.end(form), form, _parts(found, form))


def _parts(found: re.Match[str], form: str) -> dict[str, str]:
    values = {}
    for name, value in found.groupdict().items():
        if value is not None and name.startswith(form + "__"):
            values[name.split("__")[1]] = " ".join(value.lower().split())
    return values


def _is_meant(text: str, found: re.Match[str], form: str) -> bool:
    """Refuse a bare number that may be no year, and "may" and "march" where they may be a verb."""
    before = text[max(0, found.start() - 24) : found.start()]
    parts = _parts(found, form)
    if NAMED_AFTER_A_DATE.match(text, found.end()):
        return False
    if parts.get("unit") == "time":
        # "At the same time, ..." goes on with something else.
        return not before.lower().rstrip().endswith("at")
    if form == "year":
        return len(parts) > 1 or bool(YEAR_LEAD.search(before))
    if form == "month" and len(parts) == 1:
        word = parts["month"]
        lead = SHORT_MONTH_LEAD if len(word) == 3 and word != "may" else MONTH_LEAD
        if word in ("may", "march", "april", "june", "august") or len(word) < 5:
            verb = VERB_AFTER.match(text, found.end())
            return found.group()[0].isupper() and bool(lead.search(before)) and verb is None
    return True


def number(words: str) -> int:
    """Return the number that a digit string or a number word up to twenty (and the tens to sixty) says."""
    head = words.split()[0]
    return int(head) if head.isdigit() else NUMBERS[head]


def month_number(word: str) -> int:
    """Return 1-12 for a month's name or short form."""
    return MONTHS.index(word[:3]) + 1


def weekday_number(word: str) -> int:
    """Return 0 (Monday) to 6 for a weekday's name or short form."""
    return WEEKDAYS.index(word[:3])
