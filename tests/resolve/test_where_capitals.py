"""Names found in reports in capitals, where a capital proves nothing."""

from marsad.model import Report
from marsad.resolve.where import find_places


def found(text: str) -> list[tuple[str, str | None]]:
    return [(text[p.span.start : p.span.end], p.where.country) for p in find_places(Report("r", text))]


def test_plain_words_that_are_another_name_of_some_town_are_no_places() -> None:
    text = (
        "SAN SALVADOR, 4 MAR 88 (RADIO CADENA SONORA) -- A SALVADORAN ENVOY GAVE NO NAME. MASS WAS SAID AT THE CANAL. "
        "A POLE FELL IN SANTA ANA, AND THE OAS DEPLORED IT."
    )
    assert found(text) == [("SAN SALVADOR", "SV"), ("SALVADORAN", "SV"), ("SANTA ANA", "SV")]


def test_short_towns_count_after_in() -> None:
    text = (
        "PERUVIAN POLICE SAID A BOMB HURT TWO CLERKS IN LIMA. A SECOND ONE WAS FOUND IN PUNO, PERU. THE ICA MET LATER."
    )
    assert [name for name, _ in found(text)] == ["PERUVIAN", "LIMA", "PUNO", "PERU"]
