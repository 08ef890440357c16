"""How much Marsad takes from the network, and how patient it is: every limit by name, with its reason."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace

from marsad.errors import BadInputError


def _limit(value: int, reason: str) -> int:
    found: int = field(default=value, metadata={"reason": reason})
    return found


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """The limits of fetching; `marsad add --limit NAME=NUMBER` sets another, and `[limits]` in a file of sources."""

    connect_seconds: int = _limit(10, "to be let in; a server that is up takes less than one")
    read_seconds: int = _limit(20, "of silence in the middle of an answer")
    total_seconds: int = _limit(120, "for one answer, so that a server that drips holds up nobody")
    fetched_bytes: int = _limit(100_000_000, "of one answer, also unpacked; a year's report with pictures has 50 MB")
    robots_bytes: int = _limit(512_000, "of a robots.txt; RFC 9309 asks for 500 KiB at least")
    redirects: int = _limit(10, "from one address to the next; honest ones have two or three")
    attempts: int = _limit(4, "at one address, where the trouble may pass")
    backoff_seconds: int = _limit(2, "before the second attempt, doubled before each further one")
    host_seconds: int = _limit(1, "between two requests to one host; a person clicks no faster")
    wait_seconds: int = _limit(
        120, "that a server may make us wait (Retry-After, Crawl-delay); who asks for more is left"
    )
    robots_hours: int = _limit(24, "that a robots.txt is believed, as RFC 9309 has it")


NAMES = tuple(one.name for one in fields(FetchLimits))


def fetch_limits_from(words: Iterable[str]) -> FetchLimits:
    """Return the limits with those that `words` ("attempts=2") set; raise BadInputError for other words."""
    chosen: dict[str, int] = {}
    for word in words:
        name, _, number = word.partition("=")
        if name not in NAMES or not number.isdigit():
            raise BadInputError(f"--limit {word}: write NAME=NUMBER, the name one of {', '.join(sorted(NAMES))}")
        chosen[name] = int(number)
    return replace(FetchLimits(), **chosen)
