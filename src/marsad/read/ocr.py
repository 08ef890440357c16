"""Reads pictures of text by OCR, with Tesseract as a program of its own; what is read so is marked as doubtful."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from statistics import fmean
from typing import TYPE_CHECKING, Any

from marsad.errors import BadInputError
from marsad.read.columns import Piece, Row, rows_of
from marsad.read.extras import require_library
from marsad.read.items import Source
from marsad.read.worker import apart, limit_memory

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Pixels = npt.NDArray[np.uint8]

PROGRAM = "tesseract"
# Tesseract was trained on 300 dots an inch; a PDF counts in points, 72 an inch.
SCALE = 300 / 72
# So many pages are painted at once: each is 9 MB.
BATCH = 8
LEAST_CONFIDENCE = 30
# What is left of rules and stains.
_SPECK = re.compile(r"[\s|_=~—–\[\]{}¦'’‘`.,:;]*")
COLUMNS = 12
# Grey below this is ink. No letter has so many dots of ink in a row (8 mm), rules of tables have, askew ones too.
DARK = 140
RULE = 100
# In heights of a line.
WIDE = 1.2


@dataclass(frozen=True, slots=True)
class Seen:
    """What OCR saw on one page: rows of words with their places, and how sure it was on the mean (0 to 100)."""

    rows: tuple[Row, ...]
    confidence: float


def pages_by_ocr(raw: bytes, pages: Sequence[int], source: Source) -> dict[int, Seen]:
    """Return what OCR sees on the pages (from 1) of a PDF; raise BadInputError where it cannot be run."""
    seen: dict[int, Seen] = {}
    for at in range(0, len(pages), BATCH):
        numbers = list(pages[at : at + BATCH])
        for number, picture in zip(numbers, apart(source, painted, raw, numbers, source), strict=True):
            seen[number] = see(picture, f"page {number}", source)
    return seen


def painted(raw: bytes, pages: Sequence[int], source: Source) -> list[bytes]:
    """Return pages of a PDF as grey pictures (PGM, which needs no library to write)."""
    document = require_library("pypdfium2", source.name).PdfDocument(raw)
    try:
        return [_picture(document[number - 1]) for number in pages]
    finally:
        document.close()


def _picture(page: Any) -> bytes:
    pixels = page.render(scale=SCALE, grayscale=True).to_numpy()
    height, width = pixels.shape[:2]
    grey: bytes = without_rules(pixels.reshape(height, width)).tobytes()
    return b"P5 %d %d 255\n" % (width, height) + grey


def without_rules(pixels: "Pixels") -> "Pixels":
    """Return a grey picture with the ruled lines of tables made white: Tesseract drops cells that touch them."""
    import numpy as np

    dark = pixels < DARK
    rules = _runs(dark) | _runs(dark.T).T
    return np.where(rules, np.uint8(255), pixels)


def _runs(dark: "npt.NDArray[np.bool_]") -> "npt.NDArray[np.bool_]":
    """Return where RULE or more dark dots stand in a row, and one dot above and below."""
    import numpy as np

    if dark.shape[1] <= RULE:
        return np.zeros_like(dark)
    ends = np.cumsum(np.pad(dark, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    full = np.pad(ends[:, RULE:] - ends[:, :-RULE] == RULE, ((0, 0), (RULE - 1, RULE - 1)))
    starts = np.cumsum(np.pad(full, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    found = starts[:, RULE:] - starts[:, :-RULE] > 0
    found[1:] |= found[:-1]
    found[:-1] |= found[1:]
    return found


def see(picture: bytes, what: str, source: Source) -> Seen:
    """Return the words of one picture; raise BadInputError where Tesseract is absent, fails or takes too long."""
    command = [_program(source), "stdin", "stdout", "-l", "eng", "--psm", "3", "tsv"]
    try:
        done = subprocess.run(
            command,
            input=picture,
            capture_output=True,
            timeout=source.limits.ocr_seconds,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            preexec_fn=partial(limit_memory, source.limits.parser_bytes),
        )
    except subprocess.TimeoutExpired:
        raise BadInputError(
            f"{source.name}: {what} not read by OCR after {source.limits.ocr_seconds} seconds (limit ocr_seconds)"
        ) from None
    if done.returncode:
        said = " ".join(done.stderr.decode("utf-8", "replace").split())[:120]
        raise BadInputError(f"{source.name}: {what} cannot be read by OCR ({said or done.returncode})")
    return _seen(done.stdout.decode("utf-8", "replace"))


def note(seen: Sequence[Seen], pages: str) -> str:
    """Return what is to be known of words that OCR read."""
    sure = fmean(one.confidence for one in seen)
    return f"{pages} read by OCR ({version()}, {sure:.0f} of 100 sure): figures and names may be wrong"


@cache
def version() -> str:
    """Return the name and the number of the program that reads."""
    found = subprocess.run([PROGRAM, "--version"], capture_output=True, check=False, timeout=20)
    return (found.stdout or found.stderr).decode("utf-8", "replace").split("\n")[0].strip()


def _program(source: Source) -> str:
    found = shutil.which(PROGRAM)
    if found is None:
        raise BadInputError(
            f"{source.name}: OCR needs the program tesseract; install it (apt-get install tesseract-ocr, "
            "brew install tesseract), or run OCR on the file first (ocrmypdf IN OUT)"
        )
    return found


def _seen(table: str) -> Seen:
    """Return the words of Tesseract's table, line by line: boxes are in dots from the top left.

    A line is cut where its words stand wide apart: there a column or a cell ends.
    """
    lines: dict[tuple[str, ...], list[Piece]] = {}
    sure: list[float] = []
    for row in table.split("\n")[1:]:
        cells = row.split("\t")
        if len(cells) != COLUMNS or _SPECK.fullmatch(cells[11]) or float(cells[10]) < LEAST_CONFIDENCE:
            continue
        left, top, width, height = (float(cell) / SCALE for cell in cells[6:10])
        word = Piece(left, -top - height, left + width, -top, cells[11].strip())
        lines.setdefault(tuple(cells[1:5]), []).append(word)
        sure.append(float(cells[10]))
    return Seen(tuple(rows_of(piece for words in lines.values() for piece in _pieces(words))), fmean(sure or [0.0]))


def _pieces(words: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the runs of words of one line, each as high as the line."""
    bottom, top = min(word.bottom for word in words), max(word.top for word in words)
    at: list[Piece] = []
    for word in sorted(words, key=lambda one: one.left):
        if at and word.left - at[-1].right > WIDE * (top - bottom):
            yield _run(at, bottom, top)
            at = []
        at.append(word)
    yield _run(at, bottom, top)


def _run(words: Sequence[Piece], bottom: float, top: float) -> Piece:
    return Piece(words[0].left, bottom, words[-1].right, top, " ".join(word.text for word in words))
