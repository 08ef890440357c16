"""Runs of days: made from a day, a month, a year, and as exact as they are long."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.resolve.when_days import (
    Interval,
    date_prec,
    make_when,
    month_before,
    month_of,
    one_day,
    precision_of,
    week_of,
)
from marsad.vocabulary import DatePrecision

DAYS = st.dates(date(1950, 1, 1), date(2049, 12, 31))


@pytest.mark.parametrize(
    ("days", "expected"), [(1, "day"), (2, "days"), (6, "days"), (7, "week"), (31, "month"), (33, "year")]
)
def test_precision_goes_by_length(days: int, expected: DatePrecision) -> None:
    start = date(2021, 3, 1)
    assert precision_of(Interval(start, start + timedelta(days=days - 1))) == expected


def test_an_open_end_is_since_and_no_end_unknown() -> None:
    assert precision_of(Interval(date(2021, 3, 1), None)) == "since"
    assert date_prec(make_when("some day", None)) is None


@given(DAYS)
def test_a_day_lies_in_its_week_and_month(day: date) -> None:
    for run in (one_day(day), week_of(day), month_of(day.year, day.month)):
        assert run.start and run.end
        assert run.start <= day <= run.end
    assert week_of(day).start == day - timedelta(days=day.weekday())


def test_months_run_over_the_year_and_the_month_before_may_be_shorter() -> None:
    assert month_of(2020, 0) == month_of(2019, 12)
    assert month_of(2020, 14) == month_of(2021, 2)
    assert month_before(date(2021, 3, 31), 1) == date(2021, 2, 28)
