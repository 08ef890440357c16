"""What a single word of a sentence is: a noun for a person, a thing, a verb of harm, an age, a year, a possessive."""

import re
from functools import cache
from typing import Literal

from marsad.extract.lexicon import harm_words, kinds_of, plurals, singulars, word_set, words_of
from marsad.extract.sentences import Sentence

Grammatical = Literal["singular", "plural"]
AGE_UNITS = frozenset(("year", "years", "month", "months", "day", "days", "week", "weeks"))
AGED = re.compile(r"\w+-(?:year|yr|month|week|day)s?-olds?")
AGE_WORD = re.compile(r"(?:\w+-)?(?:year|yr|month|week|day)s?")
OLDEST = 110
LAST_OF_MONTH = 31
BEFORE_DATE = frozenset(("on", "since", "until", "by", "from", "till"))
MONTHS = word_set("word_kinds.months")
AFTER_AGE = word_set("word_kinds.after_age")
COLLECTIVE = frozenset(("people", "troops", "police"))
"""Plural nouns without a singular of their own."""
CENTURIES = frozenset(("17", "18", "19", "20"))


@cache
def stops() -> dict[str, str]:
    """Return the words that end a noun phrase, with their kind."""
    return kinds_of("stops")


@cache
def things() -> frozenset[str]:
    """Return the nouns for what can be counted and is not people."""
    return words_of("things")


@cache
def harm_verbs() -> frozenset[str]:
    """Return the single words that tell of harm as verbs."""
    return frozenset(
        h.words[0]
        for group in harm_words().values()
        for h in group
        if len(h.words) == 1 and h.frame in {"past", "intr", "ing"}
    )


def noun_at(sentence: Sentence, at: int) -> Grammatical | None:
    """Return "singular" or "plural" when the token is a noun for a person, None otherwise."""
    word = sentence.low[at]
    if AGED.fullmatch(word) or (word == "old" and at and AGE_WORD.fullmatch(sentence.low[at - 1])):
        return "plural" if word.endswith("s") else "singular"
    low = word.removesuffix("'s").removesuffix("'")
    for form in (low, low.rsplit("-", 1)[-1]):
        if form in plurals():
            return "plural" if plurals()[form].singular != form or form in COLLECTIVE else "singular"
        if form in singulars():
            return "singular"
    return "plural" if sentence.low[at : at + 2] == ["passers", "by"] else None


def is_age(sentence: Sentence, at: int) -> bool:
    """Say whether a number is the age behind a name: "Omar Hadi, 35, was", "Omar Hadi (35)"."""
    if at not in sentence.numbers or at < 2:
        return False
    stop, number = sentence.numbers[at]
    if number.value > OLDEST or stop != at + 1:
        return False
    if _follows_ages(sentence.low, at) or _is_age_in_words(sentence, at, stop):
        return True
    after = sentence.low[stop] if stop < len(sentence.low) else "."
    if sentence.low[at - 1] == ",":
        return after in AFTER_AGE and sentence.words[at].isdigit() and _may_end_a_name(sentence, at - 2)
    return sentence.low[at - 1] == "(" and after in AGE_UNITS | {")", ","} and _has_capital(sentence, at - 2)


def _is_age_in_words(sentence: Sentence, at: int, stop: int) -> bool:
    """Say whether a number is told of the name before it ("Omar Hadi, four years old, and"), not of one behind it."""
    if sentence.low[at - 1] not in {",", "("} or sentence.low[stop : stop + 1] == [] or stop + 1 >= len(sentence.low):
        return False
    old = sentence.low[stop] in AGE_UNITS and sentence.low[stop + 1] == "old"
    return old and (stop + 2 >= len(sentence.low) or not sentence.words[stop + 2][0].isupper())


def _follows_ages(low: list[str], at: int) -> bool:
    """Say whether a number stands in a row of ages ("ages 3 and 5", "aged 6, 9 and 14")."""
    here = at - 1
    while here > 0 and (low[here] in {",", "and", "or", "to", "-", "–"} or low[here].isdigit()):
        here -= 1
    return low[here] in {"aged", "ages", "age"}


def _may_end_a_name(sentence: Sentence, at: int) -> bool:
    word = sentence.words[at]
    return word[0].isupper() or noun_at(sentence, at) is not None or word in {".", ")", "”"}


def _has_capital(sentence: Sentence, at: int) -> bool:
    return any(letter.isupper() for letter in sentence.words[at])


def is_year(sentence: Sentence, at: int) -> bool:
    """Say whether a bare number reads as a year ("in May 2017 killed …")."""
    word = sentence.words[at]
    return word.isdigit() and len(word) == 4 and word[:2] in CENTURIES


def is_day_of_month(sentence: Sentence, at: int, *, surely: bool = False) -> bool:
    """Say whether a number is a day behind a month; `surely`: whatever follows ("on Oct. 26 gunmen killed …")."""
    before = at - 2 if at > 1 and sentence.low[at - 1] == "." else at - 1
    day = sentence.words[at].isdigit() and int(sentence.words[at]) <= LAST_OF_MONTH
    if day and sentence.low[at + 1 : at + 2] and sentence.low[at + 1] in MONTHS - {"may"}:
        return True
    if not day or before < 0 or sentence.low[before] not in MONTHS:
        return False
    return not surely or (before > 0 and sentence.low[before - 1] in BEFORE_DATE)


def is_participle(word: str) -> bool:
    """Say whether a word ends like a participle and is not one that describes people."""
    return len(word) > 4 and word.endswith(("ed", "ing")) and "-" not in word and word not in {"wounded", "injured"}


def ends_possessive(word: str) -> bool:
    """Say whether a word carries its possessive ending: "Omar's", "rebels'"."""
    return word.endswith(("'s", "s'"))


def is_possessive(sentence: Sentence, at: int) -> bool:
    """Say whether a token is in the possessive, its apostrophe within it or right behind it."""
    return ends_possessive(sentence.low[at]) or (
        at + 1 < len(sentence.low)
        and sentence.low[at + 1] in {"'", "’"}
        and sentence.ends[at] == sentence.starts[at + 1]
    )
