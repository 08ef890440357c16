"""The commands on the record, as a person runs them: what they print, what they complain of, how they end."""

import csv
import io
import json
from pathlib import Path

import pytest
from tests.made import Told, reading, recorded
from typer.testing import CliRunner, Result

from marsad.cli.app import app
from marsad.errors import LedgerError
from marsad.ledger.record import members_of, report_key
from marsad.model import Reading, Report

WIRE = reading([Told(12, injured=3), Told(2, "Gwoza", by="the army")], total=900)
DAILY = reading([Told(5, "Damasak")], "Daily")


@pytest.fixture(autouse=True)
def _settings(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_LEDGER", place)
    monkeypatch.setenv("MARSAD_NOW", "2021-05-02T09:00:00+00:00")
    monkeypatch.setattr("marsad.cli.ledger.make_reading", made_reading)


def made_reading(report: Report, _options: object) -> Reading:
    texts = {one.report.text: one for one in (WIRE, DAILY)}
    found = texts.get(report.text)
    return Reading(report, found.claims, incidents=found.incidents) if found else Reading(report)


def marsad(*words: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(app, list(words), input=typed, catch_exceptions=True)


def line(one: Reading) -> str:
    report = one.report
    published = report.published.isoformat() if report.published else None
    row = {"id": "r1", "text": report.text, "publisher": report.publisher, "published": published}
    return json.dumps(row) + "\n"


@pytest.fixture
def added(tmp_path: Path) -> None:
    file = tmp_path / "reports.jsonl"
    file.write_text(line(WIRE) + line(DAILY))
    assert "2 reports added" in marsad("add", "--no-link", str(file)).stdout


@pytest.mark.usefixtures("added")
def test_toll_adds_up_and_names_the_running_total_beside() -> None:
    table = marsad("toll", "--by", "perpetrator").stdout
    assert "the militia" in table
    assert "19" in table
    assert "900 killed" in table
    rows = json.loads(marsad("toll", "--by", "perpetrator", "--format", "json").stdout)
    assert rows["total"]["killed"] == {"low": 19, "best": 19, "high": 19}
    assert [row["key"] for row in rows["rows"]] == ["the militia", "the army"]


@pytest.mark.usefixtures("added")
def test_csv_is_csv() -> None:
    rows = list(csv.DictReader(io.StringIO(marsad("toll", "--by", "place", "--format", "csv").stdout)))
    assert {row["key"]: row["killed_best"] for row in rows} == {
        "Baga": "12",
        "Damasak": "5",
        "Gwoza": "2",
        "total": "19",
    }
    listed = list(csv.DictReader(io.StringIO(marsad("incidents", "--format", "csv").stdout)))
    assert [row["killed_best"] for row in listed if row["place"] == "Baga"] == ["12"]


@pytest.mark.usefixtures("added")
def test_incidents_can_be_chosen_by_place_and_window() -> None:
    assert "Gwoza" in marsad("incidents", "--place", "gwoza").stdout
    assert "Baga" not in marsad("incidents", "--place", "gwoza").stdout
    assert json.loads(marsad("incidents", "--since", "2021-05-01", "--format", "json").stdout) == []


@pytest.mark.usefixtures("added")
def test_trace_walks_to_the_words() -> None:
    incident = members_of(recorded(WIRE))[0].id
    assert "“12 civilians were killed” (text 0-" in marsad("trace", incident).stdout
    assert "“2 civilians were killed”" in marsad("trace", "perpetrator:the army").stdout
    claims = json.loads(marsad("trace", f"{report_key(WIRE.report)[:12]}/c1", "--format", "json").stdout)["claims"]
    assert [claim["span"]["quote"] for claim in claims] == ["12 civilians were killed"]


@pytest.mark.usefixtures("added")
def test_as_of_a_day_before_nothing_was_known() -> None:
    assert json.loads(marsad("incidents", "--as-of", "2021-05-01", "--format", "json").stdout) == []
    assert len(json.loads(marsad("incidents", "--as-of", "2021-05-02", "--format", "json").stdout)) == 3


@pytest.mark.usefixtures("added")
def test_series_shows_the_counter_and_what_is_missing() -> None:
    shown = marsad("series").stdout
    assert "Wire: killed, civilians" in shown
    assert "900" in shown
    (series,) = json.loads(marsad("series", "--format", "json").stdout)
    assert [step["kind"] for step in series["steps"]] == ["first"]


@pytest.mark.usefixtures("added")
def test_verify_says_that_all_holds() -> None:
    done = marsad("verify")
    assert done.exit_code == 0
    assert "2 reports" in done.stdout
    assert "no faults" in done.stdout


def test_the_same_again_changes_nothing_and_a_broken_line_is_told_of(tmp_path: Path) -> None:
    file = tmp_path / "reports.jsonl"
    file.write_text(line(WIRE) + "{broken\n" + line(DAILY) + line(WIRE))
    done = marsad("add", str(file))
    assert done.exit_code == 1
    assert "2 reports added" in done.stdout
    assert "1 known already" in done.stdout
    assert "1 refused" in done.stdout
    assert "line 2" in done.stderr


def test_a_missing_file_does_not_keep_the_others_out(tmp_path: Path) -> None:
    file = tmp_path / "reports.jsonl"
    file.write_text(line(DAILY))
    done = marsad("add", str(tmp_path / "nowhere.txt"), str(file))
    assert done.exit_code == 1
    assert "1 report added" in done.stdout
    assert "nowhere.txt" in done.stderr


def test_a_ledger_that_is_not_there_is_told_of() -> None:
    for command in (["incidents"], ["toll"], ["trace", "i123456"], ["verify"]):
        failed = marsad(*command).exception
        assert isinstance(failed, LedgerError)
        assert "there is no ledger" in str(failed)


def test_reports_can_come_by_standard_input() -> None:
    assert "1 report added" in marsad("add", "-", typed=line(DAILY)).stdout
