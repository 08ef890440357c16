"""One report is read in a process of its own: what goes wrong there is told, and the next report is read."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.scale.poisoned import CRASH, CRASH_ONCE, EAT, FLAG, HANG, STUMBLE, read_or_fail

from marsad.contract import to_json
from marsad.model import Report
from marsad.reading import ReadingOptions, make_reading
from marsad.scale.limits import ScaleLimits
from marsad.scale.reader import Reader, SetAsideError

OPTIONS = ReadingOptions("rules", places=True)
GOOD = Report("good", "Gunmen killed four farmers in Gao, the mayor said.")


@pytest.fixture
def reader() -> Iterator[Reader]:
    one = Reader(OPTIONS, replace(ScaleLimits(), record_seconds=6), read_or_fail)
    yield one
    one.end()


def test_the_reading_is_the_one_of_marsad_read(reader: Reader) -> None:
    told = json.loads(reader.reading(GOOD))
    assert told == json.loads(json.dumps(to_json(make_reading(GOOD, OPTIONS), places=True, why=True)))
    assert len(told["claims"]) == 1


@pytest.mark.parametrize(
    ("text", "fault", "words"),
    [
        (HANG, "hung", "not read after 6 seconds (limit record_seconds)"),
        (CRASH, "crashed", "its reader ended (SIGSEGV) 3 times"),
        (EAT, "memory", "limit record_bytes"),
        (STUMBLE, "broken", "its reader broke down (KeyError: 'wrong')"),
    ],
)
def test_what_goes_wrong_is_told_and_the_next_report_is_read(reader: Reader, text: str, fault: str, words: str) -> None:
    reader.reading(GOOD)
    begun = time.monotonic()
    with pytest.raises(SetAsideError) as caught:
        reader.reading(Report("bad", text))
    assert caught.value.fault == fault and words in str(caught.value)
    assert time.monotonic() - begun < 60
    assert "farmers" in reader.reading(GOOD)


def test_a_process_that_is_killed_by_chance_costs_nothing(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FLAG, str(tmp_path / "killed"))
    report = replace(GOOD, text=f"{GOOD.text} {CRASH_ONCE}")
    assert json.loads(reader.reading(report))["claims"]
    assert (tmp_path / "killed").exists()
