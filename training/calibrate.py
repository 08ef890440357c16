"""Fits the reader's confidence and thresholds on reports that it has not seen, through exported files.

    python calibrate.py CORPUS --fold FOLDER RUN [--fold FOLDER RUN ...] [--write FOLDER]

Each fold is a reader: FOLDER holds its exported files, RUN the reader.pt that names the reports it has not learned
from; those of all folds are taken together. The settings are written into the folder named by --write. The confidence
is a logistic fit of "strictly right" on the tags' mean log probability and the harm's log odds, once alone and once
with the rules' claims beside it; the threshold is that of the best F1; for each role "nowhere" is said at the bound
that is best for roles that are there (two thirds) and roles that are not (one third).
"""

import argparse
import dataclasses
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from evaluate import as_report
from export import write_card
from labels import load
from marsad.extract import rules
from marsad.extract.tagger import Found, Passage, Seen, confidence, judge, passage_of, strongest
from marsad.extract.tagger_model import ROLES, OnnxModel, load_from
from marsad.extract.tagger_spans import best_phrase

SMALL = {"the", "a", "an", "of", "in", "at", "to", "and", "its", "their", "said", "group"}
Gold = dict[str, Any]
Case = tuple[Passage, list[Seen], list[Found], list[Gold]]
Fold = tuple[OnnxModel, list[tuple[Gold, Gold]]]


def cases(model: OnnxModel, pairs: Sequence[tuple[Gold, Gold]], beside: bool) -> list[Case]:
    found = []
    for raw, gold in pairs:
        report = as_report(raw)
        passage = passage_of(report)
        others = rules.find_claims(report).claims if beside else None
        found.append((passage, *judge(model, passage, others), gold["claims"]))
    return found


def matches(found: Found, gold: Gold) -> bool:
    near = gold["start"] < found.end and found.start < gold["end"]
    return near and gold["harm"] == found.harm and gold["stated"] == found.count.stated


def fit_logistic(x: np.ndarray, y: np.ndarray) -> list[float]:
    weights = torch.zeros(x.shape[1] + 1, dtype=torch.float64, requires_grad=True)
    table = torch.tensor(np.column_stack([np.ones(len(x)), x]))
    target = torch.tensor(y.astype(float))
    solver = torch.optim.LBFGS([weights], max_iter=200)

    def loss() -> torch.Tensor:
        solver.zero_grad()
        value = torch.nn.functional.binary_cross_entropy_with_logits(table @ weights, target)
        value = value + 1e-3 * weights[1:].square().sum()
        value.backward()
        return value

    solver.step(loss)
    return [round(float(w), 4) for w in weights.detach()]


def f1_at(tried: Sequence[Case], cut: float) -> float:
    right = said = total = 0
    for _, _, found, golds in tried:
        open_ = list(golds)
        total += len(golds)
        for one in strongest(found):
            if one.confidence >= cut:
                said += 1
                if hit := next((g for g in open_ if matches(one, g)), None):
                    open_.remove(hit)
                    right += 1
    return 2 * right / (said + total)


def fit(folds: Sequence[Fold], beside: bool) -> tuple[list[float], float, list[Case]]:
    tried = [case for model, pairs in folds for case in cases(model, pairs, beside)]
    rows = [
        (f.evidence[: 3 if beside else 2], any(matches(f, g) for g in golds)) for _, _, fs, golds in tried for f in fs
    ]
    weights = fit_logistic(np.array([x for x, _ in rows]), np.array([y for _, y in rows]))
    tried = [
        (p, s, [dataclasses.replace(f, confidence=confidence(weights, f.evidence)) for f in fs], g)
        for p, s, fs, g in tried
    ]
    cuts = [round(float(c), 2) for c in np.arange(0.2, 0.8, 0.02)]
    accept = max(cuts, key=lambda c: f1_at(tried, c))
    print(f"{'beside the rules' if beside else 'alone'}: fit {weights}, accept {accept}, F1 {f1_at(tried, accept):.3f}")
    tell_bins(tried)
    return weights, accept, tried


def tell_bins(tried: Sequence[Case]) -> None:
    for low in np.arange(0, 1, 0.1):
        inside = [(f, g) for _, _, fs, g in tried for f in strongest(fs) if low <= f.confidence < low + 0.1]
        right = sum(any(matches(f, g) for g in golds) for f, golds in inside)
        print(f"  said {low:.1f}-{low + 0.1:.1f}: {right} right of {len(inside)}")


def role_answers(tried: Sequence[Case], index: int) -> Iterator[tuple[float, bool, bool]]:
    """Yield for every right claim: the probability of "nowhere", is the best phrase right, is "nowhere" right."""
    role = ROLES[index]
    for passage, seen, found, golds in tried:
        for one in found:
            gold = next((g for g in golds if matches(one, g)), None)
            if gold is None:
                continue
            window, ends = seen[one.window].window, seen[one.window].numbers.ends[one.row]
            first, last, nowhere = best_phrase(ends[:, 2 * index], ends[:, 2 * index + 1], window.sentence)
            words = passage.text[int(window.starts[first]) : int(window.ends[last])]
            meant = gold[role] if isinstance(gold[role], list) else [gold[role]] if gold[role] else []
            yield nowhere, any(alike(words, x) for x in meant), not meant


def alike(one: str, other: str) -> bool:
    """Say whether two phrases share half of the shorter one's words, as the scorer does."""
    x, y = ({w for w in re.findall(r"[a-z0-9']+", words.lower()) if w not in SMALL} for words in (one, other))
    return bool(x and y) and len(x & y) / min(len(x), len(y)) >= 0.5


def best_nowhere(answers: Sequence[tuple[float, bool, bool]], there_weight: float) -> tuple[float, float, float]:
    """Return the bound over which "nowhere" is said, and the shares right where a role is there and where none is."""
    bounds = [round(float(b), 2) for b in np.arange(0.1, 0.95, 0.05)]

    def shares(bound: float) -> tuple[float, float]:
        there = [right and nowhere <= bound for nowhere, right, none in answers if not none]
        absent = [nowhere > bound for nowhere, _, none in answers if none]
        return float(np.mean(there)), float(np.mean(absent)) if absent else 1.0

    weight = (there_weight, 1 - there_weight)
    # A doer or a source that the reader overlooks costs a researcher more than one that he must strike out.
    best = max(bounds, key=lambda b: (np.dot(shares(b), weight), -abs(b - 0.5)))
    return best, *shares(best)


def fold(corpus: Path, folder: Path, run: Path) -> Fold:
    """Return a reader and the reports that it has not learned from."""
    held = set(torch.load(run / "reader.pt", weights_only=True)["held"])
    return load_from(folder), [(raw, gold) for raw, gold in load(corpus) if gold["doc"] in held]


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("corpus", type=Path)
    a.add_argument("--fold", type=Path, nargs=2, action="append", required=True, metavar=("FOLDER", "RUN"))
    a.add_argument("--write", type=Path, metavar="FOLDER")
    o = a.parse_args()
    folds = [fold(o.corpus, folder, run) for folder, run in o.fold]
    alone, accept, tried = fit(folds, beside=False)
    beside, accept_beside, _ = fit(folds, beside=True)
    nowhere = {
        role: best_nowhere(list(role_answers(tried, index)), 0.9 if role == "place" else 0.65)
        for index, role in enumerate(ROLES)
    }
    print(f"nowhere over (bound, share right where there is one, and where there is none): {nowhere}")
    if o.write:
        settings = dataclasses.replace(
            load_from(o.write).settings,
            confidence=alone,
            beside=beside,
            accept=accept,
            accept_beside=accept_beside,
            mention=round(accept / 2, 2),
            nowhere={role: bound for role, (bound, *_) in nowhere.items()},
        )
        write_card(o.write, dataclasses.asdict(settings))


if __name__ == "__main__":
    main()
