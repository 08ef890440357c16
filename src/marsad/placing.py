"""Writes a file whole or not at all: beside its place first, and then there in one step."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from marsad.errors import BadInputError


def write_output(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write what a user asked for; raise BadInputError where the place cannot be written, which then is as it was."""
    try:
        place_file(content, path, 0o666 & ~_umask())
    except OSError as error:
        raise BadInputError(f"{path} cannot be written ({error.strerror}): choose another file") from error


def place_file(content: bytes | Iterable[bytes], target: Path, mode: int = 0o600) -> None:
    """Put `content`, whole or in pieces, at `target` in one step, so that nobody ever reads half a file.

    Raises OSError where it fails.
    """
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as out:
            out.writelines([content] if isinstance(content, bytes) else content)
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
