"""Measure the actor resolver: python eval/actors/measure.py CORPORA [--half tuning|held-out] [--errors]

CORPORA is the folder that holds claims_train. Claims are built from the gold's words for perpetrators, with the
gold's country and day as the other resolvers would give them. A label may name several ids (`a|b`) where careful
readers would differ; `-` is nobody.
"""

import argparse
import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from marsad.model import Claim, Count, Perpetrator, Report, Span, Victims, Voice, When, Where
from marsad.resolve.who import resolve_who


def reports(folder: Path) -> dict[str, Report]:
    """Read the reports of a corpus by id."""
    rows = map(json.loads, (folder / "reports.jsonl").read_text("utf-8").splitlines())
    return {r["id"]: report_of(r) for r in rows}


def report_of(row: dict[str, Any]) -> Report:
    """Make a report of a row."""
    published = date.fromisoformat(row["published"][:10]) if row.get("published") else None
    return Report(row["id"], row["text"], title=row.get("title"), publisher=row.get("publisher"), published=published)


def claim_of(row: dict[str, Any], text: str) -> Claim:
    """Make a claim of a gold row, its actors not resolved."""
    span = Span(row["start"], row["end"], text[row["start"] : row["end"]])
    day = [date.fromisoformat(d) if d else None for d in row["date"] or [None, None]]
    return Claim(
        row["id"],
        span,
        row["harm"],
        Count(span.quote, None, "vague", 1, 1, None),
        Victims(row["victims"], row["status"]),
        tuple(Perpetrator(p) for p in row["perpetrators"]),
        When(row["date_words"], day[0], day[1]),
        Where(row["place"], country=row["country"]),
        Voice(row["according_to"]) if row["according_to"] else None,
    )


def resolved(corpora: Path) -> Iterator[tuple[Report, tuple[Claim, ...]]]:
    """Yield every report of claims_train with its resolved claims."""
    by_id = reports(corpora / "claims_train")
    for line in (corpora / "claims_train" / "gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        report = by_id[gold["doc"]]
        yield report, resolve_who(report, [claim_of(c, report.text) for c in gold["claims"]])


def main() -> None:
    """Print how many labels are met, in all and where somebody is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--half", choices=["tuning", "held-out"])
    parser.add_argument("--errors", action="store_true", help="list document, claim, expected and found ids")
    args = parser.parse_args()
    claims = {(r.id, c.id): c for r, found in resolved(args.corpora) for c in found}
    counts = {"all": [0, 0], "named": [0, 0], "nobody": [0, 0]}
    with (Path(__file__).parent / "labels.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if args.half and row["half"] != args.half:
                continue
            actor = claims[row["doc"], row["claim"]].perpetrators[int(row["perpetrator"])].actor
            found, wanted = actor.id if actor else "-", row["actor"].split("|")
            for group in ("all", "nobody" if wanted[0] == "-" else "named"):
                counts[group][0] += found in wanted
                counts[group][1] += 1
            if args.errors and found not in wanted:
                print(row["doc"], row["claim"], row["perpetrator"], row["actor"], "found", found)
    for group, (right, total) in counts.items():
        print(f"{group}: {right} of {total} right ({right / max(1, total):.3f})")


if __name__ == "__main__":
    main()
