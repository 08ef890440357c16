"""What one group of people says of its number: a stated number with its qualifier, a vague word, one, or several."""

import re
from dataclasses import dataclass, replace

from marsad.extract.plural_words import SINGLE, is_named, is_plural
from marsad.extract.qualifiers import qualifier_after, qualifier_before
from marsad.numerals import Number, find_numbers
from marsad.vocabulary import Qualifier

VAGUE: tuple[tuple[str, int], ...] = (
    (r"tens\s+of\s+thousands", 20_000),
    (r"hundreds\s+of\s+thousands", 200_000),
    (r"thousands\s+of\s+thousands", 2_000_000),
    (r"tens\s+of\s+millions", 20_000_000),
    (r"millions", 2_000_000),
    (r"(?:several|many|few)\s+million", 3_000_000),
    (r"(?:several|many|a\s+few)\s+thousands?", 3_000),
    (r"thousands", 2_000),
    (r"(?:several|many|a\s+few)\s+hundreds?", 300),
    (r"hundreds", 200),
    (r"(?:several|a\s+few|many|some|few)\s+dozens?", 36),
    (r"dozens", 24),
    (r"scores", 40),
    (r"tens", 20),
    (r"several|(?<!as )many|numerous|a\s+few|a\s+handful|multiple|countless|various|innumerable|a\s+score", 3),
    (
        r"(?:a|an)\s+(?:\w+\s+)?number|(?:large\s+|high\s+)?numbers|some|most|others|more|both\s+sides"
        r"|an\s+entire|entire|the\s+rest|majority|(?:greater|larger)\s+part",
        2,
    ),
)  # fmt: skip
VAGUE_WORD = re.compile("|".join(rf"(?P<v{i}>\b(?:{words})\b)" for i, (words, _) in enumerate(VAGUE)), re.IGNORECASE)

WEAK_VAGUE = ("some", "more", "others", "most", "entire")
"""Vague words that may stand in front of a number without taking its place."""
NOT_SINGLE = re.compile(
    r"\W*(?:a|an|the)\s+(?:\w+\s+)?(?:number|few|handful|score|rest|majority|entire)", re.IGNORECASE
)
ONE_OF = re.compile(r"\W*one\b", re.IGNORECASE)
BOTH = re.compile(r"^\W*both\b(?:\s+of\b)?", re.IGNORECASE)
PAIR = re.compile(r"^\W*(?:the\s+|a\s+|an\s+|\w+\s+)??(?:\w+\s+)?(?:couple|pair|duo|parents|twins)$", re.IGNORECASE)
OWN_COUNT = re.compile(
    r"^\W*(?:a|an|another|his|her|their|the|one|\w+['’]s|\w+s['’]|\d+[\s-]+(?:y(?:ea)?r|y/o)s?\W?(?:[\s-]+old)?)\b",
    re.IGNORECASE,
)
MULTIPLES = {"double": 2, "triple": 3, "quadruple": 4, "quintuple": 5}
MULTIPLE = re.compile(
    r"^\W*(?:an?\s+|the\s+)?(?:\w+\s+)?(double|triple|quadruple|quintuple)\s+(?:\w+\s+)?(?:homicide"
    r"|murder|shooting|killing|stabbing)s?\b",
    re.IGNORECASE,
)
PARENT_OF = re.compile(r"\b(?:father|mother|parent|widow)s?[\s-]+of[\s-]+$", re.IGNORECASE)
NOT_A_COUNT = re.compile(
    r"\b(?:who|whom|that|which|where|when|after|since|from|in|at|on|near|wife|age|district|article"
    r"|unit|brigade|block)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
A_COUNT_ALL_THE_SAME = re.compile(
    r"\b(?:killed|injured|wounded|rose|risen|rises|to|least|than|over|nearly|about|of)\s+$", re.IGNORECASE
)
UNIT_OF_TIME = re.compile(r"\s*(?:-|\s)?(?:years?|y/o|months?|days?|weeks?|yrs?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """What one of the groups joined by "and" says: a number, or none (`value` None) with a vague low."""

    value: int | None
    qualifier: Qualifier
    low: int
    start: int
    end: int
    own: bool


def part_of(words: str, start: int, end: int) -> Part | None:
    """Return what the group `words[start:end]` says, offsets counted in `words`; None when it has no word."""
    piece = words[start:end]
    if not re.search(r"\w", piece):
        return None
    if counted := _counted(piece):
        return replace(counted, start=start + counted.start, end=start + counted.end)
    low, own = _uncounted(piece)
    value = 1 if low == 1 else None
    if BOTH.match(piece) or PAIR.match(piece.strip()):
        value, low, own = 2, 2, True
    return Part(value, "exact" if value else "vague", low, start, end, own)


def _counted(piece: str) -> Part | None:
    if plural := MULTIPLE.match(piece):
        return Part(MULTIPLES[plural[1].lower()], "exact", 1, plural.start(1), plural.end(1), True)
    number = _chosen_number(piece)
    if number is None or _is_vague_before(piece, number):
        return None
    qualifier, at = qualifier_before(piece, number)
    stop = number.end
    if qualifier == "exact":
        qualifier, stop = qualifier_after(piece, number)
    return Part(number.value, qualifier, number.value, at, stop, True)


def _is_vague_before(piece: str, number: Number) -> bool:
    """Say whether a vague word takes the place of the number behind it ("several of the 40 guests")."""
    vague = VAGUE_WORD.search(piece)
    if vague is None:
        return False
    if vague.start() < number.start and vague.group().lower() not in WEAK_VAGUE:
        return True
    return vague.start() <= number.start < vague.end()


def _chosen_number(piece: str) -> Number | None:
    """Take the first number that counts people: not the age behind a name, not "two" in "mother of two"."""
    for number in find_numbers(piece):
        head = piece[: number.start]
        if PARENT_OF.search(head):
            return None
        if NOT_A_COUNT.search(head) and not A_COUNT_ALL_THE_SAME.search(head):
            continue
        if not UNIT_OF_TIME.match(piece[number.end :]):
            return number
    return None


def _uncounted(piece: str) -> tuple[int, bool]:
    """Return the low of a piece without a number, and whether it stands for itself (a determiner, a name)."""
    if vague := VAGUE_WORD.search(piece):
        low = VAGUE[int((vague.lastgroup or "v0")[1:])][1]
        single = SINGLE.match(piece) and not NOT_SINGLE.match(piece)
        if not (single and vague.start() > 0 and low == 2) and not ONE_OF.match(piece):
            return low, True
    own = bool(OWN_COUNT.match(piece)) or is_named(piece)
    return (2, own) if is_plural(piece) else (1, own)
