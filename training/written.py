"""Compiles the reports that we wrote for training (training/written/*.txt) into reports.jsonl and gold.jsonl.

A report is a line `@ id | published | publisher | title`, the text with its claims marked as {a|three civilians}, then
lines of annotation. `* key=value; ...` sets what the claims below it share (by, basis, means, at, when, acc, scope,
modality; "-" is nothing). `a k civ =b <c; key=value` is a claim: its mark, its harm, its status, the claim that it
repeats (=), the claim that it is part of (<), and its own values. Counts are read from the words.

    python training/written.py training/written OUT_FOLDER
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from marsad.extract.counting import count_people

HARMS = {
    "k": "killed",
    "i": "injured",
    "mis": "missing",
    "cap": "captured",
    "abd": "abducted",
    "det": "detained",
    "dis": "displaced",
    "cas": "casualties",
}
STATUSES = {"civ": "civilian", "com": "combatant", "mix": "mixed", "unk": "unknown"}
MARK = re.compile(r"\{(\w+)\|([^{}]*)\}")
ANNOTATION = re.compile(r"^(\*|\w{1,2} (?:" + "|".join(HARMS) + r") (?:" + "|".join(STATUSES) + r")\b)")
SHARED = {"by", "basis", "means", "at", "when", "acc", "scope", "modality"}

Json = dict[str, Any]


def compile_file(path: Path) -> list[tuple[Json, Json]]:
    """Return the (report, gold) pairs of one file."""
    blocks = re.split(r"^@ ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]
    return [_compile(block) for block in blocks]


def _compile(block: str) -> tuple[Json, Json]:
    head, _, body = block.partition("\n")
    name, published, publisher, title = (part.strip() for part in head.split("|", 3))
    lines = body.rstrip("\n").split("\n")
    notes = [line for line in lines if ANNOTATION.match(line)]
    text, spans = _unmark("\n".join(line for line in lines if not ANNOTATION.match(line)))
    report = {"id": f"w-{name}", "genre": "written", "title": title, "text": text}
    report |= {"published": published or None, "publisher": publisher}
    return report, _gold(f"w-{name}", text, spans, notes)


def _unmark(marked: str) -> tuple[str, dict[str, tuple[int, int]]]:
    text, at, spans = "", 0, {}
    for found in MARK.finditer(marked):
        text += marked[at : found.start()]
        spans[found[1]] = (len(text), len(text) + len(found[2]))
        text += found[2]
        at = found.end()
    return text + marked[at:], spans


def _gold(name: str, text: str, spans: dict[str, tuple[int, int]], notes: list[str]) -> Json:
    shared: dict[str, str] = {}
    claims: list[Json] = []
    parts: dict[str, list[str]] = {}
    for note in notes:
        head, *rest = (part.strip() for part in note.split(";"))
        if head.startswith("*"):
            # A new line of shared values starts afresh: nothing leaks from the event before.
            shared = dict(part.split("=", 1) for part in [head[1:].strip(), *rest])
            if unknown := shared.keys() - SHARED:
                sys.exit(f"{name}: unknown keys {sorted(unknown)}")
            continue
        mark, harm, status, *ties = head.split()
        if mark not in spans:
            sys.exit(f"{name}: {mark} is not marked in the text")
        own = dict(part.split("=", 1) for part in rest)
        same = next((tie[1:] for tie in ties if tie.startswith("=")), None)
        claims.append(_claim(mark, spans[mark], text, shared | own, (HARMS[harm], STATUSES[status], same)))
        for tie in ties:
            if tie.startswith("<"):
                parts.setdefault(tie[1:], []).append(mark)
    if missing := spans.keys() - {claim["id"] for claim in claims}:
        sys.exit(f"{name}: no annotation for {sorted(missing)}")
    claims.sort(key=lambda claim: claim["start"])
    breakdowns = [{"total": total, "parts": its, "kind": "including"} for total, its in parts.items()]
    return {"doc": name, "claims": claims, "breakdowns": breakdowns, "incidents": []}


def _claim(
    mark: str, span: tuple[int, int], text: str, values: dict[str, str], kind: tuple[str, str, str | None]
) -> Json:
    words = text[span[0] : span[1]]
    count = count_people(words)
    if count is None:
        sys.exit(f"no count in {words!r}")
    given = {key: None if value == "-" else value for key, value in values.items()}
    for key in ("by", "at", "when", "acc"):
        value = given.get(key)
        if value and value.casefold() not in text.casefold():
            print(f"warning: {key}={value!r} does not stand in the text of {words!r}", file=sys.stderr)
    return {
        "id": mark,
        "start": span[0],
        "end": span[1],
        "words": words,
        "harm": kind[0],
        "stated": count.stated,
        "stated_high": count.stated_high,
        "qualifier": count.qualifier,
        "victims": words,
        "status": kind[1],
        "perpetrators": [given["by"]] if given.get("by") else [],
        "basis": (given.get("basis") or "asserted") if given.get("by") else None,
        "means": given.get("means"),
        "date": None,
        "date_words": given.get("when"),
        "place": given.get("at"),
        "country": None,
        "admin1": None,
        "according_to": given.get("acc"),
        "scope": given.get("scope") or "incident",
        "modality": given.get("modality") or "asserted",
        "same_as": kind[2],
    }


def main(folder: str, out: str) -> None:
    """Compile every file of `folder` into `out`/reports.jsonl and `out`/gold.jsonl."""
    pairs = [pair for path in sorted(Path(folder).glob("*.txt")) for pair in compile_file(path)]
    target = Path(out)
    target.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(("reports", "gold")):
        rows = "".join(json.dumps(pair[number], ensure_ascii=False) + "\n" for pair in pairs)
        (target / f"{name}.jsonl").write_text(rows, "utf-8")
    print(f"{len(pairs)} reports, {sum(len(gold['claims']) for _, gold in pairs)} claims")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
