"""The gold in our own words: its written form is read as meant, and what was built from it is up to date."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from eval.gold_source import GoldSourceError, read_gold

from marsad.evaluate import coding_from_row
from marsad.vocabulary import HARMS, MODALITIES, QUALIFIERS, SCOPES

EVAL = Path(__file__).parents[2] / "eval"
GENRES_WITHOUT_HARM = {"noharm"}


EXAMPLE = """A comment.

=== x-01 | 2024-05-04 | A title
A bomb killed {c1|nine people, including {c2|two children}}, in Khost on Friday, police said.
---
c1 killed 9 at_least bombing | on: 2024-05-03 | said: on Friday | at: Khost | in: AF/Khost | says: police
c2 killed 2 civilian | of: c1
event c1 c2 | killed: 9+ | injured: 1-2
"""


def read(text: str) -> tuple[dict[str, Any], dict[str, Any]]:
    [(report, gold)] = read_gold(text, "market")
    return report, gold


def test_marks_leave_the_text_and_give_offsets() -> None:
    report, gold = read(EXAMPLE)
    text = report["text"]
    assert "{" not in text and text.startswith("A bomb killed nine people, including two children, in Khost")
    assert [text[c["start"] : c["end"]] for c in gold["claims"]] == [
        "nine people, including two children",
        "two children",
    ]
    assert (report["title"], report["published"], report["genre"]) == ("A title", "2024-05-04", "market")


def test_a_tied_claim_takes_over_what_its_line_does_not_say() -> None:
    _, gold = read(EXAMPLE)
    whole, part = gold["claims"]
    assert (part["status"], whole["status"]) == ("civilian", "unknown")
    assert part["date"] == whole["date"] == ["2024-05-03", "2024-05-03"]
    assert (part["according_to"], part["means"], part["qualifier"]) == ("police", "bombing", "exact")
    assert gold["breakdowns"] == [{"total": "c1", "parts": ["c2"], "kind": "including"}]


def test_an_event_has_ranges() -> None:
    _, gold = read(EXAMPLE)
    [event] = gold["incidents"]
    assert (event["killed"], event["injured"], event["country"]) == ([9, None], [1, 2], "AF")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("{c2|", "{c3|", "c2 is not marked"),
        ("says: police", "says: a priest", "does not say 'a priest'"),
        ("c1 killed 9", "c1 slain 9", "'slain' is no harm"),
        ("c1 killed 9", "c1 killed nine", "neither a number nor vague"),
        ("at_least", "atleast", "stands in no closed list"),
        ("children}}", "children}", "c1 is opened and never closed"),
        ("| of: c1", "| off: c1", "is not one of"),
        ("event c1 c2", "evnt c1 c2", "neither a claim nor an event"),
        ("killed: 9+", "killed: nine", "not a figure"),
    ],
)
def test_a_slip_is_named(old: str, new: str, complaint: str) -> None:
    with pytest.raises(GoldSourceError, match=complaint):
        read(EXAMPLE.replace(old, new, 1))


def test_what_was_built_is_up_to_date() -> None:
    run = [sys.executable, "-m", "eval.build_gold", "--check"]
    done = subprocess.run(run, capture_output=True, text=True, cwd=EVAL.parent)
    assert done.returncode == 0, done.stderr


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (EVAL / name).read_text("utf-8").splitlines()]


def test_the_gold_covers_the_field() -> None:
    golds = rows("gold.jsonl")
    claims = [claim for gold in golds for claim in gold["claims"]]
    assert len(golds) >= 60
    assert {c["harm"] for c in claims} == set(HARMS)
    assert {c["scope"] for c in claims} == set(SCOPES)
    assert {c["modality"] for c in claims} == set(MODALITIES)
    assert {c["qualifier"] for c in claims} == set(QUALIFIERS)
    assert any(not gold["claims"] for gold in golds)


def test_the_gold_keeps_its_own_rules() -> None:
    for report, gold in zip(rows("reports.jsonl"), rows("gold.jsonl"), strict=True):
        coding_from_row(gold)
        ids = [claim["id"] for claim in gold["claims"]]
        assert report["id"] == gold["doc"] and len(ids) == len(set(ids))
        told = Counter(claim for event in gold["incidents"] for claim in event["claims"])
        assert not [claim for claim, times in told.items() if times > 1], f"{gold['doc']}: a claim in two events"
        scopes = {claim["id"]: claim["scope"] for claim in gold["claims"]}
        assert all(scopes[claim] == "incident" for claim in told), f"{gold['doc']}: a sum is no event"
        for claim in gold["claims"]:
            assert report["text"][claim["start"] : claim["end"]] == claim["words"]
        if report["genre"] in GENRES_WITHOUT_HARM:
            assert not gold["claims"]


def test_every_claim_of_one_event_belongs_to_an_event() -> None:
    for gold in rows("gold.jsonl"):
        told = {claim for event in gold["incidents"] for claim in event["claims"]}
        for claim in gold["claims"]:
            due = claim["scope"] == "incident" and claim["modality"] in ("asserted", "possible")
            assert not due or claim["id"] in told, f"{gold['doc']}: {claim['id']} is in no event"
