"""How much Marsad takes from the network, and how patient it is: every limit by name, with its reason."""

from dataclasses import dataclass

from marsad.limits import limit


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """The limits of fetching; `marsad add --limit NAME=NUMBER` sets another, and `[limits]` in a file of sources."""

    connect_seconds: int = limit(10, "to be let in; a server that is up takes less than one")
    read_seconds: int = limit(20, "of silence in the middle of an answer")
    total_seconds: int = limit(120, "for one answer, so that a server that drips holds up nobody")
    fetched_bytes: int = limit(100_000_000, "of one answer, also unpacked; a year's report with pictures has 50 MB")
    robots_bytes: int = limit(512_000, "of a robots.txt; RFC 9309 asks for 500 KiB at least")
    redirects: int = limit(10, "from one address to the next; honest ones have two or three")
    attempts: int = limit(4, "at one address, where the trouble may pass")
    backoff_seconds: int = limit(2, "before the second attempt, doubled before each further one")
    host_seconds: int = limit(1, "between two requests to one host; a person clicks no faster")
    wait_seconds: int = limit(
        120, "that a server may make us wait (Retry-After, Crawl-delay); who asks for more is left"
    )
    robots_hours: int = limit(24, "that a robots.txt is believed, as RFC 9309 has it")
