"""Which words of people stand for which kind of person, and which kind holds which.

A small closed list (data/tally/people.tsv): the kinds that reports break a figure down by (age, sex, status, trade).
"People" and "victims" say nothing of the kind and hold every other.
"""

import re
from collections.abc import Iterable

from marsad.tally.tables import read_table

KIND_OF: dict[str, tuple[str, ...]] = {}
HOLDS: dict[str, frozenset[str]] = {}
for _row in read_table("people.tsv"):
    HOLDS[_row["kind"]] = frozenset(filter(None, _row["holds"].split(", ")))
    for _word in _row["words"].split():
        KIND_OF[_word] = (*KIND_OF.get(_word, ()), _row["kind"])

MALE = frozenset({"man", "boy"})
FEMALE = frozenset({"woman", "girl"})
CHILDREN = frozenset({"child", "girl", "boy"})

TOKEN = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?|\d[\d,]*")


def kinds_of(words: Iterable[str]) -> frozenset[str]:
    """Return the kinds of person that lower-case `words` name; empty for bare names."""
    return frozenset(kind for word in words for kind in KIND_OF.get(word, ()))


def relation(left: frozenset[str], right: frozenset[str]) -> str:
    """Say how two sets of kinds stand: same, wider (left holds right), narrower, apart, or unknown."""
    a, b = left - {"generic"}, right - {"generic"}
    if not left or not right:
        return "unknown"
    if a == b:
        return "same"
    if not a or _holds(a, b):
        return "wider" if b else "same"
    if not b or _holds(b, a):
        return "narrower"
    return "overlap" if a & b else "apart"


def _holds(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(b) and all(any(kind in HOLDS.get(wide, ()) for wide in a) or kind in a for kind in b) and a != b
