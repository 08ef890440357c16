"""The runs of words on a PDF's page, put together letter by letter: programs that print web pages place each alone.

PDFium's own boxes are then one letter wide, and to ask it for the words within a box gives letters of their neighbours.
"""

from collections.abc import Callable, Iterator
from ctypes import addressof, byref, c_double
from importlib import import_module
from sys import maxunicode
from typing import Any

from marsad.read.columns import GAP, Piece

# Between two words that the file parts by a blank a justified line may be stretched so far.
STRETCHED = 2.5
# A letter that begins so far left of the last one's end (in heights of the run) is no kerning but a new run.
BACK = 1.0
# Letters of one line share their height with what stands before them, but for quotes, commas and raised figures.
LOWEST, HIGHEST = -0.6, 0.9


class _Run:
    """Letters that stand one after the other on a line, and the box around them."""

    def __init__(self, letter: str, box: tuple[float, float, float, float]) -> None:
        self.letters = [letter]
        self.left, self.right, self.bottom, self.top = box

    def goes_on(self, box: tuple[float, float, float, float], *, spaced: bool) -> bool:
        left, _, bottom, top = box
        height = max(self.top - self.bottom, top - bottom)
        middle = ((bottom + top) / 2 - self.bottom) / height if height else 0.5
        return (
            -BACK * height < left - self.right < (STRETCHED if spaced else GAP) * height
            and LOWEST < middle - 0.5 < HIGHEST
        )

    def add(self, letter: str, box: tuple[float, float, float, float]) -> None:
        self.letters.append(letter)
        left, right, bottom, top = box
        self.left, self.right = min(self.left, left), max(self.right, right)
        self.bottom, self.top = min(self.bottom, bottom), max(self.top, top)

    def piece(self) -> Piece:
        return Piece(self.left, self.bottom, self.right, self.top, "".join(self.letters).rstrip())


def runs_of(textpage: Any) -> Iterator[Piece]:
    """Yield the runs of words on a page with their places, as PDFium orders its letters.

    A run ends where PDFium sees the end of a line and where a gap is as wide as between columns.
    """
    box_of, object_of = _boxes(textpage), _objects(textpage)
    last = 0
    run: _Run | None = None
    blank = False
    for number, letter in enumerate(_letters(textpage)):
        if letter.isspace():
            blank = True
            if run is not None and letter in "\r\n":
                yield run.piece()
                run = None
            continue
        box = box_of(number)
        if run is not None and run.goes_on(box, spaced=blank and object_of(last) == object_of(number)):
            run.add(f" {letter}" if blank else letter, box)
        else:
            if run is not None:
                yield run.piece()
            run = _Run(letter, box)
        blank, last = False, number
    if run is not None:
        yield run.piece()


def _letters(textpage: Any) -> Iterator[str]:
    """Yield the letters of a page, one for each of PDFium's, which writes null for what has no letter."""
    pdfium: Any = import_module("pypdfium2.raw")

    for number in range(textpage.count_chars()):
        code: int = pdfium.FPDFText_GetUnicode(textpage, number)
        yield " " if code == 0 or 0xD800 <= code < 0xE000 or code > maxunicode else chr(code)


def _boxes(textpage: Any) -> Callable[[int], tuple[float, float, float, float]]:
    """Return what gives the box of a letter: left, right, bottom, top."""
    pdfium: Any = import_module("pypdfium2.raw")

    sides = [c_double() for _ in range(4)]
    ends = [byref(side) for side in sides]

    def box_of(number: int) -> tuple[float, float, float, float]:
        pdfium.FPDFText_GetCharBox(textpage, number, *ends)
        left, right, bottom, top = (side.value for side in sides)
        return left, right, bottom, top

    return box_of


def _objects(textpage: Any) -> Callable[[int], int]:
    """Return what gives the object of the file that a letter belongs to: a line or a piece of one."""
    pdfium: Any = import_module("pypdfium2.raw")

    def object_of(number: int) -> int:
        return addressof(found.contents) if (found := pdfium.FPDFText_GetTextObject(textpage, number)) else 0

    return object_of
