"""Lines of a printed page back to paragraphs: running heads and page numbers out, broken words and lines joined."""

import re
from collections import Counter
from collections.abc import Sequence

# A line that stands at the top or the foot of so many pages, its digits aside, is no part of the text.
EDGE_LINES = 2
FEWEST_PAGES = 3
SHARE_OF_PAGES = 0.5
# A line that is nearly as long as lines of its page get was broken by the margin; a shorter one ended of itself.
FULL = 0.75
# PDFium writes these for a hyphen at the end of a line that only the margin put there.
_SOFT_HYPHEN = re.compile("[\ufffe\x02\xad]\\s*\n\\s*")
_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_NUMBER = re.compile(r"\W*(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\W*", re.I)
_LIST = re.compile(r"\s*(?:[•●▪*–-]\s|\d{1,2}[.)]\s)")


def without_furniture(pages: Sequence[str]) -> list[list[str]]:
    """Return the lines of each page without page numbers and the lines that most pages have at their edges."""
    lined = [[line.rstrip() for line in page.replace("\r\n", "\n").replace("\r", "\n").split("\n")] for page in pages]
    edges = Counter(shape for lines in lined for shape in {_shape(line) for line in _edge(lines)} if shape)
    most = max(FEWEST_PAGES, len(pages) * SHARE_OF_PAGES)
    furniture = {shape for shape, count in edges.items() if count >= most}
    return [_inner(lines, furniture) for lines in lined]


def unwrapped(pages: Sequence[Sequence[str]]) -> str:
    """Return the text of all pages with lines that a margin broke put together again; rows of tables stay lines."""
    out: list[str] = []
    for lines in pages:
        full = FULL * max((len(line) for line in lines), default=0)
        ends = False
        for line in lines:
            goes_on = bool(out) and not ends and line.strip() and not _LIST.match(line)
            if goes_on:
                out[-1] = _joined(out[-1], line)
            else:
                out.append(line)
            ends = (
                not line.strip()
                or len(line) < full
                or (len(line) < 1.1 * full and line.endswith((".", "!", "?", "”", '"')))
            )
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).strip()


def _joined(first: str, second: str) -> str:
    both = _SOFT_HYPHEN.sub("", f"{first}\n{second}")
    return _HYPHEN.sub("", both).replace("\n", " ")


def _edge(lines: Sequence[str]) -> list[str]:
    filled = [line for line in lines if line.strip()]
    return [*filled[:EDGE_LINES], *filled[-EDGE_LINES:]]


def _inner(lines: Sequence[str], furniture: set[str]) -> list[str]:
    edge = set(_edge(lines))
    return [line for line in lines if line not in edge or not (_shape(line) in furniture or _NUMBER.fullmatch(line))]


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", line).strip()
