"""Tells what kind of file some bytes are: by what they hold, and by the name only where the content leaves it open."""

import json
import re
import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath
from typing import Literal

from marsad.read.table import DELIMITERS, delimiter_of

Kind = Literal[
    "plain", "markdown", "html", "pdf", "docx", "mail", "mailbox", "json", "lines", "table", "excel", "zip", "gzip",
    "warc", "parquet", "picture", "unread",
]  # fmt: skip

# Kinds that hold no text, or none that is read, with what a person can do about it; by the first bytes.
UNREAD = (
    (b"GIF8", "a GIF image"),
    (b"RIFF", "sound, film or an image"),
    (b"ID3", "sound"),
    (b"OggS", "sound or film"),
    (b"\x1aE\xdf\xa3", "film"),
    (b"\xd0\xcf\x11\xe0", "an old Word, Excel or Outlook file; save it as .docx, .xlsx or .eml"),
    (b"{\\rtf", "an RTF file; save it as .docx or plain text"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"\xfd7zXZ", "an xz archive; unpack it first"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive; unpack it first"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
# Pictures that may be scans or photographs of text.
PICTURES = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
)
# Files of many records, each with its own mark.
RECORDS: tuple[tuple[bytes, Kind], ...] = ((b"WARC/", "warc"), (b"PAR1", "parquet"))
# A kind shows in its first bytes; web servers and browsers look at so many too.
HEAD = 4_096
# What is longer than this and looks like JSON is not read whole only to see whether it is.
LONG = 1_000_000
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body)\b", re.I)
_TAG = re.compile(rb"<\s*(?:p|div|meta|title|article|table|h1|br|span|a)\b[^>]*>", re.I)
_XML = re.compile(rb"\s*<(?:\?xml|rss|feed|urlset|sitemapindex)\b", re.I)
_HEADER = re.compile(
    rb"(?mi)^(from|to|date|subject|message-id|received|mime-version|return-path|delivered-to|x-[\w-]+):[ \t]"
)
_MAILBOX = re.compile(rb"From \S+.*\r?\n(?:[\w-]+:|>From )")
_OBJECT = re.compile(rb'\s*(?:\[\s*)?\{\s*(?:"|\})')
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def kind_of(raw: bytes, name: str) -> tuple[Kind, str]:
    """Return the kind of `raw`, and for an unread one what it is and what can be done."""
    head = raw[:HEAD]
    for start, words in UNREAD:
        if head.startswith(start):
            return "unread", words
    for start, words in PICTURES:
        if head.startswith(start):
            return "picture", words
    if head[4:8] == b"ftyp":
        return "unread", "film or an image"
    if b"%PDF-" in head[:1024]:
        return "pdf", ""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(raw)
    if head.startswith(b"\x1f\x8b"):
        return ("warc" if _peek(raw).startswith(b"WARC/") else "gzip"), ""
    if kind := _kind_of_records(head):
        return kind, ""
    return _text_kind(raw, _plain_head(head), PurePosixPath(name.replace("\\", "/")).suffix.lower())


def _kind_of_records(head: bytes) -> Kind | None:
    return next((kind for start, kind in RECORDS if head.startswith(start)), None)


def _zip_kind(raw: bytes) -> tuple[Kind, str]:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "zip", ""
    if "word/document.xml" in names:
        return "docx", ""
    if "xl/workbook.xml" in names:
        return "excel", ""
    if any(name.startswith("ppt/") for name in names) or "content.xml" in names:
        return "unread", "a presentation or an OpenDocument file; save it as .docx, .xlsx or PDF"
    if "xl/workbook.bin" in names:
        return "unread", "a binary Excel file; save it as .xlsx"
    return "zip", ""


def _text_kind(raw: bytes, head: bytes, suffix: str) -> tuple[Kind, str]:
    by_content = _structured(raw, head, suffix)
    if by_content is not None:
        return by_content, ""
    if _XML.match(head):
        return "unread", "XML of no kind that is read here (HTML and WARC are; feeds and sitemaps by marsad watch)"
    if suffix in {".csv", ".tsv", ".tab"} or _has_text_column(head):
        return "table", ""
    return ("markdown" if suffix in {".md", ".markdown"} else "plain"), ""


def _structured(raw: bytes, head: bytes, suffix: str) -> Kind | None:
    if suffix in {".jsonl", ".ndjson"}:
        return "lines"
    if _OBJECT.match(head) or suffix == ".json":
        return _json_kind(raw, head, suffix)
    if _MAILBOX.match(head):
        return "mailbox"
    headers = {found.lower() for found in _HEADER.findall(head.replace(b"\r\n", b"\n").split(b"\n\n")[0])}
    if _HEADER.match(head) and len(headers) >= (1 if suffix == ".eml" else 3):
        return "mail"
    if head.lstrip()[:1] == b"<" and (_HTML.search(head) or suffix in {".html", ".htm", ".xhtml"}):
        return "html"
    return "html" if suffix in {".html", ".htm", ".xhtml"} and (_TAG.search(raw) or not raw.strip()) else None


def _json_kind(raw: bytes, head: bytes, suffix: str) -> Kind | None:
    """An object a line is JSON Lines; a text that only looks like JSON and is not named so is prose."""
    start = len(head) - len(head.lstrip(b"\xef\xbb\xbf \t\r\n"))
    end = raw.find(b"\n", start)
    first, more = raw[start : end if end >= 0 else len(raw)], end >= 0 and not raw[end : end + HEAD].isspace()
    whole_line = first.strip().startswith(b"{") and _is_json(first)
    if whole_line and (more or suffix != ".json"):
        return "lines" if suffix == ".json" or b'"text"' in first else "json"
    return "json" if suffix == ".json" or b'"text"' in head or (len(raw) < LONG and _is_json(raw)) else None


def _is_json(raw: bytes) -> bool:
    try:
        json.loads(raw)
    except (ValueError, RecursionError):
        return False
    return True


def _has_text_column(head: bytes) -> bool:
    """A first line that names a column `text` beside others is the head of a table."""
    first = head.decode("utf-8", "replace").lstrip("\ufeff").split("\n", 1)[0].strip()
    if not any(mark in first for mark in DELIMITERS):
        return False
    columns = {column.strip().strip('"').lower() for column in first.split(delimiter_of(first))}
    return "text" in columns and bool(columns & {"title", "published", "publisher", "url", "id", "date"})


def _plain_head(head: bytes) -> bytes:
    """Return the head without a byte order mark, as UTF-8 where it is UTF-16."""
    if head.startswith(_MARKS[1:]):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace").encode("utf-8")
    return head.removeprefix(_MARKS[0])


def _peek(raw: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(raw[:HEAD], HEAD)
    except zlib.error:
        return b""
