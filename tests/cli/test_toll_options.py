"""Every option of `marsad toll`, as a researcher uses it: the rows, the windows, the choices and the three forms."""

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.made import Told, reading
from typer.testing import CliRunner

from marsad.cli.app import app
from marsad.model import Reading, Report, Where
from marsad.vocabulary import Means

DAY = date(2021, 4, 29)
NEXT = date(2021, 5, 1)


def placed(one: Reading, admin1: str, means: tuple[Means, ...]) -> Reading:
    """Return the reading with a province and with one of `means` for each of its incidents."""
    where = Where(text="Baga", name="Baga", country="NG", admin1=admin1, geoprecision=1)
    incidents = (replace(i, where=where, means=m) for i, m in zip(one.incidents, means, strict=True))
    return replace(one, incidents=tuple(incidents))


WIRE = placed(reading([Told(12, injured=3, day=DAY), Told(2, by="the army", day=NEXT)]), "Borno", ("raid", "shelling"))
DAILY = placed(reading([Told(12, day=DAY)], "Daily"), "Borno", ("raid",))
POST = placed(reading([Told(5, who="farmers", by=None, day=None)], "Post"), "Yobe", ("raid",))
MADE = (WIRE, DAILY, POST)


@pytest.fixture(autouse=True)
def _ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_LEDGER", str(tmp_path / "ledger.db"))
    monkeypatch.setenv("MARSAD_NOW", "2021-05-02T09:00:00+00:00")
    found = {one.report.text + str(one.report.publisher): one for one in MADE}

    def made_reading(report: Report, _options: object) -> Reading:
        one = found[report.text + str(report.publisher)]
        return Reading(report, one.claims, incidents=one.incidents)

    monkeypatch.setattr("marsad.cli.ledger.make_reading", made_reading)
    rows = [{"text": one.report.text, "publisher": one.report.publisher, "published": "2021-05-01"} for one in MADE]
    file = tmp_path / "reports.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    run("add", "--no-link", str(file))
    first, second = (row["id"] for row in json.loads(run("incidents", "--until", "2021-04-29", "-f", "json")))
    run("judge", first, second, "same")


def run(*words: str) -> str:
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == 0, done.exception or done.output
    return done.stdout


def rows(*words: str) -> dict[str, int]:
    table = json.loads(run("toll", "--format", "json", *words))
    return {row["key"]: row["killed"]["best"] for row in table["rows"]}


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("day", {"2021-04-29": 12, "2021-05-01": 2, "unknown": 5}),
        ("week", {"2021-04-26": 14, "unknown": 5}),
        ("month", {"2021-04": 12, "2021-05": 2, "unknown": 5}),
        ("year", {"2021": 14, "unknown": 5}),
        ("country", {"NG": 19}),
        ("admin1", {"NG Borno": 14, "NG Yobe": 5}),
        ("perpetrator", {"the militia": 12, "unknown": 5, "the army": 2}),
        ("victims", {"civilians": 19}),
        ("means", {"raid": 17, "shelling": 2}),
        ("place", {"Baga": 19}),
    ],
)
def test_rows_by_every_property_add_up_to_the_same_dead(by: str, expected: dict[str, int]) -> None:
    assert rows("--by", by) == expected
    assert sum(expected.values()) == 19


def test_by_source_books_each_figure_to_the_paper_that_it_was_taken_from() -> None:
    found = rows("--by", "source")
    assert sum(found.values()) == 19
    assert found["Post"] == 5
    assert set(found) <= {"Wire", "Daily", "Post"}


@pytest.mark.parametrize(
    ("words", "killed"),
    [
        (["--since", "2021-04-30"], 2),
        (["--until", "2021-04-30"], 12),
        (["--since", "2021-04-29", "--until", "2021-05-01"], 14),
        (["--place", "yobe"], 5),
        (["--perpetrator", "ARMY"], 2),
        (["--victims", "farmers"], 5),
        (["--victims", "civilian"], 19),
        (["--means", "shelling"], 2),
        (["--min-sources", "2"], 12),
        (["--source", "post"], 5),
        (["--status", "agreed"], 12),
        (["--status", "unnamed"], 5),
        (["--status", "single", "--source", "wire"], 2),
        (["--as-of", "2021-05-02"], 19),
        (["--means", "raid", "--min-sources", "2", "--place", "borno"], 12),
    ],
)
def test_choices_narrow_the_toll(words: list[str], killed: int) -> None:
    assert json.loads(run("toll", "--format", "json", *words))["total"]["killed"]["best"] == killed


def test_before_anything_was_recorded_there_is_no_toll() -> None:
    table = json.loads(run("toll", "--format", "json", "--as-of", "2021-05-01"))
    assert (table["rows"], table["total"]["incidents"]) == ([], [])
    assert table["as_of"].startswith("2021-05-01")


def test_the_three_forms_tell_the_same() -> None:
    table = run("toll", "--by", "means", "--policy", "median", "--as-of", "2021-05-02")
    assert "rule: one voice one word, median as of 2021-05-02" in table
    assert next(line for line in table.splitlines() if line.startswith("total")).split() == ["total", "3", "19", "3"]
    listed = list(csv.DictReader(io.StringIO(run("toll", "--by", "means", "--policy", "median", "--format", "csv"))))
    assert [(row["key"], row["killed_best"], row["rule"]) for row in listed] == [
        ("raid", "17", "one voice one word, median"),
        ("shelling", "2", "one voice one word, median"),
        ("total", "19", "one voice one word, median"),
    ]
    whole = json.loads(run("toll", "--by", "means", "--policy", "median", "--format", "json"))
    assert [row["killed"]["best"] for row in (*whole["rows"], whole["total"])] == [17, 2, 19]


def test_a_window_says_how_many_incidents_without_a_day_it_leaves_out() -> None:
    assert "left out: 1 incidents without a day" in run("toll", "--since", "2021-01-01")
    assert "left out" not in run("toll", "--since", "2021-01-01", "--means", "shelling")


def test_every_row_of_every_toll_can_be_traced() -> None:
    for by in ("day", "admin1", "victims", "source", "means"):
        for row in json.loads(run("toll", "--by", by, "--format", "json"))["rows"]:
            found = json.loads(run("trace", row["id"], "--format", "json"))
            assert [one["id"] for one in found["incidents"]] == row["incidents"]
            assert found["claims"]


def test_a_status_that_there_is_not_is_refused_with_those_there_are() -> None:
    done = CliRunner().invoke(app, ["toll", "--status", "sure"])
    assert done.exit_code == 2
    assert "disputed" in done.output
