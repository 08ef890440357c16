"""E-mail: one report a message, its attachments read as files of their own."""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
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
from marsad.read.worker import apart

_FROM_LINE = re.compile(rb"(?m)^From \S+.*\r?\n(?=[\w-]+:|>From )")
_QUOTED_FROM = re.compile(rb"(?m)^>(>*From )")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a message: its type, its encoding, its name if it has one, whether it is a body, and its bytes."""

    kind: str
    charset: str | None
    name: str | None
    body: bool
    raw: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """A message: what its header says, decoded, and its parts in their order."""

    subject: str | None
    sender: str | None
    date: str | None
    parts: tuple[Part, ...]


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
    """Yield the report of one message, then those of its attachments, which were out by the day that it was sent."""
    letter = apart(source, letter_of, raw, source)
    sent = header_day(letter.date or "")
    try:
        yield make_report(_found(letter, source), raw, source)
    except BadInputError as error:
        yield error
    inherited = replace(source, days=(Evidence(sent, "message"),) if sent else ())
    for part in letter.parts:
        if not part.body and part.name:
            yield from _attachment(part, inherited)


def letter_of(raw: bytes, source: Source) -> Letter:
    """Return a message taken apart; raise BadInputError where it is damaged."""
    try:
        message = email.message_from_bytes(raw)
        return Letter(
            _header(message, "Subject"),
            _sender(message),
            _header(message, "Date"),
            tuple(_part(part) for part in message.walk() if not part.is_multipart()),
        )
    except (MessageError, ValueError, RecursionError, LookupError, TypeError, AttributeError) as error:
        raise BadInputError(
            f"{source.name}: is a damaged message ({type(error).__name__}); save its text alone"
        ) from None


def _part(part: Message) -> Part:
    kind = part.get_content_type()
    attached = part.get_content_disposition() == "attachment"
    name = part.get_filename()
    body = kind in ("text/plain", "text/html") and not attached
    payload = part.get_payload(decode=True)
    return Part(
        kind,
        part.get_content_charset(),
        _decoded(name) if name else "attachment" if attached else None,
        body,
        payload if isinstance(payload, bytes) else b"",
    )


def _sender(message: Message) -> str | None:
    name, address = parseaddr(_header(message, "From") or "")
    return name or address or None


def _found(letter: Letter, source: Source) -> Found:
    bodies = [part for part in letter.parts if part.body]
    plain = [part for part in bodies if part.kind == "text/plain"]
    words = "\n\n".join(_text(part, source) for part in plain).strip()
    pages = [part for part in bodies if part.kind == "text/html"]
    if not words and pages:
        words = found_in_page(_text(pages[0], source), source).text
    if not words:
        raise BadInputError(f"{source.name}: the message holds no words of its own")
    day = header_day(letter.date or "")
    days = (Evidence(day, "header"),) if day else ()
    return Found(words.replace("\r\n", "\n"), letter.subject, letter.sender, days=days)


def _text(part: Part, source: Source) -> str:
    return decode(part.raw, source.name, part.charset)


def _attachment(part: Part, source: Source) -> Iterator[Item]:
    try:
        yield from source.read(part.raw, source.inside(part.name or "attachment"))
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
