"""The gazetteer file: unpacked once and whole, read fast, replaced by the user's own."""

import lzma
import sqlite3
import threading
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.errors import BadInputError, DataFileError
from marsad.resolve.gazetteer import Gazetteer, gazetteer, unpack
from marsad.resolve.gazetteer_dump import install, size_of

LINES = [
    # geonameid, name, asciiname, alternates, lat, lon, class, code, country, cc2, admin1-4, people, -, -, zone, day
    "169575|Homs|Homs|Hims|34.25|38.0|A|ADM1|SY||11||||1500000||500|Asia/Damascus|2020-01-01",
    "990000001|Tell Zamarda|Tell Zamarda|Tal Zumurruda|34.91|37.21|P|PPL|SY||11||||120||400|Asia/Damascus|2020-01-01",
    "990000002|Jabal Marqat|Jabal Marqat||34.6|38.9|T|MT|SY||11||||0||900|Asia/Damascus|2020-01-01",
    "990000003|Zamarda Street|Zamarda Street||34.6|38.9|R|ST|SY||11||||0||900|Asia/Damascus|2020-01-01",
    "990000004|Vale Verdelho|Vale Verdelho||-10.1|-50.2|P|PPL|BR||22||||40||300|America/Belem|2020-01-01",
]


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "SY.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "columns")
        archive.writestr("SY.txt", "".join(line.replace("|", "\t") + "\n" for line in LINES))
    return path


def test_a_dump_adds_its_places(dump: Path, tmp_path: Path) -> None:
    read: list[int] = []
    target = tmp_path / "own" / "gazetteer.sqlite"
    assert install(dump, target, [], read.append) == 3
    assert sum(read) == size_of(dump)
    own = Gazetteer(target)
    village = own.entries("tell zamarda")[0]
    assert (village.country, village.admin1, village.latitude) == ("SY", "Homs", 34.91)
    assert own.entries("tal zumurruda") == (village,)
    assert own.entries("jabal marqat")[0].kind == "M"
    assert own.entries("zamarda street") == ()
    assert own.entries("damascus")[0].country == "SY", "what ships stays known"
    assert list(tmp_path.joinpath("own").iterdir()) == [target]


def test_a_dump_can_be_cut_to_a_country(dump: Path, tmp_path: Path) -> None:
    assert install(dump, tmp_path / "g.sqlite", ["br"], lambda _: None) == 1


@pytest.mark.parametrize("content", ["one\ttwo\n", "", "\x00\x01"])
def test_a_file_of_another_kind_is_refused_with_advice(content: str, tmp_path: Path) -> None:
    path = tmp_path / "allCountries.txt"
    path.write_text(content, "utf-8")
    if content:
        with pytest.raises(BadInputError, match=r"download\.geonames\.org"):
            install(path, tmp_path / "g.sqlite", [], lambda _: None)
    with pytest.raises(BadInputError, match="no such file"):
        install(tmp_path / "missing.zip", tmp_path / "g.sqlite", [], lambda _: None)
    assert not (tmp_path / "g.sqlite").exists()


def small(folder: Path, content: bytes) -> Path:
    packed = folder / "small.xz"
    packed.write_bytes(lzma.compress(content, preset=0))
    return packed


@settings(max_examples=15, deadline=None)
@given(content=st.binary(min_size=1, max_size=2000))
def test_unpacking_gives_back_every_byte(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("cache")
    packed = small(folder, content)
    first = unpack(packed, folder / "out")
    assert first.read_bytes() == content
    assert unpack(packed, folder / "out") == first
    assert [p.name for p in (folder / "out").iterdir()] == [first.name]


def test_many_may_unpack_at_once(tmp_path: Path) -> None:
    packed = small(tmp_path, b"places" * 50_000)
    done: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: done.append(unpack(packed, tmp_path / "c").read_bytes())) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [b"places" * 50_000] * 8
    assert len(list((tmp_path / "c").iterdir())) == 1


def test_a_folder_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", "utf-8")
    with pytest.raises(DataFileError, match="XDG_CACHE_HOME"):
        unpack(small(tmp_path, b"x"), blocked / "cache")


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("marsad.resolve.gazetteer.os.fdopen", full)
    with pytest.raises(DataFileError, match="make room"):
        unpack(small(tmp_path, b"x"), tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_damaged_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "bad.xz").write_bytes(b"no archive")
    with pytest.raises(DataFileError, match="damaged"):
        unpack(tmp_path / "bad.xz", tmp_path / "cache")
    (tmp_path / "bad.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(DataFileError, match="damaged"):
        Gazetteer(tmp_path / "bad.sqlite")


def test_another_format_is_refused(tmp_path: Path) -> None:
    base = sqlite3.connect(tmp_path / "old.sqlite")
    base.executescript("CREATE TABLE meta(key TEXT, value TEXT); INSERT INTO meta VALUES('format', '0');")
    base.close()
    with pytest.raises(DataFileError, match="another format"):
        Gazetteer(tmp_path / "old.sqlite")


@pytest.mark.parametrize(
    ("name", "country", "kind"),
    [
        ("syria", "SY", "C"),
        ("kobani", "SY", "P"),
        ("euphrates", "SY", "W"),
        ("gaza strip", "PS", "1"),
        ("kosovo", "XK", "C"),
    ],
)
def test_the_shipped_gazetteer_knows(name: str, country: str, kind: str) -> None:
    assert any((e.country, e.kind) == (country, kind) for e in gazetteer().entries(name))


def test_a_spelling_nobody_listed_is_found_by_its_consonants() -> None:
    assert any(e.admin1 == "Deir ez-Zor" for e in gazetteer().by_skeleton("Dayr Azzour", "SY"))
