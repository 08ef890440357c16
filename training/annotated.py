"""Gives our annotation of development reports its words back: labels by offset, the texts stay where they are.

A line of training/annotated/*.jsonl is one report: its id, how many characters of it were read, and its claims, whose
places, doers, dates and sources are [start, end] offsets. With the corpus beside, this makes training files of it.

    python training/annotated.py training/annotated/airwars_syria.jsonl CORPUS/reports.jsonl OUT_FOLDER
"""

import json
import sys
from pathlib import Path
from typing import Any

ROLES = ("place", "date_words", "according_to")


def restore(label: dict[str, Any], report: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the (report, gold) pair of one label, the report cut to what was read."""
    text = report["text"][: label["read"]]

    def words(span: list[int] | None) -> str | None:
        return None if span is None else text[span[0] : span[1]]

    claims = []
    for claim in label["claims"]:
        said = words([claim["start"], claim["end"]])
        roles = {role: words(claim[role]) for role in ROLES}
        doers = [words(span) for span in claim["perpetrators"]]
        empty = {"date": None, "country": None, "admin1": None}
        claims.append({**claim, **roles, **empty, "perpetrators": doers, "words": said, "victims": said})
    kept = {key: report.get(key) for key in ("id", "title", "published", "publisher")}
    gold = {"doc": label["doc"], "claims": claims, "breakdowns": label["breakdowns"], "incidents": []}
    return {**kept, "genre": "annotated", "text": text}, gold


def main(labels: str, corpus: str, out: str) -> None:
    """Write reports.jsonl and gold.jsonl of the labelled reports into the folder `out`."""
    reports = {row["id"]: row for row in map(json.loads, Path(corpus).read_text("utf-8").splitlines())}
    rows = map(json.loads, Path(labels).read_text("utf-8").splitlines())
    pairs = [restore(label, reports[label["doc"]]) for label in rows]
    target = Path(out)
    target.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(("reports", "gold")):
        lines = "".join(json.dumps(pair[number], ensure_ascii=False) + "\n" for pair in pairs)
        (target / f"{name}.jsonl").write_text(lines, "utf-8")
    print(f"{len(pairs)} reports, {sum(len(gold['claims']) for _, gold in pairs)} claims")


if __name__ == "__main__":
    main(*sys.argv[1:4])
