"""Folds names for comparison and cuts a text into words that keep their offsets."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# The Arabic article and its assimilated forms before a hyphen are one thing: Ahrar ash-Sham, Ahrar al-Sham.
ARTICLES = frozenset({"al", "ad", "as", "an", "ash", "ul", "at", "az", "ar"})
APOSTROPHE_SIGNS = "’'‘`ʼ"
APOSTROPHES = str.maketrans("", "", "’'`ʿʾ‘")
WORD = re.compile(r"[^\W_]+(?:\.[^\W_]\b)*(?:[’'‘`ʼ][^\W_]+)*", re.UNICODE)


# Spellings that name the same thing: the article, and People's / Peoples'.
SAME_WORD = {"el": "al", "peoples": "people", "defense": "defence", "organisation": "organization", "labour": "labor"}


class Word(NamedTuple):
    """A word of a text: folded key, offsets, how it stands there, and whether 's follows."""

    key: str
    start: int
    end: int
    raw: str
    possessive: bool


@lru_cache(maxsize=65536)
def fold_word(raw: str) -> str:
    """Fold one word: no accents, no apostrophes, no case."""
    plain = raw.replace(".", "")
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    plain = plain.translate(APOSTROPHES).casefold()
    return SAME_WORD.get(plain, plain)


def words_of(text: str) -> list[Word]:
    """Cut `text` into words; a possessive 's is taken off, the Arabic article becomes 'al'."""
    found = []
    size = len(text)
    for match in WORD.finditer(text):
        raw, start = match.group(), match.start()
        owner = raw[-1] in "sS" and len(raw) > 2 and raw[-2] in APOSTROPHE_SIGNS
        stem = raw[:-2] if owner else raw
        key = fold_word(stem)
        after = start + len(raw)
        if after < size and text[after] == "-":
            # Persian and Urdu izafe: Lashkar-i-Taiba is Lashkar-e-Taiba.
            key = "al" if key in ARTICLES else "e" if key == "i" else key
        if key:
            found.append(Word(key, start, start + len(stem), stem, owner))
    return found


def folded(name: str) -> str:
    """Fold a name as `words_of` folds a text, so that both can be compared."""
    return " ".join(word.key for word in words_of(name))
