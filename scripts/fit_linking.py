"""Fits the weights of linking on reports whose incidents are known, and writes src/marsad/data/linking/weights.tsv.

    python scripts/fit_linking.py src/marsad/data/linking/weights.tsv REPORTS READINGS GOLD [REPORTS READINGS GOLD ...]

READINGS is what `marsad read --places --format jsonl REPORTS` printed; GOLD has `incident` or `incidents` per report.
A larger set weighs more, by the root of its size. Prints, per set, F1 of pairs with the weights fitted on other folds.
"""

import json
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import combinations
from pathlib import Path

import numpy as np

from marsad.contract import from_json
from marsad.link.block import candidates
from marsad.link.cluster import cluster
from marsad.link.compare import features, kind_of
from marsad.link.tellings import tell, weigh
from marsad.model import Judgement, Report

FOLDS = 5
RIDGE = 0.3
STEPS = 40

Matrix = np.ndarray


@dataclass
class Set:
    """One development set: its candidate pairs with their features, and which pairs of all are true."""

    name: str
    kind: str
    reports: int
    names: list[str]
    pairs: list[tuple[int, int]]
    values: Matrix
    same: Matrix
    folds: Matrix
    true: set[tuple[int, int]]


def load(reports: str, readings: str, gold: str) -> Set:
    """Return a development set, read from its three files."""
    rows = [json.loads(line) for line in Path(reports).read_text("utf-8").splitlines()]
    made = {row["id"]: row for row in map(json.loads, Path(readings).read_text("utf-8").splitlines())}
    truth = {row["id"]: row for row in map(json.loads, Path(gold).read_text("utf-8").splitlines())}
    told = [set(truth[row["id"]].get("incidents") or [truth[row["id"]]["incident"]]) for row in rows]
    weighed = weigh(tell(from_json(made[row["id"]], _report(row)), row["id"]) for row in rows)
    near = candidates(weighed)
    found = [features(weighed[a], weighed[b], nearness) for (a, b), nearness in near.items()]
    kinds = Counter(kind_of(weighed[a].telling, weighed[b].telling) for a, b in near)
    return Set(
        name=reports,
        kind=kinds.most_common(1)[0][0],
        reports=len(rows),
        names=list(found[0]),
        pairs=list(near),
        values=np.array([list(row.values()) for row in found]),
        same=np.array([bool(told[a] & told[b]) for a, b in near], float),
        folds=np.array([_fold(min(told[a])) for a, _ in near]),
        true={(i, j) for i, j in combinations(range(len(told)), 2) if told[i] & told[j]},
    )


def fit(values: Matrix, same: Matrix, importance: Matrix) -> Matrix:
    """Return the weights (the constant last) of a ridge logistic regression, by Newton's method."""
    whole = np.hstack([values, np.ones((len(values), 1))])
    ridge = np.full(whole.shape[1], RIDGE)
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
    sets = [load(*files[at : at + 3]) for at in range(0, len(files), 3)]
    names = sets[0].names
    columns = {}
    for kind in ("article", "headline"):
        columns[kind] = fit_kind(kind, [one for one in sets if one.kind == kind])
    rows = [
        "\t".join([name, *(f"{columns[kind][i]:.3f}" for kind in columns)])
        for i, name in enumerate([*names, "constant"])
    ]
    Path(target).write_text("feature\tarticle\theadline\n" + "\n".join(rows) + "\n", "utf-8")


def fit_kind(kind: str, sets: list[Set]) -> Matrix:
    """Return the weights for one kind of pair, having printed how well they do on folds they were not fitted on."""
    values = np.vstack([one.values for one in sets])
    same = np.concatenate([one.same for one in sets])
    folds = np.concatenate([one.folds for one in sets])
    which = np.concatenate([np.full(len(one.same), number) for number, one in enumerate(sets)])
    sizes = np.array([max(1.0, one.same.sum()) for one in sets])
    importance = (np.sqrt(sizes.mean() / sizes))[which]
    chance = np.zeros(len(same))
    for fold in range(FOLDS):
        out = folds == fold
        weights = fit(values[~out], same[~out], importance[~out])
        chance[out] = 1 / (1 + np.exp(-(values[out] @ weights[:-1] + weights[-1])))
    for number, one in enumerate(sets):
        _print_figures(kind, one, chance[which == number])
    return fit(values, same, importance)


def _print_figures(kind: str, one: Set, chance: Matrix) -> None:
    print(f"{one.name} ({kind}): {len(one.same)} candidates hold {int(one.same.sum())} of {len(one.true)} true pairs")
    moment = datetime(2000, 1, 1, tzinfo=UTC)
    for threshold, join in ((0.1, 0.2), (0.1, 0.3), (0.1, 0.5), (0.3, 0.3)):
        words = [
            Judgement(f"{a:06}", f"{b:06}", "same", "program link", moment, float(p))
            for (a, b), p in zip(one.pairs, chance, strict=True)
            if p >= threshold
        ]
        groups = cluster({f"{n:06}" for n in range(one.reports)}, words, join=join)
        joined = {(int(a), int(b)) for group in groups for a, b in combinations(group, 2)}
        print(
            f"  {threshold}, joined from {join}: pairs {_f1(one.true, {(int(w.left), int(w.right)) for w in words})}",
            end="; ",
        )
        print(f"clusters {_f1(one.true, joined)}")


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
