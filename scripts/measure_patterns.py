"""Measures how often each pattern of the rules reader is right, and writes data/lexicons/confidence.tsv.

    python scripts/measure_patterns.py REPORTS.jsonl GOLD.jsonl OUT.tsv

A claim is right when a gold claim of the same harm and number overlaps it. Shares are smoothed towards the share of all
claims with the weight of PRIOR claims, so that a rare pattern is not believed too soon.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from marsad.extract import rules
from marsad.model import Claim, Report

PRIOR = 4.0
HEADING = (
    "# How often claims of a pattern and a kind of phrase were right on the training reports\n# "
    "(scripts/measure_patterns.py).\n"
    "pattern\tkind\tshare\n"
)


def main(reports: Path, gold: Path, out: Path) -> None:
    """Count right and found claims per pattern and kind, and write their shares."""
    golds = {g["doc"]: g["claims"] for g in map(json.loads, gold.read_text("utf-8").splitlines())}
    seen: list[tuple[str, str]] = []

    def note(pattern: str, kind: str) -> float:
        seen.append((pattern, kind))
        return 1.0

    rules._confidence = note
    found: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    for row in map(json.loads, reports.read_text("utf-8").splitlines()):
        seen.clear()
        claims = rules.find_claims(Report(row["id"], row["text"])).claims
        if len(seen) != len(claims):
            continue  # A phrase without a count was tried too: the patterns no longer line up with the claims.
        for (pattern, kind), ok in zip(seen, _right(claims, golds[row["id"]]), strict=True):
            for key in ((pattern, kind), (pattern, "*")):
                found[key] += 1
                right[key] += ok
    whole = sum(n for key, n in right.items() if key[1] == "*") / sum(n for key, n in found.items() if key[1] == "*")
    lines = [f"{p}\t{k}\t{(right[p, k] + PRIOR * whole) / (n + PRIOR):.2f}" for (p, k), n in sorted(found.items())]
    out.write_text(HEADING + "\n".join(lines) + "\n", "utf-8")


def _right(claims: tuple[Claim, ...], gold: list[dict[str, object]]) -> list[bool]:
    """Say of each claim whether a gold claim, used once, has its harm and number and overlaps it."""
    left = list(gold)
    out: list[bool] = []
    for claim in claims:
        match = next((g for g in left if _same(claim, g)), None)
        if match is not None:
            left.remove(match)
        out.append(match is not None)
    return out


def _same(claim: Claim, gold: dict[str, object]) -> bool:
    start, end = gold["start"], gold["end"]
    assert isinstance(start, int) and isinstance(end, int)
    overlaps = start < claim.span.end and claim.span.start < end
    return overlaps and claim.harm == gold["harm"] and claim.count.stated == gold["stated"]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
