"""A table of numbers in plain text is named, since it is not read."""

from marsad.extract.number_tables import unread_tables

TABLE = "Toll of May\n\nTown       Killed   Hurt\nTanura     12       30\nMella      9        14\n\nThat is all."


def test_a_table_of_harm_is_named_with_its_rows() -> None:
    assert list(unread_tables(TABLE)) == ["a table of numbers was not read: 'Town Killed Hurt' (2 rows)"]


def test_prose_and_tables_of_other_things_are_not() -> None:
    assert not list(unread_tables("Killed  in  action: nobody.\nTwo  died."))
    assert not list(unread_tables("Town   Votes\nTanura  12\nMella  9\n"))
