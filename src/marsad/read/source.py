"""Opens what the caller names and sends it to the reader of its kind."""

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from marsad.errors import BadInputError
from marsad.model import Report
from marsad.read.archive import read_gzip, read_zip
from marsad.read.days import parse_day
from marsad.read.docx import read_docx
from marsad.read.evidence import Evidence
from marsad.read.excel import read_excel
from marsad.read.files import at_most, bytes_of, files_of
from marsad.read.html import read_html
from marsad.read.items import Budget, Item, SkippedInputError, Source
from marsad.read.jsonl import read_json, read_json_lines
from marsad.read.kinds import Kind, kind_of
from marsad.read.limits import Limits
from marsad.read.mail import read_mail, read_mailbox
from marsad.read.parquet import read_parquet
from marsad.read.pdf import read_pdf
from marsad.read.picture import read_picture
from marsad.read.prose import read_markdown, read_plain
from marsad.read.table import read_table
from marsad.read.warc import read_warc

__all__ = [
    "ReadOptions", "Served", "parse_day", "read_bytes", "read_file", "read_originals", "read_reports", "source_named",
]  # fmt: skip

STANDARD_INPUT = "-"
READERS: dict[Kind, Callable[[bytes, Source], Iterator[Item]]] = {
    "plain": read_plain,
    "markdown": read_markdown,
    "html": read_html,
    "pdf": read_pdf,
    "docx": read_docx,
    "mail": read_mail,
    "mailbox": read_mailbox,
    "json": read_json,
    "lines": read_json_lines,
    "table": read_table,
    "excel": read_excel,
    "zip": read_zip,
    "gzip": read_gzip,
    "warc": read_warc,
    "parquet": read_parquet,
    "picture": read_picture,
}


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read: the user's map from a report's key to a column, the limits, and whether to read pictures by OCR."""

    columns: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Served:
    """What is known of bytes that came from an address: it, a name of their kind ("x.html"), their encoding and day."""

    url: str
    hint: str
    charset: str | None = None
    days: tuple[Evidence, ...] = ()


def read_reports(
    source: str, published: date | None = None, options: ReadOptions | None = None
) -> Iterator[Report | BadInputError]:
    """Yield the reports of a file or a folder (or of standard input, for "-") in their order.

    What cannot be read is yielded as the error that says so, and the rest goes on; nothing is raised.
    `published` is the publication day of reports that carry none of their own.
    """
    for item in read_originals(source, published, options):
        yield item if isinstance(item, BadInputError) else item[0]


def read_originals(source: str, published: date | None = None, options: ReadOptions | None = None) -> Iterator[Item]:
    """Yield like `read_reports`, each report with the bytes that its `sha256` names: of its file, line or object."""
    for path in files_of(source):
        if isinstance(path, BadInputError):
            yield path
        else:
            yield from read_file(path, published, options)


def read_file(path: str, published: date | None = None, options: ReadOptions | None = None) -> Iterator[Item]:
    """Yield like `read_originals` what one file holds."""
    limits = (options or ReadOptions()).limits
    name = "standard input" if path == STANDARD_INPUT else path
    try:
        raw = at_most(sys.stdin.buffer, limits, name) if path == STANDARD_INPUT else bytes_of(path, limits)
    except BadInputError as error:
        yield error
    else:
        yield from read_bytes(raw, name, published, options)


def read_bytes(
    raw: bytes,
    name: str,
    published: date | None = None,
    options: ReadOptions | None = None,
    served: Served | None = None,
) -> Iterator[Item]:
    """Yield like `read_originals` what the bytes of a file (on disk or not) hold; `name` helps tell its kind."""
    source = source_named(name, published, options)
    if served is not None:
        source = replace(source, url=served.url, hint=served.hint, charset=served.charset, days=served.days)
    yield from _by_kind(raw, source)


def source_named(name: str, published: date | None = None, options: ReadOptions | None = None) -> Source:
    """Return the source of a name, with the whole budget of a reading."""
    options = options or ReadOptions()
    budget = Budget(options.limits.unpacked_bytes)
    return Source(name, _by_kind, budget, published, options.columns, options.limits, ocr=options.ocr)


def _by_kind(raw: bytes, source: Source) -> Iterator[Item]:
    if not raw and source.depth:
        yield SkippedInputError(f"{source.name}: is empty")
        return
    kind, words = kind_of(raw, source.hint or source.name)
    if kind == "picture" and not source.ocr:
        kind, words = "unread", f"{words}; run again with --ocr if it shows text"
    if kind == "unread":
        yield SkippedInputError(f"{source.name}: is {words}; left out")
        return
    try:
        yield from READERS[kind](raw, source)
    except BadInputError as error:
        yield error
