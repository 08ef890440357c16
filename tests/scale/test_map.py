"""Mapping an input: nothing lost, nothing double, whoever is killed; what cannot be read is set aside and named."""

import importlib
import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.cli.test_bad_input import marsad
from tests.scale import poisoned
from tests.scale.made import RULES, asides, made, mapped, readings, rows, write_lines, write_parquet, write_warc

from marsad.errors import BadInputError
from marsad.scale.engines import Cluster, Engine, Processes
from marsad.scale.run import Task, map_reports
from marsad.scale.work import marker_of


def test_the_readings_are_those_of_marsad_read(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl")
    mapped(path, tmp_path / "out")
    told = [json.loads(row["reading"]) for row in readings(tmp_path / "out")]
    read = marsad("read", path, "--extractor", "rules", "--format", "jsonl", "--places", "--why").rows
    assert told == read and len(told) == 12
    assert [row["original"] for row in readings(tmp_path / "out")] == path.read_bytes().splitlines()
    assert not asides(tmp_path / "out")


@pytest.mark.parametrize(
    ("make", "name"), [(write_lines, "a.jsonl"), (write_parquet, "a.parquet"), (write_warc, "a.warc.gz")]
)
def test_every_form_is_read_once_and_the_same_way_at_every_run(
    tmp_path: Path, make: Callable[[Path], Path], name: str
) -> None:
    path = make(tmp_path / name)
    one, other = mapped(path, tmp_path / "one", Processes(1)), mapped(path, tmp_path / "other", Processes(3))
    assert made(tmp_path / "one") == made(tmp_path / "other") and one.parts == other.parts > 1
    sources = [row["source"] for row in readings(tmp_path / "one")]
    assert len(set(sources)) == len(sources) == one.readings >= 6


def test_a_second_run_reads_nothing_anew_and_makes_what_is_missing(tmp_path: Path) -> None:
    path, out = write_lines(tmp_path / "a.jsonl"), tmp_path / "out"
    first, whole = mapped(path, out), made(out)
    shards = sorted(out.rglob("part-*.parquet"))
    written = [shard.stat().st_mtime_ns for shard in shards]
    marker_of(shards[0]).unlink()
    shards[1].write_bytes(shards[1].read_bytes()[:100])
    again = mapped(path, out)
    assert made(out) == whole and again.readings == first.readings == 12
    assert again.before == again.parts - 2
    assert [shard.stat().st_mtime_ns for shard in shards[2:]] == written[2:]


def test_a_stopped_run_goes_on_to_the_same_end(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl")
    mapped(path, tmp_path / "whole")
    task = Task(str(path), str(tmp_path / "out"), RULES)
    stopped = map_reports(task, Processes(1))
    next(stopped)
    del stopped
    assert 0 < len(made(tmp_path / "out")) < len(made(tmp_path / "whole"))
    assert mapped(path, tmp_path / "out").before > 0
    assert made(tmp_path / "out") == made(tmp_path / "whole")


def engine_of(name: str, work: Callable[..., object]) -> Engine:
    if name == "ray":
        ray = pytest.importorskip("ray", reason="needs the extra scale (ray)")
        try:
            ray.init(address="local", num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="error")
        except Exception as error:  # noqa: BLE001 (Ray raises the bare class where a busy machine starts it too slowly)
            pytest.skip(f"no Ray cluster starts here: {error}")
        return Cluster(None, 2, work)  # type: ignore[arg-type]
    return Processes(2, work)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["processes", "ray"])
def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(poisoned.FLAG, str(tmp_path / "killed"))
    path = write_lines(tmp_path / "a.jsonl", 20)
    mapped(path, tmp_path / "whole")
    last = mapped(path, tmp_path / "out", engine_of(name, poisoned.map_killed_once))
    if name == "ray":
        importlib.import_module("ray").shutdown()
    assert (tmp_path / "killed").exists()
    assert made(tmp_path / "out") == made(tmp_path / "whole") and last.readings == 20 and not asides(tmp_path / "out")


def test_a_part_that_kills_every_worker_is_set_aside_alone(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl")
    mapped(path, tmp_path / "whole")
    mapped(path, tmp_path / "out", Processes(2, poisoned.map_killed_always))
    (one,) = asides(tmp_path / "out")
    assert one["fault"] == "crashed" and "its worker ended (SIGKILL), 3 times over" in one["reason"]
    assert one["place"].startswith(f"{path}, bytes ")
    whole, rest = made(tmp_path / "whole"), made(tmp_path / "out")
    assert {name for name in whole if whole[name] != rest[name]} == {"readings/a.jsonl/part-00002.parquet"}


def test_where_no_worker_comes_to_an_end_nothing_is_set_aside(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl")
    with pytest.raises(BadInputError, match="no worker comes to an end"):
        mapped(path, tmp_path / "out", Processes(2, poisoned.map_never))
    assert not made(tmp_path / "out")


def test_poison_is_set_aside_with_place_and_reason_and_the_rest_is_read(tmp_path: Path) -> None:
    lines = [json.dumps(row) for row in rows(9)]
    for at, word in ((1, poisoned.CRASH), (4, poisoned.HANG), (6, poisoned.STUMBLE)):
        lines[at] = json.dumps({"text": f"{word} Five died."})
    lines[7] = "{not JSON"
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(lines))
    how = replace(RULES, limits=replace(RULES.limits, record_seconds=6))
    last = mapped(path, tmp_path / "out", Processes(2, poisoned.map_with_failures), how)
    found = {one["place"].removeprefix(f"{path}, "): one["fault"] for one in asides(tmp_path / "out")}
    assert found == {"line 2": "crashed", "line 5": "hung", "line 7": "broken", "line 8": "unreadable"}
    assert last.readings == 5 and last.aside.total() == 4
    assert [row["id"] for row in readings(tmp_path / "out")] == ["r0", "r2", "r3", "r5", "r8"]


def test_a_folder_of_readings_is_for_one_input_and_one_way_of_reading(tmp_path: Path) -> None:
    path, out = write_lines(tmp_path / "a.jsonl"), tmp_path / "out"
    mapped(path, out)
    with pytest.raises(BadInputError, match="holds readings made otherwise"):
        mapped(path, out, how=replace(RULES, keep=False))
    write_lines(path, 13)
    with pytest.raises(BadInputError, match=r"a\.jsonl: changed since it was read; delete .*out/readings/a\.jsonl"):
        mapped(path, out)
    with pytest.raises(BadInputError, match="is not empty"):
        mapped(path, tmp_path)
    with pytest.raises(BadInputError, match="lies in the input"):
        mapped(tmp_path, tmp_path / "new")


def test_the_command_tells_what_it_did(tmp_path: Path) -> None:
    path, out = write_lines(tmp_path / "a.jsonl", 4), tmp_path / "out"
    words = ("map", path, out, "--extractor", "rules", "--jobs", "1", "--limit", "part_bytes=400")
    ran = marsad(*words)
    assert ran.code == 0 and ran.out == f"4 readings in 2 parts; readings: {out}/readings\n"
    assert marsad(*words).out.startswith("4 readings in 2 parts, 2 of them done before")
    path.write_text('{"text": "Two died."}\n{"words": 1}\n')
    ran = marsad("map", path, tmp_path / "other", "--extractor", "rules")
    assert ran.code == 1 and ran.out.startswith("1 reading in 1 part, 1 set aside")
    assert f"set aside: 1 unreadable; {tmp_path}/other/set-aside.jsonl says where and why" in ran.err
    assert asides(tmp_path / "other")[0]["place"] == f"{path}, line 2"


def test_readings_that_tell_of_nothing_can_be_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": "It rained in the hills."}) + "\n" + json.dumps(rows(1)[0]) + "\n")
    ran = marsad("map", path, tmp_path / "out", "--extractor", "rules", "--no-silent")
    assert ran.code == 0 and ran.out.startswith("1 reading in 1 part, 1 record left out")
    assert [row["source"] for row in readings(tmp_path / "out")] == [f"{path}, line 2"]


def test_an_address_at_which_no_cluster_answers_is_told_at_once(tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="needs the extra scale (ray)")
    words = ("--runner", "ray", "--address", "127.0.0.1:1")
    ran = marsad("map", write_lines(tmp_path / "a.jsonl", 1), tmp_path / "out", *words)
    assert ran.code == 1 and "--address 127.0.0.1:1: no Ray cluster answers" in ran.err


def test_an_input_that_names_no_file_makes_no_folder(tmp_path: Path) -> None:
    for source in ("none.jsonl", "none/*.jsonl"):
        with pytest.raises(BadInputError, match="no such file or folder"):
            next(map_reports(Task(str(tmp_path / source), str(tmp_path / "out")), Processes(1)))
    assert not (tmp_path / "out").exists()


def test_wrong_options_are_told(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", 1)
    assert marsad("map", path, tmp_path / "o", "--address", "x:1").code == 2
    for word in ("part_bytes=0", "parts=3"):
        ran = marsad("map", path, tmp_path / "o", "--limit", word)
        assert ran.code == 1 and "--limit" in ran.err


@pytest.mark.parametrize(("library", "words"), [("pyarrow", ()), ("ray", ("--runner", "ray"))])
def test_a_missing_library_is_told_with_the_way_to_it(
    library: str, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(name: str) -> object:
        if name.partition(".")[0] == library:
            raise ImportError(name)
        return __import__(name)

    monkeypatch.setattr("marsad.read.extras.import_module", absent)
    ran = marsad("map", write_lines(tmp_path / "a.jsonl", 1), tmp_path / "out", *words)
    assert ran.code == 1 and f"needs the library {library}; install it: pip install 'marsad[scale]'" in ran.err


def test_reading_a_part_leaves_no_process_behind(tmp_path: Path) -> None:
    """Workers that are stopped take their readers with them."""
    mapped(write_lines(tmp_path / "a.jsonl"), tmp_path / "out")
    deadline = time.monotonic() + 10
    while (left := children()) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not left


def children() -> list[str]:
    """Return the processes of the system that serve this program's workers and have lost their parent."""
    found = []
    for one in Path("/proc").glob("[0-9]*"):
        try:
            command, status = (one / "cmdline").read_bytes(), (one / "status").read_text()
        except OSError:
            continue
        if b"marsad.read.worker" in command and "PPid:\t1\n" in status:
            found.append(one.name)
    return found
