"""What the seeing pages say: filters by source and standing, charts as data, the map's columns, running totals."""

from dataclasses import replace
from datetime import date

from tests.made import Told, reading, recorded
from tests.serve.conftest import House

from marsad.ledger import series_of
from marsad.ledger.build import build_ledger
from marsad.ledger.tolls import Selection, select, standings
from marsad.model import Figure, Where


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
