"""One record, many codebooks: what each one's own rules make of vague numbers, sides, places and what it leaves out."""

import csv
import io
import json
import sqlite3
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.export.made import NOW, made, wish
from tests.made import Told, reading, recorded

from marsad.export.acled import Actor, actors_of, event_of, fatalities_of, interaction
from marsad.export.deaths import Deaths, deaths_of
from marsad.export.entries import Entry, Party, Place, Share
from marsad.export.frame import Frame
from marsad.export.gather import gather
from marsad.export.hapi import write as write_hapi
from marsad.export.profiles import INTERNAL
from marsad.export.run import export
from marsad.export.sdg16 import split
from marsad.export.ucdp import number_of
from marsad.export.ucdp import write as write_ucdp
from marsad.ledger import build_ledger
from marsad.model import EventCodes, Figure

FRAME = Frame("0", None, "newest", INTERNAL)
TOWN = Place("Kafr Zita", "SY", "Hama", None, 35.4, 36.6, 1)
STATE = Party("Government of Syria", "gov-sy", "government", frozenset({"SY"}))
BATTLE = EventCodes("Battles", "Armed clash", "ASSAULT", None)


def entry(**more: Any) -> Entry:
    """Return an entry of an air strike that killed five civilians, with some of its values changed."""
    five = Figure(5, 5, 5)
    base = Entry(
        "i0000000000aa",
        "air_strike",
        date(2021, 4, 20),
        date(2021, 4, 20),
        "day",
        1,
        TOWN,
        {"killed": five},
        perpetrators=(STATE,),
        victims=(Party("civilians", status="civilian"),),
        side_a="Government of Syria",
        side_b="Civilians",
        type_of_violence=3,
        means="airstrike",
        codes=EventCodes("Explosions/Remote violence", "Air/drone strike", "ASSAULT", "aerial"),
    )
    return replace(base, **more)


def rows(name: str, profile: str = "internal") -> list[dict[str, str]]:
    text = export(made(), name, wish(profile)).written.content.decode()
    return list(csv.DictReader(io.StringIO(text)))


def vague(word: str | None, best: int) -> tuple[Share, ...]:
    return (Share(Figure(best, best, None), "vague", "unknown", word),)


# ------------------------------------------------------------------ UCDP
@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"tolls": {"injured": Figure(4, 4, 4)}}, "fatal"),
        ({"tolls": {"killed": Figure(0, 0, 0)}}, "fatal"),
        ({"start": None, "end": None}, "date"),
        ({"place": Place()}, "country"),
        ({"type_of_violence": None}, "side"),
    ],
)
def test_ucdp_leaves_out_what_its_definition_does_not_take_in(changed: dict[str, Any], why: str) -> None:
    done = write_ucdp([entry(**changed)], FRAME)
    assert done.rows == 0
    assert why in done.left_out[0].why


def test_ucdp_takes_in_an_event_whose_high_estimate_alone_is_fatal() -> None:
    assert write_ucdp([entry(tolls={"killed": Figure(0, 0, 3)})], FRAME).rows == 1


def test_those_killed_one_sidedly_are_civilians() -> None:
    shares = (Share(Figure(5, 5, 5), "exact", "unknown"),)
    assert deaths_of(entry(shares=shares)) == Deaths(civilians=5)


def test_the_dead_of_a_fight_are_put_to_their_sides() -> None:
    fight = entry(
        side_b="HTS",
        type_of_violence=1,
        tolls={"killed": Figure(10, 10, 10)},
        shares=(
            Share(Figure(4, 4, 4), "exact", "combatant", None, "Government of Syria", "government"),
            Share(Figure(3, 3, 3), "exact", "combatant", None, "Hayat Tahrir al-Sham", "rebel"),
            Share(Figure(2, 2, 2), "exact", "civilian"),
            Share(Figure(1, 1, 1), "exact", "unknown"),
        ),
    )
    assert deaths_of(fight) == Deaths(4, 3, 2, 1)


def test_what_is_told_within_a_figure_is_taken_out_of_the_unknown() -> None:
    shares = (Share(Figure(12, 12, 12), "exact", "unknown"),)
    parts = (Share(Figure(3, 3, 3), "exact", "civilian"),)
    killed = {"killed": Figure(12, 12, 12)}
    found = deaths_of(entry(type_of_violence=1, side_b=None, tolls=killed, shares=shares, parts=parts))
    assert found == Deaths(civilians=3, unknown=9)


def test_figures_that_do_not_add_up_are_unknown() -> None:
    shares = (Share(Figure(9, 9, 9), "exact", "civilian"),)
    assert deaths_of(entry(type_of_violence=1, side_b=None, shares=shares)) == Deaths(unknown=5)


def test_ucdp_has_no_open_end() -> None:
    clash = next(row for row in rows("ucdp") if row["date_start"] == "2021-04-27")
    assert (clash["low"], clash["best"], clash["high"]) == ("24", "24", "24")
    assert clash["where_prec"] == "4"


def test_an_id_leads_back_to_the_incident() -> None:
    for row in rows("ucdp"):
        assert number_of(row["relid"].removeprefix("MARSAD-")) == int(row["id"])


def test_a_reviewed_event_is_clear() -> None:
    assert {row["date_start"]: row["code_status"] for row in rows("ucdp")}["2021-04-20"] == "Clear"


# ----------------------------------------------------------------- ACLED
@pytest.mark.parametrize(
    ("word", "kind", "number"),
    [
        ("dozens", "Battles", 12),
        ("tens", "Battles", 10),
        ("hundreds", "Violence against civilians", 100),
        ("several", "Battles", 10),
        ("several", "Violence against civilians", 3),
        ("untold", "Explosions/Remote violence", 10),
        ("untold", "Violence against civilians", 3),
    ],
)
def test_acled_s_table_of_vague_words(word: str, kind: str, number: int) -> None:
    assert fatalities_of(entry(tolls={"killed": Figure(24, 24, None)}, shares=vague(word, 24)), kind) == number


def test_acled_takes_the_most_conservative_figure() -> None:
    assert fatalities_of(entry(tolls={"killed": Figure(3, 7, 9)}), "Battles") == 3


def test_acled_counts_nobody_as_zero() -> None:
    assert fatalities_of(entry(tolls={"injured": Figure(3, 3, 3)}), "Battles") == 0


@pytest.mark.parametrize(("one", "other", "code"), [(1, 2, 12), (7, 1, 17), (3, 7, 37), (0, 2, 20), (8, 0, 80)])
def test_acled_s_joint_code_has_the_smaller_digit_first(one: int, other: int, code: int) -> None:
    assert interaction(one, other) == code


def test_a_state_s_forces_abroad_are_external() -> None:
    assert actors_of(entry())[0] == Actor("Government of Syria", 1)
    abroad = entry(place=replace(TOWN, country="LB"))
    assert actors_of(abroad)[0] == Actor("Government of Syria", 8)
    assert actors_of(abroad)[1] == Actor("Civilians (Lebanon)", 7)


def test_two_armed_sides_at_close_quarters_are_a_battle() -> None:
    codes = EventCodes("Violence against civilians", "Attack", "ASSAULT", None)
    fighters = (Party("Hayat Tahrir al-Sham", "hts", "rebel", status="combatant"),)
    fight = entry(codes=codes, type_of_violence=1, side_b="HTS", victims=fighters)
    assert event_of(fight) == ("Battles", "Armed clash")
    assert [actor.inter for actor in actors_of(fight)] == [1, 2]


def test_acled_leaves_out_what_is_vaguer_than_a_province_or_a_month() -> None:
    told = {row["event_date"] for row in rows("acled")}
    assert told == {"2021-04-20", "2021-04-22", "2021-04-24", "2021-04-27", "2021-06-01"}


def test_acled_s_notes_hold_no_word_of_a_report() -> None:
    assert all("Qortani" not in row["notes"] for row in rows("acled"))


# ------------------------------------------------------ monthly and SDG tables
def test_hapi_puts_civilian_targeting_beside_political_violence() -> None:
    text = write_hapi([entry(), entry(id="i0000000000ab")], FRAME).content.decode()
    found = list(csv.DictReader(io.StringIO(text)))
    assert [(row["event_type"], row["events"], row["fatalities"]) for row in found] == [
        ("civilian_targeting", "2", "10"),
        ("political_violence", "2", "10"),
    ]
    assert found[0]["reference_period_start"] == "2021-04-01"
    assert found[0]["reference_period_end"] == "2021-04-30"
    assert (found[0]["location_code"], found[0]["admin_level"]) == ("SYR", "1")


def test_hapi_has_no_month_for_a_year() -> None:
    assert write_hapi([entry(date_prec=5)], FRAME).rows == 0


def test_children_and_women_are_taken_out_of_the_whole_once() -> None:
    told = next(one for one in gather(made(), wish("internal")).entries if one.start == date(2021, 4, 20))
    found = {(kind.status, kind.sex, kind.age): figure.best for kind, figure in split(told)}
    assert found == {
        ("civilian", "unknown", "child (under 18)"): 3,
        ("civilian", "woman", "adult (18 and over)"): 6,
        ("unknown", "unknown", "unknown"): 3,
    }


def test_groups_that_may_overlap_are_not_told_apart() -> None:
    parts = (
        Share(Figure(2, 2, 2), "exact", "civilian", groups=("children",)),
        Share(Figure(3, 3, 3), "exact", "civilian"),
    )
    one = entry(shares=(Share(Figure(5, 5, 5), "exact", "unknown"),), parts=parts)
    assert sum(figure.best for _, figure in split(one)) == 5


def test_every_table_of_the_dead_comes_to_the_same_sum() -> None:
    killed = sum(one.killed.best for one in gather(made(), wish("internal")).entries if one.killed)
    assert sum(int(row["deaths_best"]) for row in rows("sdg16")) == killed
    assert sum(int(row["killed_best"]) for row in rows("ecr")) == killed
    assert sum(int(row["fatalities"]) for row in rows("hapi") if row["event_type"] == "political_violence") == killed


def test_every_casualty_s_record_tells_no_sex_of_few() -> None:
    public, internal = rows("ecr", "public"), rows("ecr")
    assert {row["age"] for row in public} == {""}
    assert {row["sex"] for row in public} == {"", "6 woman"}
    assert {row["age"] for row in internal} == {"", "3 child"}


# ------------------------------------------------------------ running totals
def with_total(profile: str = "internal", **more: Any) -> tuple[list[dict[str, Any]], Any]:
    """Return what JSON Lines say of a report with a running total of 400, and the export."""
    ledger = build_ledger([recorded(reading([Told(3)], total=400))], as_of=NOW)
    done = export(ledger, "jsonl", wish(profile, **more))
    return [json.loads(line) for line in done.written.content.decode().splitlines()], done


def test_running_totals_stand_beside_and_are_never_added() -> None:
    found, _ = with_total()
    assert [one["kind"] for one in found] == ["incident", "running_total"]
    assert found[1]["figure"] == {"low": 400, "best": 400, "high": 400}
    assert found[1]["scope"] == "cumulative" and found[1]["span"]["quote"].startswith("400")
    ledger = build_ledger([recorded(reading([Told(3)], total=400))], as_of=NOW)
    for name in ("acled", "hapi", "sdg16", "ecr", "hxl"):
        rows_of = list(csv.reader(io.StringIO(export(ledger, name, wish("internal")).written.content.decode())))
        assert not any("400" in row for row in rows_of), name


def test_running_totals_keep_to_their_profile() -> None:
    found, done = with_total("public")
    assert found[1]["span"]["quote"] is None
    late, done = with_total("public", delay_days=60)
    assert late == []
    assert any(one.what == "a running total" for one in done.left_out)


def test_a_running_total_of_a_report_without_a_day_is_as_recent_as_its_record() -> None:
    ledger = build_ledger([recorded(reading([Told(3)], published=None, total=400))], as_of=NOW)
    done = export(ledger, "jsonl", wish("public", delay_days=60))
    assert b"running_total" not in done.written.content
    assert any(one.what == "a running total" for one in done.left_out)


def test_sqlite_holds_running_totals_in_a_table_of_their_own() -> None:
    ledger = build_ledger([recorded(reading([Told(3)], total=400))], as_of=NOW)
    base = sqlite3.connect(":memory:")
    base.deserialize(export(ledger, "sqlite", wish("internal")).written.content)
    assert base.execute("SELECT best, scope FROM running_totals").fetchall() == [(400, "cumulative")]
    assert base.execute("SELECT sum(killed_best) FROM incidents").fetchone() == (3,)


# ------------------------------------------------------------------- facts
def test_the_facts_say_how_an_export_was_made() -> None:
    done = export(made("lowest"), "ucdp", wish(reviewed_only=True))
    meta = done.meta
    assert meta["policy"] == "lowest"
    assert meta["as_of"] == "2021-06-01T12:00:00+00:00"
    assert meta["profile"]["name"] == "public"
    assert meta["filters"] == {"reviewed_only": "yes"}
    assert meta["rules"] and len(meta["sha256"]) == 64
    assert meta["rows"] == 1
