"""Coders' tables come in as reports whose every number stands in a sentence; bad rows say why and stop nothing."""

import csv
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.check import check_reading
from marsad.errors import BadInputError
from marsad.export.acled import COLUMNS as ACLED
from marsad.export.table import cell
from marsad.export.ucdp import COLUMNS as UCDP
from marsad.imports.cells import day_of
from marsad.imports.file import Brought, bring, require_scheme
from marsad.imports.table import columns_of
from marsad.model import Figure, Reading

GED = {
    "id": "4711", "date_start": "2021-04-20", "date_end": "2021-04-20", "date_prec": "1", "type_of_violence": "1",
    "side_a": "Government of Syria", "side_b": "HTS", "dyad_name": "Government of Syria - HTS", "best": "12",
    "low": "10", "high": "14", "deaths_a": "4", "deaths_b": "5", "deaths_civilians": "3", "deaths_unknown": "0",
    "country": "Syria", "where_coordinates": "Kafr Zita", "adm_1": "Hama", "latitude": "35.37", "longitude": "36.60",
    "where_prec": "1", "source_office": "The Made Gazette", "source_date": "2021-04-21;2021-04-22",
}  # fmt: skip
STRIKE = {
    "event_id_cnty": "SYR99", "event_date": "2021-04-20", "time_precision": "1", "inter2": "Civilians",
    "event_type": "Explosions/Remote violence", "sub_event_type": "Air/drone strike", "actor1": "Government of Syria",
    "inter1": "State Forces", "actor2": "Civilians (Syria)", "civilian_targeting": "Civilian targeting",
    "fatalities": "7", "country": "Syria", "admin1": "Hama", "location": "Kafr Zita", "latitude": "35.37",
    "longitude": "36.60", "geo_precision": "1", "source": "The Made Gazette",
}  # fmt: skip


def table(folder: Path, columns: tuple[str, ...], *rows: dict[str, str]) -> Path:
    path = folder / "events.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def ucdp(folder: Path, **changed: str) -> Brought:
    (one,) = bring(table(folder, UCDP, {**GED, **changed}), "ucdp")
    return one


def acled(folder: Path, **changed: str) -> Brought:
    (one,) = bring(table(folder, ACLED, {**STRIKE, **changed}), "acled")
    return one


def read(one: Brought) -> Reading:
    assert one.fault is None
    assert one.reading is not None
    assert check_reading(one.reading) == []
    return one.reading


# ------------------------------------------------------------------ UCDP
def test_a_ucdp_row_becomes_a_report_with_a_receipt_for_every_number(tmp_path: Path) -> None:
    reading = read(ucdp(tmp_path))
    report = reading.report
    assert report.publisher == "UCDP GED"
    assert report.published == date(2021, 4, 22)
    for claim in reading.claims:
        assert report.text[claim.span.start : claim.span.end] == claim.span.quote
        assert claim.count.words in claim.span.quote
    assert [(claim.count.best, claim.victims.status) for claim in reading.claims] == [
        (12, "unknown"), (4, "combatant"), (5, "combatant"), (3, "civilian"),
    ]  # fmt: skip
    assert reading.breakdowns[0].parts == ("c2", "c3", "c4")


def test_its_estimates_sides_and_precisions_stand_as_they_were_coded(tmp_path: Path) -> None:
    (incident,) = read(ucdp(tmp_path)).incidents
    assert incident.tolls == {"killed": Figure(10, 12, 14)}
    assert (incident.side_a, incident.side_b, incident.type_of_violence) == ("Government of Syria", "HTS", 1)
    assert incident.when is not None and (incident.when.start, incident.when.precision) == (date(2021, 4, 20), "day")
    assert incident.where is not None
    assert (incident.where.geoprecision, incident.where.latitude, incident.where.country) == (1, 35.37, "SY")
    assert incident.killed_civilians == Figure(3, 3, 3)


def test_who_killed_whom_follows_from_the_columns(tmp_path: Path) -> None:
    claims = read(ucdp(tmp_path)).claims
    killed_by = {claim.victims.text: [p.actor and p.actor.id for p in claim.perpetrators] for claim in claims}
    assert killed_by["people of HTS"] == ["gov-sy"]
    assert killed_by["people of Government of Syria"] == ["hts"]
    assert killed_by["civilians"] == [], "a fight that kills civilians tells not who did"


def test_one_sided_violence_has_its_doer(tmp_path: Path) -> None:
    one = ucdp(tmp_path, type_of_violence="3", side_b="Civilians", deaths_a="0", deaths_b="0", deaths_civilians="12")
    (incident,) = read(one).incidents
    assert [p.actor and p.actor.id for p in incident.perpetrators] == ["gov-sy"]
    assert [victim.status for victim in incident.victims] == ["civilian"]
    assert len(read(one).claims) == 1, "one part that is the whole is told once"


def test_columns_that_do_not_add_up_are_not_told_apart(tmp_path: Path) -> None:
    assert len(read(ucdp(tmp_path, deaths_b="9")).claims) == 1


@pytest.mark.parametrize(("prec", "precision"), [("2", "days"), ("3", "week"), ("4", "month"), ("5", "year")])
def test_ucdp_s_precision_of_the_day(prec: str, precision: str, tmp_path: Path) -> None:
    when = read(ucdp(tmp_path, date_prec=prec, date_end="2021-04-25")).incidents[0].when
    assert when is not None and when.precision == precision


def test_the_country_may_carry_another_name_in_brackets(tmp_path: Path) -> None:
    where = read(ucdp(tmp_path, country="Yemen (North Yemen)", latitude="15.3", longitude="44.2")).incidents[0].where
    assert where is not None and where.country == "YE"


@pytest.mark.parametrize(("number", "code"), [("484", "CG"), ("490", "CD"), ("816", "VN"), ("347", "XK")])
def test_ucdp_s_number_of_a_country_goes_before_its_name(number: str, code: str, tmp_path: Path) -> None:
    where = read(ucdp(tmp_path, country="Congo", country_id=number)).incidents[0].where
    assert where is not None and where.country == code


# ----------------------------------------------------------------- ACLED
def test_an_acled_row(tmp_path: Path) -> None:
    (incident,) = read(acled(tmp_path)).incidents
    assert incident.tolls == {"killed": Figure(7, 7, 7)}
    assert (incident.type, incident.means, incident.type_of_violence) == ("air_strike", "airstrike", 3)
    assert [p.actor and p.actor.id for p in incident.perpetrators] == ["gov-sy"]


def test_acled_s_numeric_codes_are_read_as_its_words(tmp_path: Path) -> None:
    words, numbers = read(acled(tmp_path)), read(acled(tmp_path, inter1="1", inter2="7"))
    assert words.incidents == numbers.incidents


def test_acled_s_order_of_actors_says_nothing(tmp_path: Path) -> None:
    turned = {"actor1": "Civilians (Syria)", "inter1": "7", "actor2": "Government of Syria", "inter2": "1"}
    assert read(acled(tmp_path, **turned)).incidents[0].side_a == "Government of Syria"


def test_acled_s_number_of_a_country_goes_before_its_name(tmp_path: Path) -> None:
    where = read(acled(tmp_path, country="Congo", iso="178")).incidents[0].where
    assert where is not None and where.country == "CG"


@pytest.mark.parametrize(("prec", "days", "precision"), [("2", 7, "week"), ("3", 30, "month")])
def test_acled_s_precision_of_the_day(prec: str, days: int, precision: str, tmp_path: Path) -> None:
    when = read(acled(tmp_path, time_precision=prec)).incidents[0].when
    assert when is not None and when.start is not None and when.end is not None
    assert ((when.end - when.start).days + 1, when.precision) == (days, precision)


def test_a_row_without_dead_is_left_out_and_says_so(tmp_path: Path) -> None:
    assert "no fatalities" in (acled(tmp_path, fatalities="0").fault or "")


# ------------------------------------------------------------- other tables
def test_any_table_comes_in_with_a_map(tmp_path: Path) -> None:
    row = {
        "date": "20 April 2021",
        "dead": "3",
        "hurt": "1,200",
        "town": "Kafr Zita",
        "land": "SYR",
        "who": "the militia",
    }
    path = table(tmp_path, tuple(row), row)
    columns = columns_of("start=date,killed=dead,injured=hurt,place=town,country=land,perpetrators=who")
    (one,) = bring(path, "csv", "Our office", columns)
    reading = read(one)
    assert reading.report.publisher == "Our office"
    assert reading.incidents[0].tolls == {"killed": Figure(3, 3, 3), "injured": Figure(1200, 1200, 1200)}


def test_two_rows_that_say_the_same_are_two(tmp_path: Path) -> None:
    row = {"start": "2021-04-20", "killed": "3"}
    path = table(tmp_path, tuple(row), row, row)
    texts = {read(one).report.text for one in bring(path, "csv")}
    assert len(texts) == 2


def test_hxl_s_row_of_tags_is_no_event(tmp_path: Path) -> None:
    tags = {"start": "#date+start", "killed": "#affected+killed"}
    path = table(tmp_path, tuple(tags), tags, {"start": "2021-04-20", "killed": "3"})
    assert len(list(bring(path, "csv"))) == 1


# ------------------------------------------------------------------ faults
@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"best": "many"}, "best is 'many', no number"),
        ({"best": "-4"}, "no whole number"),
        ({"best": "1e99"}, "no whole number"),
        ({"best": "nan"}, "no whole number"),
        ({"date_start": "04/05/2021"}, "no day such as"),
        ({"date_end": "2020-01-01"}, "no days in their order"),
        ({"latitude": "95"}, "beyond 90 degrees"),
        ({"longitude": "nan"}, "beyond 180 degrees"),
    ],
)
def test_a_bad_row_says_why(changed: dict[str, str], why: str, tmp_path: Path) -> None:
    assert why in (ucdp(tmp_path, **changed).fault or "")


def test_a_bad_row_stops_nothing(tmp_path: Path) -> None:
    found = list(bring(table(tmp_path, UCDP, GED, {**GED, "best": "x"}, {**GED, "id": "4712"}), "ucdp"))
    assert [one.fault is None for one in found] == [True, False, True]
    assert found[1].place == "events.csv, line 3"


def test_a_file_of_another_kind_is_refused_with_advice(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="Is it a table of ACLED"):
        list(bring(table(tmp_path, UCDP, GED), "acled"))
    with pytest.raises(BadInputError, match="cannot be read"):
        list(bring(tmp_path / "none.csv", "ucdp"))
    with pytest.raises(BadInputError, match="choose one of ucdp, acled, csv"):
        require_scheme("gdelt")
    with pytest.raises(BadInputError, match="KEY=COLUMN"):
        columns_of("killd=dead")


def test_rows_without_an_id_stay_two_though_a_column_is_mapped_to_it(tmp_path: Path) -> None:
    row = {"ev": "", "date": "2021-04-20", "dead": "3", "town": "Kafr Zita"}
    columns = columns_of("id=ev,start=date,killed=dead,place=town")
    found = list(bring(table(tmp_path, tuple(row), row, row), "csv", "Our office", columns))
    assert len({read(one).report.text for one in found}) == 2


@pytest.mark.parametrize(
    "changed",
    [{"timestamp": "1700000000000"}, {"timestamp": "9" * 30}, {"event_date": "0001-01-02", "time_precision": "2"}],
)
def test_days_beyond_the_calendar_are_faults_of_their_row(tmp_path: Path, changed: dict[str, str]) -> None:
    one = acled(tmp_path, **changed)
    assert one.reading is None
    assert one.fault is not None and "beyond what a calendar" in one.fault


def test_a_digit_that_is_no_decimal_is_no_time_stamp(tmp_path: Path) -> None:
    read(acled(tmp_path, timestamp="²"))


def test_a_guarded_cell_comes_back_without_its_guard(tmp_path: Path) -> None:
    reading = read(ucdp(tmp_path, source_office=cell("=HYPERLINK(1)")))
    assert "Sources named by the coder: =HYPERLINK(1)." in reading.report.text


hostile = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


@given(hostile, hostile, hostile)
def test_whatever_a_cell_holds_its_quotes_hold(name: str, side: str, place: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        one = ucdp(Path(folder), side_a=name, dyad_name=side, where_coordinates=place)
        if one.reading is not None:
            assert check_reading(one.reading) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [("2021-04-20", date(2021, 4, 20)), ("20 April 2021", date(2021, 4, 20)), ("04/05/2021", None), ("soon", None)],
)
def test_days_are_read_only_where_they_mean_one_day(words: str, found: Any) -> None:
    assert day_of(words) == found
