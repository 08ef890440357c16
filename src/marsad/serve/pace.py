"""Keeps a desk answering for everybody: how many requests one address and one person may make."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from math import ceil
from time import monotonic
from typing import Literal

from starlette.exceptions import HTTPException
from starlette.requests import Request

Kind = Literal["look", "read", "write", "give", "login"]


@dataclass(frozen=True, slots=True)
class Limit:
    """So many requests at once, and then so many a minute."""

    at_once: int
    a_minute: int


PER_PERSON: Mapping[Kind, Limit] = {
    # A page with its map and its files is about six requests; a program that pages through a large ledger asks often.
    "look": Limit(300, 600),
    # A report takes a tenth of a second of one core, a very long one some seconds: nobody pastes faster than this.
    "read": Limit(30, 60),
    # The review desk is answered by single keys: three a second is faster than anybody thinks.
    "write": Limit(60, 180),
    # An export goes through the whole ledger: a form for each format at once, then one every few seconds.
    "give": Limit(20, 20),
}
PER_ADDRESS: Mapping[Kind, Limit] = {
    # An office shares one address: five people's worth.
    "look": Limit(1500, 3000),
    "read": Limit(150, 300),
    "write": Limit(300, 900),
    "give": Limit(60, 60),
    # Each try costs a password's hash (Argon2, 64 MB); an office that comes in at nine needs twenty. That one name is
    # not tried out is the business of the accounts, which close it after eight wrong passwords.
    "login": Limit(20, 20),
}
MOST_KEPT = 20_000
"""How many addresses and people are remembered; beyond that the one that came longest ago is forgotten."""
READING = frozenset({"/read", "/add", "/api/v1/read", "/api/v1/reports"})
"""Where a request has a report read."""

GIVING = "/export.zip"
"""Where the ledger is given away."""


class Pace:
    """Counts requests: each address and each person has a store of them that fills up again with time."""

    def __init__(
        self,
        clock: Callable[[], float] = monotonic,
        per_person: Mapping[Kind, Limit] = PER_PERSON,
        per_address: Mapping[Kind, Limit] = PER_ADDRESS,
    ) -> None:
        self._clock = clock
        self._limits = {"person": per_person, "address": per_address}
        self._left: OrderedDict[tuple[str, Kind, str], tuple[float, float]] = OrderedDict()

    def require_address(self, request: Request) -> None:
        """Count a request of an address; raise 429 with Retry-After where there were too many."""
        self._require("address", kind_of(request), address_of(request))

    def require_person(self, request: Request, name: str) -> None:
        """Count a request of a person; raise 429 with Retry-After where there were too many."""
        self._require("person", kind_of(request), name)

    def _require(self, whose: str, kind: Kind, who: str) -> None:
        limit = self._limits[whose].get(kind)
        wait = 0.0 if limit is None else self._take((whose, kind, who), limit)
        if wait > 0:
            seconds = ceil(wait)
            words = f"too many requests: wait {seconds} {'second' if seconds == 1 else 'seconds'} and try again"
            raise HTTPException(429, words, headers={"Retry-After": str(seconds)})

    def _take(self, key: tuple[str, Kind, str], limit: Limit) -> float:
        """Take one request out of a store; return 0, or after how many seconds there will be one."""
        now = self._clock()
        left, then = self._left.get(key, (float(limit.at_once), now))
        left = min(limit.at_once, left + (now - then) * limit.a_minute / 60)
        wait = 0.0 if left >= 1 else (1 - left) * 60 / limit.a_minute
        self._left[key] = (left if wait else left - 1, now)
        self._left.move_to_end(key)
        while len(self._left) > MOST_KEPT:
            self._left.popitem(last=False)
        return wait


def kind_of(request: Request) -> Kind:
    """Return which limit a request falls under; whatever sends something writes, unless it is known to read."""
    if request.method in ("GET", "HEAD"):
        return "give" if request.scope.get("path") == GIVING else "look"
    path = request.url.path
    if path == "/login":
        return "login"
    return "read" if path in READING else "write"


def address_of(request: Request) -> str:
    """Return whose address asks; of IPv6 the network, since one house has a whole one to itself."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(address.exploded[:19]) if isinstance(address, IPv6Address) else host
