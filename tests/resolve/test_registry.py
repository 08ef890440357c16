"""The tables of the registry: sound, linked, dated, and open to a user's own."""

from datetime import date
from pathlib import Path

import pytest

from marsad.errors import DataFileError
from marsad.resolve.registry import (
    KINDS,
    chain,
    display_name,
    is_part_of,
    lies_within,
    load_registry,
    registry,
    side_on,
)
from marsad.resolve.who_words import folded


def test_the_registry_holds_the_wars_since_1989() -> None:
    known = registry().actors
    assert len(known) >= 1200
    assert {a.kind for a in known.values()} <= set(KINDS)
    assert sum(a.kind == "government" for a in known.values()) >= 160
    assert sum(a.kind in {"monitor", "media"} for a in known.values()) >= 150


def test_every_row_says_where_it_comes_from() -> None:
    known = registry()
    ties = [t for found in known.affiliations.values() for t in found]
    origins = {a.origin for a in known.actors.values()} | {a.origin for a in known.aliases} | {t.origin for t in ties}
    assert origins == {"Marsad", "UCDP", "Phoenix"}


def test_no_tie_ends_before_it_begins() -> None:
    for found in registry().affiliations.values():
        for tie in found:
            assert tie.since is None or tie.until is None or tie.since <= tie.until, tie


def test_no_actor_is_above_itself() -> None:
    for actor in registry().actors:
        above = chain(actor, None, ("part_of", "counted_as"))
        assert len(above) == len(set(above)) <= 4


@pytest.mark.parametrize(
    ("actor", "day", "side"),
    [
        ("hts", date(2022, 5, 1), "hts"),
        ("hts", date(2025, 5, 1), "gov-sy"),
        ("taliban", date(2019, 5, 1), "taliban"),
        ("taliban", date(2023, 5, 1), "gov-af"),
        ("rsf", date(2020, 5, 1), "gov-sd"),
        ("rsf", date(2024, 5, 1), "rsf"),
        ("ypg", date(2019, 5, 1), "sdf"),
        ("irgc", None, "gov-ir"),
    ],
)
def test_the_side_depends_on_the_day(actor: str, day: date | None, side: str) -> None:
    found = side_on(actor, day)
    assert found is not None
    assert found.id == side
    assert is_part_of(actor, side, day)


def test_nobody_has_no_side() -> None:
    assert side_on("no-such-actor", None) is None
    assert display_name(None) == "unknown"


def test_both_ends_of_a_tie_are_in_it() -> None:
    first, last = date(2011, 1, 1), date(2012, 1, 1)
    assert lies_within(first, first, last)
    assert lies_within(last, first, last)
    assert not lies_within(date(2012, 1, 2), first, last)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Lashkar-i-Taiba", "Lashkar-e-Taiba"),
        ("Ahrar ash-Sham", "Ahrar al-Sham"),
        ("People's Defence Forces", "Peoples Defense Forces"),
        ("Túpac Amaru", "TUPAC AMARU"),
    ],
)
def test_spellings_that_fold_together(left: str, right: str) -> None:
    assert folded(left) == folded(right)


ACTORS = "id,name,kind,country,ucdp_id,ucdp_name,origin\n"
ALIASES = "actor,alias,kind,country,since,until,origin\n"


def test_a_user_may_add_an_actor_and_rename_another(tmp_path: Path) -> None:
    own = "river-guard,River Guard,militia,SS,,,own list\nhts,HTS (own name),rebel,SY,,HTS,own list\n"
    (tmp_path / "actors.csv").write_text(ACTORS + own, "utf-8")
    (tmp_path / "aliases.csv").write_text(ALIASES + "river-guard,River Guard,name,,,,own list\n", "utf-8")
    known = load_registry(tmp_path)
    assert known.actors["river-guard"].name == "River Guard"
    assert known.actors["hts"].name == "HTS (own name)"
    assert known.actors["hts"].order == registry().actors["hts"].order
    assert ("river", "guard") in known.by_words


@pytest.mark.parametrize(
    ("name", "rows", "message"),
    [
        ("actors.csv", ACTORS + "a,A,dragon,,,,own\n", "kind 'dragon'"),
        ("actors.csv", ACTORS + "a,A\n", "line 2: 2 cells"),
        ("aliases.csv", ALIASES + "ghost,Ghost,name,,,,own\n", "ghost"),
    ],
)
def test_a_damaged_table_says_what_to_mend(tmp_path: Path, name: str, rows: str, message: str) -> None:
    (tmp_path / name).write_text(rows, "utf-8")
    with pytest.raises(DataFileError, match=message):
        load_registry(tmp_path)
