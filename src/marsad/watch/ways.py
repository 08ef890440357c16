"""The ways out that a file of sources names: files, webhooks, mail; and where their secrets are, never the secrets."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from marsad.errors import BadInputError
from marsad.fetch import FetchError
from marsad.fetch.address import whole_address
from marsad.watch.table import Table

STDOUT = "stdout"
KINDS = ("file", "webhook", "mail")
SECURITY = ("starttls", "tls", "none")
HERE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Output:
    """A way by which alerts go out; secrets are named by an environment variable or a file, never held here."""

    name: str
    kind: str = STDOUT
    target: str = ""
    secret: tuple[str, str] | None = None
    allow_private: bool = False
    port: int = 0
    security: str = "starttls"
    user: str = ""
    sender: str = ""
    receivers: tuple[str, ...] = ()
    ca_file: str = ""


def outputs_of(top: Table, folder: Path) -> Iterator[Output]:
    for name, values in top.under("output").items():
        table = Table(values if isinstance(values, dict) else {}, top.faults, f"output.{name}")
        if name == STDOUT:
            table.fault("", "stdout is there already; give this output another name")
            continue
        kind = table.one_of("kind", KINDS, "") if "kind" in table.values else table.text("kind", needed=True)
        makers = {"file": _file, "webhook": _webhook, "mail": _mail}
        if kind in makers:
            yield makers[kind](table, name, folder)
            table.close()


def _file(table: Table, name: str, folder: Path) -> Output:
    path = table.text("path", needed=True)
    return Output(name, "file", str(folder / path) if path else "")


def _webhook(table: Table, name: str, folder: Path) -> Output:
    address = table.text("address", needed=True)
    try:
        target = whole_address(address) if address else ""
    except FetchError as error:
        table.fault("address", str(error))
        target = ""
    return Output(name, "webhook", target, _secret(table, "secret", folder), table.flag("allow_private", False))


def _mail(table: Table, name: str, folder: Path) -> Output:
    server = table.text("server", needed=True)
    security = table.one_of("security", SECURITY, "starttls")
    made = Output(
        name, "mail", server, _secret(table, "password", folder), False,
        table.number_of("port", 465 if security == "tls" else 587, least=1), security,
        table.text("user"), table.text("from", needed=True), table.texts("to"), table.text("ca_file"),
    )  # fmt: skip
    if security == "none" and server not in HERE:
        table.fault("security", "mail goes unencrypted to this machine only; write starttls or tls")
    if not made.receivers:
        table.fault("to", 'names nobody: write to = ["desk@example.org"]')
    if made.user and made.secret is None:
        table.fault("user", 'has no password: write password_env = "NAME" or password_file = "PATH"')
    for address in (made.sender, *made.receivers):
        if address and ("@" not in address or any(c.isspace() for c in address)):
            table.fault("to" if address in made.receivers else "from", f"{address!r} is no address of mail")
    return made


def _secret(table: Table, key: str, folder: Path) -> tuple[str, str] | None:
    """Return where a secret is to be found: ("env", NAME) or ("file", PATH); one in the file itself is refused."""
    if key in table.values:
        table.text(key)
        table.fault(key, f'does not belong into this file: write {key}_env = "NAME" or {key}_file = "PATH"')
    variable, file = table.text(f"{key}_env"), table.text(f"{key}_file")
    if variable:
        return "env", variable
    return ("file", str(folder / file)) if file else None


def secret_of(output: Output) -> str | None:
    """Return the secret of an output; raise BadInputError where it is not where the file says."""
    if output.secret is None:
        return None
    kind, name = output.secret
    if kind == "env":
        if not os.environ.get(name):
            raise BadInputError(f"[output.{output.name}]: the environment has no {name}; set it for this program")
        return os.environ[name]
    try:
        found = Path(name).read_text("utf-8").strip()
    except OSError as error:
        raise BadInputError(f"[output.{output.name}]: {name} cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise BadInputError(f"[output.{output.name}]: {name} is no text in UTF-8; write the secret into it") from None
    if not found:
        raise BadInputError(f"[output.{output.name}]: {name} is empty; write the secret into it")
    return found
