"""Which country a report is about: neighbours named in passing, peoples and the publisher's home."""

import pytest

from marsad.model import Report
from marsad.resolve.where import set_scene


@pytest.mark.parametrize(
    ("text", "publisher", "country"),
    [
        ("Herders in Niger say that raiders came by night near Mali.", None, "NE"),
        ("Chad held talks. Its border posts next to Sudan were attacked.", None, "TD"),
        ("Raiders came by night near Mali.", None, None),
        ("Sixty Pakistani guards fell in the night's strikes.", "Bakhtar News", "AF"),
        ("Sixty Pakistani guards fell in the night's strikes.", "Reuters", "PK"),
        ("Sixty Pakistani guards fell in the strikes on Quetta.", "Bakhtar News", "PK"),
        ("Two men fell in the night.", "Rappler", "PH"),
        ("Two men fell in the night.", None, None),
    ],
)
def test_a_report_is_about_a_country(text: str, publisher: str | None, country: str | None) -> None:
    assert set_scene(Report("r", text, publisher=publisher)).country == country
