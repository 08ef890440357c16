"""Measures the statements of reports against labels made by careful reading (labels.jsonl, GUIDELINES.md).

    python -m eval.statements.measure [--half making|measuring|both] [--faults KIND] [--shared ../shared]

The labels name corpus, report and offsets; the texts lie beside the project and do not ship. A statement is right when
its kind is, its words overlap a label's, and its main parts are right: terms are equal, words overlap or name the same.
Rules were made on one half only; the other is for measuring.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from marsad.model import Report, Slot, Statement
from marsad.reading import read_statements
from marsad.resolve.who import find_actor
from marsad.vocabulary import STATEMENT_KINDS, STATEMENT_TERMS

HERE = Path(__file__).parent
MAIN_SLOTS = {
    "responsibility": ("actor",),
    "control": ("actor", "place"),
    "relation": ("left", "right"),
    "agreement": ("parties",),
    "record": ("window",),
}
EMPTY_WORDS = frozenset(("the", "a", "an", "of", "in", "on", "and", "for", "to", "its", "his", "their")) | {
    *("this", "that", "these", "those", "group", "groups", "force", "forces", "region", "area", "areas"),
    *("city", "town", "province"),
}
"""Words of a phrase that name nothing by themselves."""
Row = dict[str, Any]


def main() -> int:
    """Print precision, recall and F1 by kind, and on request what was missed and what was invented."""
    options = arguments()
    if not (options.shared / "corpora").is_dir():
        print(f"{options.shared / 'corpora'} is not there: nothing to measure with", file=sys.stderr)
        return 1
    counts: Counter[tuple[str, str]] = Counter()
    for report, outcome, kind, words in outcomes(options.half, options.shared):
        counts[kind, outcome] += 1
        if options.faults in (kind, "all") and outcome != "right":
            print(f"{report} {outcome} {kind}: {words}")
    print(options.half)
    for kind in (*STATEMENT_KINDS, "all"):
        print(line(kind, counts))
    if options.half != "measuring":
        return 0
    low = below_floors(counts)
    for words in low:
        print(words, file=sys.stderr)
    return 1 if low else 0


def outcomes(half: str, shared: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield (report, outcome, kind, words) over the labelled reports of a half."""
    for row in labels():
        if half in ("both", row["half"]):
            report = report_of(row, shared)
            for found in compare(report, row["statements"], read_statements(report)):
                yield (row["id"], *found)


def below_floors(counts: Mapping[tuple[str, str], int]) -> list[str]:
    """Say which kinds fell below the floor of F1 that was reached before (floors.json)."""
    floors: dict[str, float] = json.loads((HERE / "floors.json").read_text("utf-8"))
    reached = {kind: figures(kind, counts)[2] for kind in floors}
    return [
        f"{kind}: F1 {reached[kind]:.3f} is below {floor:.3f}"
        for kind, floor in floors.items()
        if reached[kind] < floor
    ]


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("making", "measuring", "both"), default="measuring")
    parser.add_argument("--faults", choices=(*STATEMENT_KINDS, "all"), help="print what was missed and invented")
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent.parent / "shared")
    return parser.parse_args()


def labels() -> list[Row]:
    """Return the labels, a row per report."""
    return [json.loads(text) for text in (HERE / "labels.jsonl").read_text("utf-8").splitlines()]


def report_of(row: Row, shared: Path) -> Report:
    """Return the report that a row of labels is about."""
    one = _corpus(shared / "corpora" / row["set"] / "reports.jsonl")[row["id"]]
    day = date.fromisoformat(one["published"][:10]) if one.get("published") else None
    return Report(one["id"], one["text"], title=one.get("title"), publisher=one.get("publisher"), published=day)


@cache
def _corpus(file: Path) -> dict[str, Row]:
    return {one["id"]: one for one in map(json.loads, file.read_text("utf-8").splitlines())}


def compare(report: Report, gold: Sequence[Row], found: Sequence[Statement]) -> Iterator[tuple[str, str, str]]:
    """Yield (outcome, kind, words) for every label and every statement: right once for both, missed, invented."""
    left = list(found)
    for label in gold:
        match = next((one for one in left if is_right(report, label, one)), None)
        if match is None:
            yield "missed", label["kind"], described(report, label)
        else:
            left.remove(match)
            yield "right", label["kind"], match.span.quote
    for one in left:
        words = {name: [slot.text for slot in slots] for name, slots in one.slots.items()}
        yield "invented", one.kind, f"{one.span.quote!r} {dict(one.terms)} {words}"


def is_right(report: Report, label: Row, one: Statement) -> bool:
    """Say whether a statement is the one that a label means: kind, place in the text, terms and main words."""
    if one.kind != label["kind"] or one.span.end <= label["start"] or label["end"] <= one.span.start:
        return False
    if any(one.terms[name] != label.get(name) for name in STATEMENT_TERMS[one.kind]):
        return False
    for name in MAIN_SLOTS[one.kind]:
        wanted = label.get(name) or []
        spans = [wanted] if wanted and isinstance(wanted[0], int) else wanted
        have = one.slots.get(name, ())
        if spans and not any(same(report, want, slot) for want in spans for slot in have):
            return False
        if not spans and have and name != "parties":
            return False
    return True


def same(report: Report, want: Sequence[int], got: Slot) -> bool:
    """Say whether two runs of words overlap, share a word that names something, or mean one actor or place."""
    if want[0] < got.span.end and got.span.start < want[1]:
        return True
    words = report.text[want[0] : want[1]]
    if naming(words) & naming(got.text):
        return True
    if got.where is not None and got.where.name is not None:
        return bool(naming(words) & naming(got.where.name))
    return got.actor is not None and find_actor(words, report=report) == got.actor


def naming(words: str) -> set[str]:
    """Return the words of a phrase that name something."""
    plain = {word.strip(".,'\"()“”’").removesuffix("'s").removesuffix("’s").lower() for word in words.split()}
    return plain - EMPTY_WORDS - {""}


def described(report: Report, label: Row) -> str:
    """Return a label in words."""
    words = {
        name: report.text[value[0] : value[1]] if isinstance(value[0], int) else [report.text[a:b] for a, b in value]
        for name, value in label.items()
        if isinstance(value, list) and value
    }
    terms = {name: value for name, value in label.items() if isinstance(value, str) and name != "kind"}
    return f"{report.text[label['start'] : label['end']]!r} {terms} {words}"


def line(kind: str, counts: Mapping[tuple[str, str], int]) -> str:
    """Return one row of the table."""
    precision, recall, both = figures(kind, counts)
    return f"  {kind:<16} precision {precision:.3f}  recall {recall:.3f}  F1 {both:.3f}  of {labelled(kind, counts)}"


def figures(kind: str, counts: Mapping[tuple[str, str], int]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of a kind, or of "all"."""
    right, missed, invented = (number(kind, outcome, counts) for outcome in ("right", "missed", "invented"))
    return share(right, right + invented), share(right, right + missed), share(2 * right, 2 * right + missed + invented)


def labelled(kind: str, counts: Mapping[tuple[str, str], int]) -> int:
    """Return how many labels there are of a kind."""
    return number(kind, "right", counts) + number(kind, "missed", counts)


def number(kind: str, outcome: str, counts: Mapping[tuple[str, str], int]) -> int:
    """Return how often a kind, or any, had an outcome."""
    return sum(n for (of, what), n in counts.items() if what == outcome and kind in (of, "all"))


def share(part: int, whole: int) -> float:
    """Return a share; 0 of nothing."""
    return part / whole if whole else 0.0


if __name__ == "__main__":
    sys.exit(main())
