"""Alerts on their way: against a real web server and a real mail server, through trouble and crashes."""

import hashlib
import hmac
import io
import json
import socket
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from tests.fetch.site import Answer, Site, once
from tests.watch.conftest import START

from marsad.errors import BadInputError
from marsad.fetch import Fetcher, FetchLimits, Manners
from marsad.fetch.pace import Time
from marsad.watch import outbox
from marsad.watch.log import Log
from marsad.watch.outputs import DeliveryError, Ways, deliver
from marsad.watch.sources import Rule, Sources, sources_of
from marsad.watch.state import State
from marsad.watch.telling import Teller
from marsad.watch.ways import Output

ALERT = {
    "id": "a1", "alert": "mali", "kind": "new", "made": "2024-05-07T12:00:00+00:00",
    "reported": {"low": 12, "best": 14, "high": None}, "words": "reported 12 killed in Ménaka; word of Wire",
    "trace": "marsad trace i1", "reports": [{"published": "2024-05-07", "publisher": "Wire", "url": "https://w.example/1"}],
}  # fmt: skip


def letter(attempts: int = 0, **more: object) -> outbox.Letter:
    return outbox.Letter(1, "x", attempts, {**ALERT, **more})


def ways(stdout: io.StringIO | None = None) -> Ways:
    time = Time(lambda: 0.0, lambda _: None, lambda: START)
    return Ways(stdout or io.StringIO(), lambda private: Fetcher(Manners(FetchLimits(), allow_private=private), time))


def test_standard_output_gets_a_line() -> None:
    out = io.StringIO()
    deliver(letter(), Output("stdout"), ways(out))
    assert out.getvalue() == "a1 mali: reported 12 killed in Ménaka; word of Wire\n"


# Files


def test_a_file_gets_a_line_of_json_and_keeps_what_it_had(tmp_path: Path) -> None:
    output = Output("x", "file", str(tmp_path / "a.jsonl"))
    for name in ("a1", "a2"):
        deliver(letter(id=name), output, ways())
    lines = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text().splitlines()]
    assert [one["id"] for one in lines] == ["a1", "a2"] and lines[0] == ALERT


def test_what_a_crash_left_in_a_file_is_neither_doubled_nor_glued_to(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    output = Output("x", "file", str(file))
    file.write_text(json.dumps(ALERT) + "\n")
    deliver(letter(attempts=1), output, ways())
    assert len(file.read_text().splitlines()) == 1
    file.write_text(json.dumps(ALERT)[:40])
    deliver(letter(attempts=1), output, ways())
    assert file.read_text().splitlines()[1:] == [json.dumps(ALERT, ensure_ascii=False)]


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="cannot be written"):
        deliver(letter(), Output("x", "file", str(tmp_path)), ways())


# Webhooks


def test_a_webhook_gets_json_with_a_signature(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_TEST_SECRET", "s3cret")
    site.routes["/hook"] = Answer(status=204)
    output = Output("x", "webhook", f"{site.address}/hook", ("env", "MARSAD_TEST_SECRET"), allow_private=True)
    deliver(letter(), output, ways())
    asked = site.asked[-1]
    assert json.loads(asked.body) == ALERT and asked.headers["content-type"] == "application/json"
    signature = hmac.new(b"s3cret", asked.body, hashlib.sha256).hexdigest()
    assert asked.headers["marsad-signature"] == f"sha256={signature}" and asked.headers["idempotency-key"] == "a1"


@pytest.mark.parametrize("status", [301, 400, 404, 429, 500])
def test_a_webhook_that_does_not_take_it_is_told(site: Site, status: int) -> None:
    site.routes["/hook"] = Answer(status=status, headers={"Location": "/other"})
    with pytest.raises(DeliveryError, match=rf"\[output.x\].*answers {status}"):
        deliver(letter(), Output("x", "webhook", f"{site.address}/hook", allow_private=True), ways())
    assert site.paths() == ["/hook"], "no redirect is followed, nothing is sent twice"


def test_a_webhook_in_a_private_network_needs_a_word(site: Site) -> None:
    with pytest.raises(BadInputError, match="not of the public network"):
        deliver(letter(), Output("x", "webhook", f"{site.address}/hook"), ways())


# Mail


@dataclass
class Post:
    """A mail server: what it took, and whom it lets in."""

    port: int = 0
    mails: list[Message] = field(default_factory=list)
    refuse: str = ""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802
        if self.refuse:
            return self.refuse
        self.mails.append(message_from_bytes(envelope.content or b""))  # type: ignore[arg-type]
        return "250 OK"


def _login(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:  # noqa: ARG001
    known = isinstance(data, LoginPassword) and (data.login, data.password) == (b"marsad", b"opensesame")
    return AuthResult(success=known, handled=False)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, str]:
    """A certificate for this machine, and the file of the authority that gave it."""
    ca = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert("localhost").configure_cert(context)
    file = tmp_path_factory.mktemp("ca") / "ca.pem"
    ca.cert_pem.write_to_path(str(file))
    return context, str(file)


@pytest.fixture
def post(authority: tuple[ssl.SSLContext, str]) -> Iterator[Post]:
    made = Post()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        made.port = free.getsockname()[1]
    server = Controller(
        made, "127.0.0.1", made.port, tls_context=authority[0], require_starttls=True, authenticator=_login,
        auth_required=True,
    )  # fmt: skip
    server.start()
    yield made
    server.stop()


@pytest.fixture
def mail(post: Post, authority: tuple[ssl.SSLContext, str], tmp_path: Path) -> Output:
    (tmp_path / "word").write_text("opensesame\n")
    return Output(
        "desk", "mail", "localhost", ("file", str(tmp_path / "word")), port=post.port, user="marsad",
        sender="marsad@example.org", receivers=("a@example.org", "b@example.org"), ca_file=authority[1],
    )  # fmt: skip


def test_a_mail_goes_out_encrypted_and_with_a_login(post: Post, mail: Output) -> None:
    deliver(letter(), mail, ways())
    (got,) = post.mails
    assert got["To"] == "a@example.org, b@example.org" and got["Message-ID"] == "<a1@example.org>"
    assert got["Date"] == "Tue, 07 May 2024 12:00:00 +0000" and got["Auto-Submitted"] == "auto-generated"
    payload = got.get_payload(decode=True)
    assert isinstance(payload, bytes)
    words = payload.decode("utf-8").replace("\r\n", "\n")
    assert "reported 12 killed in Ménaka; word of Wire.\nLow 12, best 14, high open.\n" in words
    assert "2024-05-07  Wire  https://w.example/1" in words and "marsad trace i1" in words


def test_a_wrong_password_and_a_full_box_are_told(post: Post, mail: Output, tmp_path: Path) -> None:
    (tmp_path / "word").write_text("wrong")
    with pytest.raises(BadInputError, match="takes no mail"):
        deliver(letter(), mail, ways())
    (tmp_path / "word").write_text("opensesame")
    post.refuse = "452 the box is full"
    with pytest.raises(BadInputError, match="452 the box is full"):
        deliver(letter(), mail, ways())
    assert post.mails == []


def test_nothing_is_sent_to_a_server_that_cannot_prove_who_it_is(post: Post, mail: Output) -> None:
    with pytest.raises(BadInputError, match="takes no mail"):
        deliver(letter(), replace(mail, ca_file=""), ways())
    assert post.mails == []


def test_a_subject_is_one_line_whatever_a_report_says(post: Post, mail: Output) -> None:
    deliver(letter(words="reported 3 killed\r\nBcc: x@example.org\nin " + "Long " * 60), mail, ways())
    (got,) = post.mails
    assert got["Bcc"] is None and "\n" not in got["Subject"].replace("\n ", "")


# The outbox


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    with State(tmp_path / "l.db.watch") as made:
        yield made


def teller(state: State, sources: Sources, out: io.StringIO, clock: Any = lambda: START) -> Teller:
    return Teller(sources, state, Log(io.StringIO(), clock), ways(out), clock)


def keep(state: State, rule: Rule, *names: str) -> None:
    outbox.keep(state, {}, (), [(rule, {**ALERT, "id": name}) for name in names], START)


def test_what_is_not_taken_is_sent_again_until_it_is(state: State, site: Site) -> None:
    hook = f'[output.hook]\nkind = "webhook"\naddress = "{site.address}/hook"\nallow_private = true\n'
    sources = sources_of('[[source]]\naddress = "https://a.example/"\n' + hook, "s.toml")
    site.routes["/hook"] = once(Answer(status=500), Answer(status=503), Answer())
    keep(state, Rule("mali", to=("hook", "stdout")), "a1")
    out, now = io.StringIO(), START
    for minutes in (0, 0, 1, 1, 2, 60):
        now += timedelta(minutes=minutes)
        moment = now
        teller(state, sources, out, lambda at=moment: at).send()
    assert len(site.paths()) == 3 and outbox.unsent(state) == 0
    assert out.getvalue().count("a1") == 1, "the way that took it does not get it again"
    assert {one.headers["idempotency-key"] for one in site.asked} == {"a1"}


def test_the_same_alert_is_kept_once(state: State) -> None:
    for _ in range(2):
        keep(state, Rule("mali"), "a1", "a2")
    assert [one.alert["id"] for one in outbox.due_letters(state, START)] == ["a1", "a2"]


def test_an_alert_whose_output_was_taken_out_of_the_file_waits(state: State) -> None:
    sources = sources_of('[[source]]\naddress = "https://a.example/"\n', "s.toml")
    keep(state, Rule("mali", to=("gone",)), "a1")
    teller(state, sources, io.StringIO()).send()
    assert outbox.unsent(state) == 1 and outbox.next_due(state) == START + timedelta(minutes=1)


def test_all_is_kept_or_nothing(state: State) -> None:
    class BreakError(Exception):
        pass

    def broken() -> Iterator[tuple[Rule, Mapping[str, Any]]]:
        yield Rule("mali"), ALERT
        raise BreakError

    with pytest.raises(BreakError):
        outbox.keep(state, {"readings": 7}, (), broken(), START)
    assert outbox.unsent(state) == 0 and outbox.told_through(state) is None
