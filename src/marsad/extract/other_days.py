"""Who struck on one day is not said to have struck on another: a doer is carried over within one event only.

"Rebels killed six on 3 May. On 9 May a mine killed three": nobody is named for the mine.
"""

import re
from bisect import bisect_right
from dataclasses import replace

from marsad.extract.scene import find_times
from marsad.extract.sentences import sentence_spans
from marsad.extract.sums import day_named
from marsad.model import Claim, Extraction, Perpetrator

BURIED = re.compile(
    r"\b(?:land\s?mines?|(?:an?|the|old|another|anti-\w+)\s+mines?|roadside\s+bombs?|IEDs?|booby[\s-]traps?"
    r"|unexploded\s+\w+|remnants\s+of\s+war|cluster\s+bomblets?)\b",
    re.IGNORECASE,
)
"""What lies in wait: who laid it is told with it, or not at all."""


def without_doers_of_other_days(found: Extraction, text: str) -> Extraction:
    """Return the claims without doers from sentences that tell of another day, or of another thing than a mine."""
    if not any(claim.perpetrators for claim in found.claims):
        return found
    sentences = _Sentences(text)
    return replace(found, claims=tuple(_own(claim, sentences) for claim in found.claims))


class _Sentences:
    """The sentences of a report by the offsets in them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans = list(sentence_spans(text))
        self._starts = [start for start, _ in self.spans]

    def at(self, offset: int) -> str:
        here = max(0, bisect_right(self._starts, offset) - 1)
        start, end = self.spans[here] if self.spans else (0, 0)
        return self.text[start:end]

    def alike(self, one: int, other: int) -> bool:
        return bisect_right(self._starts, one) == bisect_right(self._starts, other)


def _own(claim: Claim, sentences: _Sentences) -> Claim:
    if claim.span.within != "text" or claim.scope != "incident" or not claim.perpetrators:
        return claim
    kept = tuple(doer for doer in claim.perpetrators if not _is_of_other_event(doer, claim, sentences))
    return claim if kept == claim.perpetrators else replace(claim, perpetrators=kept)


def _is_of_other_event(doer: Perpetrator, claim: Claim, sentences: _Sentences) -> bool:
    span, when = doer.span, claim.when
    if span is None or span.within != "text" or sentences.alike(span.start, claim.span.start):
        return False
    # "A bomb killed nine on Tuesday. Rebels, who took the town last Friday, ..." goes back to who did it.
    if span.start > claim.span.start:
        return False
    if BURIED.search(sentences.at(claim.span.start)) and not BURIED.search(sentences.at(span.start)):
        return True
    told = when.span if when else None
    # "A bomb killed nine on Tuesday. Rebels, who took the town last Friday, ..." goes back to who did it.
    if (
        span.start > claim.span.start
        or told is None
        or told.within != "text"
        or not sentences.alike(told.start, claim.span.start)
    ):
        return False
    day = day_named(told.quote)
    days = {day_named(words.text) for words in find_times(sentences.at(span.start))} - {""}
    return bool(day and days) and day not in days
