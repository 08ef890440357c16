"""Takes values out of a table of the sources' file, and names every fault with its line; nothing is passed over."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from difflib import get_close_matches
from typing import Any

from marsad.watch.lines import Place

_SPAN = re.compile(r"\s*(\d+)\s*(s|m|h|d|w)\s*")
LONGEST = timedelta(days=36_500)
"""A hundred years: so long that it means for ever, and short enough to reckon with."""
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


@dataclass(slots=True)
class Faults:
    """The faults of one file, in the order in which they were found."""

    file: str
    lines: Mapping[Place, int]
    found: list[str] = field(default_factory=list)

    def add(self, place: Place, message: str) -> None:
        """Note a fault at a place of the file."""
        table, number, key = place
        line = self.lines.get(place) or self.lines.get((table, number, ""))
        where = f"{self.file}, line {line}" if line else self.file
        self.found.append(f"{where}: {f'[{table}] ' if table else ''}{f'{key}: ' if key else ''}{message}")


@dataclass(slots=True)
class Table:
    """One table of the file; every value is taken once, and `close` names the keys that nobody took."""

    values: Mapping[str, Any]
    faults: Faults
    name: str = ""
    number: int = 0
    _taken: set[str] = field(default_factory=set)

    def fault(self, key: str, message: str) -> None:
        """Note a fault of a key of this table."""
        self.faults.add((self.name, self.number, key), message)

    def text(self, key: str, default: str = "", *, needed: bool = False) -> str:
        """Return words."""
        value = self._take(key, str, default, "words in quotes", needed)
        return value.strip() if isinstance(value, str) else default

    def texts(self, key: str, default: Sequence[str] = ()) -> tuple[str, ...]:
        """Return a list of words; one word alone is a list of one."""
        value = self._take(key, (str, list), list(default), "words in quotes, or a list of them", False)
        many = [value] if isinstance(value, str) else value
        if not all(isinstance(one, str) for one in many):
            self.fault(key, "write words in quotes, or a list of them")
            return tuple(default)
        return tuple(many)

    def one_of(self, key: str, allowed: Sequence[str], default: str) -> str:
        """Return a word of a closed list."""
        value = self.text(key, default)
        if value not in allowed:
            self.fault(key, f"{value!r} is none of {', '.join(allowed)}")
            return default
        return value

    def number_of(self, key: str, default: int, least: int = 0) -> int:
        """Return a whole number."""
        value = self._take(key, int, default, "a whole number", False)
        if isinstance(value, bool) or value < least:
            self.fault(key, f"write a whole number, at least {least}")
            return default
        return int(value)

    def flag(self, key: str, default: bool) -> bool:
        """Return true or false."""
        return bool(self._take(key, bool, default, "true or false", False))

    def span(self, key: str, default: str, least: str = "0s") -> timedelta:
        """Return a length of time: "30m", "6h", "2d"."""
        words = self.text(key, default)
        found, smallest = span_of(words), span_of(least)
        assert smallest is not None
        if found is None:
            self.fault(key, f"{words!r} is no length of time: write 90s, 30m, 6h, 2d or 1w")
        elif not smallest <= found <= LONGEST:
            self.fault(key, f"{words} is no sensible length: {least} to {LONGEST.days}d")
        else:
            return found
        return span_of(default) or smallest

    def under(self, name: str) -> Mapping[str, Any]:
        """Return the tables or values under a table of that name."""
        found = self.values.get(name, {})
        self.ignore(name)
        if not isinstance(found, dict):
            self.fault(name, f"write [{name}] above its keys")
            return {}
        return found

    def ignore(self, key: str) -> None:
        """Leave a key to somebody else."""
        self._taken.add(key)

    def close(self) -> None:
        """Note every key that nothing is known of, with the one it may be meant for."""
        for key in self.values:
            if key not in self._taken:
                near = get_close_matches(key, self._taken, 1)
                self.fault(key, f"is not known here{f'; do you mean {near[0]}?' if near else ''}")

    def _take(self, key: str, kind: Any, default: Any, wanted: str, needed: bool) -> Any:
        self._taken.add(key)
        if key not in self.values:
            if needed:
                self.faults.add((self.name, self.number, ""), f"{key} is missing: write {key} = {wanted}")
            return default
        value = self.values[key]
        if not isinstance(value, kind) or (needed and not value):
            self.fault(key, f"write {wanted}")
            return default
        return value


def span_of(words: str) -> timedelta | None:
    """Return the length of time that words mean; None for other words."""
    found = _SPAN.fullmatch(words)
    # So many digits are more seconds than a length of time can have.
    if not found or len(found[1]) > 9:
        return None
    return timedelta(seconds=int(found[1]) * _SECONDS[found[2]])
