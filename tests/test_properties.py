"""What holds for every text whatever: sound readings, the same each time, and no crash."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.check import check_reading
from marsad.contract import from_json, to_json
from marsad.model import Report
from marsad.reading import make_reading

REPORTS = Path(__file__).parents[1] / "eval" / "reports.jsonl"

# Pieces of reports, put together without sense: near enough to real ones that rules fire, far enough to surprise them.
PIECES = [
    *(
        "killed",
        "were killed",
        "wounded",
        "injuring",
        "died",
        "abducted",
        "dead",
        "shot",
        "missing",
        "kil*led",
        "casualties",
    ),
    *(
        "four",
        "12",
        "1,200",
        "more than 60",
        "at least",
        "dozens of",
        "a",
        "another",
        "five more",
        "30 to 40",
        "both",
        "none",
    ),
    *("soldiers", "civilians", "children", "a police officer", "his wife", "people", "others", "militants", "the dead"),
    *("including", "among them", "and", "or", "by", "of", "since 2011", "on Friday", "last month", "in", "near", "not"),
    *(
        "Gao",
        "Homs",
        "the army",
        "the Observatory said",
        "according to",
        "according to Ali",
        "IS",
        "\u201cwe\u201d",
        "it",
        "they",
    ),
    *(".", ". ", ",", "\n", "\n\n", "\n- ", ";", "(", ")", "—", "'", "\u2019s", ":", "%", "$"),
]
texts = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join) | st.text(max_size=200)
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(text=texts, title=st.none() | texts, day=st.none() | st.dates())
def test_every_reading_is_sound(text: str, title: str | None, day: date | None) -> None:
    report = Report(id="x", text=text, title=title, published=day)
    reading = make_reading(report)
    assert check_reading(reading) == []
    assert from_json(json.loads(json.dumps(to_json(reading))), report).claims == reading.claims


@quick
@given(text=texts)
def test_a_text_is_read_alike_each_time(text: str) -> None:
    report = Report(id="x", text=text)
    assert make_reading(report) == make_reading(report)


@quick
@given(text=texts)
def test_nobody_is_counted_in_two_incidents_and_no_sum_in_any(text: str) -> None:
    reading = make_reading(Report(id="x", text=text))
    scope = {claim.id: claim.scope for claim in reading.claims}
    told = [claim for incident in reading.incidents for claim in incident.claims]
    assert len(told) == len(set(told))
    assert {scope[claim] for claim in told} <= {"incident"}


def printed(hash_seed: str) -> bytes:
    """Read our own reports in a process whose sets and dictionaries are ordered by another seed."""
    program = Path(sys.executable).parent / "marsad"
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    run = [str(program), "read", str(REPORTS), "--format", "jsonl"]
    return subprocess.run(run, capture_output=True, check=True, env=environment).stdout


def test_the_output_is_the_same_byte_for_byte() -> None:
    assert printed("1") == printed("2")


def test_every_quote_of_our_own_reports_stands_in_its_text() -> None:
    sources = {row["id"]: row for row in map(json.loads, REPORTS.read_text("utf-8").splitlines())}
    for line in printed("0").splitlines():
        row = json.loads(line)
        for span in spans(row):
            whole = sources[row["id"]]["title" if span.get("in") == "title" else "text"]
            assert whole[span["start"] : span["end"]] == span["quote"], row["id"]


def spans(value: object) -> list[dict[str, object]]:  # every span of a printed reading, wherever it stands
    if isinstance(value, list):
        return [span for item in value for span in spans(item)]
    if isinstance(value, dict):
        here = [value] if "quote" in value else []
        return here + [span for item in value.values() for span in spans(item)]
    return []
