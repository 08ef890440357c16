"""What the words for victims say of them."""

import pytest

from marsad.extract.people import groups_of, status_of


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("soldiers", "combatant"),
        ("two traffic policemen", "combatant"),
        ("allied militiamen", "combatant"),
        ("Taliban members", "combatant"),
        ("three women and a child", "civilian"),
        ("aid workers", "civilian"),
        ("civilian members of the council", "civilian"),
        ("two members of a rescue team", "civilian"),
        ("three ambulance personnel", "civilian"),
        ("four soldiers and two shepherds", "mixed"),
        ("people", "unknown"),
        ("terrorists", "unknown"),
        ("martyrs", "unknown"),
        ("heroes", "unknown"),
    ],
)
def test_the_noun_decides_the_status(words: str, status: str) -> None:
    assert status_of(words) == status


def test_groups_come_from_the_nouns() -> None:
    assert groups_of("two nurses, a reporter and five children") == ("children", "journalists", "medics")
