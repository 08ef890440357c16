"""`marsad export` as people use it: to a file with its facts, into a pipe, as a rehearsal, and with mistakes."""

import csv
import hashlib
import io
import json
from pathlib import Path

import pytest
from tests.export.made import NOW, SECRETS, readings
from typer.testing import CliRunner

from marsad.cli.app import app
from marsad.export.formats import FORMATS
from marsad.store import open_book
from marsad.store.book import Origin


@pytest.fixture(autouse=True)
def _ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = str(tmp_path / "ledger.db")
    monkeypatch.setenv("MARSAD_LEDGER", place)
    monkeypatch.setenv("MARSAD_NOW", NOW.isoformat())
    with open_book(place, NOW, create=True) as book:
        for one in readings():
            book.add_reading(one, Origin("Amal", NOW, "0", "hand"))


def run(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, ["export", *words])
    assert done.exit_code == code, done.exception or done.output
    return done.stdout


def refused(*words: str) -> str:
    done = CliRunner().invoke(app, ["export", *words])
    assert done.exit_code != 0
    return str(done.exception)


def test_a_file_has_its_facts_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    run("ucdp", "-o", str(path))
    facts = json.loads((tmp_path / "events.csv.meta.json").read_text("utf-8"))
    assert facts["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (facts["file"], facts["format"], facts["profile"]["name"]) == ("events.csv", "ucdp", "public")
    assert sorted(one.name for one in tmp_path.iterdir() if one.name.startswith(".")) == []


def test_the_same_ledger_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in FORMATS:
        if not FORMATS[name].needs:
            run(name, "-o", str(tmp_path / "a"))
            run(name, "-o", str(tmp_path / "b"))
            assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_pipe_gets_the_table_alone() -> None:
    rows = list(csv.DictReader(io.StringIO(run("ecr", "--profile", "internal"))))
    assert sum(int(row["killed_best"]) for row in rows) == 43


def test_filters_are_those_of_the_toll() -> None:
    rows = list(csv.DictReader(io.StringIO(run("ecr", "--since", "2021-04-22", "--until", "2021-04-24"))))
    assert [row["date_first"] for row in rows] == ["2021-04-22", "2021-04-24"]
    assert len(run("ecr", "--means", "clashes").splitlines()) == 2


def test_as_of_a_day_before_anything_was_recorded_nothing_leaves() -> None:
    assert len(run("ecr", "--as-of", "2020-01-01").splitlines()) == 1


def test_a_rehearsal_writes_nothing_and_says_what_stays_and_why(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    told = run("ucdp", "--dry-run", "-o", str(path))
    assert not path.exists()
    assert "it is less than 2 days old" in " ".join(told.split())
    assert not any(secret in told for secret in SECRETS)


def test_a_rehearsal_as_json_names_every_incident() -> None:
    told = json.loads(run("ucdp", "-n", "--json"))
    held = [one for one in told["held_back"] if "days old" in one["why"]]
    assert len(held) == 1 and held[0]["incident"].startswith("i")


def test_the_formats_are_listed() -> None:
    told = run("--list")
    assert all(name in told for name in FORMATS)
    assert "marsad[export]" in told
    assert {one["name"] for one in json.loads(run("--list", "--json"))["formats"]} == set(FORMATS)


def test_mistakes_are_explained(tmp_path: Path) -> None:
    assert "choose one of ucdp, acled" in refused("uddp")
    assert "choose one of public, partner, internal" in refused("ucdp", "--profile", "press")
    assert "marsad export --list" in refused()
    assert "cannot be written" in refused("ucdp", "-o", str(tmp_path / "no" / "x.csv"))
