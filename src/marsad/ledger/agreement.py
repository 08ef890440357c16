"""Says how far two readers agree on the cases that both judged: Cohen's kappa, with the number it rests on."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from marsad.ledger.accepted import came_with_another
from marsad.ledger.revise import ACCEPTED, AS_READ
from marsad.link.cluster import TAKEN_BACK, by_person, pair_of
from marsad.model import Judgement, Revision

CaseKind = Literal["pairs", "values"]
"""Whether two incidents are one event; or whether what was read of an incident or a claim is right."""
Case = tuple[str, ...]

ENOUGH = 20
"""Below so many cases kappa is not shown: its error would be wider than what it could say."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two readers agree on one kind of case: `cases` both judged, on `same` of them alike.

    `kappa` is Cohen's, None below ENOUGH cases and where both always gave one and the same answer (chance explains
    everything then). `answers` counts the pairs of answers (one's, other's); `differ` lists where they part.
    """

    one: str
    other: str
    kind: CaseKind
    cases: int
    same: int
    kappa: float | None
    answers: Mapping[tuple[str, str], int]
    differ: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Opinion:
    """The last word of one person on one case, that they did not take back."""

    case: Case
    kind: CaseKind
    by: str
    answer: str


def agreement(judgements: Iterable[Judgement], revisions: Iterable[Revision]) -> tuple[Agreement, ...]:
    """Return the agreement of every two readers who judged a case in common, most cases first."""
    by_case: dict[tuple[CaseKind, Case], dict[str, str]] = {}
    for opinion in opinions(judgements, revisions):
        by_case.setdefault((opinion.kind, opinion.case), {})[opinion.by] = opinion.answer
    met: dict[tuple[CaseKind, str, str], list[tuple[Case, str, str]]] = {}
    for (kind, case), said in by_case.items():
        for one, other in combinations(sorted(said), 2):
            met.setdefault((kind, one, other), []).append((case, said[one], said[other]))
    found = [_agreed(*key, sorted(cases)) for key, cases in met.items()]
    return tuple(sorted(found, key=lambda each: (-each.cases, each.kind, each.one, each.other)))


def opinions(judgements: Iterable[Judgement], revisions: Iterable[Revision]) -> tuple[Opinion, ...]:
    """Return what every person last said of every case, in a fixed order."""
    return tuple(sorted((*_of_pairs(judgements), *_of_values(revisions)), key=lambda each: (each.case, each.by)))


def kappa(answers: Mapping[tuple[str, str], int]) -> float | None:
    """Return Cohen's kappa of a table of answers; None where chance alone would make both agree on everything."""
    total = sum(answers.values())
    ones, others = Counter[str](), Counter[str]()
    for (one, other), number in answers.items():
        ones[one] += number
        others[other] += number
    by_chance = sum(ones[name] * others[name] for name in ones) / total**2 if total else 1.0
    if by_chance >= 1:
        return None
    alike = sum(number for (one, other), number in answers.items() if one == other) / total
    return (alike - by_chance) / (1 - by_chance)


def _agreed(kind: CaseKind, one: str, other: str, cases: Sequence[tuple[Case, str, str]]) -> Agreement:
    answers = Counter((here, there) for _, here, there in cases)
    same = sum(here == there for _, here, there in cases)
    sure = kappa(answers) if len(cases) >= ENOUGH else None
    differ = tuple(case for case, here, there in cases if here != there)
    return Agreement(one, other, kind, len(cases), same, sure, dict(sorted(answers.items())), differ)


def _of_pairs(judgements: Iterable[Judgement]) -> Iterator[Opinion]:
    said: dict[tuple[Case, str], list[str]] = {}
    for word in sorted(filter(by_person, judgements), key=lambda each: (each.made, each.verdict)):
        words = said.setdefault((pair_of(word), word.by), [])
        if word.reasons[:1] != TAKEN_BACK:
            words.append(word.verdict)
        elif words:
            words.pop()
    return (Opinion(case, "pairs", by, words[-1]) for (case, by), words in said.items() if words)


def _of_values(revisions: Iterable[Revision]) -> Iterator[Opinion]:
    """Yield what each person said of what was read: accepted, changed or withdrawn."""
    said: dict[tuple[str, str], dict[str, str]] = {}
    for word in sorted(revisions, key=lambda each: (each.made, each.value)):
        if ":" not in word.of and not came_with_another(word):
            said.setdefault((word.of, word.by), {})[word.field] = word.value
    for (of, by), fields in said.items():
        if answer := _answer({name: value for name, value in fields.items() if value != AS_READ}):
            yield Opinion((of,), "values", by, answer)


def _answer(fields: Mapping[str, str]) -> str | None:
    if fields.get("withdrawn") == "yes":
        return "withdrawn"
    if any(name not in (ACCEPTED, "withdrawn") for name in fields):
        return "changed"
    return "accepted" if ACCEPTED in fields else None
