"""Linking finds the reports of one event among others, says why, and does not depend on the order they came in."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from tests.made import START, Told, reading

from marsad.link.judge import judge, link
from marsad.link.match import Match, matches
from marsad.link.tellings import Linkable, tell
from marsad.link.words import likeness, names_of, rarity, stem, vector, words_of
from marsad.model import Report

DAY = date(2021, 4, 30)
VILLAGES = ("Kirawa", "Ngoshe", "Amuda", "Pulka", "Warabe", "Izge")


def telling(key: str, told: Told, text: str, publisher: str = "Wire", day: date = DAY) -> Linkable:
    made = reading([told], publisher, day)
    whole = replace(made.report, text=f"{made.report.text}\n{text}")
    return Linkable(key, replace(made, report=whole), (f"i{key}",))


def some_reports() -> list[Linkable]:
    out = []
    for number, village in enumerate(VILLAGES):
        told = Told(number * 7 + 5, village, day=DAY + timedelta(days=number * 9))
        market = f"Riders burned the market of {village} and fled to the hills, the elder Bukar {village}a said."
        later = f"Mourners in {village} buried those shot at the grain market, among them a cousin of Bukar {village}a."
        day = DAY + timedelta(days=number * 9 + 1)
        out += [telling(f"{village}1", told, market, "Wire", day), telling(f"{village}2", told, later, "Daily", day)]
    return out


def test_two_reports_of_one_event_are_found_and_others_are_not() -> None:
    found = set(link(some_reports()))
    assert found == {(f"{village}1", f"{village}2") for village in VILLAGES}


def test_the_reasons_are_words() -> None:
    words = judge(some_reports(), START)
    assert all(word.reasons for word in words)
    assert any("killed" in reason or "names" in reason for word in words for reason in word.reasons)


def test_the_order_of_reports_changes_nothing() -> None:
    told = some_reports()
    shuffled = list(told)
    Random(7).shuffle(shuffled)
    assert sorted(judge(told, START), key=str) == sorted(judge(shuffled, START), key=str)


def test_of_two_reports_the_incidents_that_agree_are_matched() -> None:
    one = Linkable("1", reading([Told(12), Told(3, "Gwoza")]), ("a", "b"))
    other = Linkable("2", reading([Told(3, "Gwoza")], "Daily"), ("c",))
    assert matches(tell(one), tell(other), 0.5)[0] == Match("b", "c", 4.0, False)
    assert matches(tell(one), tell(Linkable("3", reading([]), ())), 0.5) == ()


def test_like_words_on_two_villages_are_two_events() -> None:
    lines = [telling(f"{n}", Told(n, village), "Shells fell on it.") for n, village in ((4, "Kirawa"), (9, "Ngoshe"))]
    assert judge(lines, START) == []


def test_reports_without_anything_in_common_are_not_compared() -> None:
    empty = Linkable("0", replace(reading([]), report=Report("0", "")), ())
    assert link([empty, Linkable("1", reading([Told(5)]), ("a",))]) == {}


def test_words_are_stems_and_names_stand_inside_sentences() -> None:
    assert words_of("Strikes on Ghouta’s striking") == ["strik", "on", "ghouta", "strik"]
    assert names_of("Gunmen came to Baga. They left Baga") == {stem("baga")}
    assert names_of("The mayor of Čačak") == {"cacak"}


def test_rare_words_weigh_more_than_common_ones() -> None:
    assert rarity("the") < rarity("market") < rarity("zamfara")
    assert rarity("killed 1") < rarity("killed 40")
    near = vector(["zamfara", "the"], 10)
    assert likeness(near, vector(["zamfara", "a"], 10)) > likeness(near, vector(["the", "a"], 10))


def test_all_events_of_two_round_ups_are_matched_each_once() -> None:
    events = (Told(12), Told(3, "Gwoza"), Told(7, "Kano"))
    one = Linkable("1", reading([*events]), ("a", "b", "c"))
    other = Linkable("2", reading([*events[::-1]], "Daily"), ("z", "y", "x"))
    found = {(match.left, match.right) for match in matches(tell(one), tell(other), 0.5)}
    assert found == {("a", "x"), ("b", "y"), ("c", "z")}


def test_a_further_event_needs_its_place_its_day_and_its_dead() -> None:
    one = Linkable("1", reading([Told(12), Told(3, "Gwoza")]), ("a", "b"))
    other = Linkable("2", reading([Told(12), Told(4, "Gwoza")], "Daily"), ("x", "y"))
    assert [(match.left, match.right) for match in matches(tell(one), tell(other), 0.5)] == [("a", "x")]
    assert len(matches(tell(one), tell(other), 1.0)) == 2
