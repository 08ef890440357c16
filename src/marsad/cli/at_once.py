"""Reads many reports at once in processes of their own, and gives the readings back in the order of the reports."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context

from marsad.model import Reading, Report
from marsad.reading import Coming, Made, ReadingOptions

# Starting a process and its model takes as long as reading a few dozen reports.
FILES_WORTH_IT = 100
# Enough reports wait for each process that none idles while a long one is recorded; few enough for little memory.
WAITING = 8


def jobs_for(asked: int | None, files: int) -> int:
    """Return how many processes to read in: as asked, else one for each core where there are files enough."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return asked or (cores if files >= FILES_WORTH_IT else 1)


@dataclass(slots=True)
class Ahead:
    """Reads ahead of who takes: while one report is recorded, the next are being read; `make` gives its reading."""

    reader: Callable[[Report, ReadingOptions], Reading]
    options: ReadingOptions
    jobs: int
    _current: Future[Reading] | None = field(default=None, init=False)

    def items(self, coming: Iterable[Coming]) -> Iterator[Coming]:
        """Yield what is coming, each when its reading is under way."""
        if self.jobs == 1:
            yield from coming
            return
        # A forked process would share this one's database connections; a spawned one shares nothing.
        pool = ProcessPoolExecutor(self.jobs, mp_context=get_context("spawn"), initializer=_leave_interrupts_to_parent)
        waiting: deque[tuple[Coming, Future[Reading] | None]] = deque()
        try:
            for item in coming:
                under_way = None if isinstance(item, Made) else pool.submit(self.reader, item[0], self.options)
                waiting.append((item, under_way))
                if len(waiting) >= WAITING * self.jobs:
                    yield self._next(waiting)
            while waiting:
                yield self._next(waiting)
        finally:
            pool.shutdown(cancel_futures=True)

    def make(self, report: Report) -> Reading:
        """Return the reading of the report that was yielded last."""
        if self._current is None:
            return self.reader(report, self.options)
        return self._current.result()

    def _next(self, waiting: deque[tuple[Coming, Future[Reading] | None]]) -> Coming:
        item, self._current = waiting.popleft()
        return item


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
