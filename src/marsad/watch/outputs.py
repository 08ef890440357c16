"""The ways by which alerts go out: standard output, a file of JSON lines, a webhook, mail."""

import hashlib
import hmac
import json
import os
import smtplib
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import IO, Any

from marsad.errors import BadInputError
from marsad.fetch import Fetcher, FetchError
from marsad.watch.outbox import Letter
from marsad.watch.ways import STDOUT, Output, secret_of
from marsad.watch.wording import subject_line

MAIL_SECONDS = 30
"""For each step of handing a mail over; a server nearby takes a second."""
LOOKED_BACK = 1_000_000
"""Bytes of a file's end in which an alert is looked for that may have been written before a crash."""


class DeliveryError(BadInputError):
    """An alert was not taken; it is sent again later."""


@dataclass(frozen=True, slots=True)
class Ways:
    """What delivering works with: where standard output goes, and who posts (with private addresses, or without)."""

    stdout: IO[str]
    poster: Callable[[bool], Fetcher]


def deliver(letter: Letter, output: Output, ways: Ways) -> None:
    """Send one alert by one way; return when it was taken, raise BadInputError where it was not."""
    if output.kind == STDOUT:
        ways.stdout.write(f"{letter.alert['id']} {letter.alert['alert']}: {letter.alert['words']}\n")
        ways.stdout.flush()
    elif output.kind == "file":
        _append(letter, output)
    elif output.kind == "webhook":
        _post(letter, output, ways.poster(output.allow_private))
    elif output.kind == "mail":
        _mail(letter, output)
    else:
        raise AssertionError(output.kind)


def _append(letter: Letter, output: Output) -> None:
    path = Path(output.target)
    line = _body(letter.alert) + b"\n"
    try:
        with path.open("ab+") as file:
            end = file.seek(0, os.SEEK_END)
            if letter.attempts and end:
                if _is_there(file, letter.alert["id"], end):
                    return
                _end_last_line(file, end)
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise DeliveryError(f"[output.{output.name}]: {path} cannot be written ({error.strerror})") from None


def _is_there(file: IO[bytes], name: str, end: int) -> bool:
    file.seek(max(0, end - LOOKED_BACK))
    return any(_id_of(line) == name for line in file.read().split(b"\n"))


def _id_of(line: bytes) -> str | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return str(found.get("id")) if isinstance(found, dict) else None


def _end_last_line(file: IO[bytes], end: int) -> None:
    """End a line that a crash has cut off, so that the next one stands alone."""
    file.seek(end - 1)
    if file.read(1) != b"\n":
        file.write(b"\n")


def _post(letter: Letter, output: Output, poster: Fetcher) -> None:
    body = _body(letter.alert)
    headers = {"Content-Type": "application/json", "Idempotency-Key": letter.alert["id"]}
    secret = secret_of(output)
    if secret:
        headers["Marsad-Signature"] = f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"
    try:
        poster.post(output.target, body, headers)
    except FetchError as error:
        raise DeliveryError(f"[output.{output.name}]: {error}") from None


def _mail(letter: Letter, output: Output) -> None:
    message = mail_of(letter.alert, output)
    password = secret_of(output)
    try:
        context = ssl.create_default_context(cafile=output.ca_file or None)
        with _server(output, context) as server:
            if output.security == "starttls":
                server.starttls(context=context)
            if output.user and password:
                server.login(output.user, password)
            server.send_message(message)
    except (smtplib.SMTPException, OSError) as error:
        why = _brief(error)
        raise DeliveryError(f"[output.{output.name}]: {output.target}:{output.port} takes no mail ({why})") from None


def _server(output: Output, context: ssl.SSLContext) -> smtplib.SMTP:
    if output.security == "tls":
        return smtplib.SMTP_SSL(output.target, output.port, timeout=MAIL_SECONDS, context=context)
    return smtplib.SMTP(output.target, output.port, timeout=MAIL_SECONDS)


def mail_of(alert: Mapping[str, Any], output: Output) -> EmailMessage:
    """Return an alert as a mail; sent twice, it has the same Message-ID twice."""
    message = EmailMessage()
    message["Subject"] = " ".join(subject_line(dict(alert)).split())
    message["From"], message["To"] = output.sender, ", ".join(output.receivers)
    message["Date"] = format_datetime(datetime.fromisoformat(alert["made"]))
    message["Message-ID"] = f"<{alert['id']}@{output.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    reports = [f"  {one['published'] or 'undated'}  {one['publisher'] or ''}  {one['url'] or ''}".rstrip()
               for one in alert["reports"]]  # fmt: skip
    figure = alert["reported"]
    bounds = "" if figure is None else f"Low {figure['low']}, best {figure['best']}, high {_or_more(figure['high'])}."
    lines = [f"{alert['words']}.", bounds, "", "Reports:", *reports, "", f"To see the words: {alert['trace']}"]
    message.set_content("\n".join(lines) + "\n")
    return message


def _or_more(high: int | None) -> str:
    return "open" if high is None else str(high)


def _body(alert: Mapping[str, Any]) -> bytes:
    return json.dumps(alert, ensure_ascii=False).encode("utf-8")


def _brief(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error.decode("utf-8", "replace") if isinstance(error.smtp_error, bytes) else error.smtp_error
        return f"{error.smtp_code} {said}"
    return (error.strerror if isinstance(error, OSError) and error.strerror else str(error)) or type(error).__name__
