"""Runs parsers in a process of their own, which is stopped at a limit of time or memory: no file hangs a reading.

A parser of HTML, PDF, Office files or mail is other people's code at work on a stranger's bytes. A thread cannot be
stopped and memory that it took cannot be refused; a process can, and the next one starts anew. It is kept from file to
file, so that a small one costs a fraction of a millisecond more.
"""

import atexit
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import ParamSpec, TypeVar

import marsad
from marsad.errors import BadInputError
from marsad.read.items import Source

P = ParamSpec("P")
T = TypeVar("T")

# What libraries keep between files (caches, holes in memory) is given back by ending a process that has grown so far.
GROWN_BYTES = 1_000_000_000
STOPPED_SECONDS = 5


class Process:
    """A running process that does tasks one after another (`serve`), and the line to it."""

    def __init__(self) -> None:
        ours, theirs = os.pipe(), os.pipe()
        inner = (ours[0], theirs[1])
        home = os.pathsep.join(
            [str(Path(marsad.__file__).parent.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
        )
        try:
            self._child = subprocess.Popen(
                [sys.executable, "-c", f"from marsad.read.worker import serve; serve({ours[0]}, {theirs[1]})"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=inner,
                env={**os.environ, "PYTHONPATH": home, "OMP_NUM_THREADS": "1"},
            )
        except OSError:
            for one in (ours[1], theirs[0]):
                os.close(one)
            raise
        finally:
            for one in inner:
                os.close(one)
        self.tasks = Connection(ours[1], readable=False)
        self.answers = Connection(theirs[0], writable=False)

    def send(self, seconds: int, memory: int, function: Callable[..., object], *args: object, **kwargs: object) -> None:
        """Ask for what a function makes of its arguments; `answers` then gives its kind, the answer and whether to end.

        The kind is "made", "refused" (BadInputError), "memory" or "broken" (words of any other error). The process
        takes so many bytes and no more, and so many seconds (0: any number): it ends itself even where nobody is left
        to stop it.
        """
        self.tasks.send((seconds, memory, function, args, kwargs))

    def end(self) -> int:
        """Stop the process at once and return how it ended."""
        with suppress(OSError):
            self.tasks.close()
        self._child.kill()
        self.answers.close()
        return self._child.wait(STOPPED_SECONDS)

    def ended(self) -> int:
        """Return how a process ended that stopped of itself."""
        with suppress(subprocess.TimeoutExpired):
            return self._child.wait(STOPPED_SECONDS)
        return self.end()


_ONE_AT_A_TIME = threading.Lock()
_running: list[Process] = []


def apart(source: Source, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return what `function` makes of its arguments, worked out in the other process within the limits of `source`.

    `function` stands at the top of a module; it and what it takes and gives can be pickled. Raises BadInputError as
    `function` does, and where the limits `parser_seconds` or `parser_bytes` are met or the parser breaks down.
    """
    with _ONE_AT_A_TIME:
        process = _process(source)
        try:
            process.send(source.limits.parser_seconds, source.limits.parser_bytes, function, *args, **kwargs)
            if not process.answers.poll(source.limits.parser_seconds):
                seconds = source.limits.parser_seconds
                stop()
                raise BadInputError(
                    f"{source.name}: not read after {seconds} seconds (limit parser_seconds); save its text alone"
                )
            kind, answer, leaving = process.answers.recv()
        except (EOFError, OSError):
            raise BadInputError(_broken(source, process)) from None
        except BaseException:
            # Interrupted between a question and its answer: the next question must not get this one's answer.
            stop()
            raise
        if leaving:
            stop()
    if kind == "made":
        made: T = answer
        return made
    raise _fault(source, kind, answer)


def _fault(source: Source, kind: str, answer: object) -> BadInputError:
    if isinstance(answer, BadInputError):
        return answer
    if kind == "memory":
        limit = source.limits.parser_bytes
        return BadInputError(f"{source.name}: needs over {limit:,} bytes of memory (limit parser_bytes); cut it up")
    return BadInputError(f"{source.name}: its parser broke down ({answer}); save its text alone")


def _broken(source: Source, process: Process) -> str:
    status = process.ended()
    _running.clear()
    # The kernel kills what takes the machine's last memory; libraries in C abort where they get none.
    if -status in (signal.SIGKILL, signal.SIGABRT, signal.SIGTRAP):
        limit = source.limits.parser_bytes
        return f"{source.name}: its parser broke down, most likely for want of memory (limit parser_bytes={limit})"
    return f"{source.name}: its parser broke down ({status_words(status)}); save its text alone"


def status_words(status: int) -> str:
    """Return how a process ended: the name of the signal that ended it, or its own number."""
    return f"status {status}" if status >= 0 else signal.Signals(-status).name


def _process(source: Source) -> Process:
    if not _running:
        try:
            _running.append(Process())
        except OSError as error:
            raise BadInputError(
                f"{source.name}: the process that parses files cannot be started ({error.strerror}); try again"
            ) from None
    return _running[0]


def stop() -> None:
    """End the process for the parsers; the next file starts another."""
    while _running:
        _running.pop().end()


atexit.register(stop)
# A forked copy of this program has no business with its parent's process.
os.register_at_fork(after_in_child=_running.clear)


def serve(tasks: int, answers: int) -> None:
    """Do the tasks that come in, one after another, until the program that asks is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    incoming, outgoing = Connection(tasks, writable=False), Connection(answers, readable=False)

    def tell(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
        outgoing.send(("broken", f"{kind.__name__}: {error}".split("\n")[0][:120], True))

    sys.excepthook = tell
    while True:
        try:
            seconds, memory, function, args, kwargs = incoming.recv()
        except EOFError:
            return
        # Who asks stops it at the limit; where that one was killed, the alarm ends what would run for ever.
        signal.alarm(seconds + STOPPED_SECONDS if seconds else 0)
        limit_memory(memory)
        try:
            kind, answer = "made", function(*args, **kwargs)
        except BadInputError as error:
            kind, answer = "refused", error
        except MemoryError:
            outgoing.send(("memory", None, True))
            return
        signal.alarm(0)
        leaving = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 > GROWN_BYTES
        outgoing.send((kind, answer, leaving))


def limit_memory(memory: int) -> None:
    """Let this process take so many bytes and no more."""
    # Where the system knows no such limit (macOS), or has a lower one, that is how it is.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, resource.getrlimit(resource.RLIMIT_AS)[1]))
