"""What a check says: what it looked at, how that stands, and what to do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

State = Literal["well", "note", "fault"]
"""`note` is for what is not there and need not be, or was not looked at; only a `fault` keeps Marsad from its work."""


Said = tuple[State, str, str]
"""What a check says: how it stands, what was found, what to do."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's: `said` is what was found, `advice` what to do about it (empty where all is well)."""

    check: str
    state: State
    said: str
    advice: str = ""


Look = Callable[[], Said]
"""What a check does."""


@dataclass(frozen=True, slots=True)
class Check:
    """A check: the name of its line and the function that looks; it changes nothing and asks no network."""

    name: str
    look: Look


def well(said: str) -> Said:
    """Return that all is well."""
    return "well", said, ""


def note(said: str, advice: str) -> Said:
    """Return that something that one can do without is not there, or was not looked at."""
    return "note", said, advice


def fault(said: str, advice: str) -> Said:
    """Return that something needed is missing or broken."""
    return "fault", said, advice
