"""The commands about places, called as a user calls them."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from marsad.cli import places
from marsad.errors import BadInputError
from marsad.resolve import gazetteer

ROW = (
    "990000009\tTell Marwan\tTell Marwan\t\t34.9\t37.2\tP\tPPL\tSY\t\t11\t\t\t\t90\t\t400\tAsia/Damascus\t2020-01-01\n"
)


@pytest.fixture
def app() -> typer.Typer:
    app = typer.Typer()
    places.register(app)
    return app


def test_places_shows_what_a_name_was_taken_for(app: typer.Typer) -> None:
    out = CliRunner().invoke(app, ["places", "Rockets fell near Baghuz, Syria.", "--json"]).stdout
    rows = [json.loads(line) for line in out.splitlines()]
    assert [(r["text"], r["country"], r["admin1"]) for r in rows] == [
        ("Baghuz", "SY", "Deir ez-Zor"),
        ("Syria", "SY", None),
    ]


def test_places_reads_standard_input(app: typer.Typer) -> None:
    out = CliRunner().invoke(app, ["places", "-"], input="Shells hit Homs, Syria.").stdout
    assert out.splitlines()[1].split("\t")[:6] == ["11", "15", "Homs", "Homs", "SY", "Homs"]


def test_install_builds_the_users_own(app: typer.Typer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gazetteer, "installed_path", lambda: tmp_path / "own.sqlite")
    (tmp_path / "SY.txt").write_text(ROW, "utf-8")
    result = CliRunner().invoke(app, ["gazetteer", "install", str(tmp_path / "SY.txt"), "--country", "sy"])
    assert result.exit_code == 0, result.output
    assert "1 places added" in result.stdout
    assert gazetteer.Gazetteer(tmp_path / "own.sqlite").entries("tell marwan")[0].country == "SY"


def test_install_refuses_what_is_no_country(app: typer.Typer, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["gazetteer", "install", str(tmp_path / "SY.txt"), "--country", "Syria"])
    assert isinstance(result.exception, BadInputError)


def test_info_names_the_licence(app: typer.Typer) -> None:
    assert "CC BY 4.0" in CliRunner().invoke(app, ["gazetteer", "status"]).stdout


def test_places_says_why_on_demand(app: typer.Typer) -> None:
    text = "The fair opens in Paris, Texas."
    lines = CliRunner().invoke(app, ["places", text, "--explain"]).stdout.splitlines()
    assert lines[0].startswith("Paris  (18-23)  Paris, Texas, US [geonames:")
    assert lines[1].strip() == "the words beside it put it in Texas"
    assert "(capital, " in lines[2]
    assert lines[2].endswith("it is not in Texas")
    row = json.loads(CliRunner().invoke(app, ["places", text, "--explain", "--json"]).stdout.splitlines()[0])
    assert (row["text"], row["why"]) == ("Paris", "the words beside it put it in Texas")
    assert row["rejected"][0]["why"] == "it is not in Texas"


def test_a_publisher_tells_namesakes_apart(app: typer.Typer) -> None:
    out = (
        CliRunner().invoke(app, ["places", "Two guards fell in Niger.", "--publisher", "Daily Trust", "--json"]).stdout
    )
    assert json.loads(out)["country"] == "NG"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for the user's own gazetteer and P-codes."""
    from marsad.resolve import gazetteer_pcodes

    monkeypatch.setattr(gazetteer, "installed_path", lambda: tmp_path / "own" / "gazetteer.sqlite")
    monkeypatch.setattr(gazetteer_pcodes, "own_path", lambda: tmp_path / "own" / "pcodes.csv")
    return tmp_path / "own"


@pytest.mark.usefixtures("own")
def test_status_says_where_to_get_a_larger_one(app: typer.Typer) -> None:
    out = CliRunner().invoke(app, ["gazetteer", "status"]).stdout
    assert "the shipped one" in out
    assert "download.geonames.org/export/dump" in out


def test_own_p_codes_are_taken_and_removed(app: typer.Typer, own: Path, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("pcode,country,admin1,admin2\nX01,SY,Homs,\nX02,SY,Atlantis,\n", "utf-8")
    result = CliRunner().invoke(app, ["gazetteer", "pcodes", str(table)])
    assert "1 of 2 P-codes taken" in result.stdout
    assert (own / "pcodes.csv").read_text("utf-8").splitlines()[1] == "X01,SY,Homs,"
    assert "removed" in CliRunner().invoke(app, ["gazetteer", "remove"]).stdout
    assert "nothing of yours" in CliRunner().invoke(app, ["gazetteer", "remove"]).stdout


def test_p_codes_of_units_that_nobody_knows_are_refused(app: typer.Typer, own: Path, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("pcode,country,admin1,admin2\nX02,SY,Atlantis,\n", "utf-8")
    result = CliRunner().invoke(app, ["gazetteer", "pcodes", str(table)])
    assert isinstance(result.exception, BadInputError)
    assert not own.exists()
