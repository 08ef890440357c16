"""What kind of statement a claim is: an event, a window or a running total; asserted, denied, feared or planned."""

import re
from dataclasses import dataclass

from marsad.extract.clause import Found
from marsad.extract.sentences import Sentence
from marsad.vocabulary import Modality, Scope

MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
SINCE_DATE = (
    rf"(?:the\s+)?(?:(?:early|late|mid|beginning\s+of|start\s+of|end\s+of|middle\s+of)[\s-]+)?(?:the\s+)?(?:last\s+)?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}|{MONTH}|(?:19|20)\d\d)"
)
"""A day, a month or a year, in any order of the day and the month; what it began goes on to the day of writing."""
CUMULATIVE = re.compile(
    r"\b(?:since\s+(?:the\s+)?(?:start|beginning|outbreak|onset|launch|war|conflict|uprising"
    r"|\w+ing\s+in|it\s+(?:began|started|broke)"
    r"|they\s+began)"
    rf"|since\s+{SINCE_DATE}"
    r"|so\s+far|to\s+date|in\s+total\s+since|over\s+the\s+(?:course\s+of\s+the\s+)?(?:war|conflict"
    r"|years|past\s+(?:decade|\w+\s+years))|(?:\w+[-\s]year|civil|long|decade)[-\s](?:long\s+)?(?:war"
    r"|conflict|insurgency|uprising)\b.{0,40}\bhas\s+(?:killed|left|claimed|displaced)"
    r"|(?:war|conflict|insurgency|fighting|violence|uprising|crisis|rebellion)\s+(?:that\s+"
    r"|which\s+)?(?:has|have)\s+(?:\w+\s+)?(?:killed|left|claimed|displaced|forced|cost|driven"
    r"|caused)"
    r"|during\s+the\s+(?:\w+\s+)?(?:war|conflict|genocide|insurgency)|(?:overall|total|cumulative)\s+"
    r"(?:death\s+)?toll|in\s+(?:the\s+|\w+\s+)?(?:\w+\s+)?years\s+of\s+(?:war|conflict|fighting)"
    # The present perfect with a year tells of a year that is still running ("has documented ... in 2021").
    r"|ha(?:s|ve)\s+(?:\w+\s+)?(?:documented|recorded|registered|counted|verified|reached|risen|increased|climbed)\b"
    r".{0,160}\b(?:in|this|during)\s+(?:the\s+)?(?:year|(?:19|20)\d\d))\b",
    re.IGNORECASE,
)
RECORD = re.compile(
    r"\b(?:first|second|third|worst|deadliest|bloodiest|biggest|largest|highest|heaviest|fiercest|gravest|most|latest|only)\b"
    r"[^.,;:]{0,70}$",
    re.IGNORECASE,
)
"""What is a record since a date happened once: "the deadliest raid since 2019 killed 40"."""
PERIOD = re.compile(
    r"\b(?:(?:in|over|during|within)\s+(?:the\s+)?(?:(?:last|past|previous|first|space\s+of"
    r"|span\s+of)\s+)*(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|several|few"
    r"|couple\s+of|a\s+few)[\s-]+(?:hours?|days?|weeks?|months?|years?)"
    r"|(?:last|past|this|each|every|the\s+previous)\s+(?:week|month|year)\s*(?:alone)?(?=[^a-z]|$)"
    r"|in\s+(?:the\s+)?(?:month\s+of\s+)?(?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December)(?:\s+(?:19|20)\d\d)?(?:\s+alone)?(?=\s*[,.;]|\s+(?:alone"
    r"|and|when|by|as|were)|$)"
    r"|in\s+(?:19|20)\d\d|this\s+year|last\s+year|a\s+(?:day|week|month|year)\b(?!\s+(?:ago|after|before|earlier|later|since|of|into)\b)|per\s+(?:day|week"
    r"|month|year)"
    # "The Daily Trust" is a paper, and "daily round-up" what it prints; neither tells of a stretch of time.
    r"|(?-i:daily|DAILY)(?!\s+(?:\w+\s+){0,2}(?:round|wrap|brief|bulletin|report|update|summar|digest|news|paper|log\b|monitor|review))"
    r"|(?:first|second)\s+half\s+of|between\s+\w+\s+and\s+\w+\s+(?:19|20)\d\d"
    r"|in\s+recent\s+(?:days|weeks|months|years)|during\s+the\s+(?:week|month|year)"
    r"|in\s+a\s+series\s+of|across\s+\d+\s+locations)",
    re.IGNORECASE,
)
MONTH_ITEM = re.compile(
    r"^\W*(?:in\s+)?(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)(?:\s+(?:19|20)\d\d)?\s*[:–-]\s",
    re.IGNORECASE,
)
SEVERAL_EVENTS = re.compile(
    r"\b(?:three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+|several|separate"
    r"|dozens\s+of|a\s+series\s+of|a\s+spate\s+of)\s+(?:\w+\s+){0,2}"
    r"(?:attacks|strikes|airstrikes|raids|operations|incidents|bombings|locations|explosions)\b",
    re.IGNORECASE,
)
GOES_ON = re.compile(
    r"^\W*(?:[•●▪*–-]\s|(?:these|those|in\s+addition|also|of\s+(?:them|these|those)|the\s+"
    r"(?:fatalities|dead|victims|casualties|attacks|operations)|\d+\s+(?:people|persons|civilians):))",
    re.IGNORECASE,
)
SO_MANY_TIMES_TOO = re.compile(r"\bha(?:s|ve)\s+also\s+\w+ed\b.{0,160}\btimes\b", re.IGNORECASE)
NUMBERED = re.compile(
    r"^\W*(?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|an?)\b)", re.IGNORECASE
)
STATISTICS = re.compile(
    r"\b(?:statistics|distributed|broken\s+down|break-?down|tally|as\s+follows|summari[sz]ed|in\s+total)\b|:\s*$",
    re.IGNORECASE,
)
"""Words that go back to the window of a paragraph before, and open a list of what it holds."""
WEAK = re.compile(
    r"\b(?:last|past|this)\s+(?:week|month|year)|\bin\s+(?:the\s+month\s+of\s+)?(?:January|February"
    r"|March|April|May|June|July|August|September|October|November|December|(?:19|20)\d\d)",
    re.IGNORECASE,
)
ONE_EVENT = re.compile(
    r"\b(?:an?|the|one|this|that|when|[A-Z][a-z]+)\s+(?:[\w’'-]+\s+){0,3}(?:attack|strike|airstrike"
    r"|raid|bombing|explosion|blast|shooting|ambush|massacre|clash|bomber|bomb|gunman|operation)\b"
)
POSSIBLE = re.compile(
    r"\b(?:may\s+have|might\s+have|could\s+have|feared|possibly|it\s+is\s+(?:possible|feared)"
    r"|fears?\s+(?:that|for)|believed\s+to\s+(?:be|have)|presumed|unconfirmed|likely\s+to\s+have"
    r"|perhaps|is\s+thought\s+to|possible|potentially)\b",
    re.IGNORECASE,
)
PLANNED = re.compile(
    r"\b(?:plan(?:s|ned|ning)?\s+to|plot(?:s|ted|ting)?\s+to|vow(?:s|ed|ing)?\s+to|threaten(?:s|ed"
    r"|ing)?\s+to|intend(?:s|ed|ing)?\s+to|want(?:s|ed|ing)?\s+to|try(?:ing)?\s+to|tried\s+to|attempt"
    r"(?:s|ed|ing)?\s+to|order(?:s|ed)?\s+to|aim(?:s|ed|ing)?\s+to|sentenced\s+to|conspir\w+\s+to"
    r"|in\s+order\s+to|seeking\s+to|will|would\s+be|shall|going\s+to)\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
# "On 7 May killed": a month is no doubt.
BEFORE_MAY = ("in", "of", "on", "since", "until", "by", "last", "early", "late", "this")
NOT_A_MONTH = "".join(rf"(?<!\b{word}\s)" for word in BEFORE_MAY) + r"(?<!\d\s)(?<!\d(?:th|st|nd|rd)\s)"
HYPOTHETICAL = re.compile(
    rf"\b(?:if|could|would|might|can|{NOT_A_MONTH}may(?!\s+\d)"
    r"|should|unless|whether|must|were\s+to|(?:at|in)\s+(?:risk|danger)\s+of)\s+(?:\w+\s+){0,4}$",
    re.IGNORECASE,
)
DENIED = re.compile(
    r"\b(?:den(?:y|ied|ies|ying)\b|not\s+(?:been\s+)?(?:\w+\s+)?$|did\s+not|never|rejected|without"
    r"|false)\s*(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)


DENIED_THAT = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)|dismiss(?:es|ed|ing)|refut(?:es|ed|ing))\s+"
    r"(?:(?:the\s+)?(?:claims?|reports?|allegations?|accusations?)\s+)?that\b[^.,;:]{0,80}$",
    re.IGNORECASE,
)
"""A denial of what a that-clause tells; who denies being behind an attack does not deny the dead."""
ASKED = re.compile(
    r"^\W*(?:did|do|does|was|were|is|are|has|have|had|will|would|could|can|should|may|might)\b"
    r"[^?!]*\?(?:\W*$|\W*(?:asked|asks|wrote|said)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time that sentences add up over: its kind, and where its words begin and end in the sentence."""

    scope: Scope
    start: int
    end: int


def window_of(text: str) -> Window | None:
    """Return the window that the words of a sentence open for what is told in it, None when they open none."""
    kinds: tuple[tuple[Scope, re.Match[str] | None], ...] = (
        ("cumulative", _running(text)),
        ("period", MONTH_ITEM.match(text) or SEVERAL_EVENTS.search(text) or PERIOD.search(text)),
    )
    return next((Window(scope, found.start(), found.end()) for scope, found in kinds if found), None)


def _running(text: str) -> re.Match[str] | None:
    """Return the words that make the figures of a sentence a running total."""
    found = CUMULATIVE.finditer(text)
    return next((one for one in found if not (_is_since(one) and RECORD.search(text[: one.start()]))), None)


def _is_since(words: re.Match[str]) -> bool:
    return words.group().lower().startswith("since")


def is_month_item(text: str) -> bool:
    """Say whether a line of a list is headed by a month, which is then its window."""
    return bool(MONTH_ITEM.match(text))


def goes_on(text: str) -> bool:
    """Say whether a sentence goes on with the window of the one before ("These attacks left", a bullet)."""
    return bool(GOES_ON.match(text) or SO_MANY_TIMES_TOO.search(text))


def is_numbered(text: str) -> bool:
    """Say whether a line begins with a number, as the items of a list without bullets do."""
    return bool(NUMBERED.match(text))


def goes_back(text: str) -> bool:
    """Say whether a sentence sums up over a window told further above ("According to its statistics")."""
    return bool(STATISTICS.search(text))


def scope_of(sentence: Sentence, found: Found, told: Scope | None = None) -> Scope:
    """Say whether the claim is of an event, a window of time, or a running total; `told` is the window it is in."""
    near = _clause(sentence, found)
    if _running(near) is not None:
        return "cumulative"
    if told is not None and not is_month_item(sentence.text):
        return told
    if MONTH_ITEM.match(sentence.text) or SEVERAL_EVENTS.search(near):
        return "period"
    if PERIOD.search(near):
        return (
            "incident"
            if found.kind in {"described", "named", "pronoun"} or (WEAK.search(near) and ONE_EVENT.search(near))
            else "period"
        )
    return "incident"


def doubt_of(sentence: str, at: int) -> Modality | None:
    """Return what the whole sentence makes of a claim that begins at `at`: denied, or only asked; None if neither."""
    if DENIED_THAT.search(sentence[:at]):
        return "denied"
    return "hypothetical" if ASKED.match(sentence) else None


def modality_of(sentence: Sentence, found: Found) -> Modality:
    """Say whether the claim is asserted, or only feared, planned, supposed or denied."""
    if doubt := doubt_of(sentence.text, sentence.starts[found.first] - sentence.start):
        return doubt
    anchor = found.first if found.trigger is None else found.trigger.first
    before = sentence.quote(max(0, anchor - 8), anchor) + " " if anchor else ""
    if found.trigger is not None and found.trigger.frame in {"base", "object"} and PLANNED.search(before):
        return "planned"
    if PLANNED.search(before) and re.search(r"\bto\s+(?:\w+\s+){0,2}$", before):
        return "planned"
    whole = sentence.quote(max(0, min(found.first, anchor) - 5), min(len(sentence.low), max(found.stop, anchor + 1)))
    if POSSIBLE.search(whole):
        return "possible"
    if DENIED.search(before):
        return "denied"
    if HYPOTHETICAL.search(before):
        return "hypothetical"
    return "asserted"


def _clause(sentence: Sentence, found: Found) -> str:
    """Return the words from the start of the clause to its end; a semicolon or "while" parts clauses."""
    low = sentence.low
    first = found.first
    while first > 0 and low[first - 1] not in {";", "while", "whereas"}:
        first -= 1
    stop = found.stop
    while stop < len(low) and low[stop] not in {";", "while", "whereas"}:
        stop += 1
    return sentence.quote(first, stop)
