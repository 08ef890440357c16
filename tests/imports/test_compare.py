"""Two counts side by side, and the way round: what is exported as UCDP's and brought in again is the same count."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.export.made import NOW, TOWN, Writing, exactly, incident, made, readings
from tests.made import Told, reading, recorded
from typer.testing import CliRunner

from marsad.cli.app import app
from marsad.errors import LedgerError
from marsad.imports.compare import Named, compare, parted
from marsad.imports.join import joined
from marsad.imports.match import match
from marsad.ledger import Ledger, Record, Selection, build_ledger
from marsad.model import Reading
from marsad.store import open_book
from marsad.store.book import Origin


def ledger(*told: Reading) -> Ledger:
    return build_ledger([recorded(one, number) for number, one in enumerate(told)])


def hold(left: Ledger, right: Ledger, wanted: Selection | None = None) -> tuple[int, int, int, int]:
    """Return how many are matched, matched with the same figure, only in A, and only in B."""
    found = compare(Named("a", left), Named("b", right), wanted)
    return len(found.matched), found.alike, len(found.only_left), len(found.only_right)


def test_the_same_place_and_day_are_one_event_whatever_the_figures() -> None:
    assert hold(ledger(reading([Told(12)])), ledger(reading([Told(14)], "Daily"))) == (1, 0, 0, 0)


def test_another_place_is_another_event() -> None:
    assert hold(ledger(reading([Told(12)])), ledger(reading([Told(12, "Gwoza")], "Daily"))) == (0, 0, 1, 1)


def test_a_day_far_off_is_another_event() -> None:
    other = reading([Told(12, day=date(2021, 5, 9))], "Daily")
    assert hold(ledger(reading([Told(12)])), ledger(other)) == (0, 0, 1, 1)


def test_every_event_is_matched_once_and_with_the_nearest_figure() -> None:
    left = ledger(reading([Told(12), Told(3, by="the army")]))
    right = ledger(reading([Told(3, by="the army")], "Daily"), reading([Told(11)], "Post"))
    pairs = compare(Named("a", left), Named("b", right)).matched
    assert sorted((p.left.tolls["killed"].best, p.right.tolls["killed"].best) for p in pairs) == [(3, 3), (12, 11)]


def test_the_order_of_incidents_changes_nothing() -> None:
    left = ledger(reading([Told(12), Told(12, by="the army"), Told(5)])).incidents
    right = ledger(reading([Told(12), Told(5), Told(12, by="x")], "Daily")).incidents
    one = {(p.left.id, p.right.id) for p in match(left, right)}
    other = {(p.left.id, p.right.id) for p in match(left[::-1], right[::-1])}
    assert one == other and len(one) == 3


def test_two_ledgers_that_read_one_report_agree_on_it_though_it_names_no_day() -> None:
    told = reading([Told(12, day=None)])
    assert hold(ledger(told), ledger(told, reading([Told(3, "Gwoza")], "Daily"))) == (1, 1, 0, 1)


def test_months_and_places_show_where_tolls_differ() -> None:
    found = compare(Named("a", ledger(reading([Told(12)]))), Named("b", ledger(reading([Told(9)], "Daily"))))
    assert [(one.key, one.more, one.left_incidents) for one in found.months] == [("2021-04", 3, 1)]
    assert sum(one.more for one in found.places) == 3


def test_a_window_takes_both_sides() -> None:
    left, right = ledger(reading([Told(12)])), ledger(reading([Told(12)], "Daily"))
    assert hold(left, right, Selection(since=date(2021, 5, 1))) == (0, 0, 0, 0)


def test_a_source_is_parted_from_the_rest() -> None:
    told = (recorded(reading([Told(12)])), recorded(reading([Told(14)], "Daily"), 1))
    left, right, judged = parted(Record(told), "daily", "newest", ("rest", "Daily"))
    assert (len(left.ledger.incidents), len(right.ledger.incidents), judged) == (1, 1, [])
    with pytest.raises(LedgerError, match="its sources are Daily, Wire"):
        parted(Record(told), "Post", "newest", ("", ""))


def test_rows_of_one_coder_are_never_one_event() -> None:
    first, second = reading([Told(12)], "UCDP GED"), reading([Told(12), Told(1, "Gwoza")], "UCDP GED")
    told = [replace(recorded(one, n), extractor="import ucdp") for n, one in enumerate((first, second))]
    assert joined(build_ledger(told), NOW) == []


def test_a_row_is_joined_to_what_the_reports_tell() -> None:
    row = replace(recorded(reading([Told(14)], "UCDP GED"), 1), extractor="import ucdp")
    told = [recorded(reading([Told(12)])), row]
    words = joined(build_ledger(told), NOW)
    assert [(word.verdict, word.by, word.reasons) for word in words] == [
        ("same", "program import 1", ("the same place", "the same day"))
    ]
    (one,) = build_ledger(told, words).incidents
    assert one.voices == ("UCDP GED", "Wire")
    assert joined(build_ledger(told, words), NOW) == [], "what was said is not said again"


# ------------------------------------------------------------ the way round
def run(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == code, done.exception or done.output
    return done.stdout


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("MARSAD_NOW", NOW.isoformat())
    place = str(tmp_path / "ours.db")
    more = Writing("The Made Gazette", None, None, date(2021, 5, 3))
    ten = more.claim("10", (10, 10, 10), "people")
    with open_book(place, NOW, create=True) as book:
        again = more.reading(incident((ten,), {"killed": exactly(10)}, TOWN, date(2021, 5, 2)))
        for one in (*readings(), again):
            book.add_reading(one, Origin("Amal", NOW, "0", "hand"))
    return place


@pytest.mark.parametrize("profile", ["public", "internal"])
def test_what_leaves_as_ucdp_s_comes_back_as_the_same_count(profile: str, ours: str, tmp_path: Path) -> None:
    table, theirs = str(tmp_path / "ged.csv"), str(tmp_path / "theirs.db")
    run("export", "ucdp", "-o", table, "--profile", profile, "--ledger", ours)
    run("import", "ucdp", table, "--ledger", theirs)
    found = json.loads(run("compare", ours, theirs, "--json"))
    rows = len(Path(table).read_text("utf-8").splitlines()) - 1
    assert rows >= 4
    assert (len(found["matched"]), found["same_figure"], found["only_in_b"]) == (rows, rows, [])
    for pair in found["matched"]:
        ours_high, theirs_high = (pair[side]["figure"]["high"] for side in ("a", "b"))
        assert pair["a"]["figure"]["low"] == pair["b"]["figure"]["low"]
        assert ours_high == theirs_high or ours_high is None, "UCDP knows no open end"
    assert "no faults" in run("verify", "--ledger", theirs)


def test_bringing_the_same_table_in_twice_changes_nothing(ours: str, tmp_path: Path) -> None:
    table = str(tmp_path / "ged.csv")
    run("export", "ucdp", "-o", table, "--ledger", ours)
    first = run("import", "ucdp", table, "--ledger", ours)
    before = run("toll", "--format", "json", "--ledger", ours)
    again = run("import", "ucdp", table, "--ledger", ours)
    assert "brought in" in first and "0 events brought in" in again and "known already" in again
    assert run("toll", "--format", "json", "--ledger", ours) == before


def test_a_coder_beside_the_reports_counts_nobody_twice(ours: str, tmp_path: Path) -> None:
    table = str(tmp_path / "ged.csv")
    run("export", "ucdp", "-o", table, "--profile", "internal", "--ledger", ours)
    before = json.loads(run("toll", "--format", "json", "--ledger", ours))["total"]["killed"]["best"]
    run("import", "ucdp", table, "--ledger", ours)
    after = json.loads(run("toll", "--format", "json", "--ledger", ours))["total"]["killed"]["best"]
    assert before == after == sum(one.tolls["killed"].best for one in made().incidents if "killed" in one.tolls) + 10


def test_the_comparison_in_words(ours: str) -> None:
    told = run("compare", ours, "source:The Made Gazette")
    assert "only in A" in told and "A - B" in told
    assert "there is no harm" in str(CliRunner().invoke(app, ["compare", ours, ours, "--harm", "x"]).exception)


def test_a_table_without_a_row_that_fits_fails(ours: str, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("start,killed\nsoon,3\n")
    done = CliRunner().invoke(app, ["import", "csv", str(path), "--ledger", ours])
    assert done.exit_code == 1
    assert "no row could be brought in" in str(done.exception)


def test_a_file_that_is_no_table_makes_no_ledger(tmp_path: Path) -> None:
    path, place = tmp_path / "x.csv", tmp_path / "new.db"
    path.write_text("start,killed\n2021-04-20,3\n")
    done = CliRunner().invoke(app, ["import", "ucdp", str(path), "--ledger", str(place)])
    assert "Is it a table of UCDP GED" in str(done.exception)
    assert not place.exists()
