"""Writes data/lexicons/statement_keys.tsv: python -m scripts.make_statement_keys (a test says when it must run anew).

For each pattern of statements.tsv the keys of which a line must hold at least one, each inside one of its words, for
the pattern to match at all. They are read off the parsed pattern, so they are true by construction; a sentence is then
tried by the few patterns whose keys it holds, and the others need not even be compiled.
"""

import re._parser as parser  # type: ignore[import-not-found, unused-ignore]
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marsad.extract.statements.patterns import digest, sources

TABLE = Path(__file__).parents[1] / "src/marsad/data/lexicons/statement_keys.tsv"
HEAD = (
    "# The keys of which a line must hold one for a pattern of statements.tsv to match, by the first digits of the "
    "pattern's sha256; made from it by scripts/make_statement_keys.py (Apache-2.0).\npattern\tkeys\n"
)
_COMMON = (
    "the and for with that has have had was were are not its their been his her who which from into over this they "
    "but all"
)
COMMON = frozenset(_COMMON.split())
LONG_ENOUGH = 5
REPEATS = (parser.MAX_REPEAT, parser.MIN_REPEAT, parser.POSSESSIVE_REPEAT)

Keys = frozenset[str]
Nodes = Any
"""What the standard library parses a pattern into: a sequence of pairs, what it is and of what."""


def main() -> None:
    """Write the table."""
    TABLE.write_text(made(), "utf-8")


def made() -> str:
    """Return the table as it should stand."""
    rows = {digest(source): keys_of(source) for source in sources()}
    return HEAD + "".join(f"{mark}\t{' '.join(sorted(keys))}\n" for mark, keys in sorted(rows.items()) if keys)


def keys_of(pattern: str) -> Keys | None:
    """Return the most telling keys of a pattern, None where it can match without any."""
    return _needed(parser.parse(pattern))


def _needed(nodes: Nodes) -> Keys | None:
    return max((keys for keys in _offers(nodes) if keys), key=_telling, default=None)


def _telling(keys: Keys) -> tuple[int, int]:
    return min(1 if key in COMMON else min(len(key), LONG_ENOUGH) for key in keys), -len(keys)


def _offers(nodes: Nodes) -> Iterator[Keys | None]:
    """Yield sets of keys that each must hold: of every run of letters, and of each node that cannot be left out."""
    letters = ""
    for kind, inside in nodes:
        if kind is parser.LITERAL:
            letters += chr(inside)
            continue
        yield from _joined(letters.rsplit(" ", 1)[-1], kind, inside)
        yield from _words(letters)
        letters = ""
        yield _inside(kind, inside)
    yield from _words(letters)


def _words(letters: str) -> Iterator[Keys]:
    """Yield each word of a run as a key; a lone letter is one only where it is a phrase's mark."""
    yield from (frozenset((word,)) for word in letters.split() if len(word) > 1 or word.isupper())


def _joined(before: str, kind: Any, inside: Any) -> Iterator[Keys]:
    """Yield letters joined to what follows them: "t" before "ook" or "aken"."""
    if (heads := _heads(kind, inside)) is None:
        return
    keys = frozenset(before + head for head in heads)
    if all(len(key) > 1 for key in keys):
        yield keys


def _heads(kind: Any, inside: Any) -> list[str] | None:
    """Return the letters with which each choice of a node begins, None where it is no choice of letters."""
    if kind is parser.BRANCH:
        return [_head(choice) for choice in inside[1]]
    if kind is parser.IN and all(one is parser.LITERAL for one, _ in inside):
        return [chr(letter).strip() for _, letter in inside]
    if kind is parser.SUBPATTERN and not _has_flags(inside):
        nodes = inside[3]
        return _heads(*nodes[0]) if len(nodes) == 1 else [_head(nodes)]
    return None


def _has_flags(group: Any) -> bool:
    """Say whether a group is read by rules of its own: of one without regard to case no letters are certain."""
    return bool(group[1] or group[2])


def _head(nodes: Nodes) -> str:
    letters = ""
    for kind, inside in nodes:
        if kind is not parser.LITERAL or chr(inside).isspace():
            break
        letters += chr(inside)
    return letters


def _inside(kind: Any, inside: Any) -> Keys | None:
    """Return the keys that a node needs whatever way it matches."""
    if kind is parser.BRANCH:
        choices = [_needed(choice) for choice in inside[1]]
        return frozenset().union(*(keys for keys in choices if keys)) if all(choices) else None
    if kind is parser.SUBPATTERN and not _has_flags(inside):
        return _needed(inside[3])
    if kind is parser.ATOMIC_GROUP:
        return _needed(inside)
    return _needed(inside[2]) if kind in REPEATS and inside[0] else None


if __name__ == "__main__":
    main()
