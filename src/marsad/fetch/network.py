"""The one door to the network: a name is looked up once, its address is checked, and that very address is called.

A name that is looked up twice can answer differently the second time (DNS rebinding); here there is no second time.
"""

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from httpcore2 import ConnectError, NetworkBackend, NetworkStream, ReadTimeout, SyncBackend

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
Lookup = Callable[[str, int], list[str]]
# Networks that carry an IPv4 address within (RFC 6052's translation), and one that the standard library calls global.
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
_PROTOCOLS = ipaddress.ip_network("192.0.0.0/24")
TRIED = 4
"""Addresses of one name that are called before it is given up."""


class PrivateAddressError(ConnectError):
    """A name leads to an address that is not of the public network."""


class UnknownNameError(ConnectError):
    """No address is known for a name."""


class UnprovenNameError(ConnectError):
    """A server's certificate does not prove that it is the one that was meant."""


class TooSlowError(ReadTimeout):
    """An answer took longer as a whole than it may."""


def is_public(address: str) -> bool:
    """Say whether an IP address is of the public network, and whatever it carries within too.

    Not public are private, link-local, loopback, multicast, reserved and unspecified addresses (IANA's registries).
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    # Where a network has IPv6 alone, the whole IPv4 internet is reached by translated addresses.
    is_only_written_so = isinstance(ip, ipaddress.IPv6Address) and (ip in _TRANSLATED or ip.ipv4_mapped is not None)
    return (is_only_written_so or _is_public(ip)) and all(_is_public(one) for one in _inside(ip))


def look_up(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host, as the system finds them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


@dataclass(slots=True)
class Deadline:
    """Until when an answer must be there, by a clock that only runs forward."""

    clock: Callable[[], float]
    until: float = field(default=float("inf"))

    def within(self, seconds: float | None) -> float | None:
        """Return how long one step may take; raise TooSlowError where no time is left."""
        left = self.until - self.clock()
        if left <= 0:
            raise TooSlowError("the answer took too long as a whole")
        if left == float("inf"):
            return seconds
        return left if seconds is None else min(seconds, left)


class CheckedNetwork(NetworkBackend):
    """Connects to addresses that were checked, and holds every step of an answer to its deadline."""

    def __init__(self, deadline: Deadline, *, allow_private: bool = False, lookup: Lookup = look_up) -> None:
        self.deadline = deadline
        self._allow_private = allow_private
        self._lookup = lookup
        self._inner = SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> NetworkStream:
        """Look a host up, and connect to the first of its public addresses that answers."""
        failed: ConnectError = UnknownNameError("its name is not known")
        for ip in self._checked(host, port):
            try:
                within = self.deadline.within(timeout)
                stream = self._inner.connect_tcp(ip, port, within, local_address, socket_options)
                return _TimedStream(stream, self.deadline)
            except ConnectError as error:
                failed = error
        raise failed

    def _checked(self, host: str, port: int) -> Iterator[str]:
        try:
            found = self._lookup(host, port)
        except socket.gaierror as error:
            if error.errno == socket.EAI_AGAIN:
                raise ConnectError("the names of the network cannot be looked up now") from None
            raise UnknownNameError("its name is not known") from None
        except (OSError, UnicodeError):
            raise UnknownNameError("its name is not known") from None
        public = [ip for ip in found if self._allow_private or is_public(ip)]
        if found and not public:
            raise PrivateAddressError(f"leads to {found[0]}, which is not of the public network")
        yield from public[:TRIED]


class _TimedStream(NetworkStream):
    """A connection each of whose steps ends in time."""

    def __init__(self, inner: NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.within(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        within = self._deadline.within(timeout)
        try:
            return _TimedStream(self._inner.start_tls(ssl_context, server_hostname, within), self._deadline)
        except ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLCertVerificationError):
                raise UnprovenNameError(error.__cause__.verify_message) from None
            raise

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _is_public(ip: IP) -> bool:
    outside = ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback or ip.is_link_local
    return ip.is_global and not outside and not (ip.version == 4 and ip in _PROTOCOLS)


def _inside(ip: IP) -> Iterator[IP]:
    """Yield the IPv4 addresses that an IPv6 address leads to by one of the ways from the one to the other."""
    if not isinstance(ip, ipaddress.IPv6Address):
        return
    if ip.ipv4_mapped:
        yield ip.ipv4_mapped
    if ip.sixtofour:
        yield ip.sixtofour
    if ip.teredo:
        yield from ip.teredo
    if ip in _TRANSLATED:
        yield ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
