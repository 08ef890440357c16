"""Does this processor run the learned reader's libraries? Tried in a child: an unknown instruction ends a process."""

import os
import signal
import subprocess
import sys
from functools import cache

from marsad.doctor.finding import Look, Said, fault, note, well

TRY = "from marsad.extract.tagger_model import load_model; load_model()"
SECONDS = 120
RULES = "read with --extractor rules, which needs none of them, or on a newer machine (docs/install.md)"


@cache
def stopped_by() -> str | None:
    """Return the signal that ended a process which started the learned reader (SIGILL, say); None if none did."""
    there = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    try:
        code = subprocess.run([sys.executable, "-c", TRY], env=there, capture_output=True, timeout=SECONDS).returncode
    except (OSError, subprocess.TimeoutExpired):
        # No child, no answer: what is missing or slow is told by the checks that follow.
        return None
    return signal.Signals(-code).name if code < 0 else None


def runs_here() -> Said:
    """Does the processor know the instructions of the learned reader's libraries?"""
    name = stopped_by()
    if name is None:
        return well("the learned reader's libraries are not stopped on it")
    return fault(f"the learned reader's libraries are stopped on it ({name})", RULES)


def unless_stopped(look: Look) -> Said:
    """Ask a check that loads those libraries, unless they would end this process too."""
    if stopped_by() is None:
        return look()
    return note("not tried: the learned reader's libraries would stop the doctor too", RULES)
