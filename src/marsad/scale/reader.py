"""Reads one report in a process of its own: one that hangs, crashes or eats memory costs itself and nothing else."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from marsad.check import UnsoundReadingError
from marsad.contract import to_json
from marsad.errors import BadInputError, MarsadError
from marsad.model import Report
from marsad.read.worker import Process, status_words
from marsad.reading import ReadingOptions, make_reading
from marsad.scale.limits import ScaleLimits

Fault = Literal["unreadable", "unsound", "hung", "crashed", "memory", "broken"]
"""Why a record is set aside; the first is what `marsad read` would name too."""


# A process starts in a second; on a machine that is starved it may take many.
START_SECONDS = 120


class SetAsideError(MarsadError):
    """A report cannot be read; `fault` says how, the message in which words."""

    def __init__(self, fault: Fault, words: str) -> None:
        super().__init__(words)
        self.fault = fault


def read_one(report: Report, options: ReadingOptions) -> str:
    """Return the reading of one report in the form of docs/contract.md, as the ledger keeps it: a pure function."""
    try:
        row = to_json(make_reading(report, options), places=True, why=True)
    except UnsoundReadingError as error:
        raise BadInputError(str(error)) from None
    return json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _is_ready(read: Callable[[Report, ReadingOptions], str]) -> bool:
    """Say that a function is there: to hear of it, its module and all that it needs was loaded."""
    return callable(read)


@dataclass(slots=True)
class Reader:
    """Asks for readings in the other process, which is started when first needed and anew where it ended."""

    options: ReadingOptions
    limits: ScaleLimits
    read: Callable[[Report, ReadingOptions], str] = read_one
    _process: Process | None = field(default=None, init=False)

    def reading(self, report: Report) -> str:
        """Return what `read_one` makes of a report; raise SetAsideError where nothing comes of it.

        What ends the process is tried again, since chance kills too; what hangs is not: it has had its time.
        """
        ended = ""
        for _ in range(self.limits.tries):
            try:
                return self._asked(report)
            except (EOFError, OSError):
                ended = self._how_it_ended()
        raise SetAsideError("crashed", f"its reader ended ({ended}) {self.limits.tries} times")

    def end(self) -> None:
        """Stop the process; the next report starts another."""
        if self._process is not None:
            self._process.end()
            self._process = None

    def _asked(self, report: Report) -> str:
        process = self._process or self._started()
        try:
            process.send(self.limits.record_seconds, self.limits.record_bytes, self.read, report, self.options)
            if not process.answers.poll(self.limits.record_seconds):
                self.end()
                seconds = self.limits.record_seconds
                raise SetAsideError("hung", f"not read after {seconds} seconds (limit record_seconds)")
            kind, answer, leaving = process.answers.recv()
        except KeyboardInterrupt:
            # The next question must not get this one's answer.
            self.end()
            raise
        if leaving:
            self.end()
        if kind == "made":
            words: str = answer
            return words
        raise self._fault(kind, answer)

    def _started(self) -> Process:
        """Start the process and wait until it is ready: on a busy machine that must not count as a report's time."""
        process = self._process = Process()
        process.send(START_SECONDS, self.limits.record_bytes, _is_ready, self.read)
        if not process.answers.poll(START_SECONDS):
            self.end()
            raise EOFError
        process.answers.recv()
        return process

    def _fault(self, kind: str, answer: object) -> SetAsideError:
        if kind == "refused":
            return SetAsideError("unsound", str(answer))
        if kind == "memory":
            limit = self.limits.record_bytes
            return SetAsideError("memory", f"needs over {limit:,} bytes of memory (limit record_bytes)")
        return SetAsideError("broken", f"its reader broke down ({answer})")

    def _how_it_ended(self) -> str:
        status = 0 if self._process is None else self._process.ended()
        self._process = None
        return status_words(status)
