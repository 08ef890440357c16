"""A running total is a counter: it rises, stands still, is corrected, restarts; a slip is flagged and not believed."""

import csv
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.made import Told, reading, recorded

from marsad.ledger import build_ledger
from marsad.ledger.series import Point, series_of, steps_of
from marsad.model import Figure, Victims, When

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


def test_a_rise_that_is_taken_back_in_part_was_one_and_is_corrected() -> None:
    assert kinds(500, 650, 640) == ["first", "rise", "correction"]
    assert kinds(500, 650, 510) == ["first", "slip", "rise"]


def test_days_that_nobody_told_of_are_a_gap_and_no_late_dead() -> None:
    points = [Point(DAY, 500), Point(DAY + timedelta(days=3), 590, 30), Point(DAY + timedelta(days=5), 640, 50, "", 2)]
    assert [(s.kind, s.unexplained) for s in steps_of(points)] == [("first", None), ("gap", 60), ("rise", 0)]


def test_a_total_that_rose_by_less_than_its_own_toll_is_told() -> None:
    points = [Point(DAY, 500), Point(DAY + timedelta(days=1), 500, 41), Point(DAY + timedelta(days=2), 599, 58)]
    assert [(s.kind, s.unexplained) for s in steps_of(points)] == [("first", None), ("short", -41), ("retroactive", 41)]


def test_a_counter_that_names_its_base_once_is_the_same_counter() -> None:
    first, second = (recorded(reading([], total=n, published=DAY + timedelta(days=n))) for n in (20, 25))
    bare = second.reading.claims[0]
    assert bare.when is not None
    without = replace(bare, when=None)
    again = replace(second, reading=replace(second.reading, claims=(without,)))
    (series,) = series_of(build_ledger([first, again]))
    assert [step.point.total for step in series.steps] == [20, 25]


def test_the_toll_told_beside_a_total_explains_its_rise() -> None:
    made = []
    for day, (total, added) in enumerate([(900, 0), (930, 30), (990, 25)]):
        one = reading([Told(added, "the country")] if added else [], published=DAY + timedelta(days=day), total=total)
        window = When("in 24 hours", DAY + timedelta(days=day - 1), DAY + timedelta(days=day), "days")
        claims = [replace(c, scope="period", when=window) if c.scope == "incident" else c for c in one.claims]
        made.append(recorded(replace(one, claims=tuple(claims), incidents=())))
    (series,) = series_of(build_ledger(made))
    assert [(s.kind, s.unexplained) for s in series.steps] == [("first", None), ("rise", 0), ("retroactive", 35)]


def test_a_counter_of_some_is_explained_by_those_only() -> None:
    first = reading([Told(12, "the country"), Told(30, "the country", who="fighters", by="the army")], total=900)
    fighters = replace(first.claims[1], victims=Victims("fighters", "combatant"))
    made = recorded(replace(first, claims=(first.claims[0], fighters, first.claims[2])))
    (series,) = series_of(build_ledger([made]))
    assert series.whom == "civilians"
    assert series.remainder == Figure(888, 888, 888)


def rows_of(name: str) -> list[dict[str, str]]:
    with (SHARED / f"{name}.csv").open() as file:
        return list(csv.DictReader(file))


def points_of(name: str, total: str, toll: str | None = None, less: str | None = None) -> list[Point]:
    """Return a real counter; `toll` is the column of the toll told with it, `less` what of that is no day's own."""
    points = []
    for row in rows_of(name):
        if row[total]:
            added = int(row[toll]) - int(row[less] or 0 if less else 0) if toll and row[toll] else None
            hours = int(row.get("period_hours") or 24)
            points.append(
                Point(date.fromisoformat(row["report_date"]), int(row[total]), added, "", max(1, hours // 24))
            )
    return points


real = pytest.mark.skipif(not SHARED.exists(), reason="the shared corpora are not beside the project")


@real
def test_a_war_s_second_round_is_a_second_phase() -> None:
    for counter in ("killed_cum_reported", "injured_cum_reported"):
        steps = steps_of(points_of("lebanon", counter))
        assert [step.point.day for step in steps if step.kind == "restart"] == [date(2026, 3, 5)]
    assert {step.phase for step in steps} == {int(row["phase"]) for row in rows_of("lebanon")}


@real
def test_the_dead_that_a_committee_added_late_are_found_and_nothing_else() -> None:
    """On every day that a committee added dead of earlier days they are what goes beyond the day's own toll."""
    steps = {s.point.day: s for s in steps_of(points_of("gaza", "killed_cum", "killed", "killed_committee"))}
    late = {
        date.fromisoformat(r["report_date"]): int(r["killed_committee"])
        for r in rows_of("gaza")
        if r["killed_committee"]
    }
    late = {day: number for day, number in late.items() if number}
    assert len(late) == 38
    assert {day: steps[day].unexplained for day in late} == late
    # One of them came after a day that nobody told of, so that it cannot be told from that day's dead.
    assert [str(day) for day in late if steps[day].kind != "retroactive"] == ["2026-07-11"]
    others = {str(day): (s.kind, s.unexplained) for day, s in steps.items() if s.unexplained and day not in late}
    assert others == {
        "2023-12-05": ("short", -376),
        "2023-12-07": ("gap", 579),
        "2023-12-08": ("short", -3),
        "2023-12-09": ("retroactive", 3),
        "2023-12-18": ("gap", 502),
        "2024-01-12": ("retroactive", 88),
        "2024-01-16": ("retroactive", 27),
        "2024-08-27": ("short", -41),
        "2024-08-28": ("retroactive", 41),
    }


@real
@pytest.mark.parametrize(
    ("name", "counter", "falls"),
    [
        ("gaza", "killed_cum", []),
        ("gaza", "injured_cum", []),
        ("gaza", "famine_cum", ["2025-07-22"]),
        ("west_bank", "killed_cum", []),
        ("west_bank", "injured_children_cum", ["2026-07-20"]),
        ("west_bank", "verified_killed_cum", []),
        ("lebanon", "killed_cum", []),
    ],
)
def test_corrections_of_real_counters_are_found_and_nothing_is_taken_for_a_slip(
    name: str, counter: str, falls: list[str]
) -> None:
    steps = steps_of(points_of(name, counter))
    assert [str(step.point.day) for step in steps if step.kind == "correction"] == falls
    assert not [step for step in steps if step.kind in ("swap", "slip", "restart")]


@real
@pytest.mark.parametrize("counter", ["killed_cum", "injured_cum"])
def test_digits_swapped_in_a_real_counter_are_found_wherever_they_lie_outside_of_their_neighbours(counter: str) -> None:
    points = points_of("gaza", counter)
    tried = found = 0
    for at in range(1, len(points) - 1, 7):
        before, point, after = points[at - 1 : at + 2]
        digits = str(point.total)
        for place in range(len(digits) - 1):
            swapped = int(digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :])
            if before.total <= swapped <= after.total or swapped == point.total:
                continue
            steps = steps_of([before, replace(point, total=swapped), after])
            tried += 1
            found += steps[1].kind == "swap" and steps[2].change == after.total - before.total
    assert tried > 300
    assert found / tried > 0.99


@real
def test_what_a_month_s_daily_tolls_leave_of_the_running_total_is_the_remainder() -> None:
    """The daily tolls as incidents, each report with its running total: the remainder is what they do not tell of."""
    days = [row for row in rows_of("gaza") if row["killed"] and row["killed_cum"] and int(row["killed"])][20:50]
    made = [
        recorded(
            reading(
                [Told(int(row["killed"]), "the country", day=date(2021, 4, 30) + timedelta(days=at))],
                published=date(2021, 4, 30) + timedelta(days=at),
                total=int(row["killed_cum"]),
            ),
            at,
        )
        for at, row in enumerate(days)
    ]
    (series,) = series_of(build_ledger(made))
    missing = int(days[-1]["killed_cum"]) - sum(int(row["killed"]) for row in days)
    assert len(series.steps) == 30
    assert series.remainder == Figure(missing, missing, missing)
