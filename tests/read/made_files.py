"""Makes files of every kind from words, small and without the libraries that read them where that is easy."""

import gzip
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO

ARTICLE = (
    "Gunmen opened fire on a bus near the town of Ouallam on Tuesday, and the local council said that nine passengers"
    " were killed and four others were wounded in the attack.",
    "The council said that the bus had been on its way to the weekly market, and that two of the dead were children of"
    " the driver, who was not hurt.",
    "The army sent soldiers to the town in the evening. It was the third attack on this road since the rains ended, and"
    " the people who live beside it have asked for an escort on market days.",
)


def page(body: Sequence[str] = ARTICLE, head: str = "", title: str = "Nine killed on a market bus") -> str:
    """Return a web page with menus, a comment form and an article."""
    words = "".join(f"<p>{part}</p>" for part in body)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        '<nav><a href="/">Home</a><a href="/sport">Sport results</a></nav>'
        f"<main><article><h1>{title}</h1>{words}</article></main>"
        "<footer>Subscribe to our newsletter. All rights reserved.</footer></body></html>"
    )


DAY_HEAD = (
    '<meta property="og:site_name" content="Niamey Ledger"><meta property="article:published_time"'
    ' content="2024-05-07T18:30:00Z"><link rel="canonical" href="https://ledger.example/2024/05/07/market-bus">'
)


def pdf(pages: Sequence[Sequence[str] | bytes], info: str = "") -> bytes:
    """Return a PDF; a page is its lines, or bytes for one that is only a grey picture."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids: list[int] = []
    for one in pages:
        if isinstance(one, bytes):
            objects.append(
                b"<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8"
                b" /Length 4 >>\nstream\n\x10\x80\x90\xff\nendstream"
            )
            resources = f"<< /XObject << /I {len(objects)} 0 R >> >>"
            stream = b"q 500 0 0 700 50 50 cm /I Do Q"
        else:
            resources = "<< /Font << /F 3 0 R >> >>"
            stream = _lines(one)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources {resources}"
            f" /Contents {len(objects)} 0 R >>".encode()
        )
        kids.append(len(objects))
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
    objects.append(f"<< {info} >>".encode("latin-1"))
    return _assembled(objects)


def _lines(lines: Sequence[str]) -> bytes:
    shown = "".join(f"({line.translate({40: '[', 41: ']', 92: '/'})}) Tj T* " for line in lines)
    return f"BT /F 10 Tf 14 TL 50 740 Td {shown}ET".encode("latin-1", "replace")


def _assembled(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, words in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, words)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        len(objects),
        start,
    )
    return bytes(out)


def docx(parts: Sequence[str | Sequence[Sequence[str]]], title: str = "", created: datetime | None = None) -> bytes:
    """Return a Word file; a part is a paragraph, or the rows of a table."""
    from docx import Document

    document = Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(rows=0, cols=len(part[0]))
        for row in part:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
    document.core_properties.title = title
    if created:
        document.core_properties.created = created
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """Return an Excel file with the rows of each sheet."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip with these files."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files.items():
            archive.writestr(zipfile.ZipInfo(name), raw, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def mail(body: str, subject: str = "Situation report", extra: str = "") -> bytes:
    """Return a plain message of the desk at Niamey."""
    head = f"From: Field Desk <desk@ledger.example>\r\nTo: all@ledger.example\r\nSubject: {subject}\r\n"
    return (
        f"{head}Date: Tue, 07 May 2024 21:04:00 +0100\r\nMessage-ID: <1@ledger.example>\r\n{extra}\r\n{body}".encode()
    )


def mail_with(body: str, name: str, raw: bytes, kind: str) -> bytes:
    """Return a message with one attachment."""
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"], message["Subject"] = "desk@ledger.example", "With a file"
    message["Date"] = "Tue, 07 May 2024 21:04:00 +0100"
    message.set_content(body)
    main, _, sub = kind.partition("/")
    message.add_attachment(raw, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def warc(pages: Mapping[str, tuple[str, bytes]], packed: bool = True) -> bytes:
    """Return a web archive: address to type and body."""
    out = b""
    for number, (url, (kind, body)) in enumerate(pages.items()):
        http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-05-09T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        record = head.encode() + http + b"\r\n\r\n"
        out += gzip.compress(record, mtime=0) if packed else record
    return out
