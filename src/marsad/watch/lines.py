"""Finds the lines of a TOML file on which its tables and keys stand, so that a fault can name its line."""

import re
from collections import Counter

Place = tuple[str, int, str]
"""A table's name, which of that name it is (from 0), and the key in it ("" for the table itself)."""
_HEADER = re.compile(r"^\s*(\[{1,2})\s*([^\[\]]+?)\s*\]{1,2}")
_KEY = re.compile(r"^\s*[\"']?([A-Za-z0-9_-]+)[\"']?\s*=(.*)")


def lines_of(text: str) -> dict[Place, int]:
    """Return the line, from 1, of every table and key; keys within long strings and arrays are passed over."""
    found: dict[Place, int] = {}
    seen: Counter[str] = Counter()
    table, number, inside = "", 0, ""
    for line_number, line in enumerate(text.splitlines(), start=1):
        if inside:
            inside = "" if inside in line else inside
        elif header := _HEADER.match(line):
            table = header[2].replace('"', "").replace("'", "")
            number = seen[table]
            seen[table] += 1
            found[table, number, ""] = line_number
        elif key := _KEY.match(line):
            found.setdefault((table, number, key[1]), line_number)
            inside = _left_open(key[2])
    return found


def _left_open(value: str) -> str:
    """Return what ends a value that goes on over the next lines; "" for one that ends on its own."""
    for mark in ('"""', "'''"):
        if value.count(mark) == 1:
            return mark
    return "]" if value.strip().startswith("[") and "]" not in value else ""
