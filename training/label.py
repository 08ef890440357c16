"""Turns marked copies of development reports into labels by offset, so that no word of theirs is kept.

    python training/label.py template CORPUS/reports.jsonl ID [ID ...]      prints reports ready to be marked
    python training/label.py labels CORPUS/reports.jsonl MARKED.txt         prints a label a line

The marks are those of `written.py`; the texts must stand in MARKED.txt unaltered but for the marks, and may end early.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from written import compile_file

Json = dict[str, Any]
KEPT = (
    "id",
    "start",
    "end",
    "harm",
    "stated",
    "stated_high",
    "qualifier",
    "status",
    "basis",
    "means",
    "scope",
    "modality",
)


def place_of(words: str | None, text: str, near: int) -> list[int] | None:
    """Return the offsets of the occurrence of `words` that is nearest to `near`; None for no words."""
    if words is None:
        return None
    # Old wires break their lines inside a phrase, which an annotation line cannot show.
    wanted = r"\s+".join(map(re.escape, words.split()))
    found = [one.span() for one in re.finditer(rf"(?<!\w){wanted}(?!\w)", text, re.IGNORECASE)]
    if not found:
        sys.exit(f"{words!r} does not stand in the text")
    return list(min(found, key=lambda span: (abs(span[0] - near), span[0])))


def label(report: Json, gold: Json, text: str) -> Json:
    """Return one report's label: its claims with every phrase as offsets."""
    if report["text"][: len(text)] != text:
        odd = next(i for i, (a, b) in enumerate(zip(report["text"], text, strict=False)) if a != b)
        sys.exit(f"{report['id']}: the text was altered near {text[max(0, odd - 40) : odd + 40]!r}")
    claims = []
    for claim in gold["claims"]:
        near = claim["start"]
        roles = {role: place_of(claim[role], text, near) for role in ("place", "date_words", "according_to")}
        doers = [place_of(words, text, near) for words in claim["perpetrators"]]
        kept = {key: claim[key] for key in KEPT}
        claims.append({**kept, "same_as": claim["same_as"], "perpetrators": doers, **roles})
    return {"doc": report["id"], "read": len(text), "claims": claims, "breakdowns": gold["breakdowns"]}


def template(report: Json) -> str:
    """Return the head line and the text of a report, ready for marks."""
    head = " | ".join(str(report.get(key) or "") for key in ("id", "published", "publisher", "title"))
    return f"@ {head}\n{report['text']}\n"


def main(verb: str, corpus: str, *rest: str) -> None:
    """Print templates or labels."""
    reports = {row["id"]: row for row in map(json.loads, Path(corpus).read_text("utf-8").splitlines())}
    if verb == "template":
        print("\n".join(template(reports[name]) for name in rest))
        return
    for path in rest:
        for made, gold in compile_file(Path(path)):
            print(json.dumps(label(reports[made["id"].removeprefix("w-")], gold, made["text"]), ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
