"""E-mail: one report a message, its attachments read as files of their own."""

import email
import re
from collections.abc import Iterator
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

from marsad.errors import BadInputError
from marsad.read.days import header_day
from marsad.read.evidence import Evidence
from marsad.read.html import found_in_page
from marsad.read.items import Found, Item, Source, make_report
from marsad.read.plain import decode

_FROM_LINE = re.compile(rb"(?m)^From \S+.*\r?\n(?=[\w-]+:|>From )")
_QUOTED_FROM = re.compile(rb"(?m)^>(>*From )")


def read_mailbox(raw: bytes, source: Source) -> Iterator[Item]:
    """Yield the reports of all messages of a mailbox; a bad one is yielded as an error and stops nothing."""
    starts = [(found.start(), found.end()) for found in _FROM_LINE.finditer(raw)]
    ends = [start for start, _ in starts[1:]] + [len(raw)]
    for number, ((_, start), end) in enumerate(zip(starts, ends, strict=True), start=1):
        if number > source.limits.members:
            yield BadInputError(
                f"{source.name}: more messages than the limit members={number - 1}; the others are unread"
            )
            return
        try:
            yield from read_mail(_QUOTED_FROM.sub(rb"\1", raw[start:end]), source.inside(f"message {number}"))
        except BadInputError as error:
            yield error


def read_mail(raw: bytes, source: Source) -> Iterator[Item]:
    """Yield the report of one message, then those of its attachments."""
    try:
        message = email.message_from_bytes(raw)
        parts = [part for part in message.walk() if not part.is_multipart()]
        bodies = [part for part in parts if _is_body(part)]
    except (MessageError, ValueError, RecursionError, LookupError, TypeError, AttributeError) as error:
        raise BadInputError(
            f"{source.name}: is a damaged message ({type(error).__name__}); save its text alone"
        ) from None
    try:
        yield make_report(_found(message, bodies, source), raw, source)
    except BadInputError as error:
        yield error
    for part in parts:
        if part not in bodies and (part.get_filename() or part.get_content_disposition() == "attachment"):
            yield from _attachment(part, source)


def _is_body(part: Message) -> bool:
    is_text = part.get_content_type() in ("text/plain", "text/html")
    return is_text and part.get_content_disposition() != "attachment"


def _found(message: Message, bodies: list[Message], source: Source) -> Found:
    plain = [part for part in bodies if part.get_content_type() == "text/plain"]
    words = "\n\n".join(_text(part, source) for part in plain).strip()
    pages = [part for part in bodies if part not in plain]
    if not words and pages:
        words = found_in_page(_text(pages[0], source), source).text
    if not words:
        raise BadInputError(f"{source.name}: the message holds no words of its own")
    day = header_day(_header(message, "Date") or "")
    name, address = parseaddr(_header(message, "From") or "")
    days = (Evidence(day, "header"),) if day else ()
    return Found(words.replace("\r\n", "\n"), _header(message, "Subject"), name or address or None, days=days)


def _text(part: Message, source: Source) -> str:
    return decode(_payload(part), source.name, part.get_content_charset())


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _attachment(part: Message, source: Source) -> Iterator[Item]:
    try:
        inside = source.inside(_decoded(part.get_filename() or "attachment"))
        yield from source.read(_payload(part), inside)
    except BadInputError as error:
        yield error


def _header(message: Message, name: str) -> str | None:
    value = message.get(name)
    return None if value is None else " ".join(_decoded(str(value)).split()) or None


def _decoded(value: str) -> str:
    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, ValueError, TypeError):
        return value
