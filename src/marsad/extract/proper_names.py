"""Runs of capitalised words that may be a person's name: where one ends, and what shows that it names a thing."""

from functools import cache

from marsad.extract.lexicon import word_set, words_of
from marsad.extract.sentences import Sentence
from marsad.extract.word_kinds import ends_possessive, harm_verbs, is_participle, noun_at, stops, things

NOT_NAMES = word_set("proper_names.not_names")
COMMON_WORDS = word_set("proper_names.common_words")
PARTICLES = word_set("proper_names.particles")
AFTER_APPOSITION = frozenset((",", ".", "was", "were", "and", "(", "is", "died"))
NOT_NAME_ENDINGS = ("ed", "ing", "ly", "tion", "tions", "ment", "ity")


def name_stop(sentence: Sentence, at: int) -> int | None:
    """Return the end of a run of capitalised words that may be a person's name."""
    if not is_name_word(sentence, at):
        return None
    here = at + 1
    while here < len(sentence.low):
        if is_name_word(sentence, here) and not ends_possessive(sentence.low[here - 1]):
            here += 1
        elif _joins_names(sentence, here) and here + 1 < len(sentence.low) and is_name_word(sentence, here + 1):
            here += 2
        else:
            break
    return here


def _joins_names(sentence: Sentence, at: int) -> bool:
    """Say whether a token may stand inside a name: a particle, or the full stop of an initial."""
    return sentence.low[at] in PARTICLES or (sentence.low[at] == "." and len(sentence.words[at - 1]) <= 2)


def is_name_word(sentence: Sentence, at: int) -> bool:
    """Say whether a token may be part of a name by its capitals, or by its form where all is in capitals."""
    word, low = sentence.words[at], sentence.low[at]
    if low in stops() or not word[0].isalpha() or low in NOT_NAMES:
        return False
    if sentence.shouted:
        common = low.removesuffix("'s") in _common() or low.endswith(NOT_NAME_ENDINGS)
        return not common and noun_at(sentence, at) is None
    article, hyphen, name = word.partition("-")
    return word[0].isupper() or (bool(hyphen) and name[:1].isupper() and len(article) <= 3)


@cache
def _common() -> frozenset[str]:
    """Return words that are no part of a name, for text in upper case where capitals say nothing."""
    return things() | words_of("forces") | COMMON_WORDS


def names_a_thing(sentence: Sentence, stop: int) -> bool:
    """Say whether a common noun follows a capitalised run, which then says what kind of thing it is."""
    if sentence.shouted or stop >= len(sentence.low) or ends_possessive(sentence.low[stop - 1]):
        return False
    word = sentence.words[stop]
    return (
        word.islower()
        and word.isalpha()
        and word not in stops()
        and word not in harm_verbs()
        and not is_participle(word)
        and not word.endswith("ly")
    )


def is_apposed(sentence: Sentence, at: int) -> bool:
    """Say whether the name behind a comma is closed by a comma, an end or an auxiliary: an apposition."""
    end = name_stop(sentence, at)
    return end is not None and (end >= len(sentence.low) or sentence.low[end] in AFTER_APPOSITION)
