"""Plain text and Markdown: one report a file."""

import re
from collections.abc import Iterator

from marsad.errors import BadInputError
from marsad.read.days import labelled_day, written_day
from marsad.read.evidence import Evidence
from marsad.read.extras import require_library
from marsad.read.items import Found, Item, Source, make_report
from marsad.read.plain import decode
from marsad.read.worker import apart

# Bytes of a character in any encoding.
LONGEST_CHARACTER = 4
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.S)
_FIELD = re.compile(r"(?m)^([A-Za-z_]+)[ \t]*:[ \t]*(.+?)[ \t]*$")


def read_plain(raw: bytes, source: Source) -> Iterator[Item]:
    """Yield the report that a plain text is, its words as they stand."""
    text = decode(_modest(raw, source), source.name, source.charset)
    yield make_report(Found(text, days=_labelled(text)), raw, source)


def read_markdown(raw: bytes, source: Source) -> Iterator[Item]:
    """Yield the report that a Markdown text is: its words without the marks, its first heading as the title.

    What stands between `---` lines at the top (title, date, author or publisher, url) is taken as its writer's word.
    """
    text = decode(_modest(raw, source), source.name, source.charset)
    front = _FRONT.match(text)
    fields = {name.lower(): value.strip("\"'") for name, value in _FIELD.findall(front[1])} if front else {}
    heading, body = apart(source, _blocks, text[front.end() :] if front else text, source)
    day = written_day(fields.get("date") or fields.get("published") or "")
    days = ((Evidence(day, "metadata"),) if day else ()) + _labelled(body)
    title = fields.get("title") or heading
    publisher = fields.get("publisher") or fields.get("source")
    yield make_report(Found(body, title, publisher, fields.get("url"), fields.get("language"), days), raw, source)


def _modest(raw: bytes, source: Source) -> bytes:
    """Return the bytes of a text; raise BadInputError where they are too many for one report in any encoding."""
    limit = source.limits.report_characters
    if len(raw) > LONGEST_CHARACTER * limit:
        raise BadInputError(f"{source.name}: {len(raw):,} bytes (limit report_characters={limit}); cut it up")
    return raw


def _labelled(text: str) -> tuple[Evidence, ...]:
    day = labelled_day(text)
    return () if day is None else (Evidence(day, "text"),)


def _blocks(text: str, source: Source) -> tuple[str | None, str]:
    """Return the first heading of the first level, and the words of all other blocks."""
    library = require_library("markdown_it", source.name)
    try:
        tokens = library.MarkdownIt("commonmark", {"html": False}).enable("table").parse(text)
    except RecursionError:
        raise BadInputError(f"{source.name}: its Markdown is nested too deeply; save it as plain text") from None
    title: str | None = None
    parts: list[str] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "inline":
            words = _words(token)
            if title is None and before is not None and before.type == "heading_open" and before.tag == "h1":
                title = words
            elif before is not None and before.type in ("th_open", "td_open"):
                parts.append(f"{words} | ")
            else:
                parts.append(f"{words}\n\n")
        elif token.type in ("code_block", "fence"):
            parts.append(f"{token.content}\n")
        elif token.type == "tr_close":
            parts[-1] = parts[-1].removesuffix(" | ") + "\n"
        elif token.type == "table_close":
            parts.append("\n")
    return title, "".join(parts).strip()


def _words(token: object) -> str:
    kept = {"text", "code_inline"}
    children = getattr(token, "children", None) or ()
    return "".join(
        one.content if one.type in kept else "\n" if one.type == "hardbreak" else " " if one.type == "softbreak" else ""
        for one in children
    )
