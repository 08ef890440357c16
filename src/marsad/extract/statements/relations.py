"""Relations between actors: who backs, leads, is part of, is tied to, was once, split from or stands against whom."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from marsad.extract.statements.drafts import Draft, apart
from marsad.extract.statements.patterns import matches
from marsad.extract.statements.phrases import Line, Phrase, atoms_of, sorts

TIES = {
    **dict.fromkeys(("backed", "supported", "funded", "sponsored", "trained", "armed", "allied"), "backs"),
    **dict.fromkeys(("led", "dominated"), "leads"),
    **dict.fromkeys(("linked", "affiliated", "aligned"), "affiliate"),
}
PRO = re.compile(r"pro-(?P<who>[a-z].*)")
STANDING = ("war", "conflict", "hostilit", "struggle", "insurgency", "fighting", "battling")
"""Beginnings of nouns for fighting that lasts: those between whom it is are rivals."""
SIDES = frozenset(("opposition", "government", "regime"))
NO_ACTORS = frozenset(
    (
        "government",
        "regime",
        "democracy",
        "independence",
        "war",
        "choice",
        "life",
        "kurdish",
        "palestinian",
        "islamic",
        "western",
    )
)
"""What fighters and parties stand for without an actor that they are tied to."""
MEDIA = frozenset(("cnn", "nbc", "abc", "cbs", "fox", "npr"))
NOT_LED = frozenset(
    ("police", "army", "military", "security", "navy", "congress", "senate", "court", "parliament", "assembly")
) | {"union", "federation", "mr", "mrs", "staff", "party", "department", "brigade", "battalion", "squad"}
"""What has chiefs and presidents who lead no side of a war."""
NOUNS = {
    **dict.fromkeys(("wing", "branch", "arm", "unit", "faction", "component", "member", "members"), "part_of"),
    **dict.fromkeys(("division", "battalion", "cell", "subsidiary", "column", "chapter"), "part_of"),
    **dict.fromkeys(("affiliate", "affiliates", "proxy", "proxies", "puppet", "franchise"), "affiliate"),
    **dict.fromkeys(("ally", "allies", "backer", "backers", "supporter", "supporters", "patron"), "backs"),
    **dict.fromkeys(("enemy", "enemies", "foe", "foes", "rival", "rivals", "opponent", "nemesis"), "rival"),
    **dict.fromkeys(("splinter", "breakaway", "dissident"), "split_from"),
}
"""The relation that a noun tells: "the wing of", "a splinter group of"."""
NO_RULERS = re.compile(
    r".*(?:al|ent|ant|ist|ista|ive|ous|ing|ed|ee|ian|ese|ic|ary|able|ible|ful|less|ern|er)|new|coup|puppet|death|unity",
)
"""Words before "government" that are no name of a ruler, where capitals do not tell."""
MEMBER = re.compile(r" an? (?:[\w-]+ ){0,3}member of ")
"""A person may be told of as one member of a group; lists of members are no parts."""
OF_RULE = frozenset(
    ("official", "officials", "secretary", "spokesman", "officers", "forces", "troops", "building", "buildings")
)
"""Words behind "government" with which it tells whose they are, not who leads."""


def find_relations(line: Line) -> Iterator[Draft]:
    """Yield the relations that a sentence tells: compounds, leaders by name, then verbs and nouns between parties."""
    found = [_tied(line, phrase) for phrase in line.phrases]
    found += [draft for phrase in line.phrases for draft in _pro(line, phrase)]
    atoms = atoms_of(line)
    leading = [_led(atoms, match) for _, match in matches("leaders", atoms.text)]
    owned = [draft for phrase in line.phrases if (draft := _owned(line, phrase)) is not None]
    tied = [_between(atoms, says, match) for says, match in matches("ties", atoms.text)]
    phrased = [_between(line, relation, match) for relation, match in matches("relations", line.text)]
    yield from (draft for draft in found if draft is not None)
    yield from apart(draft for draft in leading if draft is not None)
    yield from _distinct(draft for draft in (*tied, *owned, *phrased) if draft is not None)


def _distinct(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Yield drafts without those that lie over an earlier one; two that share no more than one party may stand."""
    taken: list[Draft] = []
    for draft in drafts:
        slots = {span for spans in draft.slots.values() for span in spans}
        if not any(_lies_over(draft, slots, one) for one in taken):
            taken.append(draft)
            yield draft


def _lies_over(draft: Draft, slots: set[tuple[int, int]], other: Draft) -> bool:
    start, end = max(draft.start, other.start), min(draft.end, other.end)
    return start < end and (start, end) not in slots


def _tied(line: Line, phrase: Phrase) -> Draft | None:
    if phrase.tie is None or phrase.tie.how not in TIES:
        return None
    # Of "the Northern-led coalition base" the coalition is led, not the base.
    ends = [stop for first, stop, sort in phrase.atoms if first >= phrase.tie.stop and sort in "AXN"]
    if not ends:
        return None
    relation = TIES[phrase.tie.how]
    owner = line.sentence.text[phrase.tie.start - line.sentence.start : phrase.tie.end - line.sentence.start]
    if phrase.tie.how in ("funded", "sponsored") and owner.lower() in ("state", "government"):
        # "the state-funded Northern Times" is paid for, not backed in a war.
        return None
    who, whom = (phrase.tie.start, phrase.tie.end), line.offsets(phrase.tie.stop, ends[-1])
    left, right = (whom, who) if relation == "affiliate" else (who, whom)
    return Draft("relation", {"relation": relation}, {"left": [left], "right": [right]})


def _owned(line: Line, phrase: Phrase) -> Draft | None:
    """Return what "the Northern Front's Red Brigade" tells: the second is part of the first."""
    names = [atom for atom in phrase.atoms if atom[2] in "AN" and line.sentence.words[atom[0]][0].isupper()]
    low = line.sentence.low
    for owner, part in pairwise(names):
        ends = low[owner[1] - 1].endswith("'s") or low[owner[1] : owner[1] + 1] in (["’"], ["'"])
        if (
            part[1] - part[0] > 1
            and owner[2] == "A"
            and ends
            and part[0] <= owner[1] + 1
            and phrase.sort == "A"
            and low[part[0]] not in sorts()
        ):
            slots = {"left": [line.offsets(part[0], phrase.stop)], "right": [line.offsets(*owner[:2])]}
            return Draft("relation", {"relation": "part_of"}, slots)
    return None


def _pro(line: Line, phrase: Phrase) -> Iterator[Draft]:
    """Yield what "pro-Northern fighters" tells."""
    for at in range(phrase.first, phrase.stop - 1):
        found = PRO.fullmatch(line.sentence.words[at].lower())
        if found and found["who"] not in NO_ACTORS and phrase.sort in "AN":
            start = line.sentence.starts[at]
            right = (start + found.start("who"), start + found.end("who"))
            whose = at + 2 < phrase.stop and line.sentence.low[at + 1] in SIDES
            if whose:
                # "pro-Northern government fighters" stand by the government.
                right = (right[0], line.sentence.ends[at + 1])
            slots = {"left": [line.offsets(at + 1 + whose, phrase.stop)], "right": [right]}
            yield Draft("relation", {"relation": "affiliate"}, slots)


def _led(atoms: Line, match: re.Match[str]) -> Draft | None:
    slots = {}
    leader = atoms.phrase(match["left"])
    if not atoms.sentence.words[leader.first][0].isupper() or atoms.sentence.low[leader.stop - 1] in sorts():
        return None
    whose = _ends(atoms, match["right"])
    if atoms.sentence.shouted and match["right"][0] == "N":
        # Where all is in capitals a name that nobody knows may be any word.
        return None
    if whose in NOT_LED or (whose.endswith("'s") and match.end("right") + 1 == match.start("left")):
        # Of "the leader of the North's Red Brigade" no name of a person is told.
        return None
    is_rule = not match["right"][1:].isdigit() and match.start("left") < match.start("right")
    if is_rule and not _is_ruler(atoms, leader):
        return None
    for name in ("left", "right"):
        mark = match[name]
        known = mark[0].isupper() and mark[1:].isdigit()
        slots[name] = [atoms.span(atoms.phrase(mark)) if known else atoms.words(match.start(name), match.end(name))]
    return Draft("relation", {"relation": "leads"}, slots)


def _is_ruler(atoms: Line, leader: Phrase) -> bool:
    """Say whether who stands before "government" leads it: "Hadi's government", no "IMPORTANT GOVERNMENT"."""
    low = atoms.sentence.low
    last = low[leader.stop - 1]
    if last.removesuffix("'s") in sorts() or set(low[leader.stop + 1 : leader.stop + 2]) & OF_RULE:
        return False
    if last.endswith("'s") or leader.sort == "A":
        return True
    if not atoms.sentence.shouted:
        return low[leader.stop] == "regime"
    return leader.stop - leader.first > 1 and not NO_RULERS.fullmatch(last)


def _ends(line: Line, mark: str) -> str:
    """Return the last word of what a mark stands for; a plain word is itself."""
    return line.sentence.low[line.phrase(mark).stop - 1] if mark[1:].isdigit() else mark


def _may_be(line: Line, relation: str, match: re.Match[str], left: Phrase, right: Phrase) -> bool:
    """Say whether two phrases can stand in a relation: members are no parts, a clash makes no rivals."""
    if line.sentence.shouted and "N" in (left.sort, right.sort):
        # Where all is in capitals a name that nobody knows may be any word.
        return False
    if relation == "part_of":
        return left.sort == "A" or MEMBER.search(match.group()) is not None
    if relation == "affiliate":
        return line.sentence.low[right.stop - 1] not in MEDIA
    if relation in ("backs", "backed_by") and "military" in (_only(line, left), _only(line, right)):
        return False
    clash = match.groupdict().get("clash")
    if relation == "rival" and match.group()[0] == "E":
        return _ends(line, match.group().split()[0]).startswith(STANDING[:5])
    if relation == "rival" and clash:
        return _ends(line, clash).startswith(STANDING)
    if relation in ("backs", "backed_by", "leads"):
        return any(
            one.sort in "TRXD" or _is_named(line, one) for one in ((right,) if relation == "leads" else (left, right))
        )
    return True


def _only(line: Line, phrase: Phrase) -> str:
    """Return the words of a phrase in lower case, without its article."""
    return " ".join(line.sentence.low[line.bare(phrase) : phrase.stop])


def _is_named(line: Line, phrase: Phrase) -> bool:
    """Say whether a phrase names somebody, more than "the group"; where all is in capitals anything may."""
    return any(word[0].isupper() for word in line.sentence.words[line.bare(phrase) : phrase.stop])


def _between(line: Line, relation: str, match: re.Match[str]) -> Draft | None:
    if relation == "by_noun":
        relation = _by_noun(line, line.phrase(match["noun"]))
    right = line.phrase(match["right"])
    if not relation or right.sort in "TR":
        return None
    if not match["left"][1:].isdigit():
        # "People linked to the Northern Front" are no party, and stand as words.
        slots = {"left": [line.words(match.start("left"), match.end("left"))], "right": [line.span(right)]}
        return Draft("relation", {"relation": relation}, slots)
    left = line.phrase(match["left"])
    if left == right or not _may_be(line, relation, match, left, right):
        return None
    if relation == "backed_by":
        relation, left, right = "backs", right, left
    slots = {"left": [line.span(left)], "right": [line.span(right)]}
    stands_for = {name: phrase for name, phrase in (("left", left), ("right", right)) if phrase.sort in "TR"}
    return Draft("relation", {"relation": relation}, slots, stands_for)


def _by_noun(line: Line, noun: Phrase) -> str:
    """Return the relation that a phrase's noun tells, nothing where it tells none."""
    words = line.sentence.low[noun.first : noun.stop]
    return next((NOUNS[word] for word in words if word in NOUNS), "")
