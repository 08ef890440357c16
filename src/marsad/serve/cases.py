"""The cases of the review desk: what they are, why they wait, and what people said of them until now."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marsad.answers.words import figure_words
from marsad.ledger import LedgerIncident
from marsad.ledger.record import digest
from marsad.ledger.revise import ACCEPTED, AS_READ
from marsad.link.cluster import TAKEN_BACK, by_person, pair_of
from marsad.model import Judgement, Revision

SURE_ENOUGH = 0.9
NOT_WORTH_ASKING = 0.05
WIDE = 2
"""A gap of fewer dead than this between two sources is no dispute."""
LARGE = 20
"""So many dead in one incident are looked at by a person, however sure the program is."""
WARNED = 1.0
"""The weight of a report's warnings, in lives: they come after what moves a figure."""


Reason = tuple[float, str]
"""What speaks for a look: its weight in lives, and a whole sentence."""
Doubt = tuple[float | None, str]
"""What a reading makes doubtful: a confidence with "", or None with a warning."""


@dataclass(frozen=True, slots=True)
class PairCase:
    """Two incidents' ids that may be one event: what the program thinks, why, and how many dead hang on it.

    `both` answer for the ids today, loaded when they are looked at; where they are `joined` they are one incident.
    """

    left: str
    right: str
    both: Sequence[LedgerIncident]
    joined: bool
    score: float
    reasons: tuple[str, ...]
    weight: float

    @property
    def one(self) -> LedgerIncident:
        """The incident that answers for the left id."""
        return self.both[0]

    @property
    def other(self) -> LedgerIncident:
        """The incident that answers for the right id."""
        return self.both[1]

    @property
    def key(self) -> str:
        """The case's name in an address."""
        return f"pair:{self.left}+{self.right}"


@dataclass(frozen=True, slots=True)
class IncidentCase:
    """An incident whose values a person should look at: why (`reasons`, whole sentences), weighed in lives."""

    one: LedgerIncident
    reasons: tuple[str, ...]
    weight: float

    @property
    def key(self) -> str:
        """The case's name in an address."""
        return f"incident:{self.one.id}"


@dataclass(frozen=True, slots=True)
class ReportCase:
    """A report whose reading warns and made no incident: what was missed there shows nowhere else."""

    report_key: str
    reasons: tuple[str, ...]
    weight: float = WARNED

    @property
    def key(self) -> str:
        """The case's name in an address."""
        return f"report:{self.report_key[:12]}"


Case = PairCase | IncidentCase | ReportCase


def pair_weight(score: float, *dead_of: int) -> float:
    """Return how much a pair weighs: how unsure the program is, and how many dead hang on it."""
    return (1 - abs(2 * score - 1)) * (1 + sum(dead_of))


def one_question_each(cases: Iterable[tuple[PairCase, str, str]]) -> list[PairCase]:
    """Return pairs with the weightiest first; of two incidents, and of one that the program joined, one pair is enough.

    Each comes with the ids of its incidents.
    """
    found: dict[tuple[str, str], PairCase] = {}
    for case, one, other in sorted(cases, key=lambda each: (-each[0].weight, each[0].left, each[0].right)):
        found.setdefault((one, other) if one < other else (other, one), case)
    return [*found.values()]


def state_of(case: Case, judgements: Iterable[Judgement], revisions: Iterable[Revision]) -> tuple[str, str]:
    """Return a mark of what people said of a case until now, and the last word on it in words ("" where none is)."""
    words: list[tuple[datetime, str]] = []
    if isinstance(case, PairCase):
        pair = (min(case.left, case.right), max(case.left, case.right))
        words += [(word.made, pair_words(word)) for word in judgements if pair_of(word) == pair and by_person(word)]
    else:
        about = _about(case)
        words += [(word.made, revision_words(word)) for word in revisions if word.of in about]
    words.sort()
    return digest([[str(made), said] for made, said in words])[:16], words[-1][1] if words else ""


def pair_words(word: Judgement) -> str:
    """Return a person's word on a pair as a sentence without its end: Amal said “same”, because: …"""
    if word.reasons == TAKEN_BACK:
        return f"{word.by} took the word on it back"
    return f"{word.by} said “{word.verdict}”{_because(', '.join(word.reasons))}"


def _because(reason: str) -> str:
    return f", because: {reason}" if reason else ""


def revision_words(word: Revision, with_reason: bool = True) -> str:
    """Return a person's word on a value as a sentence without its end: Amal set killed to “9”, because: …"""
    because = _because(word.reason) if with_reason else ""
    if word.field == ACCEPTED:
        said = "took an acceptance back" if word.value == AS_READ else "accepted it as it is"
    else:
        said = f"set {word.field} to “{word.value}”"
    return f"{word.by} {said}{because}"


def _about(case: IncidentCase | ReportCase) -> set[str]:
    if isinstance(case, ReportCase):
        return {case.report_key[:12]}
    return {member.id for member in case.one.members}


def reasons_of(one: LedgerIncident) -> tuple[Reason, ...]:
    """Return what of an incident's own values speaks for a look at it."""
    return tuple(each for check in _CHECKS for each in check(one))


def _disputed(one: LedgerIncident) -> Iterator[Reason]:
    if gap := dispute(one):
        said = figure_words(one.tolls["killed"])
        yield 2.0 * gap, f"Its sources differ on the dead: {said}."


def _large(one: LedgerIncident) -> Iterator[Reason]:
    died = dead(one)
    if died >= LARGE and not _is_set(one):
        told = "and only one source tells of it" if len(one.voices) == 1 else f"told by {len(one.voices)} sources"
        yield died / (2 * len(one.voices)), f"Many died: {figure_words(one.tolls['killed'])}, {told}."


def doubt_reasons(one: LedgerIncident, doubts: Sequence[Doubt]) -> Iterator[Reason]:
    """Yield what of the readings of an incident speaks for a look at it."""
    sure = min((told for told, _ in doubts if told is not None), default=None)
    if sure is not None:
        yield (1 - sure) * (1 + lives(one)), f"The program is unsure that it read this rightly: {sure:.0%}."
    warnings = [words for _, words in doubts if words]
    if warnings:
        more = f" (and {len(warnings) - 1} more)" if len(warnings) > 1 else ""
        yield WARNED + lives(one) / 20, f"The reading warns: {warnings[0]}{more}."


def _denied(one: LedgerIncident) -> Iterator[Reason]:
    if any(p.basis == "denied" for p in one.perpetrators) and not one.revisions:
        yield 1.0 + lives(one) / 4, "Those who are blamed deny it."


_CHECKS: tuple[Callable[[LedgerIncident], Iterator[Reason]], ...] = (
    _disputed, _large, _denied,
)  # fmt: skip


def is_doubtful(word: Judgement) -> bool:
    """Say whether a standing word is a program's that a person should look at."""
    return not by_person(word) and word.score is not None and NOT_WORTH_ASKING <= word.score < SURE_ENOUGH


def dispute(one: LedgerIncident) -> int:
    """Return by how many dead the sources differ, where the highest names at least half as many again as the lowest."""
    figure = one.tolls.get("killed")
    if figure is None or len(one.voices) < 2 or _is_set(one):
        return 0
    high = figure.best if figure.high is None else figure.high
    gap = high - figure.low
    return gap if gap >= WIDE and 2 * high >= 3 * figure.low else 0


def can_be_suspect(columns: Mapping[str, Any]) -> bool:
    """Say whether an incident of such columns (`ledger.columns`) may have reasons: of all others nothing is said."""
    best = columns["killed_best"] or 0
    low, high = columns["killed_low"] or 0, columns["killed_high"]
    gap = (best if high is None else high) - low
    return best >= LARGE or (columns["voice_count"] >= 2 and gap >= WIDE) or "denied" in columns["standings"].split()


SUSPECT = ("number", "voice_count", "killed_low", "killed_best", "killed_high", "standings")
"""The columns by which an incident may be suspect."""


def _is_set(one: LedgerIncident) -> bool:
    return any(word.field == "killed" for word in one.revisions)


def dead(one: LedgerIncident) -> int:
    """Return how many died, by the best figure."""
    return one.tolls["killed"].best if "killed" in one.tolls else 0


def lives(one: LedgerIncident) -> float:
    """Return how many came to harm, by the best figures."""
    return float(sum(figure.best for figure in one.tolls.values()))
