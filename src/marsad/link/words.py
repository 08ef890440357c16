"""How telling a word is: rare words and names tie reports together, common ones do not."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from marsad.link.tables import common_words

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
NAME = re.compile(r"(?<![.!?:“\"‘\n]\s)(?<![.!?:“\"‘\n])(?<!^)\b[A-Z][\w’'-]+")
ENDINGS = ("ings", "ing", "ers", "ies", "ed", "er", "es", "s", "e", "y")
SHORTEST_STEM = 4
PRIOR_REPORTS = 100
"""How many reports of plain English stand behind a ledger's own, so that its first few already know common words."""

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


class Rarity:
    """How rare each term is among the reports of a set, between 0 (in every report) and 1 (in one only)."""

    def __init__(self, reports: Iterable[Iterable[str]]) -> None:
        self._seen: Counter[str] = Counter()
        count = 0
        for terms in reports:
            self._seen.update(set(terms))
            count += 1
        self._top = math.log(count + PRIOR_REPORTS)

    def __call__(self, term: str) -> float:
        """Return the rarity of a term."""
        expected = self._seen[term] + PRIOR_REPORTS * _shares().get(term, 0.0)
        return max(0.0, 1.0 - math.log(max(1.0, expected)) / self._top)

    def seen(self, term: str) -> int:
        """Return in how many reports of the set the term stands."""
        return self._seen[term]


def vector(terms: Iterable[str], rarity: Rarity, longest: int) -> dict[str, float]:
    """Return the terms weighted by number and rarity, the `longest` weightiest only, as a vector of length 1."""
    weights = {term: (1 + math.log(n)) * rarity(term) for term, n in Counter(terms).items()}
    kept = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:longest]
    length = math.sqrt(sum(weight * weight for _, weight in kept)) or 1.0
    return {term: weight / length for term, weight in kept if weight > 0}


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
    shares: dict[str, float] = {}
    for word, share in common_words().items():
        shares[stem(word)] = max(share, shares.get(stem(word), 0.0))
    return shares
