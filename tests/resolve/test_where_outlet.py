"""Where a publisher is at home, and what that says of the towns of its reports."""

import csv

import pytest

from marsad.model import Report
from marsad.resolve.gazetteer import gazetteer
from marsad.resolve.where import find_places
from marsad.resolve.where_outlet import outlet_home, unit_called
from marsad.resolve.where_tables import FOLDER


@pytest.mark.parametrize(
    ("publisher", "country", "unit"),
    [
        ("The Punch", "NG", None),
        ("Mizzima News", "MM", None),
        ("Sudan Tribune", "SD", None),
        ("El Sol de Acapulco", "MX", "Guerrero"),
        ("@ZagazOlaMakama", "NG", None),
        ("Actualite.cd", "CD", None),
        ("www.ksat.com:80", "US", "Texas"),
        ("chicago.cbslocal.com", "US", "Illinois"),
        ("star-telegram.com", "US", "Texas"),
        ("https://www.syriahr.com/en/", "SY", None),
        ("nation.co.ke", "KE", None),
    ],
)
def test_an_outlet_has_a_home(publisher: str, country: str, unit: str | None) -> None:
    home = outlet_home(publisher)
    assert home is not None
    assert (home.country, home.unit and home.unit.name) == (country, unit)


@pytest.mark.parametrize(
    "publisher",
    [None, "", "Reuters", "edition.cnn.com", "AFP", "dailymail.co.uk", "Canal Uno", "someblog.tv", "AllAfrica"],
)
def test_an_agency_or_an_unknown_outlet_has_none(publisher: str | None) -> None:
    assert outlet_home(publisher) is None


def test_every_row_of_the_table_names_a_country_and_a_unit_that_the_gazetteer_knows() -> None:
    source = gazetteer()
    with (FOLDER / "outlets.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            assert not row["country"] or source.country(row["country"]), row
            assert not row["admin1"] or unit_called(row["admin1"], row["country"], source), row


@pytest.mark.parametrize(
    ("publisher", "text", "name", "country", "admin1"),
    [
        ("Daily Trust", "Two guards were shot in Niger.", "Niger", "NG", "Niger"),
        ("Reuters", "Two guards were shot in Niger.", "Niger", "NE", None),
        ("wral.com", "Police searched a house in Henderson.", "Henderson", "US", "North Carolina"),
        ("Reuters", "Police searched a house in Henderson.", "Henderson", "US", "Nevada"),
        ("Vanguard", "A market burned in Edo.", "Edo", "NG", "Edo"),
        ("phillyvoice.com", "He was shot in Philadelphia.", "Philadelphia", "US", "Pennsylvania"),
        (None, "He was shot in Philadelphia.", "Philadelphia", "US", "Pennsylvania"),
    ],
)
def test_a_namesake_at_the_publishers_home_is_meant(
    publisher: str | None, text: str, name: str, country: str, admin1: str | None
) -> None:
    found = find_places(Report("r", text, publisher=publisher))[0]
    assert (found.span.quote, found.where.country, found.where.admin1) == (name, country, admin1)


def test_a_town_of_a_country_that_nobody_speaks_of_is_refused_far_from_home() -> None:
    text = "An air strike on Tandag killed six."
    assert find_places(Report("r", text, publisher="Rappler"))[0].where.country == "PH"
    far = find_places(Report("r", text, publisher="Myanmar Now"))
    assert not far or far[0].where.country is None


def test_a_hamlet_of_another_state_is_refused_in_local_news_unless_the_state_is_named() -> None:
    text = "Two men were hurt in Cedar Grove."
    found = find_places(Report("r", text, publisher="ksla.com"))
    assert not found or found[0].where.admin1 is None
    told = find_places(Report("r", text + " The borough in New Jersey is small.", publisher="ksla.com"))
    assert told[0].where.admin1 == "New Jersey"
