"""Fits the reader's confidence and thresholds on held-out reports, through the very files that ship.

    python calibrate.py CORPUS FOLDER RUN [--write]

FOLDER holds the exported files, RUN the reader.pt that names the held-out reports. The confidence is a logistic fit of
"strictly right" on the tags' mean log probability and the harm's log odds; thresholds are those of the best F1.
"""

import argparse
import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import torch

from evaluate import as_report
from export import write_card
from labels import load
from marsad.extract.counting import count_people
from marsad.extract.tagger_model import OnnxModel, load_from
from marsad.extract.tagger_spans import candidates, run_score
from marsad.extract.tagger_windows import windows
from marsad.vocabulary import HARMS


def rows(model: OnnxModel, pairs: list[Any]) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """Return (tag score, harm log odds), right or not, whether it is the first harm, and the number of gold claims."""
    inputs, right, first_harm, total = [], [], [], 0
    for raw, gold in pairs:
        open_ = list(gold["claims"])
        total += len(open_)
        for window in windows(as_report(raw).text, model.tokenizer):
            words, tags = model.encode(window)
            spans = [r for r in candidates(tags, model.settings.out_bias) if r[0] > 0 and window.owned[r[0]]]
            if not spans:
                continue
            numbers = model.read_claims(words, spans)
            for row, (first, last) in enumerate(spans):
                start, end = int(window.starts[first]), int(window.ends[last])
                count = count_people(raw["text"][start:end])
                if count is None:
                    continue
                for rank, harm in enumerate(np.argsort(-numbers.harms[row], kind="stable")[:2]):
                    hits = [
                        c
                        for c in open_
                        if c["harm"] == HARMS[harm]
                        and c["stated"] == count.stated
                        and c["start"] < end
                        and c["end"] > start
                    ]
                    inputs.append((run_score(tags, first, last), float(np.clip(numbers.harms[row][harm], -8, 8))))
                    right.append(bool(hits))
                    first_harm.append(rank == 0)
                    if hits:
                        open_.remove(hits[0])
    return np.array(inputs), np.array(right), np.array(first_harm), total


def fit_logistic(x: np.ndarray, y: np.ndarray) -> list[float]:
    weights = torch.zeros(x.shape[1] + 1, dtype=torch.float64, requires_grad=True)
    table = torch.tensor(np.column_stack([np.ones(len(x)), x]))
    target = torch.tensor(y.astype(float))
    solver = torch.optim.LBFGS([weights], max_iter=200)

    def loss() -> torch.Tensor:
        solver.zero_grad()
        value = (
            torch.nn.functional.binary_cross_entropy_with_logits(table @ weights, target)
            + 1e-3 * weights[1:].square().sum()
        )
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


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("corpus", type=Path)
    a.add_argument("folder", type=Path)
    a.add_argument("run", type=Path)
    a.add_argument("--write", action="store_true")
    o = a.parse_args()
    held = set(torch.load(o.run / "reader.pt", weights_only=True)["held"])
    pairs = [(raw, gold) for raw, gold in load(o.corpus) if gold["doc"] in held]
    model = load_from(o.folder)
    x, right, first, total = rows(model, pairs)
    fit = fit_logistic(x[first], right[first])
    sure = 1 / (1 + np.exp(-(fit[0] + x @ np.array(fit[1:]))))
    accept, f1 = best_threshold(sure[first], right[first], total)
    seconds = x[~first, 1]
    print(f"confidence {fit}, accept {accept} (F1 {f1:.3f}); {total} claims, {first.sum()} candidates")
    for low in np.arange(0, 1, 0.1):
        inside = first & (sure >= low) & (sure < low + 0.1)
        print(f"  said {low:.1f}-{low + 0.1:.1f}: {right[inside].sum()} right of {inside.sum()}")
    for cut in (-1.0, 0.0, 0.5, 1.0):
        print(f"  second harm over {cut}: {right[~first][seconds > cut].sum()} right of {(seconds > cut).sum()}")
    if o.write:
        settings = dataclasses.replace(model.settings, confidence=fit, accept=accept, mention=round(accept / 2, 2))
        write_card(o.folder, dataclasses.asdict(settings))


if __name__ == "__main__":
    main()
