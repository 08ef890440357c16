"""Tables of P-codes: both forms, what is left out, and errors that say what to do."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from marsad.errors import BadInputError
from marsad.resolve import gazetteer_pcodes as pcodes
from marsad.resolve.gazetteer import gazetteer
from marsad.resolve.gazetteer_pcodes import Coded, align, pcode_of, read_table, write_table

OCHA = """Location,Admin Level,P-Code,Name,Parent P-Code,Valid from date
#country+code,#geo+admin_level,#adm+code,#adm+name,#adm+code+parent,#date+start
SYR,1,SY03,Rural Damascus,SYR,2024-01-01
SYR,2,SY0404,Ar-Rastan,SY04,2024-01-01
SYR,1,SY04,Homs,SYR,2024-01-01
SYR,1,SY99,Atlantis,SYR,2024-01-01
YEM,1,YE13,Sana'a City,YEM,2024-01-01
YEM,1,YE23,Sana'a,YEM,2024-01-01
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "pcodes.csv"
    monkeypatch.setattr(pcodes, "own_path", lambda: path)
    pcodes.known.cache_clear()
    yield path
    pcodes.known.cache_clear()


def table(folder: Path, text: str) -> Path:
    path = folder / "table.csv"
    path.write_text(text, "utf-8")
    return path


def test_ochas_list_is_read_with_parents_and_countries_of_two_letters(tmp_path: Path) -> None:
    rows = read_table(table(tmp_path, "\ufeff" + OCHA))
    assert rows[:2] == [Coded("SY03", "SY", "Rural Damascus"), Coded("SY0404", "SY", "Homs", "Ar-Rastan")]


def test_units_are_called_as_the_gazetteer_calls_them_and_the_unknown_and_doubtful_left_out(tmp_path: Path) -> None:
    kept, lost = align(read_table(table(tmp_path, OCHA)), gazetteer())
    assert kept == [
        Coded("SY03", "SY", "Rif Dimashq"),
        Coded("SY04", "SY", "Homs"),
        Coded("SY0404", "SY", "Homs", "Al-Rastan District"),
    ]
    assert lost == 3


def test_a_users_own_codes_go_before_the_shipped_ones(own: Path) -> None:
    write_table([Coded("X-1", "SY", "Homs")], own)
    assert pcode_of("SY", "Homs") == "X-1"
    assert pcode_of("SY", "Idlib") == "SY07"


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize(("country", "admin1"), [(None, None), ("SY", None), ("SY", "Atlantis"), ("FR", "Bretagne")])
def test_what_no_table_has_gets_no_code(country: str | None, admin1: str | None) -> None:
    assert pcode_of(country, admin1) is None


def test_a_written_table_is_read_as_it_was(tmp_path: Path) -> None:
    rows = [Coded("SY04", "SY", "Homs"), Coded("SY0404", "SY", "Homs", 'A "quoted", name')]
    write_table(rows, tmp_path / "new" / "t.csv")
    assert read_table(tmp_path / "new" / "t.csv") == rows


@pytest.mark.parametrize(
    "text",
    ["", "one,two\n1,2\n", "pcode,country,admin1,admin2\nSY04,SYR,Homs,\n", "pcode,country,admin1,admin2\n,SY,Homs,\n"],
)
def test_a_table_of_another_kind_is_refused_with_advice(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInputError, match=r"table\.csv"):
        read_table(table(tmp_path, text))
    with pytest.raises(BadInputError, match=r"data\.humdata\.org"):
        read_table(tmp_path / "missing.csv")
