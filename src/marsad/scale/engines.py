"""Who does the parts: processes of this machine, or a Ray cluster; both run the same function and keep nothing."""

import os
import socket
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Protocol

from marsad import __version__
from marsad.errors import BadInputError
from marsad.read.extras import require_library
from marsad.read.packed import brief
from marsad.read.worker import Process, status_words
from marsad.scale.plan import Part
from marsad.scale.work import Done, How, map_part

# A worker reads its part in turn and asks another process for each reading; this one's own memory is small.
WORKER_BYTES = 8_000_000_000
# Enough parts wait on a cluster that no core idles; few enough that the plan of a large input is not held in memory.
WAITING = 4
ANSWER_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Lost:
    """A part whose worker ended before it was done, and what is known of how."""

    words: str


Outcome = tuple[Part, Done | Lost]
Work = Callable[[Part, How, str], Done]


class Engine(Protocol):
    """Does parts and yields what became of each, in any order."""

    def run(self, parts: Iterable[Part], how: How, folder: str) -> Iterator[Outcome]:
        """Do the parts; raise BadInputError where a result cannot be written."""
        ...


@dataclass(slots=True)
class Processes:
    """So many processes of this machine; one that ends is replaced, and takes its own part with it and no other."""

    jobs: int
    work: Work = map_part

    def run(self, parts: Iterable[Part], how: How, folder: str) -> Iterator[Outcome]:
        """Do the parts, one a process at a time."""
        coming, idle = iter(parts), deque[Process]()
        busy: dict[Connection, tuple[Process, Part]] = {}
        try:
            while True:
                while len(busy) < self.jobs and (part := next(coming, None)) is not None:
                    process = self._asked(idle, part, how, folder)
                    busy[process.answers] = process, part
                if not busy:
                    return
                for answers in wait(list(busy)):
                    assert isinstance(answers, Connection)
                    process, part = busy.pop(answers)
                    yield part, _answer(process, idle)
        finally:
            for process in (*idle, *(one for one, _ in busy.values())):
                process.end()

    def _asked(self, idle: deque[Process], part: Part, how: How, folder: str) -> Process:
        """Return a process that has begun with a part; one that was killed while it was idle is let go."""
        while idle:
            process = idle.popleft()
            try:
                process.send(0, WORKER_BYTES, self.work, part, how, folder)
            except OSError:
                process.end()
            else:
                return process
        process = Process()
        process.send(0, WORKER_BYTES, self.work, part, how, folder)
        return process


def _answer(process: Process, idle: deque[Process]) -> Done | Lost:
    """Return what a process says of its part; one that goes on is idle then."""
    try:
        kind, answer, leaving = process.answers.recv()
    except (EOFError, OSError):
        return Lost(f"its worker ended ({status_words(process.ended())})")
    if leaving or kind not in ("made", "refused"):
        process.end()
    else:
        idle.append(process)
    if kind == "refused":
        raise answer
    return _of_this_program(answer) if kind == "made" else Lost(f"its worker broke down ({kind}: {answer})")


@dataclass(slots=True)
class Cluster:
    """A Ray cluster by its address (None: one of this machine's own), one core a part; Ray's own retries are off."""

    address: str | None
    jobs: int | None
    work: Work = map_part

    def run(self, parts: Iterable[Part], how: How, folder: str) -> Iterator[Outcome]:
        """Do the parts on every core of the cluster, or on so many at once as asked."""
        ray = self._joined()
        # A worker that dies is told of at once: the part is then tried alone, as on one machine.
        task = ray.remote(num_cpus=1, max_retries=0)(self.work)
        most = self.jobs or max(1, int(ray.cluster_resources().get("CPU", 1)))
        coming, waiting = iter(parts), dict[Any, Part]()
        try:
            while True:
                room = most if self.jobs else most * WAITING
                while len(waiting) < room and (part := next(coming, None)) is not None:
                    waiting[task.remote(part, how, folder)] = part
                if not waiting:
                    return
                ready, _ = ray.wait(list(waiting), num_returns=1)
                for one in ready:
                    yield waiting.pop(one), _fetched(ray, one)
        finally:
            for one in waiting:
                ray.cancel(one, force=True)

    def _joined(self) -> Any:
        """Return the library, in touch with the cluster; nothing is told to its makers."""
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
        ray = require_library("ray", "--runner ray")
        if not ray.is_initialized():
            _require_answer(self.address)
            own = {"num_cpus": self.jobs, "include_dashboard": False} if self.address is None else {}
            try:
                ray.init(address=self.address or "local", log_to_driver=False, logging_level="error", **own)
            except (ConnectionError, ValueError, RuntimeError) as error:
                raise BadInputError(f"--address {self.address}: no Ray cluster answers ({brief(error)})") from None
        return ray


def _require_answer(address: str | None) -> None:
    """Raise BadInputError where nobody answers at an address: Ray itself would wait for minutes."""
    host, _, port = (address or "").removeprefix("ray://").rpartition(":")
    if not port.isdigit():
        return
    try:
        socket.create_connection((host, int(port)), ANSWER_SECONDS).close()
    except (OSError, OverflowError) as error:
        raise BadInputError(f"--address {address}: no Ray cluster answers ({error}); check the address") from None


def _fetched(ray: Any, one: Any) -> Done | Lost:
    try:
        return _of_this_program(ray.get(one))
    except ray.exceptions.RayTaskError as error:
        if isinstance(error.cause, BadInputError):
            raise error.cause from None
        return Lost(f"its worker broke down ({type(error.cause).__name__})")
    except (ray.exceptions.WorkerCrashedError, ray.exceptions.NodeDiedError, ray.exceptions.OutOfMemoryError) as error:
        return Lost(f"its worker ended ({type(error).__name__})")
    except ray.exceptions.RayError as error:
        # Not one worker but the cluster: nothing is set aside for that.
        raise BadInputError(f"the cluster does not answer ({brief(error)}); the same command goes on") from None


def _of_this_program(done: Done) -> Done:
    if done.program != __version__:
        raise BadInputError(
            f"a worker runs Marsad {done.program}, this is {__version__}: install one version everywhere"
        )
    return done


def jobs_of_this_machine() -> int:
    """Return how many processes this machine is worth: one for each core that this one may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
