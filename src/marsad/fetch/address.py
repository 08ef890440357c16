"""Addresses of the web as they are typed, written in pages and sent in redirects, brought into one form."""

import re
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from marsad.fetch.errors import FetchError

SCHEMES = {"http": 80, "https": 443}
LONGEST = 4_000
"""Longer addresses are none that a person or a feed means; servers refuse them from 8,000 on."""
_START = re.compile(r"[a-z][a-z0-9+.-]*://", re.I)
# What may stand in a path or a query as it is; "%" too, since addresses come quoted already.
_PATH = "/%:@!$&'()*+,;=~-._"
_QUERY = _PATH + "?[]"


def is_address(text: str) -> bool:
    """Say whether what a user typed is an address, and not a file."""
    return _START.match(text) is not None


def whole_address(text: str, base: str | None = None) -> str:
    """Return an address in its one form: lower-case scheme and host, ASCII, no fragment, no default port.

    `base` is the address that a relative one starts from. Raises FetchError for what is not fetched: other schemes,
    addresses with a user or a password, addresses without a host.
    """
    words = text.strip()
    try:
        parts = urlsplit(urljoin(base, words) if base else words)
        port = parts.port
    except ValueError as error:
        raise FetchError(f"{_shown(words)}: is no address ({error})") from None
    scheme = parts.scheme.lower()
    if scheme not in SCHEMES:
        raise FetchError(f"{_shown(words)}: only http:// and https:// are fetched")
    if parts.username is not None or parts.password is not None:
        raise FetchError(f"{scheme}://…@{parts.hostname}: holds a user or a password; leave them out")
    if len(words) > LONGEST:
        raise FetchError(f"{_shown(words)}: is {len(words):,} characters long; no address is")
    host = _ascii_host(parts, words)
    place = host if port in (None, SCHEMES[scheme]) else f"{host}:{port}"
    return urlunsplit((scheme, place, _quoted(parts.path, _PATH) or "/", _quoted(parts.query, _QUERY), ""))


def origin_of(address: str) -> str:
    """Return scheme, host and port of a whole address: what a robots.txt speaks for."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def host_of(address: str) -> str:
    """Return the host and port of a whole address."""
    return urlsplit(address).netloc


def _quoted(words: str, safe: str) -> str:
    return quote(words, safe, errors="replace")


def _ascii_host(parts: SplitResult, words: str) -> str:
    host = parts.hostname or ""
    if ":" in host:
        return f"[{host}]"
    try:
        name = host.encode("idna").decode("ascii")
    except UnicodeError:
        name = ""
    if not name or not re.fullmatch(r"[a-z0-9._-]+", name, re.I):
        raise FetchError(f"{_shown(words)}: names no host; write https://host/path")
    return name.lower()


def _shown(words: str) -> str:
    """Return what a message shows of an address that may be anything."""
    return "".join(c if c.isprintable() else "?" for c in words[:80]) + ("…" if len(words) > 80 else "")
