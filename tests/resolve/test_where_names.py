"""Spellings that must meet, and spellings that must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.resolve.where_names import core, fold, is_latin, skeleton


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sana'a", "SANAA"),
        ("Şırnak", "Sirnak"),
        ("St. Louis", "Saint Louis"),
        ("U.S.", "US"),
        ("N’Djaména", "Ndjamena"),
    ],
)
def test_fold_makes_spellings_meet(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Al-Mayadin", "Mayadin"), ("Homs Governorate", "Homs"), ("the province of Idlib", "the province of Idlib")],
)
def test_core_leaves_out_article_and_class_word(one: str, other: str) -> None:
    assert core(one) == core(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Deir Ezzor", "Deir az-Zawr"), ("Al-Sukhnah", "Sokhna"), ("Baghouz", "Baghuz"), ("Qamishli", "Kameshly")],
)
def test_skeleton_joins_romanisations(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other) != ""


def test_skeleton_of_a_short_name_is_refused() -> None:
    assert skeleton("Hama") == ""


def test_only_latin_letters() -> None:
    assert is_latin("Deir ez-Zor")
    assert not is_latin("حمص")


@given(st.text(max_size=40))
def test_folding_is_stable(name: str) -> None:
    once = fold(name)
    assert fold(once) == once
    assert once == once.strip()
