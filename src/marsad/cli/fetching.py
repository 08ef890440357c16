"""Addresses on the command line: fetched politely, and read by what they hold, like any file."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from marsad.cli.console import complain
from marsad.errors import BadInputError
from marsad.limits import with_both
from marsad.read.items import Item, SkippedInputError
from marsad.read.limits import Limits
from marsad.read.source import ReadOptions

if TYPE_CHECKING:
    from marsad.fetch import Fetched, Fetcher, FetchLimits, Validators
    from marsad.watch.state import State

OfflineOption = Annotated[
    bool, typer.Option("--offline", envvar="MARSAD_OFFLINE", help="Fetch nothing: addresses are refused.")
]
PrivateOption = Annotated[
    bool, typer.Option("--allow-private", help="Fetch from this machine and from private networks too.")
]


class KnownInputError(SkippedInputError):
    """An address whose answer is as it was when it was added: nothing to do, and no failure."""


@dataclass(slots=True)
class Web:
    """Fetches what the user typed; with `state`, what did not change since it was added for `mark` is passed over."""

    offline: bool = False
    allow_private: bool = False
    limits: "FetchLimits | None" = None
    state: "State | None" = None
    mark: str = ""
    _fetcher: "Fetcher | None" = None
    _fetched: dict[str, "Validators"] = field(default_factory=dict)

    def items(self, address: str, published: date | None, options: ReadOptions) -> Iterator[Item]:
        """Yield the reports that an address gives, or what kept them from being read."""
        from marsad.watch.pages import read_fetched

        try:
            found = self._get(address)
        except BadInputError as error:
            yield error
            return
        if found.unchanged:
            yield KnownInputError(f"{address}: is as it was when it was added")
            return
        failed = False
        for item in read_fetched(found, published, options):
            failed |= isinstance(item, BadInputError)
            yield item
        if not failed and found.validators is not None:
            self._fetched[address] = found.validators

    @contextmanager
    def remembering(self, ledger: str, seal: str | None, mark: str) -> Iterator[None]:
        """Look up in a ledger's state what was fetched for it before, and keep by what the new pages are recognised.

        They are kept when all that they said is recorded, which is when this ends; not where it ends in an error.
        """
        from marsad.watch.state import State, state_place

        with State(state_place(ledger)) as self.state:
            self.state.belong_to(seal)
            self.mark = mark
            yield
            for address, found in self._fetched.items():
                self.state.note_visit(address, found, mark)

    def close(self) -> None:
        """Close all connections."""
        if self._fetcher is not None:
            self._fetcher.close()
            self._fetcher = None

    def forget(self) -> None:
        """Keep nothing of what was fetched: not all that it said was recorded."""
        self._fetched.clear()

    def _get(self, address: str) -> "Fetched":
        from marsad.fetch import Fetcher, FetchLimits, Manners

        if self.offline:
            raise BadInputError(f"{address}: is not fetched (--offline); save the page, and name its file")
        if self._fetcher is None:
            self._fetcher = Fetcher(Manners(self.limits or FetchLimits(), contact(), self.allow_private), tell=complain)
        known = self.state.visited(address, self.mark) if self.state else None
        return self._fetcher.get(address, known)


def contact() -> str | None:
    """Return whom the owners of servers may write to, where the user says so: MARSAD_CONTACT."""
    return os.environ.get("MARSAD_CONTACT") or None


def limits_from(words: Iterable[str]) -> "tuple[Limits, FetchLimits]":
    """Return the limits of reading and of fetching that one list sets ("rows=50"); raise BadInputError for others."""
    from marsad.fetch.limits import FetchLimits

    return with_both(Limits(), FetchLimits(), words)
