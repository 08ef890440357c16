"""Trains the statements' own upper layers and head over the shipped lower ones, and writes them as the file that ships.

    python statements.py LABELS CORPORA READER OUT [--fold N] [--epochs 9] [--seed 1] ...

LABELS is eval/statements/labels.jsonl (only rows of the half "making" are learned from), CORPORA the folder with the
texts that it names. READER is the reader.pt of the shipped encoder: its upper layers are the beginning. With --fold N a
sixth of the rows is held out: choose_statements.py reads it. OUT receives statements.onnx and log.txt.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as f

from export import export, quantise
from marsad.extract.statements.learned import DEAL_KINDS, STANCES
from marsad.extract.tagger_model import load_model
from marsad.model import Report
from network import Shape, make_reader
from split_encoder import LAYERS_BELOW
from statement_labels import NO_LABEL, Example, examples
from statement_network import StatementHead

FOLDS = 6
QUIET = 0.35
"""The share of windows without any statement that is shown in an epoch."""
OF_PAIRS = ("left", "right", "advised")
ASKED = ("first", "last", "sort", "stance", "deal", *OF_PAIRS, "status")


@dataclass(frozen=True, slots=True)
class Ready:
    """A window as tensors: the states after the lower half, what is asked, what is right, and if anything is told."""

    halfway: Tensor
    piece: Tensor
    asked: dict[str, Tensor]
    right: dict[str, Tensor]
    tells: bool


def load(labels: Path, corpora: Path) -> Iterator[tuple[dict[str, Any], Report]]:
    """Yield the rows to learn from, each with its report."""
    texts: dict[str, dict[str, Any]] = {}
    for row in map(json.loads, labels.read_text("utf-8").splitlines()):
        if row["half"] != "making":
            continue
        if row["set"] not in texts:
            lines = (corpora / row["set"] / "reports.jsonl").read_text("utf-8").splitlines()
            texts[row["set"]] = {one["id"]: one for one in map(json.loads, lines)}
        one = texts[row["set"]][row["id"]]
        day = date.fromisoformat(one["published"][:10]) if one.get("published") else None
        yield row, Report(one["id"], one["text"], title=one.get("title"), publisher=one.get("publisher"), published=day)


def fold_of(row: dict[str, Any]) -> int:
    """Return the sixth that a row belongs to, the same in every run."""
    return int(sha256(row["id"].encode()).hexdigest(), 16) % FOLDS


def upper_of(path: Path) -> nn.ModuleList:
    """Return the upper layers of a trained reader's encoder."""
    kept = torch.load(path, weights_only=True)
    reader = make_reader(kept["config"], None, Shape(layers=kept["layers"]))
    reader.load_state_dict(kept["weights"])
    return nn.ModuleList(reader.encoder.bert.encoder.layer[LAYERS_BELOW:])


def ready(example: Example, model: Any) -> Ready:
    """Return a window as tensors."""
    halfway = torch.tensor(model.halfway(example.window)).to(torch.bfloat16)
    asked = {name: torch.tensor(values) for name, values in example.asked.columns.items()}
    right = {
        "pairs": torch.tensor(example.pairs, dtype=torch.long),
        "parties": torch.tensor(example.parties, dtype=torch.float32),
        "stances": torch.tensor(example.stances, dtype=torch.long),
        "deals": torch.tensor(example.deals, dtype=torch.long),
        "statuses": torch.tensor(example.statuses, dtype=torch.float32),
    }
    asked["status"] = torch.tensor(example.asked.status)
    return Ready(halfway, torch.tensor(example.window.piece)[None], asked, right, example.tells)


def loss_of(pairs: Tensor, alone: Tensor, right: dict[str, Tensor]) -> Tensor:
    """Return how wrong the scores of a window are, summed."""
    stances, deals, statuses = alone.float().split([len(STANCES), len(DEAL_KINDS), right["statuses"].shape[1]], 1)
    loss = torch.zeros(())
    for scores, wanted in (
        (pairs[:, :-1].float(), right["pairs"]),
        (stances, right["stances"]),
        (deals, right["deals"]),
    ):
        if bool((wanted != NO_LABEL).any()):
            loss = loss + f.cross_entropy(scores, wanted, ignore_index=NO_LABEL, reduction="sum")
    asked = right["parties"] >= 0
    if bool(asked.any()):
        loss = loss + f.binary_cross_entropy_with_logits(
            pairs[asked, -1].float(), right["parties"][asked], reduction="sum"
        )
    told = right["deals"] > 0
    if bool(told.any()):
        loss = loss + 0.5 * f.binary_cross_entropy_with_logits(statuses[told], right["statuses"][told], reduction="sum")
    return loss


def train(head: StatementHead, data: Sequence[Ready], o: argparse.Namespace, say: Any) -> None:
    """Train, and leave the moving average of the weights in the head."""
    rng = random.Random(o.seed)
    telling = sum(one.tells for one in data)
    steps = int(o.epochs * (telling + QUIET * (len(data) - telling)) // o.batch)
    own = [value for name, value in head.named_parameters() if not name.startswith("upper.")]
    groups = [
        {"params": own, "lr": o.rate, "weight_decay": 0.03},
        {"params": list(head.upper.parameters()), "lr": o.rate / 4, "weight_decay": 0.01},
    ]
    adam = torch.optim.AdamW(groups, betas=(0.9, 0.98))
    plan = torch.optim.lr_scheduler.LambdaLR(
        adam, lambda step: min(1.0, step / (0.06 * steps)) * max(0.02, 1 - step / steps)
    )
    average = {name: value.detach().clone() for name, value in head.state_dict().items()}
    done, began = 0, time.time()
    for epoch in range(o.epochs):
        head.train()
        shown = [one for one in data if one.tells or rng.random() < QUIET]
        rng.shuffle(shown)
        total = 0.0
        for at in range(0, len(shown) - o.batch + 1, o.batch):
            loss = torch.zeros(())
            for one in shown[at : at + o.batch]:
                with torch.autocast("cpu", torch.bfloat16):
                    pairs, alone = head(one.halfway, one.piece, one.asked)
                loss = loss + loss_of(pairs, alone, one.right)
            adam.zero_grad(set_to_none=True)
            (loss / (2 * o.batch)).backward()
            torch.nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            adam.step()
            plan.step()
            done, total = done + 1, total + float(loss.detach())
            keep = min(0.995, (done + 1) / (done + 10))
            with torch.no_grad():
                for name, value in head.state_dict().items():
                    average[name].lerp_(value, 1 - keep)
        say(f"epoch {epoch + 1} step {done}/{steps} {time.time() - began:.0f}s loss {total / len(shown):.3f}")
    head.load_state_dict(average)


class OneWindow(nn.Module):
    """The head with its inputs by name, as a graph takes them."""

    def __init__(self, head: StatementHead) -> None:
        super().__init__()
        self.head = head

    def forward(self, halfway: Tensor, piece: Tensor, *asked: Tensor) -> tuple[Tensor, Tensor]:
        return self.head(halfway, piece, dict(zip(ASKED, asked, strict=True)))


def write(head: StatementHead, one: Ready, to: Path) -> None:
    """Write the graph, assert that it computes what the network computes, and make its matrix products 8-bit."""
    feed = {"halfway": one.halfway.float(), "piece": one.piece, **{name: one.asked[name] for name in ASKED}}
    head.eval()
    with torch.inference_mode():
        pairs, alone = head(feed["halfway"], one.piece, one.asked)
    axes = {name: {0: "pairs" if name in OF_PAIRS else "candidates"} for name in ASKED}
    axes |= {"halfway": {1: "pieces"}, "piece": {1: "words"}}
    plain = to.with_name("plain.onnx")
    export(OneWindow(head), feed, {"pair_scores": pairs, "single_scores": alone}, axes, plain)
    quantise(plain, to)


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("labels", type=Path)
    a.add_argument("corpora", type=Path)
    a.add_argument("reader", type=Path)
    a.add_argument("out", type=Path)
    a.add_argument("--fold", type=int, default=-1)
    a.add_argument("--epochs", type=int, default=4)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--rate", type=float, default=8e-4)
    a.add_argument("--batch", type=int, default=4)
    o = a.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(o.seed)
    o.out.mkdir(parents=True, exist_ok=True)
    model = load_model()
    rows = [(row, report) for row, report in load(o.labels, o.corpora) if fold_of(row) != o.fold]
    data = [ready(one, model) for row, report in rows for one in examples(report, row["statements"], model.tokenizer)]
    head = StatementHead(upper_of(o.reader))
    with (o.out / "log.txt").open("w", encoding="utf-8") as log:

        def say(line: str) -> None:
            print(line, flush=True)
            log.write(line + "\n")

        say(f"{vars(o)}")
        say(f"{len(rows)} reports, {len(data)} windows to learn from")
        train(head, data, o, say)
    torch.save(head.state_dict(), o.out / "head.pt")
    write(head, next(one for one in data if one.tells), o.out / "statements.onnx")


if __name__ == "__main__":
    main()
