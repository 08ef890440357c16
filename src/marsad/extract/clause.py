"""One sentence with its phrases for people and its harm words, and the claims found in it so far."""

from dataclasses import dataclass, field

from marsad.extract.lexicon import word_set
from marsad.extract.mentions import Mention
from marsad.extract.sentences import Sentence
from marsad.extract.triggers import Trigger
from marsad.vocabulary import Harm

PREPOSITIONS = word_set("clause.prepositions")
INCLUDING = frozenset(("including", "among", "amongst", "included", "includes"))
NUMBERED = frozenset(("counted", "number", "vague"))
"""Kinds of phrases that say how many."""


@dataclass(frozen=True, slots=True)
class Found:
    """One claim in the rough: the tokens of its words, its harm, the harm word, and which pattern found it."""

    first: int
    stop: int
    harm: Harm
    trigger: Trigger | None
    pattern: str
    kind: str


@dataclass(slots=True)
class Clause:
    """A sentence with its mentions and harm words, and what was found in it so far."""

    sentence: Sentence
    mentions: list[Mention]
    triggers: list[Trigger]
    found: list[Found] = field(default_factory=list)
    one_before: Harm | None = None
    """The harm of the claim before this sentence, if that was of one person."""


def is_claimed(clause: Clause, first: int, stop: int) -> bool:
    """Say whether a claim already holds one of the tokens `first` to `stop` (exclusive)."""
    return any(f.first < stop and first < f.stop for f in clause.found)


def word_before(clause: Clause, at: int) -> str:
    """Return the word in front of token `at` in lower case, nothing at the start of the sentence."""
    return clause.sentence.low[at - 1] if at else ""


def mention_around(clause: Clause, at: int) -> Mention | None:
    """Return the mention that holds token `at` behind its first one."""
    return next((m for m in clause.mentions if m.first < at < m.stop), None)


def mention_opening(clause: Clause, first: int, last: int) -> Mention | None:
    """Return the first mention that opens at one of the tokens `first` to `last` (inclusive)."""
    return next((m for m in clause.mentions if first <= m.first <= last), None)
