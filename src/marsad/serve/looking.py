"""Says who looks at which case, so that two people do not do one thing twice; kept in memory, never in the record.

A mark is a courtesy and no lock: it goes by itself, and anybody may judge what somebody else looks at. What keeps
words from crossing is that a case is judged as it was seen (`Case.state`): see marsad.serve.deciding.
"""

from datetime import datetime, timedelta
from threading import Lock

LOOKS = timedelta(minutes=4)
"""How long a mark stands: about as long as a pair of long reports takes to read."""


class Looking:
    """The marks of one process: per case who looked at it last, and when."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._marks: dict[str, tuple[str, datetime]] = {}
        self.deciding = Lock()
        """Held from checking that a case is as it was seen until the word on it is recorded."""

    def mark(self, case: str, name: str, now: datetime) -> None:
        """Say that a person looks at a case; the case they looked at before is free again."""
        with self._lock:
            self._marks = {
                key: (who, since) for key, (who, since) in self._marks.items() if who != name and since + LOOKS > now
            }
            self._marks[case] = (name, now)

    def leave(self, case: str, name: str) -> None:
        """Take a person's mark from a case."""
        with self._lock:
            if self._marks.get(case, ("",))[0] == name:
                del self._marks[case]

    def others(self, name: str, now: datetime) -> dict[str, str]:
        """Return, per case, who else looks at it now."""
        with self._lock:
            marks = dict(self._marks)
        return {case: who for case, (who, since) in marks.items() if who != name and since + LOOKS > now}
