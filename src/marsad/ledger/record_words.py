"""Reads the words of a record claim: which measure, of what, of whom, where, over which stretch of time.

Only words are read here. Which days they mean is reckoned in `record_windows`, and whom they mean is for the caller.
"""

import re
from dataclasses import dataclass
from typing import Literal, get_args

from marsad.errors import LedgerError
from marsad.ledger.targets import BUILDINGS, Target
from marsad.numerals import find_numbers, read_number
from marsad.vocabulary import Harm, Means

Measure = Literal["highest", "lowest", "first", "rank", "brings_to"]
Unit = Literal["event", "day", "week", "month", "year", "span"]
"""What is compared; a span is so many days in a row ("the deadliest 48 hours")."""
UNITS: tuple[Unit, ...] = get_args(Unit)
TOP = 5
"""What "one of the deadliest" is held to: among the five deadliest."""

HOURS = 24

_ORDINALS = (
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)
_NTH = rf"(?P<nth>{'|'.join(_ORDINALS)}|\d+(?:st|nd|rd|th))"
_MOST = r"most (?:deadly|lethal|violent|serious|severe|intense|brutal|destructive|devastating|bloody|significant)"
_HIGH = rf"(?:deadliest|bloodiest|worst|highest|largest|biggest|heaviest|gravest|fiercest|{_MOST}|record|unprecedented)"
_LOW = r"(?:lowest|smallest|fewest|quietest|calmest|least (?:deadly|violent|bloody))"
_BRINGS = r"\b(?:br(?:ing|ought)\w*|tak(?:e|es|ing)|took|rais(?:e|es|ed|ing)|push\w*|reach(?:es|ed|ing)?)\b"
_MEASURES: tuple[tuple[Measure, re.Pattern[str]], ...] = (
    ("rank", re.compile(rf"\b(?:one of|some of|among) (?:the |its |their )?(?:[\w-]+ )?(?P<top>{_HIGH})")),
    ("rank", re.compile(rf"\b{_NTH}[- ](?P<size>{_HIGH})")),
    ("brings_to", re.compile(rf"{_BRINGS}(?=.*\b(?:total|toll|number|count|tally|death)s?\b)")),
    ("highest", re.compile(rf"\b{_HIGH}\b")),
    ("lowest", re.compile(rf"\b{_LOW}\b")),
    ("rank", re.compile(rf"\b{_NTH}\b")),
    ("first", re.compile(r"\bfirst\b")),
)
_UNITS: tuple[tuple[Unit, re.Pattern[str]], ...] = (
    ("day", re.compile(r"\b(?:days?|nights?|daily|24 hours)\b")),
    ("week", re.compile(r"\b(?:weeks?|weekly)\b")),
    ("month", re.compile(r"\b(?:months?|monthly)\b")),
    ("year", re.compile(r"\b(?:years?|yearly|annual)\b")),
)
_COUNTS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty"
_COMPARED = re.compile(
    r"\b(?:attacks?|strikes?|airstrikes?|raids?|bomb\w*|blasts?|explosions?|shelling\w*|ambush\w*|clash\w*|fighting|battles?"
    r"|incidents?|assaults?|massacres?|killings?|shootings?|abductions?|kidnap\w*|violence|offensives?|tolls?|numbers?|totals?"
    r"|death\w*|loss\w*|casualt\w*|fatalit\w*|displacement|exodus|days?|nights?|weeks?|months?|years?|hours|daily|weekly"
    r"|monthly|annual|yearly|count|tally|executions?|stabbings?|detentions?|arrests?|ones?)\b"
)
"""What a ledger of incidents can count or compare."""
_NOTHING_NAMED = re.compile(r"(?:in|since|so|this|of|for|on|among|to|yet|ever)\b")
"""Words that follow a measure whose noun is left out: "the fourth in 48 hours"."""
_DAYS = re.compile(rf"{_HIGH} (?P<count>\d+|{_COUNTS}) (?P<unit>hours|days)\b")
_HARMS: tuple[tuple[Harm, re.Pattern[str]], ...] = (
    ("injured", re.compile(r"\b(?:injur\w+|wounded|wounding)\b")),
    ("abducted", re.compile(r"\b(?:abduct\w+|kidnap\w*|hostage\w*)\b")),
    ("displaced", re.compile(r"\b(?:displace\w*|exodus)\b")),
    ("detained", re.compile(r"\b(?:detain\w*|detention\w*|arrest\w*)\b")),
    ("captured", re.compile(r"\bcaptur\w+ of\b|\bprisoners\b")),
    ("missing", re.compile(r"\bmissing\b")),
    ("killed", re.compile(r"\b(?:deadl\w+|kill\w*|deaths?|dead|fatal\w*|blood\w+|lethal|loss(?:es)?|massacres?)\b")),
)
_MEANS: tuple[tuple[Means, re.Pattern[str]], ...] = (
    ("suicide_bombing", re.compile(r"\bsuicide (?:bomb\w*|attacks?)\b")),
    ("airstrike", re.compile(r"\b(?:air ?strikes?|air raids?|drone (?:strikes?|attacks?)|aerial \w+)\b")),
    ("bombing", re.compile(r"\b(?:(?:car |truck )?bomb(?:ings?|s)?|bomb attacks?)\b")),
    ("shelling", re.compile(r"\b(?:shelling|rocket (?:fire|attacks?)|mortar (?:fire|attacks?)|bombardments?)\b")),
    ("ambush", re.compile(r"\bambush(?:es)?\b")),
    ("shooting", re.compile(r"\b(?:shootings?|gun attacks?)\b")),
    ("stabbing", re.compile(r"\bstabbings?\b")),
    ("execution", re.compile(r"\bexecutions?\b")),
    ("clashes", re.compile(r"\bclash(?:es)?\b")),
)
_SPAN = r"(?:hours?|days?|weeks?|months?|years?|decades?)"
_MANY = (
    r"(?:(?:more than|at least|nearly|almost|over|about|just|the|past|last|recent|several|many|few|couple of|a|an"
    rf"|{_COUNTS}|\d+)[ -])*"
)
WINDOW = re.compile(
    rf"\bsince\b.+|\b(?:in|for|over|within|during) {_MANY}{_SPAN}\b(?! of\b)"
    r"|\b(?:so far )?this (?:year|month|week)(?: so far)?\b|\b(?:in|during|of) (?:19|20)\d\d\b|\btoday\b"
    r"|\bof the (?:\w+ )?(?:war|conflict|uprising)\b|\b(?:of|in) the (?:year|month|week)\b|\bever(?: recorded)?\b"
    r"|\bin (?:\w+ ){0,2}(?:history|memory)\b|\bon record\b|\bto date\b|\bso far\b|\byet\b",
    re.IGNORECASE | re.DOTALL,
)
"""The stretch of time that a claim names."""
_NAME = r"[A-Z][\w’'-]*(?:(?: (?:of|al|el|the))? [A-Z][\w’'-]*)*"
_PLACE = re.compile(
    rf"\b(?:in|at|near|across|inside) (?P<place>(?:the )?{_NAME})|\b(?:in|across) (?P<country>the country)\b"
)
_NOT_NAME = "since|in|at|on|near|across|by|this|so|against|killed|dead|injured|wounded|who|to"
_VICTIMS = re.compile(
    rf"\b(?:among|amongst|against|on|of|for) (?P<group>(?:the )?[\w’'-]+(?: (?!(?:{_NOT_NAME})\b)[\w’'-]+){{0,4}})"
)
_BY = re.compile(rf"\bby (?P<doer>(?:the )?[\w’'-]+(?: (?!(?:{_NOT_NAME})\b)[\w’'-]+){{0,4}})")
_NO_GROUP = re.compile(
    r"^(?:the |this |its |their )?(?:year|war|conflict|month|week|day|attacks?|kind|violence|such|total|deaths?"
    r"|deadliest|worst|first|its|record|dead|martyrs|victims|named|casualties|fatalities|injured|wounded|people|those|country|city|town|region|province|(?:19|20)\d\d|\d+)\b"
)


@dataclass(frozen=True, slots=True)
class RecordWords:
    """What the words of a record claim say, each part as words or from a closed list.

    `rank` is the place in the order ("second"), `by_size` whether it is an order by size ("second deadliest") or in
    time ("second attack"); `low` and `high` are the number that a total is brought to.
    """

    words: str
    measure: Measure
    unit: Unit
    harm: Harm | None
    rank: int | None = None
    is_top: bool = False
    by_size: bool = True
    low: int | None = None
    high: int | None = None
    window: str | None = None
    place: str | None = None
    group: str | None = None
    doer: str | None = None
    means: Means | None = None
    target: Target | None = None
    days: int | None = None
    problem: str | None = None
    """What is counted or compared, where it is nothing that a ledger of incidents counts."""


def read_record(words: str) -> RecordWords:
    """Return what the words of a record claim say; raises LedgerError where they claim no record."""
    said = " ".join(words.split())
    low = said.casefold()
    found = next(((m, match) for m, form in _MEASURES if (match := form.search(low))), None)
    if found is None:
        raise LedgerError(
            f"{words!r} claims no record: write, say, 'the deadliest day in Kano since March', 'the first attack in "
            "months', 'the second attack in 48 hours' or 'bringing this year's total to 45'"
        )
    measure, match = found
    window = _window(said, match, measure)
    rest = said if window is None else said.replace(window, " ")
    head = rest.casefold()
    named = match.groupdict()
    number = _number(said, match.end()) if measure == "brings_to" else (None, None)
    harm = next((harm for harm, form in _HARMS if form.search(head)), None)
    days = _days(low)
    return RecordWords(
        said,
        measure,
        "event" if measure == "brings_to" else "span" if days else _unit(head),
        harm,
        _nth(named.get("nth")),
        bool(named.get("top")),
        measure in ("highest", "lowest") or bool(named.get("top") or named.get("size")),
        *number,
        window,
        *_names(rest),
        next((means for means, form in _MEANS if form.search(head)), None),
        _target(head),
        days,
        None if measure == "brings_to" else _problem(match.re, head),
    )


def _problem(form: re.Pattern[str], head: str) -> str | None:
    """Say what a claim counts where that is no event and no number of people: "the second phase", "the first mayor"."""
    match = form.search(head)
    after = head[match.end() :].strip() if match else ""
    noun = " ".join(re.split(r"[,;:.]", after)[0].split()[:6])
    if not noun or _NOTHING_NAMED.match(noun) or _COMPARED.search(noun):
        return None
    return f"it is about “{noun}”, and the ledger knows only incidents and numbers of people"


def _window(said: str, match: re.Match[str], measure: Measure) -> str | None:
    """Return the words of the window: those after the measure first, since "in days" may also open a sentence."""
    found = WINDOW.search(said, match.end()) or WINDOW.search(said)
    if found is None:
        return None
    words = found.group().rstrip(' .,;:!?"”')
    if measure == "brings_to":
        words = re.split(r"\s+to\s+(?=[\w ]*\d)", words)[0]
    return words


def _unit(head: str) -> Unit:
    return next((unit for unit, form in _UNITS if form.search(head)), "event")


def _days(low: str) -> int | None:
    """Return how many days in a row are compared; a day alone is the unit of that name."""
    found = _DAYS.search(low)
    number = read_number(found["count"]) if found else None
    if found is None or number is None:
        return None
    days = -(-number // HOURS) if found["unit"] == "hours" else number
    return days if days > 1 else None


def _nth(words: str | None) -> int | None:
    if words is None:
        return None
    return _ORDINALS.index(words) + 2 if words in _ORDINALS else int(re.sub(r"\D", "", words))


def _number(said: str, after: int) -> tuple[int | None, int | None]:
    """Return the bounds of the number that a total is brought to: the last one after "to" or "at"."""
    to = [
        m.end()
        for m in re.finditer(r"\b(?:to|at|reach(?:es|ed|ing)?)\b", said[:])
        if m.start() >= after or m.end() >= after
    ]
    numbers = [n for at in to for n in find_numbers(said, at) if n.start - at <= 30]
    if not numbers:
        return None, None
    number = numbers[-1]
    before = said[max(0, number.start - 18) : number.start].casefold()
    if re.search(r"\b(?:at least|no fewer than)\s*$", before):
        return number.value, None
    if re.search(r"\b(?:more than|over|above)\s*$", before):
        return number.value + 1, None
    if re.search(r"\b(?:about|around|nearly|almost|some|roughly)\s*$", before):
        return number.value - number.value // 10, number.value + number.value // 10
    return number.value, number.value


def _names(rest: str) -> tuple[str | None, str | None, str | None]:
    """Return the words of the place, of those who came to harm, and of those who did it."""
    place, by = _PLACE.search(rest), _BY.search(rest)
    named = (place["place"] or place["country"]) if place else None
    groups = (m["group"] for m in _VICTIMS.finditer(rest))
    group = next((g for g in groups if not _NO_GROUP.match(g.casefold()) and not _is_building(g)), None)
    return named, group, by["doer"] if by else None


def _is_building(words: str) -> bool:
    return any(re.search(rf"\b(?:{form})\b", words.casefold()) for form in BUILDINGS.values())


def _target(head: str) -> Target | None:
    for target, form in BUILDINGS.items():
        if re.search(rf"\b(?:on|against|at|targeting) (?:[\w’'-]+ ){{0,3}}?(?:{form})\b", head):
            return target
    return None
