"""A running total is a counter: it rises, stands still, is corrected, restarts; a slip is flagged and not believed."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.made import Told, reading, recorded

from marsad.ledger import build_ledger
from marsad.ledger.series import Point, series_of, steps_of
from marsad.model import Figure

DAY = date(2021, 5, 1)
SHARED = Path(__file__).parents[2] / "shared" / "corpora" / "palestine_tolls"


def kinds(*totals: int) -> list[str]:
    return [step.kind for step in steps_of(Point(DAY + timedelta(days=n), t) for n, t in enumerate(totals))]


def test_a_counter_rises_stands_still_and_is_corrected() -> None:
    assert kinds(120, 134, 134, 131) == ["first", "rise", "standstill", "correction"]


def test_a_counter_that_starts_anew_is_a_new_phase_and_no_fall() -> None:
    steps = steps_of(Point(DAY + timedelta(days=n), t) for n, t in enumerate([4031, 4047, 118, 160]))
    assert [(step.kind, step.change, step.phase) for step in steps] == [
        ("first", 4031, 1),
        ("rise", 16, 1),
        ("restart", 118, 2),
        ("rise", 42, 2),
    ]


def test_two_digits_that_changed_places_are_flagged_and_not_believed() -> None:
    steps = steps_of(Point(DAY + timedelta(days=n), t) for n, t in enumerate([12_310, 13_240, 12_350]))
    assert [step.kind for step in steps] == ["first", "swap", "rise"]
    assert steps[2].change == 40


def test_any_other_point_that_the_next_takes_back_is_a_slip() -> None:
    assert kinds(100, 900, 110) == ["first", "slip", "rise"]


def test_dead_added_late_are_told_from_the_day_s_own() -> None:
    points = [Point(DAY, 500), Point(DAY + timedelta(days=1), 650, 30), Point(DAY + timedelta(days=2), 660, 10)]
    assert [(s.kind, s.unexplained) for s in steps_of(points)] == [("first", None), ("retroactive", 120), ("rise", 0)]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 10_000)), max_size=12), st.randoms(use_true_random=False))
def test_order_of_publications_changes_nothing(rows: list[tuple[int, int]], random: object) -> None:
    points = [Point(DAY + timedelta(days=n), total) for n, total in rows]
    shuffled = list(points)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert steps_of(points) == steps_of(shuffled)


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=12))
def test_changes_of_a_phase_add_up_to_its_last_total(totals: list[int]) -> None:
    steps = steps_of(Point(DAY + timedelta(days=n), t) for n, t in enumerate(totals))
    standing = [s for s in steps if s.kind not in ("swap", "slip")]
    for phase in {s.phase for s in standing}:
        inside = [s for s in standing if s.phase == phase]
        assert sum(s.change for s in inside) == inside[-1].point.total


def test_what_incidents_do_not_explain_is_the_remainder() -> None:
    first = reading([Told(12, "the country", day=date(2021, 4, 30))], total=900)
    ledger = build_ledger([recorded(first)])
    (series,) = series_of(ledger)
    assert (series.voice, series.harm, [s.point.total for s in series.steps]) == ("Wire", "killed", [900])
    assert series.remainder == Figure(888, 888, 888)
    assert ledger.incidents[0].tolls["killed"].best == 12


@pytest.mark.skipif(not SHARED.exists(), reason="the shared corpora are not beside the project")
def test_a_war_s_second_round_is_a_second_phase() -> None:
    with (SHARED / "lebanon.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["killed_cum_reported"]]
    steps = steps_of(Point(date.fromisoformat(row["report_date"]), int(row["killed_cum_reported"])) for row in rows)
    assert [step.point.day for step in steps if step.kind == "restart"] == [date(2026, 3, 5)]
    assert {int(row["phase"]) for row in rows} == {step.phase for step in steps}
