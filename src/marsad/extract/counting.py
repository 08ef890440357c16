"""From the words of a claim to how many people they mean: stated number, qualifier, low, best and high.

The rules of the figures are the contract's: "more than 60" is 61 and open, "at least 35" is 35 and open, "nearly two
dozen" and "about 100" keep their number in all three, vague words have fixed lows and an open high, a named or
described person is 1, groups joined by "and" are added.
"""

import re
from itertools import pairwise

from marsad.extract.group_counts import BOTH, VAGUE_WORD, Part, part_of
from marsad.extract.joined_groups import joined_groups
from marsad.extract.lexicon import plurals, singulars, word_set
from marsad.extract.qualifiers import qualifier_before
from marsad.model import Count
from marsad.numerals import find_numbers
from marsad.vocabulary import Qualifier

RANGE_JOIN = re.compile(
    r"\s*(?:-|–|—|to|or|and\s+(?:(?=more\s+than|over)|up\s+to|as\s+many\s+as|possibly)|up\s+to)\s*(?:(?:more\s+than|over"
    r"|about|as\s+many\s+as)\s+)?$",
    re.IGNORECASE,
)
RANGE_OPENING = re.compile(r"\b(?:between|from|range\s+of)\s+$", re.IGNORECASE)
RANGE_AND = re.compile(r"\s*and\s+$", re.IGNORECASE)
NONE = re.compile(r"^\W*(?:no\s?[- ]?one|nobody|none|no)\b(?!\s+(?:fewer|less|more)\b)", re.IGNORECASE)
NOBODY = re.compile(r"\W*(?:(?:an?|the|at|in|of|to|by|on|and|or|as|who|whom|were|was|is|are|that)\W+)*", re.IGNORECASE)
"""Words that name nobody."""
OPENING = re.compile(
    r"^\W*(?:at|to|by|as|in|of|for|on)\s+(?!(?:the\s+very\s+)?(?:least|most|many|high|much)\b)", re.IGNORECASE
)
SHARE = re.compile(
    r"^\W*(?:(?:about|nearly|almost|over|more\s+than)\s+)?(?:an?\s+|the\s+)?"
    r"(half(?!\s+(?:an?|dozen)\b)|(?:third|quarter)(?=\s+of\b)|(?:greater|larger|better)\s+part)\b",
    re.IGNORECASE,
)
SHARES = {"half": 2, "third": 3, "quarter": 4}
_ONES = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
AGES = re.compile(
    r",?\s*\(?(?:(?:all|both|each)\s+)?\b(?:aged?|ages)\b[\s\d,and–-]*\d+(?:\s+or\s+\w+)?\)?"
    rf"|,?\s*\b(?:aged?|ages)\b(?:(?:,|\s+and)?\s+(?:between\s+)?(?:{_ONES}))+"
    r"|,\s\d{1,2}(?:,\s\d{1,2})*(?:,?\s+and\s+\d{1,2})?(?=\s*(?:,|\band\b|\)|$))|(?<=[a-z] )\(\d{1,2}\)"
    r"|,?\s+all\s+\d+\s+or\s+\w+"
    rf"|,\s(?:{_ONES}|\w+teen)(?=\s*(?:$|,?\s+and\s+\w+$))(?:\s+and\s+\w+$)?"
    r"|(?:(?<=[a-z]s)|(?<=men)|(?<=ren))\sof\s\d{1,2}\s+and\s+\d{1,2}$|\s+of\s+(?:one|the\s+same)\s+(?:family|household)\b",
    re.IGNORECASE,
)
WITH_WOUNDS = re.compile(
    r"\s(?:with|suffering(?:\s+from)?|from)\s+(?:[\w-]+\s+){1,4}(?:wounds?|injur(?:y|ies)|burns?)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
"""What somebody suffered is no number of people ("a man with multiple wounds")."""
MINIMUM = re.compile(r"\W*(?:an?|the)\s+(?:minimum|maximum)\s+of\b", re.IGNORECASE)
TWO_AGES = re.compile(r"(?:an?\s+)?\d{1,2}-\s*,?\s+and\s+(?:an?\s+)?\d{1,2}-year-old", re.IGNORECASE)
ANYONE = re.compile(
    r"\b(?:people|persons|victims|civilians|members|relatives|others|casualties|individuals)\b", re.IGNORECASE
)
ASIDE = re.compile(r",\s+(?:\w+\s+){1,2}of\s+(?:them|whom|which)\b.*$", re.IGNORECASE | re.DOTALL)
"""Some of those already counted ("seven people, two of them women")."""
ALONE = word_set("counting.alone")
"""Words that stand for people by themselves."""
NOT_AGED = word_set("counting.not_aged")
"""Nouns behind which "of nine" is no age."""
AGE_OF = re.compile(
    r"(\ban?\s+(?:[\w-]+\s+)*?([\w-]+)\s+)"
    rf"(of\s+(?:\d{{1,3}}|{_ONES}|\w+teen))\b(?!\s+\w+s\b)",
    re.IGNORECASE,
)
"""An age behind one person ("a girl of nine"); "a family of nine" is nine."""


def count_people(words: str) -> Count | None:
    """Say how many people the words of a claim mean; None when they hold neither a count nor people.

    `words` of the result is the run of the given words that says the count.
    """
    if NOBODY.fullmatch(words + " ") or _is_other_noun(words):
        return None
    if NONE.match(words):
        return Count(words.strip(), 0, "exact", 0, 0, 0)
    bare = words
    for other in (AGES, ASIDE, WITH_WOUNDS):
        bare = other.sub(_blank, bare)
    if MINIMUM.match(bare) and next(find_numbers(bare), None) is None:
        return Count(words.strip(), None, "vague", 2, 2, None)
    if two := TWO_AGES.fullmatch(words.strip()):
        return Count(two.group(), 2, "exact", 2, 2, 2)
    bare = AGE_OF.sub(_without_age, bare)
    bare = OPENING.sub(_blank, bare)
    if spread := _range(bare, words) or _share(bare, words):
        return spread
    groups = joined_groups(bare, whole=bool(BOTH.match(bare)))
    parts = [part for start, end in groups if (part := part_of(bare, start, end))]
    return _together(parts, words) if parts else None


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _is_other_noun(words: str) -> bool:
    """Say whether a single word in small letters is neither a person nor a number of people ("regime")."""
    word = words.strip(" “”\"'’.,;:()")
    if not word.isalpha() or not word.islower() or word in ALONE or word in singulars() or word in plurals():
        return False
    return not VAGUE_WORD.match(word) and next(find_numbers(word), None) is None


def _without_age(found: re.Match[str]) -> str:
    one = found[2].lower() in singulars() and found[2].lower() not in NOT_AGED
    return found[1] + " " * len(found[3]) if one else found.group()


def figures(value: int, qualifier: Qualifier, upper: int | None = None) -> tuple[int, int, int | None]:
    """Return low, best and high of a stated number by the contract's rules (`upper` for a range)."""
    match qualifier:
        case "at_least":
            return value, value, None
        case "more_than":
            return value + 1, value + 1, None
        case "up_to":
            return 0, value, value
        case "less_than":
            return 0, max(0, value - 1), max(0, value - 1)
        case "range":
            # The lower end is what the report is sure of; the upper end is kept beside it.
            return value, value, upper
        case _:
            return value, value, value


def _range(bare: str, words: str) -> Count | None:
    """Read "20 to 30" or "between five and eight", None when no two numbers make a range."""
    for first, second in pairwise(find_numbers(bare)):
        between = bare[first.end : second.start]
        opened = RANGE_OPENING.search(bare[: first.start])
        joined = RANGE_JOIN.match(between) or (opened and RANGE_AND.match(between))
        if joined and first.value < second.value:
            start = opened.start() if opened else qualifier_before(bare, first)[1]
            low, best, high = figures(first.value, "range", second.value)
            return Count(words[start : second.end].strip(), first.value, "range", low, best, high, second.value)
    return None


def _share(bare: str, words: str) -> Count | None:
    """Read "half of the town's 20,000 people": about that share of them, vague where no whole is told."""
    found = SHARE.match(bare)
    if found is None:
        return None
    whole = next((number.value for number in find_numbers(bare, found.end())), None)
    if whole is None or found[1].lower() not in SHARES:
        return Count(words.strip(), None, "vague", 2, 2, None)
    value = whole // SHARES[found[1].lower()]
    low, best, high = figures(value, "about")
    return Count(words.strip(), value, "about", low, best, high)


def _together(parts: list[Part], words: str) -> Count:
    """Add up the groups; a bare group behind a counted one shares its number ("27 troops and militiamen")."""
    kept = [parts[0]]
    for part in parts[1:]:
        shares = not part.own and part.value != 1 and (parts[0].value is not None or kept[-1].qualifier == "vague")
        if not shares or (parts[0].value == 1 and part.qualifier == "vague"):
            kept.append(part)
    if kept[0].value is not None and kept[0].value > 1:
        # "32 killed and wounded": a bare word behind a number names the same people once more.
        kept = [kept[0], *(p for p in kept[1:] if p.own)]
    if len(kept) == 1 or _is_broken_down(kept, words):
        return _single(kept[0], words)
    if any(part.value is None for part in kept):
        low = sum(part.low for part in kept)
        return Count(words.strip(), None, "vague", low, low, None)
    value = sum(part.value or 0 for part in kept)
    said = [part.qualifier for part in kept if part.qualifier != "exact"]
    qualifier = said[0] if said else kept[0].qualifier
    low, best, high = figures(value, qualifier)
    return Count(words.strip(), value, qualifier, low, best, high)


def _is_broken_down(parts: list[Part], words: str) -> bool:
    """Say whether the groups behind the first only say who it was ("20 people, 12 men and eight women")."""
    rest = [part.value for part in parts[1:]]
    if len(rest) < 2 or None in rest or sum(value or 0 for value in rest) != parts[0].value:
        return False
    return bool(ANYONE.search(words[parts[0].end : parts[1].start]))


def _single(part: Part, words: str) -> Count:
    said = words[part.start : part.end].strip()
    if part.value is None:
        return Count(words.strip(), None, "vague", part.low, part.low, None)
    low, best, high = figures(part.value, part.qualifier)
    return Count(said, part.value, part.qualifier, low, best, high)
