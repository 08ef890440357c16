"""Readings made elsewhere become the same records as their reports; unsound ones are refused with a reason."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet as parquet
import pytest
from tests.cli.test_bad_input import marsad
from tests.scale.made import mapped, write_lines

from marsad.scale.shards import holds_readings

RECORDED = (
    "select key, report, body, program, extractor from readings",
    "select key, caller_id, title, publisher, url, language, published, text, sha256, source, dated from reports",
    "select sha256, bytes from originals",
)


def records(ledger: Path) -> list[list[tuple[Any, ...]]]:
    """Return all that a ledger holds of its reports, but for the moment and the act, in the order of recording."""
    with sqlite3.connect(ledger) as book:
        return [book.execute(f"{asked} order by act").fetchall() for asked in RECORDED]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    mapped(write_lines(tmp_path / "a.jsonl"), tmp_path / "out")
    return tmp_path / "out"


def shard(out: Path) -> Path:
    return sorted(out.rglob("part-*.parquet"))[0]


def test_the_ledger_is_the_one_of_the_reports(out: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.db", tmp_path / "other.db"
    made = marsad("add", out / "readings", "--ledger", one)
    read = marsad("add", tmp_path / "a.jsonl", "--ledger", other, "--extractor", "rules")
    assert made.code == read.code == 0 and made.out.replace("one.db", "other.db") == read.out
    assert records(one) == records(other) and len(records(one)[2]) == 12
    tables = [marsad("incidents", "--ledger", ledger, "--format", "json").out for ledger in (one, other)]
    assert tables[0] == tables[1]
    assert marsad("verify", "--ledger", one).code == 0


@pytest.mark.parametrize("first", ["readings", "reports"])
def test_nothing_is_recorded_twice(out: Path, tmp_path: Path, first: str) -> None:
    ledger, sources = tmp_path / "l.db", {"readings": out / "readings", "reports": tmp_path / "a.jsonl"}
    (second,) = sources.keys() - {first}
    assert marsad("add", sources[first], "--ledger", ledger, "--extractor", "rules").out.startswith("12 reports added")
    before = records(ledger)
    for again in (first, second):
        ran = marsad("add", sources[again], "--ledger", ledger, "--extractor", "rules", "--jobs", "2")
        assert ran.code == 0 and ran.out.startswith("0 reports added") and "12 known already" in ran.out
    assert records(ledger) == before


def test_originals_are_kept_unless_refused(out: Path, tmp_path: Path) -> None:
    marsad("add", out / "readings", "--no-keep", "--ledger", tmp_path / "l.db")
    assert [len(rows) for rows in records(tmp_path / "l.db")] == [12, 12, 0]


def changed(out: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """Change the first row of the first shard."""
    path = shard(out)
    table = parquet.read_table(path)
    rows = table.to_pylist()
    change(rows[0])
    parquet.write_table(pyarrow.Table.from_pylist(rows, schema=table.schema), path)
    return path


def in_reading(change: Callable[[dict[str, Any]], None]) -> Callable[[dict[str, Any]], None]:
    def do(row: dict[str, Any]) -> None:
        reading = json.loads(row["reading"])
        change(reading)
        row["reading"] = json.dumps(reading)

    return do


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda row: row.update(text="Other words altogether."), "are not '2 farmers'"),
        (in_reading(lambda told: told["claims"][0]["count"].update(low=9)), "low"),
        (in_reading(lambda told: told["claims"][0].update(harm="hurt")), "harm 'hurt' is not one of"),
        (in_reading(lambda told: told["claims"][0].pop("span")), "KeyError"),
        (lambda row: row.update(reading="{}"[:1]), "JSONDecodeError"),
        (lambda row: row.update(reading="[]"), "AttributeError"),
        (lambda row: row.update(text=None), "it has no text or no id"),
        (lambda row: row.update(original=b"other"), "its original bytes are not those that its sha256 names"),
    ],
)
def test_an_unsound_reading_is_refused_and_the_others_are_taken(
    out: Path, tmp_path: Path, change: Callable[[dict[str, Any]], None], words: str
) -> None:
    path = changed(out, change)
    ran = marsad("add", out / "readings", "--ledger", tmp_path / "l.db")
    assert ran.code == 1 and ran.out.startswith("11 reports added")
    assert f"{path}, row 1: is no sound reading (" in ran.err and words in ran.err


def test_a_file_of_reports_is_read_and_one_of_readings_can_be_read_anew(out: Path, tmp_path: Path) -> None:
    assert holds_readings(str(shard(out)))
    plain = tmp_path / "plain.parquet"
    parquet.write_table(pyarrow.table({"text": ["Gunmen killed four farmers in Gao."]}), plain)
    assert not holds_readings(str(plain))
    assert marsad("add", plain, "--ledger", tmp_path / "l.db").out.startswith("1 report added (1 claims")
    ran = marsad("read", shard(out), "--extractor", "rules", "--format", "jsonl")
    first = json.loads(parquet.read_table(shard(out)).to_pylist()[0]["reading"])
    assert ran.code == 0 and ran.rows[0]["incidents"] == first["incidents"]


def test_a_damaged_file_and_one_of_a_newer_form_are_named(out: Path, tmp_path: Path) -> None:
    path = shard(out)
    table = parquet.read_table(path)
    newer = {b"marsad_readings": b'{"form": "9", "program": "9", "extractor": "rules"}'}
    parquet.write_table(table.replace_schema_metadata(newer), path)
    ran = marsad("add", path, "--ledger", tmp_path / "l.db")
    assert ran.code == 1 and "its form 9 is newer" in ran.err
    path.write_bytes(b"PAR1 and nothing more")
    ran = marsad("add", path, "--ledger", tmp_path / "l.db")
    assert ran.code == 1 and "is a damaged Parquet file" in ran.err
