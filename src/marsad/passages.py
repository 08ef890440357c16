"""Cuts a text into paragraphs, sentences and tokens, each with its offsets; the ground that all readers share."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

PARAGRAPH_END = re.compile(r"\n\s*\n|\n(?=\s*(?:[•●▪*–-]\s|\d{1,2}[.)]\s))|\r\n\r\n")
# A full stop, question or exclamation mark (with closing quotes) before space and an opening; or a line break.
SENTENCE_END = re.compile(r"""(?<=[.!?…])["'”’)\]]*\s+(?=["'“‘(\[]*[A-Z0-9À-ÝÇ])|\n+""")
ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Lt|Col|Maj|Capt|Sgt|Cpl|Pvt|Brig|Adm|Rev|Sen|Rep|Gov|Pres|Hon|Jr|Sr|vs|etc|No|Nos"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Ltd|Co|Corp|approx|al|e\.g|i\.e|a\.m|p\.m|U\.S|U\.N|U\.K)"
    r"|\b[A-Z])\.$"
)
TOKEN = re.compile(r"\d[\d,.]*\d|\w+(?:[’'*.-]\w+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of a text by offsets."""

    start: int
    end: int


def paragraphs(text: str) -> Iterator[Passage]:
    """Yield the paragraphs of `text`: parted by blank lines, or by a line that opens a list item."""
    at = 0
    for cut in PARAGRAPH_END.finditer(text):
        yield from _stripped(text, at, cut.start())
        at = cut.end()
    yield from _stripped(text, at, len(text))


def sentences(text: str) -> Iterator[Passage]:
    """Yield the sentences of `text` in order; a line break always ends one, an abbreviation's dot never does."""
    for paragraph in paragraphs(text):
        at = paragraph.start
        for cut in SENTENCE_END.finditer(text, paragraph.start, paragraph.end):
            head = text[max(at, cut.start() - 12) : cut.start()]
            if "\n" not in cut.group() and ABBREVIATION.search(head):
                continue
            yield from _stripped(text, at, cut.end())
            at = cut.end()
        yield from _stripped(text, at, paragraph.end)


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Passage]:
    """Yield words, numbers and single marks of `text[start:end]`, offsets counted from the start of `text`."""
    for found in TOKEN.finditer(text, start, len(text) if end is None else end):
        yield Passage(found.start(), found.end())


def _stripped(text: str, start: int, end: int) -> Iterator[Passage]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Passage(start, end)
