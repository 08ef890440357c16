"""Time as fetching needs it, and the pause that every host gets between two requests."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Time:
    """The clocks that fetching looks at, and how it waits; tests put their own in place."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = _now


@dataclass(slots=True)
class Pace:
    """Keeps requests to one host apart."""

    time: Time
    _free: dict[str, float] = field(default_factory=dict)

    def wait(self, host: str, pause_seconds: float) -> None:
        """Wait until the host may be asked again, and keep it free for `pause_seconds` from then on."""
        now = self.time.monotonic()
        until = self._free.get(host, now)
        if until > now:
            self.time.sleep(until - now)
        self._free[host] = max(until, now) + pause_seconds
