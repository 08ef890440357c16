"""Cuts the words of a claim into the groups they join: at "and" and at the commas of a list, not of an apposition."""

import re
from collections.abc import Iterator

from marsad.extract.lexicon import singulars
from marsad.numerals import GROUPS, find_numbers

AND = re.compile(
    r"\s*,?\s+(?:and|plus|as\s+well\s+as|along\s+with|together\s+with|alongside|nor)\s+|\s+&\s+"
    r"|\s+with\s+(?=(?:his|her|their)\s+(?:\w+\s+){0,2}(?:wife|husband|sons?|daughters?|child(?:ren)?|baby|mother"
    r"|father|sisters?|brothers?|twins|parents)\b)",
    re.IGNORECASE,
)
COMMA = re.compile(r"\s*,\s+")

OPENS_NAMES = re.compile(r"\s*(?:,|:|—|–)\s+|(?<=[a-z]s)\s+(?=[A-Z])")
HIS = re.compile(r"(?:his|her|their)(?:\s+[a-z][\w-]*){1,3}(?:\s+[A-Z]\S*)*$")
"""Somebody's relative or companion behind a comma is a further person ("the mayor, his driver and a guard")."""
THE_KIN_OF = re.compile(r"the\s+(?:wife|husband|mother|father|son|daughter|sister|brother|nephew|niece)\s+of\s+[A-Z]")
KIN_THEN_NAMES = re.compile(
    r"[^,]*\b(?:children|sons|daughters|brothers|sisters|siblings|parents|twins)\s*,\s+(?=[A-Z])"
)
NAME_JOIN = re.compile(r"\s*,\s+(?:and\s+)?|\s+and\s+")

COUNTED_ONE = re.compile(r"\W*(?:an?|(?:the\s+)?\d+[\s-]+(?:year|yr|y/o|month)\S*)\s", re.IGNORECASE)
BESIDE = re.compile(r"\W*(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)\s+others?\W*", re.IGNORECASE)
"""A number of others behind a comma is no apposition ("pastor, two others")."""
KIN = re.compile(
    r"^(?:\S+\s+){0,3}(?:wife|husband|spouse|mother|father|son|daughter|sister|brother|grandmother|grandfather"
    r"|grandson|granddaughter|uncle|aunt|nephew|niece|cousin|boyfriend|girlfriend|fianc[eé]e?|boy|girl|baby|infant"
    r"|(?:grand)?children|sons|daughters|sisters|brothers)$",
    re.IGNORECASE,
)
"""A relative behind a comma goes on with a list ("a mother, son and little girl"): relatives gloss no one else."""
OWN_KIN = re.compile(
    r"(?:his|her|their)\s+(?:[\w-]+\s+){0,2}(?:wife|husband|mother|father|son|daughter|sister|brother|cousin|baby)",
    re.IGNORECASE,
)
PLAIN = re.compile(
    r"\b(?:man|woman|boy|girl|child|baby|infant|male|female|mother|father|son|daughter)\W*$", re.IGNORECASE
)
"""Words that say no more than who: two of them side by side are two persons ("a man, a woman")."""
NAME_PARTICLES = frozenset(
    ("al", "bin", "bint", "de", "del", "la", "el", "abu", "ibn", "van", "von", "da", "dos", "di")
)


def joined_groups(words: str, *, whole: bool = False) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the groups: parted at "and", and at commas where both sides are counted or named.

    `whole` says that "and" joins no groups here ("both Ali and Omar").
    """
    numbers = [(n.start, n.end) for n in find_numbers(words)]
    if names := _names_of_counted(words):
        yield 0, names
        return
    if named := _named_children(words):
        yield from named
        return
    cuts = [
        found.span()
        for found in AND.finditer(words)
        if not whole and not any(s < found.start() and found.end() < e for s, e in numbers)
    ]
    commas = [c.span() for c in COMMA.finditer(words) if not any(s <= c.start() < e for s, e in cuts)]
    if commas and _is_list(words, commas, cuts):
        cuts = sorted({*cuts, *commas})
    at = 0
    for start, end in cuts:
        yield at, start
        at = end
    yield at, len(words)


def _names_of_counted(words: str) -> int | None:
    """Return where the names begin that only say who the counted are ("two men, Ali Said and Omar Nur")."""
    number = next(find_numbers(words), None)
    opened = OPENS_NAMES.search(words)
    if number is None or opened is None or number.end > opened.start():
        return None
    if number.end == opened.start() and words[: number.end].split()[-1].lower() not in GROUPS:
        return None
    names = [piece for piece in NAME_JOIN.split(words[opened.end() :]) if piece.strip()]
    named = all(_is_name_word(w) for name in names for w in name.split())
    return opened.start() if named and len(names) == number.value > 1 and not words.isupper() else None


def _named_children(words: str) -> list[tuple[int, int]]:
    """Return the names behind "his children" with a comma, each of them one person; none where there are no names."""
    opened = KIN_THEN_NAMES.match(words)
    if opened is None or next(find_numbers(words[: opened.end()]), None) is not None:
        return []
    at, found = opened.end(), []
    for cut in [*NAME_JOIN.finditer(words, at), None]:
        found.append((at, cut.start() if cut else len(words)))
        at = cut.end() if cut else at
    names = [words[a:b].split() for a, b in found]
    return found if len(names) > 1 and all(name and all(map(_is_name_word, name)) for name in names) else []


def _is_list(words: str, commas: list[tuple[int, int]], cuts: list[tuple[int, int]]) -> bool:
    """Tell a list ("two Canadians, a Filipino and a cook") from an apposition ("his son, Omar, and a cook")."""
    starts = [0, *(end for _, end in commas)]
    stops = [*(start for start, _ in commas), cuts[-1][0] if cuts and cuts[-1][0] > starts[-1] else len(words)]
    pieces = [words[a:b] for a, b in zip(starts, stops, strict=True)]
    if not cuts and len(pieces) == 2:
        if OWN_KIN.fullmatch(pieces[1].strip()):
            return not OWN_KIN.match(pieces[0])
        if COUNTED_ONE.match(pieces[0]) and COUNTED_ONE.match(pieces[1]) and not all(map(PLAIN.search, pieces)):
            # "an offender, a juvenile", "a clerk, 28-year-old Omar Hadi": one person, told twice.
            return False
    if all(next(find_numbers(p), None) or COUNTED_ONE.match(p) for p in pieces):
        return True
    if cuts and all(_is_bare_one(p) for p in [*pieces, words[cuts[-1][1] :]]):
        return True
    if all(BESIDE.fullmatch(p) for p in pieces[1:]) or (cuts and all(KIN.search(p) for p in pieces[1:])):
        return True
    if not cuts or words.isupper():
        return False
    last = words[cuts[-1][1] :]
    if all(HIS.match(p) for p in pieces[1:]) and any(one.match(last) for one in (HIS, THE_KIN_OF, COUNTED_ONE)):
        return True
    return all(_is_name_word(w) for p in pieces for w in re.split(r"\s+and\s+|\s+", p) if w)


def _is_bare_one(piece: str) -> bool:
    """Say whether a piece is one person by a bare noun ("chief", "the captain"), as in a row of ranks."""
    words = piece.lower().split()
    return 0 < len(words) <= 2 and words[-1] in singulars() and (len(words) == 1 or words[0] in {"a", "an", "the"})


def _is_name_word(word: str) -> bool:
    return word[:1].isupper() or word in NAME_PARTICLES or word.startswith(("al-", "el-"))
