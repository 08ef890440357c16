"""Chooses the probabilities from which statements are told, on reports that the head has not learned from.

    python choose_statements.py LABELS CORPORA READER_FOLDER --fold N [--least 0.7] [--write FOLDER]

READER_FOLDER holds a reader (tagger.json and what it names) whose statements.onnx was trained with the same --fold. For
each kind the probability of the best F1 is printed among those that reach the least precision asked for.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from export import write_card
from marsad.extract.statements.drafts import Draft
from marsad.extract.statements.find import drafts_by_rules, statements_of
from marsad.extract.statements.learned import beside, scored
from marsad.extract.statements.phrases import Line
from marsad.extract.tagger_model import CARD, load_from
from marsad.model import Report
from marsad.reading import named_in_text
from marsad.resolve.statements import resolve_statements
from statements import fold_of, load

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from eval.statements.measure import compare, figures

KINDS = ("responsibility", "control", "relation", "agreement")
STEPS = tuple(n / 20 for n in range(6, 20))


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("labels", type=Path)
    a.add_argument("corpora", type=Path)
    a.add_argument("folder", type=Path)
    a.add_argument("--fold", type=int, required=True)
    a.add_argument("--least", type=float, default=0.0)
    a.add_argument("--write", type=Path, help="the folder whose card gets what was chosen")
    o = a.parse_args()
    model = load_from(o.folder)
    counts = {step: Counter[tuple[str, str]]() for step in STEPS}
    by_rules = Counter[tuple[str, str]]()
    for row, report in load(o.labels, o.corpora):
        if fold_of(row) != o.fold:
            continue
        told = drafts_by_rules(report.text, named_in_text(report))
        found = dict(scored(model, report.text, told))
        for kind, outcome in outcomes(report, row, told):
            by_rules[kind, outcome] += 1
        for step in STEPS:
            accept = dict.fromkeys(KINDS, step)
            both = [(line, beside(drafts, found.get(at, ()), accept)) for at, (line, drafts) in enumerate(told)]
            for kind, outcome in outcomes(report, row, both):
                counts[step][kind, outcome] += 1
    best: dict[str, float] = {}
    for kind in (*KINDS, "all"):
        print(f"{kind}: wordings alone {' '.join(f'{n:.3f}' for n in figures(kind, by_rules))}")
        for step in STEPS:
            print(f"  {step:.2f} {' '.join(f'{n:.3f}' for n in figures(kind, counts[step]))}")
        fit = [step for step in STEPS if figures(kind, counts[step])[0] >= o.least] or [STEPS[-1]]
        best[kind] = max(fit, key=lambda step, kind=kind: figures(kind, counts[step])[2])
        print(f"  best: {best[kind]}")
    if o.write:
        settings = json.loads((o.write / CARD).read_text("utf-8"))["settings"]
        write_card(o.write, settings | {"statements": {kind: best[kind] for kind in KINDS}})


def outcomes(
    report: Report, row: dict[str, Any], told: Sequence[tuple[Line, Sequence[Draft]]]
) -> Iterator[tuple[str, str]]:
    """Yield (kind, outcome) over the marks of a report and what is told of it."""
    found = resolve_statements(report, statements_of(report, told))
    for outcome, kind, _ in compare(report, row["statements"], found):
        yield kind, outcome


if __name__ == "__main__":
    main()
