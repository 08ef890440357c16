"""Words of people, their undoing, the bytes as they came and the seal of the log, as a person meets them."""

import json
from pathlib import Path

import pytest
from tests.made import Told, reading
from typer.testing import CliRunner, Result

from marsad.cli.app import app
from marsad.ledger.record import report_key
from marsad.model import Reading, Report

MADE = [reading([Told(12)]), reading([Told(14)], "Daily"), reading([Told(5, "Gwoza", day=None)], "Post")]
MORNING = "2021-05-02T09:00:00+00:00"


@pytest.fixture(autouse=True)
def _settings(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_LEDGER", place)
    monkeypatch.setenv("MARSAD_NOW", MORNING)
    monkeypatch.setattr("marsad.cli.ledger.make_reading", lambda report, _options: made_reading(report))


def made_reading(report: Report) -> Reading:
    found = next(one for one in MADE if one.report.text == report.text)
    return Reading(report, found.claims, incidents=found.incidents)


def marsad(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def line(one: Reading) -> str:
    return json.dumps({"text": one.report.text, "publisher": one.report.publisher, "published": "2021-05-01"})


@pytest.fixture
def incidents(tmp_path: Path) -> dict[str, str]:
    file = tmp_path / "reports.jsonl"
    file.write_text("".join(line(one) + "\n" for one in MADE))
    assert marsad("add", "--no-link", str(file)).exit_code == 0
    listed = json.loads(marsad("incidents", "--format", "json").stdout)
    return {str(row["killed_best"]): row["id"] for row in listed}


def total() -> int | None:
    killed = json.loads(marsad("toll", "--format", "json").stdout)["total"].get("killed")
    return killed and int(killed["best"])


def said(*words: str) -> None:
    done = marsad(*words)
    assert done.exit_code == 0, done.exception or done.stdout


def test_same_is_undone_by_unsure_and_said_again(incidents: dict[str, str]) -> None:
    pair = incidents["12"], incidents["14"]
    assert total() == 31
    # The clock stands still: the later word is the later one all the same.
    said("judge", *pair, "same")
    together = total()
    assert together in (17, 19)
    said("judge", *pair, "unsure", "--by", "Boris")
    assert total() == 31
    said("judge", *pair, "same")
    assert total() == together
    said("judge", *reversed(pair), "different")
    assert total() == 31


def test_to_say_what_stands_already_is_refused(incidents: dict[str, str]) -> None:
    said("judge", incidents["12"], incidents["14"], "same")
    assert "one incident already" in str(marsad("judge", incidents["12"], incidents["14"], "same").exception)
    assert "same id" in str(marsad("judge", incidents["12"], incidents["12"], "different").exception)


def test_a_revision_is_undone_by_as_read(incidents: dict[str, str]) -> None:
    said("revise", incidents["12"], "killed", "40", "--because", "a list of names")
    said("revise", incidents["12"], "killed", "9-11", "--because", "two names listed twice", "--by", "Boris")
    assert total() == 28
    said("revise", incidents["12"], "killed", "as read", "--because", "the list was of another day")
    assert total() == 31
    shown = marsad("trace", incidents["12"]).stdout
    assert "Boris, 2021-05-02: killed" in shown
    assert shown.count("a list of names") == 1


def test_an_incident_is_withdrawn_answers_for_itself_and_comes_back(incidents: dict[str, str]) -> None:
    said("revise", incidents["12"], "withdrawn", "yes", "--because", "a rumour")
    assert total() == 19
    shown = marsad("trace", incidents["12"])
    assert "withdrawn and in no total" in shown.stdout
    assert "a rumour" in shown.stdout
    assert json.loads(marsad("trace", incidents["12"], "--format", "json").stdout)["withdrawn"]["killed_best"] == 12
    said("revise", incidents["12"], "withdrawn", "no", "--because", "three witnesses")
    assert total() == 31


def test_a_claim_is_withdrawn_and_comes_back(incidents: dict[str, str]) -> None:
    del incidents
    claim = f"{report_key(MADE[0].report)[:12]}/c1"
    said("revise", claim, "withdrawn", "yes", "--because", "the agency took it back")
    assert total() == 19
    assert "the agency took it back" in marsad("trace", claim).stdout
    said("revise", claim, "withdrawn", "no", "--because", "and gave it again")
    assert total() == 31


def test_a_parted_incident_answers_with_its_parts(incidents: dict[str, str]) -> None:
    pair = incidents["12"], incidents["14"]
    said("judge", *pair, "same")
    head = json.loads(marsad("incidents", "--place", "Baga", "--format", "json").stdout)[0]["id"]
    said("judge", *pair, "different")
    assert set(json.loads(marsad("trace", head, "--format", "json").stdout)["parts"]) == set(pair)
    assert "is now" in marsad("trace", head).stdout


def test_every_report_comes_back_in_the_bytes_it_came_in(incidents: dict[str, str]) -> None:
    asked = [report_key(MADE[0].report)[:12], f"{report_key(MADE[0].report)[:12]}/c1", incidents["12"]]
    for one in asked:
        assert marsad("original", one).stdout_bytes == line(MADE[0]).encode()
    said("judge", incidents["12"], incidents["14"], "same")
    assert "rests on 2 reports" in str(marsad("original", incidents["12"]).exception)


def test_what_each_source_said_stays_beside_the_choice(incidents: dict[str, str]) -> None:
    said("judge", incidents["12"], incidents["14"], "same")
    for policy, best in (("lowest", 12), ("highest", 14), ("best-sourced", None), ("one voice one word, newest", None)):
        (row,) = json.loads(marsad("incidents", "--place", "Baga", "--policy", policy, "--format", "json").stdout)
        assert best is None or row["killed_best"] == best
        assert policy.split(", ")[-1].replace("-", " ") in row["rule"]
    told = json.loads(marsad("trace", incidents["12"], "--policy", "lowest", "--format", "json").stdout)
    assert {(one["standing"], one["publisher"], one["best"]) for one in told["incidents"][0]["said"]} == {
        ("chosen", "Wire", 12),
        ("counted", "Daily", 14),
    }
    assert "counted: 14 killed, Daily" in marsad("trace", incidents["12"], "--policy", "lowest").stdout


def test_a_seal_that_was_noted_is_found_again_and_a_lost_one_is_missed(incidents: dict[str, str]) -> None:
    shown = marsad("verify").stdout
    seal = shown.partition("sealed: ")[2].split()[0]
    said("revise", incidents["12"], "killed", "13", "--because", "recounted")
    assert marsad("verify", "--seal", seal).exit_code == 0
    lost = marsad("verify", "--seal", "f" * 64)
    assert lost.exit_code == 1
    assert "no act has the seal" in lost.stderr


def test_changes_tell_what_moved_and_from_what(incidents: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_NOW", "2021-05-04T09:00:00+00:00")
    said("revise", incidents["12"], "killed", "9", "--because", "recounted")
    said("revise", incidents["5"], "withdrawn", "yes", "--because", "a rumour")
    shown = marsad("changes", "--since", "2021-05-02").stdout
    assert "tolls, before: 12 killed" in shown
    assert "withdrawn" in shown
    assert "killed: 31 -> 23" in shown
    assert "nothing changed" in marsad("changes", "--since", "2021-05-04").stdout
    assert "added" in marsad("changes", "--since", "2021-05-01", "--as-of", "2021-05-03").stdout


def test_a_new_reading_is_told_by_its_differences(
    incidents: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said("revise", incidents["12"], "killed", "9", "--because", "recounted")
    blind = Reading(MADE[1].report)
    monkeypatch.setattr("marsad.cli.ledger.make_reading", lambda report, _: Reading(report, blind.claims))
    again = marsad("add", "--no-link", str(tmp_path / "reports.jsonl"))
    assert "no longer read: 14 killed, “14 civilians were killed”" in again.stdout
    assert "3 read anew" in again.stdout
    # Of all that a worse reader lost, what a person vouched for stays.
    assert total() == 9
