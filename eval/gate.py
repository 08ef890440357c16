"""The gate: measures Marsad on its own gold (and on corpora beside the project) and holds it to eval/floors.json.

    python -m eval.gate                          measure, print a table, exit code 1 below a floor
    python -m eval.gate --update                 raise the floors to what was measured
    python -m eval.gate --update --allow-lower   lower them too: say why in CHANGELOG.md

A floor stands for one corpus and the fingerprint of its gold: a changed gold needs --update as well.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from marsad.evaluate import add_up, coding_of, figures, load_corpus, measure
from marsad.model import Report
from marsad.read import read_reports
from marsad.reading import ReadingOptions, make_reading

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
CORPORA = {"own": HERE, "claims": HERE.parent.parent / "shared" / "corpora" / "claims"}
# Rules are exact, but a learned model's last digits differ between processors: one flipped claim of 400 is not a fall.
TOLERANCE = 0.003

Figures = dict[str, float]


def main() -> int:
    """Measure every corpus that is there, and compare with its floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="raise floors, take over a changed gold")
    parser.add_argument("--allow-lower", action="store_true", help="with --update: lower floors too")
    parser.add_argument("--corpus", action="append", choices=sorted(CORPORA), help="only this corpus")
    options = parser.parse_args()
    floors = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    complaints: list[str] = []
    for name in options.corpus or CORPORA:
        folder = CORPORA[name]
        if not (folder / "gold.jsonl").exists():
            print(f"{name}: not beside the project, left out")
            continue
        measured, mark = measure_folder(folder), fingerprint(folder)
        show(name, measured, floors.get(name, {}).get("floors", {}))
        if options.update:
            floors[name] = raised(floors.get(name, {}), measured, mark, options.allow_lower)
        else:
            complaints += compare(name, measured, mark, floors.get(name))
    if options.update:
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n", "utf-8")
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return 1 if complaints else 0


def measure_folder(folder: Path) -> Figures:
    """Return the figures that have floors, by name: F1 of things, shares of reports, attributes told rightly."""
    corpus = load_corpus(folder / "reports.jsonl", folder / "gold.jsonl")
    wanted = {coding.report for coding in corpus.golds}
    reports = [item for item in read_reports(str(folder / "reports.jsonl")) if isinstance(item, Report)]
    options = ReadingOptions()
    found = {report.id: coding_of(make_reading(report, options)) for report in reports if report.id in wanted}
    return flat(figures(add_up(one.scores for one in measure(corpus.golds, found))))


def flat(nested: dict[str, Any]) -> Figures:
    """Return one number for each thing that is measured.

    An attribute counts over all claims of the gold, those not found included: over the claims found alone it would
    fall whenever a reader finds more, and harder ones.
    """
    claims = nested["claims strict"]["gold"]
    out: Figures = {}
    for name, value in nested.items():
        if name == "attributes":
            right = {key: share["accuracy"] * share["asked"] for key, share in value.items()}
            out |= {f"{key}, of all claims": number / max(1, claims) for key, number in right.items()}
        else:
            out[name] = value["f1"] if isinstance(value, dict) else value
    return out


def fingerprint(folder: Path) -> str:
    """Return the SHA-256 of a corpus: of its reports and its gold."""
    both = (folder / "reports.jsonl").read_bytes() + (folder / "gold.jsonl").read_bytes()
    return hashlib.sha256(both).hexdigest()


def compare(name: str, measured: Figures, mark: str, pinned: dict[str, Any] | None) -> list[str]:
    """Return what falls short of the floors of one corpus, in plain words."""
    if pinned is None:
        return [f"{name}: no floors yet; run python -m eval.gate --update"]
    if pinned["fingerprint"] != mark:
        return [f"{name}: the gold changed; look at the figures, then run python -m eval.gate --update"]
    return [
        f"{name}: {thing} fell to {measured.get(thing, 0):.3f}, its floor is {floor:.3f}"
        for thing, floor in pinned["floors"].items()
        if measured.get(thing, 0) < floor - TOLERANCE
    ]


def raised(pinned: dict[str, Any], measured: Figures, mark: str, allow_lower: bool) -> dict[str, Any]:
    """Return the new floors: never below the old ones unless that was asked for."""
    old = {} if allow_lower else pinned.get("floors", {})
    floors = {thing: max(round(value, 4), old.get(thing, 0)) for thing, value in measured.items()}
    return {"fingerprint": mark, "floors": floors}


def show(name: str, measured: Figures, floors: Figures) -> None:
    """Print the figures of one corpus beside their floors."""
    print(f"{name:<32} {'now':>6} {'floor':>6}")
    for thing, value in measured.items():
        floor = f"{floors[thing]:6.3f}" if thing in floors else "     -"
        print(f"  {thing:<30} {value:6.3f} {floor}")


if __name__ == "__main__":
    sys.exit(main())
