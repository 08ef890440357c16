"""Word files: paragraphs and tables in their order, title and day from the properties."""

import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

from marsad.errors import BadInputError
from marsad.read.days import labelled_day
from marsad.read.evidence import Evidence
from marsad.read.extras import require_library
from marsad.read.items import Found, Item, Source, make_report, tidy
from marsad.read.packed import brief, require_modest
from marsad.read.worker import apart

# What python-docx and lxml (whose XMLSyntaxError is a SyntaxError) raise for files that break the format.
BROKEN = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, AssertionError, RuntimeError, OSError)
BROKEN_XML = (SyntaxError, EOFError, zipfile.BadZipFile)
NESTED_TABLES = 5


def read_docx(raw: bytes, source: Source) -> Iterator[Item]:
    """Yield the report that a Word file is; raise BadInputError where it is damaged or has no words."""
    text, title, created = apart(source, _document, raw, source)
    if not text:
        raise BadInputError(f"{source.name}: the Word file holds no words; if it shows a scan, run OCR first")
    yield make_report(Found(text, title or None, days=tuple(_days(text, created))), raw, source)


def _document(raw: bytes, source: Source) -> tuple[str, str, object]:
    """Return the text of a Word file, its title and when it was created."""
    require_modest(raw, source)
    library = require_library("docx", source.name)
    errors = require_library("docx.opc.exceptions", source.name)
    try:
        document = library.Document(BytesIO(raw))
        text = tidy("\n".join(_lines(document, 0))).strip()
        properties = document.core_properties
        title = str(properties.title or "").strip() or _heading(document)
        created = properties.created
    except (*BROKEN, *BROKEN_XML, errors.OpcError) as error:
        raise BadInputError(f"{source.name}: is a damaged Word file ({brief(error)}); save it anew") from None
    return text, title, created


def _heading(document: Any) -> str:
    """Return the first paragraph where it is set as the title or as the first heading."""
    first = next((one for one in document.paragraphs if one.text.strip()), None)
    named = first is not None and re.match(r"(?i)title|heading 1\b", str(first.style.name or ""))
    return tidy(first.text).strip() if first is not None and named else ""


def _lines(container: Any, depth: int) -> Iterator[str]:
    for block in container.iter_inner_content():
        if hasattr(block, "rows"):
            if depth < NESTED_TABLES:
                yield from _rows(block, depth)
                yield ""
        elif block.text.strip():
            yield block.text
            yield ""


def _rows(table: Any, depth: int) -> Iterator[str]:
    for row in table.rows:
        # A cell that is merged over columns comes once for each of them.
        cells = list({id(cell._tc): cell for cell in row.cells}.values())
        yield " | ".join(" ".join(line for line in _lines(cell, depth + 1) if line).strip() for cell in cells)


def _days(text: str, created: object) -> Iterator[Evidence]:
    if day := labelled_day(text):
        yield Evidence(day, "text")
    # python-docx's own template says 2013-12-23; a file that still says so tells nothing.
    if isinstance(created, datetime) and created.date().isoformat() != "2013-12-23":
        yield Evidence(created.date(), "document")
