"""Events put together from claims, in words of our own."""

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
