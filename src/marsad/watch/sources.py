"""The file of sources: what is watched, what is told to whom, and by which way; every fault named with its line."""

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from marsad.errors import BadInputError
from marsad.fetch import FetchError, FetchLimits
from marsad.fetch.address import host_of, whole_address
from marsad.ledger import POLICIES, Policy
from marsad.read.limits import Limits
from marsad.vocabulary import HARMS, MEANS, Harm
from marsad.watch.limits import WatchLimits
from marsad.watch.lines import lines_of
from marsad.watch.table import Faults, Table

ON = ("new", "rise", "fall", "withdrawn")
"""What an alert may be about: a new incident, a toll that rose or fell, an incident that was taken out."""
STDOUT = "stdout"
KINDS = ("file", "webhook", "mail")
SECURITY = ("starttls", "tls", "none")
HERE = ("localhost", "127.0.0.1", "::1")
_L = TypeVar("_L", Limits, FetchLimits, WatchLimits)


class SourcesError(BadInputError):
    """A file of sources cannot be taken; `faults` are its faults, one a line."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(faults[0] + (f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed or sitemap that is polled; `publisher` stands for what its pages call themselves."""

    name: str
    address: str
    every: timedelta
    publisher: str | None = None
    full_text: bool = False
    updates: bool = True
    only: tuple[str, ...] = ()
    newest: int = 50
    within: timedelta = timedelta(days=30)
    allow_private: bool = False


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


@dataclass(frozen=True, slots=True)
class Rule:
    """When an alert is due, and where it goes; `place`, `actor`, `victims` match words as `marsad toll` does."""

    name: str
    on: tuple[str, ...] = ON
    place: str | None = None
    country: tuple[str, ...] = ()
    actor: str | None = None
    victims: str | None = None
    means: str | None = None
    harm: Harm = "killed"
    toll: int = 1
    rise: int = 1
    series_rise: int = 0
    min_sources: int = 1
    within: timedelta | None = None
    quiet: timedelta = timedelta(0)
    names: bool = False
    to: tuple[str, ...] = (STDOUT,)


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that the file says."""

    feeds: tuple[Feed, ...] = ()
    rules: tuple[Rule, ...] = ()
    outputs: Mapping[str, Output] = field(default_factory=dict)
    contact: str | None = None
    policy: Policy = POLICIES[0]
    reading: Limits = field(default_factory=Limits)
    fetching: FetchLimits = field(default_factory=FetchLimits)
    watching: WatchLimits = field(default_factory=WatchLimits)


def load_sources(path: str) -> Sources:
    """Return what a file of sources says; raise SourcesError with all its faults, each with its line."""
    try:
        text = Path(path).read_text("utf-8")
    except OSError as error:
        raise SourcesError([f"{path}: cannot be read ({error.strerror}); check the path"]) from None
    except UnicodeDecodeError:
        raise SourcesError([f"{path}: is no text in UTF-8; save it so"]) from None
    return sources_of(text, path)


def sources_of(text: str, name: str) -> Sources:
    """Return what the text of a file of sources says; like `load_sources`."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SourcesError([f"{name}: is no TOML: {error}"]) from None
    faults = Faults(name, lines_of(text))
    top = Table(raw, faults)
    every, allow = top.text("every", "30m"), top.flag("allow_private", False)
    feeds = tuple(_feed(table, every, allow) for table in _tables(top, "source"))
    outputs = {STDOUT: Output(STDOUT), **{one.name: one for one in _outputs(top, Path(name).parent)}}
    rules = tuple(_rule(table, outputs) for table in _tables(top, "alert"))
    limits = Table(_mapping(top, "limits"), faults, "limits")
    made = Sources(
        feeds, rules, outputs, top.text("contact") or None, _policy(top),
        _limited(limits, Limits()), _limited(limits, FetchLimits()), _limited(limits, WatchLimits()),
    )  # fmt: skip
    limits.close()
    top.close()
    _require_apart(top, "source", [one.name for one in feeds])
    _require_apart(top, "alert", [one.name for one in rules])
    if not feeds and not faults.found:
        top.fault("", 'names no source: write [[source]], name = "…", address = "https://…"')
    if faults.found:
        raise SourcesError(faults.found)
    return made


def _feed(table: Table, every: str, allow_private: bool) -> Feed:
    address = table.text("address", needed=True)
    if address:
        try:
            address = whole_address(address)
        except FetchError as error:
            table.fault("address", str(error))
    made = Feed(
        table.text("name") or (host_of(address) if "://" in address else ""),
        address,
        table.span("every", every, least="1m"),
        table.text("publisher") or None,
        table.flag("full_text", False),
        table.flag("updates", True),
        table.texts("only"),
        table.number_of("newest", 50, least=1),
        table.span("within", "30d", least="1h"),
        table.flag("allow_private", allow_private),
    )
    table.close()
    return made


def _rule(table: Table, outputs: Mapping[str, Output]) -> Rule:
    table.ignore("within")
    harm = table.one_of("harm", HARMS, "killed")
    on, to = table.texts("on", ON), table.texts("to", (STDOUT,))
    for key, given, known in (("on", on, ON), ("to", to, tuple(outputs))):
        for word in given:
            if word not in known:
                table.fault(key, f"{word!r} is none of {', '.join(known)}")
    means = table.text("means") or None
    if means is not None and means not in MEANS:
        table.fault("means", f"{means!r} is none of {', '.join(MEANS)}")
    made = Rule(
        table.text("name", needed=True),
        on,
        table.text("place") or None,
        tuple(word.upper() for word in table.texts("country")),
        table.text("actor") or None,
        table.text("victims") or None,
        means,
        next(one for one in HARMS if one == harm),
        table.number_of("toll", 1, least=1),
        table.number_of("rise", 1, least=1),
        table.number_of("series_rise", 0),
        table.number_of("min_sources", 1, least=1),
        table.span("within", "36500d", least="1d") if "within" in table.values else None,
        table.span("quiet", "0s"),
        table.flag("names", False),
        to,
    )
    for code in made.country:
        if len(code) != 2 or not code.isalpha():
            table.fault("country", f"{code!r} is no code of two letters, such as ML")
    table.close()
    return made


def _outputs(top: Table, folder: Path) -> Iterator[Output]:
    for name, values in _mapping(top, "output").items():
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
        return Path(name).read_text("utf-8").strip()
    except OSError as error:
        raise BadInputError(f"[output.{output.name}]: {name} cannot be read ({error.strerror})") from None


def _policy(top: Table) -> Policy:
    name = top.one_of("policy", POLICIES, POLICIES[0])
    return next(one for one in POLICIES if one == name)


def _limited(table: Table, limits: _L) -> _L:
    chosen = {one.name: table.number_of(one.name, getattr(limits, one.name)) for one in fields(limits)}
    return replace(limits, **chosen)


def _tables(top: Table, name: str) -> Iterator[Table]:
    found = top.values.get(name, [])
    top.ignore(name)
    if not isinstance(found, list):
        top.faults.add((name, 0, ""), f"write [[{name}]], in two brackets")
        return
    for number, values in enumerate(found):
        if isinstance(values, dict):
            yield Table(values, top.faults, name, number)
        else:
            top.fault(name, f"write [[{name}]] above the keys of one")


def _mapping(top: Table, name: str) -> Mapping[str, Any]:
    found = top.values.get(name, {})
    top.ignore(name)
    if not isinstance(found, dict):
        top.fault(name, f"write [{name}] above its keys")
        return {}
    return found


def _require_apart(top: Table, kind: str, names: list[str]) -> None:
    for number, name in enumerate(names):
        if name and name in names[:number]:
            top.faults.add((kind, number, "name"), f"{name!r} is the name of an earlier one; give it another")
