"""Tables of numbers in plain text: they are not read, and what is not read is said."""

import re
from collections.abc import Iterator

COLUMN = re.compile(r"\t+|\s{2,}|\s*\|\s*")
HARM_HEAD = re.compile(
    r"(?:killed|dead|deaths?|fatalities|injured|wounded|injuries|missing|detained|arrested|abducted|displaced|casualties"
    r"|civilians|victims)\b",
    re.IGNORECASE,
)
NUMBER = re.compile(r"\d{1,3}(?:[,\u00a0 ]\d{3})+|\d+|-|–")
FEWEST_ROWS = 2


def unread_tables(text: str) -> Iterator[str]:
    """Yield a warning for each table of numbers of harm: its heading, and how many rows stand below it."""
    head, rows = "", 0
    for line in (*text.split("\n"), ""):
        cells = [cell for cell in COLUMN.split(line.strip()) if cell]
        if head and len(cells) > 1 and all(NUMBER.fullmatch(cell) for cell in cells[1:]):
            rows += 1
            continue
        if rows >= FEWEST_ROWS:
            yield f"a table of numbers was not read: {head!r} ({rows} rows)"
        named = len(cells) > 1 and any(HARM_HEAD.match(cell) for cell in cells)
        head, rows = (" ".join(cells), 0) if named else ("", 0)
