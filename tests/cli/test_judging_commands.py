"""What people judged, at the shell: accept, agreement, gold, and words on names."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from tests.made import START, Told, reading
from typer.testing import CliRunner

from marsad.cli.app import app
from marsad.store import Origin, open_book

RUN = CliRunner()


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MARSAD_NOW", (START + timedelta(days=1)).isoformat())
    with open_book(str(tmp_path / "ledger.db"), START, create=True) as book:
        book.add_reading(reading([Told(killed=3), Told(killed=4, place="Kano")]), Origin("t", START, "0", "hand"))
    return tmp_path / "ledger.db"


def run(*words: str, ledger: Path) -> str:
    answer = RUN.invoke(app, [*words, "--ledger", str(ledger)], catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.output


def refused(*words: str, ledger: Path) -> str:
    answer = RUN.invoke(app, [*words, "--ledger", str(ledger)])
    assert answer.exit_code != 0
    return f"{answer.output} {answer.exception}"


def incidents(ledger: Path) -> list[str]:
    rows = json.loads(run("incidents", "--format", "json", ledger=ledger))
    return [row["id"] for row in (rows["incidents"] if isinstance(rows, dict) else rows)]


def test_accepting_changes_no_value_and_makes_gold(ledger: Path, tmp_path: Path) -> None:
    one = incidents(ledger)[0]
    before = run("toll", "--format", "json", ledger=ledger)
    assert "accepted" in run("accept", one, "--by", "amal", ledger=ledger)
    assert run("toll", "--format", "json", ledger=ledger) == before
    told = run("gold", str(tmp_path / "gold"), ledger=ledger)
    assert "1 reports (0 judged as a whole), 1 claims" in told
    measured = RUN.invoke(app, ["evaluate", str(tmp_path / "gold/reports.jsonl"), str(tmp_path / "gold/gold.jsonl")])
    assert measured.exit_code == 0 and "claims strict" in measured.output


def test_nothing_judged_is_no_gold_and_says_what_to_do(ledger: Path, tmp_path: Path) -> None:
    assert "accept, correct or withdraw" in refused("gold", str(tmp_path / "gold"), ledger=ledger)
    one = incidents(ledger)[0]
    run("accept", one, "--by", "amal", ledger=ledger)
    run("accept", one, "--by", "amal", "--undo", ledger=ledger)
    assert "nobody judged anything" in refused("gold", str(tmp_path / "gold"), ledger=ledger)


def test_agreement_is_told_in_words_and_as_json(ledger: Path) -> None:
    assert "No case was judged by two people yet." in run("agreement", ledger=ledger)
    left, right = incidents(ledger)
    for by, verdict in (("amal", "different"), ("noor", "unsure")):
        run("judge", left, right, verdict, "--by", by, ledger=ledger)
    assert "amal and noor, whether two incidents are one event" in run("agreement", ledger=ledger)
    found = json.loads(run("agreement", "--format", "json", ledger=ledger))["agreement"]
    assert [(one["cases"], one["same"], one["kappa"]) for one in found] == [(1, 0, None)]


def test_a_word_on_a_name_and_on_a_count_moves_the_toll(ledger: Path) -> None:
    run("revise", "actor:militia", "actor", "Reed Brigade [reeds]", "--because", "its name", ledger=ledger)
    assert "Reed Brigade" in run("toll", ledger=ledger)
    one = incidents(ledger)[0]
    told = json.loads(run("trace", one, "--format", "json", ledger=ledger))
    found = told["claims"][0]
    claim, other = found["ref"], 7 - told["incidents"][0]["killed_best"]
    run("revise", claim, "count", "10", "--because", "a dozen less two", ledger=ledger)
    assert str(10 + other) in run("toll", ledger=ledger)
    assert "names no actor" in refused("revise", "actor:militia", "actor", "X", "--because", "so", ledger=ledger)
    assert "count and withdrawn" in refused("revise", claim, "killed", "4", "--because", "so", ledger=ledger)


def test_what_cannot_be_accepted_is_refused(ledger: Path) -> None:
    assert "no row" in refused("accept", "perpetrator:unknown", ledger=ledger)
    assert "can be accepted" in refused("accept", "total", ledger=ledger)
