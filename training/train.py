"""Trains the learned reader.

    python train.py CORPUS OUT --base FOLDER [--hold-out genre=NAME|eighth=N|none] [--epochs 10] [--seed 1] ...

CORPUS holds reports.jsonl and gold.jsonl (claims_train); OUT receives reader.pt and log.txt. FOLDER holds the base
model (model.safetensors, config.json, tokenizer.json), whose fingerprint is asserted.
"""

import argparse
import hashlib
import json
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Regex, Tokenizer, normalizers
from torch import Tensor
from torch.nn import functional as f

from augment import altered
from labels import CLASSES, NO_LABEL, ROLES, Example, examples, load, split
from marsad.extract.tagger_spans import best_tags, distances, runs
from network import CLASS_SIZES, HARM_COUNT, Reader, Shape, make_reader

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def make_tokenizer(base: Path) -> Tokenizer:
    """Return the base model's tokenizer without cutting or padding, and with marks inside words taken out."""
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    # "ki*lled", "ex*plosion": marks that are put into words to deceive filters. Offsets stay those of the text.
    mend = normalizers.Replace(Regex(r"(?<=\p{L})[*•·](?=\p{L})"), "")
    tokenizer.normalizer = normalizers.Sequence([mend, tokenizer.normalizer])
    return tokenizer


@dataclass
class Batch:
    ids: Tensor
    shapes: Tensor
    breaks: Tensor
    piece: Tensor
    mask: Tensor
    bio: Tensor
    pad: Tensor
    examples: Sequence[Example]


def collate(chosen: Sequence[Example]) -> Batch:
    # Few different lengths: the matrix kernels are made anew for every new shape.
    length = -(-max(len(e.window.ids) for e in chosen) // 32) * 32
    words = -(-max(len(e.window.piece) for e in chosen) // 32) * 32

    def padded(rows: list[Any], width: int, fill: int) -> Tensor:
        return torch.tensor(np.stack([np.pad(r, (0, width - len(r)), constant_values=fill) for r in rows]))

    return Batch(
        padded([e.window.ids for e in chosen], length, 0),
        padded([e.window.shapes for e in chosen], length, 0),
        padded([e.window.breaks for e in chosen], length, 0),
        padded([e.window.piece for e in chosen], words, 0),
        padded([np.ones(len(e.window.ids), np.int64) for e in chosen], length, 0),
        padded([e.bio for e in chosen], words, NO_LABEL),
        padded([np.zeros(len(e.window.piece), np.float32) for e in chosen], words, 1),
        chosen,
    )


def batches(data: Sequence[Example], pieces: int, rng: random.Random) -> Iterator[Batch]:
    """Yield batches of like-long windows, about `pieces` word pieces each, in random order."""
    order = sorted(range(len(data)), key=lambda i: len(data[i].window.ids) + rng.random() * 40)
    groups: list[list[int]] = [[]]
    for i in order:
        if groups[-1] and (len(groups[-1]) + 1) * len(data[i].window.ids) > pieces:
            groups.append([])
        groups[-1].append(i)
    rng.shuffle(groups)
    for group in groups:
        yield collate([data[i] for i in group])


@dataclass
class Spans:
    """The claims of a batch, gold ones first in each window, then spans that are none."""

    window: list[int]
    first: list[int]
    last: list[int]
    gold: list[int]
    """Index of the gold claim in its window, -1 where the span is no claim."""


def choose_spans(batch: Batch, tags: np.ndarray, rng: random.Random) -> Spans:
    spans = Spans([], [], [], [])

    def add(row: int, first: int, last: int, gold: int) -> None:
        spans.window.append(row)
        spans.first.append(first)
        spans.last.append(last)
        spans.gold.append(gold)

    for row, example in enumerate(batch.examples):
        taken = {(c.first, c.last) for c in example.claims}
        for index, claim in enumerate(example.claims):
            add(row, claim.first, claim.last, index)
        words = len(example.window.piece)
        wrong = list(runs(best_tags(tags[row, :words], -1.5)))
        numbers = [at for at in range(1, words - 3) if example.window.shapes[example.window.piece[at]] == 4]
        if numbers:
            at = rng.choice(numbers)
            wrong.append((at, at + rng.randint(0, 2)))
        rng.shuffle(wrong)
        clear = [w for w in wrong if example.window.owned[w[0]] and not any(w[0] <= b and a <= w[1] for a, b in taken)]
        for first, last in clear[:2]:
            add(row, first, last, -1)
    return spans


def claim_inputs(batch: Batch, spans: Spans) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    count, words = len(spans.window), batch.pad.shape[1]
    inside = np.zeros((count, words), np.float32)
    others = np.zeros((len(batch.examples), words), np.float32)
    apart = np.zeros((count, words), np.int64)
    for k, (row, first, last) in enumerate(zip(spans.window, spans.first, spans.last, strict=True)):
        inside[k, first : last + 1] = 1
        others[row, first : last + 1] = 1
        apart[k] = distances(first, words)
    rows = torch.tensor(spans.window)
    return batch.pad[rows], torch.tensor(inside), torch.tensor(others)[rows], torch.tensor(apart)


def role_loss(batch: Batch, spans: Spans, ends: Tensor) -> Tensor:
    """Marginal likelihood: any of the places where the role's words stand is right."""
    words = batch.pad.shape[1]
    right = torch.zeros(len(spans.window), words, 2 * len(ROLES), dtype=torch.bool)
    use = torch.zeros(len(spans.window), 2 * len(ROLES), dtype=torch.bool)
    for k, (row, gold) in enumerate(zip(spans.window, spans.gold, strict=True)):
        if gold < 0:
            continue
        for r, places in enumerate(batch.examples[row].claims[gold].roles):
            if places is not None:
                right[k, places[0], 2 * r] = True
                right[k, places[1], 2 * r + 1] = True
                use[k, 2 * r : 2 * r + 2] = True
    logs = torch.log_softmax(ends.float(), 1)
    loss = -torch.logsumexp(logs.masked_fill(~right, -1e4), 1)
    return loss[use].sum() / max(1, int(use[:, 0].sum())) / 2


def class_loss(batch: Batch, spans: Spans, logits: Tensor, weights: dict[str, Tensor]) -> dict[str, Tensor]:
    harms = torch.zeros(len(spans.window), HARM_COUNT)
    targets = torch.full((len(spans.window), len(CLASSES)), NO_LABEL)
    for k, (row, gold) in enumerate(zip(spans.window, spans.gold, strict=True)):
        if gold >= 0:
            claim = batch.examples[row].claims[gold]
            harms[k] = torch.tensor(claim.harms)
            targets[k] = torch.tensor(claim.classes)
    parts = logits.float().split([HARM_COUNT, *CLASS_SIZES], 1)
    losses = {"harm": f.binary_cross_entropy_with_logits(parts[0], harms, reduction="sum") / len(spans.window)}
    for index, name in enumerate(CLASSES):
        loss = f.cross_entropy(parts[index + 1], targets[:, index], weight=weights.get(name), ignore_index=NO_LABEL)
        losses[name] = torch.nan_to_num(loss)
    return losses


def pair_loss(
    reader: Reader, batch: Batch, spans: Spans, seen: Tensor, state: Tensor, inside: Tensor, rng: random.Random
) -> Tensor:
    place = {(row, gold): k for k, (row, gold) in enumerate(zip(spans.window, spans.gold, strict=True)) if gold >= 0}
    left, right, labels, features = [], [], [], []
    for row, example in enumerate(batch.examples):
        for i, j, label, feats in example.pairs:
            if label == 0 and len(example.pairs) > 60 and rng.random() < 0.5:
                continue
            left.append(place[row, i])
            right.append(place[row, j])
            labels.append(label)
            features.append(feats)
    if not left:
        return torch.zeros(())
    a, b = torch.tensor(left), torch.tensor(right)
    near = (torch.tensor([rng.random() < 0.85 for _ in left])).float().unsqueeze(1)
    mean = inside / inside.sum(1, keepdim=True)
    ab = torch.matmul(mean[b].unsqueeze(1), seen[a]).squeeze(1) * near
    ba = torch.matmul(mean[a].unsqueeze(1), seen[b]).squeeze(1) * near
    logits = reader.pairs(ab, ba, state[a], state[b], torch.tensor(np.stack(features)))
    return f.cross_entropy(logits.float(), torch.tensor(labels))


def step_loss(reader: Reader, batch: Batch, weights: dict[str, Tensor], rng: random.Random) -> dict[str, Tensor]:
    with torch.autocast("cpu", torch.bfloat16):
        words, tags = reader.encoder(batch.ids, batch.shapes, batch.breaks, batch.piece, batch.mask)
    losses = {
        "tags": f.cross_entropy(
            tags.float().reshape(-1, 3), batch.bio.reshape(-1), ignore_index=NO_LABEL, reduction="sum"
        )
    }
    losses["tags"] = losses["tags"] / max(200, int((batch.bio != NO_LABEL).sum())) * 4
    spans = choose_spans(batch, tags.detach().float().numpy(), rng)
    if not spans.window:
        return losses
    pad, inside, others, apart = claim_inputs(batch, spans)
    with torch.autocast("cpu", torch.bfloat16):
        logits, ends, seen, state = reader.claims(words[torch.tensor(spans.window)], pad, inside, others, apart)
    losses |= class_loss(batch, spans, logits, weights)
    losses["roles"] = role_loss(batch, spans, ends)
    losses["pairs"] = pair_loss(reader, batch, spans, seen.float(), state.float(), inside, rng)
    return losses


SHARES = {"tags": 1.5, "harm": 1.0, "roles": 1.0, "pairs": 0.7, "means": 0.4}


def class_weights(data: Sequence[Example], power: float) -> dict[str, Tensor]:
    """Rare classes weigh more: by the share of each to the power -`power`, at most 5 times the commonest."""
    weights = {}
    for index, name in enumerate(CLASSES):
        seen = np.bincount([c.classes[index] for e in data for c in e.claims], minlength=CLASS_SIZES[index])
        share = (seen.max() / np.maximum(seen, 1)) ** power
        weights[name] = torch.tensor(np.minimum(share, 5), dtype=torch.float32)
    return weights


def optimiser(reader: Reader, rate: float) -> torch.optim.AdamW:
    groups: dict[tuple[bool, bool], list[Tensor]] = {}
    for name, parameter in reader.named_parameters():
        if not parameter.requires_grad:
            continue
        head = not name.startswith("encoder.bert")
        plain = parameter.ndim < 2
        groups.setdefault((head, plain), []).append(parameter)
    return torch.optim.AdamW(
        [
            {"params": ps, "lr": rate * (5 if head else 1), "weight_decay": 0.0 if plain else 0.01}
            for (head, plain), ps in groups.items()
        ],
        betas=(0.9, 0.98),
    )


def train(reader: Reader, texts: list[Any], tokenizer: Tokenizer, o: argparse.Namespace, say: Any) -> dict[str, Tensor]:
    """Train and return the moving average of the weights."""
    rng = random.Random(o.seed)
    plain = [e for report, gold in texts for e in examples(report, gold, tokenizer)]
    weights = class_weights(plain, o.class_power)
    steps = o.epochs * math.ceil(sum(len(e.window.ids) for e in plain) * 1.12 / o.pieces)
    adam = optimiser(reader, o.rate)
    bases = [group["lr"] for group in adam.param_groups]
    average = {k: v.detach().clone() for k, v in reader.state_dict().items()}
    done, began, sums = 0, time.time(), {}
    for epoch in range(o.epochs):
        data = plain
        if o.augment and epoch:
            data = [e for pair in texts for e in examples(*altered(*pair, rng, o.augment), tokenizer)]
        for batch in batches(data, o.pieces, rng):
            reader.train()
            portion = min(1.0, done / (0.08 * steps)) * max(0.02, 1 - max(0, done - 0.08 * steps) / (0.92 * steps))
            for group, base in zip(adam.param_groups, bases, strict=True):
                group["lr"] = base * portion
            losses = step_loss(reader, batch, weights, rng)
            total = sum(losses[name] * SHARES.get(name, 0.5) for name in losses)
            adam.zero_grad(set_to_none=True)
            total.backward()
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            adam.step()
            done += 1
            keep = min(o.average, (done + 1) / (done + 10))
            with torch.no_grad():
                for key, value in reader.state_dict().items():
                    if value.dtype.is_floating_point and "word_embeddings" not in key:
                        average[key].lerp_(value, 1 - keep)
                    else:
                        average[key] = value
            for name, loss in losses.items():
                sums[name] = sums.get(name, 0.0) * 0.98 + 0.02 * float(loss.detach())
        say(
            f"epoch {epoch + 1} step {done}/{steps} {time.time() - began:.0f}s "
            + " ".join(f"{k} {v:.3f}" for k, v in sums.items())
        )
    return average


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("corpus", type=Path)
    a.add_argument("out", type=Path)
    a.add_argument("--base", type=Path, required=True)
    a.add_argument("--hold-out", default="eighth=0")
    a.add_argument("--epochs", type=int, default=10)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--rate", type=float, default=2e-4)
    a.add_argument("--pieces", type=int, default=1500)
    a.add_argument("--average", type=float, default=0.995)
    a.add_argument("--class-power", type=float, default=0.25)
    a.add_argument("--augment", type=float, default=0.0)
    a.add_argument("--layers", type=int, default=2)
    a.add_argument("--train-words", action="store_true")
    a.add_argument("--threads", type=int, default=1)
    a.add_argument("--more", type=Path, help="a further corpus, never held out")
    a.add_argument("--start", type=Path, help="a reader.pt to go on from")
    o = a.parse_args()
    torch.set_num_threads(o.threads)
    torch.manual_seed(o.seed)
    o.out.mkdir(parents=True, exist_ok=True)
    raw = (o.base / "model.safetensors").read_bytes()
    assert hashlib.sha256(raw).hexdigest() == BASE_SHA256, "not the official base weights"
    pairs = load(o.corpus)
    held = held_out(pairs, o.hold_out)
    texts = [(r, g) for r, g in pairs if g["doc"] not in held]
    texts += load(o.more) if o.more else []
    tokenizer = make_tokenizer(o.base)
    config = json.loads((o.base / "config.json").read_text("utf-8"))
    reader = make_reader(config, load_file(o.base / "model.safetensors"), Shape(layers=o.layers))
    if o.start:
        reader.load_state_dict(torch.load(o.start, weights_only=True)["weights"])
    reader.encoder.bert.embeddings.word_embeddings.weight.requires_grad_(o.train_words)
    with (o.out / "log.txt").open("w", encoding="utf-8") as log:

        def say(line: str) -> None:
            print(line, flush=True)
            log.write(line + "\n")

        say(f"{vars(o)}")
        say(f"{len(texts)} reports to learn from, {len(held)} held out")
        average = train(reader, texts, tokenizer, o, say)
    torch.save({"weights": average, "config": config, "layers": o.layers, "held": sorted(held)}, o.out / "reader.pt")
    tokenizer.save(str(o.out / "tokenizer.json"))


def held_out(pairs: Sequence[tuple[dict[str, Any], dict[str, Any]]], rule: str) -> set[str]:
    """Return the ids of the reports not to learn from: `none`, `eighth=N`, or `genre=A,B`."""
    kind, _, value = rule.partition("=")
    if kind == "none":
        return set()
    if kind == "eighth":
        return split(pairs, 8, int(value))
    return {gold["doc"] for report, gold in pairs if report.get("genre") in value.split(",")}


if __name__ == "__main__":
    main()
