"""Phrases for people in a sentence: counted, vague, described, named or a pronoun. A chunker by word tables."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from marsad.extract.lexicon import harm_words, kinds_of, plurals, singulars, word_set, words_of
from marsad.extract.sentences import Sentence

Kind = Literal["counted", "vague", "described", "plural", "named", "pronoun", "number", "thing"]
DETERMINERS = word_set("mentions.determiners")
BEFORE_NUMBER = word_set("mentions.before_number")
VAGUE_WORDS = word_set("mentions.vague_words")
NOT_NAMES = word_set("mentions.not_names")
COMMON_WORDS = word_set("mentions.common_words")
AGE_UNITS = frozenset(("year", "years", "month", "months", "day", "days", "week", "weeks"))
NEVER_FIRST = frozenset(["of", "to", "than", "as", "not", "those", "that", "possibly"]) - {"as", "not"}
NOT_DESCRIBED = word_set("mentions.not_described")
AFTER_NUMBER = frozenset(["more", "other", "others", "of", "additional", "further", "newly"])
PARTICLES = word_set("mentions.particles")
PRONOUNS = frozenset(["he", "she", "they", "him", "them", "i", "we", "us"])
MAX_MODIFIERS = 8
LAST_PARTS = ("'s", "s'")


AGED = re.compile(r"\w+-(?:year|yr|month|week|day)s?-olds?")
AGE_WORD = re.compile(r"(?:\w+-)?(?:year|yr|month|week|day)s?")


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase for people: tokens `first` to `stop` (exclusive), its head token, and what kind of phrase it is."""

    first: int
    stop: int
    head: int
    kind: Kind
    possessive: bool = False


@cache
def stops() -> dict[str, str]:
    """Return the words that end a noun phrase, with their kind."""
    return kinds_of("stops")


@cache
def things() -> frozenset[str]:
    """Return the nouns for what can be counted and is not people."""
    return words_of("things")


@cache
def _harm_verbs() -> frozenset[str]:
    return frozenset(
        h.words[0]
        for group in harm_words().values()
        for h in group
        if len(h.words) == 1 and h.frame in {"past", "intr", "ing"}
    )


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


def noun_at(sentence: Sentence, at: int) -> str | None:
    """Return "singular" or "plural" when the token is a noun for a person, None otherwise."""
    if AGED.fullmatch(sentence.low[at]) or (
        sentence.low[at] == "old" and at and AGE_WORD.fullmatch(sentence.low[at - 1])
    ):
        return "plural" if sentence.low[at].endswith("s") else "singular"
    low = sentence.low[at].removesuffix("'s").removesuffix("'")
    for form in (low, low.rsplit("-", 1)[-1]):
        if form in plurals():
            return (
                "plural" if plurals()[form].singular != form or form in {"people", "troops", "police"} else "singular"
            )
        if form in singulars():
            return "singular"
    if at + 1 < len(sentence.low) and sentence.low[at] == "passers" and sentence.low[at + 1] == "by":
        return "plural"
    return None


def _mention_at(sentence: Sentence, at: int) -> Mention | None:
    low = sentence.low
    if _is_age(sentence, at) or low[at] in AGE_UNITS:
        return None
    if low[at] in PRONOUNS:
        return Mention(at, at + 1, at, "pronoun")
    number_at = _number_after(sentence, at)
    if number_at is not None:
        return _counted(sentence, at, number_at)
    if low[at] in VAGUE_WORDS or _is_number_of(sentence, at):
        return _vague(sentence, at)
    if low[at] in DETERMINERS:
        described = _described(sentence, at, at + 1)
        if (
            described is None
            and low[at] == "another"
            and (
                at + 1 >= len(low)
                or low[at + 1] in stops()
                or low[at + 1] in _harm_verbs()
                or not low[at + 1].isalpha()
            )
        ):
            return Mention(at, at + 1, at, "number")
        return described
    if low[at] in stops() or not sentence.words[at][0].isalnum():
        return None
    return _bare(sentence, at)


def _is_age(sentence: Sentence, at: int) -> bool:
    """Say whether a number is the age behind a name: "Omar Hadi, 35, was", "Omar Hadi (35)"."""
    if at not in sentence.numbers or at == 0:
        return False
    stop, number = sentence.numbers[at]
    if number.value > 110 or stop != at + 1:
        return False
    after = sentence.low[stop] if stop < len(sentence.low) else "."
    if sentence.low[at - 1] == "," and at > 1:
        named = (
            sentence.words[at - 2][0].isupper()
            or noun_at(sentence, at - 2) is not None
            or sentence.words[at - 2] in {".", ")", "”"}
        )
        return (
            named
            and after in {",", ".", "was", "and", ";", "has", "is", "were", "died", "(", ")"}
            and sentence.words[at].isdigit()
        )
    return sentence.low[at - 1] == "(" and after in AGE_UNITS | {")", ","} and at > 1 and _has_capital(sentence, at - 2)


def _has_capital(sentence: Sentence, at: int) -> bool:
    return any(letter.isupper() for letter in sentence.words[at])


def _number_after(sentence: Sentence, at: int) -> int | None:
    """Return where the number of a counted phrase that opens at `at` stands."""
    if at not in sentence.numbers and sentence.low[at] in NEVER_FIRST:
        return None
    for step in range(7):
        here = at + step
        if here >= len(sentence.low):
            return None
        if here in sentence.numbers:
            return here
        if sentence.low[here] not in BEFORE_NUMBER:
            return None
    return None


def _counted(sentence: Sentence, at: int, number_at: int) -> Mention | None:
    stop, _ = sentence.numbers[number_at]
    low = sentence.low
    if number_at and stop < len(low) and low[number_at - 1] == "(" and low[stop] == ")":
        stop += 1
    # A range: the second number closes it.
    if stop + 1 < len(low) and low[stop] in {"to", "-", "–", "—", "or", "and"}:
        follow = stop + 1
        while follow < len(low) and low[follow] in {"up", "to", "more", "than", "over"}:
            follow += 1
        ranged = low[stop] != "and" or "between" in low[at:number_at] or follow > stop + 1
        if (
            follow in sentence.numbers
            and ranged
            and sentence.numbers[follow][1].value > sentence.numbers[number_at][1].value
        ):
            stop = sentence.numbers[follow][0]
    head = _head(sentence, stop)
    if head is not None:
        return Mention(at, _extended(sentence, head), head, "counted", _is_possessive(sentence, head))
    if _is_year(sentence, number_at):
        return None
    unknown = _unknown_head(sentence, stop)
    if unknown is None:
        return Mention(at, _with_others(sentence, stop), stop - 1, "number")
    return Mention(at, unknown + 1, unknown, "thing")


def _is_year(sentence: Sentence, at: int) -> bool:
    """Say whether a bare number reads as a year ("in May 2017 killed …")."""
    return (
        sentence.words[at].isdigit()
        and len(sentence.words[at]) == 4
        and sentence.words[at][:2] in {"17", "18", "19", "20"}
    )


def _with_others(sentence: Sentence, stop: int) -> int:
    """Take in "of them", "others", "more" behind a number that stands alone."""
    low = sentence.low
    while stop < len(low) and low[stop] in {"others", "other", "more"}:
        stop += 1
    if stop + 1 < len(low) and low[stop] == "of" and low[stop + 1] in {"them", "whom", "those", "these"}:
        stop += 2
    return stop


def _unknown_head(sentence: Sentence, at: int) -> int | None:
    """Return the last token of the noun phrase of unknown nouns that follows a number, None when nothing does."""
    here, last = at, None
    while here < len(sentence.low) and here - at < MAX_MODIFIERS and _can_modify(sentence, here):
        if _is_participle(sentence.low[here]) and (last is not None or here == at):
            break
        last = here
        here += 1
    return last


def _vague(sentence: Sentence, at: int) -> Mention | None:
    low = sentence.low
    here = at
    if low[here] not in VAGUE_WORDS:
        here = at + low[at : at + 4].index("of")
    while here < len(low) and (
        low[here] in VAGUE_WORDS
        or low[here] in {"of", "the", "other", "more", "thousands", "dozen", "million", "thousand", "hundred"}
    ):
        here += 1
    if here < len(low) and low[here] in DETERMINERS:
        here += 1
    head = _head(sentence, here)
    if head is not None:
        return Mention(at, _extended(sentence, head), head, "vague", _is_possessive(sentence, head))
    unknown = _unknown_head(sentence, here)
    if unknown is not None:
        return Mention(at, unknown + 1, unknown, "thing")
    if low[at] in {"most", "some", "few", "various", "all"} and here == at + 1:
        return Mention(at, here, here - 1, "vague") if low[at] == "some" else None
    return Mention(at, here, here - 1, "vague")


def _is_number_of(sentence: Sentence, at: int) -> bool:
    low = sentence.low
    if low[at] not in {"a", "an", "large", "high", "unknown"}:
        return False
    part = low[at : at + 4]
    return (
        any(w in {"number", "numbers", "handful", "raft", "couple", "series", "group", "majority"} for w in part)
        and "of" in part
    )


def _described(sentence: Sentence, at: int, here: int) -> Mention | None:
    low = sentence.low
    if here < len(low) and low[here] in {"other", "others"}:
        here += 1
        if low[here - 1] == "others":
            return Mention(at, here, here - 1, "plural")
    head = _head(sentence, here)
    if head is None or (low[head] in NOT_DESCRIBED and not _has_victim(sentence, head)):
        return None
    plural = noun_at(sentence, head) == "plural"
    return Mention(
        at, _extended(sentence, head), head, "plural" if plural else "described", _is_possessive(sentence, head)
    )


def _has_victim(sentence: Sentence, head: int) -> bool:
    """Say whether a body is said to be somebody's ("the body of a man")."""
    low = sentence.low
    return low[head] in {"body", "bodies"} and head + 1 < len(low) and low[head + 1] == "of"


def _bare(sentence: Sentence, at: int) -> Mention | None:
    """A phrase without a determiner: bare plurals, headline singulars, and names."""
    head = _head(sentence, at)
    named = _name_stop(sentence, at)
    if head is not None and sentence.low[head] in NOT_DESCRIBED:
        head = None
    if head is not None and (named is None or head + 1 >= named):
        plural = noun_at(sentence, head) == "plural"
        stop = _extended(sentence, head)
        kind: Kind = (
            "plural" if plural else "named" if stop > head + 1 and sentence.words[at][0].isupper() else "described"
        )
        return Mention(at, stop, head, kind, _is_possessive(sentence, head))
    if named is None or _names_a_thing(sentence, named):
        return None
    return Mention(at, named, named - 1, "named", _is_possessive(sentence, named - 1))


def _names_a_thing(sentence: Sentence, stop: int) -> bool:
    """Say whether a common noun follows a capitalised run, which then says what kind of thing it is."""
    if sentence.shouted or stop >= len(sentence.low) or _ends_possessive(sentence.low[stop - 1]):
        return False
    word = sentence.words[stop]
    return (
        word.islower()
        and word.isalpha()
        and word not in stops()
        and word not in _harm_verbs()
        and not _is_participle(word)
        and not word.endswith("ly")
    )


def _name_stop(sentence: Sentence, at: int) -> int | None:
    """Return the end of a run of capitalised words that may be a person's name."""
    if not _is_name_word(sentence, at):
        return None
    here = at + 1
    while here < len(sentence.low):
        if _is_name_word(sentence, here) and not _ends_possessive(sentence.low[here - 1]):
            here += 1
        elif (
            sentence.low[here] in PARTICLES and here + 1 < len(sentence.low) and _is_name_word(sentence, here + 1)
        ) or (
            sentence.low[here] == "."
            and len(sentence.words[here - 1]) <= 2
            and here + 1 < len(sentence.low)
            and _is_name_word(sentence, here + 1)
        ):
            here += 2
        else:
            break
    return here


def _is_name_word(sentence: Sentence, at: int) -> bool:
    word = sentence.words[at]
    if sentence.low[at] in stops() or not word[0].isalpha() or sentence.low[at] in NOT_NAMES:
        return False
    if sentence.shouted:
        low = sentence.low[at]
        return (
            low.removesuffix("'s") not in _common()
            and not low.endswith(("ed", "ing", "ly", "tion", "tions", "ment", "ity"))
            and noun_at(sentence, at) is None
        )
    return word[0].isupper() or (
        "-" in word and word.split("-", 1)[1][:1].isupper() and len(word.split("-", 1)[0]) <= 3
    )


@cache
def _common() -> frozenset[str]:
    """Return words that are no part of a name, for text in upper case where capitals say nothing."""
    return things() | words_of("forces") | COMMON_WORDS


def _head(sentence: Sentence, at: int) -> int | None:
    """Return the last person noun of the phrase that opens at `at`; one that only modifies another does not count."""
    here, last = at, None
    while here < len(sentence.low) and here - at <= MAX_MODIFIERS:
        if sentence.low[here] == "(" and (closed := _bracket_end(sentence, here)):
            if last is not None and (closed >= len(sentence.low) or not noun_at(sentence, closed)):
                break
            here = closed
        if here >= len(sentence.low) or not _can_modify(sentence, here):
            break
        number = noun_at(sentence, here)
        if number is not None:
            last = here
            if _ends_possessive(sentence.low[here]) and not _more_nouns(sentence, here + 1):
                break
        elif last is not None:
            if not _only_modifies(sentence, last, here):
                break
            last = None
        here += 1
    return last


def _only_modifies(sentence: Sentence, noun: int, here: int) -> bool:
    """Say whether a person noun only says what kind of thing the next word is ("police station", "family home")."""
    if noun_at(sentence, noun) != "singular" or _is_participle(sentence.low[here]):
        return False
    return not sentence.words[here][0].isupper() and _thing_follows(sentence, here)


def _bracket_end(sentence: Sentence, at: int) -> int | None:
    """Return the token behind a short bracket ("Security Forces (SFs) personnel"), None when it is long."""
    part = sentence.low[at + 1 : at + 5]
    return at + 2 + part.index(")") if ")" in part else None


def _thing_follows(sentence: Sentence, at: int) -> bool:
    low = sentence.low[at]
    return low.isalpha() and not low.endswith("ly")


def _more_nouns(sentence: Sentence, at: int) -> bool:
    here = at
    while here < len(sentence.low) and here - at < 5 and _can_modify(sentence, here):
        if noun_at(sentence, here):
            return True
        here += 1
    return False


def _can_modify(sentence: Sentence, at: int) -> bool:
    word = sentence.low[at]
    if word in {
        "wounded",
        "injured",
        "dead",
        "missing",
        "displaced",
        "killed",
        "captured",
        "detained",
        "abducted",
        "leading",
    }:
        return at + 1 < len(sentence.low) and noun_at(sentence, at + 1) is not None and word not in {"killed"}
    if word in _harm_verbs():
        return False
    if word in stops():
        return word in {"north", "south", "east", "west"}
    if word in {"'", "’", "“", "”", '"', "‘"}:
        return at + 1 < len(sentence.low) and sentence.words[at + 1][0].isalpha()
    return word[0].isalnum() and at not in sentence.numbers


def _is_participle(word: str) -> bool:
    return len(word) > 4 and word.endswith(("ed", "ing")) and "-" not in word and word not in {"wounded", "injured"}


def _extended(sentence: Sentence, head: int) -> int:
    """Take the names behind a head into the phrase ("journalist Omar Hadi"), and the family it comes from."""
    low = sentence.low
    stop = head + 1
    if _ends_possessive(low[head]):
        return stop
    if noun_at(sentence, head) == "singular" and not sentence.shouted and not sentence.titled:
        here = stop
        if here < len(low) and low[here] == ",":
            here += 1
        if here < len(low) and _is_name_word(sentence, here) and (here == stop or _apposed(sentence, here)):
            stop = _name_stop(sentence, here) or stop
    if (
        stop + 1 < len(low)
        and low[stop] == "of"
        and low[head] in {"members", "member", "relatives", "relative", "residents", "bodies", "body"}
    ):
        stop = _of_phrase(sentence, stop + 1) or stop
    return stop


def _apposed(sentence: Sentence, at: int) -> bool:
    """Say whether the name behind a comma is closed by a comma, an end or an auxiliary: an apposition."""
    end = _name_stop(sentence, at)
    if end is None:
        return False
    return end >= len(sentence.low) or sentence.low[end] in {",", ".", "was", "were", "and", "(", "is", "died"}


def _of_phrase(sentence: Sentence, at: int) -> int | None:
    here = at
    while here < len(sentence.low) and here - at < 7:
        word = sentence.low[here]
        if word in stops() and word not in DETERMINERS:
            break
        if not sentence.words[here][0].isalnum():
            break
        here += 1
    return here if here > at else None


def _is_possessive(sentence: Sentence, head: int) -> bool:
    return _ends_possessive(sentence.low[head]) or (
        head + 1 < len(sentence.low)
        and sentence.low[head + 1] in {"'", "’"}
        and sentence.ends[head] == sentence.starts[head + 1]
    )


def _ends_possessive(word: str) -> bool:
    return word.endswith(("'s", "s'"))
