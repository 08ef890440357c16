"""How telling a word is: rare words and names tie reports together, common ones do not."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from marsad.link.tables import common_words, known_names, report_words

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
NAME = re.compile(r"(?<![.!?:“\"‘\n]\s)(?<![.!?:“\"‘\n])(?<!^)\b[A-Z][\w’'-]+")
ENDINGS = ("ings", "ing", "ers", "ies", "ed", "er", "es", "s", "e", "y")
SHORTEST_STEM = 4
DIGITS = 5
PRIOR_REPORTS = 1000
"""A term that stands in fewer than 1 in so many reports is as rare as can be."""
SCENE_SHARES = {
    "killed": 0.3,
    "injured": 0.2,
    "country": 0.3,
    "province": 0.05,
    "place": 0.01,
    "means": 0.3,
    "day": 0.01,
    "actor": 0.1,
}
"""In which share of reports terms of the scene stand; of figures those of 1, greater ones in proportion less."""

Vector = Mapping[str, float]


def words_of(text: str) -> list[str]:
    """Return the stems of a text's words in order: lower case, without accents and endings."""
    return [stem(word) for word in WORD.findall(fold(text).lower())]


def names_of(text: str) -> set[str]:
    """Return the capitalised words inside sentences, in the form of `words_of`; a sentence's first word is left out."""
    return {stem(word.lower()) for word in NAME.findall(fold(text))}


def fold(text: str) -> str:
    """Return the text without accents."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def rarity(term: str) -> float:
    """Return how rare a term is, between 0 (in every report) and 1 (unknown to the tables).

    The tables are fixed, so that what ties two reports does not change with what else is recorded.
    """
    share = _share_of_scene(term) if " " in term else _shares().get(term, 0.0)
    return 1.0 - math.log(max(1.0, share * PRIOR_REPORTS)) / math.log(PRIOR_REPORTS)


def _share_of_scene(term: str) -> float:
    kind, _, value = term.partition(" ")
    if kind in ("killed", "injured"):
        return SCENE_SHARES[kind] / int(value)
    return SCENE_SHARES[kind]


def vector(terms: Iterable[str], longest: int) -> dict[str, float]:
    """Return the terms weighted by number and rarity, the `longest` weightiest only, as a vector of length 1."""
    weights = {term: (1 + math.log(n)) * rarity(term) for term, n in Counter(terms).items()}
    kept = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:longest]
    length = math.sqrt(sum(weight * weight for _, weight in kept)) or 1.0
    # Rounded, so that a vector can be kept in few bytes and come back the same.
    return {term: round(weight / length, DIGITS) for term, weight in kept if weight > 0}


def likeness(one: Vector, other: Vector) -> float:
    """Return the cosine of two vectors of length 1."""
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[term] for term, weight in one.items() if term in other)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return a word without possessive and plain endings, so that strike, strikes and striking are one."""
    word = word.replace("’", "'").removesuffix("'s").replace("'", "")
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


@cache
def _shares() -> dict[str, float]:
    shares: dict[str, float] = dict(report_words())
    for table in (common_words(), known_names()):
        for name, share in table.items():
            for word in words_of(name):
                shares[word] = max(share, shares.get(word, 0.0))
    return shares
