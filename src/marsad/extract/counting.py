"""From the words of a claim to how many people they mean: stated number, qualifier, low, best and high.

The rules of the figures are the contract's: "more than 60" is 61 and open, "at least 35" is 35 and open, "nearly two
dozen" and "about 100" keep their number in all three, vague words have fixed lows and an open high, a named or
described person is 1, groups joined by "and" are added.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from marsad.extract.lexicon import plurals, singulars
from marsad.model import Count
from marsad.numerals import Number, find_numbers
from marsad.vocabulary import Qualifier

AT_LEAST = (
    r"at\s*(?:the\s+very\s+)?least|no\s+(?:fewer|less)\s+than|not\s+(?:fewer|less)\s+than|"
    r"(?:a\s+)?minimum(?:\s+\w+){0,7}(?:\s+of|\s+as)"
)
MORE_THAN = (
    r"(?:well\s+|far\s+|slightly\s+|just\s+|much\s+)?(?:more\s+than|over|above|upwards?\s+of"
    r"|in\s+excess\s+of|exceed(?:ed|ing|s)?"
    r"|surpass(?:ed|ing|es)?|greater\s+than|beyond|topped|topping)"
)
NEARLY = r"nearly|almost|close\s+to|just\s+under|approaching|towards?|nearing|just\s+short\s+of"
ABOUT = (
    r"about|around|approximately|approx\.?|roughly|some|(?:an\s+)?estimated|an\s+estimate\s+of|circa"
    r"|in\s+the\s+region\s+of|perhaps"
)
UP_TO = (
    r"up\s+to|as\s+many\s+as|as\s+high\s+as|as\s+much\s+as|no\s+more\s+than|not\s+more\s+than|a\s+maximum\s+of|maximum"
    r"|at\s+most|upper\s+(?:toll|estimate|figure)\s+(?:as|of|at)|max\.?"
)
LESS_THAN = r"(?:slightly\s+|far\s+|well\s+)?(?:fewer|less)\s+than|under|below"
BEFORE: tuple[tuple[Qualifier, str], ...] = (
    ("at_least", AT_LEAST),
    ("up_to", UP_TO),
    ("less_than", LESS_THAN),
    ("more_than", MORE_THAN),
    ("nearly", NEARLY),
    ("about", ABOUT),
)
LINK = (
    r"(?:\s+(?:a|an|the|another|further|additional|other|total\s+of|a\s+total\s+of|of|as|about|some"
    r"|around))*\s*[“\"'‘]?\s*"
)
QUALIFIED = re.compile("|".join(rf"(?P<{name}>\b(?:{words}){LINK}$)" for name, words in BEFORE), re.IGNORECASE)
MAXIMUM = re.compile(r"\b(?:maximum|upper|highest)\b", re.IGNORECASE)
AFTER: tuple[tuple[Qualifier, re.Pattern[str]], ...] = (
    (
        "at_least",
        re.compile(
            r"\s*(?:people\s+|\w+\s+){0,3}?(?:at\s+least\b|or\s+more\b|and\s+(?:more|counting)\b)", re.IGNORECASE
        ),
    ),
    ("at_least", re.compile(r"\s?\+")),
    ("about", re.compile(r"(?:-odd\b|\s+or\s+so\b|-plus\b)", re.IGNORECASE)),
    ("up_to", re.compile(r"\s+(?:at\s+most)\b", re.IGNORECASE)),
)
RANGE_JOIN = re.compile(
    r"\s*(?:-|–|—|to|or|and\s+(?:up\s+to|as\s+many\s+as|possibly)|up\s+to)\s*(?:(?:more\s+than|over"
    r"|about|as\s+many\s+as)\s+)?$",
    re.IGNORECASE,
)
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
        r"|an\s+entire|entire|the\s+rest|majority",
        2,
    ),
)  # fmt: skip
VAGUE_WORD = re.compile("|".join(rf"(?P<v{i}>\b(?:{words})\b)" for i, (words, _) in enumerate(VAGUE)), re.IGNORECASE)
ALL_VAGUE = re.compile(r"^\W*(?:mostly|including|among|most|an?\s+unknown\s+number)\b", re.IGNORECASE)
NONE = re.compile(r"^\W*(?:no\s?[- ]?one|nobody|none|no)\b(?!\s+(?:fewer|less|more)\b)", re.IGNORECASE)
BOTH = re.compile(r"^\W*both\b(?:\s+of\b)?", re.IGNORECASE)
PAIR = re.compile(r"^\W*(?:the\s+|a\s+|an\s+|\w+\s+)??(?:\w+\s+)?(?:couple|pair|duo|parents)$", re.IGNORECASE)
AGES = re.compile(
    r",?\s*\(?(?:(?:all|both|each)\s+)?\b(?:aged?|ages)\b[\s\d,and–-]*\d+(?:\s+or\s+\w+)?\)?"
    r"|,?\s*\b(?:aged?|ages)\b(?:(?:,|\s+and)?\s+(?:between\s+)?(?:one|two|three|four|five|six|seven"
    r"|eight|nine|ten|eleven|twelve))+"
    r"|,\s\d{1,2}(?:,\s\d{1,2})*(?:,?\s+and\s+\d{1,2})?(?=\s*(?:,|\band\b|\)|$))|(?<=[a-z] )\(\d{1,2}\)"
    r"|,?\s+all\s+\d+\s+or\s+\w+",
    re.IGNORECASE,
)
AND = re.compile(
    r"\s*,?\s+(?:and|plus|as\s+well\s+as|along\s+with|together\s+with|alongside|nor)\s+|\s+&\s+", re.IGNORECASE
)
COMMA = re.compile(r"\s*,\s+")
SINGLE = re.compile(r"^[\W_]*(?:a|an|the|this|that|his|her|their|its|my|our|whose|one|another)\s", re.IGNORECASE)
OWN_COUNT = re.compile(
    r"^\W*(?:a|an|another|his|her|their|the|one|\w+['’]s|\w+s['’]|\d+[\s-]+(?:y(?:ea)?r|y/o)s?\W?(?:[\s-]+old)?)\b",
    re.IGNORECASE,
)
MULTIPLES = {"double": 2, "twin": 2, "triple": 3, "quadruple": 4, "quintuple": 5}
MULTIPLE = re.compile(
    r"^\W*(?:an?\s+|the\s+)?(?:\w+\s+)?(double|triple|quadruple|quintuple)\s+(?:\w+\s+)?(?:homicide"
    r"|murder|shooting|killing|stabbing)s?\b",
    re.IGNORECASE,
)
HEAD_END = re.compile(
    r"\s+(?:of|from|in|at|on|near|with|who|whom|whose|that|which|by|for|to|during|named|called|were"
    r"|was|are|is|has|have|had|displaced|living"
    r"|fleeing|staying|travelling|traveling|aboard|killed|wounded|injured|shot|convicted|allegedly"
    r"|aged|known|identified|belonging|working|accompanying|recovered|affiliated|and|including|inside"
    r"|outside)\b.*$|[,(:;–—].*$",
    re.IGNORECASE | re.DOTALL,
)
NOT_PLURAL = re.compile(r"(?:ss|us|is|'s|’s|[A-Z]{2,})$")
COUNTED_ONE = re.compile(r"\W*(?:an?|\d+[\s-]+(?:year|yr|y/o|month)\S*)\s", re.IGNORECASE)
NAME_PARTICLES = frozenset(
    ("al", "bin", "bint", "de", "del", "la", "el", "abu", "ibn", "van", "von", "da", "dos", "di")
)


@dataclass(frozen=True, slots=True)
class Part:
    """What one of the groups joined by "and" says: a number, or none (`value` None) with a vague low."""

    value: int | None
    qualifier: Qualifier
    low: int
    start: int
    end: int
    own: bool
    upper: int | None = None


@cache
def _vague_lows() -> tuple[int, ...]:
    return tuple(low for _, low in VAGUE)


def count_people(words: str) -> Count | None:
    """Say how many people the words of a claim mean; None when they hold neither a count nor people.

    `words` of the result is the run of the given words that says the count.
    """
    if not words.strip():
        return None
    if NONE.match(words):
        return Count(words.strip(), 0, "exact", 0, 0, 0)
    bare = AGES.sub(lambda found: " " * len(found.group()), words)
    if spread := _range(bare, words):
        return spread
    parts = _parts(bare)
    return _together(parts, words) if parts else None


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
    numbers = list(find_numbers(bare))
    for first, second in pairwise(numbers):
        between = bare[first.end : second.start]
        opened = re.search(r"\b(?:between|from|range\s+of)\s+$", bare[: first.start], re.IGNORECASE)
        joined = RANGE_JOIN.match(between) or (opened and re.match(r"\s*and\s+$", between, re.IGNORECASE))
        if joined and first.value < second.value:
            start = _qualifier_start(bare, first)[1]
            start = opened.start() if opened else start
            low, best, high = figures(first.value, "range", second.value)
            return Count(words[start : second.end].strip(), first.value, "range", low, best, high, second.value)
    return None


def _parts(words: str) -> list[Part]:
    return [part for start, end in _pieces(words) if (part := _part(words, start, end))]


def _pieces(words: str) -> Iterator[tuple[int, int]]:
    """Cut at "and", and at commas where what stands on both sides is counted or named for itself."""
    numbers = [(n.start, n.end) for n in find_numbers(words)]
    cuts = [
        found.span()
        for found in AND.finditer(words)
        if not any(s < found.start() and found.end() < e for s, e in numbers)
    ]
    if BOTH.match(words):
        cuts = []
    commas = [c.span() for c in COMMA.finditer(words) if not any(s <= c.start() < e for s, e in cuts)]
    if commas and _is_list(words, commas, cuts):
        cuts = sorted({*cuts, *commas})
    at = 0
    for start, end in cuts:
        yield at, start
        at = end
    yield at, len(words)


def _is_list(words: str, commas: list[tuple[int, int]], cuts: list[tuple[int, int]]) -> bool:
    """Tell a list ("two Canadians, a Filipino and a cook") from an apposition ("his son, Omar, and a cook")."""
    starts = [0, *(end for _, end in commas)]
    stops = [*(start for start, _ in commas), cuts[-1][0] if cuts and cuts[-1][0] > starts[-1] else len(words)]
    pieces = [words[a:b] for a, b in zip(starts, stops, strict=True)]
    if all(next(find_numbers(p), None) or COUNTED_ONE.match(p) for p in pieces):
        return True
    if not cuts or words.isupper():
        return False
    return all(w[:1].isupper() or w in NAME_PARTICLES for p in pieces for w in re.split(r"\s+and\s+|\s+", p) if w)


def _qualifier_start(words: str, number: Number) -> tuple[Qualifier, int]:
    head = words[: number.start]
    if found := QUALIFIED.search(head):
        name = found.lastgroup
        for known, _ in BEFORE:
            if name == known:
                return known, found.start()
    if MAXIMUM.search(head):
        return "up_to", number.start
    return "exact", number.start


def _part(words: str, start: int, end: int) -> Part | None:
    piece = words[start:end]
    if not re.search(r"\w", piece):
        return None
    if counted := _counted(piece):
        return Part(
            counted.value, counted.qualifier, counted.low, start + counted.start, start + counted.end, counted.own
        )
    low, own = _uncounted(piece)
    value = 1 if low == 1 else None
    if BOTH.match(piece) or PAIR.match(piece.strip()):
        value, low, own = 2, 2, True
    return Part(value, "exact" if value else "vague", low, start, end, own)


def _counted(piece: str) -> Part | None:
    if plural := MULTIPLE.match(piece):
        return Part(MULTIPLES[plural[1].lower()], "exact", 1, plural.start(1), plural.end(1), True)
    vague = VAGUE_WORD.search(piece)
    number = _chosen_number(piece)
    if number is None:
        return None
    if (
        vague
        and vague.start() < number.start
        and vague.group().lower() not in ("some", "more", "others", "most", "entire")
    ):
        return None
    if vague and vague.start() <= number.start < vague.end():
        return None
    qualifier, at = _qualifier_start(piece, number)
    stop = number.end
    if qualifier == "exact":
        for known, after in AFTER:
            if found := after.match(piece, number.end):
                qualifier, stop = known, found.end()
                break
    return Part(number.value, qualifier, number.value, at, stop, True)


def _chosen_number(piece: str) -> Number | None:
    """Take the first number that counts people: not the age behind a name, not "two" in "mother of two"."""
    for number in find_numbers(piece):
        head = piece[: number.start]
        if re.search(r"\b(?:father|mother|parent|widow)s?[\s-]+of[\s-]+$", head, re.IGNORECASE):
            return None
        if (
            re.search(
                r"\b(?:who|whom|that|which|where|when|after|since|from|in|at|on|near|wife|age|district|article"
                r"|unit|brigade|block)\s+(?:\w+\s+){0,2}$",
                head,
                re.IGNORECASE,
            )
            and head.strip()
        ):
            strong = re.search(
                r"\b(?:killed|injured|wounded|rose|risen|rises|to|least|than|over|nearly|about|of)\s+$",
                head,
                re.IGNORECASE,
            )
            if not strong:
                continue
        if re.match(r"\s*(?:-|\s)?(?:years?|y/o|months?|days?|weeks?|yrs?)\b", piece[number.end :], re.IGNORECASE):
            continue
        return number
    return None


def _uncounted(piece: str) -> tuple[int, bool]:
    """Return the low of a piece without a number, and whether it stands for itself (a determiner, a name)."""
    if vague := VAGUE_WORD.search(piece):
        index = int((vague.lastgroup or "v0")[1:])
        single = SINGLE.match(piece) and not re.match(
            r"\W*(?:a|an|the)\s+(?:\w+\s+)?(?:number|few|handful|score|rest|majority|entire)", piece, re.IGNORECASE
        )
        if not (single and vague.start() > 0 and VAGUE[index][1] == 2) and not re.match(
            r"\W*one\b", piece, re.IGNORECASE
        ):
            return _vague_lows()[index], True
    own = bool(OWN_COUNT.match(piece)) or _is_named(piece)
    return (2, own) if _is_plural(piece) else (1, own)


def _is_named(piece: str) -> bool:
    words = piece.split()
    head = HEAD_END.sub("", piece.strip()).split()
    last = head[-1].lower() if head else ""
    return bool(words) and words[0][:1].isupper() and not piece.isupper() and last not in plurals()


def _is_plural(piece: str) -> bool:
    body = re.sub(r"\s\([^)]*\)(?=\s\w)", "", re.sub(r"^[\W_]+", "", piece))
    head = HEAD_END.sub("", body).strip().rstrip("\"'”’")
    head = re.sub(r"['’]s\s+(?:death|murder|killing|body|assassination|arrest|family)s?$", "", head)
    if re.match(r"(?:an?|one|another|this|that|he|she|him|each|every)\b", body, re.IGNORECASE):
        return bool(re.search(r"\bfamily$", head, re.IGNORECASE))
    last = head.split()[-1] if head.split() else ""
    low = last.lower()
    if low in {
        "they",
        "them",
        "us",
        "we",
        "those",
        "these",
        "all",
        "people",
        "family",
        "majority",
        "crew",
        "troops",
        "police",
    }:
        return low != "police" or len(head.split()) == 1
    noun = plurals().get(low)
    if noun is not None:
        return noun.singular != noun.plural or not SINGLE.match(body)
    if low in singulars():
        return False
    # An unknown capitalised word in -s is as likely a name ("Reyes"), and in upper case nothing tells them apart.
    return last.islower() and low.endswith("s") and not NOT_PLURAL.search(last)


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
    if len(kept) == 1:
        return _single(kept[0], words)
    if any(part.value is None for part in kept):
        low = sum(part.low for part in kept)
        return Count(words.strip(), None, "vague", low, low, None)
    value = sum(part.value or 0 for part in kept)
    said = [part.qualifier for part in kept if part.qualifier != "exact"]
    qualifier = said[0] if said else kept[0].qualifier
    low, best, high = figures(value, qualifier)
    return Count(words.strip(), value, qualifier, low, best, high)


def _single(part: Part, words: str) -> Count:
    said = words[part.start : part.end].strip()
    if part.value is None:
        return Count(words.strip(), None, "vague", part.low, part.low, None)
    low, best, high = figures(part.value, part.qualifier)
    return Count(said, part.value, part.qualifier, low, best, high)
