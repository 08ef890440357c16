"""What the owners of addresses allow programs, as their robots.txt says (RFC 9309)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from marsad.fetch.address import origin_of
from marsad.fetch.errors import FetchError, ForbiddenFetchError, TemporaryFetchError

if TYPE_CHECKING:
    from protego import Protego

NAME = "marsad"
"""The name by which a robots.txt can speak of this program."""
TOO_MANY = 429


@dataclass(slots=True)
class Robots:
    """The robots.txt of every origin that was asked for, each believed for `hours`.

    `read` fetches one: it returns the text, or raises FetchError with the server's status.
    """

    read: Callable[[str], bytes]
    clock: Callable[[], float]
    hours: int
    bytes_read: int
    _known: dict[str, tuple[float, "Protego"]] = field(default_factory=dict)

    def require_allowed(self, address: str) -> None:
        """Raise ForbiddenFetchError for an address that robots.txt closes, TemporaryFetchError where none is had."""
        if not self._of(address).can_fetch(address, NAME):
            raise ForbiddenFetchError(
                f"{address}: {origin_of(address)}/robots.txt closes it to programs; ask its owner, or save it by hand"
            )

    def pause_seconds(self, address: str) -> float:
        """Return the pause that robots.txt asks for between two requests; 0 where it asks for none or is not known."""
        _, rules = self._known.get(origin_of(address), (0.0, None))
        if rules is None:
            return 0.0
        rate = rules.request_rate(NAME)
        return max(rules.crawl_delay(NAME) or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0)

    def _of(self, address: str) -> "Protego":
        origin = origin_of(address)
        until, rules = self._known.get(origin, (0.0, None))
        if rules is None or self.clock() >= until:
            rules = self._fetched(f"{origin}/robots.txt")
            self._known[origin] = (self.clock() + self.hours * 3600, rules)
        return rules

    def _fetched(self, address: str) -> "Protego":
        from protego import Protego

        try:
            raw = self.read(address)
        except TemporaryFetchError as error:
            # Who cannot say now what is forbidden has not allowed it.
            raise TemporaryFetchError(
                f"{error} (nothing is fetched there without its robots.txt)", error.status, error.wait_seconds
            ) from None
        except FetchError as error:
            if error.status is None or error.status == TOO_MANY or not 400 <= error.status < 500:
                raise
            raw = b""
        rules: Protego = Protego.parse(raw[: self.bytes_read].decode("utf-8", "replace"))
        return rules
