"""Every format is opened by a real reader: pandas, libhxl, GDAL, pyarrow, DuckDB, followthemoney, rispy."""

import csv
import io
import json
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.export.made import made, wish

from marsad.export.files import MissingPackageError
from marsad.export.formats import FORMATS
from marsad.export.run import export
from marsad.export.table import cell
from marsad.export.ucdp import COLUMNS as UCDP


def content(name: str, profile: str = "internal") -> bytes:
    for need in FORMATS[name].needs:
        pytest.importorskip(need)
    return export(made(), name, wish(profile)).written.content


def file(name: str, folder: Path, profile: str = "internal") -> Path:
    path = folder / f"made{FORMATS[name].suffix}"
    path.write_bytes(content(name, profile))
    return path


@pytest.mark.parametrize("name", [one.name for one in FORMATS.values() if one.suffix == ".csv"])
def test_pandas_opens_the_tables(name: str) -> None:
    pandas = pytest.importorskip("pandas")
    table = pandas.read_csv(io.BytesIO(content(name)))
    rows = list(csv.reader(io.StringIO(content(name).decode())))
    assert len(table) == len(rows) - 1 > 0
    assert all(len(row) == len(rows[0]) for row in rows)


def test_pandas_reads_ucdp_s_numbers_and_days() -> None:
    pandas = pytest.importorskip("pandas")
    table = pandas.read_csv(io.BytesIO(content("ucdp")), parse_dates=["date_start", "date_end"])
    assert tuple(table.columns) == UCDP
    assert len(UCDP) == 49
    for name in (
        "id",
        "best",
        "low",
        "high",
        "where_prec",
        "date_prec",
        "type_of_violence",
        "priogrid_gid",
        "country_id",
    ):
        assert str(table[name].dtype) == "int64", name
    split = table.deaths_a + table.deaths_b + table.deaths_civilians + table.deaths_unknown
    assert (split == table.best).all()
    assert ((table.low <= table.best) & (table.best <= table.high)).all()
    assert (table.date_start <= table.date_end).all()


def test_libhxl_validates_the_hashtags(tmp_path: Path) -> None:
    hxl = pytest.importorskip("hxl")
    options: Any = hxl.InputOptions(allow_local=True)
    source = hxl.data(str(file("hxl", tmp_path)), options)
    assert [column.display_tag for column in source.columns][:3] == [
        "#event+code",
        "#event+type",
        "#date+occurred+start",
    ]
    faults: list[Any] = []
    hxl.schema(callback=faults.append).validate(hxl.data(str(file("hxl", tmp_path)), options))
    assert not [str(one) for one in faults]
    killed = [row.get("#affected+killed+best") for row in hxl.data(str(file("hxl", tmp_path)), options)]
    assert sum(int(number) for number in killed if number) == 12 + 1 + 4 + 24 + 2


def test_gdal_opens_the_geojson(tmp_path: Path) -> None:
    geopandas = pytest.importorskip("geopandas")
    frame = geopandas.read_file(file("geojson", tmp_path))
    assert str(frame.crs) == "EPSG:4326"
    shapes = {row["id"]: row.geometry for _, row in frame.iterrows()}
    kinds = sorted(shape.geom_type if shape is not None else "none" for shape in shapes.values())
    assert kinds == ["Point", "Point", "Polygon", "Polygon", "Polygon", "none"]
    for shape in shapes.values():
        assert shape is None or shape.is_valid
        assert shape is None or (35 < shape.centroid.y < 36 and 36 < shape.centroid.x < 37.5)
        assert shape is None or shape.geom_type == "Point" or shape.exterior.is_ccw


def test_pyarrow_and_pandas_open_the_parquet_file(tmp_path: Path) -> None:
    path = file("parquet", tmp_path)
    pandas = pytest.importorskip("pandas")
    table = pandas.read_parquet(path)
    assert table.killed_best.sum() == 43
    assert str(table.start.iloc[0]) == "2021-04-20"
    facts = pytest.importorskip("pyarrow.parquet").read_schema(path).metadata
    assert json.loads(facts[b"marsad"])["profile"] == "internal"


def test_duckdb_opens_its_file(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    base = duckdb.connect(str(file("duckdb", tmp_path)), read_only=True)
    rows = base.execute("SELECT sum(killed_best), min(start) FROM incidents").fetchone()
    assert (int(rows[0]), str(rows[1])) == (43, "2021-04-20")
    joined = base.execute("SELECT count(*) FROM claims JOIN sources USING (incident, report)").fetchone()
    assert joined[0] == 9
    base.close()


def test_duckdb_names_its_rows_by_one_hash() -> None:
    pytest.importorskip("duckdb")
    assert export(made(), "duckdb", wish()).meta["sha256"] == export(made(), "duckdb", wish()).meta["sha256"]


def test_sqlite_opens_its_file(tmp_path: Path) -> None:
    base = sqlite3.connect(file("sqlite", tmp_path))
    assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert base.execute("SELECT sum(killed_best), min(start) FROM incidents").fetchone() == (43, "2021-04-20")
    base.close()


def test_followthemoney_knows_the_entities() -> None:
    why = "followthemoney needs PyICU, which not every machine can build"
    followthemoney = pytest.importorskip("followthemoney", reason=why)
    found = [json.loads(line) for line in content("ftm").decode().splitlines()]
    schemata = {one["id"]: followthemoney.model.get(one["schema"]) for one in found}
    for one in found:
        schema = schemata[one["id"]]
        followthemoney.model.get_proxy(one)
        for name, values in one["properties"].items():
            wanted = schema.properties[name]
            for value in values:
                fits = schemata[value].is_a(wanted.range) if wanted.range else wanted.type.validate(value)
                assert fits, (name, value)
    assert {one["schema"] for one in found} == {"Event", "Document", "Documentation", "PublicBody", "Organization"}


def test_rispy_reads_the_citations() -> None:
    rispy = pytest.importorskip("rispy")
    found = rispy.loads(content("ris").decode())
    assert len(found) == 5
    assert {one["type_of_reference"] for one in found} == {"NEWS"}
    assert any(one.get("urls") == ["https://gazette.example.org/strike"] for one in found)


def test_csl_has_the_names_of_its_schema() -> None:
    found = json.loads(content("csl"))
    assert len(found) == 5
    allowed = {"id", "type", "title", "container-title", "issued", "URL", "language"}
    assert all(set(one) <= allowed and one["type"] == "article-newspaper" for one in found)
    assert found[0]["issued"] == {"date-parts": [[2021, 4, 21]]}


def test_ogrinfo_opens_the_geojson(tmp_path: Path) -> None:
    ogrinfo = shutil.which("ogrinfo")
    if ogrinfo is None:
        pytest.skip("GDAL's ogrinfo is not installed (apt install gdal-bin)")
    words = [ogrinfo, "-ro", "-al", "-so", str(file("geojson", tmp_path))]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "Feature Count: 6" in done.stdout
    assert "killed_best: Integer" in done.stdout


@pytest.mark.parametrize("name", ["jsonl", "plover", "ftm"])
def test_json_lines_are_json(name: str) -> None:
    lines = content(name).decode().splitlines()
    assert lines and all(isinstance(json.loads(line), dict) for line in lines)


def test_plover_has_what_it_requires() -> None:
    for line in content("plover").decode().splitlines():
        event = json.loads(line)
        assert {"id", "date", "actor", "event"} <= event.keys()
        assert event["event"] in ("ASSAULT", "COERCE")


def test_spans_of_the_internal_export_are_the_reports_words() -> None:
    texts = {key[:12]: one.reading.report.text for key, one in made().readings.items()}
    for line in content("jsonl").decode().splitlines():
        for claim in json.loads(line)["claims"]:
            span = claim["span"]
            assert texts[claim["source"]][span["start"] : span["end"]] == span["quote"]


@pytest.mark.parametrize("words", ["=1+1", "+1", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "|x", "%x"])
def test_no_cell_becomes_a_formula(words: str) -> None:
    assert not cell(words).startswith(("=", "+", "-", "@", "\t", "\r", "|", "%"))
    assert words.strip()[1:] in cell(words)


def test_numbers_below_zero_stay_numbers() -> None:
    assert cell(-3.25) == "-3.25"
    assert cell(-3) == "-3"


def test_hostile_headlines_stay_in_their_cells() -> None:
    rows = list(csv.DictReader(io.StringIO(content("ucdp").decode())))
    heads = [row["source_headline"] for row in rows]
    assert "'=HYPERLINK(1)" in heads
    assert "Shells fall today" in heads, "no line break, no mark that turns the line around"


def test_right_to_left_words_stay_as_they_are() -> None:
    assert cell("قصف على كفر زيتا") == "قصف على كفر زيتا"


def test_a_missing_package_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(MissingPackageError, match=r"pip install 'marsad\[export\]'"):
        export(made(), "parquet", wish())
