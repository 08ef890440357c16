"""Fetches one address: robots and pace first, redirects one by one, each hop checked as if it had been typed."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from marsad import __version__
from marsad.fetch.address import host_of, whole_address
from marsad.fetch.body import ACCEPTED, take_body
from marsad.fetch.errors import FetchError, TemporaryFetchError
from marsad.fetch.limits import FetchLimits
from marsad.fetch.pace import Pace, Time
from marsad.fetch.robots import NAME, Robots

if TYPE_CHECKING:
    from httpcore2 import ConnectionPool, Response
    from tenacity import RetryCallState

    from marsad.fetch.network import Deadline, Lookup

REDIRECTS = frozenset({301, 302, 303, 307, 308})
NOT_MODIFIED = 304
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers that may be others soon."""
LATER_SECONDS = 3_600
"""After how long a server that was far too slow may be asked again."""
MOST_SECONDS = 7 * 86_400
"""A server that asks for more than a week of silence is asked again after the week."""
_SAYS = {
    401: "it wants a login; fetch it by hand",
    403: "it refuses programs, or this one; fetch it by hand",
    404: "there is no such page; check the address",
    410: "the page is gone for good",
    451: "the page is withheld by law",
}


@dataclass(frozen=True, slots=True)
class Manners:
    """How this program behaves: its limits, whom to write to about it, and whether private addresses may be called."""

    limits: FetchLimits = field(default_factory=FetchLimits)
    contact: str | None = None
    allow_private: bool = False

    @property
    def user_agent(self) -> str:
        """The name under which the program asks."""
        return f"{NAME}/{__version__}" + (f" (+{self.contact})" if self.contact else "")


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a server recognises the copy that one has: it answers 304 where nothing changed. Of one address."""

    address: str
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: `body` unpacked, from `address` after redirects; `unchanged` where it is as it was."""

    asked: str
    address: str
    retrieved: datetime
    body: bytes = b""
    media_type: str | None = None
    charset: str | None = None
    validators: Validators | None = None
    unchanged: bool = False


class Fetcher:
    """Fetches addresses one after the other; keeps what it learnt of each host while it lives. Close it in the end.

    `tell` is called with a line before each wait for another attempt at an address.
    """

    def __init__(
        self,
        manners: Manners | None = None,
        time: Time | None = None,
        lookup: "Lookup | None" = None,
        tell: Callable[[str], None] | None = None,
    ) -> None:
        self.manners = manners or Manners()
        self.time = time or Time()
        limits = self.manners.limits
        self._pace = Pace(self.time)
        self._robots = Robots(self._robots_text, self.time.monotonic, limits.robots_hours, limits.robots_bytes)
        self._lookup = lookup
        self._tell = tell
        self._opened: tuple[ConnectionPool, Deadline] | None = None

    def get(self, asked: str, known: Validators | None = None) -> Fetched:
        """Return what an address gives; raise FetchError where it gives nothing, with what to do.

        `known` are the validators of what was fetched before: the answer is `unchanged` where they still hold.
        """
        return self._followed(asked, known, ask_robots=True)

    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Send `body` to an address that a user named, once; raise FetchError where it is not taken."""
        with self._asking("POST", whole_address(address), headers, body) as response:
            if not 200 <= response.status < 300:
                error = TemporaryFetchError if response.status in PASSING else FetchError
                says = "did not take it; check the address and the secret"
                raise error(f"{address}: the server answers {response.status} and {says}", response.status)

    def close(self) -> None:
        """Close all connections."""
        if self._opened is not None:
            self._opened[0].close()
            self._opened = None

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _followed(self, asked: str, known: Validators | None, *, ask_robots: bool) -> Fetched:
        address = whole_address(asked)
        hops: list[str] = []
        while len(hops) <= self.manners.limits.redirects:
            if address in hops:
                raise FetchError(f"{asked}: leads in a circle, back to {address}; name the page itself")
            hops.append(address)
            if ask_robots:
                self._robots.require_allowed(address)
            found = self._patiently(asked, address, known)
            if isinstance(found, Fetched):
                return found
            address = whole_address(found, address)
        limit = self.manners.limits.redirects
        raise FetchError(f"{asked}: leads on more than {limit} times (limit redirects={limit}); name the page itself")

    def _robots_text(self, address: str) -> bytes:
        return self._followed(address, None, ask_robots=False).body

    def _patiently(self, asked: str, address: str, known: Validators | None) -> Fetched | str:
        """Return what one hop gives, or where it leads; trouble that may pass is waited out, as the limits allow."""
        from tenacity import Retrying, retry_if_exception, stop_after_attempt

        limits = self.manners.limits
        retrying = Retrying(
            sleep=self.time.sleep,
            stop=stop_after_attempt(limits.attempts),
            wait=lambda state: _pause(state, limits),
            retry=retry_if_exception(lambda error: _is_worth_waiting(error, limits)),
            before_sleep=self._tell_wait,
            reraise=True,
        )
        return retrying(self._once, asked, address, known)

    def _tell_wait(self, state: "RetryCallState") -> None:
        error = state.outcome.exception() if state.outcome else None
        if self._tell is not None and error is not None:
            attempt, attempts = state.attempt_number + 1, self.manners.limits.attempts
            self._tell(f"{error}; asking again in {state.upcoming_sleep:.0f} seconds (attempt {attempt} of {attempts})")

    def _once(self, asked: str, address: str, known: Validators | None) -> Fetched | str:
        headers = _conditions(known) if known and known.address == address else {}
        with self._asking("GET", address, headers) as response:
            if response.status in REDIRECTS and (to := _header(response, "location")):
                return to
            now = self.time.now()
            if response.status == NOT_MODIFIED and headers:
                return Fetched(asked, address, now, validators=known, unchanged=True)
            if response.status != 200:
                raise self._refusal(address, response)
            limit = self.manners.limits.fetched_bytes
            packing = _header(response, "content-encoding") or ""
            body = take_body(response.iter_stream(), packing, limit, address)
            kind, charset = _kind(_header(response, "content-type"))
            told = Validators(address, _header(response, "etag"), _header(response, "last-modified"))
            return Fetched(asked, address, now, body, kind, charset, told)

    @contextmanager
    def _asking(
        self, method: str, address: str, more: Mapping[str, str], body: bytes | None = None
    ) -> Iterator["Response"]:
        """Give the answer to one request; whatever fails is raised as a FetchError in plain words."""
        import httpcore2

        pool, deadline = self._open()
        limits = self.manners.limits
        asked_for = min(self._robots.pause_seconds(address), limits.wait_seconds)
        self._pace.wait(host_of(address), max(limits.host_seconds, asked_for))
        deadline.until = self.time.monotonic() + limits.total_seconds
        silence = {"read": limits.read_seconds, "write": limits.read_seconds}
        times = {"connect": limits.connect_seconds, "pool": limits.connect_seconds, **silence}
        told = {"User-Agent": self.manners.user_agent, "Accept": "*/*", "Accept-Encoding": ACCEPTED, **more}
        headers: list[tuple[bytes | str, bytes | str]] = [*told.items()]
        try:
            with pool.stream(method, address, headers=headers, content=body, extensions={"timeout": times}) as response:
                yield response
        except (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            raise _explained(address, error, limits) from None

    def _open(self) -> "tuple[ConnectionPool, Deadline]":
        if self._opened is None:
            from httpcore2 import ConnectionPool

            from marsad.fetch.network import CheckedNetwork, Deadline, look_up

            deadline = Deadline(self.time.monotonic)
            lookup = self._lookup or look_up
            network = CheckedNetwork(deadline, allow_private=self.manners.allow_private, lookup=lookup)
            pool = ConnectionPool(max_connections=4, keepalive_expiry=5, network_backend=network)
            self._opened = pool, deadline
        return self._opened

    def _refusal(self, address: str, response: "Response") -> FetchError:
        status = response.status
        says = _SAYS.get(status, "try again later" if status in PASSING or status >= 500 else "fetch it by hand")
        message = f"{address}: the server answers {status}: {says}"
        if status in PASSING:
            return TemporaryFetchError(message, status, _asked_to_wait(response, self.time.now()))
        return FetchError(message, status)


def _conditions(known: Validators) -> dict[str, str]:
    told = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in told.items() if value}


def _is_worth_waiting(error: BaseException, limits: FetchLimits) -> bool:
    return isinstance(error, TemporaryFetchError) and (error.wait_seconds or 0) <= limits.wait_seconds


def _pause(state: "RetryCallState", limits: FetchLimits) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = error.wait_seconds if isinstance(error, TemporaryFetchError) else None
    return max(asked or 0.0, min(limits.backoff_seconds * 2.0 ** (state.attempt_number - 1), limits.wait_seconds))


def _asked_to_wait(response: "Response", now: datetime) -> float | None:
    """Return the seconds of a Retry-After, a number or a date: a week at most; None where it is neither."""
    words = _header(response, "retry-after")
    if not words:
        return None
    if words.strip().isdecimal():
        return min(float(words), MOST_SECONDS)
    try:
        until = parsedate_to_datetime(words)
    except (ValueError, OverflowError):
        return None
    seconds = ((until if until.tzinfo else until.replace(tzinfo=UTC)) - now).total_seconds()
    return min(max(0.0, seconds), MOST_SECONDS)


def _explained(address: str, error: Exception, limits: FetchLimits) -> FetchError:
    import httpcore2

    from marsad.fetch.network import PrivateAddressError, TooSlowError, UnknownNameError, UnprovenNameError

    if isinstance(error, PrivateAddressError):
        return FetchError(f"{address}: {error}; allow it by --allow-private (allow_private = true), if it is yours")
    if isinstance(error, UnknownNameError):
        return FetchError(f"{address}: {error}; check the address and the network")
    if isinstance(error, TooSlowError):
        limit = limits.total_seconds
        # Not at once: it would hold us up as long again, and again.
        return TemporaryFetchError(
            f"{address}: took longer than {limit} seconds (limit total_seconds={limit}); try again later",
            wait_seconds=max(LATER_SECONDS, limits.wait_seconds + 1),
        )
    if isinstance(error, UnprovenNameError):
        return FetchError(f"{address}: its certificate does not hold ({error}); check the address, and this clock")
    if isinstance(error, httpcore2.TimeoutException):
        return TemporaryFetchError(f"{address}: no answer in time; try again later")
    return TemporaryFetchError(f"{address}: no answer ({str(error) or type(error).__name__}); try again later")


def _header(response: "Response", name: str) -> str | None:
    wanted = name.encode("ascii")
    found = next((value for key, value in response.headers if key.lower() == wanted), None)
    return None if found is None else found.decode("latin-1").strip() or None


def _kind(words: str | None) -> tuple[str | None, str | None]:
    """Return the media type of a Content-Type and its charset."""
    if not words:
        return None, None
    message = Message()
    message["Content-Type"] = words
    return message.get_content_type(), message.get_content_charset()
