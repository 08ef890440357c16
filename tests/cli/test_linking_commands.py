"""Linking, judging and revising as a person does it, from reports to totals and back."""

import json
from pathlib import Path

import pytest
from tests.made import Told, reading
from typer.testing import CliRunner, Result

from marsad.cli.app import app
from marsad.model import Reading, Report

MADE = [reading([Told(12)]), reading([Told(14)], "Daily"), reading([Told(5, "Gwoza", day=None)], "Post")]


@pytest.fixture(autouse=True)
def _settings(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_LEDGER", place)
    monkeypatch.setenv("MARSAD_NOW", "2021-05-02T09:00:00+00:00")
    for group in ("ledger", "linking"):
        monkeypatch.setattr(f"marsad.cli.{group}.make_reading", made_reading)


def made_reading(report: Report, _options: object) -> Reading:
    found = next(one for one in MADE if one.report.text == report.text)
    return Reading(report, found.claims, incidents=found.incidents)


def marsad(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


@pytest.fixture
def reports(tmp_path: Path) -> str:
    file = tmp_path / "reports.jsonl"
    rows = [
        {"id": f"r{n}", "text": one.report.text, "publisher": one.report.publisher, "published": "2021-05-01"}
        for n, one in enumerate(MADE)
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(file)


@pytest.fixture
def incidents(reports: str) -> dict[str, str]:
    marsad("add", "--no-link", reports)
    listed = json.loads(marsad("incidents", "--format", "json").stdout)
    return {str(row["killed_best"]): row["id"] for row in listed}


def total() -> int:
    return int(json.loads(marsad("toll", "--format", "json").stdout)["total"]["killed"]["best"])


def test_link_prints_the_incidents_of_every_report_in_order(reports: str) -> None:
    rows = [json.loads(line) for line in marsad("link", "--format", "jsonl", reports).stdout.splitlines()]
    assert [row["id"] for row in rows] == ["r0", "r1", "r2"]
    assert all(row["incident_ids"] for row in rows)
    assert rows == [json.loads(line) for line in marsad("link", "--format", "jsonl", reports).stdout.splitlines()]


def test_a_word_joins_and_another_parts(incidents: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert total() == 31
    assert marsad("judge", incidents["12"], incidents["14"], "same", "--because", "one raid").exit_code == 0
    assert total() in (17, 19)
    assert "one raid" in marsad("trace", incidents["12"]).stdout
    monkeypatch.setenv("MARSAD_NOW", "2021-05-03T09:00:00+00:00")
    marsad("judge", incidents["12"], incidents["14"], "different")
    assert total() == 31
    assert "split" in marsad("changes", "--since", "2021-05-02").stdout


def test_a_value_is_revised_with_a_reason(incidents: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_NOW", "2021-05-03T09:00:00+00:00")
    assert marsad("revise", incidents["12"], "killed", "9-11", "--because", "two names listed twice").exit_code == 0
    assert total() == 28
    told = json.loads(marsad("changes", "--since", "2021-05-02", "--format", "json").stdout)
    assert [(one["id"], one["fields"]) for one in told["altered"]] == [(incidents["12"], ["tolls"])]
    assert [one[when]["killed_best"] for one in told["altered"] for when in ("before", "after")] == [12, 9]


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        (["killed", "many"], "write 27, 20-30 or 35+"),
        (["weather", "1"], "choose one of"),
        (["when", "Tuesday"], "write 2019-04-18"),
        (["withdrawn", "perhaps"], "yes or no"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused(incidents: dict[str, str], words: list[str], advice: str) -> None:
    assert advice in str(marsad("revise", incidents["12"], *words, "--because", "x").exception)
