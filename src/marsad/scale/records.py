"""The records of one part, by the readers that `marsad read` uses: reports with their bytes, or what kept one back."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO

from marsad.errors import BadInputError
from marsad.read.items import Item, Source
from marsad.read.jsonl import read_json_lines
from marsad.read.parquet import open_parquet, read_rows
from marsad.read.plain import is_utf_8
from marsad.read.source import ReadOptions, read_bytes, source_named
from marsad.scale.plan import Part

GZIP = b"\x1f\x8b\x08"
WARC = b"WARC/"
PIECE = 1_000_000
# The head of a WARC record has some hundred bytes; one that has so many is none.
LONGEST_HEAD = 1_000_000
_LENGTH = b"content-length:"


@dataclass(frozen=True, slots=True)
class Given:
    """What the user said of the input: the day of reports without one, columns and limits."""

    published: date | None = None
    options: ReadOptions = field(default_factory=ReadOptions)

    def named(self, name: str) -> Source:
        """Return a source that is to be read so."""
        return source_named(name, self.published, self.options)


def records_of(part: Part, given: Given) -> Iterator[Item]:
    """Yield the reports of a part in their order; what cannot be read is yielded as the error that names it."""
    try:
        if part.cut == "parquet":
            yield from read_rows(open_parquet(part.path, part.name), given.named(part.name), part.start, part.stop)
        elif part.cut == "lines":
            yield from _lines(_slice(part, part.start, part.stop, given), part, given)
        elif part.cut == "warc":
            yield from _pages(part, given)
        else:
            yield from _whole(part, given)
    except OSError as error:
        yield BadInputError(f"{part.place}: cannot be read ({error.strerror or error})")
    except BadInputError as error:
        yield error


def _whole(part: Part, given: Given) -> Iterator[Item]:
    """Read a file as `marsad read` does, named as the user knows it."""
    limits = given.options.limits
    if part.size > limits.file_bytes:
        raise BadInputError(f"{part.name}: {part.size:,} bytes (limit file_bytes={limits.file_bytes}); cut it up")
    yield from read_bytes(Path(part.path).read_bytes(), part.name, given.published, given.options)


def _slice(part: Part, start: int, stop: int, given: Given) -> bytes:
    limit = given.options.limits.file_bytes
    if stop - start > limit:
        raise BadInputError(f"{part.place}: {stop - start:,} bytes in one record (limit file_bytes={limit})")
    with Path(part.path).open("rb") as file:
        file.seek(start)
        return file.read(stop - start)


def _lines(raw: bytes, part: Part, given: Given) -> Iterator[Item]:
    if is_utf_8(raw):
        yield from read_json_lines(raw, given.named(part.name), part.line)
        return
    # One line in another encoding, or with a null byte, must not change how its neighbours are read.
    for number, line in enumerate(raw.split(b"\n"), start=part.line):
        try:
            yield from read_json_lines(line, given.named(part.name), number)
        except BadInputError as error:
            yield BadInputError(f"{part.name}, line {number}: {str(error).removeprefix(f'{part.name}: ')}")


def _pages(part: Part, given: Given) -> Iterator[Item]:
    """Read the records that begin in the part: a run of whole records of a web archive is a web archive."""
    with Path(part.path).open("rb") as file:
        first, after = (_record_from(file, at, part.size) for at in (part.start, part.stop))
    if first < after:
        yield from read_bytes(_slice(part, first, after, given), part.name, given.published, given.options)


def _record_from(file: BinaryIO, at: int, size: int) -> int:
    """Return where the first record begins that stands at a byte or after it; the file's size where none does."""
    if at <= 0 or at >= size:
        return min(max(at, 0), size)
    file.seek(0)
    return _member_from(file, at, size) if file.read(len(GZIP)) == GZIP else _plain_from(file, at, size)


def _member_from(file: BinaryIO, at: int, size: int) -> int:
    """Find the gzip member of a record: each record of a packed web archive is one."""
    while at < size:
        file.seek(at)
        block = file.read(PIECE + len(GZIP))
        found = block.find(GZIP)
        while found >= 0:
            if _is_record(file, at + found):
                return at + found
            found = block.find(GZIP, found + 1)
        at += PIECE
    return size


def _is_record(file: BinaryIO, at: int) -> bool:
    """Say whether a gzip member begins here that unpacks to a record: its mark stands in packed bytes by chance too."""
    file.seek(at)
    try:
        return zlib.decompressobj(wbits=31).decompress(file.read(4_096), len(WARC)) == WARC
    except zlib.error:
        return False


def _plain_from(file: BinaryIO, at: int, size: int) -> int:
    """Find a record of an archive that is not packed: from head to head, by the lengths that they tell."""
    here = 0
    while here < at:
        file.seek(here)
        length = _length(file)
        if length is None:
            # A broken head: whatever follows it is read, and named, with what stood before it.
            return size
        here = file.tell() + length + len(b"\r\n\r\n")
    return min(here, size)


def _length(file: BinaryIO) -> int | None:
    """Return the length of the record whose head begins here; the file then stands behind the head."""
    found: int | None = None
    if not (line := file.readline(LONGEST_HEAD)).startswith(WARC):
        return None
    while line.strip():
        if line.lower().startswith(_LENGTH):
            number = line[len(_LENGTH) :].strip()
            found = int(number) if number.isdigit() else None
        line = file.readline(LONGEST_HEAD)
    return found
