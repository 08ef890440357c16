"""Phrases for people in a sentence: counted, vague, described, named or a pronoun. A chunker by word tables."""

from dataclasses import dataclass
from typing import Literal

from marsad.extract.lexicon import word_set
from marsad.extract.noun_phrases import DETERMINERS, extended, head_of, unknown_head
from marsad.extract.proper_names import name_stop, names_a_thing
from marsad.extract.sentences import Sentence
from marsad.extract.word_kinds import (
    AGE_UNITS,
    harm_verbs,
    is_age,
    is_day_of_month,
    is_possessive,
    is_year,
    noun_at,
    stops,
)

Kind = Literal["counted", "vague", "described", "plural", "named", "pronoun", "number", "thing"]
BEFORE_NUMBER = word_set("mentions.before_number")
VAGUE_WORDS = word_set("mentions.vague_words")
NEVER_FIRST = frozenset(("of", "to", "than", "those", "that", "possibly"))
NOT_DESCRIBED = word_set("mentions.not_described")
PRONOUNS = frozenset(["he", "she", "they", "him", "them", "i", "we", "us"])
NUMBER_NOUNS = word_set("mentions.number_nouns")
INSIDE_VAGUE = word_set("mentions.inside_vague")
RANGE_JOINS = frozenset(("to", "-", "–", "—", "or", "and"))
RANGE_OPENS = frozenset(("up", "to", "more", "than", "over"))
MAX_BEFORE_NUMBER = 6


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase for people: tokens `first` to `stop` (exclusive), its head token, and what kind of phrase it is."""

    first: int
    stop: int
    head: int
    kind: Kind
    possessive: bool = False


def find_mentions(sentence: Sentence) -> list[Mention]:
    """Return the phrases for people in a sentence, in order and without overlap."""
    found: list[Mention] = []
    at = 0
    while at < len(sentence.low):
        mention = _mention_at(sentence, at)
        if mention is None:
            at += 1
            continue
        found.append(mention)
        at = mention.stop
    return found


def _mention_at(sentence: Sentence, at: int) -> Mention | None:
    low = sentence.low
    if is_age(sentence, at) or low[at] in AGE_UNITS or low[at] == "old" or is_day_of_month(sentence, at, surely=True):
        return None
    if low[at] in PRONOUNS:
        return Mention(at, at + 1, at, "pronoun")
    number_at = _number_after(sentence, at)
    if number_at is not None:
        return _counted(sentence, at, number_at)
    if low[at] in VAGUE_WORDS or _is_number_of(sentence, at):
        return _vague(sentence, at)
    if low[at] in DETERMINERS:
        return _described(sentence, at, at + 1) or _alone(sentence, at)
    if low[at] in stops() or not sentence.words[at][0].isalnum():
        return None
    return _bare(sentence, at)


def _alone(sentence: Sentence, at: int) -> Mention | None:
    """Read "another" and "her" that stand for a person by themselves."""
    low = sentence.low
    follows = low[at + 1] if at + 1 < len(low) else ""
    if low[at] not in {"another", "her"} or not (
        follows in stops() or follows in harm_verbs() or not follows.isalpha()
    ):
        return None
    return Mention(at, at + 1, at, "number" if low[at] == "another" else "pronoun")


def _number_after(sentence: Sentence, at: int) -> int | None:
    """Return where the number of a counted phrase that opens at `at` stands."""
    if at not in sentence.numbers and (sentence.low[at] in NEVER_FIRST or _is_place_of_number(sentence.low, at)):
        return None
    for step in range(MAX_BEFORE_NUMBER + 1):
        here = at + step
        if here >= len(sentence.low):
            return None
        if here in sentence.numbers:
            return here
        if sentence.low[here] not in BEFORE_NUMBER:
            return None
    return None


def _is_place_of_number(low: list[str], at: int) -> bool:
    """Say whether "at" is no part of "at least 14" ("the toll stood at 14")."""
    return low[at] == "at" and low[at + 1 : at + 2] not in (["least"], ["most"], ["the"])


def _counted(sentence: Sentence, at: int, number_at: int) -> Mention | None:
    stop = _range_stop(sentence, at, number_at)
    head = head_of(sentence, stop)
    if head is not None:
        return Mention(at, extended(sentence, head), head, "counted", is_possessive(sentence, head))
    if is_year(sentence, number_at) or is_day_of_month(sentence, number_at):
        return None
    unknown = unknown_head(sentence, stop)
    if unknown is None:
        return Mention(at, _with_others(sentence, stop), stop - 1, "number")
    return Mention(at, unknown + 1, unknown, "thing")


def _range_stop(sentence: Sentence, at: int, number_at: int) -> int:
    """Return where the number at `number_at` ends: behind its bracket, and behind the second number of a range."""
    stop, number = sentence.numbers[number_at]
    low = sentence.low
    if number_at and stop < len(low) and low[number_at - 1] == "(" and low[stop] == ")":
        stop += 1
    if stop + 1 >= len(low) or low[stop] not in RANGE_JOINS:
        return stop
    follow = stop + 1
    while follow < len(low) and low[follow] in RANGE_OPENS:
        follow += 1
    ranged = low[stop] != "and" or "between" in low[at:number_at] or follow > stop + 1
    if follow in sentence.numbers and ranged and sentence.numbers[follow][1].value > number.value:
        return sentence.numbers[follow][0]
    return stop


def _with_others(sentence: Sentence, stop: int) -> int:
    """Take in "of them", "others", "more" behind a number that stands alone."""
    low = sentence.low
    while stop < len(low) and low[stop] in {"others", "other", "more"}:
        stop += 1
    if stop + 1 < len(low) and low[stop] == "of" and low[stop + 1] in {"them", "whom", "those", "these"}:
        stop += 2
    return stop


def _vague(sentence: Sentence, at: int) -> Mention | None:
    low = sentence.low
    here = _vague_stop(sentence, at)
    head = head_of(sentence, here)
    if head is not None:
        return Mention(at, extended(sentence, head), head, "vague", is_possessive(sentence, head))
    unknown = unknown_head(sentence, here)
    if unknown is not None:
        return Mention(at, unknown + 1, unknown, "thing")
    if here == at + 1 and low[at] in {"most", "few", "various", "all"}:
        return None
    return Mention(at, here, here - 1, "vague")


def _vague_stop(sentence: Sentence, at: int) -> int:
    """Return where the vague words end that open at `at`, "of the" taken in."""
    low = sentence.low
    here = at if low[at] in VAGUE_WORDS else at + low[at : at + 4].index("of")
    while here < len(low) and (low[here] in VAGUE_WORDS or low[here] in INSIDE_VAGUE):
        here += 1
    return here + 1 if here < len(low) and low[here] in DETERMINERS else here


def _is_number_of(sentence: Sentence, at: int) -> bool:
    """Say whether "a number of", "a large group of" opens here."""
    part = sentence.low[at : at + 4]
    opens = part[0] in {"a", "an", "large", "high", "unknown"}
    return opens and "of" in part and not NUMBER_NOUNS.isdisjoint(part)


def _described(sentence: Sentence, at: int, here: int) -> Mention | None:
    low = sentence.low
    if here < len(low) and low[here] in {"other", "others"}:
        here += 1
        if low[here - 1] == "others":
            return Mention(at, here, here - 1, "plural")
    head = head_of(sentence, here)
    if head is None or (low[head] in NOT_DESCRIBED and not _has_victim(sentence, head)):
        return None
    plural = noun_at(sentence, head) == "plural"
    kind: Kind = "plural" if plural else "described"
    return Mention(at, extended(sentence, head), head, kind, is_possessive(sentence, head))


def _has_victim(sentence: Sentence, head: int) -> bool:
    """Say whether a body is said to be somebody's ("the body of a man")."""
    low = sentence.low
    return low[head] in {"body", "bodies"} and head + 1 < len(low) and low[head + 1] == "of"


def _bare(sentence: Sentence, at: int) -> Mention | None:
    """A phrase without a determiner: bare plurals, headline singulars, and names."""
    head = head_of(sentence, at)
    named = name_stop(sentence, at)
    if head is not None and sentence.low[head] not in NOT_DESCRIBED and (named is None or head + 1 >= named):
        stop = extended(sentence, head)
        kind = _bare_kind(sentence, at, head, stop)
        return Mention(at, stop, head, kind, is_possessive(sentence, head))
    if named is None or names_a_thing(sentence, named):
        return None
    return Mention(at, named, named - 1, "named", is_possessive(sentence, named - 1))


def _bare_kind(sentence: Sentence, at: int, head: int, stop: int) -> Kind:
    if noun_at(sentence, head) == "plural":
        return "plural"
    return "named" if stop > head + 1 and sentence.words[at][0].isupper() else "described"
