"""PDF: the words of its pages in reading order, without page numbers and running heads; scanned pages are named."""

import ctypes
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from marsad.errors import BadInputError
from marsad.read.columns import Piece, Row, blocks_of, rows_of
from marsad.read.days import labelled_day, written_day
from marsad.read.evidence import Evidence
from marsad.read.extras import require_library
from marsad.read.glyphs import runs_of
from marsad.read.items import Found, Item, Source, make_report, tidy
from marsad.read.layout import unwrapped, without_furniture
from marsad.read.ocr import note, pages_by_ocr
from marsad.read.worker import apart

# A page with fewer letters and a picture on it is a scan with at most a stamp or a page number.
FEWEST_CHARACTERS = 25
IMAGE = 3
# Titles that programs put in by themselves.
_JUNK_TITLE = re.compile(
    r"(?i)^(?:microsoft|untitled|document\d*$|presentation|about:|https?:)|\.(?:docx?|indd|pdf|xlsx?|pub|odt)$"
)


@dataclass(frozen=True, slots=True)
class Pages:
    """What a PDF says: its text, how many pages it has, which of them are pictures of text, and its metadata."""

    text: str
    count: int
    scans: tuple[int, ...]
    meta: dict[str, str]


def read_pdf(raw: bytes, source: Source) -> Iterator[Item]:
    """Yield the report that a PDF is, and an error that names pages which are pictures of text.

    Raises BadInputError where it cannot be opened, has too many pages, or no text at all.
    """
    found = apart(source, pages_of, raw, source)
    notes: tuple[str, ...] = ()
    if found.scans and source.ocr:
        seen = pages_by_ocr(raw, found.scans, source)
        notes = (note(list(seen.values()), f"{_runs(found.scans)} of {found.count} {_were(found.scans)}"),)
        found = replace(apart(source, pages_of, raw, source, {n: one.rows for n, one in seen.items()}), scans=())
    if not found.text.strip():
        what = f"all {found.count} pages are scans" if found.scans else f"no text on {found.count} pages"
        raise BadInputError(f"{source.name}: {what}; run again with --ocr, or OCR on it first (ocrmypdf IN OUT)")
    days = tuple(_days(found.text, found.meta))
    title = found.meta.get("Title", "").strip()
    words = None if _JUNK_TITLE.search(title) else title or None
    yield make_report(Found(found.text, words, days=days, notes=notes), raw, source)
    if found.scans:
        are = "are scans" if len(found.scans) > 1 else "is a scan"
        yield BadInputError(
            f"{source.name}: {_runs(found.scans)} of {found.count} {are} and unread; run again with --ocr"
        )


def pages_of(raw: bytes, source: Source, seen: Mapping[int, Sequence[Row]] | None = None) -> Pages:
    """Return what a PDF says; `seen` is what OCR saw on pages (from 1) that are pictures."""
    pdfium = require_library("pypdfium2", source.name)
    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        advice = "locked with a password; save it without" if locked else "damaged or cut off; fetch it again"
        raise BadInputError(f"{source.name}: the PDF is {advice}") from None
    try:
        count = len(document)
        if count > source.limits.pdf_pages:
            raise BadInputError(f"{source.name}: {count} pages (limit pdf_pages={source.limits.pdf_pages}); cut it up")
        pages, scans = _pages(pdfium, document, source)
        for number, rows in (seen or {}).items():
            pages[number - 1] = list(rows)
        return Pages(_text_of(pages), count, tuple(scans), document.get_metadata_dict())
    finally:
        document.close()


def _text_of(pages: list[list[Row]]) -> str:
    """Return the text of all pages; notes at the foot come last, so that sentences run on over the page."""
    laid = [blocks_of(rows) for rows in without_furniture(pages)]
    text = unwrapped([block for blocks, _ in laid for block in blocks])
    notes = unwrapped([note for _, found in laid for note in (*found, [""])])
    return tidy(f"{text}\n\n{notes}".strip())


def _pages(pdfium: Any, document: Any, source: Source) -> tuple[list[list[Row]], list[int]]:
    pages: list[list[Row]] = []
    scans: list[int] = []
    start = time.monotonic()
    for number in range(len(document)):
        if time.monotonic() - start > source.limits.pdf_seconds:
            limit = source.limits.pdf_seconds
            raise BadInputError(
                f"{source.name}: page {number + 1} reached after {limit} seconds (limit pdf_seconds); cut it up"
            )
        try:
            rows, pictured = _page(document, number)
        except (pdfium.PdfiumError, ValueError, ctypes.ArgumentError):
            rows, pictured = [], False
        pages.append(rows)
        if pictured:
            scans.append(number + 1)
    return pages, scans


def _page(document: Any, number: int) -> tuple[list[Row], bool]:
    """Return the rows of a page, and whether it is a picture with hardly a word."""
    page = document[number]
    try:
        textpage = page.get_textpage()
        words: str = textpage.get_text_bounded()
        pieces = list(_pieces(textpage, words))
        textpage.close()
        few = len(words.strip()) < FEWEST_CHARACTERS
        return rows_of(pieces), few and any(one.type == IMAGE for one in page.get_objects())
    finally:
        page.close()


def _pieces(textpage: Any, words: str) -> Iterator[Piece]:
    """Yield the runs of words on a page with their places.

    Where each line is one run, from the top down, PDFium's own text is taken line by line: to put words together from
    their letters takes many times as long.
    """
    boxes = [textpage.get_rect(number) for number in range(textpage.count_rects())]
    lines = [line for line in words.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]
    if len(boxes) != len(lines) or any(a[1] < b[3] - 1 for a, b in pairwise(boxes)):
        yield from runs_of(textpage)
        return
    for (left, bottom, right, top), line in zip(boxes, lines, strict=True):
        yield Piece(left, bottom, right, top, line)


def _days(text: str, meta: dict[str, str]) -> Iterator[Evidence]:
    if day := labelled_day(text):
        yield Evidence(day, "text")
    # "D:20240506123000+02'00'"
    if day := written_day(meta.get("CreationDate", "").removeprefix("D:")[:8]):
        yield Evidence(day, "document")


def _were(numbers: Sequence[int]) -> str:
    return "were" if len(numbers) > 1 else "was"


def _runs(numbers: tuple[int, ...]) -> str:
    """Return page numbers as people write them: 2-4, 9."""
    first = [one for one in numbers if one - 1 not in numbers]
    last = [one for one in numbers if one + 1 not in numbers]
    runs = [str(a) if a == b else f"{a}-{b}" for a, b in zip(first, last, strict=True)]
    return f"page{'s' if len(numbers) > 1 else ''} {', '.join(runs[:20])}{', …' if len(runs) > 20 else ''}"
