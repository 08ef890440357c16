"""Control, agreements, record checks and suggested ties, as a person asks for them; every line with its words."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.made import Told, reading
from tests.stating import Says, agreed, holds, saying
from typer.testing import CliRunner, Result

from marsad.cli.app import app
from marsad.errors import LedgerError
from marsad.model import Reading, Report

RIVER, HILL = "River Brigade", "Hill Army"
RECORD = Says(
    "It was the deadliest attack in Baga since 3 April",
    "record",
    {"measure": "highest"},
    {"of": "attack", "window": "since 3 April"},
)
CLAIMED = Says(
    f"{RIVER} claimed the attack", "responsibility", {"stance": "claimed"}, {"actor": RIVER, "event": "the attack"}
)


def day(month: int, number: int) -> date:
    return date(2021, month, number)


MADE = (
    saying([holds(HILL, "holds", "Northfold"), agreed("agreed", f"{RIVER}; {HILL}", "Northfold", day=day(4, 10))],
           base=reading([Told(40, day=day(4, 2))], "Wire", day(4, 11))),
    saying([holds(RIVER, "takes", "Northfold", day=day(4, 20)), Says(f"{RIVER} is part of North Council", "relation",
            {"relation": "part_of"}, {"left": RIVER, "right": "North Council"})],
           base=reading([Told(7, day=day(4, 20))], "Daily", day(4, 21))),
    saying([RECORD, CLAIMED, holds(HILL, "takes", "Northfold", modality="planned")],
           base=reading([Told(12, day=day(4, 30))], "Post", day(5, 1))),
)  # fmt: skip


def made_reading(report: Report, _options: object) -> Reading:
    one = {each.report.text: each for each in MADE}[report.text]
    return Reading(report, one.claims, incidents=one.incidents, statements=one.statements)


@pytest.fixture(autouse=True)
def _ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_LEDGER", str(tmp_path / "ledger.db"))
    monkeypatch.setenv("MARSAD_NOW", "2021-05-02T09:00:00+00:00")
    monkeypatch.setattr("marsad.cli.ledger.make_reading", made_reading)
    monkeypatch.setattr("marsad.cli.reading.make_reading", made_reading)
    (tmp_path / "reports.jsonl").write_text("".join(line(one) for one in MADE))
    run("add", "--no-link", str(tmp_path / "reports.jsonl"))


def line(one: Reading) -> str:
    report = one.report
    told = {"text": report.text, "publisher": report.publisher, "published": str(report.published)}
    return json.dumps(told) + "\n"


def marsad(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def run(*words: str) -> str:
    done = marsad(*words)
    assert done.exit_code == 0, done.exception or done.output
    return done.stdout


def as_json(*words: str) -> Any:
    return json.loads(run(*words, "--format", "json"))


def test_control_of_a_place_on_a_day_with_its_words() -> None:
    before, after = run("control", "Northfold", "--on", "2021-04-15"), run("control", "Northfold")
    assert f"{HILL} holds it known since 2021-04-11" in before
    assert f"“The {HILL} holds Northfold” (Wire, 2021-04-11; " in before
    assert f"{RIVER} holds it since 2021-04-20" in after
    assert "said, but changing nothing:" in after
    assert "planned: “" in after
    (one,) = as_json("control", RIVER)["control"]
    assert (one["place"]["name"], one["since"], one["words"][0]["span"]["quote"]) == (
        "Northfold",
        "2021-04-20",
        f"The {RIVER} takes Northfold",
    )


def test_control_of_what_nobody_tells_of() -> None:
    assert "no report says" in run("control", "Atlantis")
    assert as_json("control", "--as-of", "2021-04-01")["control"] == []


def test_agreements_with_what_may_have_broken_them() -> None:
    shown = run("agreements", "--place", "northfold")
    assert f"ceasefire between {RIVER} and {HILL} in Northfold  agreed 2021-04-10" in shown
    (one,) = as_json("agreements", "--party", "hill")
    assert [change["status"] for change in one["changes"]] == ["agreed"]
    assert as_json("agreements", "--party", "nobody") == []
    assert "no report tells of one" in run("agreements", "--place", "Atlantis")


def test_a_toll_since_an_agreement() -> None:
    (name,) = (one["id"] for one in as_json("agreements"))
    for words in (
        ("--since-agreement", name),
        ("--since-agreement", "truce in Northfold"),
        ("--since", "ceasefire in Northfold"),
    ):
        assert as_json("toll", *words)["total"]["killed"]["best"] == 19
    assert len(as_json("incidents", "--since-agreement", name)) == 2
    wrong = marsad("toll", "--since-agreement", "peace in Northfold")
    assert isinstance(wrong.exception, LedgerError)
    assert name in str(wrong.exception)
    assert isinstance(marsad("toll", "--since", "2021-04-01", "--since-agreement", name).exception, LedgerError)


def test_a_day_that_is_mistyped_is_no_agreement() -> None:
    assert "2021-13-01" in str(marsad("toll", "--since", "2021-13-01").exception)


def test_a_record_claim_in_words() -> None:
    shown = run("check", "the deadliest attack in Baga since 1 April")
    assert "“the deadliest attack in Baga since 1 April”: fails" in shown
    assert "“40 civilians were killed” (Wire, 2021-04-11; " in shown
    found = as_json("check", "the deadliest attack in Baga since 12 April")
    assert (found["verdict"], found["subject"]["best"], found["window"]["sure"]) == ("holds", 12, "2021-04-13")
    assert {each["verdict"] for each in found["under"].values()} == {"holds"}
    assert as_json("check", "the first attack in Baga since 12 April", "--on", "2021-04-20")["verdict"] == "holds"
    early = as_json("check", "the deadliest attack in Baga since 2 January")
    assert early["verdict"] == "fails"
    late = as_json("check", "the deadliest attack since the market burned", "--since", "2021-04-12")
    assert late["verdict"] == "holds"


def test_as_of_a_day_before_anything_was_recorded_nothing_can_be_checked() -> None:
    early = marsad("check", "the deadliest attack in Baga since 1 April", "--as-of", "2021-05-01")
    assert "a record claim needs a day to reckon from" in str(early.exception)
    assert as_json("check", "the deadliest attack in Baga since 1 April", "--as-of", "2021-05-02")["verdict"] == "fails"


def test_words_that_claim_no_record_are_refused_with_examples() -> None:
    assert "claims no record" in str(marsad("check", "a quiet morning").exception)
    assert marsad("check").exit_code == 2


def test_every_record_claim_of_a_report_is_checked(tmp_path: Path) -> None:
    key = as_json("trace", as_json("incidents", "--since", "2021-04-30")[0]["id"])["claims"][0]["ref"].partition("/")[0]
    (one,) = as_json("check", "--report", key)
    assert one["statement"]["span"]["quote"] == RECORD.words
    assert (one["check"]["verdict"], one["check"]["subject"]["best"]) == ("can't tell", 12)
    assert one["check"]["missing"] == ["the ledger begins on 2021-04-10, after the window does (2021-04-04)"]
    file = tmp_path / "post.jsonl"
    file.write_text(line(MADE[2]))
    read = json.loads(run("read", str(file), "--check", "--format", "json"))
    assert read["checks"] == [one]
    assert "can't tell" in run("read", str(file), "--check")
    assert "The report claims no record." in run(
        "check", "--report", as_json("control", RIVER)["control"][0]["words"][0]["ref"][:12]
    )


def test_responsibility_is_shown_where_an_incident_is_traced() -> None:
    name = as_json("incidents", "--since", "2021-04-30")[0]["id"]
    assert f"claimed by {RIVER}: “{CLAIMED.words}” (Post, 2021-05-01; " in run("trace", name)
    (incident,) = as_json("trace", name)["incidents"]
    assert [one["who"] for one in incident["responsibility"]["claimed_by"]] == [RIVER]
    assert incident["perpetrators"] == "the militia"


def test_attacks_on_a_target_alone() -> None:
    assert as_json("incidents", "--target", "hospital") == []
    assert as_json("toll", "--target", "market")["total"]["incidents"] == []
    assert "choose one of hospital" in str(marsad("incidents", "--target", "bridge").exception)


def test_suggested_ties_are_accepted_and_rejected_on_the_record() -> None:
    (one,) = as_json("actors", "suggestions")
    assert (one["actor"]["id"], one["relation"], one["other"]["id"]) == ("river-brigade", "part_of", "north-council")
    assert f"{RIVER} is part of North Council  1 voice" in run("actors", "suggestions")
    run("actors", "accept", one["id"], "--because", "their own word", "--by", "mara")
    (row,) = csv.DictReader(io.StringIO(run("actors", "suggestions", "--accepted", "--format", "csv")))
    assert (row["actor"], row["other"], row["relation"], row["origin"]) == (
        "river-brigade", "north-council", "part_of", "Daily (2021-04-21)",
    )  # fmt: skip
    run("actors", "reject", one["id"], "--by", "omar")
    assert as_json("actors", "suggestions", "--accepted") == []
    assert as_json("actors", "suggestions")[0]["by"] == "omar"
    assert "no suggested tie" in str(marsad("actors", "accept", "tnothing").exception)
    assert run("verify")
