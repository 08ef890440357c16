"""Turns the marks of a report (eval/statements/labels.jsonl) into labels on the candidates of its windows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tokenizers import Tokenizer

from marsad.extract.statements.candidates import DEAL, Candidate
from marsad.extract.statements.find import drafts_by_rules
from marsad.extract.statements.learned import (
    DEAL_KINDS,
    PAIRS,
    STANCES,
    STATUSES,
    Part,
    asked_of,
    joined,
    pairs_of,
    parts_of,
)
from marsad.extract.tagger_model import StatementsAsked
from marsad.extract.tagger_windows import Window
from marsad.model import Report
from marsad.reading import named_in_text

NO_LABEL = -100
SLOTS = {"control": ("actor", "place"), "relation": ("left", "right")}
GENERAL = frozenset(
    (
        "group",
        "organisation",
        "organization",
        "movement",
        "faction",
        "militia",
        "area",
        "region",
        "town",
        "city",
        "village",
    )
) | {"camp", "district", "militants", "rebels", "jihadists", "extremists", "troops", "forces", "fighters", "guerrillas"}
"""Nouns that can stand for a name of another sentence, as pronouns do."""
Mark = Mapping[str, Any]


@dataclass
class Labels:
    """What is right of the candidates of a line: by index or pair of indices; `unsure` ones are not learned from."""

    pairs: dict[tuple[int, int], int] = field(default_factory=dict)
    unsure_pairs: set[tuple[int, int]] = field(default_factory=set)
    stances: dict[int, int] = field(default_factory=dict)
    unsure: set[int] = field(default_factory=set)
    deals: dict[int, int] = field(default_factory=dict)
    statuses: dict[int, set[int]] = field(default_factory=dict)
    parties: dict[tuple[int, int], int] = field(default_factory=dict)


@dataclass
class Example:
    """A window with what the head is asked of it and the right answers."""

    report: str
    window: Window
    asked: StatementsAsked
    pairs: list[int]
    parties: list[float]
    stances: list[int]
    deals: list[int]
    statuses: list[list[float]]

    @property
    def tells(self) -> bool:
        """Say whether anything is told in the window."""
        return any(n > 0 for n in (*self.pairs, *self.stances, *self.deals))


def examples(report: Report, marks: Sequence[Mark], tokenizer: Tokenizer) -> Iterator[Example]:
    """Yield the windows of a report that hold candidates, with their labels."""
    told = drafts_by_rules(report.text, named_in_text(report))
    for window, parts in parts_of(report.text, told, tokenizer):
        if parts:
            yield _example(report.id, window, list(parts.values()), report.text, marks)


def _example(name: str, window: Window, parts: Sequence[Part], text: str, marks: Sequence[Mark]) -> Example:
    example = Example(name, window, joined([asked_of(part) for part in parts]), [], [], [], [], [])
    for part in parts:
        labels = labels_of(part, text, marks)
        for i, j in pairs_of(part):
            is_deal = part.candidates[i].sort == DEAL
            unknown = NO_LABEL if (i, j) in labels.unsure_pairs or is_deal else 0
            example.pairs.append(labels.pairs.get((i, j), unknown))
            example.parties.append(labels.parties.get((i, j), 0) if i in labels.deals else -1)
        for i, one in enumerate(part.candidates):
            unknown = NO_LABEL if i in labels.unsure else 0
            is_deal = one.sort == DEAL
            example.stances.append(NO_LABEL if is_deal else labels.stances.get(i, unknown))
            example.deals.append(labels.deals.get(i, unknown) if is_deal else NO_LABEL)
            example.statuses.append([float(n in labels.statuses.get(i, ())) for n in range(len(STATUSES))])
    return example


def labels_of(part: Part, text: str, marks: Sequence[Mark]) -> Labels:
    """Return what the marks say of a line's candidates."""
    labels = Labels()
    start, end = part.line.sentence.start, part.line.sentence.end
    for mark in marks:
        if mark["start"] < end and start < mark["end"]:
            _learn(labels, part, text, mark)
    return labels


def _learn(labels: Labels, part: Part, text: str, mark: Mark) -> None:
    if mark["kind"] in SLOTS:
        _learn_pair(labels, part, text, mark)
    elif mark["kind"] == "responsibility" and mark.get("actor"):
        best, touched = _told(part, text, mark, mark["actor"])
        labels.unsure |= set(touched)
        if best is not None:
            labels.stances[best] = STANCES.index(mark["stance"])
    elif mark["kind"] == "agreement":
        _learn_deal(labels, part, text, mark)


def _learn_pair(labels: Labels, part: Part, text: str, mark: Mark) -> None:
    slots = [mark.get(name) for name in SLOTS[mark["kind"]]]
    if not all(slots):
        return
    (left, lefts), (right, rights) = (_told(part, text, mark, slot) for slot in slots if slot)
    labels.unsure_pairs |= {(i, j) for i in lefts for j in rights}
    if left is None or right is None or left == right:
        return
    relation = PAIRS.index(mark["relation"])
    labels.pairs[left, right] = relation
    if mark["relation"] == "rival":
        labels.pairs[right, left] = relation


def _learn_deal(labels: Labels, part: Part, text: str, mark: Mark) -> None:
    inside = [
        i for i, one in enumerate(part.candidates)
        if one.sort == DEAL and mark["start"] <= one.start and one.end <= mark["end"]
    ]  # fmt: skip
    labels.unsure |= set(inside)
    if not inside:
        return
    fitting = [i for i in inside if _fits(text, part.candidates[i], mark["agreement"])]
    deal = (fitting or inside)[0]
    labels.deals.setdefault(deal, DEAL_KINDS.index(mark["agreement"]))
    labels.statuses.setdefault(deal, set()).add(STATUSES.index(mark["status"]))
    for span in mark.get("parties", ()):
        best, touched = _told(part, text, mark, span)
        for j in touched:
            labels.parties.setdefault((deal, j), -1)
        if best is not None:
            labels.parties[deal, best] = 1


FITTING = {
    "ceasefire": ("fire", "truce", "cessation", "armis", "pause", "halt", "hostil"),
    "peace": ("peace", "accord", "agree", "talk", "negot", "dialog", "settle", "treat", "deal", "convers", "reconc"),
    "withdrawal": ("withdr", "pull"),
    "prisoner_exchange": ("exchang", "swap", "releas", "deal"),
    "evacuation": ("evac",),
    "buffer_zone": ("zone", "demil", "escal"),
}
"""How the words of each kind of agreement are known: of several in a mark the first of these carries it."""


def _fits(text: str, one: Candidate, kind: str) -> bool:
    words = text[one.start : one.end].lower()
    return any(part in words for part in FITTING.get(kind, ("",)))


def _told(part: Part, text: str, mark: Mark, span: Sequence[int]) -> tuple[int | None, list[int]]:
    """Return the candidate that stands for a slot best, and all that share words with it.

    A slot of another sentence is told by a pronoun or a general noun inside the mark.
    """
    start, end = span
    found = [i for i, one in enumerate(part.candidates) if one.sort != DEAL and one.overlap(start, end) > 0]
    if found:
        return max(found, key=lambda i: _fit(part.candidates[i], start, end)), found
    instead = [
        i for i, one in enumerate(part.candidates)
        if mark["start"] - 2 <= one.start and one.end <= mark["end"] + 2 and _stands_in(text, one)
    ]  # fmt: skip
    return (instead[0], instead) if instead else (None, [])


def _fit(one: Candidate, start: int, end: int) -> tuple[float, int]:
    return one.overlap(start, end) / (max(one.end, end) - min(one.start, start)), one.end - one.start


def _stands_in(text: str, one: Candidate) -> bool:
    words = text[one.start : one.end].lower().split()
    return one.sort in "TR" or bool(words and words[-1] in GENERAL)
