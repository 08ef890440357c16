"""What the page's process writes about itself: where a fault was, never on whose data."""

import logging
from collections.abc import Iterator
from traceback import walk_tb
from types import TracebackType
from typing import Any

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Frames(logging.Formatter):
    """Writes an exception as its kind and the places it came through; its message could hold words of a report."""

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802  (the name is logging's)
        """Return the kind and the places of an exception and of those it came from."""
        return "\n".join(line for error in _chain(ei[1]) for line in _lines(error))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _lines(error: BaseException) -> Iterator[str]:
    yield f"{type(error).__name__}, message left out"
    for frame, line in walk_tb(error.__traceback__):
        yield f"  {frame.f_code.co_filename}:{line} in {frame.f_code.co_name}"


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"frames": {"()": Frames, "fmt": "%(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "frames"}},
    "loggers": {
        "uvicorn": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "marsad.serve": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
"""No access log: addresses hold what people searched for. Of requests only faults are written, by their route."""
