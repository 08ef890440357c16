"""The chart and the map: well-formed, honest about what is not known, and as exact as the profile allows."""

import re
from datetime import date
from xml.etree import ElementTree

from tests.export.made import made
from tests.report.test_situation import ASKED, FIRST, ledger_of

from marsad.export.profiles import INTERNAL, PUBLIC, Profile
from marsad.report.chart import chart
from marsad.report.map import draw_map
from marsad.report.model import Ask
from marsad.report.situation import situation
from marsad.report.wording import words_of

SVG = "{http://www.w3.org/2000/svg}"


def drawn(profile: Profile) -> ElementTree.Element:
    told = situation(made(), Ask(date(2021, 4, 1), date(2021, 6, 1), profile=profile))
    found = draw_map([one.entry for one in told.largest])
    assert found is not None
    return ElementTree.fromstring(found)


def test_days_of_which_nothing_was_read_are_a_dash_and_no_nought() -> None:
    drawing = ElementTree.fromstring(chart(situation(ledger_of(FIRST), ASKED).stretches, words_of(None)))
    labels = [text.text for text in drawing.iter(f"{SVG}text") if text.get("class") is None]
    assert labels == ["–", "–", "–", "–", "12"]
    assert len(list(drawing.iter(f"{SVG}rect"))) == 1


def test_a_map_draws_places_and_dashes_provinces() -> None:
    kinds = [circle.get("class", "") for circle in drawn(INTERNAL).iter(f"{SVG}circle")]
    assert sorted(kinds) == ["place", "place", "place", "place", "vague"]


def test_labels_of_a_map_are_not_written_over_one_another() -> None:
    texts = list(drawn(INTERNAL).iter(f"{SVG}text"))
    spots = [(float(one.get("x", 0)), float(one.get("y", 0))) for one in texts]
    assert texts
    assert len(set(spots)) == len(spots)


def test_a_public_map_names_no_house() -> None:
    def labels(profile: Profile) -> str:
        told = situation(made(), Ask(date(2021, 4, 22), date(2021, 4, 22), profile=profile))
        return draw_map([one.entry for one in told.largest]) or ""

    assert "Lanternhouse" in labels(INTERNAL)
    assert "<circle" in labels(PUBLIC)
    assert "Lanternhouse" not in labels(PUBLIC)


def test_without_points_there_is_no_map() -> None:
    assert draw_map([one.entry for one in situation(ledger_of(FIRST), ASKED).largest]) is None


def test_a_map_has_no_numbers_to_read() -> None:
    words = " ".join(one.text or "" for one in drawn(INTERNAL).iter(f"{SVG}text"))
    assert re.search(r"\d", words) is None
