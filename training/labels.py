"""Turns the gold of a report into labels on the words of its windows."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from marsad.extract.tagger_pairs import Member, pair_features
from marsad.extract.tagger_windows import Window, windows
from marsad.vocabulary import BASES, HARMS, MEANS, MODALITIES, SCOPES, STATUSES

ROLES = ("victims", "perpetrators", "place", "date_words", "according_to")
CLASSES = {
    "scope": SCOPES,
    "modality": MODALITIES,
    "status": STATUSES,
    "basis": (None, *BASES),
    "means": (None, *MEANS),
}
NO_LABEL = -100
NONE, PART_OF_LEFT, PART_OF_RIGHT, SAME = 0, 1, 2, 3


@dataclass
class LabelledClaim:
    """A gold claim on the words of a window: `roles` holds the words at which each role may start and may end."""

    first: int
    last: int
    harms: NDArray[np.float32]
    classes: list[int]
    roles: list[tuple[list[int], list[int]] | None]
    gold: dict[str, Any]


@dataclass
class Example:
    """One window with its labels; `pairs` are (earlier claim, later claim, tie, features)."""

    doc: str
    genre: str
    window: Window
    bio: NDArray[np.int64]
    claims: list[LabelledClaim] = field(default_factory=list)
    pairs: list[tuple[int, int, int, NDArray[np.float32]]] = field(default_factory=list)


def load(folder: Path) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return (report, gold) pairs of a corpus folder, in the order of its gold."""
    reports = {r.get("doc") or r["id"]: r for r in _lines(folder / "reports.jsonl")}
    return [(reports[gold["doc"]], gold) for gold in _lines(folder / "gold.jsonl")]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as handle:
        for line in handle:
            if line.strip():
                yield json.loads(line)


def examples(report: dict[str, Any], gold: dict[str, Any], tokenizer: Tokenizer) -> Iterator[Example]:
    """Yield the labelled windows of one report."""
    text = report["text"]
    ties = _ties(gold)
    for window in windows(text, tokenizer):
        bio = np.where(window.owned, 0, NO_LABEL).astype(np.int64)
        example = Example(gold["doc"], report.get("genre", ""), window, bio)
        for claim in sorted(gold["claims"], key=lambda c: (c["start"], -c["end"])):
            _add_claim(example, text, claim)
        example.pairs = list(_pairs(example, text, ties))
        yield example


def _add_claim(example: Example, text: str, claim: dict[str, Any]) -> None:
    at = words_over(example.window, claim["start"], claim["end"], owned=True)
    if at is None:
        return
    first, last = at
    harm = HARMS.index(claim["harm"])
    for other in example.claims:
        if (other.first, other.last) == at:
            other.harms[harm] = 1
            return
    harms = np.zeros(len(HARMS), np.float32)
    harms[harm] = 1
    classes = [values.index(claim[name]) for name, values in CLASSES.items()]
    # Where we wrote the reports, "victims" holds the count too: those words teach nothing about the role.
    here = [name for name in ROLES if not (example.genre == "written" and name == "victims")]
    roles = [_role(example.window, text, claim, name) if name in here else None for name in ROLES]
    example.claims.append(LabelledClaim(first, last, harms, classes, roles, claim))
    if not example.bio[first : last + 1].any():
        example.bio[first] = 1
        example.bio[first + 1 : last + 1] = 2


def words_over(window: Window, start: int, end: int, owned: bool = False) -> tuple[int, int] | None:
    """Return the first and last word that `text[start:end]` touches, None when it is not in the window."""
    touched = np.flatnonzero((window.starts < end) & (window.ends > start) & (window.starts >= 0))
    if owned:
        touched = touched[window.owned[touched]]
    if not len(touched) or window.starts[touched[0]] > start:
        return None
    last = int(touched[0])
    while last + 1 in touched:
        last += 1
    return int(touched[0]), last


def _role(window: Window, text: str, claim: dict[str, Any], name: str) -> tuple[list[int], list[int]] | None:
    """Return where the role's words stand: in the claim's sentence if they do, else anywhere; None is "not here"."""
    said = claim[name] if isinstance(claim[name], list) else [claim[name]] if claim[name] else []
    if not said:
        return [0], [0]
    found = []
    for words in said:
        for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text):
            if at := words_over(window, *match.span()):
                found.append(at)
    own = words_over(window, claim["start"], claim["end"], owned=True)
    assert own is not None
    sentence = window.sentence[own[0]]
    inside = [at for at in found if at[1] >= own[0] and at[0] <= own[1]] if name == "victims" else []
    near = inside or [at for at in found if window.sentence[at[0]] == sentence]
    chosen = near or found
    return ([a for a, _ in chosen], [b for _, b in chosen]) if chosen else None


def _ties(gold: dict[str, Any]) -> dict[tuple[str, str], int]:
    """Map pairs of claim ids to SAME or to part-of; -100 where the guidelines leave a pair open."""
    first = {c["id"]: c.get("same_as") or c["id"] for c in gold["claims"]}
    ties: dict[tuple[str, str], int] = {}
    parts = {(part, b["total"]) for b in gold["breakdowns"] for part in b["parts"]}
    soft = {(first.get(p, p), first.get(t, t)) for p, t in parts}
    for a in first:
        for b in first:
            if a == b:
                continue
            if (a, b) in parts:
                ties[a, b] = PART_OF_RIGHT
            elif (b, a) in parts:
                ties[a, b] = PART_OF_LEFT
            elif first[a] == first[b]:
                ties[a, b] = SAME
            elif (first[a], first[b]) in soft or (first[b], first[a]) in soft:
                ties[a, b] = NO_LABEL
    return ties


def _pairs(
    example: Example, text: str, ties: dict[tuple[str, str], int]
) -> Iterator[tuple[int, int, int, NDArray[np.float32]]]:
    members = [_member(example.window, claim) for claim in example.claims]
    for i in range(len(members)):
        for j in range(i + 1, len(members)):
            label = ties.get((example.claims[i].gold["id"], example.claims[j].gold["id"]), NONE)
            if label != NO_LABEL:
                yield i, j, label, pair_features(text, members, i, j)


def _member(window: Window, claim: LabelledClaim) -> Member:
    gold = claim.gold
    return Member(gold["start"], gold["end"], gold["harm"], gold["stated"], int(window.sentence[claim.first]))


def split(pairs: Sequence[tuple[dict[str, Any], dict[str, Any]]], every: int = 8, which: int = 0) -> set[str]:
    """Return the held-out reports: every eighth one of each genre, in the corpus's order."""
    held: set[str] = set()
    seen: dict[str, int] = {}
    for report, gold in pairs:
        genre = report.get("genre", "")
        seen[genre] = seen.get(genre, -1) + 1
        if seen[genre] % every == which:
            held.add(gold["doc"])
    return held
