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
    "bullet",
    "grazed",
    "gunfire",
    "condition",
    "treated",
    "struck in ",
    "hit in ",
)


SMALL = frozenset(
    {
        *(
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
            "taken",
            "put",
            "left",
            "made",
        ),
        *("held", "holding", "takes", "suffered", "received", "reported", "led", "ended", "met"),
    }
)
"""Words of harm's phrases that tell of nothing by themselves."""
PARTS = (*EXTRA, "held hostage", "taken hostage")
WORD = re.compile(r"\w+")


@cache
def _single_words() -> frozenset[str]:
    return frozenset(stem for stem in set(harm_words()) - SMALL if WORD.fullmatch(stem))


@cache
def _others() -> re.Pattern[str]:
    """Return the pattern of the words of harm that are more than one run of letters."""
    others = sorted(set(harm_words()) - SMALL - _single_words(), key=lambda s: (-len(s), s))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, others))})\b" if others else r"(?!)")


def may_tell_harm(text: str) -> bool:
    """Say whether a passage holds any word of harm, broken spellings ("kil*led") included."""
    low = text.lower()
    if _tells_harm(low):
        return True
    return bool(BROKEN_LETTERS.search(low)) and _tells_harm(BROKEN_LETTERS.sub("", low))


def _tells_harm(low: str) -> bool:
    """Look words up in a set: several times faster than one pattern of all of them."""
    if not _single_words().isdisjoint(WORD.findall(low)):
        return True
    return any(part in low for part in PARTS) or bool(_others().search(low))
