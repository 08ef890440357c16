"""Writes tables that open safely everywhere: no cell becomes a formula, breaks its row or turns the text around."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

Value = str | int | float | bool | date | None
FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "%")
"""With these a cell of words would be run as a formula by a spreadsheet (OWASP, CSV injection)."""
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of all that follows; right-to-left words need none of them in a cell of their own."""
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def csv_bytes(columns: Sequence[str], rows: Iterable[Mapping[str, Value]], heads: Sequence[str] = ()) -> bytes:
    """Return a CSV table in UTF-8 (RFC 4180, lines ended by LF); `heads` is a second row of heads, as HXL has one."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    if heads:
        writer.writerow(heads)
    for row in rows:
        writer.writerow([cell(row.get(column)) for column in columns])
    return out.getvalue().encode("utf-8", "replace")


def cell(value: Value) -> str:
    """Return a value as a cell: numbers as they are, words without what could be run or break the line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, date):
        return value.isoformat()
    words = one_line(value)
    return f"'{words}" if words.startswith(FORMULA) else words


def one_line(words: str) -> str:
    """Return words on one line, without control characters and marks that turn the direction."""
    return " ".join(CONTROL.sub(" ", TURNS.sub("", words)).split())


def json_line(value: Any) -> str:
    """Return a value as one line of JSON; the order of keys is the writer's."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain) + "\n"


def lines(values: Iterable[Any]) -> bytes:
    """Return values as JSON Lines in UTF-8."""
    return "".join(json_line(value) for value in values).encode("utf-8", "replace")


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")
