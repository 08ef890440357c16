"""Cuts the input into parts: runs of whole records of one file, the same ones at every run.

JSON Lines are cut by bytes at the ends of lines, WARC by bytes (a record belongs to the part in which it begins),
Parquet by rows; any other file that Marsad reads is one part.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from marsad.errors import BadInputError
from marsad.read.files import files_of
from marsad.read.items import SkippedInputError
from marsad.read.kinds import HEAD, kind_of
from marsad.read.parquet import open_parquet
from marsad.scale.limits import ScaleLimits

Cut = Literal["lines", "warc", "parquet", "whole"]
LINES = {".jsonl", ".ndjson"}
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_MAGIC = re.compile(r"[*?\[]")
PIECE = 1_000_000
Bounds = tuple[int, int, int, int]
"""Where a part starts and stops, the number of its first line, and its weight."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some records of one file: bytes or rows from `start` until before `stop`.

    `name` is the file as the user knows it, `path` where every machine finds it, `inside` its way from the input's
    folder; `line` is the number of the first line, `size` and `changed` are the file's own when it was cut, `weight`
    is how many of its bytes the part is worth.
    """

    name: str
    path: str
    inside: str
    cut: Cut
    number: int
    start: int
    stop: int
    size: int
    changed: int
    line: int
    weight: int

    @property
    def place(self) -> str:
        """What the part is called in a message."""
        unit = "rows" if self.cut == "parquet" else "bytes"
        return self.name if self.cut == "whole" else f"{self.name}, {unit} {self.start:,} to {self.stop:,}"


def input_files(source: str) -> Iterator[tuple[str, str] | BadInputError]:
    """Yield the files of a path, a folder or a pattern (`*`), by name, each with its way from the folder they share."""
    home, paths = _named(source)
    if not paths:
        yield BadInputError(f"{source}: no file has such a name")
    # A pattern may mean a folder and what lies in it.
    seen: set[str] = set()
    for path in (one for each in paths for one in files_of(each)):
        if isinstance(path, BadInputError):
            yield path
        elif path not in seen:
            seen.add(path)
            yield path, os.path.relpath(path, home)


def require_input(source: str) -> None:
    """Raise BadInputError where the input names no file."""
    if not any(Path(path).exists() for path in _named(source)[1]):
        raise BadInputError(f"{source}: there is no such file or folder, and nothing fits it as a pattern")


def bytes_in(source: str) -> int:
    """Return how many bytes the files of the input have, to tell how far the work is."""
    sizes = 0
    for one in input_files(source):
        if not isinstance(one, BadInputError) and Path(one[0]).is_file():
            sizes += Path(one[0]).stat().st_size
    return sizes


def parts_of(source: str, limits: ScaleLimits) -> Iterator[Part | BadInputError]:
    """Yield the parts of all files; what cannot be opened is yielded as the error that says so."""
    for one in input_files(source):
        if isinstance(one, BadInputError):
            if not isinstance(one, SkippedInputError):
                yield one
            continue
        try:
            yield from _parts_of_file(*one, limits)
        except BadInputError as error:
            yield error
        except OSError as error:
            yield BadInputError(f"{one[0]}: cannot be read ({error.strerror}); check the path and its permissions")


def _named(source: str) -> tuple[Path, list[str]]:
    """Return the folder from which the files of the input are named, and the paths that the input means."""
    if Path(source).exists() or not _MAGIC.search(source):
        return (Path(source) if Path(source).is_dir() else Path(source).parent), [source]
    parts = Path(source).parts
    fixed = next(at for at, part in enumerate(parts) if _MAGIC.search(part))
    home = Path(*parts[:fixed])
    return home, sorted(str(path) for path in home.glob(str(Path(*parts[fixed:]))))


def _parts_of_file(path: str, inside: str, limits: ScaleLimits) -> Iterator[Part]:
    status = Path(path).stat()
    cut = _cut_of(path)
    bounds = {"lines": _by_lines, "warc": _by_bytes, "parquet": _by_rows, "whole": _whole}[cut]
    size, where = status.st_size, str(Path(path).resolve())
    for number, (start, stop, line, weight) in enumerate(bounds(path, size, limits)):
        yield Part(path, where, inside, cut, number, start, stop, size, status.st_mtime_ns, line, weight)


def _cut_of(path: str) -> Cut:
    with Path(path).open("rb") as file:
        head = file.read(HEAD)
    if Path(path).suffix.lower() in LINES and not head.startswith(UTF_16):
        return "lines"
    kind, _ = kind_of(head, path)
    if kind == "parquet":
        return "parquet"
    return "warc" if kind == "warc" else "whole"


def _whole(path: str, size: int, limits: ScaleLimits) -> Iterator[Bounds]:
    del path, limits
    yield 0, size, 1, size


def _by_bytes(path: str, size: int, limits: ScaleLimits) -> Iterator[Bounds]:
    del path
    for start in range(0, size, limits.part_bytes):
        stop = min(start + limits.part_bytes, size)
        yield start, stop, 1, stop - start


def _by_rows(path: str, size: int, limits: ScaleLimits) -> Iterator[Bounds]:
    rows = open_parquet(path, path).metadata.num_rows
    for start in range(0, max(rows, 1), limits.part_rows):
        stop = min(start + limits.part_rows, rows)
        yield start, stop, 1, size * (stop - start) // max(rows, 1)


def _by_lines(path: str, size: int, limits: ScaleLimits) -> Iterator[Bounds]:
    if size <= limits.part_bytes:
        yield 0, size, 1, size
        return
    start, line = 0, 1
    with Path(path).open("rb") as file:
        while block := file.read(limits.part_bytes):
            stop, lines = start + len(block), block.count(b"\n")
            # The line that the block cuts belongs to it; one of many megabytes is not held in memory.
            while not block.endswith(b"\n") and (block := file.readline(PIECE)):
                stop += len(block)
                lines += block.endswith(b"\n")
            yield start, stop, line, stop - start
            start, line = stop, line + lines
