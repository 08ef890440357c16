"""Live blogs: many entries, each with its hour, under headings that give the day; "today" is the entry's own day."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from marsad.model import Span

# An entry opens with its hour: "14:32 GMT", "2.15pm:", "[09:05]".
ENTRY = re.compile(
    r"(?mi)^\s*(?:[•●*–-]\s+)?\[?(?:[01]?\d|2[0-3])[:.h][0-5]\d\s?(?:[ap]\.?m\.?)?"
    r"\s*(?:\(?(?:gmt|utc|cet|cest|eet|eest|bst|edt|est|pdt|local(?: time)?)\)?)?\]?\s*(?:$|[-–—:|,]|\s(?=[A-Z“\"]))"
)
FEWEST_ENTRIES = 2


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that gives the day of the entries below it."""

    span: Span
    day: date


def is_live(text: str) -> bool:
    """Say whether a text is a live blog: several entries that open with an hour."""
    return sum(1 for _, _ in zip(ENTRY.finditer(text), range(FEWEST_ENTRIES), strict=False)) == FEWEST_ENTRIES


def heading_of(headings: Sequence[Heading], at: int) -> Heading | None:
    """Return the heading that an offset stands under, if there is one above it."""
    found = bisect_right(headings, at, key=lambda one: one.span.start) - 1
    return headings[found] if found >= 0 else None
