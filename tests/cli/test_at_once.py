"""Reading in several processes changes nothing but the time: the ledgers are the same, byte for byte."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from tests.cli.test_bad_input import marsad
from tests.read.made_files import ARTICLE

# All but the moment, and what seals it: two runs are never at one moment.
RECORDED = (
    "select act, key, report, body, program, extractor from readings",
    "select act, key, caller_id, title, publisher, published, language, text, sha256, source, dated from reports",
    "select act, sha256, bytes from originals",
    'select act, "left", "right", verdict, score, reasons, made_by from judgements',
)
FRENCH = "Des hommes ont tué neuf personnes dans une attaque contre un bus sur la route, selon le maire de la ville. "


def write_inbox(folder: Path) -> None:
    """Write reports that take long and ones that take no time, copies, other languages and lines that are broken."""
    lines: list[str] = []
    for number in range(18):
        text = (" ".join(ARTICLE) * (1 + number % 4), "It rained.", ARTICLE[number % 3], FRENCH * 3)[number % 4]
        row = {"text": f"{text} Item {number // 2}.", "publisher": f"Paper {number % 5}", "published": "2024-05-07"}
        lines.append(json.dumps(row))
    lines[5:5] = ["{not JSON", json.dumps({"words": 1})]
    (folder / "a.jsonl").write_text("\n".join(lines))
    (folder / "b.txt").write_text(ARTICLE[0])


def recorded(ledger: Path) -> list[list[tuple[Any, ...]]]:
    with sqlite3.connect(ledger) as book:
        return [book.execute(f"{asked} order by act").fetchall() for asked in RECORDED]


@pytest.mark.parametrize("jobs", [2, 3])
def test_so_many_jobs_as_asked_give_the_ledger_of_one(tmp_path: Path, jobs: int) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    write_inbox(inbox)
    found = []
    for number in (1, jobs):
        ledger = tmp_path / f"{number}.db"
        ran = marsad("add", inbox, "--ledger", ledger, "--extractor", "rules", "-j", str(number))
        assert ran.code == 1 and "19 reports added" in ran.out
        incidents = marsad("incidents", "--ledger", ledger, "--format", "json").out
        tolls = marsad("toll", "--ledger", ledger, "--by", "perpetrator", "--format", "json").out
        found.append((recorded(ledger), incidents, tolls, ran.err, ran.out.replace(ledger.name, "")))
    assert found[0] == found[1]
    readings, *_, judgements = found[0][0]
    assert len(readings) == 19 and judgements
