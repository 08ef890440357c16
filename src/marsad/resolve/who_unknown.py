"""Provisional entries: a group that the registry lacks keeps an id of its own, made of its folded name."""

import re
from collections.abc import Sequence

from marsad.model import ActorRef
from marsad.resolve.who_lexicon import (
    ARTICLES_OF_COURSE,
    FORCE_NOUNS,
    NAMING_NOUNS,
    OFFICE_WORDS,
    PERSON_NOUNS,
    STATE_HEADS,
    word_set,
)
from marsad.resolve.who_states import states_in
from marsad.resolve.who_words import Word, folded, words_of

PREFIX = "x-"
SHORT = re.compile(r"[(\[]\s*([A-Z][A-Z0-9/-]{1,9})\s*[)\]]")
EDITORS = frozenset({"TEXT", "EXCERPT", "EXCERPTS", "REPORT", "REPORTER", "PASSAGE", "SIC", "RECORDING", "UPDATE"})
"""What editors of wires put in brackets."""
SENTENCE_START = '.!?:\n"“”‘•'
PLAIN = word_set(
    "christians muslims hindus buddhists jews sunnis shiites alawites arabs kurds islamists "
    "suspected alleged armed several some unknown unidentified two three four five six seven eight nine ten a an"
    " other many both young masked hooded islamic islamist muslim christian jewish hindu arab kurdish sunni shiite"
    " shia jihadi black white local rival angry heavily members member of and or in from by to with on at for"
    " extremist rebel maoist communist leftist rightist marxist ethnic left right wing state street drug pro anti"
    " new former dissident criminal militant foreign urban rural paid hired tribal western eastern northern"
    " southern central north south east west islam god another more than about least up joint combined group"
)


def provisional(text: str, words: Sequence[Word], report_text: str, shouted: bool) -> ActorRef | None:
    """Make the entry of an unknown group, when the words give it a name of its own and call it a group; else None."""
    short = SHORT.search(text)
    if short and short[1] not in EDITORS and any(w.key in NAMING_NOUNS for w in words):
        name = text[: short.start()].strip() or short[1]
        return ActorRef(PREFIX + folded(short[1]).replace(" ", "-"), trimmed(name))
    if shouted or not any(w.key in NAMING_NOUNS for w in words) or is_headline(report_text):
        return None
    run = proper_run(text, words, report_text)
    if not run or not names_group(words, run):
        return None
    name = text[run[0].start : run[-1].end]
    return ActorRef(PREFIX + folded(name).replace(" ", "-"), name)


def names_group(words: Sequence[Word], run: Sequence[Word]) -> bool:
    """Tell whether a name is a group's and not a member's: 'Sand River bandits', 'fighters of the Sand River'."""
    first, last = words.index(run[0]), words.index(run[-1])
    before = {w.key for w in words[max(0, first - 3) : first]}
    after = words[last + 1].key if last + 1 < len(words) else ""
    return after in NAMING_NOUNS or bool(before & {"of", "called", "named", "group", "faction", "movement", "gang"})


def is_headline(text: str) -> bool:
    """Tell whether a text gives capitals to most of its words, where a capital names nothing."""
    long = [w.raw[:1].isupper() for w in words_of(text[:300]) if len(w.raw) > 3]
    return len(text) < 300 and len(long) > 3 and sum(long) > 0.7 * len(long)


def trimmed(name: str) -> str:
    """Take the article off a name."""
    return re.sub(r"(?i)^(?:the|a|an)\s+", "", name)


def proper_run(text: str, words: Sequence[Word], report_text: str) -> list[Word]:
    """Give the first run of capitalized words that is no country, office or common noun."""
    lands = {n for s in states_in(words) for n in range(s.first, s.last)}
    run: list[Word] = []
    for n, word in enumerate(words):
        if is_proper(word) and n not in lands and not (n == 0 and opens_sentence(text, report_text)):
            run.append(word)
        elif run and not (word.key in {"of", "the", "al", "de"} and n + 1 < len(words) and is_proper(words[n + 1])):
            break
        elif run:
            run.append(word)
    return run


COMMON = PLAIN | NAMING_NOUNS | PERSON_NOUNS | STATE_HEADS | OFFICE_WORDS | FORCE_NOUNS | ARTICLES_OF_COURSE


def is_proper(word: Word) -> bool:
    """Tell whether a word is written as a name and is none of the common words for people and forces."""
    return word.raw[:1].isupper() and len(word.key) > 1 and word.key not in COMMON


def opens_sentence(text: str, report_text: str) -> bool:
    """Tell whether the mention stands at the start of a sentence, where a capital says nothing."""
    if not report_text or report_text == text:
        # A mention by itself is no sentence.
        return False
    at = report_text.find(text)
    before = report_text[:at].rstrip(" ") if at >= 0 else ""
    return at < 0 or not before or before[-1] in SENTENCE_START
