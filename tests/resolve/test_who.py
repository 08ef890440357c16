"""Who is meant: mentions in, registry ids out. '-' is nobody."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.model import ActorRef, Claim, Count, Incident, Perpetrator, Report, Span, Victims, Voice, When, Where
from marsad.resolve.who import find_actor, find_actors, resolve_who
from marsad.resolve.who_ucdp import UcdpView, ucdp_view

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"


def meant(words: str, country: str = "", on: date | None = None) -> str:
    found = find_actor(words, countries=[country] if country else [], on=on)
    return found.id if found else "-"


@pytest.mark.parametrize(
    ("words", "country", "actor"),
    [
        # a state by its forces, its people, itself
        ("Turkish drone", "SY", "gov-tr"),
        ("an Israeli airstrike", "LB", "gov-il"),
        ("Nigerian riot police", "NG", "gov-ng"),
        ("the armed forces of Chad", "TD", "gov-td"),
        ("Israel", "LB", "gov-il"),
        ("the Russians", "UA", "gov-ru"),
        ("Myanmar's junta", "MM", "gov-mm"),
        # the state of the place
        ("the army", "ML", "gov-ml"),
        ("security forces", "IQ", "gov-iq"),
        ("county police", "US", "gov-us"),
        ("enemy artillery", "UA", "-"),
        ("Turkish-made drones", "LY", "-"),
        ("the Iraqi border", "SY", "-"),
        # names, long ones first
        ("Saudi-led coalition warplanes", "YE", "coalition-yemen"),
        ("US-led coalition", "SY", "coalition-anti-is"),
        ("ISWAP gunmen", "NG", "is-west-africa"),
        ("Lashkar-i-Taiba", "IN", "lashkar-e-taiba"),
        ("the Free Syrian Army's Nour al-Din al-Zinki group", "SY", "nour-al-din-zenki"),
        ("SNA", "SY", "sna"),
        ("SNA", "SO", "gov-so"),
        # ties are not the actor
        ("HTS-linked militants", "SY", "linked-to:hts"),
        ("an HTS affiliate", "SY", "linked-to:hts"),
        ("rebels with ties to the Islamic State", "CD", "linked-to:is"),
        ("Ankara-backed armed groups", "LY", "linked-to:gov-tr"),
        ("the deputy commander", "SY", "-"),
        ("anti-Taliban fighters", "AF", "-"),
        ("the rebel army", "SV", "-"),
        # nobody
        ("gunmen", "MX", "-"),
        ("unidentified attackers on motorbikes", "NE", "-"),
        ("a suicide bomber", "PK", "-"),
        ("men in army uniforms", "IQ", "-"),
        ("Jordan Miller", "US", "-"),
        ("a Palestinian teenager", "PS", "-"),
        # peoples: a party only when they are said to fight
        ("Fulani gunmen", "NG", "fulani"),
        ("the Murle people", "SS", "-"),
    ],
)
def test_mentions(words: str, country: str, actor: str) -> None:
    assert meant(words, country) == actor


@pytest.mark.parametrize(
    ("words", "country", "day", "actor"),
    [
        ("regime forces", "SY", date(2018, 3, 1), "gov-sy"),
        ("pro-Damascus fighters", "SY", date(2018, 3, 1), "gov-sy"),
        ("remnants of the former regime", "SY", date(2025, 3, 8), "assad-loyalists"),
        ("Syria's former Al Qaeda affiliate", "SY", date(2019, 4, 20), "hts"),
        ("Syria's former Al Qaeda affiliate", "SY", date(2016, 10, 1), "jabhat-fateh-al-sham"),
        ("gunmen tied to Syria's former al-Qaeda branch", "SY", date(2019, 4, 20), "linked-to:hts"),
        ("al-Qaeda's Syrian affiliate", "SY", date(2014, 10, 1), "jabhat-al-nusra"),
        ("the local Islamic State affiliate", "MZ", date(2021, 4, 1), "is-mozambique"),
        ("coalition forces", "AF", date(2009, 6, 1), "isaf"),
        ("coalition forces", "IQ", date(2005, 6, 1), "mnf-iraq"),
        ("enemy artillery", "UA", date(2024, 2, 1), "gov-ru"),
        ("Taliban gunmen", "PK", date(2014, 12, 16), "ttp"),
        ("Taliban gunmen", "AF", date(2014, 12, 16), "taliban"),
    ],
)
def test_mentions_by_day(words: str, country: str, day: date, actor: str) -> None:
    assert meant(words, country, day) == actor


def test_an_unknown_group_keeps_an_id_of_its_own() -> None:
    found = find_actor("fighters of the Blue Lake Front", countries=["TD"])
    assert found is not None
    assert found.id.startswith("x-blue-lake")
    assert find_actor("the Sand River Union (SRU)", countries=["TD"]) == ActorRef("x-sru", "Sand River Union")


def _span(report: Report, words: str) -> Span:
    start = report.text.index(words)
    return Span(start, start + len(words), words)


def claim(report: Report, harmed: str, doer: str | None = None, **more: str) -> Claim:
    start = report.text.index(harmed)
    span = Span(start, start + len(harmed), harmed)
    voice = more.get("voice")
    return Claim(
        "c1",
        span,
        "killed",
        Count(harmed, None, "vague", 2, 2, None),
        Victims(harmed.split(" ", 1)[1], "civilian" if "civilian" in harmed else "combatant"),
        (Perpetrator(doer, span=_span(report, doer)),) if doer else (),
        where=Where(None, country=more.get("country")),
        according_to=Voice(voice) if voice else None,
    )


def test_the_group_is_the_one_named_last() -> None:
    report = Report("r", "Boko Haram raided Gubla at dawn. The militants killed nine farmers, Nigeria's army said.")
    (found,) = resolve_who(
        report, [claim(report, "nine farmers", "The militants", country="NG", voice="Nigeria's army")]
    )
    assert found.perpetrators[0].actor == ActorRef("boko-haram", "Boko Haram")
    assert found.according_to is not None
    assert found.according_to.actor == ActorRef("gov-ng", "Government of Nigeria")


def test_the_army_is_the_one_named_where_the_place_has_none() -> None:
    report = Report("r", "Israeli tanks entered Rafah. The army killed four fighters, residents of Gaza said.")
    (found,) = resolve_who(report, [claim(report, "four fighters", "The army", country="PS")])
    assert found.perpetrators[0].actor == ActorRef("gov-il", "Government of Israel")


def test_words_for_looks_or_for_whose_envoy_one_is_name_no_doer() -> None:
    looks = Report("r", "In Mali, six men dressed as soldiers shot two civilians.")
    (found,) = resolve_who(looks, [claim(looks, "two civilians", "soldiers", country="ML")])
    assert found.perpetrators[0].actor is None
    whose = Report("r", "Israel's ambassador wept for two civilians shot in Mali.")
    (found,) = resolve_who(whose, [claim(whose, "two civilians", "Israel", country="ML")])
    assert found.perpetrators[0].actor is None


def test_soldiers_who_die_are_their_state_and_civilians_are_nobody() -> None:
    report = Report("r", "In Mali, JNIM shot six soldiers and two civilians near Mopti.")
    first = claim(report, "six soldiers", "JNIM", country="ML")
    second = claim(report, "two civilians", "JNIM", country="ML")
    found = resolve_who(report, [first, second])
    assert found[0].victims.actor == ActorRef("gov-ml", "Government of Mali")
    assert found[1].victims.actor is None
    assert found[1].perpetrators[0].actor is not None


def test_abbreviations_that_are_words_need_their_capitals() -> None:
    report = Report("r", "IS is weaker in Syria now, but it is not gone; who knows when it is.")
    assert [(span.quote, ref.id) for span, ref in find_actors(report)] == [("IS", "is")]


def test_a_country_is_an_actor_only_where_it_acts() -> None:
    report = Report("r", "Israel bombed a depot in Syria. Rain fell on Israel. The strike in Turkey was called off.")
    assert [(span.quote, ref.id) for span, ref in find_actors(report)] == [("Israel", "gov-il")]


@given(st.text(max_size=200))
def test_every_span_quotes_its_text(text: str) -> None:
    for span, _ in find_actors(Report("r", text)):
        assert text[span.start : span.end] == span.quote


@given(st.sampled_from(["IS", "HTS", "the army", "Israeli jets", "rebels", "X Front"]), st.text(max_size=40))
def test_the_same_words_give_the_same_actor(words: str, tail: str) -> None:
    assert find_actor(f"{words} {tail}") == find_actor(f"{words} {tail}")


def incident(doer: str | None, victim: str | None, status: str, country: str, day: date, means: str | None) -> Incident:
    return Incident(
        "i1",
        "attack",
        ("c1",),
        when=When(None, day, day, "day"),
        where=Where(None, country=country),
        perpetrators=(Perpetrator(doer, actor=find_actor(doer, countries=[country], on=day)),) if doer else (),
        victims=(
            Victims(
                victim,
                status,  # type: ignore[arg-type]
                find_actor(victim, countries=[country], on=day) if victim else None,
            ),
        ),
        means=means,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("given_incident", "view"),
    [
        (
            incident("al-Shabaab", "Somali soldiers", "combatant", "SO", date(2022, 1, 1), "ambush"),
            UcdpView("Government of Somalia", "Al-Shabaab", 1),
        ),
        (
            incident("IS", "HTS fighters", "combatant", "SY", date(2018, 1, 1), "clashes"),
            UcdpView("HTS", "IS", 2),
        ),
        (
            incident("M23", "villagers", "civilian", "CD", date(2024, 1, 1), "execution"),
            UcdpView("AFC", "Civilians", 3),
        ),
        (
            incident("Russian artillery", "residents", "civilian", "UA", date(2024, 1, 1), "shelling"),
            UcdpView("Government of Russia (Soviet Union)", "Government of Ukraine", 1),
        ),
        (
            incident("Russian jets", "residents", "civilian", "SY", date(2016, 6, 1), "airstrike"),
            UcdpView("Government of Syria", None, 1),
        ),
        (incident(None, "farmers", "civilian", "NG", date(2024, 1, 1), None), UcdpView()),
    ],
)
def test_the_view_of_ucdp(given_incident: Incident, view: UcdpView) -> None:
    assert ucdp_view(given_incident) == view


def test_labels_of_the_development_set() -> None:
    if not (CORPORA / "claims_train").is_dir():
        pytest.skip("the corpora are not beside the project")
    import csv
    import runpy

    folder = Path(__file__).parents[2] / "eval" / "actors"
    measure = runpy.run_path(str(folder / "measure.py"))
    claims = {(r.id, c.id): c for r, found in measure["resolved"](CORPORA) for c in found}
    right = total = 0
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            actor = claims[row["doc"], row["claim"]].perpetrators[int(row["perpetrator"])].actor
            right += (actor.id if actor else "-") in row["actor"].split("|")
            total += 1
    assert total >= 300
    assert right / total >= 0.95


def test_the_monitor_is_a_countrys_own_only_in_reports_of_that_country() -> None:
    assert find_actor("the monitor", countries=["ML"]) is None
    found = find_actor("the monitor", countries=["SY"])
    assert found is not None
    assert found.id == "sohr"


def test_regime_forces_in_syria_are_the_states_until_its_fall() -> None:
    before = find_actor("regime forces", on=date(2024, 11, 1), countries=["SY"])
    after = find_actor("regime forces", on=date(2025, 1, 10), countries=["SY"])
    assert before is not None
    assert after is not None
    assert (before.id, after.id) == ("gov-sy", "assad-loyalists")
