"""Numbers as reports write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.numerals import find_numbers, read_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7),
        ("1,200", 1200),
        ("370,000", 370_000),
        ("5 000", 5000),
        ("1.2 million", 1_200_000),
        ("3.5m", 3_500_000),
        ("thirty-five", 35),
        ("thirty five", 35),
        ("a hundred and four", 104),
        ("one hundred and twenty thousand three hundred", 120_300),
        ("two dozen", 24),
        ("a dozen", 12),
        ("half a dozen", 6),
        ("SIXTEEN", 16),
        ("a couple", 2),
    ],
)
def test_a_number_is_read(text: str, value: int) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "many",
        "12.5",
        "F-16",
        "21st",
        "nine-year-old",
        "16-year-old",
        "2021-04-18",
        "11:20",
        "$900",
        "two-thirds",
        "XII",
        "ten men",
    ],
)
def test_what_is_not_a_cardinal_is_none(text: str) -> None:
    assert read_number(text) is None


def test_both_ends_of_a_range_are_found() -> None:
    assert [n.value for n in find_numbers("30-40 rockets, 5 to 7 of them duds")] == [30, 40, 5, 7]


@given(st.integers(min_value=0, max_value=10**9))
def test_digits_with_separators_come_back(value: int) -> None:
    assert read_number(f"{value:,}") == value


@given(st.text(max_size=80))
def test_offsets_always_fit_the_text(text: str) -> None:
    last = 0
    for number in find_numbers(text):
        assert last <= number.start < number.end <= len(text)
        assert number.value >= 0
        last = number.end


@pytest.mark.parametrize(
    "text",
    ["9" * 5000, "1" + ",000" * 2000, "0." + "1" * 5000, "20 " + "billion", "10,000,000,001", "7" * 5000 + " million"],
)
def test_numbers_beyond_ten_billion_are_no_numbers(text: str) -> None:
    assert list(find_numbers(text)) == []


def test_ten_billion_is_the_greatest_number() -> None:
    assert [number.value for number in find_numbers("10,000,000,000")] == [10_000_000_000]
