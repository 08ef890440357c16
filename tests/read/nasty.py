"""Makes a folder of nasty files, each with the word that its one line must hold (None: it is read in silence)."""

import gzip
import os
import socket
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from tests.read.made_files import ARTICLE, docx, mail, page, pdf, workbook, zipped

WORDS = " ".join(ARTICLE)
BIG = 50_000_000


def _html_of_50_mb() -> bytes:
    part = f"<p>{WORDS}</p>\n".encode()
    return b"<!DOCTYPE html><html><body><article>" + part * (BIG // len(part) + 1)


def _nested(depth: int) -> bytes:
    raw = WORDS.encode()
    for level in range(depth):
        raw = zipped({f"level{level}.zip" if level else "report.txt": raw})
    return raw


def _bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("zeros.txt", "w") as file:
        for _ in range(60):
            file.write(bytes(1_000_000))
    return out.getvalue()


def _lying_zip() -> bytes:
    """A zip whose directory says that a member is smaller than it is."""
    raw = bytearray(zipped({"report.txt": WORDS.encode() * 50}))
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(raw)


def _locked_zip() -> bytes:
    raw = bytearray(zipped({"report.txt": WORDS.encode()}))
    raw[6] |= 1
    raw[raw.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


def _exploding_docx() -> bytes:
    """A Word file whose XML defines entities by entities, nine levels of them."""
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    document = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e0 "ha">{levels}]><w:document xmlns:w="http://schemas.openxmlformats'
        '.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&e9;</w:t></w:r></w:p></w:body></w:document>'
    )
    return _replaced(docx(["x"]), "word/document.xml", document.encode())


def _exploding_sheet() -> bytes:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    sheet = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e0 "ha">{levels}]><worksheet xmlns="http://schemas.openxmlformats.org'
        '/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&e9;</t></is></c></row>'
        "</sheetData></worksheet>"
    )
    return _replaced(workbook({"a": [["text"], [WORDS]]}), "xl/worksheets/sheet1.xml", sheet.encode())


def _replaced(raw: bytes, name: str, content: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        return zipped({one: content if one == name else archive.read(one) for one in archive.namelist()})


def _deep_html(depth: int) -> bytes:
    return b"<html><body>" + b"<div>" * depth + f"<p>{WORDS}</p>".encode() + b"</div>" * depth


def _deep_mail() -> bytes:
    return b"".join(
        b"From: a@b.example\nDate: Tue, 7 May 2024 10:00:00 +0000\nSubject: x\nMIME-Version: 1.0\n"
        b"Content-Type: message/rfc822\n\n"
        for _ in range(2_000)
    )


def _deep_json_lines() -> bytes:
    return b'{"text": "One died."}\n' + b'{"text": ' + b"[" * 50_000 + b"\n" + b'{"text": "Three died."}\n'


def _wide_sheet() -> bytes:
    """A sheet that says it has a cell in the last column of the last row there can be."""
    return _replaced(
        workbook({"a": [["text"], [WORDS]]}),
        "xl/worksheets/sheet1.xml",
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>'
        b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row></sheetData></worksheet>',
    )


def _looping_pdf() -> bytes:
    """A PDF whose tree of pages is its own child."""
    return pdf([ARTICLE]).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]")


def _huge_picture_pdf() -> bytes:
    """A PDF that says its picture has a million million dots."""
    return pdf([b""]).replace(b"/Width 2 /Height 2", b"/Width 999999 /Height 999999")


def _many_parts_mail() -> bytes:
    parts = b"".join(b"--x\r\nContent-Type: text/plain\r\n\r\nOne.\r\n" for _ in range(20_000))
    return mail("", extra='Content-Type: multipart/mixed; boundary="x"\r\n') + parts + b"--x--\r\n"


FILES: dict[str, tuple[Callable[[], bytes], str | None]] = {
    "cut.pdf": (lambda: pdf([ARTICLE])[:400], "damaged"),
    "half.pdf": (lambda: pdf([ARTICLE] * 20)[:-900], "damaged"),
    "empty.pdf": (lambda: b"%PDF-1.7\n", "damaged"),
    "scanned.pdf": (lambda: pdf([b"", b""]), "scan"),
    "a-page.pdf": (lambda: page().encode(), None),
    "huge.html": (_html_of_50_mb, "html_bytes"),
    "deep.html": (lambda: _deep_html(20_000), "no article"),
    "menu.html": (lambda: b"<html><body><nav></nav></body></html>", "no article"),
    "entities.html": (
        lambda: (
            page((WORDS + " &boom; &#9999999999; &#xD800; &amp;amp;",))
            .replace("<!DOCTYPE html>", '<!DOCTYPE html [<!ENTITY boom "&boom;&boom;">]>')
            .encode()
        ),
        None,
    ),
    "says-latin.html": (
        lambda: page((WORDS + " Médine, Gaò, Ségou, Timbuktu – “fini”",)).replace("utf-8", "latin-1").encode(),
        None,
    ),
    "says-utf-8.html": (lambda: page((WORDS + " Le café de Ségou a fermé.",)).encode("cp1252"), None),
    "says-nonsense.html": (lambda: page((WORDS + " Café.",)).replace("utf-8", "klingon-8").encode("cp1252"), None),
    "unclosed.html": (lambda: f"<html><body><article><p>{WORDS}<p>{WORDS}<table><tr><td>1".encode(), None),
    "nulls.html": (lambda: page((WORDS + "\0\0",)).encode(), "null bytes"),
    "script.html": (lambda: b"<html><script>" + b"(" * 100_000 + b"</script><body></body></html>", "no article"),
    "nested.zip": (lambda: _nested(9), "archives deep"),
    "bomb.zip": (_bomb, "bomb"),
    "bomb.gz": (lambda: gzip.compress(bytes(60_000_000), mtime=0), "bomb"),
    "bombs-in.zip": (
        lambda: zipped({"a.txt": WORDS.encode(), "b.gz": gzip.compress(bytes(60_000_000), mtime=0)}),
        "bomb",
    ),
    "cut.zip": (lambda: zipped({"a.txt": WORDS.encode()})[:-30], "damaged zip"),
    "cut.gz": (lambda: gzip.compress(WORDS.encode())[:-20], "damaged gzip"),
    "lying.zip": (_lying_zip, "damaged"),
    "locked.zip": (_locked_zip, "password"),
    "climbing.zip": (lambda: zipped({"../../../etc/report.txt": WORDS.encode()}), None),
    "empty.zip": (lambda: zipped({}), "empty"),
    "exploding.docx": (_exploding_docx, "damaged Word"),
    "exploding.xlsx": (_exploding_sheet, "damaged Excel"),
    "cut.docx": (lambda: docx([WORDS])[:-200], "damaged"),
    "not-xml.docx": (lambda: _replaced(docx([WORDS]), "word/document.xml", b"<w:document"), "damaged Word"),
    "no-words.docx": (lambda: docx([]), "no words"),
    "is-a-page.docx": (lambda: page().encode(), None),
    "no-columns.xlsx": (lambda: workbook({"a": [["x", "y"], [1, 2]]}), "no column"),
    "mark.txt": (lambda: b"\xef\xbb\xbf" + WORDS.encode(), None),
    "utf-16.txt": (lambda: WORDS.encode("utf-16"), None),
    "odd-utf-16.txt": (lambda: WORDS.encode("utf-16") + b"\x0a", "utf-16"),
    "nulls.txt": (lambda: b"Two men\0 died.", "null bytes"),
    "bare-utf-16.txt": (lambda: WORDS.encode("utf-16-le"), "null bytes"),
    "right-to-left.txt": (lambda: f"\u202e{WORDS}\u202c\u200f".encode(), None),
    "noise.txt": (lambda: bytes(range(128, 256)) * 20, "encoding"),
    "picture.txt": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG"),
    "old.doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "old Word"),
    "quotes.csv": (lambda: f'id,text\n1,"{WORDS}"\n2,"never closed\n3,fine\n'.encode(), "line 3"),
    "cells.csv": (lambda: b"id,text\n1,a,b,c\n2,Two died.\n", "line 2"),
    "all-open.csv": (lambda: b"id,text\n" + b'1,"a\n2,b"c\n' * 20_000, "broken quotes"),
    "headless.csv": (lambda: b"7 May,Two died\n", "no column"),
    "empty.csv": (lambda: b"\n\n", "empty table"),
    "strange-keys.jsonl": (lambda: b'{"text": "One died.", "publishd": 1}\n' * 3, "keys that are not read: publishd"),
    "deep.jsonl": (_deep_json_lines, "line 2"),
    "marked.jsonl": (lambda: b'\xef\xbb\xbf{"text": "One died."}\r\n', None),
    "list.jsonl": (lambda: b'[{"text": "One died."}]\n', "line 1"),
    "nulls.jsonl": (lambda: b'{"text": "One\0 died."}\n', "null bytes"),
    "marked.csv": (lambda: b"\xef\xbb\xbfid,text\r\n1,Two died.\r\n", None),
    "nulls.csv": (lambda: b"id,text\n1,Two\0 died.\n", "null bytes"),
    "huge-cell.csv": (lambda: b"id,text\n1," + b"a" * 1_500_000 + b"\n", "cell_characters"),
    "wide.xlsx": (_wide_sheet, "is empty"),
    "looping.pdf": (_looping_pdf, "no text on 1 pages"),
    "huge-picture.pdf": (_huge_picture_pdf, "scan"),
    "parts.eml": (_many_parts_mail, None),
    "marks.txt": (lambda: ("\u202e\u2066\u200f\u200b" * 1_000 + WORDS).encode(), None),
    "stars.md": (lambda: b"*a " * 20_000 + b"\n" + b"> " * 5_000 + b"x", None),
    "brackets.md": (lambda: b"[" * 20_000 + WORDS.encode(), None),
    "one-line.txt": (lambda: b"Two men died. " * 500_000, "report_characters"),
    "huge.txt": (lambda: b"Two men died.\n" * 2_000_000, "report_characters"),
    "tags.html": (lambda: b"<html><body>" + b"<b><i>" * 100_000 + WORDS.encode(), "no article"),
    "attributes.html": (lambda: b"<html><body><p " + b"a='b' " * 200_000 + b">" + WORDS.encode(), None),
    "one-bad.jsonl": (lambda: b'{"text": "One died."}\n{"text": "Two\n{"text": "Three died."}\n', "line 2"),
    "all-bad.jsonl": (lambda: b'{"text": \n' * 5_000, "more bad lines"),
    "deep.json": (lambda: b"[" * 100_000, "nested too deeply"),
    "number.json": (lambda: b'{"text": "Two died.", "published": ' + b"9" * 10_000 + b"}", "not JSON"),
    "feed.xml": (lambda: b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "XML"),
    "deep.eml": (_deep_mail, "message"),
    "charset.eml": (lambda: mail(WORDS, extra="Content-Type: text/plain; charset=klingon\r\n"), None),
    "boundary.eml": (lambda: mail(WORDS, extra='Content-Type: multipart/mixed; boundary="x"\r\n'), "no words"),
    "base64.eml": (lambda: mail("!!!", extra="Content-Transfer-Encoding: base64\r\n"), "no words"),
    "headers.eml": (lambda: mail(WORDS, subject="=?utf-8?b?!!?= =?klingon?q?x?="), None),
    "date.eml": (lambda: mail(WORDS).replace(b"Tue, 07 May 2024", b"Tue, 77 May 2024"), None),
    "cut.warc": (
        lambda: b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 999\r\n\r\nHTTP/1.1 200 OK\r\n",
        "no pages",
    ),
}


def make(folder: Path) -> None:
    """Write the files, a loop of links, a dangling link, a named pipe, and a file that nobody may read."""
    for name, (content, _) in FILES.items():
        (folder / name).write_bytes(content())
    (folder / "loop").symlink_to(folder)
    (folder / "itself").symlink_to(folder / "itself")
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        # The path of a socket may be no longer than 108 bytes.
        here = Path.cwd()
        os.chdir(folder)
        listening.bind("socket")
        os.chdir(here)
    (folder / "nothing.txt").touch()
    (folder / "secret.txt").write_text(WORDS)
    (folder / "secret.txt").chmod(0)
    (folder / "good.txt").write_text(WORDS)


OTHERS = {
    "loop": "link to a folder",
    "itself": "cannot be read",
    "gone.txt": "cannot be read",
    "pipe": "named pipe",
    "socket": "no file (a device or a socket)",
    "nothing.txt": "is empty",
}
UNREADABLE = "secret.txt"
