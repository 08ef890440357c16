"""The formats that a report can be written in, by the ending of its file."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from marsad.errors import BadInputError
from marsad.report.blocks import Document
from marsad.report.compose import compose
from marsad.report.html import html
from marsad.report.markdown import markdown
from marsad.report.model import Situation
from marsad.report.pdf import pdf
from marsad.report.wording import words_of


@dataclass(frozen=True, slots=True)
class Form:
    """One format: how a document is written in it, with an organisation's folder of templates."""

    name: str
    write: Callable[[Document, Path | None], bytes]


def write(situation: Situation, form: Form, folder: Path | None = None, long: bool = True) -> bytes:
    """Return a situation as a file of one format."""
    return form.write(compose(situation, words_of(folder), long), folder)


def require_form(name: str | None) -> Form:
    """Return the format that a file's name asks for, Markdown without any; raise BadInputError for others."""
    ending = ".md" if name is None else Path(name).suffix.casefold()
    if ending not in FORMS:
        raise BadInputError(f"{name}: a report is written as {', '.join(FORMS)}: give its file one of these endings")
    return FORMS[ending]


def _markdown(document: Document, folder: Path | None) -> bytes:
    return markdown(document, folder).encode("utf-8", "replace")


def _html(document: Document, folder: Path | None) -> bytes:
    return html(document, folder).encode("utf-8", "replace")


def _docx(document: Document, folder: Path | None) -> bytes:
    # python-docx takes a tenth of a second to load, which no other format should wait for.
    from marsad.report.docx import docx

    return docx(document, folder)


def _pdf(document: Document, folder: Path | None) -> bytes:
    return pdf(html(document, folder))


FORMS = {
    ".md": Form("Markdown", _markdown),
    ".html": Form("HTML", _html),
    ".docx": Form("Word", _docx),
    ".pdf": Form("PDF", _pdf),
}
