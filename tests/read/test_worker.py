"""Parsers run in a process of their own: one that hangs, eats memory or breaks down is stopped and named."""

import os
import signal
import time
from dataclasses import replace

import pytest
from tests.read.made_files import page

from marsad.errors import BadInputError
from marsad.read import worker
from marsad.read.html import read_html
from marsad.read.items import Budget, SkippedInputError, Source
from marsad.read.limits import Limits
from marsad.read.source import read_bytes
from marsad.read.worker import apart

SOURCE = Source("a.html", read=read_html, budget=Budget(0), limits=replace(Limits(), parser_seconds=2))


def hang() -> None:
    time.sleep(600)


def eat() -> int:
    return len(bytearray(4_000_000_000))


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def stumble() -> None:
    raise KeyError("wrong")


def refuse() -> None:
    raise SkippedInputError("a.html: is empty")


def test_what_hangs_is_stopped_and_the_next_file_is_read() -> None:
    start = time.monotonic()
    with pytest.raises(BadInputError, match=r"a\.html: not read after 2 seconds \(limit parser_seconds\)"):
        apart(SOURCE, hang)
    assert time.monotonic() - start < 10
    assert apart(SOURCE, len, "abc") == 3


@pytest.mark.parametrize(
    ("function", "words"),
    [(eat, "limit parser_bytes"), (crash, "broke down (SIGSEGV)"), (stumble, "broke down (KeyError: 'wrong')")],
)
def test_what_breaks_down_is_named_and_the_next_file_is_read(function: object, words: str) -> None:
    with pytest.raises(BadInputError) as caught:
        apart(SOURCE, function)  # type: ignore[arg-type]
    assert words in str(caught.value) and str(caught.value).startswith("a.html: ")
    assert apart(SOURCE, len, "abc") == 3


def test_what_hangs_ends_by_itself_where_nobody_is_left_to_stop_it() -> None:
    process = worker.Process()
    process.send(1, 3_000_000_000, hang)
    assert worker.status_words(process._child.wait(20)) == "SIGALRM"
    process.end()


def test_what_a_parser_refuses_is_told_as_it_says() -> None:
    with pytest.raises(SkippedInputError, match="is empty"):
        apart(SOURCE, refuse)


def test_one_process_serves_many_files_and_is_gone_when_stopped() -> None:
    numbers = {apart(SOURCE, os.getpid) for _ in range(20)}
    assert len(numbers) == 1 and numbers != {os.getpid()}
    worker.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(numbers.pop(), 0)


def test_an_interrupt_between_question_and_answer_mixes_nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    apart(SOURCE, len, "abc")
    process = worker._process(SOURCE)

    def interrupted(_: float) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(process.answers, "poll", interrupted)
    with pytest.raises(KeyboardInterrupt):
        apart(SOURCE, len, "abcd")
    assert apart(SOURCE, len, "abcde") == 5


def test_a_machine_that_starts_no_process_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    worker.stop()
    monkeypatch.setattr("subprocess.Popen", refused)
    with pytest.raises(BadInputError, match=r"a\.html: the process that parses files cannot be started \(Resource"):
        apart(SOURCE, len, "abc")


def test_a_small_page_costs_little_more() -> None:
    raw = page().encode()
    list(read_bytes(raw, "a.html"))
    start = time.monotonic()
    for _ in range(20):
        list(read_bytes(raw, "a.html"))
    assert time.monotonic() - start < 2
