"""Bytes of any common encoding to text, and the names of what was read: hashes of it."""

import hashlib
from codecs import getincrementaldecoder
from datetime import date

from charset_normalizer import from_bytes

from marsad.errors import BadInputError

BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# A text that is ASCII but for a few bytes is Western: guessers go wrong on so little evidence (a short cp1252 text with
# three accents was taken for Baltic).
WESTERN_SHARE = 0.1
# Encodings are guessed from the start only: more bytes do not change the answer, and guessing is slow.
SAMPLE = 64_000
PIECE = 1_000_000


def decode(raw: bytes, name: str, declared: str | None = None) -> str:
    """Return the text of `raw`: by its byte order mark, as UTF-8, as `declared`, else by the likeliest encoding.

    Bytes that are sound UTF-8 are UTF-8, whatever a page or a mail declares: chance does not make them so.
    Raises BadInputError when the bytes are no text at all.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return _decode_as(raw, encoding, name)
    if b"\0" in raw[:SAMPLE]:
        raise BadInputError(f"{name}: holds binary data (null bytes), not text; convert it to plain text first")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode(declared or "utf-8")
    except (UnicodeDecodeError, LookupError):
        return _decode_as(raw, _guess(raw, name), name)


def is_utf_8(raw: bytes) -> bool:
    """Say whether bytes are sound UTF-8 without null characters, piece by piece: a file may fill half the memory."""
    decoder = getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(raw), PIECE):
            if "\0" in decoder.decode(raw[at : at + PIECE]):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _guess(raw: bytes, name: str) -> str:
    if sum(byte > 127 for byte in raw[:SAMPLE]) < WESTERN_SHARE * len(raw[:SAMPLE]):
        return "cp1252"
    found = from_bytes(raw[:SAMPLE]).best()
    if found is None:
        raise BadInputError(f"{name}: holds no text in a known encoding; save it as UTF-8")
    return found.encoding


def _decode_as(raw: bytes, encoding: str, name: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadInputError(f"{name}: byte {error.start} is not {encoding}; save the file as UTF-8") from None


def without_surrogates(text: str) -> str:
    """Return `text` with lone surrogates (half characters that no file can hold) replaced, one for one."""
    return "".join("\N{REPLACEMENT CHARACTER}" if "\ud800" <= c <= "\udfff" else c for c in text)


def content_id(text: str, title: str | None, published: date | None) -> str:
    """Return the id of a report that brought none: equal content gives an equal id."""
    return sha256("\x1f".join((title or "", str(published or ""), text)).encode("utf-8"))[:16]


def sha256(raw: bytes) -> str:
    """Return the SHA-256 of `raw` in hexadecimal."""
    return hashlib.sha256(raw).hexdigest()
