"""Looks an installation over: what is well, what is missing, what to do. No network, no ledger made or changed."""

from collections.abc import Iterable, Iterator
from functools import partial

from marsad.doctor.extras import OPTIONAL
from marsad.doctor.finding import Check, Finding
from marsad.doctor.installed import gazetteer_ready, libraries, python, shipped_files, tagger_ready, terminal
from marsad.doctor.places import cache_folder, ledger, room_on_disk
from marsad.doctor.processor import runs_here, unless_stopped
from marsad.doctor.trial import trial_reading

__all__ = ["Check", "Finding", "checks_for", "examine"]


def checks_for(ledger_place: str) -> tuple[Check, ...]:
    """Return the checks, in the order in which one needs the other; a ledger is a file or a URL."""
    return (
        Check("Python", python),
        Check("processor", runs_here),
        Check("libraries", partial(unless_stopped, libraries)),
        Check("files that ship", shipped_files),
        Check("learned reader", partial(unless_stopped, tagger_ready)),
        Check("cache", cache_folder),
        Check("gazetteer", gazetteer_ready),
        Check("a reading", trial_reading),
        Check("ledger", partial(ledger, ledger_place)),
        Check("disk", partial(room_on_disk, ledger_place)),
        Check("terminal", terminal),
        *OPTIONAL,
    )


def examine(checks: Iterable[Check]) -> Iterator[Finding]:
    """Yield what each check says, in order."""
    for check in checks:
        yield Finding(check.name, *check.look())
