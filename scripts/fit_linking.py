"""Fits the weights of linking on reports whose incidents are known, and writes src/marsad/data/linking/weights.tsv.

    python scripts/fit_linking.py src/marsad/data/linking/weights.tsv REPORTS READINGS GOLD [REPORTS READINGS GOLD ...]

READINGS is what `marsad read --places --format jsonl REPORTS` printed; GOLD has `incident` or `incidents` per report.
A larger set weighs more, by the root of its size. Prints, per set and with the weights fitted on other folds, F1 of
pairs and how many of the pairs of each probability are true.
"""

import json
import sys
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import combinations
from pathlib import Path

import numpy as np

from marsad.contract import from_json
from marsad.link.block import EVERYWHERE, LARGEST_BLOCK, Block, is_compared, parts_of
from marsad.link.cluster import cluster
from marsad.link.compare import features, kind_of
from marsad.link.index import LEAST
from marsad.link.tellings import Linkable, Telling, day_of_year, opening, tell
from marsad.model import Judgement, Reading, Report

FOLDS = 5
RIDGE = {"article": 0.3, "undated": 3.0, "headline": 0.3}
"""How strongly the weights of each kind are held small: more where there are few pairs to learn from."""
UNDATED = 10.0
"""What reports that truly lack a date weigh against those whose date was left out."""
LEAST_SHARE = 0.05
STEPS = 40

Matrix = np.ndarray


@dataclass
class Sample:
    """Pairs to learn from: their features, whether they are true, how much each counts."""

    values: Matrix
    same: Matrix
    importance: Matrix


@dataclass
class Set:
    """One development set: its candidate pairs with their kinds and features, and which pairs of all are true."""

    name: str
    reports: int
    names: list[str]
    pairs: list[tuple[int, int]]
    kinds: Matrix
    values: Matrix
    same: Matrix
    folds: Matrix
    true: set[tuple[int, int]]


def load(reports: str, readings: str, gold: str) -> list[Set]:
    """Return a development set, read from its three files; one of dated reports a second time without the dates."""
    rows = [json.loads(line) for line in Path(reports).read_text("utf-8").splitlines()]
    made = {row["id"]: row for row in map(json.loads, Path(readings).read_text("utf-8").splitlines())}
    truth = {row["id"]: row for row in map(json.loads, Path(gold).read_text("utf-8").splitlines())}
    told = [set(truth[row["id"]].get("incidents") or [truth[row["id"]]["incident"]]) for row in rows]
    tellings = [_told(from_json(made[row["id"]], _report(row))) for row in rows]
    sets = [_compared(reports, tellings, told)]
    if all(one.published for one in tellings) and sets[0].kinds[0] == "article":
        bare = [_without_date(one, row) for one, row in zip(tellings, rows, strict=True)]
        sets.append(_compared(f"{reports}, dates left out", bare, told))
    return sets


def _compared(name: str, tellings: list[Telling], told: list[set[str]]) -> Set:
    pairs = _candidates(tellings)
    found = [features(*_ordered(tellings[a], tellings[b])) for a, b in pairs]
    return Set(
        name=name,
        reports=len(tellings),
        names=list(found[0]),
        pairs=pairs,
        kinds=np.array([kind_of(tellings[a], tellings[b]) for a, b in pairs]),
        values=np.array([list(row.values()) for row in found]),
        same=np.array([bool(told[a] & told[b]) for a, b in pairs], float),
        folds=np.array([_fold(min(told[a])) for a, _ in pairs]),
        true={(i, j) for i, j in combinations(range(len(told)), 2) if told[i] & told[j]},
    )


def _told(reading: Reading) -> Telling:
    return tell(Linkable(reading.report.id, reading, tuple(one.id for one in reading.incidents)))


def _candidates(tellings: list[Telling]) -> list[tuple[int, int]]:
    """Return the pairs that linking would compare."""
    found: dict[Block, list[int]] = {}
    for number, one in enumerate(tellings):
        for term in one.keys:
            for part in (EVERYWHERE, *parts_of(one)):
                found.setdefault((term, part), []).append(number)
    live = {block for block, numbers in found.items() if len(numbers) <= LARGEST_BLOCK}
    touched = {pair for block in live for pair in combinations(found[block], 2)}
    return sorted((a, b) for a, b in touched if is_compared(*_ordered(tellings[a], tellings[b]), live))


def _ordered(one: Telling, other: Telling) -> tuple[Telling, Telling]:
    return (one, other) if one.key < other.key else (other, one)


def _without_date(one: Telling, row: dict[str, str | None]) -> Telling:
    day = day_of_year(opening(row.get("title") or "", str(row["text"])))
    return replace(one, published=None, anchor=None, days=None, year_day=day)


def fit(part: Sample, names: list[str], strength: float) -> Matrix:
    """Return the weights (the constant last); what is alike may not speak against, nor what differs speak for.

    A feature that would is left out (weight 0), the worst first: reasons must be such that a reader believes them.
    """
    wanted = np.array([_sign(name) for name in names])
    weights = np.zeros(len(names) + 1)
    kept = np.arange(len(names))
    while True:
        found = _fit_freely(part.values[:, kept], part.same, part.importance, strength)
        wrong = found[:-1] * wanted[kept]
        if not len(wrong) or wrong.min() >= 0:
            weights[kept], weights[-1] = found[:-1], found[-1]
            return weights
        kept = np.delete(
            kept,
            np.where(wrong < 0)[0] if (wrong < 0).sum() == 1 else np.argsort(wrong)[: max(1, (wrong < 0).sum() // 3)],
        )


def _sign(name: str) -> int:
    if name.endswith("unknown") or name == "same publisher":
        return 0
    return -1 if name.endswith((" differ", " differs", " far", " apart")) else 1


def _fit_freely(values: Matrix, same: Matrix, importance: Matrix, strength: float) -> Matrix:
    """Return the weights (the constant last) of a ridge logistic regression, by Newton's method."""
    whole = np.hstack([values, np.ones((len(values), 1))])
    ridge = np.full(whole.shape[1], strength)
    ridge[-1] = 0.0
    weights = np.zeros(whole.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(whole @ weights, -30, 30)))
        slope = whole.T @ (importance * (chance - same)) + ridge * weights
        bend = (whole * (importance * chance * (1 - chance) + 1e-9)[:, None]).T @ whole + np.diag(ridge + 1e-6)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def main(target: str, *files: str) -> None:
    """Fit, print the figures of cross-validation, write the table."""
    sets = [one for at in range(0, len(files), 3) for one in load(*files[at : at + 3])]
    chances = [np.zeros(len(one.pairs)) for one in sets]
    columns = {kind: fit_kind(kind, sets, chances) for kind in RIDGE}
    for one, chance in zip(sets, chances, strict=True):
        _print_figures(one, chance)
    rows = [
        "\t".join([name, *(f"{columns[kind][i]:.3f}" for kind in columns)])
        for i, name in enumerate([*sets[0].names, "constant"])
    ]
    Path(target).write_text("\t".join(["feature", *columns]) + "\n" + "\n".join(rows) + "\n", "utf-8")


def fit_kind(kind: str, sets: list[Set], chances: list[Matrix]) -> Matrix:
    """Return the weights for one kind of pair; fill in the chances by the weights of folds that a pair was not in."""
    # A headline is short by nature: a short page among articles teaches nothing about it, so small shares are left out.
    shares = [float((one.kinds == kind).mean()) for one in sets]
    chosen = [(one, one.kinds == kind) for one, share in zip(sets, shares, strict=True) if share >= LEAST_SHARE]
    values = np.vstack([one.values[mask] for one, mask in chosen])
    same = np.concatenate([one.same[mask] for one, mask in chosen])
    folds = np.concatenate([one.folds[mask] for one, mask in chosen])
    sizes = np.array([max(1.0, one.same[mask].sum()) for one, mask in chosen])
    owed = np.array([UNDATED if kind == "undated" and not one.name.endswith("left out") else 1.0 for one, _ in chosen])
    importance = np.concatenate(
        [
            np.full(mask.sum(), part)
            for (_, mask), part in zip(chosen, np.sqrt(sizes.mean() / sizes) * owed, strict=True)
        ]
    )
    for fold in range(FOLDS):
        out = folds == fold
        weights = fit(Sample(values[~out], same[~out], importance[~out]), sets[0].names, RIDGE[kind])
        for one, chance in zip(sets, chances, strict=True):
            held = (one.kinds == kind) & (one.folds == fold)
            chance[held] = 1 / (1 + np.exp(-(one.values[held] @ weights[:-1] + weights[-1])))
    return fit(Sample(values, same, importance), sets[0].names, RIDGE[kind])


def _print_figures(one: Set, chance: Matrix) -> None:
    print(f"{one.name}: {len(one.same)} candidates hold {int(one.same.sum())} of {len(one.true)} true pairs")
    moment = datetime(2000, 1, 1, tzinfo=UTC)
    words = [
        Judgement(f"{a:06}", f"{b:06}", "same", "program link", moment, float(p))
        for (a, b), p in zip(one.pairs, chance, strict=True)
        if p >= LEAST
    ]
    for join in (0.15, 0.2, 0.25, 0.3, 0.4):
        groups = cluster({f"{n:06}" for n in range(one.reports)}, words, join=join)
        joined = {(int(a), int(b)) for group in groups for a, b in combinations(group, 2)}
        print(f"  joined from {join}: {_f1(one.true, joined)}")
    for low in np.arange(0, 1, 0.1):
        held = (chance >= low) & (chance < low + 0.1)
        if held.any():
            print(f"  said {low:.1f} to {low + 0.1:.1f}: {int(held.sum())} pairs, {one.same[held].mean():.2f} true")


def _f1(true: set[tuple[int, int]], found: set[tuple[int, int]]) -> str:
    hits = len(true & found)
    precision, recall = hits / max(1, len(found)), hits / len(true)
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"


def _report(row: dict[str, str | None]) -> Report:
    day = row.get("published")
    published = date.fromisoformat(day[:10]) if day else None
    return Report(str(row["id"]), str(row["text"]), row.get("title"), row.get("publisher"), published=published)


def _fold(name: str) -> int:
    return sum(name.encode()) % FOLDS


if __name__ == "__main__":
    main(*sys.argv[1:])
