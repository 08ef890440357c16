"""From an address to bytes, politely: robots, pace, limits, retries, and no way into private networks."""

from marsad.fetch.address import is_address
from marsad.fetch.errors import FetchError, TemporaryFetchError
from marsad.fetch.fetcher import Fetched, Fetcher, Manners, Validators
from marsad.fetch.limits import FetchLimits

__all__ = [
    "FetchError",
    "FetchLimits",
    "Fetched",
    "Fetcher",
    "Manners",
    "TemporaryFetchError",
    "Validators",
    "is_address",
]
