"""Lines of printed pages back to paragraphs: running heads and page numbers out, broken words and lines joined."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from marsad.read.columns import Row

# A line that stands at the top or the foot of so many pages, its digits aside, is no part of the text. Two pages may
# begin alike by chance (two tables of one form): there it must be set smaller than the text, or bear a page number.
EDGE_LINES = 2
FEWEST_PAGES = 3
SHARE_OF_PAGES = 0.5
SMALL = 0.9
# A line that is nearly as long as lines of its column get was broken by the margin; a shorter one ended of itself.
FULL = 0.75
# PDFium writes these for a hyphen at the end of a line that only the margin put there.
SOFT_HYPHENS = "\ufffe\x02\xad"
MEETING = 8
_NUMBER = re.compile(r"\W*(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\W*", re.I)
# "Weekly bulletin | 12", "3 Weekly bulletin", "Page 4 of 9"
_PAGE = re.compile(r"^\d{1,4}(?=\s+[^\d\s])|(?<=[^\d\s])\s+\d{1,4}$|\bpage\s+\d", re.I)
_LIST = re.compile(r"\s*(?:[•●▪*–-]\s|\d{1,2}[.)]\s)")
_ENDS = (".", "!", "?", "”", '"')


def without_furniture(pages: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """Return the rows of each page without page numbers and the lines that most pages have at their edges."""
    edges = Counter(shape for rows in pages for shape in {_shape(row) for row in _edge(rows)} if shape)
    marked = Counter(shape for rows in pages for shape in set(_marked(rows)) if shape)
    most = max(FEWEST_PAGES, len(pages) * SHARE_OF_PAGES)
    furniture = {shape for shape, count in edges.items() if count >= most or 2 <= marked[shape] == len(pages)}
    return [_inner(rows, furniture) for rows in pages]


def _marked(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the shapes of the lines at a page's edges that look like running heads by themselves."""
    heights = [piece.height for row in rows for piece in row]
    small = SMALL * median(heights) if heights else 0.0
    for row in _edge(rows):
        if _PAGE.search(_words(row)) or max(piece.height for piece in row) < small:
            yield _shape(row)


def unwrapped(blocks: Sequence[Sequence[str]]) -> str:
    """Return the text of all blocks with lines that a margin broke put together again; rows of tables stay lines.

    A block is what has one margin: a column of a page. A sentence may go on in the next.
    """
    out: list[str] = []
    ends = True
    for lines in blocks:
        full = FULL * max((len(line) for line in lines if " | " not in line), default=0)
        for line in lines:
            row = " | " in line
            if not ends and line.strip() and not row and not _LIST.match(line):
                out[-1] = _joined(out[-1], line)
            else:
                out.append(line)
            ends = row or not line.strip() or len(line) < full or (len(line) < 1.1 * full and line.endswith(_ENDS))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).strip()


def _joined(first: str, second: str) -> str:
    """Return two lines as one; only where they meet is looked at, since a paragraph may be as long as a book."""
    end, start = first[-MEETING:].rstrip(), second.lstrip()
    if end[-1:] in SOFT_HYPHENS and end:
        return first.rstrip()[:-1] + start
    if end.endswith("-") and end[-2:-1].islower() and start[:1].islower():
        return first.rstrip()[:-1] + start
    return f"{first} {second}"


def _edge(rows: Sequence[Row]) -> list[Row]:
    return [*rows[:EDGE_LINES], *rows[-EDGE_LINES:]]


def _inner(rows: Sequence[Row], furniture: set[str]) -> list[Row]:
    edge = {id(row) for row in _edge(rows)}
    return [row for row in rows if id(row) not in edge or not (_shape(row) in furniture or _is_number(row))]


def _is_number(row: Row) -> bool:
    return _NUMBER.fullmatch(_words(row)) is not None


def _shape(row: Row) -> str:
    return re.sub(r"\d+", "0", _words(row)).strip()


def _words(row: Row) -> str:
    return " ".join(piece.text.strip() for piece in row)
