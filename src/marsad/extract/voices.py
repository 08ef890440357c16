"""Whose word a claim is: the source that the sentence names, pronouns resolved to the source before."""

import re
from dataclasses import dataclass

SAY = (
    r"(?:said|says|say|saying|told|tells|reported|reports|report|announced|announces|confirmed"
    r"|confirms|added|adds|stated|states|according|noted|claimed|claims|claim|alleged|"
    r"wrote|tweeted|documented|recorded|revealed|declared|estimates?|estimated|explained|posted"
    r"|published|disclosed|indicated|believes?|believed|warned|learned|counted|put)"
)
NP = (
    r"(?:(?:the|a|an|his|her|its|their|one|two|some|several|local|other|another"
    r"|many)\s+)?[A-Za-zÀ-ÿ@“\"][\w’'.&@/()“”-]*(?:\s+(?!said|says|told|was|were|in\s|on\s|has|have"
    r"|had|that|when|as)[\w’'.&@/()“”-]+){0,11}?"
)
ACCORDING = re.compile(
    (
        r"\b(?:according\s+to|as\s+per|as\s+reported\s+by|reported\s+by|citing|quoting|per(?!\s+cent\b))\s+(?P<who>"
        r"(?:[^,;.\n]|\.(?=\w)|(?<=\b[A-Z])\.)+?)(?=[,;.\n]|\s+(?:and|who|which|that|as|when|on|in|after"
        r"|said)\b|$)"
    ),
    re.IGNORECASE,
)
AFTER = re.compile(
    rf"[,”\"’]\s*[”\"]?\s*(?P<who>(?:[^,;:“”\"\n]){{2,90}}?)\s+(?:also\s+|has\s+|have\s+|had\s+"
    rf"|later\s+|further\s+)?(?P<verb>{SAY})\b(?=\s*(?:[.,;”]|$|on\b|in\b|late\b|earlier\b|yesterday\b"
    rf"|today\b|at\b|[A-Z]\w+day|adding|during|told|to\b|the\b|reporters|AFP|a\b|TODAY))"
)
INVERTED = re.compile(
    r"[,”\"]\s*(?P<verb>said|says|reported|added|according to)\s+(?P<who>[^,;.“”\"\n]{2,80}?)(?=[,;.]|$|\s+(?:on|in)\b)"
)
BEFORE = re.compile(
    rf"^[\W]*(?:(?:On|In|At|Earlier|Meanwhile|Also|But|However|And|Shortly|Other|Later"
    rf"|Around)\b[^,]{{0,60}},\s*)?(?P<who>[^,;:“”\"\n]{{2,110}}?)(?:,[^,]{{3,80}},)?\s+(?:also\s+"
    rf"|has\s+|have\s+|had\s+|later\s+|further\s+|both\s+|all\s+)*(?P<verb>{SAY})\b(?:\s+"
    rf"(?:on\s+)?\w+day|\s+in\s+a\s+statement|\s+late\s+\w+|\s+earlier|\s+today)?,?\s*(?:"
    rf"(?:to\s+)?[\w’' ]{{0,30}}\s+)?(?=that\b|the\b|at\b|\d|an?\b|[a-z]|[“\"A-Z])"
)
TRAILING = re.compile(r"(?:[:–—]|\s-)\s*(?P<who>(?:the\s+)?[A-Za-z][\w’', ]{2,40})$")
SOURCE_WORDS = re.compile(
    r"\b(?:police|officials?|army|military|ministry|sources?|media|government|medics?|groups?|witness(?:es)?|monitors?"
    r"|observatory|agency|governor|mayor|authorities|doctors|hospital|un|residents|spokes\w+|commander)\b",
    re.IGNORECASE,
)
TAIL = re.compile(
    r"\s+(?:has|have|had)\b.*$"
    r"|\s+(?:in|on|late|early|earlier)\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr)uary|March|April|May|June|July"
    r"|August|(?:Sept|Nov|Dec)ember|October)\b.*$"
)
"""What a verb's helper or a day adds behind a source, and is no part of it."""
REPORTS = re.compile(r",\s+reports\s+(?P<who>(?:the\s+|The\s+)?[A-Z][\w’'. ]{2,40}?)\.?$")
PRONOUN = re.compile(r"^(?:it|he|she|they)$", re.IGNORECASE)
NOT_VOICE = re.compile(
    (
        r"^(?:which|who|that|this|there|it is|it was|as|where|when|what|you|i|casualties|no|and|been"
        r"|have been|were|was|was not|also|be|attack|strike|death|victims?|the (?:death )?toll|the number"
        # "No group claimed responsibility": nobody's word.
        r"|one|some|children)$|^(?:no|nobody|none|neither)\b|\b(?:killed|killing|injured|wounded|died|were|was|been|attack\w*|dead)\b"
    ),
    re.IGNORECASE,
)
COLON = re.compile(r"^(?P<who>[A-Z][\w’'. ]{2,40}?)\s*[:|]\s")


@dataclass(frozen=True, slots=True)
class Source:
    """A source's words, with offsets in the sentence; None offsets when it was carried from before."""

    text: str
    start: int
    end: int


def find_source(text: str, titled: bool = False) -> Source | None:
    """Return the source that a sentence names for what it says, a pronoun as it stands."""
    for pattern in (ACCORDING, AFTER, INVERTED, BEFORE):
        for found in pattern.finditer(text):
            source = _source(found, text)
            if source is not None:
                return source
    for pattern in (COLON, TRAILING, REPORTS):
        at_edge = pattern.search(text)
        source = _source(at_edge, text) if at_edge else None
        if source is not None and (titled or pattern is REPORTS or SOURCE_WORDS.search(source.text)):
            return source
    return None


def is_pronoun(source: Source) -> bool:
    """Say whether a source is a pronoun that stands for the source before."""
    return bool(PRONOUN.match(source.text.strip()))


def _source(found: re.Match[str], text: str) -> Source | None:
    start, end = found.span("who")
    words = text[start:end]
    lead = re.match(
        r"^(?:and|but|while|as|when|because|where|what|that|the\s+statement|although)\s+", words, re.IGNORECASE
    )
    if lead:
        start += lead.end()
    while start < end and text[start] in " “\"'‘”’":
        start += 1
    while end > start and text[end - 1] in " “\"'‘”’,":
        end -= 1
    words = text[start:end]
    if tail := TAIL.search(words):
        words = words[: tail.start()].rstrip(" ,")
        end = start + len(words)
    if len(words) < 2 or NOT_VOICE.search(words) or words.isdigit():
        return None
    if words.lower() in {"is", "also", "have", "has", "had", "later", "and"}:
        return None
    return Source(words, start, end)
