"""Lists of people: which phrases "and" and commas join, and which of them are told of apart."""

from marsad.extract.clause import INCLUDING, PREPOSITIONS, Clause, is_claimed, word_before
from marsad.extract.lexicon import word_set
from marsad.extract.mentions import Mention
from marsad.extract.people import status_of

BEFORE_OWN_HARM = word_set("coordination.before_own_harm")
LISTED = (["and"], [","], [",", "and"])
JOINED = (*LISTED, ["&"])
OTHERS = frozenset(("other", "others"))
JOINED_ON = (*JOINED, ["as", "well", "as"])


def coordinated(clause: Clause, mention: Mention) -> tuple[int, int]:
    """Join the mentions that "and" ties to this one with no harm word of their own: "two men and a woman"."""
    stop = mention.stop
    for other in clause.mentions:
        if other.first < stop:
            continue
        if not follows_in_list(clause, stop, other, JOINED_ON) or other.kind in {"pronoun", "number", "thing"}:
            break
        if _other_side(clause, mention, other) or _is_name_of(clause, mention, stop, other):
            break
        stop = other.stop
    return _joined_before(clause, mention), stop


def is_person_named(clause: Clause, mention: Mention) -> bool:
    """Say whether a phrase holds a person's name, in a sentence whose capitals tell."""
    sentence = clause.sentence
    if mention.kind not in {"named", "described"} or sentence.shouted or sentence.titled:
        return False
    return sentence.words[mention.stop - 1][0].isupper()


def _is_name_of(clause: Clause, mention: Mention, stop: int, other: Mention) -> bool:
    """Say whether the second phrase names one of those counted by the first ("two men, Omar Hadi and Ali Said")."""
    sentence = clause.sentence
    if mention.kind != "counted" or sentence.low[stop : other.first] != [","] or sentence.shouted or sentence.titled:
        return False
    counted = sentence.numbers.get(mention.first)
    last = sentence.words[other.stop - 1]
    return counted is not None and counted[1].value > 1 and last[0].isupper() and other.kind in {"named", "described"}


def follows_in_list(clause: Clause, stop: int, other: Mention, joins: tuple[list[str], ...]) -> bool:
    """Say whether a list that has come to token `stop` goes on with a mention that no harm word of its own claims."""
    gap = clause.sentence.low[stop : other.first]
    if gap not in joins or _has_own_harm(clause, other):
        return False
    return gap != [","] or _list_goes_on(clause, other) or is_others(clause, other)


def is_others(clause: Clause, mention: Mention) -> bool:
    """Say whether a phrase counts people beside those just told ("pastor, two others")."""
    return mention.kind == "counted" and not OTHERS.isdisjoint(clause.sentence.low[mention.first : mention.stop])


def _joined_before(clause: Clause, mention: Mention) -> int:
    """Return where the list that ends in this mention begins: "two men and" a woman."""
    first = mention.first
    if mention.kind == "named":
        return _pair_of_names(clause, mention)
    if mention.kind in {"pronoun", "number", "thing"}:
        return first
    for other in reversed(clause.mentions):
        if other.stop > first or other.kind in {"pronoun", "thing"}:
            continue
        gap = clause.sentence.low[other.stop : first]
        lone_comma = gap == [","] and first == mention.first and not is_others(clause, mention)
        if gap not in JOINED or lone_comma or not _may_open(clause, other):
            break
        if _other_side(clause, mention, other):
            break
        first = other.first
    return first


def _pair_of_names(clause: Clause, mention: Mention) -> int:
    """Return where two names begin that "and" alone joins ("Omar Hadi and Ali Badr were killed")."""
    low = clause.sentence.low
    other = next((m for m in clause.mentions if low[m.stop : mention.first] == ["and"]), None)
    if other is None or not (is_person_named(clause, other) and is_person_named(clause, mention)):
        return mention.first
    before = word_before(clause, other.first)
    return mention.first if before in PREPOSITIONS | INCLUDING | {",", "and"} else other.first


def _may_open(clause: Clause, other: Mention) -> bool:
    """Say whether a mention can be an earlier group of a list: no name, no bare number, nothing claimed or hung on."""
    if other.kind in {"number", "named"} or is_claimed(clause, other.first, other.stop):
        return False
    return word_before(clause, other.first) not in PREPOSITIONS | INCLUDING


def _other_side(clause: Clause, one: Mention, other: Mention) -> bool:
    """Say whether two groups of a list are told apart: each counted, one armed and one not."""
    if "counted" not in {one.kind, other.kind}:
        return False
    sides = {status_of(clause.sentence.quote(m.first, m.stop)) for m in (one, other)}
    if sides == {"combatant"} and one.kind == other.kind == "counted":
        # Two armed groups with a number each are mostly the two sides of a fight.
        return "other" not in clause.sentence.low[other.first : other.stop]
    return len(sides) == 2 and "combatant" in sides


def _has_own_harm(clause: Clause, other: Mention) -> bool:
    """Say whether a coordinated mention is told of by a harm word behind it ("and five others were injured")."""
    low = clause.sentence.low
    starts = {t.first for t in clause.triggers}
    for here in range(other.stop, min(len(low), other.stop + 5)):
        if here in starts:
            return True
        if low[here] not in BEFORE_OWN_HARM:
            return False
    return False


def _list_goes_on(clause: Clause, other: Mention) -> bool:
    low = clause.sentence.low
    tail = low[other.stop : other.stop + 2]
    return bool(tail) and (tail[0] == "and" or tail == [",", "and"])
