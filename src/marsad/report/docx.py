"""Writes a report as a Word document, in the styles of an organisation's report.docx where there is one."""

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import docx as word_library
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import OpcError
from docx.shared import Pt

from marsad.errors import BadInputError
from marsad.report.blocks import Block, Bullets, Document, Paragraph, Run, Table

STYLES = "report.docx"
DATED = datetime(2000, 1, 1)
"""What the file says of when it was made: the same ledger gives the same bytes; the report says when it knew what."""


def docx(document: Document, folder: Path | None = None) -> bytes:
    """Return a document for Word; raise BadInputError where the organisation's report.docx is none."""
    word = _opened(folder)
    word.core_properties.title = f"{document.title}, {document.subtitle}"
    word.core_properties.author = "Marsad"
    word.core_properties.comments = ""
    word.core_properties.created = word.core_properties.modified = DATED
    word.add_paragraph(document.title, style=_style(word, "Title", "Heading 1"))
    word.add_paragraph(document.subtitle, style=_style(word, "Subtitle", "Normal"))
    for section in document.sections:
        word.add_paragraph(section.title, style=_style(word, "Heading 1", "Normal"))
        for block in section.blocks:
            _write(word, block)
    if document.notes:
        word.add_paragraph(document.notes_title, style=_style(word, "Heading 1", "Normal"))
    for note in document.notes:
        paragraph = word.add_paragraph(f"{note.number}. ")
        for number, line in enumerate(note.lines):
            _runs(paragraph, ((Run(" · "),) if number else ()) + line, 8)
    for line in document.about:
        _runs(word.add_paragraph(), line, 8)
    out = io.BytesIO()
    word.save(out)
    return _undated(out.getvalue())


def _opened(folder: Path | None) -> WordDocument:
    path = None if folder is None else folder / STYLES
    if path is None or not path.is_file():
        return word_library.Document()
    try:
        word = word_library.Document(str(path))
    except (OpcError, KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise BadInputError(f"{path} is no Word document ({error}): --template takes its styles from it") from error
    # Its styles, heads and feet stay; its words were only an example. The last element holds the page's own layout.
    for element in list(word.element.body)[:-1]:
        word.element.body.remove(element)
    return word


def _style(word: WordDocument, name: str, other: str) -> str:
    return name if name in {style.name for style in word.styles} else other


def _write(word: WordDocument, block: Block) -> None:
    if isinstance(block, Paragraph):
        _runs(word.add_paragraph(), block.runs, {"lead": 14, "quiet": 9}.get(block.role))
    elif isinstance(block, Bullets):
        for item in block.items:
            _runs(word.add_paragraph(style=_style(word, "List Bullet", "Normal")), item)
    elif isinstance(block, Table):
        _table(word, block)
    elif block.caption:
        # Word draws no SVG without a picture beside it: the numbers stand in the caption.
        _runs(word.add_paragraph(), block.caption, 9)


def _runs(paragraph: Any, found: Iterable[Run], size: int | None = None) -> None:
    for one in found:
        run = paragraph.add_run(_allowed(one.words))
        run.bold = one.style == "strong" or None
        run.italic = one.style == "quote" or None
        if size:
            run.font.size = Pt(size)
        if one.note is not None:
            # In brackets: whoever copies the words alone must not read "7" with note 2 as 72.
            mark = paragraph.add_run(f"[{one.note}]")
            mark.font.superscript = True
            if size:
                mark.font.size = Pt(size)


def _table(word: WordDocument, one: Table) -> None:
    table = word.add_table(rows=1, cols=len(one.head), style=_style(word, "Light List", "Normal Table"))
    for number, name in enumerate(one.head):
        _cell(table.rows[0].cells[number], (Run(name, style="strong"),), number >= one.words)
    for row in one.rows:
        cells = table.add_row().cells
        for number, cell in enumerate(row):
            _cell(cells[number], cell, number >= one.words)


def _cell(cell: Any, found: Iterable[Run], is_number: bool) -> None:
    paragraph = cell.paragraphs[0]
    _runs(paragraph, found, 9)
    if is_number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _allowed(words: str) -> str:
    """Return words without the control characters that XML cannot hold."""
    return "".join(sign for sign in words if sign in "\t\n" or (sign >= " " and not 0xD800 <= ord(sign) <= 0xDFFF))


def _undated(content: bytes) -> bytes:
    """Return the package with no clock in it: the day of every part is that of the format's own beginning."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
