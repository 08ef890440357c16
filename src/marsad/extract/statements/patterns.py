"""The wordings of statements, from data/lexicons/statements.tsv, as compiled patterns over a line."""

import re
from functools import cache

from marsad.extract.lexicon import table

PLAIN_WORD = re.compile(r"(?<![\\\w<])[a-z]{3,}(?:s|ed|ing)(?![\w*?{>])")
PIECE = re.compile(r"%([A-Z_]+)%")


@cache
def wordings(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the patterns of one table with what each says, in their order: earlier ones win."""
    pieces = {says: words for kind, says, words in table("statements") if kind == "part"}
    # All of a line stands between spaces: a pattern that is tried at the beginnings of its words alone costs a third.
    return tuple(
        (says, re.compile(rf"(?<!\S){_whole(words, pieces)}"))
        for kind, says, words in table("statements")
        if kind == name
    )


@cache
def piece(name: str) -> re.Pattern[str]:
    """Return one piece of patterns by its name, to be looked for by itself."""
    pieces = {says: words for kind, says, words in table("statements") if kind == "part"}
    return re.compile(rf"\b{_whole(pieces[name], pieces)}")


@cache
def vocabulary() -> frozenset[str]:
    """Return the verbs of all patterns and the plain words: where all is in capitals, they are no part of a name."""
    verbs = {word for _, _, words in table("statements") for word in PLAIN_WORD.findall(words)}
    return frozenset(verbs.union(*(words.split() for kind, _, words in table("statements") if kind == "plain")))


def _whole(words: str, pieces: dict[str, str]) -> str:
    while PIECE.search(words):
        words = PIECE.sub(lambda found: pieces[found.group(1)], words)
    return words
