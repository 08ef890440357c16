"""Fits the weights of the tally's evidence on annotated reports and writes src/marsad/data/tally/weights.tsv.

    python scripts/fit_tally.py REPORTS.jsonl GOLD.jsonl OUT.tsv

REPORTS has one report a line (id, text, title, published), GOLD the annotations of the same reports (claims with
offsets and `same_as`, breakdowns, incidents). Four logistic regressions are fitted by Newton's method, one per relation
of a pair of claims; each report is seen once as annotated, and again with claims dropped and attributes blanked at
random (fixed seeds), because claims that a program finds are poorer than those that people mark. The same input gives
the same table.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marsad.model import Claim, Report
from marsad.tally.evidence import harms, pair_evidence
from marsad.tally.given import claims_given
from marsad.tally.scene import set_scene
from marsad.tally.weights import RELATIONS, Row, Weights

RIDGE = 2.0
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
    above: frozenset[tuple[str, str]]
    event: dict[str, int]


@dataclass(frozen=True)
class Pair:
    """What is observed of two claims, and for each relation whether it holds (None: not to be learned from)."""

    evidence: list[str]
    holds: tuple[bool | None, bool | None, bool | None, bool | None]


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
    return Annotated(report, claims_given(gold, report), first, edges, _closure(edges) - edges, event)


def _closure(edges: frozenset[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    known = set(edges)
    while more := {(a, d) for a, b in known for c, d in edges if b == c} - known:
        known |= more
    return frozenset(known)


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


def pairs_of(item: Annotated, claims: Sequence[Claim]) -> Iterator[Pair]:
    """Yield every pair of claims of one report with its evidence and the annotator's answer."""
    scene = set_scene(item.report, claims)
    for b in scene.facts:
        for a in scene.facts[: b.at]:
            yield Pair(pair_evidence(a, b), _holds(item, a.claim, b.claim))


def _holds(item: Annotated, a: Claim, b: Claim) -> tuple[bool | None, bool | None, bool | None, bool | None]:
    x, y = item.first[a.id], item.first[b.id]
    event = item.event[a.id] == item.event[b.id] if a.id in item.event and b.id in item.event else None
    if harms(a, b) == "differ":
        return None, None, None, event
    # A grandchild is neither a direct part nor a stranger: it is left out.
    part = None if (x, y) in item.above else (x, y) in item.edges
    whole = None if (y, x) in item.above else (y, x) in item.edges
    return x == y, part, whole, event


def fit(pairs: Sequence[Pair]) -> dict[str, Row]:
    """Return the weight of each observation for each relation, observations in alphabetical order."""
    seen = Counter(name for pair in pairs for name in set(pair.evidence))
    names = sorted(name for name, times in seen.items() if times >= LEAST_SEEN)
    place = {name: at for at, name in enumerate(names)}
    design = np.zeros((len(pairs), len(names)), np.float32)
    for row, pair in enumerate(pairs):
        design[row, [place[name] for name in pair.evidence if name in place]] = 1
    columns = []
    for relation in range(len(RELATIONS)):
        known = np.array([pair.holds[relation] is not None for pair in pairs])
        answer = np.array([bool(pair.holds[relation]) for pair in pairs])
        columns.append(_newton(design[known], answer[known]))
    return {name: (c[0], c[1], c[2], c[3]) for name, c in zip(names, np.stack(columns, 1).tolist(), strict=True)}


def _newton(design: NDArray[np.float32], answer: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Fit one logistic regression with a ridge by Newton's method."""
    size = design.shape[1]
    weights = np.zeros(size)
    for _ in range(15):
        odds = np.clip((design @ weights.astype(np.float32)).astype(np.float64), -30, 30)
        chance = 1 / (1 + np.exp(-odds))
        curve = np.maximum(chance * (1 - chance), 1e-6).astype(np.float32)
        hessian = ((design * curve[:, None]).T @ design).astype(np.float64)
        hessian[np.diag_indices(size)] += RIDGE
        slope = (design.T @ (answer - chance).astype(np.float32)).astype(np.float64) - RIDGE * weights
        step = np.linalg.solve(hessian, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-3:
            break
    return weights


def fit_reports(items: Sequence[Annotated]) -> Weights:
    """Return the weights that fit the given reports, as annotated and worsened."""
    pairs = [pair for item in items for pair in pairs_of(item, item.claims)]
    for copy in range(NOISY_COPIES):
        chance = random.Random(copy)
        pairs += [pair for item in items for pair in pairs_of(item, worsened(item.claims, chance))]
    return Weights(fit(pairs))


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
