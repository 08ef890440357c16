"""The file of sources: what is watched, what is told to whom, and by which way; every fault named with its line."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from marsad.errors import BadInputError
from marsad.fetch import FetchError, FetchLimits
from marsad.fetch.address import host_of, whole_address
from marsad.ledger import POLICIES, Policy
from marsad.read.limits import Limits
from marsad.vocabulary import HARMS, MEANS, Harm
from marsad.watch.limits import WatchLimits
from marsad.watch.lines import lines_of
from marsad.watch.table import Faults, Table
from marsad.watch.ways import STDOUT, Output, outputs_of

ON = ("new", "rise", "fall", "withdrawn")
"""What an alert may be about: a new incident, a toll that rose or fell, an incident that was taken out."""
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
    outputs = {STDOUT: Output(STDOUT), **{one.name: one for one in outputs_of(top, Path(name).parent)}}
    rules = tuple(_rule(table, outputs) for table in _tables(top, "alert"))
    limits = Table(top.under("limits"), faults, "limits")
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


def _require_apart(top: Table, kind: str, names: list[str]) -> None:
    for number, name in enumerate(names):
        if name and name in names[:number]:
            top.faults.add((kind, number, "name"), f"{name!r} is the name of an earlier one; give it another")
