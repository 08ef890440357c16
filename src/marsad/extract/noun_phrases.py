"""How far a noun phrase for people goes: its head noun, the names behind it, and the family it comes from."""

import re

from marsad.extract.lexicon import word_set
from marsad.extract.proper_names import is_apposed, is_name_word, name_stop
from marsad.extract.sentences import Sentence
from marsad.extract.word_kinds import AGED, ends_possessive, harm_verbs, is_participle, noun_at, stops

DETERMINERS = word_set("noun_phrases.determiners")
HARMED = word_set("noun_phrases.harmed")
"""Participles of harm, and "leading": they may stand before the noun they describe."""
GROUPS_OF = frozenset(("members", "member", "relatives", "relative", "residents", "bodies", "body"))
COMPASS = frozenset(("north", "south", "east", "west"))
QUOTES = frozenset(("'", "’", "“", "”", '"', "‘"))
AGE_PART = re.compile(r"old|years?|months?|\d{1,2}(?:-(?:year|month))?|\w+-(?:year|month)")
MAX_MODIFIERS = 8
MAX_OF_PHRASE = 7


def head_of(sentence: Sentence, at: int) -> int | None:
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
            if ends_possessive(sentence.low[here]) and not _more_nouns(sentence, here + 1):
                break
        elif last is not None:
            if not _only_modifies(sentence, last, here):
                break
            last = None
        here += 1
    return last


def _only_modifies(sentence: Sentence, noun: int, here: int) -> bool:
    """Say whether a person noun only says what kind of thing the next word is ("police station", "family home")."""
    if noun_at(sentence, noun) != "singular" or is_participle(sentence.low[here]):
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
    """Say whether a token may stand in a noun phrase before its head, or be the head."""
    word = sentence.low[at]
    follows = at + 1 < len(sentence.low)
    if word in HARMED:
        return follows and noun_at(sentence, at + 1) is not None
    if word in harm_verbs():
        return False
    if word in stops():
        return word in COMPASS
    if word in QUOTES:
        return follows and sentence.words[at + 1][0].isalpha()
    return word[0].isalnum() and at not in sentence.numbers


def unknown_head(sentence: Sentence, at: int) -> int | None:
    """Return the last token of the noun phrase of unknown nouns that follows a number, None when nothing does."""
    here, last = at, None
    while here < len(sentence.low) and here - at < MAX_MODIFIERS and _can_modify(sentence, here):
        if is_participle(sentence.low[here]) and (last is not None or here == at):
            break
        last = here
        here += 1
    return last


def extended(sentence: Sentence, head: int) -> int:
    """Take the names behind a head into the phrase ("journalist Omar Hadi"), and the family it comes from."""
    low = sentence.low
    stop = head + 1
    if ends_possessive(low[head]):
        return stop
    if noun_at(sentence, head) == "singular" and not sentence.shouted and not sentence.titled:
        stop = _name_behind(sentence, stop) or stop
    if low[stop : stop + 1] == ["of"] and low[head] == "family" and stop + 1 in sentence.numbers:
        return sentence.numbers[stop + 1][0]
    if stop + 1 < len(low) and low[stop] == "of" and low[head] in GROUPS_OF:
        stop = _of_phrase(sentence, stop + 1) or stop
    return stop


def _name_behind(sentence: Sentence, at: int) -> int | None:
    """Return the end of a name that follows a head at once, or in an apposition behind a comma."""
    here = _behind_age(sentence, at + 1) if sentence.low[at : at + 1] == [","] else at
    if here < len(sentence.low) and is_name_word(sentence, here) and (here == at or is_apposed(sentence, here)):
        return name_stop(sentence, here)
    return None


def _behind_age(sentence: Sentence, at: int) -> int:
    """Step over an age in front of a name ("his son, 5-year-old Omar Hadi")."""
    here = at
    while here < len(sentence.low) and (AGED.fullmatch(sentence.low[here]) or AGE_PART.fullmatch(sentence.low[here])):
        here += 1
    return here if here + 1 < len(sentence.low) and here - at <= 3 else at


def _of_phrase(sentence: Sentence, at: int) -> int | None:
    here = at
    while here < len(sentence.low) and here - at < MAX_OF_PHRASE:
        word = sentence.low[here]
        if word in stops() and word not in DETERMINERS:
            break
        if not sentence.words[here][0].isalnum():
            break
        here += 1
    return here if here > at else None
