"""JSON Lines and JSON: one report per line or per object, in the form of docs/contract.md."""

import json
import re
from collections.abc import Iterator

from marsad.errors import BadInputError
from marsad.read.items import Item, Source
from marsad.read.plain import decode, without_surrogates
from marsad.read.rows import Faults, read_row

_DECODER = json.JSONDecoder()
_BETWEEN = re.compile(r"[\s,]*")


def read_json_lines(raw: bytes, source: Source) -> Iterator[Item]:
    """Yield a report for each line; a bad line is yielded as the error that names it."""
    yield from Faults(source).sift(_lines(decode(raw, source.name), source))


def _lines(text: str, source: Source) -> Iterator[Item]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            place = f"{source.name}, line {number}"
            try:
                yield from read_row(json.loads(line), _bytes(line), place, source)
            except (ValueError, RecursionError) as error:
                yield BadInputError(f"{place}: not JSON ({_brief(error)}); the line was left out")


def read_json(raw: bytes, source: Source) -> Iterator[Item]:
    """Yield the report, or the list of reports, that a JSON document holds."""
    text = decode(raw, source.name)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield BadInputError(f"{source.name}: not JSON ({_brief(error)}); for one report a line, name the file .jsonl")
        return
    if not isinstance(document, list):
        yield from read_row(document, _bytes(text), source.name, source)
        return
    yield from Faults(source).sift(
        item
        for number, (row, words) in enumerate(zip(document, _items(text), strict=True), start=1)
        for item in read_row(row, _bytes(words), f"{source.name}, item {number}", source)
    )


def _items(text: str) -> Iterator[str]:
    """Yield the items of a JSON list as they are written; the list was read before, so it is known to be sound."""
    at = text.index("[") + 1
    while (start := _BETWEEN.match(text, at).end()) < len(text) and text[start] != "]":  # type: ignore[union-attr]
        _, at = _DECODER.raw_decode(text, start)
        yield text[start:at]


def _bytes(words: str) -> bytes:
    return without_surrogates(words).encode("utf-8")


def _brief(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deeply"
    return str(error) if isinstance(error, json.JSONDecodeError) else "a number has thousands of digits"
