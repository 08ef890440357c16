"""PRIO-GRID cells against published ones, and the codes that a resolved place gets."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.model import Where
from marsad.resolve.where_codes import coded, prio_grid

PALMYRA = Where("Palmyra", "Palmyra", "SY", "Homs", "Tadmur District", 34.5624, 38.2841, 1)


# Cells as the makers of PRIO-GRID and of UCDP's GED publish them; the first one is the grid's first cell of land.
@pytest.mark.parametrize(
    ("latitude", "longitude", "cell"),
    [
        (-55.75, -69.25, 49182),
        (10.51, 2.29, 145085),
        (-54.75, -71.25, 50618),
        (-14.75, 25.75, 108412),
        (-30.75, 127.75, 85576),
        (-90.0, -180.0, 1),
        (89.9, 179.9, 259200),
    ],
)
def test_a_point_lies_in_its_published_cell(latitude: float, longitude: float, cell: int) -> None:
    assert prio_grid(latitude, longitude) == cell


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_cell_is_half_a_degree_around_its_middle(latitude: float, longitude: float) -> None:
    row, column = divmod(prio_grid(latitude, longitude) - 1, 720)
    assert 0 <= row < 360
    assert abs(row / 2 - 89.75 - latitude) <= 0.25
    away = abs(column / 2 - 179.75 - longitude)
    assert min(away, 360 - away) <= 0.25 + math.ulp(180)


@pytest.mark.parametrize(
    ("precision", "pcode"),
    [(1, "SY0405"), (3, "SY0405"), (4, "SY04"), (5, None), (6, None), (None, None)],
)
def test_the_code_is_of_the_smallest_unit_that_surely_holds_the_place(precision: int | None, pcode: str | None) -> None:
    assert coded(replace(PALMYRA, geoprecision=precision)).pcode == pcode


def test_a_district_without_a_code_has_that_of_its_province() -> None:
    assert coded(replace(PALMYRA, admin2="Nowhere District")).pcode == "SY04"


def test_a_place_without_a_point_stays_as_it_was() -> None:
    unknown = Where("the old mill")
    assert coded(unknown) is unknown
