"""JSON Lines and JSON: one report per line or per object, in the form of docs/contract.md."""

import json
import re
from collections.abc import Iterator
from typing import Any

from marsad.errors import BadInputError
from marsad.read.items import Item, Source, printable
from marsad.read.plain import decode, is_utf_8, without_surrogates
from marsad.read.rows import Faults, StrangeKeys, read_row

_DECODER = json.JSONDecoder()
_BETWEEN = re.compile(r"[\s,]*")


def read_json_lines(raw: bytes, source: Source, first: int = 1) -> Iterator[Item]:
    """Yield a report for each line; a bad line is yielded as the error that names it.

    `first` is the number of the first line, where `raw` is a later part of the file.
    """
    strange = StrangeKeys(source)
    yield from Faults(source).sift(_lines(raw, source, strange, first))
    yield from strange.remark()


def _texts(raw: bytes, name: str) -> Iterator[str]:
    """Yield the lines; in UTF-8 one at a time, since a file may have millions of them."""
    if not is_utf_8(raw):
        yield from decode(raw, name).split("\n")
        return
    at = 0
    while at < len(raw):
        end = raw.find(b"\n", at)
        end = len(raw) if end < 0 else end
        yield raw[at:end].decode("utf-8").removeprefix("\ufeff" if at == 0 else "")
        at = end + 1


def _lines(raw: bytes, source: Source, strange: StrangeKeys, first: int) -> Iterator[Item]:
    for number, line in enumerate(_texts(raw, source.name), start=first):
        if line.strip():
            place = f"{source.name}, line {number}"
            try:
                row = json.loads(line)
                strange.see(row)
                yield from read_row(row, _bytes(line), place, source)
            except (ValueError, RecursionError) as error:
                yield BadInputError(f"{place}: not JSON ({_brief(error)}); the line was left out")


def read_json(raw: bytes, source: Source) -> Iterator[Item]:
    """Yield the report, or the list of reports, that a JSON document holds."""
    if len(raw) > source.limits.json_bytes:
        limit = source.limits.json_bytes
        raise BadInputError(
            f"{source.name}: {len(raw):,} bytes (limit json_bytes={limit}); write one object a line (.jsonl)"
        )
    text = decode(raw, source.name)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield BadInputError(f"{source.name}: not JSON ({_brief(error)}); for one report a line, name the file .jsonl")
        return
    strange = StrangeKeys(source)
    for row in document if isinstance(document, list) else [document]:
        strange.see(row)
    if not isinstance(document, list):
        yield from read_row(document, _bytes(text), source.name, source)
        yield from strange.remark()
        return
    _require_texts(document, source)
    yield from Faults(source).sift(
        item
        for number, (row, words) in enumerate(zip(document, _items(text), strict=True), start=1)
        for item in read_row(row, _bytes(words), f"{source.name}, item {number}", source)
    )
    yield from strange.remark()


def _require_texts(rows: list[Any], source: Source) -> None:
    """Raise BadInputError where none of several objects has a text: one line says more than one for each of them."""
    wanted = source.columns.get("text", "text")
    if len(rows) < 2 or any(isinstance(row, dict) and isinstance(row.get(wanted), str) for row in rows):
        return
    keys = dict.fromkeys(printable(key)[:40] for row in rows[:5] if isinstance(row, dict) for key in row)
    has = ", ".join(list(keys)[:12]) or "no keys"
    raise BadInputError(
        f'{source.name}: none of its {len(rows):,} items has a "{wanted}"; they have {has}. '
        "Say which is which: --map text=KEY,published=KEY"
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
