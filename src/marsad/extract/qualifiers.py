"""The words beside a number that say how exact it is: "at least", "up to", "more than", "about", "or more"."""

import re

from marsad.numerals import Number
from marsad.vocabulary import Qualifier

AT_LEAST = (
    r"at\s*(?:the\s+very\s+)?least|no\s+(?:fewer|less)\s+than|not\s+(?:fewer|less)\s+than|"
    r"(?:a\s+)?minimum(?:\s+\w+){0,7}(?:\s+of|\s+as)"
)
MORE_THAN = (
    r"(?:well\s+|far\s+|slightly\s+|just\s+|much\s+)?(?:more\s+than|over|above|upwards?\s+of"
    r"|in\s+excess\s+of|exceed(?:ed|ing|s)?"
    r"|surpass(?:ed|ing|es)?|greater\s+than|beyond|topped|topping)"
)
NEARLY = r"nearly|almost|close\s+to|just\s+under|approaching|towards?|nearing|just\s+short\s+of"
ABOUT = (
    r"about|around|approximately|approx\.?|roughly|some|(?:an\s+)?estimated|an\s+estimate\s+of|circa"
    r"|in\s+the\s+region\s+of|perhaps"
)
UP_TO = (
    r"up\s+to|as\s+many\s+as|as\s+high\s+as|as\s+much\s+as|no\s+more\s+than|not\s+more\s+than|a\s+maximum\s+of|maximum"
    r"|at\s+most|upper\s+(?:toll|estimate|figure)\s+(?:as|of|at)|max\.?"
)
LESS_THAN = r"(?:slightly\s+|far\s+|well\s+)?(?:fewer|less)\s+than|under|below"
BEFORE: tuple[tuple[Qualifier, str], ...] = (
    ("at_least", AT_LEAST),
    ("up_to", UP_TO),
    ("less_than", LESS_THAN),
    ("more_than", MORE_THAN),
    ("nearly", NEARLY),
    ("about", ABOUT),
)
LINK = (
    r"(?:\s+(?:a|an|the|another|further|additional|other|total\s+of|a\s+total\s+of|of|as|about|some"
    r"|around))*\s*[“\"'‘]?\s*"
)
QUALIFIED = re.compile("|".join(rf"(?P<{name}>\b(?:{words}){LINK}$)" for name, words in BEFORE), re.IGNORECASE)
MAXIMUM = re.compile(r"\b(?:maximum|upper|highest)\b", re.IGNORECASE)
AFTER: tuple[tuple[Qualifier, re.Pattern[str]], ...] = (
    (
        "at_least",
        re.compile(
            r"\s*(?:people\s+|\w+\s+){0,3}?(?:at\s+least\b|or\s+more\b|and\s+(?:more|counting)\b)", re.IGNORECASE
        ),
    ),
    ("at_least", re.compile(r"\s?\+")),
    ("about", re.compile(r"(?:-odd\b|\s+or\s+so\b|-plus\b)", re.IGNORECASE)),
    ("up_to", re.compile(r"\s+(?:at\s+most)\b", re.IGNORECASE)),
)


def qualifier_before(words: str, number: Number) -> tuple[Qualifier, int]:
    """Return what the words in front of a number make of it, and the offset at which they begin."""
    head = words[: number.start]
    if found := QUALIFIED.search(head):
        for known, _ in BEFORE:
            if found.lastgroup == known:
                return known, found.start()
    if MAXIMUM.search(head):
        return "up_to", number.start
    return "exact", number.start


def qualifier_after(words: str, number: Number) -> tuple[Qualifier, int]:
    """Return what the words behind a number make of it, and the offset at which they end."""
    for known, after in AFTER:
        if found := after.match(words, number.end):
            return known, found.end()
    return "exact", number.end
