"""Days in the life of a desk: the right alerts, each once, and the right toll in the end."""

import json
import re
from dataclasses import fields
from pathlib import Path

import pytest
from tests.watch.day import desk, live

from marsad.fetch import FetchLimits
from marsad.model import Figure
from marsad.watch.limits import WatchLimits
from marsad.watch.sources import Feed, Rule

DOCS = Path(__file__).parents[2] / "docs" / "watching.md"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk")


def test_rising_tolls_of_several_publishers_end_in_the_right_alerts_and_the_right_toll(folder: Path) -> None:
    with desk(folder) as here:
        told = live(here)
        incidents = {one.where.name: one for one in here.ledger().incidents if one.where}
    assert [_figures(one) for one in told] == [
        ["at least 11"],
        [],
        ["17 (12 to 17)"],
        [],
        ["21 (17 to 21)"],
        ["19 (19 to 21)"],
        [],
    ]
    assert incidents.keys() == {"Andéranboukan", "Gossi"}
    raid = incidents["Andéranboukan"]
    assert raid.tolls["killed"].best == 19 and incidents["Gossi"].tolls["killed"] == Figure(2, 2, 2)
    assert raid.voices == ("Border Wire", "Gao Daily", "Liptako Observatory")
    lines = [json.loads(line) for line in (folder / "alerts.jsonl").read_text().splitlines()]
    assert [one["kind"] for one in lines] == ["new", "rise", "rise", "fall"]
    assert [one["reported"]["best"] for one in lines] == [11, 17, 21, 19]
    assert {one["incident"] for one in lines} == {raid.id}
    assert not any("mayor" in str(one) or "officials" in str(one) for one in lines), "who told the papers is not told"
    log = here.err.getvalue()
    assert "Gunmen" not in log and "killed" not in log, "no words of reports stand in the log"


def test_the_docs_show_what_is_printed(folder: Path) -> None:
    """Runs after the days were lived through, whose alerts it finds in the folder."""
    words = DOCS.read_text("utf-8")
    alerts = [json.loads(line) for line in (folder / "alerts.jsonl").read_text().splitlines()]
    assert len(alerts) == 4 and all(f"{one['id']} mali: {one['words']}" in words for one in alerts)
    shown = json.loads(words.partition("```json\n")[2].partition("```")[0])
    assert shown.keys() == alerts[1].keys() and shown["words"] == alerts[1]["words"]


def test_the_docs_name_every_limit_with_its_number_and_reason() -> None:
    words = DOCS.read_text("utf-8")
    for one in (*fields(FetchLimits), *fields(WatchLimits)):
        assert f"| `{one.name}` | {one.default:,} | {one.metadata['reason']} |" in words


def test_the_docs_name_every_key_of_the_file() -> None:
    words = DOCS.read_text("utf-8")
    keys = {one.name for kind in (Feed, Rule) for one in fields(kind)}
    assert {key for key in keys if f"`{key}`" not in words} == set()


def _figures(told: str) -> list[str]:
    return re.findall(r"reported (.+?) killed", told)
