"""Files are cut into parts: every record is in one part and in no other, however small the parts are."""

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.scale.made import write_lines, write_parquet, write_warc

from marsad.errors import BadInputError
from marsad.read.source import read_file
from marsad.scale.limits import ScaleLimits
from marsad.scale.plan import Part, parts_of
from marsad.scale.records import Given, records_of


def cut(path: Path | str, size: int = 400, rows: int = 3) -> list[Part]:
    found = list(parts_of(str(path), replace(ScaleLimits(), part_bytes=size, part_rows=rows)))
    assert not any(isinstance(part, BadInputError) for part in found)
    return [part for part in found if isinstance(part, Part)]


def test_a_small_file_is_one_part(tmp_path: Path) -> None:
    (part,) = cut(write_lines(tmp_path / "a.jsonl", 2), size=10_000)
    assert (part.start, part.stop, part.line, part.inside) == (0, part.size, 1, "a.jsonl")


@given(st.integers(1, 2_000), st.lists(st.sampled_from([b'{"text": "One died."}', b"", b"no", "x\xe9".encode()])))
def test_lines_are_cut_at_their_ends_and_keep_their_numbers(
    tmp_path_factory: pytest.TempPathFactory, size: int, lines: list[bytes]
) -> None:
    path = tmp_path_factory.mktemp("cut") / "a.jsonl"
    path.write_bytes(b"\n".join(lines))
    whole, parts = path.read_bytes(), cut(path, size)
    assert b"".join(whole[part.start : part.stop] for part in parts) == whole
    for before, part in pairwise(parts):
        assert whole[: part.start].endswith(b"\n") and before.stop == part.start
        assert part.line == whole[: part.start].count(b"\n") + 1
    assert sum(part.weight for part in parts) == len(whole)


@pytest.mark.parametrize("name", ["a.jsonl", "a.parquet", "a.warc.gz", "a.warc"])
@pytest.mark.parametrize("size", [1, 250, 700, 1_900, 100_000])
def test_the_parts_together_hold_what_the_file_holds(tmp_path: Path, name: str, size: int) -> None:
    if name.endswith("parquet"):
        path = write_parquet(tmp_path / name)
    elif "warc" in name:
        path = write_warc(tmp_path / name)
    else:
        path = write_lines(tmp_path / name)
    parts = cut(path, size, rows=1 + size // 200)
    found = [item for part in parts for item in records_of(part, Given())]
    assert found == list(read_file(str(path)))
    assert len(found) >= 6 and not any(isinstance(item, BadInputError) for item in found)
    assert len(parts) > 1 or size >= 1_900


def test_a_line_in_another_encoding_does_not_change_its_neighbours(tmp_path: Path) -> None:
    good = json.dumps({"text": "Two died in Malmö."}, ensure_ascii=False).encode()
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join([good, good.decode().encode("latin-1"), b'{"text": "a\0b"}', good]))
    found = [item for part in cut(path, 10_000) for item in records_of(part, Given())]
    texts = [str(item) if isinstance(item, BadInputError) else item[0].text for item in found]
    assert texts[0] == texts[1] == texts[3] == "Two died in Malmö."
    assert texts[2].startswith(f"{path}, line 3: holds binary data")


def test_a_pattern_and_a_folder_mean_their_files_each_once(tmp_path: Path) -> None:
    (tmp_path / "in" / "may").mkdir(parents=True)
    for name in ("in/b.jsonl", "in/may/a.jsonl"):
        write_lines(tmp_path / name, 1)
    (tmp_path / "in" / "note.txt").write_text("Three died.")
    assert [part.inside for part in cut(tmp_path / "in")] == ["b.jsonl", "may/a.jsonl", "note.txt"]
    assert [part.inside for part in cut(f"{tmp_path}/in/**/*.jsonl")] == ["b.jsonl", "may/a.jsonl"]
    assert [part.inside for part in cut(f"{tmp_path}/i*")] == ["in/b.jsonl", "in/may/a.jsonl", "in/note.txt"]


def test_what_is_not_there_or_is_broken_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 and then nothing of it")
    for source, words in ((tmp_path / "a.parquet", "damaged Parquet"), (tmp_path / "no", "cannot be read")):
        (error,) = parts_of(str(source), ScaleLimits())
        assert isinstance(error, BadInputError) and words in str(error)
    (error,) = parts_of(f"{tmp_path}/*.jsonl", ScaleLimits())
    assert "no file has such a name" in str(error)
