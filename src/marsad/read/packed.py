"""Unpacks zip and gzip within limits, and says of a bomb that it is one."""

import gzip
import zipfile
import zlib
from io import BytesIO

from marsad.errors import BadInputError
from marsad.read.items import Source

# Ratios mean nothing for small files: a page of blanks packs a thousand times.
SMALL = 10_000_000
BROKEN_ZIP = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)


def open_zip(raw: bytes, source: Source) -> zipfile.ZipFile:
    """Return an opened zip; raise BadInputError where it is damaged."""
    try:
        return zipfile.ZipFile(BytesIO(raw))
    except BROKEN_ZIP as error:
        raise BadInputError(f"{source.name}: is a damaged zip ({error}); fetch it again") from None


def unzip(archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: Source) -> bytes:
    """Return one member's bytes; raise BadInputError where it is damaged, locked or beyond a limit."""
    if info.flag_bits & 1:
        raise BadInputError(f"{source.name}: is locked with a password; unpack it first")
    most = _most(info.compress_size, source)
    if info.file_size > most:
        raise _bomb(info.file_size, source)
    try:
        with archive.open(info) as file:
            found = file.read(most + 1)
    except (*BROKEN_ZIP, RuntimeError) as error:
        raise BadInputError(f"{source.name}: is damaged in the archive ({error}); fetch it again") from None
    return _spend(found, most, source)


def gunzip(raw: bytes, source: Source) -> bytes:
    """Return what a gzip file holds; raise BadInputError where it is damaged or beyond a limit."""
    most = _most(len(raw), source)
    try:
        with gzip.GzipFile(fileobj=BytesIO(raw)) as file:
            found = file.read(most + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error, OSError) as error:
        raise BadInputError(f"{source.name}: is a damaged gzip file ({error}); fetch it again") from None
    return _spend(found, most, source)


def require_modest(raw: bytes, source: Source) -> None:
    """Raise BadInputError where an office file, which is a zip, is damaged or unpacks to more than its limit."""
    with open_zip(raw, source) as archive:
        size = sum(info.file_size for info in archive.infolist())
        if size <= source.limits.office_bytes:
            _require_whole(archive, source)
            return
    raise BadInputError(f"{source.name}: unpacks to {size:,} bytes (limit office_bytes={source.limits.office_bytes})")


def _require_whole(archive: zipfile.ZipFile, source: Source) -> None:
    try:
        broken = archive.testzip()
    except (*BROKEN_ZIP, RuntimeError) as error:
        broken = str(error)
    if broken is not None:
        raise BadInputError(f"{source.name}: is damaged inside ({broken}); fetch it again or save it anew")


def _most(packed: int, source: Source) -> int:
    by_ratio = max(packed * source.limits.unpacked_ratio, SMALL)
    return min(by_ratio, source.limits.file_bytes, max(source.budget.bytes_left, 0))


def _spend(found: bytes, most: int, source: Source) -> bytes:
    if len(found) > most:
        raise _bomb(len(found), source)
    source.budget.bytes_left -= len(found)
    return found


def brief(error: Exception) -> str:
    """Return what a library says is wrong with a file, in one short line."""
    return f"{type(error).__name__}: {error}".split("\n")[0][:80]


def _bomb(size: int, source: Source) -> BadInputError:
    limits = source.limits
    return BadInputError(
        f"{source.name}: unpacks to {size:,} bytes or more, beyond unpacked_ratio={limits.unpacked_ratio}, "
        f"file_bytes={limits.file_bytes} or unpacked_bytes={limits.unpacked_bytes}; left unread as a bomb"
    )
