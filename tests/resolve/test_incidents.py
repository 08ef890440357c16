"""What an incident gets when its report has been added up: a day, codes, UCDP's view."""

from datetime import date

import pytest

from marsad.contract import from_json, to_json
from marsad.model import Incident, Report, When, Where
from marsad.reading import ReadingOptions, make_reading
from marsad.resolve.incidents import complete_incidents
from marsad.resolve.when_published import BRIEF, day_of

MAY = date(2016, 5, 4)
TWO_DAYS = When(None, date(2016, 5, 3), MAY, "days", origin="publication")


def incident_of(text: str, title: str | None = None, published: date | None = MAY) -> Incident:
    report = Report("r", text, title=title, published=published)
    return make_reading(report, ReadingOptions(extractor="rules")).incidents[0]


def test_news_without_a_word_of_time_is_of_its_day_or_the_day_before() -> None:
    assert incident_of("Shells kill six traders in Mosul").when == TWO_DAYS
    assert incident_of("Shells killed six traders in Mosul.", "Market is hit").when == TWO_DAYS


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Shells killed six traders in Mosul.", None),
        ("Shells killed six traders in Mosul. " + "The market reopened under guard. " * (BRIEF // 30), MAY),
        ("Shells killed six traders in Mosul on 2 May.", MAY),
    ],
)
def test_no_day_is_made_up_for_other_reports(text: str, published: date | None) -> None:
    when = incident_of(text, published=published).when
    assert when is None or when.origin == "text"


def test_an_incident_deep_in_a_report_stays_without_a_day() -> None:
    text = "The council debated the budget at length. " * 9 + "Rebels killed four farmers near Goma."
    assert incident_of(text, "Budget talks").when is None


def test_a_day_that_is_told_is_kept() -> None:
    told = When("on 2 May", date(2016, 5, 2), date(2016, 5, 2), "day")
    event = Incident("i1", "attack", (), when=told)
    assert day_of(event, (), Report("r", "", title="t", published=MAY)) is told


def test_the_view_of_ucdp_and_the_codes_stand_in_the_json_form_both_ways() -> None:
    report = Report("r", "Islamic State gunmen killed nine civilians in Mosul.", published=MAY)
    reading = make_reading(report, ReadingOptions(extractor="rules", places=True))
    row = to_json(reading, places=True)
    incident = row["incidents"][0]
    assert (incident["side_a"], incident["side_b"], incident["type_of_violence"]) == ("IS", "Civilians", 3)
    assert incident["when"]["origin"] == "publication"
    assert (incident["where"]["pcode"], incident["where"]["prio_grid"]) == ("IQG15Q05", 181887)
    assert row["claims"][0]["where"]["prio_grid"] == row["places"][0]["prio_grid"] == 181887
    assert to_json(from_json(row, report), places=True) == row


def test_a_vague_place_gives_way_to_the_exact_one_that_the_claims_came_to_share() -> None:
    report = Report(
        "r", "Air strikes killed nine people in northern Syria. Shells killed two in Saraqib.", published=MAY
    )
    reading = make_reading(report, ReadingOptions(extractor="rules"))
    exact = next(claim for claim in reading.claims if claim.where and claim.where.name == "Saraqib")
    vague = Incident("i1", "attack", (exact.id,), where=Where("northern Syria", "Syria", "SY", geoprecision=5))
    settled = complete_incidents(report, reading.claims, [vague])[0].where
    assert settled is not None
    assert (settled.name, settled.admin1, settled.pcode) == ("Saraqib", "Idlib", "SY07")
    town = Incident("i1", "attack", (exact.id,), where=Where("Homs", "Homs", "SY", "Homs", geoprecision=1))
    kept = complete_incidents(report, reading.claims, [town])[0].where
    assert kept is not None
    assert kept.name == "Homs"


def test_what_nature_did_is_told_apart_and_has_no_doer() -> None:
    text = (
        "A strong earthquake struck Iran on Monday, leaving at least 180 people dead.\n\n"
        "Rebels killed five soldiers near Homs on Sunday."
    )
    found = make_reading(Report("r", text, published=date(2026, 5, 6)), ReadingOptions(extractor="rules")).incidents
    assert [(one.type, one.tolls["killed"].low, bool(one.perpetrators)) for one in found] == [
        ("disaster", 180, False),
        ("attack", 5, True),
    ]
