"""Events put together from claims, in words of our own."""

from datetime import date

from tests.tally.builder import Said, tell

from marsad.model import Figure, Link
from marsad.tally import tally


def test_dead_and_hurt_of_one_sentence_are_one_event() -> None:
    told = tell(
        "Shells on the market of Tarim killed ",
        Said("nine traders", 9, where="Tarim", means="shelling", status="civilian"),
        " and hurt ",
        Said("31 others", 31, harm="injured", where="Tarim", means="shelling"),
        ".",
    )
    (event,) = told.tally().incidents
    assert (event.id, event.type, event.means) == ("i1", "shelling", "shelling")
    assert event.tolls == {"killed": Figure(9, 9, 9), "injured": Figure(31, 31, 31)}
    assert event.killed_civilians == Figure(9, 9, 9)


def test_parts_are_never_added_to_their_total() -> None:
    told = tell(
        "Gunmen killed ", Said("12 villagers", 12), ", including ", Said("four children", 4), ", near Wadi Salq."
    )
    (event,) = told.tally().incidents
    assert event.tolls["killed"] == Figure(12, 12, 12)


def test_a_headline_repeated_below_is_told_once() -> None:
    told = tell(
        Said("23 miners", 23),
        " killed in shaft attack\n\nRaiders killed ",
        Said("23 miners", 23),
        " at a shaft in Ombala on Friday.",
    )
    found = told.tally()
    assert [(r.first, r.later) for r in found.restatements] == [("c1", "c2")]
    assert found.restatements[0].why
    assert [i.tolls["killed"] for i in found.incidents] == [Figure(23, 23, 23)]


def test_running_totals_make_no_incident() -> None:
    told = tell("The war has killed ", Said("more than 40,000", 40000, qualifier="more_than", scope="cumulative"), ".")
    assert told.tally().incidents == ()


def test_one_death_in_a_window_is_one_event() -> None:
    told = tell("Shelling of the port in a day: ", Said("one dead", 1, scope="period"), ".")
    (event,) = told.tally().incidents
    assert event.tolls["killed"] == Figure(1, 1, 1)


def test_several_deaths_in_a_window_make_no_incident() -> None:
    told = tell("Shelling of the port in a day: ", Said("six dead", 6, scope="period"), ".")
    assert told.tally().incidents == ()


def test_who_may_have_died_raises_the_high_end_alone() -> None:
    told = tell("Some fear that ", Said("five divers", 5, modality="possible"), " died in the blast.")
    (event,) = told.tally().incidents
    assert event.tolls["killed"] == Figure(0, 0, 5)


def test_only_casualties_leave_the_split_open() -> None:
    told = tell("The raid left ", Said("11 guards dead or hurt", 11, harm="casualties"), ".")
    (event,) = told.tally().incidents
    assert (event.tolls["killed"], event.tolls["injured"]) == (Figure(1, 1, 10), Figure(1, 1, 10))


def test_a_learned_opinion_is_one_evidence_among_others() -> None:
    told = tell(
        "The town buried ",
        Said("nine men", 9),
        ". A week on, the mayor spoke of ",
        Said("two bakers", 2),
        " in his speech.",
    )
    sure = tally(told.report, told.claims, [Link("c2", "c1", "part", 0.999)])
    against = tally(told.report, told.claims, [Link("c2", "c1", "part", 0.001)])
    assert [(b.total, b.parts) for b in sure.breakdowns] == [("c1", ("c2",))]
    assert against.breakdowns == ()


def test_a_man_told_hurt_and_then_dead_is_counted_with_the_dead() -> None:
    told = tell(
        Said("A 31-year-old baker", 1, harm="injured", status="civilian"),
        " was shot in his shop on Elm Street. ",
        Said("The baker", 1, status="civilian"),
        " died at noon.",
    )
    (event,) = told.tally().incidents
    assert event.tolls == {"killed": Figure(1, 1, 1)}


def test_another_person_hurt_stays_hurt() -> None:
    told = tell(
        Said("A 31-year-old baker", 1, status="civilian"),
        " was shot dead in his shop. ",
        Said("Another man", 1, harm="injured", status="civilian"),
        " was shot in the arm.",
    )
    assert sum(i.tolls["injured"].best for i in told.tally().incidents if "injured" in i.tolls) == 1


def test_a_number_shot_holds_those_of_them_who_died() -> None:
    told = tell(
        Said("Five men", 5, harm="injured"),
        " were shot outside a garage; ",
        Said("two", 2),
        " of them died on the way to a clinic.",
    )
    (event,) = told.tally().incidents
    assert event.tolls == {"killed": Figure(2, 2, 2), "injured": Figure(3, 3, 5)}


def test_a_number_wounded_holds_no_dead() -> None:
    told = tell(Said("Five men", 5, harm="injured"), " were wounded and ", Said("two", 2), " killed at a garage.")
    (event,) = told.tally().incidents
    assert event.tolls == {"killed": Figure(2, 2, 2), "injured": Figure(5, 5, 5)}


def test_greater_figures_after_the_leading_toll_raise_its_high_end() -> None:
    told = tell(
        "A raid on a house in Kharub killed ",
        Said("at least nine people", 9, qualifier="at_least", where="Kharub"),
        ".\n\nThe town's council wrote of ",
        Said("14 dead", 14, where="Kharub", source="the town's council"),
        ". Neighbours named ",
        Said("five members of the Dalil family", 5, where="Kharub"),
        ".",
    )
    (event,) = told.tally().incidents
    assert (event.tolls["killed"].low, event.tolls["killed"].best) == (9, 9)


def test_never_more_civilians_than_dead() -> None:
    told = tell(
        "Rockets killed ",
        Said("six people", 6, where="Kharub"),
        " in Kharub.\n\n",
        Said("Four teachers", 4, status="civilian", where="Kharub"),
        " were buried, and so were ",
        Said("three nurses", 3, status="civilian", where="Kharub"),
        ".",
    )
    for event in told.tally().incidents:
        assert event.killed_civilians is None or event.killed_civilians.best <= event.tolls["killed"].best


def test_two_groups_under_one_verb_are_one_event() -> None:
    told = tell(
        Said("Four border guards", 4, status="combatant", where="Dara pass"),
        " and ",
        Said("two smugglers", 2, status="combatant", where="Dara pass"),
        " were killed in a gunfight at the Dara pass.",
    )
    (event,) = told.tally().incidents
    assert event.tolls == {"killed": Figure(6, 6, 6)}


def test_a_bomber_who_dies_is_added_to_those_he_killed() -> None:
    told = tell(
        Said("A bomber", 1, status="combatant"),
        " blew himself up at a gate in Dara, killing ",
        Said("four guards", 4, status="combatant", by="A bomber"),
        ".",
    )
    (event,) = told.tally().incidents
    assert event.tolls == {"killed": Figure(5, 5, 5)}


def test_a_nameless_death_is_the_one_told_better() -> None:
    told = tell(
        Said("One person", 1),
        " was killed at a ford near Salq on Monday. ",
        Said("Nadia Verel, 34,", 1, status="civilian"),
        " died at the scene.",
    )
    assert sum(i.tolls["killed"].best for i in told.tally().incidents) == 1


def test_an_event_stands_on_the_earliest_of_its_days() -> None:
    first, later = date(2021, 3, 4), date(2021, 3, 6)
    told = tell(
        Said("Nadia Verel", 1, when=(later, later), where="Salq"),
        " was named on Saturday as the dead woman. ",
        Said("Verel", 1, when=(first, first), where="Salq"),
        " was shot in Salq on Thursday.",
    )
    for event in told.tally().incidents:
        if len(event.claims) == 2:
            assert event.when is not None
            assert event.when.start == first


def test_an_event_has_the_names_that_other_codebooks_give_it() -> None:
    raid = tell(Said("Nine miners", 9, means="airstrike"), " died in the raid.").tally().incidents[0]
    assert raid.codes is not None
    assert (raid.codes.acled_event, raid.codes.acled_sub_event) == ("Explosions/Remote violence", "Air/drone strike")
    assert (raid.codes.plover_event, raid.codes.plover_mode) == ("ASSAULT", "aerial")
    shot = tell(Said("Two clerks", 2, means="shooting"), " were shot.").tally().incidents[0]
    assert shot.codes is not None
    assert (shot.codes.acled_sub_event, shot.codes.plover_mode) == ("Attack", "firearms")
