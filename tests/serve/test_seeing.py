"""What the seeing pages say: filters by source and standing, charts as data, the map's columns, running totals."""

import html
import json
import re
from dataclasses import replace
from datetime import date

import pytest
from tests.made import Told, reading, recorded
from tests.serve.conftest import House

from marsad.ledger import series_of
from marsad.ledger.build import build_ledger
from marsad.ledger.tolls import Selection, select, standings
from marsad.model import Figure, Where
from marsad.serve.address import view_of
from marsad.serve.answers import toll_of
from marsad.serve.chart import chart_of
from marsad.serve.groups import figure_in, groups_of
from marsad.serve.running import counters_of


def test_a_country_s_running_total_is_explained_by_what_happened_in_its_towns() -> None:
    one = reading([Told(12, "Baga", day=date(2021, 4, 30))], total=900)
    land = Where("Nigeria", "Nigeria", "NG", geoprecision=6)
    told = replace(one, claims=(*one.claims[:-1], replace(one.claims[-1], where=land)))
    (series,) = series_of(build_ledger([recorded(told)]))
    assert series.where == "Nigeria"
    assert series.remainder == Figure(888, 888, 888)


def test_incidents_are_found_by_source_and_by_how_they_stand() -> None:
    ledger = build_ledger(
        [recorded(reading([Told(3)], "Wire")), recorded(reading([Told(2, "Kano", by=None)], "Gazette"))]
    )
    by_paper = select(ledger, Selection(source="gaz"))
    assert [one.where.name for one in by_paper if one.where] == ["Kano"]
    assert select(ledger, Selection(status="unnamed")) == by_paper
    assert all(standings(one) >= {"single"} for one in ledger.incidents)
    assert select(ledger, Selection(status="denied")) == ()


def test_a_standing_that_is_none_is_refused_with_the_list(house: House) -> None:
    answer = house.client.get("/incidents", params={"status": "sure"})
    assert answer.status_code == 400
    assert "agreed, disputed, single, denied, unnamed, revised" in answer.text


def test_names_that_the_ledger_knows_are_offered(house: House) -> None:
    page = house.client.get("/incidents").text
    for kind, name in (("places", "Kano"), ("actors", "the militia"), ("sources", "Gazette"), ("victims", "civilian")):
        assert f'<option value="{name}">' in page.partition(f'id="known-{kind}"')[2].partition("</datalist>")[0]


def test_a_chosen_filter_is_a_chip_that_leads_to_the_view_without_it(house: House) -> None:
    page = house.client.get("/tolls?place=Kano&since=2021-01-02&by=place").text
    assert "From 2 January 2021" in page and "Place: Kano" in page
    assert 'href="/tolls?place=Kano&amp;by=place' in page or 'href="/tolls?place=Kano&amp;' in page


@pytest.mark.parametrize("policy", ["newest", "highest"])
def test_charts_and_maps_say_the_same_from_the_tables_and_from_a_walk(policy: str, house: House) -> None:
    shelf, view = house.client.app.state.shelf, view_of({"policy": policy})  # type: ignore[attr-defined]
    groups = groups_of(shelf, view, "day", "perpetrators")
    assert sum(number for number, _ in groups.values()) == len(shelf.ledger(None, view.policy).incidents) == 3
    killed = sum(figure.best for _, sums in groups.values() if (figure := figure_in(sums, "killed")))
    assert killed == toll_of(shelf, view, "place").total.tolls["killed"].best
    chart = chart_of(groups, "killed", view)
    assert chart is not None
    assert sum(line.figure.best for line in chart.rows) == sum(line.figure.best for line in chart.sides) == killed


def test_the_chart_shows_the_days_of_the_view_and_the_strip_all_days(house: House) -> None:
    house.add(reading([Told(7, "Jos", day=date(2021, 2, 1))], "Old Post"))
    page = house.client.get("/?since=2021-04-01").text
    spec = json.loads(html.unescape(page.partition('data-spec="')[2].partition('"')[0]))
    main, strip = spec["vconcat"][0], spec["vconcat"][-1]
    assert sum(value["best"] for value in main["data"]["values"]) == 10
    assert sum(value["best"] for value in strip["data"]["values"]) == 17
    assert strip["layer"][1]["params"][0]["name"] == "days"


def test_the_map_s_columns_hold_every_incident_with_a_place(house: House) -> None:
    where = Where("Kano", "Kano", "NG", "Kano", None, 12.0, 8.52, 1, "2335204")
    one = reading([Told(6, "Kano", day=date(2021, 5, 4))], "Herald")
    house.add(replace(one, incidents=tuple(replace(each, where=where) for each in one.incidents)))
    told = house.client.get("/map.json").json()
    assert told["places"]["name"] == ["Kano"] and told["first"] == "2021-05-04" and told["days"] == 1
    assert told["told"] == {"place": [0], "day": [0], "incidents": [1], "low": [6], "best": [6], "high": [6]}
    said = house.client.get("/map/place.json", params={"key": "2335204"}).json()
    assert said["more"] == 0 and "6 civilians were killed in Kano" in said["incidents"][0]["sentence"]
    assert house.client.get("/map/place.json", params={"key": "nowhere"}).json() == {"incidents": [], "more": 0}


def test_running_totals_hide_whose_word_they_are_from_readers(house: House) -> None:
    assert "According to Radio" in house.client.get("/tolls/running").text
    counters = counters_of(house.client.app.state.shelf.ledger())  # type: ignore[attr-defined]
    assert [(one.voice, len(one.lines), one.lines[0].phase) for one in counters] == [("Radio", 1, 1)]


def test_a_toll_is_seen_as_table_chart_and_map(house: House) -> None:
    for query in ("seen=chart", "seen=chart&by=month", "seen=chart&by=perpetrator&across=place", "seen=map"):
        page = house.client.get(f"/tolls?{query}").text
        assert ('class="vega"' in page) == ("chart" in query) and ('id="map"' in page) == ("map" in query)
        assert 'aria-label="The table"' in page


def test_a_cross_adds_up_to_its_rows_whether_an_incident_is_in_one_row_or_split(house: House) -> None:
    house.add(reading([Told(4, "Baga", by="the army", day=date(2021, 3, 2))], "Herald"))
    for by in ("perpetrator", "place", "source", "victims"):
        page = house.client.get(f"/tolls?by={by}&across=month").text
        body = page.partition("<tbody>")[2].partition("</tbody>")[0]
        assert sum(int(number) for number in re.findall(r'row=[^"]*">\s*(\d+)', body)) == 14, by
