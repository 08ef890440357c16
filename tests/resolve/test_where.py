"""Places of reports: found by words, told apart by the report, given as honest areas."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.check import check_reading
from marsad.model import Claim, Count, PlaceMention, Reading, Report, Span, Victims, Where
from marsad.resolve.where import find_places, resolve_where


def places(text: str, title: str | None = None) -> dict[str, PlaceMention]:
    return {one.span.quote: one for one in find_places(Report(id="r", text=text, title=title))}


def named(text: str, title: str | None = None) -> dict[str, tuple[str | None, str | None]]:
    return {quote: (one.where.country, one.where.admin1) for quote, one in places(text, title).items()}


def claim(text: str, words: str, place: str | None) -> tuple[Report, Claim]:
    report = Report(id="r", text=text)
    start = text.index(words)
    where = None
    if place is not None:
        at = text.index(place)
        where = Where(text=place, span=Span(at, at + len(place), place))
    count = Count(words.split()[0], 2, "exact", 2, 2, 2)
    return report, Claim("c1", Span(start, start + len(words), words), "killed", count, Victims(None), where=where)


def resolved(text: str, words: str, place: str | None) -> Where:
    report, one = claim(text, words, place)
    where = resolve_where(report, [one])[0].where
    assert where is not None
    return where


NAMES = [
    ("Rockets fell on Mayadin and near Baghuz, Syria.", "Mayadin", ("SY", "Deir ez-Zor")),
    ("Rockets fell on Mayadin and near Baghuz, Syria.", "Baghuz", ("SY", "Deir ez-Zor")),
    ("The mayor of Portland, Maine, spoke of the storm.", "Portland", ("US", "Maine")),
    ("A convoy left Hamilton, Ont., before dawn.", "Hamilton", ("CA", "Ontario")),
    ("Gunmen stormed a checkpoint in Tripoli, Lebanon.", "Tripoli", ("LB", "North")),
    ("Gunmen stormed a checkpoint in Tripoli. Libya closed its airspace.", "Tripoli", ("LY", "Tripoli")),
    ("Two mortars hit Jabalia camp in the Gaza Strip.", "Jabalia", ("PS", "Gaza Strip")),
    ("Clashes went on around Syria's Homs for a third day.", "Homs", ("SY", "Homs")),
    ("A drone struck Niger's Tillaberi region.", "Tillaberi", ("NE", "Tillaberi")),
    ("A mine went off in Borno State, Nigeria, near Konduga.", "Konduga", ("NG", "Borno")),
]


@pytest.mark.parametrize(("text", "quote", "expected"), NAMES)
def test_names_are_resolved(text: str, quote: str, expected: tuple[str, str]) -> None:
    assert named(text)[quote] == expected


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Mr Paris said the talks would go on.", "Paris"),
        ("Nice words were exchanged. Reading them took a minute.", "Nice"),
        ("Jack London wrote of wolves.", "London"),
        ("President Assad met the envoys in March.", "Assad"),
        ("The shop in Maryland Avenue was shut.", "Maryland"),
        ("They've told us so. Many of us agree.", "us"),
        ("The UN said that it would wait.", "UN"),
    ],
)
def test_persons_streets_and_plain_words_are_no_places(text: str, quote: str) -> None:
    assert quote not in places(text)


def test_a_county_that_only_one_state_has_is_a_place_even_before_its_sheriff() -> None:
    assert named("The Navarro County Sheriff's Department found nine crates.")["Navarro County"] == ("US", "Texas")


def test_an_unknown_village_is_a_place_with_null_values() -> None:
    one = places("Three people were shot in the village of Qarzamush in Syria.")["Qarzamush"]
    assert (one.where.name, one.where.latitude) == (None, None)


def test_people_of_a_country_count_as_the_country() -> None:
    assert named("Turkish jets returned to base.")["Turkish"] == ("TR", None)


def test_what_a_name_means_once_it_means_throughout() -> None:
    text = "The fair opens in Paris, Texas, today. Visitors came to Paris from all over."
    found = [one.where.admin1 for one in find_places(Report(id="r", text=text)) if one.span.quote == "Paris"]
    assert found == ["Texas", "Texas"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Homs", "in", "al-Bab", "the", "Syria", ",", ".", "\n", "Mr", "U.S.", "Deir", "ez-Zor", "’s", "(", "ÉTAT",
             "village of", "Kafr Zita", "New York", "50 km east of", "\u0645", "St.", "-", "Aleppo’s", "SY"]
        ),
        max_size=25,
    ).map(" ".join)
    | st.text(max_size=80)
)  # fmt: skip
def test_every_span_quotes_the_text(text: str) -> None:
    report = Report(id="r", text=text)
    found = find_places(report)
    assert found == find_places(report)
    at = 0
    for one in found:
        assert text[one.span.start : one.span.end] == one.span.quote
        assert at <= one.span.start < one.span.end, "in order, without overlap"
        at = one.span.end


AREAS = [
    ("Two men died 50 km east of Homs.", "50 km east of Homs", "Homs", 2, (34.72, 37.27)),
    ("Two men died south of the city of Mayadin in Syria.", "south of the city of Mayadin", "Deir ez-Zor", 2, None),
    ("Two men died on the western edges of Aleppo city.", "the western edges of Aleppo city", "Aleppo", 2, None),
    ("Two men died in the northeast of Latakia province.", "the northeast of Latakia province", "Latakia", 4, None),
    ("Two men died in the steppe east of Homs province.", "the steppe east of Homs province", "Homs", 4, None),
    ("Two men died in Raqqa.", "Raqqa", "Raqqa", 1, (35.95, 39.01)),
    ("Two men died in northern Syria.", "northern Syria", None, 5, None),
    ("Two men died in Syria.", "Syria", None, 6, (35.0, 38.0)),
    ("Two men died between Palmyra and Sukhna in Syria.", "between Palmyra and Sukhna", "Homs", 5, (34.72, 38.57)),
]


@pytest.mark.parametrize(("text", "place", "admin1", "precision", "point"), AREAS)
def test_relations_give_honest_areas(
    text: str, place: str, admin1: str | None, precision: int, point: tuple[float, float] | None
) -> None:
    where = resolved(text, "Two men", place)
    assert (where.country, where.admin1, where.geoprecision) == ("SY", admin1, precision)
    if point is not None:
        assert where.latitude == pytest.approx(point[0], abs=0.08)
        assert where.longitude == pytest.approx(point[1], abs=0.08)
    if precision == 2 or precision > 3:
        assert where.radius_km
        assert where.radius_km > 3


def test_the_words_of_a_claim_are_kept() -> None:
    where = resolved("Two men died near Idlib city.", "Two men", "near Idlib city")
    assert (where.text, where.name) == ("near Idlib city", "Idlib")


GOVERNED = [
    ("A bomb went off in Kirkuk on Monday. Two guards were killed.", "Two guards", "Kirkuk"),
    ("KABUL (News) - Two guards were killed, officials said.", "Two guards", "Kabul"),
    ("Shells hit Douma in Syria. The London-based monitor counted two dead.", "two dead", "Rif Dimashq"),
]


@pytest.mark.parametrize(("text", "words", "admin1"), GOVERNED)
def test_a_claim_without_words_takes_the_governing_place(text: str, words: str, admin1: str) -> None:
    assert resolved(text, words, None).admin1 == admin1


def test_a_running_total_lies_in_the_country_not_in_the_town_named_last() -> None:
    text = "A bomb went off in Kirkuk, Iraq. The war has killed 9,000 people since 2014."
    report, one = claim(text, "9,000 people", None)
    where = resolve_where(report, [replace(one, scope="cumulative")])[0].where
    assert where is not None
    assert (where.country, where.admin1) == ("IQ", None)


def test_an_unknown_building_lies_near_the_governing_town() -> None:
    text = "Fighting reached Goma in eastern DR Congo. Two nurses died in the Heri clinic."
    where = resolved(text, "Two nurses", "the Heri clinic")
    assert (where.country, where.admin1, where.geoprecision) == ("CD", "North Kivu", 2)


def test_without_any_place_nothing_is_made_up() -> None:
    report, one = claim("Two men died.", "Two men", None)
    assert resolve_where(report, [one])[0].where is None


def test_resolved_claims_pass_the_door() -> None:
    report, one = claim("Two men died 12 km north of Homs, Syria.", "Two men", "12 km north of Homs")
    found = resolve_where(report, [one, replace(one, id="c2", where=None)])
    assert check_reading(Reading(report=report, claims=found)) == []


def test_whose_strike_it_was_is_not_where_it_was() -> None:
    text = "A Turkish strike near Kobani, Syria, killed two guards."
    assert resolved(text, "two guards", "A Turkish").admin1 == "Aleppo"


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Gunmen killed five soldiers near Boni in central Mali on Friday.", "Boni", None),
        ("Shells hit Kiev on Monday, Ukraine's army said.", "Kiev", "Kyiv"),
        ("Shells hit Kiev on Monday.", "Kiev", "Kyiv"),
    ],
)
def test_another_spelling_leads_to_no_town_in_a_land_that_is_not_spoken_of(
    text: str, word: str, name: str | None
) -> None:
    found = {place.span.quote: place.where.name for place in find_places(Report("r", text))}
    assert found.get(word) == name
