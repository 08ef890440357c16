"""PDF: the words of its pages in reading order, without page numbers and running heads; scanned pages are named."""

import ctypes
import re
import threading
import time
from collections.abc import Iterator
from typing import Any

from marsad.errors import BadInputError
from marsad.read.days import labelled_day, written_day
from marsad.read.evidence import Evidence
from marsad.read.extras import require_library
from marsad.read.items import Found, Item, Source, make_report, tidy
from marsad.read.layout import unwrapped, without_furniture

# PDFium is one machine for the whole process and is not made for two threads at once.
_PDFIUM = threading.Lock()
# A page with fewer letters and a picture on it is a scan with at most a stamp or a page number.
FEWEST_CHARACTERS = 25
IMAGE = 3
# Titles that programs put in by themselves.
_JUNK_TITLE = re.compile(r"(?i)^(?:microsoft|untitled|document\d*$|presentation)|\.(?:docx?|indd|pdf|xlsx?|pub|odt)$")


def read_pdf(raw: bytes, source: Source) -> Iterator[Item]:
    """Yield the report that a PDF is, and an error that names pages which are pictures of text.

    Raises BadInputError where it cannot be opened, has too many pages, or no text at all.
    """
    pdfium = require_library("pypdfium2", source.name)
    with _PDFIUM:
        pages, scans, meta = _read(pdfium, raw, source)
    text = tidy(unwrapped(without_furniture(pages)))
    if not text.strip():
        what = f"all {len(pages)} pages are scans" if scans else f"its {len(pages)} pages hold no text"
        raise BadInputError(f"{source.name}: {what}; run OCR on it first (for example ocrmypdf IN OUT)")
    days = tuple(_days(text, meta))
    title = meta.get("Title", "").strip()
    yield make_report(Found(text, None if _JUNK_TITLE.search(title) else title or None, days=days), raw, source)
    if scans:
        yield BadInputError(
            f"{source.name}: {_runs(scans)} of {len(pages)} {'are scans' if len(scans) > 1 else 'is a scan'}"
            " and unread; run OCR on it first"
        )


def _read(pdfium: Any, raw: bytes, source: Source) -> tuple[list[str], list[int], dict[str, str]]:
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
        return pages, scans, document.get_metadata_dict()
    finally:
        document.close()


def _pages(pdfium: Any, document: Any, source: Source) -> tuple[list[str], list[int]]:
    pages: list[str] = []
    scans: list[int] = []
    start = time.monotonic()
    for number in range(len(document)):
        if time.monotonic() - start > source.limits.pdf_seconds:
            limit = source.limits.pdf_seconds
            raise BadInputError(
                f"{source.name}: page {number + 1} reached after {limit} seconds (limit pdf_seconds); cut it up"
            )
        try:
            words, pictured = _page(document, number)
        except (pdfium.PdfiumError, ValueError, ctypes.ArgumentError):
            words, pictured = "", False
        pages.append(words)
        if pictured and len(words.strip()) < FEWEST_CHARACTERS:
            scans.append(number + 1)
    return pages, scans


def _page(document: Any, number: int) -> tuple[str, bool]:
    page = document[number]
    try:
        textpage = page.get_textpage()
        words: str = textpage.get_text_bounded()
        textpage.close()
        few = len(words.strip()) < FEWEST_CHARACTERS
        return words, few and any(one.type == IMAGE for one in page.get_objects())
    finally:
        page.close()


def _days(text: str, meta: dict[str, str]) -> Iterator[Evidence]:
    if day := labelled_day(text):
        yield Evidence(day, "text")
    # "D:20240506123000+02'00'"
    if day := written_day(meta.get("CreationDate", "").removeprefix("D:")[:8]):
        yield Evidence(day, "document")


def _runs(numbers: list[int]) -> str:
    """Return page numbers as people write them: 2-4, 9."""
    first = [one for one in numbers if one - 1 not in numbers]
    last = [one for one in numbers if one + 1 not in numbers]
    runs = [str(a) if a == b else f"{a}-{b}" for a, b in zip(first, last, strict=True)]
    return f"page{'s' if len(numbers) > 1 else ''} {', '.join(runs[:20])}{', …' if len(runs) > 20 else ''}"
