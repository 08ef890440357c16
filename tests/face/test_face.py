"""The face of Marsad in Python: what researchers type into a notebook, and what they see."""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from tests.export.made import NOW, readings

import marsad
from marsad.errors import BadInputError, LedgerError
from marsad.face.tables import SHOWN, MissingFrameError, Table
from marsad.model import Report
from marsad.store import open_book
from marsad.store.book import Origin

PAGE = Path(__file__).parents[2] / "docs" / "python.md"
TEXT = "Gunmen killed three farmers in Baga on Monday, officials said."


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> marsad.Ledger:
    monkeypatch.setenv("MARSAD_NOW", NOW.isoformat())
    place = tmp_path / "ledger.db"
    with open_book(str(place), NOW, create=True) as book:
        for one in readings():
            book.add_reading(one, Origin("Amal", NOW, "0", "hand"))
    return marsad.Ledger(place)


def test_a_text_is_read_in_one_call() -> None:
    reading = marsad.read_text(TEXT, published="2021-05-04")
    (claim,) = reading.claims
    assert (claim.count.best, claim.harm) == (3, "killed")
    assert reading.report.text[claim.span.start : claim.span.end] == claim.span.quote
    assert claim.when is not None and claim.when.start == date(2021, 5, 3)


def test_a_file_is_read_in_one_call(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TEXT)
    assert [len(one.claims) for one in marsad.read_file(path, published=date(2021, 5, 4))] == [1]
    with pytest.raises(BadInputError):
        marsad.read_file(tmp_path / "none.txt")


def test_a_toll_is_a_table_with_its_sum(ledger: marsad.Ledger) -> None:
    table = ledger.toll("country")
    assert table.total is not None and table.total["killed_best"] == 43
    assert sum(row["killed_best"] or 0 for row in table) == 43
    assert table.notes[0] == "rule: one voice one word, newest"


def test_filters_take_days_and_words(ledger: marsad.Ledger) -> None:
    found = ledger.incidents(since=date(2021, 4, 22), until="2021-04-24")
    assert [row["start"] for row in found] == ["2021-04-22", "2021-04-24"]
    assert len(ledger.incidents(means="clashes")) == 1


def test_tables_become_data_frames(ledger: marsad.Ledger) -> None:
    pandas = pytest.importorskip("pandas")
    frame = ledger.incidents().frame()
    assert isinstance(frame, pandas.DataFrame)
    assert frame.killed_best.sum() == 43
    assert str(frame.killed_best.dtype) == "Int64", "whole numbers stay whole where some are missing"


def test_polars_makes_frames_too(ledger: marsad.Ledger) -> None:
    pytest.importorskip("polars", reason="polars is not installed")
    assert ledger.incidents().to_polars()["killed_best"].sum() == 43


def test_without_a_library_the_advice_is_clear(ledger: marsad.Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(MissingFrameError, match="pip install pandas"):
        ledger.toll().frame()


def test_a_trace_leads_to_the_words(ledger: marsad.Ledger) -> None:
    first = ledger.incidents()[0]["id"]
    found = ledger.trace(first)
    assert found["claims"][0]["span"]["quote"] == "12 people were killed"
    assert "12 people were killed" in found._repr_html_()
    with pytest.raises(LedgerError, match="nothing answers to"):
        ledger.trace("inone")


def test_a_notebook_shows_tables_without_running_their_words() -> None:
    rows = [{"place": "<script>alert(1)</script>", "killed": 3}] * (SHOWN + 2)
    shown = Table(("place", "killed", "empty"), rows, {"killed": 156}, ["a < b"])._repr_html_()
    assert "<script>" not in shown and "&lt;script&gt;" in shown
    assert "<th>empty</th>" not in shown
    assert "… and 2 more rows" in shown and "a &lt; b" in shown and "156" in shown


def test_reports_are_added_once(tmp_path: Path) -> None:
    ledger = marsad.Ledger(tmp_path / "new.db")
    report = Report("r", TEXT, publisher="Wire", published=date(2021, 5, 4))
    assert ledger.add([report]).new == 1
    assert ledger.add(report).known == 1
    total = ledger.toll().total
    assert total is not None and total["killed_best"] == 3


def test_a_ledger_can_be_asked_as_of_a_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = marsad.Ledger(tmp_path / "new.db")
    monkeypatch.setenv("MARSAD_NOW", "2021-05-04T12:00:00+00:00")
    ledger.add(Report("r", TEXT, publisher="Wire", published=date(2021, 5, 4)))
    assert len(ledger.at("2021-05-03").incidents()) == 0
    assert len(ledger.at(date(2021, 5, 4)).incidents()) == 1
    assert "as of 2021-05-03" in repr(ledger.at("2021-05-03"))


def test_an_export_is_public_unless_asked_otherwise(ledger: marsad.Ledger, tmp_path: Path) -> None:
    made = ledger.export("ucdp", tmp_path / "events.csv")
    assert made.meta["profile"]["name"] == "public"
    assert (tmp_path / "events.csv").read_bytes() == made.written.content
    assert (tmp_path / "events.csv.meta.json").exists()
    assert ledger.export("ucdp", profile="internal").meta["rows"] > made.meta["rows"]


def test_an_export_to_a_folder_that_is_not_there_says_so(ledger: marsad.Ledger, tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="cannot be written"):
        ledger.export("ucdp", tmp_path / "none" / "out.csv")


def test_two_ledgers_are_compared(ledger: marsad.Ledger) -> None:
    found = ledger.compare(ledger)
    assert (len(found.matched), found.only_left, found.only_right) == (6, (), ())


def test_mistakes_are_explained(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="there is no ledger"):
        marsad.Ledger(tmp_path / "none.db").toll()
    with pytest.raises(LedgerError, match="choose one of newest"):
        marsad.Ledger(policy="loudest")
    with pytest.raises(BadInputError, match="is no moment"):
        marsad.Ledger(as_of="soon")
    with pytest.raises(AttributeError, match="no attribute 'toll'"):
        _ = marsad.toll  # type: ignore[attr-defined]


def test_importing_marsad_loads_nothing_heavy() -> None:
    loaded = "{name.partition('.')[0] for name in sys.modules}"
    words = f"import sys, marsad; print(sorted({loaded} & {{'sqlalchemy', 'numpy', 'rich'}}))"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert {"Ledger", "read_text"} <= set(dir(marsad))


def test_the_page_s_examples_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert len(blocks) == 3
    room: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), room)
    told = capsys.readouterr().out
    assert "7 killed" in told and "Added(new=1" in told and "public" in told
    assert (tmp_path / "hama.geojson").exists()
