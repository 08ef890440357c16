"""Opens what the caller names and sends it to the reader of its kind."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from marsad.errors import BadInputError
from marsad.model import Report
from marsad.read.jsonl import read_json_lines, read_json_rows
from marsad.read.plain import decode, read_plain

LINES = {".jsonl", ".ndjson"}
STANDARD_INPUT = "-"


def read_reports(source: str, published: date | None = None) -> Iterator[Report | BadInputError]:
    """Yield the reports of a file (or of standard input, for "-") in their order.

    What cannot be read is yielded as the error that says so, and the rest goes on; nothing is raised.
    `published` is the publication day of reports that carry none of their own.
    """
    for item in read_originals(source, published):
        yield item if isinstance(item, BadInputError) else item[0]


def read_originals(source: str, published: date | None = None) -> Iterator[tuple[Report, bytes] | BadInputError]:
    """Yield like `read_reports`, each report with the bytes that its `sha256` names: of its file, line or object."""
    name = "standard input" if source == STANDARD_INPUT else source
    try:
        raw = sys.stdin.buffer.read() if source == STANDARD_INPUT else Path(source).read_bytes()
    except IsADirectoryError:
        yield BadInputError(f"{source}: is a folder; name the files in it")
        return
    except OSError as error:
        yield BadInputError(f"{source}: cannot be read ({error.strerror}); check the path and its permissions")
        return
    yield from read_bytes(raw, name, published)


def read_bytes(raw: bytes, name: str, published: date | None = None) -> Iterator[tuple[Report, bytes] | BadInputError]:
    """Yield like `read_originals` what the bytes of a file hold, which need not be on disk; `name` tells its kind."""
    try:
        yield from _by_kind(raw, name, published)
    except BadInputError as error:
        yield error


def parse_day(text: str) -> date:
    """Return the day of an ISO 8601 date or date-time; raise BadInputError for anything else."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        raise BadInputError(f"{text!r} is not a date; write it as 2019-04-20") from None


def _by_kind(raw: bytes, name: str, published: date | None) -> Iterator[tuple[Report, bytes] | BadInputError]:
    suffix = Path(name).suffix.lower()
    text = decode(raw, name)
    if suffix in LINES or (suffix != ".json" and _looks_like_json_lines(text)):
        yield from read_json_lines(text, name, published, parse_day)
    elif suffix == ".json":
        yield from read_json_rows(text, name, published, parse_day)
    else:
        yield read_plain(text, raw, published), raw


def _looks_like_json_lines(text: str) -> bool:
    """A text is taken for JSON Lines only when its first line is an object with a `text`: prose never is."""
    first = text.lstrip().split("\n", 1)[0].strip()
    return first.startswith("{") and first.endswith("}") and '"text"' in first
