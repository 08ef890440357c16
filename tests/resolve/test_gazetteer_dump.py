"""Installing a GeoNames dump: bounded memory, and whatever goes wrong leaves the old gazetteer in place."""

import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from marsad.errors import BadInputError
from marsad.resolve import gazetteer_dump
from marsad.resolve.gazetteer import Gazetteer
from marsad.resolve.gazetteer_dump import A_DAY, clear_left_over, install, size_of
from marsad.resolve.gazetteer_write import Row, add_rows, finish, open_new

PLACE = "99{n:07d}|Tell {n}|Tell {n}|Tal {n}|34.91|37.21|P|PPL|SY||11||||{people}||400|Asia/Damascus|2020-01-01"


def line(n: int, **cells: str) -> str:
    columns = PLACE.format(n=n, people=120).split("|")
    for place, value in cells.items():
        columns[int(place[1:])] = value
    return "\t".join(columns) + "\n"


def zipped(folder: Path, text: str, name: str = "allCountries") -> Path:
    path = folder / f"{name}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}.txt", text)
    return path


@pytest.fixture(autouse=True)
def small_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A gazetteer of one country instead of the shipped one, which takes a second to copy."""
    path = tmp_path / "base.sqlite"
    base = open_new(path)
    add_rows(base, [Row(1, 163843, "Syria", "C", "SY", 35.0, 38.0, precision=6)])
    finish(base, {})
    monkeypatch.setattr(gazetteer_dump, "unpack", lambda: path)
    return path


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A gazetteer that was installed before, with one place of its own."""
    target = tmp_path / "own" / "gazetteer.sqlite"
    install(zipped(tmp_path, line(7), "old"), target, [], lambda _: None)
    return target


def still_there(old: Path) -> bool:
    return bool(Gazetteer(old).entries("tell 7")) and list(old.parent.iterdir()) == [old]


def broken(folder: Path, kind: str) -> Path:
    whole = zipped(folder, "".join(line(n) for n in range(3000)))
    content = whole.read_bytes()
    path = folder / f"{kind}.zip"
    if kind == "cut short":
        path.write_bytes(content[: len(content) // 2])
    elif kind == "damaged":
        path.write_bytes(content[:5000] + b"\0" * 500 + content[5500:])
    elif kind == "without text":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("readme.txt", "columns")
    else:
        texts = {
            "empty": "",
            "columns instead": line(1) + "one\ttwo\n",
            "no number": line(1) + line(2, c0="id"),
            "a number is none": line(1) + line(2, c4="north"),
            "number is none": line(1, c14="many"),
        }
        path = zipped(folder, texts[kind], "texts")
    return path


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("cut short", "cut short"),
        ("damaged", "damaged"),
        ("without text", r"no \.txt file"),
        ("empty", "empty"),
        ("columns instead", "line 2: 2 columns instead of 19"),
        ("no number", "'id' and no number"),
        ("a number is none", "a number is none"),
        ("number is none", "a number is none"),
    ],
)
def test_a_file_that_is_no_dump_is_refused_and_the_old_one_stays(
    tmp_path: Path, old: Path, kind: str, said: str
) -> None:
    path = broken(tmp_path, kind)
    with pytest.raises(BadInputError, match=said) as caught:
        install(path, old, [], lambda _: None)
    assert "download.geonames.org/export/dump" in str(caught.value)
    assert still_there(old)


def test_an_interrupted_install_leaves_the_old_one(tmp_path: Path, old: Path) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        install(zipped(tmp_path, line(8)), old, [], stop)
    assert still_there(old)


def test_a_killed_install_leaves_the_old_one_and_a_folder_that_is_cleared(
    tmp_path: Path, old: Path, small_base: Path
) -> None:
    dump = zipped(tmp_path, "".join(line(n) for n in range(40_000)))
    code = (
        "import sys, pathlib, marsad.resolve.gazetteer_dump as d\n"
        "d.unpack = lambda: pathlib.Path(sys.argv[3])\n"
        "d.install(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), [], lambda n: print(n, flush=True))"
    )
    command = [sys.executable, "-c", code, str(dump), str(old), str(small_base)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert running.stdout is not None
    running.stdout.readline()
    running.kill()
    running.wait()
    running.stdout.close()
    assert Gazetteer(old).entries("tell 7")
    assert clear_left_over(old.parent, A_DAY) == 0, "what is fresh may be another install at work"
    assert clear_left_over(old.parent) == 1
    assert still_there(old)


def test_what_is_installed_counts_its_places_and_tells_the_bytes_read(tmp_path: Path, old: Path) -> None:
    dump = zipped(tmp_path, "".join(line(n) for n in range(500)))
    read: list[int] = []
    assert install(dump, old, [], read.append) == 500
    assert sum(read) == size_of(dump)
    facts = Gazetteer(old).facts
    assert (facts["places"], facts["added"]) == ("501", "500")
    assert Gazetteer(old).entries("tell 7")


PEAK = """
import pathlib, resource, sys
import marsad.resolve.gazetteer_dump as d
d.unpack = lambda: pathlib.Path(sys.argv[3])
d.install(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), [], lambda _: None)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def test_ten_times_the_places_need_no_more_memory(tmp_path: Path) -> None:
    peaks = []
    for rows in (4_000, 40_000):
        path = tmp_path / f"dump-{rows}.txt"
        with path.open("w", encoding="utf-8") as out:
            out.writelines(line(n) for n in range(rows))
        command = [
            sys.executable,
            "-c",
            PEAK,
            str(path),
            str(tmp_path / f"{rows}.sqlite"),
            str(tmp_path / "base.sqlite"),
        ]
        peaks.append(int(subprocess.run(command, capture_output=True, text=True, check=True).stdout))
    # SQLite's page cache and the remembered foldings fill up, to a bound that is set in the code.
    assert peaks[1] < peaks[0] + 60, f"{peaks} MB"


def test_nothing_is_left_over_in_an_empty_folder(tmp_path: Path) -> None:
    assert clear_left_over(tmp_path / "none") == 0
    (tmp_path / "gazetteer-x.part").mkdir()
    assert clear_left_over(tmp_path, older_than=time.time()) == 0
