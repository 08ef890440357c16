"""JSON Lines and JSON: one report per line or per object, in the form of docs/contract.md."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from marsad.errors import BadInputError
from marsad.model import Report
from marsad.read.plain import content_id, sha256, without_surrogates

ParseDay = Callable[[str], date]
Item = tuple[Report, bytes] | BadInputError
"""A report with the bytes that its `sha256` names, or what kept it from being read."""
_DECODER = json.JSONDecoder()
_BETWEEN = re.compile(r"[\s,]*")
TEXTS = ("title", "publisher", "url", "language")


def read_json_lines(text: str, name: str, published: date | None, parse_day: ParseDay) -> Iterator[Item]:
    """Yield a report for each line of `text`; a bad line is yielded as the error that names it."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            place = f"{name}, line {number}"
            try:
                yield from _read_row(json.loads(line), line, place, published, parse_day)
            except (ValueError, RecursionError) as error:
                yield BadInputError(f"{place}: not JSON ({_brief(error)}); the line was left out")


def read_json_rows(text: str, name: str, published: date | None, parse_day: ParseDay) -> Iterator[Item]:
    """Yield the report, or the list of reports, that a JSON document holds."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield BadInputError(f"{name}: not JSON ({_brief(error)}); for one report a line, name the file .jsonl")
        return
    if not isinstance(document, list):
        yield from _read_row(document, text, name, published, parse_day)
        return
    for number, (row, raw) in enumerate(zip(document, _items(text), strict=True), start=1):
        yield from _read_row(row, raw, f"{name}, item {number}", published, parse_day)


def _items(text: str) -> Iterator[str]:
    """Yield the items of a JSON list as they are written; the list was read before, so it is known to be sound."""
    at = text.index("[") + 1
    while (start := _BETWEEN.match(text, at).end()) < len(text) and text[start] != "]":  # type: ignore[union-attr]
        _, at = _DECODER.raw_decode(text, start)
        yield text[start:at]


def _read_row(row: Any, raw: str, place: str, published: date | None, parse_day: ParseDay) -> Iterator[Item]:
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        yield BadInputError(f'{place}: no object with a "text"; it was left out')
        return
    day = published
    if row.get("published") is not None:
        try:
            day = parse_day(str(row["published"]))
        except BadInputError as error:
            yield BadInputError(f"{place}: published {error}; read as a report without a date")
    kept = {key: without_surrogates(str(row[key])) for key in TEXTS if row.get(key) is not None}
    text = without_surrogates(row["text"])
    given = row.get("id", row.get("doc"))
    identity = content_id(text, kept.get("title"), day) if given is None else without_surrogates(str(given))
    original = without_surrogates(raw).encode("utf-8")
    yield Report(id=identity, text=text, published=day, sha256=sha256(original), **kept), original


def _brief(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)
