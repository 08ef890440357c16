"""Fits the reader's confidence and thresholds on held-out reports, through the very files that ship.

    python calibrate.py CORPUS FOLDER RUN [--write]

FOLDER holds the exported files, RUN the reader.pt that names the held-out reports. The confidence is a logistic fit of
"strictly right" on the tags' mean log probability and the harm's log odds; thresholds are those of the best F1, and
for each role that of the best balance between roles that are there and roles that are not.
"""

import argparse
import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch

from evaluate import as_report
from export import write_card
from labels import load
from marsad.extract.counting import count_people
from marsad.extract.tagger_model import ROLES, ClaimNumbers, OnnxModel, load_from
from marsad.extract.tagger_spans import best_phrase, candidates, run_score
from marsad.extract.tagger_windows import Window, windows
from marsad.vocabulary import HARMS

SMALL = {"the", "a", "an", "of", "in", "at", "to", "and", "its", "their", "said", "group"}


@dataclass
class Trial:
    """What the reader said of its candidates, and whether it was right."""

    inputs: list[tuple[float, float]] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    first: list[bool] = field(default_factory=list)
    roles: dict[str, list[tuple[float, bool, bool]]] = field(default_factory=lambda: {role: [] for role in ROLES})
    """By role: the probability of "nowhere", whether the best phrase is right, whether "nowhere" is."""
    total: int = 0


def try_reports(model: OnnxModel, pairs: Sequence[tuple[dict[str, Any], dict[str, Any]]]) -> Trial:
    trial = Trial()
    for raw, gold in pairs:
        open_ = list(gold["claims"])
        trial.total += len(open_)
        for window in windows(as_report(raw).text, model.tokenizer):
            words, tags = model.encode(window)
            spans = [r for r in candidates(tags, model.settings.out_bias) if r[0] > 0 and window.owned[r[0]]]
            numbers = model.read_claims(words, spans) if spans else None
            for row, span in enumerate(spans):
                assert numbers is not None
                try_span(trial, raw["text"], window, (tags, numbers), (row, *span), open_)
    return trial


def try_span(trial: Trial, text: str, window: Window, said: Any, span: tuple[int, int, int], open_: list[Any]) -> None:
    (tags, numbers), (row, first, last) = said, span
    start, end = int(window.starts[first]), int(window.ends[last])
    count = count_people(text[start:end])
    if count is None:
        return
    for rank, harm in enumerate(np.argsort(-numbers.harms[row], kind="stable")[:2]):
        near = [c for c in open_ if c["start"] < end and c["end"] > start]
        hits = [c for c in near if c["harm"] == HARMS[harm] and c["stated"] == count.stated]
        trial.inputs.append((run_score(tags, first, last), float(np.clip(numbers.harms[row][harm], -8, 8))))
        trial.right.append(bool(hits))
        trial.first.append(rank == 0)
        if hits:
            open_.remove(hits[0])
            for role, answer in try_roles(text, window, numbers, row, hits[0]):
                trial.roles[role].append(answer)


def try_roles(
    text: str, window: Window, numbers: ClaimNumbers, row: int, gold: dict[str, Any]
) -> Iterator[tuple[str, tuple[float, bool, bool]]]:
    for index, role in enumerate(ROLES):
        ends = numbers.ends[row]
        first, last, nowhere = best_phrase(ends[:, 2 * index], ends[:, 2 * index + 1], window.sentence)
        words = text[int(window.starts[first]) : int(window.ends[last])]
        meant = gold[role] if isinstance(gold[role], list) else [gold[role]] if gold[role] else []
        yield role, (nowhere, any(alike(words, one) for one in meant), not meant)


def alike(one: str, other: str) -> bool:
    """Say whether two phrases share half of the shorter one's words, as the scorer does."""
    x, y = ({w for w in re.findall(r"[a-z0-9']+", words.lower()) if w not in SMALL} for words in (one, other))
    return bool(x and y) and len(x & y) / min(len(x), len(y)) >= 0.5


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


def best_threshold(sure: np.ndarray, right: np.ndarray, total: int) -> tuple[float, float]:
    best = (0.0, 0.5)
    for cut in np.arange(0.2, 0.8, 0.02):
        chosen = sure >= cut
        best = max(best, (2 * float(right[chosen].sum()) / (int(chosen.sum()) + total), round(float(cut), 2)))
    return best[1], best[0]


def best_nowhere(answers: Sequence[tuple[float, bool, bool]]) -> tuple[float, float]:
    """Return the bound over which "nowhere" is said, and the mean share right of roles that are there and not."""
    bounds = [round(float(b), 2) for b in np.arange(0.1, 0.95, 0.05)]

    def share(bound: float) -> float:
        there = [right and nowhere <= bound for nowhere, right, none in answers if not none]
        absent = [nowhere > bound for nowhere, _, none in answers if none]
        return float(np.mean(there) + np.mean(absent)) / 2

    best = max(bounds, key=lambda b: (round(share(b), 2), -abs(b - 0.5)))
    return best, share(best)


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("corpus", type=Path)
    a.add_argument("folder", type=Path)
    a.add_argument("run", type=Path)
    a.add_argument("--write", action="store_true")
    o = a.parse_args()
    held = set(torch.load(o.run / "reader.pt", weights_only=True)["held"])
    model = load_from(o.folder)
    trial = try_reports(model, [(raw, gold) for raw, gold in load(o.corpus) if gold["doc"] in held])
    x, right, first = np.array(trial.inputs), np.array(trial.right), np.array(trial.first)
    fit = fit_logistic(x[first], right[first])
    sure = 1 / (1 + np.exp(-(fit[0] + x @ np.array(fit[1:]))))
    accept, f1 = best_threshold(sure[first], right[first], trial.total)
    print(f"confidence {fit}, accept {accept} (F1 {f1:.3f}); {trial.total} claims, {first.sum()} candidates")
    for low in np.arange(0, 1, 0.1):
        inside = first & (sure >= low) & (sure < low + 0.1)
        print(f"  said {low:.1f}-{low + 0.1:.1f}: {right[inside].sum()} right of {inside.sum()}")
    for cut in (-1.0, 0.0, 0.5, 1.0):
        seconds = ~first & (x[:, 1] > cut)
        print(f"  second harm over {cut}: {right[seconds].sum()} right of {seconds.sum()}")
    nowhere = {role: best_nowhere(answers) for role, answers in trial.roles.items()}
    print(f"  nowhere over (bound, share right): {nowhere}")
    if o.write:
        bounds = {role: bound for role, (bound, _) in nowhere.items()}
        settings = dataclasses.replace(
            model.settings, confidence=fit, accept=accept, mention=round(accept / 2, 2), nowhere=bounds
        )
        write_card(o.folder, dataclasses.asdict(settings))


if __name__ == "__main__":
    main()
