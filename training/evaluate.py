"""Measures a trained reader on a corpus through the shipped code, and writes its claims in the output contract.

    python evaluate.py CORPUS SCORER [--model RUN] [--folder FOLDER] [--beside] [--only held|all] [--out FILE]

RUN is train.py's folder, FOLDER export.py's; with both, the exported files are measured on RUN's held-out reports.
SCORER is the folder of score_claims.py. Links are turned into breakdowns and restatements at even odds, only to
measure them; in the product the tally decides.
"""

import argparse
import collections
import importlib
import json
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from labels import load
from marsad.contract import to_json
from marsad.extract import rules
from marsad.extract.tagger import read_with
from marsad.extract.tagger_model import Model, load_from
from marsad.model import Breakdown, Extraction, Reading, Report, Restatement

Pair = tuple[dict[str, Any], dict[str, Any]]


def as_report(raw: dict[str, Any]) -> Report:
    published = date.fromisoformat(raw["published"][:10]) if raw.get("published") else None
    return Report(
        raw.get("doc") or raw["id"],
        raw["text"],
        raw.get("title"),
        raw.get("publisher"),
        raw.get("url"),
        None,
        published,
    )


def as_reading(report: Report, found: Extraction) -> Reading:
    parts: dict[str, list[str]] = collections.defaultdict(list)
    for link in found.links:
        if link.relation == "part" and link.probability >= 0.5:
            parts[link.right].append(link.left)
    same = {
        link.right: link.left for link in reversed(found.links) if link.relation == "same" and link.probability >= 0.5
    }
    return Reading(
        report,
        found.claims,
        tuple(Breakdown(total, tuple(some), "including", "consistent") for total, some in parts.items()),
        tuple(Restatement(first, later) for later, first in same.items()),
        warnings=found.warnings,
    )


def readings(model: Model, pairs: Sequence[Pair], beside: bool) -> Iterator[dict[str, Any]]:
    for raw, _ in pairs:
        report = as_report(raw)
        others = rules.find_claims(report).claims if beside else None
        yield json.loads(json.dumps(to_json(as_reading(report, read_with(model, report, others)))))


def by_genre(scorer: Any, pairs: Sequence[Pair], found: Sequence[dict[str, Any]]) -> None:
    for genre in sorted({raw.get("genre", "") for raw, _ in pairs}):
        golds = [gold for raw, gold in pairs if raw.get("genre", "") == genre]
        figures, _ = scorer.score(golds, found)
        strict, count, kinds = figures["claims strict"], figures["claims count"], figures["attributes"]
        told = " ".join(
            f"{k} {kinds[k]['accuracy']:.2f}"
            for k in ("scope", "status", "perpetrator", "according to", "place words")
            if k in kinds
        )
        rates = " ".join(f"{name[0].upper()} {strict[name]:.3f}" for name in ("precision", "recall", "f1"))
        print(f"{genre:<17} strict {rates} count {count['f1']:.3f} ({strict['gold']}) {told}")


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("corpus", type=Path)
    a.add_argument("scorer", type=Path)
    a.add_argument("--model", type=Path)
    a.add_argument("--folder", type=Path)
    a.add_argument("--beside", action="store_true", help="judge the rules' claims too")
    a.add_argument("--only", default="held")
    a.add_argument("--out", type=Path)
    a.add_argument("--errors", type=int, default=0)
    o = a.parse_args()
    sys.path.insert(0, str(o.scorer))
    scorer = importlib.import_module("score_claims")
    model, held = chosen_model(o)
    pairs = [(raw, gold) for raw, gold in load(o.corpus) if o.only == "all" or gold["doc"] in held]
    began = time.process_time()
    found = list(readings(model, pairs, o.beside))
    spent = time.process_time() - began
    words = sum(len(raw["text"].split()) for raw, _ in pairs)
    print(f"{len(pairs)} reports, {words} words: {words / 400 / spent:.1f} reports of 400 words a CPU-second")
    if o.out:
        o.out.write_text("".join(json.dumps(f, ensure_ascii=False) + "\n" for f in found), "utf-8")
    figures, errors = scorer.score([gold for _, gold in pairs], found)
    assert figures["claims strict"]["recall"] > 0, "the reader finds nothing: training collapsed"
    scorer.show(figures)
    by_genre(scorer, pairs, found)
    texts = {gold["doc"]: raw["text"] for raw, gold in pairs}
    for doc, kind, harm, number, start, end in errors[: o.errors]:
        text = texts[doc]
        place = f"{text[max(0, start - 60) : start]!r} >>{text[start:end]!r}<< {text[end : end + 60]!r}"
        print(f"{doc} {kind:<6} {harm:<9} {number[0]!s:>6} {place}")


def chosen_model(o: argparse.Namespace) -> tuple[Model, set[str]]:
    if o.folder:
        return load_from(o.folder), held_by(o.model)
    return importlib.import_module("torch_model").TorchModel(o.model), held_by(o.model)


def held_by(run: Path | None) -> set[str]:
    """Return the reports that a run did not learn from."""
    if run is None:
        return set()
    return set(importlib.import_module("torch").load(run / "reader.pt", weights_only=True)["held"])


if __name__ == "__main__":
    main()
