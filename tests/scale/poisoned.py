"""Readers and workers that go wrong, for processes that are started to import them by name."""

import os
import signal
import time
from pathlib import Path

from marsad.model import Report
from marsad.reading import ReadingOptions
from marsad.scale import work
from marsad.scale.plan import Part
from marsad.scale.reader import Reader, read_one
from marsad.scale.work import Done, How, map_part

FLAG = "MARSAD_TEST_KILLED"
HANG, CRASH, EAT, STUMBLE, CRASH_ONCE = "HANG", "CRASH", "EAT", "STUMBLE", "CRASH ONCE"


def read_or_fail(report: Report, options: ReadingOptions) -> str:
    """Read a report; fail in the way that its text names."""
    if HANG in report.text:
        time.sleep(600)
    if CRASH_ONCE in report.text:
        _kill_once()
    elif CRASH in report.text:
        os.kill(os.getpid(), signal.SIGSEGV)
    if EAT in report.text:
        bytearray(50_000_000_000)
    if STUMBLE in report.text:
        raise KeyError("wrong")
    return read_one(report, options)


def map_with_failures(part: Part, how: How, folder: str) -> Done:
    """Map a part by a reader that fails where a text says so."""
    reader = Reader(how.reading, how.limits, read_or_fail)
    work._reader = lambda *_: reader  # type: ignore[assignment]
    return map_part(part, how, folder)


def map_killed_once(part: Part, how: How, folder: str) -> Done:
    """Map a part; the first worker that has begun with its third part is killed."""
    if part.number == 2:
        _kill_once()
    return map_part(part, how, folder)


def map_killed_always(part: Part, how: How, folder: str) -> Done:
    """Map a part; whoever takes the third one is killed."""
    if part.number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return map_part(part, how, folder)


def map_never(part: Part, how: How, folder: str) -> Done:
    """End, whatever is to be done."""
    del part, how, folder
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def _kill_once() -> None:
    flag = Path(os.environ[FLAG])
    if not flag.exists():
        flag.touch()
        os.kill(os.getpid(), signal.SIGKILL)
