"""The wordings of statements, from data/lexicons/statements.tsv, as patterns over a line.

Of some 270 patterns a sentence holds the keys of a few (data/lexicons/statement_keys.tsv); only those are compiled and
tried. A pattern without keys is always tried.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256

from marsad.extract.lexicon import table

PLAIN_WORD = re.compile(r"(?<![\\\w<])[a-z]{3,}(?:s|ed|ing)(?![\w*?{>])")
PIECE = re.compile(r"%([A-Z_]+)%")
NO_PATTERNS = ("part", "plain")
WORDS_KEPT = 1 << 16
"""Words of which it is remembered what keys they hold: more than most runs meet, and some megabytes."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One pattern, not compiled yet: what it says, and the keys of which a line must hold one (none: no matter)."""

    says: str
    source: str
    keys: Sequence[str]

    @property
    def form(self) -> re.Pattern[str]:
        """The pattern, compiled once."""
        return _compiled(self.source)


def wordings(name: str) -> Sequence[Wording]:
    """Return the patterns of one table, in their order: earlier ones win."""
    return _tables()[name][1]


def worth_trying(name: str, text: str) -> Iterator[Wording]:
    """Yield the patterns of one table that may match in a text, in their order."""
    first, patterns = _tables()[name]
    bits = _worth(text) >> first & (1 << len(patterns)) - 1
    while bits:
        lowest = bits & -bits
        yield patterns[lowest.bit_length() - 1]
        bits ^= lowest


def matches(name: str, text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield every match of the patterns of one table in a text, with what it says; earlier patterns first."""
    for wording in worth_trying(name, text):
        for match in wording.form.finditer(text):
            yield wording.says, match


@cache
def piece(name: str) -> re.Pattern[str]:
    """Return one piece of patterns by its name, to be looked for by itself."""
    return re.compile(rf"\b{_whole(_pieces()[name])}")


@cache
def vocabulary() -> frozenset[str]:
    """Return the verbs of all patterns and the plain words: where all is in capitals, they are no part of a name."""
    verbs = {word for _, _, words in table("statements") for word in PLAIN_WORD.findall(words)}
    return frozenset(verbs.union(*(words.split() for kind, _, words in table("statements") if kind == "plain")))


def sources() -> Iterator[str]:
    """Yield every pattern of every table as it is compiled."""
    for name in _names():
        yield from (source for _, source in _sources(name))


def digest(source: str) -> str:
    """Return the name of a pattern in the table of keys: a changed pattern has none there, and is always tried."""
    return sha256(source.encode()).hexdigest()[:12]


def _names() -> Sequence[str]:
    return sorted({kind for kind, _, _ in table("statements")}.difference(NO_PATTERNS))


def _sources(name: str) -> Iterator[tuple[str, str]]:
    # All of a line stands between spaces: a pattern that is tried at the beginnings of its words alone costs a third.
    return ((says, rf"(?<!\S){_whole(words)}") for kind, says, words in table("statements") if kind == name)


@cache
def _tables() -> Mapping[str, tuple[int, Sequence[Wording]]]:
    """Return the patterns of each table, and the place of its first one among those of all tables."""
    keys = {mark: words.split() for mark, words in table("statement_keys")}
    found: dict[str, tuple[int, Sequence[Wording]]] = {}
    first = 0
    for name in _names():
        patterns = [Wording(says, source, keys.get(digest(source), ())) for says, source in _sources(name)]
        found[name] = first, patterns
        first += len(patterns)
    return found


@cache
def _keys() -> Mapping[str, int]:
    """Return every key with the patterns that it may begin, as the bits of their places; "" for those without keys."""
    found: dict[str, int] = {}
    for first, patterns in _tables().values():
        for at, wording in enumerate(patterns, first):
            for key in wording.keys or ("",):
                found[key] = found.get(key, 0) | 1 << at
    return found


@lru_cache(8)
def _worth(text: str) -> int:
    """Return the patterns of all tables that may match in a text, as the bits of their places."""
    bits = _of_word("")
    for word in text.split():
        bits |= _of_word(word)
    return bits


@lru_cache(WORDS_KEPT)
def _of_word(word: str) -> int:
    """Return the patterns of which a word holds a key, and those without keys, as the bits of their places."""
    bits = 0
    for key, patterns in _keys().items():
        if key in word:
            bits |= patterns
    return bits


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source)


@cache
def _pieces() -> Mapping[str, str]:
    return {says: words for kind, says, words in table("statements") if kind == "part"}


def _whole(words: str) -> str:
    while PIECE.search(words):
        words = PIECE.sub(lambda found: _pieces()[found.group(1)], words)
    return words
