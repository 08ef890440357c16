"""The day of publication: what speaks for it, how sure that is, and what speaks against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from marsad.model import Dating
from marsad.vocabulary import DayEvidence

# A row or a mail's header says the day outright. Of pages with a declared date about one in twenty declares another
# day (of the update, of the template); with a guessed one it is one in ten (htmldate on 1,000 pages). A day in the
# address or in a feed is written by the publisher's own system. A document's metadata often tell of a copy or a
# template. "seen" is a page that a feed named for the first time, having been asked not long before;
# "message" the day of the e-mail that a file came with.
CERTAINTY: dict[DayEvidence, float] = {
    "row": 1.0,
    "header": 0.95,
    "metadata": 0.95,
    "address": 0.9,
    "feed": 0.9,
    "page": 0.85,
    "text": 0.8,
    "caller": 0.75,
    "seen": 0.6,
    "message": 0.6,
    "document": 0.5,
}
# Two kinds of evidence for one day strengthen one another; a day too far off for time zones and updates weakens.
AGREEING = 0.03
OPPOSED = 0.25
DAYS_APART = 3
# What is often of another thing (a document's creation) neither opposes nor supports.
WITNESSES = {"metadata", "address", "feed", "page", "text"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for a day."""

    day: date
    by: DayEvidence


def weigh(evidence: Sequence[Evidence]) -> tuple[date | None, Dating | None]:
    """Return the day that the surest evidence gives, and how sure it is."""
    if not evidence:
        return None, None
    best = max(evidence, key=lambda one: CERTAINTY[one.by])
    others = [one for one in evidence if one.by in WITNESSES and one.by != best.by]
    against = [one for one in others if abs((one.day - best.day).days) > DAYS_APART]
    certainty = CERTAINTY[best.by]
    if best.by not in ("row", "header"):
        certainty += AGREEING if any(one.day == best.day for one in others) else 0.0
        certainty -= OPPOSED if against else 0.0
    words = tuple(dict.fromkeys(f"{one.by} says {one.day}" for one in against))
    return best.day, Dating(best.by, round(certainty, 2), words)
