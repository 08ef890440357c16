"""The doctor's lines: what is well, what is missing and what to do, on installations made good and bad."""

import hashlib
import json
import shutil
import signal
import socket
import sqlite3
import sys
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from importlib.metadata import PathDistribution
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import NoReturn

import pytest
from typer.testing import CliRunner

from marsad.cli.app import app
from marsad.doctor import Check, extras, installed, places, processor, trial
from marsad.doctor.finding import State, fault, note, well
from marsad.resolve import gazetteer

ROOT = Path(__file__).parents[2]


def marsad(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["doctor", *words])
    return done.exit_code, done.stdout


def test_a_good_installation_is_well_without_network_and_without_a_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("the doctor asked the network")

    for door in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, door, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setenv("MARSAD_LEDGER", str(tmp_path / "ledger.db"))
    code, printed = marsad()
    assert (code, "fault" in printed) == (0, False), printed
    assert "of seven killed near Gao was read as it stands" in printed
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("states", "code", "is_well"), [(["well", "note"], 0, True), (["fault", "well"], 1, False), (["note"], 0, True)]
)
def test_only_a_fault_makes_it_fail(
    states: list[State], code: int, is_well: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = {"well": well("is there"), "note": note("is not there", "get it"), "fault": fault("is broken", "mend it")}
    checks = [Check(f"check {number}", lambda state=state: made[state]) for number, state in enumerate(states)]  # type: ignore[misc]
    monkeypatch.setattr("marsad.doctor.checks_for", lambda _: checks)
    exit_code, printed = marsad("--json")
    told = json.loads(printed)
    assert (exit_code, told["well"], [one["state"] for one in told["checks"]]) == (code, is_well, states)
    assert all(one["advice"] for one in told["checks"] if one["state"] != "well")
    assert marsad()[0] == code


def test_oldest_python_is_the_one_that_the_package_names(monkeypatch: pytest.MonkeyPatch) -> None:
    oldest = ".".join(map(str, installed.OLDEST_PYTHON))
    assert f'requires-python = ">={oldest}"' in (ROOT / "pyproject.toml").read_text("utf-8")
    monkeypatch.setattr(sys, "version_info", (3, 10, 4, "final", 0))
    assert installed.python()[0] == "fault"


def package(folder: Path, required: str = "", record: str = "") -> PathDistribution:
    (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: marsad\nVersion: 0\n{required}")
    (folder / "RECORD").write_text(record)
    return PathDistribution(folder)


def test_a_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    required = (
        "Requires-Dist: typer>=0.20\nRequires-Dist: made-up-library>=1\nRequires-Dist: torch; extra == 'training'\n"
    )
    monkeypatch.setattr(installed, "_package", lambda: package(tmp_path, required))
    assert installed.libraries() == ("fault", "missing: made-up-library", installed.ANEW)


def test_a_library_that_does_not_load_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "LOADED", ("json", "no_such_library"))
    monkeypatch.setattr(installed, "_package", lambda: None)
    assert installed.libraries()[:2] == ("fault", "do not load: no_such_library")


@pytest.mark.parametrize(
    ("packed", "state", "words"),
    [
        (b"a,b\n", "well", "each as it was packed"),
        (b"a,c\n", "fault", "1 files of data are missing or altered: data/actors/actors.csv"),
    ],
)
def test_files_are_held_against_what_was_packed(
    packed: bytes, state: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "marsad/data/actors/actors.csv"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"a,b\n")
    listed = urlsafe_b64encode(hashlib.sha256(packed).digest()).rstrip(b"=").decode()
    made = package(tmp_path, record=f"marsad/data/actors/actors.csv,sha256={listed},4\nmarsad/cli/app.py,sha256=x,1\n")
    monkeypatch.setattr(installed, "_package", lambda: made)
    monkeypatch.setattr("importlib.resources.files", lambda _: tmp_path / "marsad")
    found = installed.shipped_files()
    assert found[0] == state and words in found[1]


def test_a_cut_gazetteer_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = gazetteer.unpack()
    monkeypatch.setattr(gazetteer, "cache_path", lambda: tmp_path)
    monkeypatch.setattr(gazetteer, "installed_path", lambda: tmp_path / "none.sqlite")
    assert installed.gazetteer_ready() == ("well", "is there, and is unpacked when first needed", "")
    with whole.open("rb") as raw:
        gazetteer.cached_path().write_bytes(raw.read(1 << 20))
    state, said, _ = installed.gazetteer_ready()
    assert state == "fault" and "gazetteer remove" in said


def test_a_terminal_that_cannot_show_quotes_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(BytesIO(), "ascii"))
    assert installed.terminal() == (
        "fault",
        "standard output takes ascii: quotes and trees cannot be printed",
        "export PYTHONUTF8=1",
    )


def older_ledger(file: Path, form: int) -> None:
    with sqlite3.connect(file) as base:
        base.execute("CREATE TABLE schema_steps (number INTEGER)")
        base.execute("INSERT INTO schema_steps VALUES (?)", (form,))
    base.close()


@pytest.mark.parametrize(
    ("form", "state", "words"),
    [(3, "well", "opens, form 3"), (2, "note", "of form 2, today's is 3"), (99, "fault", "written by a newer Marsad")],
)
def test_a_ledger_is_told_by_its_form_and_left_as_it_is(form: int, state: str, words: str, tmp_path: Path) -> None:
    file = tmp_path / "ledger.db"
    older_ledger(file, form)
    before = file.read_bytes()
    found = places.ledger(str(file))
    assert found[0] == state and words in found[1]
    assert [one.name for one in tmp_path.iterdir()] == ["ledger.db"]
    assert file.read_bytes() == before


def test_a_ledger_that_somebody_has_open_can_be_looked_at(tmp_path: Path) -> None:
    file = tmp_path / "ledger.db"
    with sqlite3.connect(file) as base:
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("CREATE TABLE schema_steps (number INTEGER)")
        base.execute("INSERT INTO schema_steps VALUES (3)")
        base.commit()
        assert places.ledger(str(file))[0] == "well"
    base.close()


@pytest.mark.parametrize(
    ("content", "words"), [(b"no database at all" * 99, "not a database"), (None, "not a ledger of Marsad")]
)
def test_what_is_no_ledger_is_a_fault(content: bytes | None, words: str, tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    if content is not None:
        file.write_bytes(content)
    else:
        with sqlite3.connect(file) as base:
            base.execute("CREATE TABLE birds (name TEXT)")
        base.close()
    state, said, advice = places.ledger(str(file))
    assert (state, advice) == ("fault", places.CHOOSE) and words in said


@pytest.mark.parametrize(
    "place",
    [
        "postgresql://desk:secret@db.example.org/count",
        "postgresql:///count?host=/run/postgresql,db.example.org",
        "postgresql:///count?host=localhost&host=db.example.org",
        "postgresql://localhost/count?hostaddr=198.51.100.7",
        "postgresql:///count?service=desk",
    ],
)
def test_a_ledger_on_another_machine_is_not_asked(place: str) -> None:
    pytest.importorskip("psycopg")
    state, said, _ = places.ledger(place)
    assert state == "note" and "was not asked" in said and "secret" not in said


def test_a_team_s_ledger_on_this_machine_is_asked(postgresql: str) -> None:
    state, said, _ = places.ledger(postgresql)
    assert state in ("well", "fault") and "was not asked" not in said


def test_a_full_disk_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = shutil.disk_usage(tmp_path)._replace(free=50 << 20)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
    state, said, _ = places.room_on_disk(str(tmp_path / "not" / "yet" / "ledger.db"))
    assert state == "fault" and said.startswith("50 MB free") and str(tmp_path) in said


def test_what_one_can_do_without_is_a_note_that_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert extras.packages(("json", "no_such_library"), "made-up files", "pip install it") == (
        "note",
        "no_such_library not installed: made-up files",
        "pip install it",
    )
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    assert extras.frames()[0] == "note"
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert extras.ocr()[2] == "apt-get install tesseract-ocr"
    assert extras.browser()[0] == "note"


@pytest.mark.parametrize(("unpacked", "state"), [(True, "well"), (False, "fault")])
def test_a_cache_that_cannot_be_written_will_do_once_the_gazetteer_is_there(
    unpacked: bool, state: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gazetteer, "cache_path", lambda: tmp_path)
    monkeypatch.setattr(places, "_may_write", lambda _: False)
    if unpacked:
        gazetteer.cached_path().touch()
    assert places.cache_folder()[0] == state


def dying(by: signal.Signals) -> str:
    return f"import os, signal; os.kill(os.getpid(), signal.{by.name})"


@pytest.fixture
def fresh_look() -> Iterator[None]:
    processor.stopped_by.cache_clear()
    yield
    processor.stopped_by.cache_clear()


@pytest.mark.usefixtures("fresh_look")
def test_a_processor_that_stops_the_libraries_is_told_and_the_rules_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processor, "TRY", dying(signal.SIGILL))
    state, said, advice = processor.runs_here()
    assert state == "fault" and "SIGILL" in said and "--extractor rules" in advice
    assert processor.unless_stopped(lambda: pytest.fail("it would have ended the doctor"))[0] == "note"
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert trial.trial_reading()[0] == "well"


@pytest.mark.usefixtures("fresh_look")
@pytest.mark.parametrize("what", ["raise ImportError('no wheel')", "pass"])
def test_what_is_only_missing_is_left_to_the_other_checks(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processor, "TRY", what)
    assert processor.runs_here()[0] == "well"
    assert processor.unless_stopped(lambda: well("was asked")) == well("was asked")
