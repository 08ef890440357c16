"""What a statement may be told of: the names and noun phrases of a sentence, and the words for agreements in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from marsad.extract.statements.phrases import Line, Phrase

SORTS = "APXNDETRLGFHKZ"
"""The letters of phrases and atoms (phrases.py), K for the first half of a compound, Z for a word of agreements."""
COMPOUND, DEAL = "K", "Z"
MOST = 60
"""Candidates of one sentence: pairs are as many as its square, and a longer list is a table."""
DEALS = re.compile(
    r"\b(?:(?:cease|hold)[- ]?fires?|truces?|armistices?|cessation|halt|pause|peace|accords?|agreements?|agreed?|deals?"
    r"|pacts?|treat(?:y|ies)|talks?|negotiat\w*|dialogues?|settlements?|understanding|memorandum|road ?map"
    r"|conversations|(?:buffer|safe) zones?|demilitari[sz]\w+|de-?escalation|withdr[ae]w\w*|pull\w*[- ]?out"
    r"|pull(?:ed|ing)? back|exchanged?|exchanges|swap\w*|releas\w+|evacuat\w*|disarm\w*|demobili[sz]\w*|surrender\w*"
    r"|reconciliation|mediat\w+|initiatives?|proposals?|summit|meetings?|conference|resolution|lay(?:ing)? down"
    r"|hostilities|corridors?|amnesty|plan|process|protocol|commitments?|compromise)\b",
    re.IGNORECASE,
)
"""Words that an agreement can be told by; most of them mostly tell of none."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of words of a line by its offsets in the report's text; `phrase` is the phrase whose words they are."""

    start: int
    end: int
    sort: str
    phrase: Phrase | None = None

    def overlap(self, start: int, end: int) -> int:
        """Return how many characters it shares with a span; 0 or less where none."""
        return min(self.end, end) - max(self.start, start)

    def meets(self, other: "Candidate") -> bool:
        """Say whether two share words."""
        return self.overlap(other.start, other.end) > 0


def candidates_of(line: Line) -> list[Candidate]:
    """Return what a line's statements may be told of, in order of place, each run of words once."""
    found: dict[tuple[int, int], Candidate] = {}
    for one in (*_phrases(line), *_deals(line)):
        if one.start < one.end and (one.sort == DEAL or (one.start, one.end) not in found):
            found[one.start, one.end] = one
    return [found[key] for key in sorted(found)][:MOST]


def _phrases(line: Line) -> Iterator[Candidate]:
    for phrase in line.phrases:
        yield Candidate(*line.span(phrase), phrase.sort, phrase)
        for first, stop, sort in phrase.atoms:
            start, end = line.offsets(first, stop)
            yield Candidate(start, end - 2 * line.sentence.low[stop - 1].endswith("'s"), sort)
        if phrase.tie:
            yield Candidate(phrase.tie.start, phrase.tie.end, COMPOUND)


def _deals(line: Line) -> Iterator[Candidate]:
    for word in DEALS.finditer(line.sentence.text):
        yield Candidate(line.sentence.start + word.start(), line.sentence.start + word.end(), DEAL)
