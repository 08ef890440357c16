"""Puts a quote back into its sentence, so that a reader sees more than the number."""

from dataclasses import dataclass
from functools import lru_cache

from marsad.model import Report, Span
from marsad.passages import sentences

LONGEST = 320


@dataclass(frozen=True, slots=True)
class InContext:
    """A quote with what stands before and after it in its sentence."""

    before: str
    quote: str
    after: str


def in_context(report: Report, span: Span) -> InContext:
    """Return a quote in its sentence; of a very long sentence the part around the quote."""
    if span.within != "text":
        return InContext("", span.quote, "")
    start, end = _sentence(report.text, span.start, span.end)
    before, after = report.text[start : span.start], report.text[span.end : end]
    if len(before) > LONGEST:
        before = "… " + before[-LONGEST:].partition(" ")[2]
    if len(after) > LONGEST:
        after = after[:LONGEST].rpartition(" ")[0] + " …"
    return InContext(before, span.quote, after)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    around = [one for one in _sentences(text) if one[0] < end and one[1] > start]
    return (min(start, around[0][0]), max(end, around[-1][1])) if around else (start, end)


@lru_cache(maxsize=64)
def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    return tuple((one.start, one.end) for one in sentences(text))
