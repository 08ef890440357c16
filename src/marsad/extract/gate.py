"""The cheap gate: which passages may tell of harm at all, so that most sentences cost nothing."""

import re
from functools import cache

from marsad.extract.lexicon import harm_words

BROKEN_LETTERS = re.compile(r"(?<=\w)[*.\-_·](?=\w)")
EXTRA = (
    "toll",
    "casualt",
    "victim",
    "mourn",
    "funeral",
    "buried",
    "lives",
    "surviv",
    "hospital",
    "wound",
    "custody",
    "unhurt",
    "shooting",
    "identified as",
    "named as",
    "names of",
)


@cache
def _pattern() -> re.Pattern[str]:
    stems = set(harm_words()) - {
        "in",
        "on",
        "have",
        "behind",
        "under",
        "being",
        "taking",
        "take",
        "took",
        "go",
    }
    stems -= {
        "taken",
        "put",
        "left",
        "made",
        "held",
        "holding",
        "takes",
        "suffered",
        "received",
        "reported",
        "led",
        "ended",
        "met",
    }
    alternatives = "|".join(sorted((re.escape(stem) for stem in stems), key=lambda s: (-len(s), s)))
    return re.compile(rf"\b(?:{alternatives})\b|{'|'.join(EXTRA)}|held hostage|taken hostage", re.IGNORECASE)


def may_tell_harm(text: str) -> bool:
    """Say whether a passage holds any word of harm, broken spellings ("kil*led") included."""
    if _pattern().search(text):
        return True
    return bool(BROKEN_LETTERS.search(text) and _pattern().search(BROKEN_LETTERS.sub("", text)))
