"""Fits the weights of the tally's evidence on annotated reports and writes src/marsad/data/tally/weights.tsv.

    python scripts/fit_tally.py REPORTS.jsonl GOLD.jsonl OUT.tsv

REPORTS has one report a line (id, text, title, published), GOLD the annotations of the same reports (claims with
offsets and `same_as`, breakdowns, incidents). Three models are fitted on the same observations of pairs of claims:
`same`, a choice for each claim between its earlier tellings and none; `part` and `whole`, a choice for each claim
between its possible wholes, before or after it, and none; `event`, yes or no for each pair. Weights are drawn towards
`EXPECTED`: what we hold of lists, "including" and equal numbers before seeing any report, since lists are rare in the
annotated ones. Each report is seen once as annotated, and again with claims dropped and attributes blanked at random
(fixed seeds), because claims that a program finds are poorer than those that people mark. The same input gives the
same table.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marsad.model import Claim, Report
from marsad.tally.evidence import pair_evidence
from marsad.tally.given import claims_given
from marsad.tally.scene import Fact, Scene, set_scene
from marsad.tally.sums import could_hold
from marsad.tally.weights import RELATIONS, Row, Weights

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Option = tuple[int, int]
Choice = tuple[list[Option], set[Option], bool]
Place = dict[tuple[int, int], int]

RIDGE = 2.0
STEPS = 60
MEMORY = 8
EXPECTED: dict[str, Row] = {
    "list below a": (-1, 3, 0, 0),
    "list below a&people:same": (0, 2, 0, 0),
    "list below a&people:wider": (0, 1, 0, 0),
    "list below a&people:apart": (0, -3, 0, 0),
    "list below a&status:same": (0, 2, 0, 0),
    "list below a&status:differ": (-2, -5, 0, 0),
    "items of one list": (-2.5, -6, -6, 0),
    "opener": (0, 4, 0, 0),
    "scope:per inc": (-1, 1, 0, 0),
    "scope:inc per": (-1, 0, 1, 0),
    "world differs&scope:inc inc": (-1.5, -1.5, -1.5, 0),
    "time:apart": (-1, 0, 0, 0),
    "number:equal many": (1, 0, 0, 0),
    "number:equal large": (3, 0, 0, 0),
    "both exact&number:equal many": (1, 0, 0, 0),
    "more than twice": (-2, 0, 0, 0),
    "name:same": (1, 0, 0, 0),
    "name:within": (2, 0, 0, 0),
    "people:apart": (-1, 0, 0, 0),
}
MOST_CLAIMS_BLURRED = 40
LEAST_SEEN = 8
NOISY_COPIES = 1
DROPPED = 0.12
BLANKED = 0.3


@dataclass(frozen=True)
class Annotated:
    """One report with its annotated claims and the ties that its reader saw."""

    report: Report
    claims: tuple[Claim, ...]
    first: dict[str, str]
    edges: frozenset[tuple[str, str]]
    event: dict[str, int]


@dataclass
class Lessons:
    """What is to be learned: the evidence of pairs, and the choices made on them.

    A choice is (options, right options, whether none is right too); an option is (pair, column of its model).
    """

    evidence: list[list[str]]
    same: list[Choice]
    part: list[Choice]
    event: list[tuple[int, bool]]


def load_annotated(reports: Path, gold: Path) -> list[Annotated]:
    """Return the annotated reports of two JSON Lines files, in the order of `gold`."""
    by_id = {row["id"]: row for row in map(json.loads, reports.read_text("utf-8").splitlines())}
    return [_annotated(by_id[row["doc"]], row) for row in map(json.loads, gold.read_text("utf-8").splitlines())]


def _annotated(row: dict[str, Any], gold: dict[str, Any]) -> Annotated:
    published = date.fromisoformat(row["published"][:10]) if row.get("published") else None
    report = Report(row["id"], row["text"], row.get("title"), published=published)
    first = {c["id"]: c["same_as"] or c["id"] for c in gold["claims"]}
    edges = frozenset((first[b["total"]], first[part]) for b in gold["breakdowns"] for part in b["parts"])
    event = {claim: n for n, incident in enumerate(gold["incidents"]) for claim in incident["claims"]}
    return Annotated(report, claims_given(gold, report), first, edges, event)


def worsened(claims: Sequence[Claim], chance: random.Random) -> tuple[Claim, ...]:
    """Return the claims as a program might have found them: some missing, attributes blank or of another claim."""
    out = []
    for claim in claims:
        if chance.random() < DROPPED:
            continue
        out.append(_blurred(claim, chance, claims))
    return tuple(out)


def _blurred(claim: Claim, chance: random.Random, claims: Sequence[Claim]) -> Claim:
    def lost() -> bool:
        return chance.random() < BLANKED

    where = chance.choice(claims).where if chance.random() < BLANKED / 2 else claim.where
    return replace(
        claim,
        when=None if lost() else claim.when,
        where=None if lost() else where,
        perpetrators=() if lost() else claim.perpetrators,
        according_to=None if lost() else claim.according_to,
        means=None if lost() else claim.means,
        victims=replace(claim.victims, status="unknown") if lost() else claim.victims,
        scope="incident" if lost() else claim.scope,
    )


def learn(lessons: Lessons, item: Annotated, claims: Sequence[Claim]) -> None:
    """Add the pairs and choices of one report to the lessons."""
    scene = set_scene(item.report, claims)
    place: dict[tuple[int, int], int] = {}
    for b in scene.facts:
        for a in scene.facts[: b.at]:
            place[a.at, b.at] = len(lessons.evidence)
            lessons.evidence.append(pair_evidence(a, b))
            if a.claim.id in item.event and b.claim.id in item.event:
                one = item.event[a.claim.id] == item.event[b.claim.id]
                lessons.event.append((place[a.at, b.at], one))
    told: set[str] = set()
    for fact in scene.facts:
        _learn_same(lessons, item, scene, place, fact)
        _learn_part(lessons, item, scene, place, (fact, item.first[fact.claim.id] in told))
        told.add(item.first[fact.claim.id])


def _learn_same(lessons: Lessons, item: Annotated, scene: Scene, place: Place, fact: Fact) -> None:
    options = [(place[a.at, fact.at], 0) for a in scene.facts[: fact.at] if a.claim.harm == fact.claim.harm]
    mine = item.first[fact.claim.id]
    right = {
        (place[a.at, fact.at], 0)
        for a in scene.facts[: fact.at]
        if a.claim.harm == fact.claim.harm and item.first[a.claim.id] == mine
    }
    if options:
        lessons.same.append((options, right, not right))


def _learn_part(lessons: Lessons, item: Annotated, scene: Scene, place: Place, told: tuple[Fact, bool]) -> None:
    fact, again = told
    mine = item.first[fact.claim.id]
    options: list[Option] = []
    right: set[Option] = set()
    for other in scene.facts:
        if item.first[other.claim.id] == mine or not could_hold(other.claim, fact.claim):
            continue
        option = (place[other.at, fact.at], 0) if other.at < fact.at else (place[fact.at, other.at], 1)
        options.append(option)
        if (item.first[other.claim.id], mine) in item.edges:
            right.add(option)
    if options:
        # What is told again may hang on nothing there: its first telling was counted.
        lessons.part.append((options, right, again or not right))


def fit(lessons: Lessons) -> dict[str, Row]:
    """Return the weight of each observation for each relation, observations in alphabetical order."""
    seen = Counter(name for evidence in lessons.evidence for name in set(evidence))
    names = sorted(name for name, times in seen.items() if times >= LEAST_SEEN or name in EXPECTED)
    design = _Design(lessons.evidence, names)
    expected = np.array([EXPECTED.get(name, (0, 0, 0, 0)) for name in names], float)
    same = _choose(design, lessons.same, expected[:, :1])
    part = _choose(design, lessons.part, expected[:, 1:3])
    pairs = [pair for pair, _ in lessons.event]
    event = _newton(design.dense(pairs), np.array([one for _, one in lessons.event]))
    columns = np.concatenate([same, part, event[:, None]], 1)
    return {name: (c[0], c[1], c[2], c[3]) for name, c in zip(names, columns.tolist(), strict=True)}


class _Design:
    """The observations of pairs as rows of ones and zeros, made when asked for."""

    def __init__(self, evidence: Sequence[Sequence[str]], names: Sequence[str]) -> None:
        place = {name: at for at, name in enumerate(names)}
        self._rows = [sorted({place[name] for name in one if name in place}) for one in evidence]
        self._size = len(names)

    def dense(self, pairs: Sequence[int]) -> Floats:
        out = np.zeros((len(pairs), self._size), np.float32)
        for row, pair in enumerate(pairs):
            out[row, self._rows[pair]] = 1
        return out


def _choose(design: _Design, choices: Sequence[Choice], expected: Doubles) -> Doubles:
    """Fit a choice between options and none: log-linear, any right option will do, drawn towards `expected`."""
    used = sorted({pair for options, _, _ in choices for pair, _ in options})
    row_of = {pair: row for row, pair in enumerate(used)}
    rows = design.dense(used)
    size, columns = expected.shape
    flat = np.array([row_of[pair] * columns + column for options, _, _ in choices for pair, column in options])
    choice = np.array([at for at, (options, _, _) in enumerate(choices) for _ in options])
    right = np.array([option in good for options, good, _ in choices for option in options])
    none = np.array([float(allowed) for _, _, allowed in choices])

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        odds = (rows @ weights.reshape(size, columns).astype(np.float32)).ravel()[flat].astype(float)
        raised = np.exp(np.minimum(odds, 30))
        every = 1 + np.bincount(choice, raised, len(choices))
        good = np.maximum(none + np.bincount(choice, raised * right, len(choices)), 1e-300)
        away = weights - expected.ravel()
        pull = raised / every[choice] - raised * right / good[choice]
        spread = np.bincount(flat, pull, len(used) * columns).astype(np.float32).reshape(-1, columns)
        slope = (rows.T @ spread).astype(float).ravel() + RIDGE * away
        return float((np.log(every) - np.log(good)).sum() + RIDGE / 2 * (away @ away)), slope

    return _descend(loss, expected.ravel().copy()).reshape(size, columns)


def _descend(loss: Callable[[Doubles], tuple[float, Doubles]], at: Doubles) -> Doubles:
    """Return the place where `loss` is least, by L-BFGS with a halving step."""
    steps: list[tuple[Doubles, Doubles]] = []
    value, slope = loss(at)
    for _ in range(STEPS):
        way = _direction(slope, steps)
        length = 1.0
        new_value, new_slope = loss(at + way)
        while new_value > value + 1e-4 * length * (way @ slope) and length > 1e-8:
            length /= 2
            new_value, new_slope = loss(at + length * way)
        step, turn = length * way, new_slope - slope
        if step @ turn > 1e-10:
            steps = [*steps, (step, turn)][-MEMORY:]
        at, done = at + step, abs(value - new_value) < 1e-6 * abs(value)
        value, slope = new_value, new_slope
        if done:
            break
    return at


def _direction(slope: Doubles, steps: Sequence[tuple[Doubles, Doubles]]) -> Doubles:
    way = slope.copy()
    kept = []
    for step, turn in reversed(steps):
        share = step @ way / (turn @ step)
        kept.append(share)
        way -= share * turn
    way *= steps[-1][0] @ steps[-1][1] / (steps[-1][1] @ steps[-1][1]) if steps else 1 / max(1, np.abs(way).sum())
    for (step, turn), share in zip(steps, reversed(kept), strict=True):
        way += step * (share - turn @ way / (turn @ step))
    return -way


def _newton(design: Floats, answer: NDArray[np.bool_]) -> Doubles:
    """Fit one logistic regression with a ridge by Newton's method."""
    size = design.shape[1]
    weights = np.zeros(size)
    for _ in range(8):
        odds = np.clip((design @ weights.astype(np.float32)).astype(float), -30, 30)
        chance = 1 / (1 + np.exp(-odds))
        curve = np.maximum(chance * (1 - chance), 1e-6).astype(np.float32)
        hessian = ((design * curve[:, None]).T @ design).astype(float)
        hessian[np.diag_indices(size)] += RIDGE
        slope = (design.T @ (answer - chance).astype(np.float32)).astype(float) - RIDGE * weights
        step = np.linalg.solve(hessian, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-3:
            break
    return weights


def fit_reports(items: Sequence[Annotated]) -> Weights:
    """Return the weights that fit the given reports, as annotated and worsened."""
    lessons = Lessons([], [], [], [])
    for item in items:
        learn(lessons, item, item.claims)
    for copy in range(NOISY_COPIES):
        chance = random.Random(copy)
        for item in items:
            if len(item.claims) < MOST_CLAIMS_BLURRED:
                learn(lessons, item, worsened(item.claims, chance))
    return Weights(fit(lessons))


def write_weights(weights: Weights, path: Path) -> None:
    """Write the table that ships."""
    lines = [
        "# Log-odds that an observation of two claims adds to each relation. Made by scripts/fit_tally.py; CC0.",
        "\t".join(("evidence", *RELATIONS)),
    ]
    lines += ["\t".join((name, *(f"{w:.3f}" for w in row))) for name, row in weights.rows.items()]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    """Fit and write, as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("reports", "gold", "out"):
        parser.add_argument(name, type=Path)
    chosen = parser.parse_args()
    write_weights(fit_reports(load_annotated(chosen.reports, chosen.gold)), chosen.out)


if __name__ == "__main__":
    main()
