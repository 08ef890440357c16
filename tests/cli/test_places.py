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
    assert "CC BY 4.0" in CliRunner().invoke(app, ["gazetteer", "info"]).stdout
