"""Words taken for a doer that only tell what somebody looked like, or whose envoy or citizen he is."""

import re

DISGUISED = re.compile(
    r"\b(?:(?:dressed|disguised|clad|posing|masquerading)\s+(?:up\s+)?(?:as|in|like)|in\s+the\s+(?:uniforms?|clothes|fatigues)\s+of)"
    r"\s+(?:the\s+|an?\s+)?$",
    re.IGNORECASE,
)
"""What stands before the words: "men dressed as soldiers" says that they were none, or that nobody knows."""
BELONGS = re.compile(
    r"(?:['’]s?)?\s+(?:ambassador|envoy|delegat(?:e|ion)|diplomat|consul|embass|citizen|national|president|minister"
    r"|foreign\s+minist|bishop|archbishop|priest|jesuit|journalist|reporter|newspaper|tourist|people)",
    re.IGNORECASE,
)
"""What stands behind a people's or a country's name that says whose somebody is, not who did it."""
LONGEST_NAME = 3
"""How many words a bare name of a state or people has."""


def only_looks(text: str, start: int) -> bool:
    """Tell whether what stands before a mention says that somebody only looked so."""
    return bool(DISGUISED.search(text, max(0, start - 60), start))


def only_belongs(text: str, start: int, words: str) -> bool:
    """Tell whether a bare name goes on to say whose envoy or citizen somebody is."""
    end = start + len(words)
    if len(words.split()) > LONGEST_NAME or text[start:end] != words:
        return False
    return bool(BELONGS.match(text, end))
