"""Cases that recorders meet in one text, in words of our own: sums that close, and sums that do not."""

from dataclasses import replace
from datetime import date

from tests.tally.builder import Said, Told, tell

from marsad.vocabulary import Scope, Status

CIVILIANS = (395, 91, 6, 17, 11, 10, 26, 282, 5, 7, 47, 14, 1, 4, 10, 29)
CHILDREN = (90, 20, 1, 4, 2, 2, 6, 60, 1, 1, 10, 3, 0, 1, 2, 4)
WOMEN = (62, 14, 1, 3, 2, 1, 4, 45, 0, 1, 8, 2, 0, 1, 1, 3)
CAUSES = (
    "Air raids on the eastern towns", "Rockets fired by the army", "Snipers along the front", "Mines in the fields",
    "Torture in prisons", "Car bombs", "Shots fired by border guards", "Raids of the coalition", "Executions",
    "Unknown gunmen", "Shells of the rebels", "Barrel bombs", "Lack of medicine", "Clashes over a road", "Drones",
    "Artillery across the river",
)  # fmt: skip
MONTH = (date(2017, 9, 1), date(2017, 9, 30))


def monthly_toll() -> Told:
    def said(words: str, number: int, status: Status = "unknown") -> Said:
        return Said(words, number, scope="period", status=status, when=MONTH)

    pieces: list[str | Said] = [
        "The monitors counted ",
        said("3,055 dead", 3055),
        " in September. They include ",
        said("955 civilians", 955, "civilian"),
        ", among them ",
        said("207 children", 207, "civilian"),
        " and ",
        said("148 women", 148, "civilian"),
        ", who died as follows:\n",
    ]
    for cause, civilians, children, women in zip(CAUSES, CIVILIANS, CHILDREN, WOMEN, strict=True):
        pieces += [f"- {cause}: ", said(f"{civilians} civilians", civilians, "civilian")]
        if children:
            pieces += [", including ", said(f"{children} children", children, "civilian")]
        if women:
            pieces += [" and " if children else ", including ", said(f"{women} women", women, "civilian")]
        pieces.append(" killed.\n")
    return tell(*pieces)


def test_sixteen_lines_make_exactly_the_civilians_of_a_month() -> None:
    assert (sum(CIVILIANS), sum(CHILDREN), sum(WOMEN)) == (955, 207, 148)
    told = monthly_toll()
    sums = {words: max(bs, key=lambda b: len(b.parts)) for words, bs in told.breakdowns().items()}
    for words, lines in (("955 civilians", 16), ("207 children", 15), ("148 women", 14)):
        found = sums[words]
        assert (len(found.parts), found.kind, found.check) == (lines, "sum", "consistent"), words
        assert found.remainder is not None
        assert (found.remainder.low, found.remainder.high) == (0, 0)
    assert ("3,055 dead", "955 civilians") in told.edges()
    assert told.tally().incidents == ()


def test_a_list_that_makes_one_less_than_its_total_is_reported() -> None:
    told = tell(
        "The review added ",
        Said("91 people", 91, scope="period"),
        " killed that spring: ",
        Said("44", 44, scope="period"),
        " in Ardamata, ",
        Said("seven", 7, scope="period"),
        " in Kereinik, ",
        Said("11", 11, scope="period"),
        " on the road to Adre and ",
        Said("28", 28, scope="period"),
        " in the camps.",
    )
    (found,) = told.tally().breakdowns
    assert (found.kind, found.check, found.remainder and found.remainder.best) == ("sum", "short", 1)
    assert any("make 90" in warning for warning in told.tally().warnings)


def test_two_parts_that_make_more_than_the_stated_total_are_reported() -> None:
    told = tell(
        "The ministry put the week's toll at ",
        Said("146 soldiers", 146, scope="period", status="combatant"),
        ": ",
        Said("78 soldiers", 78, scope="period", status="combatant"),
        " in the north and ",
        Said("70 soldiers", 70, scope="period", status="combatant"),
        " in the south.",
    )
    (found,) = told.tally().breakdowns
    assert (found.parts, found.check) == (("c2", "c3"), "exceeds")
    assert any("make 148" in warning for warning in told.tally().warnings)


def test_a_running_total_smaller_than_its_parts_is_reported() -> None:
    def said(words: str, number: int) -> Said:
        return Said(words, number, scope="cumulative", when=(date(2011, 3, 15), date(2014, 3, 1)))

    told = tell(
        "Since the rising began ", said("210,060 people", 210060), " have died: ", said("100,973 civilians", 100973),
        ", ", said("38,325 fighters", 38325), ", ", said("45,385 soldiers", 45385), " and ",
        said("61,204 militiamen", 61204), ".",
    )  # fmt: skip
    (found,) = told.tally().breakdowns
    assert (len(found.parts), found.check) == (4, "exceeds")
    assert any("245,887" in w or "245887" in w for w in told.tally().warnings)


def test_a_running_total_that_falls_and_swapped_digits_are_told_apart() -> None:
    def children(number: int, day: int) -> Said:
        words = f"{number:,} children"
        return Said(words, number, scope="cumulative", when=(date(2023, 10, 7), date(2023, 11, day)))

    swapped = tell("By Tuesday ", children(4327, 7), " had died. By Wednesday it was ", children(4237, 8), ".")
    fallen = tell("By Tuesday ", children(4327, 7), " had died. By Wednesday it was ", children(4324, 8), ".")
    assert any("swapped" in w for w in swapped.tally().warnings)
    assert any("falls" in w for w in fallen.tally().warnings)


def test_more_civilians_than_dead_is_reported() -> None:
    told = tell("The strike killed ", Said("seven people", 7), ", including ", Said("nine civilians", 9), ".")
    assert any("more than its whole" in w for w in told.tally().warnings)


WEEK = (date(2021, 6, 3), date(2021, 6, 5))


def two_fronts() -> Told:
    """A wire report in our words, of a shape that many have: a headline sum, two fronts, each told again below."""

    def said(words: str, number: int, scope: Scope, where: str, by: str) -> Said:
        return Said(words, number, scope=scope, where=where, by=by, status="combatant", when=WEEK)

    headline = said("more than 70 army soldiers", 70, "period", "Borno", "insurgents")
    return tell(
        "Two armed groups together cost the army ",
        replace(headline, qualifier="more_than"),
        " over three days, observers reported.\n\nThe Hilal brigade alone has shot ",
        said("42 soldiers", 42, "period", "the lake and the hills", "the Hilal brigade"),
        " since the third of June, by the count of the Lake Monitor.\n\n"
        "On the fifth, gunmen near to the Nur group turned on garrisons further south; ",
        said("31 soldiers", 31, "period", "south of the capital", "gunmen near to the Nur group"),
        " fell there.\n\nThe conflict has claimed ",
        Said("more than 90,000 people", 90000, qualifier="more_than", scope="cumulative", status="mixed"),
        " in twelve years.\n\nOf the brigade's victims, ",
        said("33 troops", 33, "incident", "the lake shore", "the brigade"),
        ", including ",
        said("three captains", 3, "incident", "the lake shore", "the brigade"),
        ", were cut off on the lake shore. It hit ",
        said("another nine soldiers", 9, "incident", "the hills", "the brigade"),
        " in the hills by night.\n\nThe Nur ally's raid on a barracks near the capital ended with ",
        said("24 troops", 24, "incident", "a barracks near the capital", "the Nur ally"),
        " dead; its trap on the southern road with ",
        said("seven more soldiers", 7, "incident", "the southern road", "the Nur ally"),
        ".",
    )


def test_a_wire_report_of_two_fronts_is_taken_apart_to_the_last_soldier() -> None:
    told = two_fronts()
    assert told.edges() == {
        ("more than 70 army soldiers", "42 soldiers"),
        ("more than 70 army soldiers", "31 soldiers"),
        ("42 soldiers", "33 troops"),
        ("42 soldiers", "another nine soldiers"),
        ("33 troops", "three captains"),
        ("31 soldiers", "24 troops"),
        ("31 soldiers", "seven more soldiers"),
    }
    found = told.tally()
    assert found.restatements == ()
    assert [i.tolls["killed"].low for i in found.incidents] == [33, 9, 24, 7]
    assert all(b.check == "consistent" for b in found.breakdowns)
    assert all(b.why for b in found.breakdowns)


def test_a_sub_heads_five_is_the_three_and_the_two_of_the_text() -> None:
    told = tell(
        "On the coast road: ",
        Said("five killed", 5),
        "\n\nRockets killed ",
        Said("three farmers", 3, status="civilian"),
        " near the bridge, the mayor said.\n\n",
        Said("Two nurses", 2, status="civilian"),
        " died when another rocket struck their ambulance.",
    )
    assert told.edges() == {("five killed", "three farmers"), ("five killed", "Two nurses")}
    assert not told.tally().restatements
