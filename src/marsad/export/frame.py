"""What every export states of itself, and what a format is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from marsad.export.entries import Entry, Running, Written
from marsad.export.profiles import Profile
from marsad.ledger import Policy


@dataclass(frozen=True, slots=True)
class Frame:
    """The facts beside the data: which Marsad, as of which `moment`, by which policy, for whom, which incidents.

    `running` are the running totals that stand beside the incidents; only formats that keep the two apart hold them.
    """

    version: str
    moment: datetime | None
    policy: Policy
    profile: Profile
    filters: Mapping[str, str] = field(default_factory=dict)
    running: Sequence[Running] = ()


Writer = Callable[[Sequence[Entry], Frame], Written]


@dataclass(frozen=True, slots=True)
class Format:
    """One codebook: how it is called, how its file ends, what writes it, and by which rules.

    `needs` names the packages of `marsad[export]` that it cannot do without; `unchecked` what could not be held
    against a public source.
    """

    name: str
    title: str
    suffix: str
    write: Writer
    rules: tuple[str, ...]
    checked: str
    unchecked: str = ""
    needs: tuple[str, ...] = ()
    is_text: bool = True
