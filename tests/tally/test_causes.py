"""What nature did holds none of the dead that somebody killed."""

from tests.tally.builder import Said, tell


def test_those_whom_rebels_killed_are_no_part_of_an_earthquakes_toll() -> None:
    told = tell(
        "An earthquake killed ",
        Said("180 people", 180, where="Herat"),
        " in Herat. Rebels killed ",
        Said("five people", 5, by="Rebels", where="Herat"),
        " in Herat.",
    )
    assert told.edges() == set()
    assert len(told.tally().incidents) == 2


def test_children_named_behind_an_earthquakes_toll_stay_its_part() -> None:
    told = tell(
        "An earthquake killed ",
        Said("180 people", 180),
        ", including ",
        Said("40 children", 40),
        ". Rebels killed ",
        Said("five guards", 5, by="Rebels"),
        ".",
    )
    assert told.edges() == {("180 people", "40 children")}


def test_equal_figures_of_a_flood_and_of_a_raid_are_two() -> None:
    told = tell(
        "A flood killed ", Said("five people", 5), ". Rebels killed ", Said("five people", 5, by="Rebels"), " later."
    )
    assert told.tally().restatements == ()
