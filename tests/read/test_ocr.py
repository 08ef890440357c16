"""Scanned pages are read by OCR where the user asks for it and Tesseract is there, and never without saying so."""

import shutil
from collections.abc import Iterator
from datetime import date
from io import BytesIO

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
import pytest
from tests.read.made_files import ARTICLE
from tests.read.printed import broken, newspaper, table

from marsad.errors import BadInputError
from marsad.model import Report
from marsad.read import ocr
from marsad.read.source import ReadOptions, read_bytes
from marsad.reading import ReadingOptions, make_reading

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="tesseract is not installed (apt-get install tesseract-ocr)"
)
ASKED = ReadOptions(ocr=True)
STORY = " ".join(ARTICLE)
ROWS = [["Province", "Killed", "Injured"], ["Idlib", "12", "30"], ["Aleppo", "17", "14"], ["Total", "29", "44"]]


def picture_of(raw: bytes) -> bytes:
    """Return the first page of a PDF as a PNG, a little askew, as a scanner sees it."""
    image = pypdfium2.PdfDocument(raw)[0].render(scale=200 / 72, grayscale=True).to_pil()
    out = BytesIO()
    image.rotate(0.4, fillcolor=255).save(out, "PNG")
    return out.getvalue()


def scan_of(raw: bytes, before: bytes = b"") -> bytes:
    """Return a PDF with a picture of the first page of another; behind a page of words, if any."""
    from fpdf import FPDF

    pdf = FPDF()
    if before:
        pdf.add_page()
        pdf.set_font("Helvetica", size=10)
        pdf.multi_cell(0, 5, before.decode())
    pdf.add_page()
    pdf.image(BytesIO(picture_of(raw)), 0, 0, 210)
    return bytes(pdf.output())


def read(raw: bytes, name: str) -> Report:
    (item,) = read_bytes(raw, name, date(2024, 6, 2), ASKED)
    assert not isinstance(item, BadInputError), item
    return item[0]


@needs_tesseract
def test_a_scan_of_two_columns_is_read_column_by_column_and_marked() -> None:
    lines = broken(STORY)
    report = read(scan_of(newspaper([(lines[:6], lines[6:])]), b"The second page is a scan."), "a.pdf")
    assert STORY in report.text.replace("\n", " ") and "second page" in report.text
    (note,) = report.notes
    assert note.startswith("page 2 of 2 was read by OCR (tesseract") and "figures and names may be wrong" in note
    assert note in make_reading(report, ReadingOptions("rules")).warnings


@needs_tesseract
def test_a_picture_of_a_table_keeps_its_rows_and_names_its_doubt() -> None:
    raw = table(ROWS, "Toll of the clashes in May 2024", STORY, STORY)
    report = read(scan_of(raw), "a.pdf")
    found = [
        (c.where.text if c.where else None, c.harm, c.count.stated)
        for c in make_reading(report, ReadingOptions("rules")).claims
        if c.extractor == "table"
    ]
    assert found == [
        ("Idlib", "killed", 12), ("Idlib", "injured", 30), ("Aleppo", "killed", 17), ("Aleppo", "injured", 14),
        (None, "killed", 29), (None, "injured", 44),
    ]  # fmt: skip
    assert report.notes


@needs_tesseract
def test_a_picture_is_read_where_one_asks_for_it() -> None:
    raw = picture_of(newspaper([(broken(STORY), [])]))
    assert STORY in read(raw, "a.png").text
    (left_out,) = read_bytes(raw, "a.png")
    assert "a PNG image; run again with --ocr" in str(left_out)


def test_an_absent_program_is_named_with_the_way_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    (error,) = read_bytes(scan_of(newspaper([(broken(STORY), [])])), "a.pdf", None, ASKED)
    assert isinstance(error, BadInputError)
    assert "OCR needs the program tesseract; install it (apt-get install tesseract-ocr" in str(error)


@pytest.fixture
def slow_program(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    program = tmp_path_factory.mktemp("bin") / "tesseract"
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    program.chmod(0o700)
    monkeypatch.setattr(shutil, "which", lambda _: str(program))
    yield


@pytest.mark.usefixtures("slow_program")
def test_a_page_that_takes_too_long_is_given_up() -> None:
    from dataclasses import replace

    from marsad.read.limits import Limits

    asked = ReadOptions(ocr=True, limits=replace(Limits(), ocr_seconds=1))
    (error,) = read_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100), "a.png", None, asked)
    assert "not read by OCR after 1 seconds (limit ocr_seconds)" in str(error)


def test_ruled_lines_are_made_white_and_letters_are_kept() -> None:
    picture = np.full((300, 400), 255, np.uint8)
    picture[50, 20:350] = 0
    picture[20:280, 30] = 0
    picture[100:130, 100:120] = 0
    cleaned = ocr.without_rules(picture)
    assert (cleaned[50] == 255).all() and (cleaned[140:, 30] == 255).all()
    assert (cleaned[100:130, 100:120] == 0).all()
