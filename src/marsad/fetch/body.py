"""Takes the body of an answer piece by piece, unpacks it, and stops where it grows beyond its limit."""

import zlib
from collections.abc import Iterable

from marsad.fetch.errors import FetchError, TemporaryFetchError

PACKED = {"gzip": 47, "x-gzip": 47, "deflate": 47}
"""Window bits of zlib by the name of the packing: 47 takes gzip and zlib alike, as servers mean either by deflate."""
ACCEPTED = "gzip, deflate"


def take_body(chunks: Iterable[bytes], packing: str, limit: int, address: str) -> bytes:
    """Return the whole body, unpacked; raise FetchError where it is larger than `limit` or packed in another way.

    Never more than `limit` bytes are unpacked, whatever a small answer would grow to.
    """
    names = [name.strip().lower() for name in packing.split(",") if name.strip().lower() not in ("", "identity")]
    if not names:
        return _joined(chunks, limit, address)
    if len(names) > 1 or names[0] not in PACKED:
        raise FetchError(f"{address}: came packed as {packing}, which was not asked for; save the page by hand")
    return _unpacked(chunks, limit, address)


def _joined(chunks: Iterable[bytes], limit: int, address: str) -> bytes:
    out = bytearray()
    for chunk in chunks:
        out += chunk
        _require_small(len(out), limit, address)
    return bytes(out)


def _unpacked(chunks: Iterable[bytes], limit: int, address: str) -> bytes:
    out = bytearray()
    taken = 0
    unpacker = zlib.decompressobj(wbits=PACKED["gzip"])
    try:
        for chunk in chunks:
            taken += len(chunk)
            _require_small(taken, limit, address)
            while chunk and not unpacker.eof:
                out += unpacker.decompress(chunk, limit + 1 - len(out))
                _require_small(len(out), limit, address)
                chunk = unpacker.unconsumed_tail
    except zlib.error as error:
        raise FetchError(f"{address}: came packed and damaged ({error}); try again later") from None
    if taken and not unpacker.eof:
        raise TemporaryFetchError(f"{address}: the answer broke off; try again later")
    return bytes(out)


def _require_small(size: int, limit: int, address: str) -> None:
    if size > limit:
        raise FetchError(f"{address}: more than {limit:,} bytes (limit fetched_bytes={limit}); raise it to take that")
