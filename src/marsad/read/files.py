"""Finds the files that a path means, and takes their bytes: one clear line for each trouble, and on with the rest."""

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from marsad.errors import BadInputError
from marsad.read.archive import is_litter
from marsad.read.items import SkippedInputError
from marsad.read.limits import Limits


def files_of(path: str) -> Iterator[str | BadInputError]:
    """Yield the files that `path` means: itself, or those of a folder and its folders, by name.

    Links to folders are not followed, so that no loop is walked, and named pipes in a folder are not waited for; hidden
    files are left out without a word. A folder without files is yielded as the error that says so.
    """
    if not Path(path).is_dir():
        yield path
        return
    empty = True
    for one in _inside(path):
        empty = False
        yield one
    if empty:
        yield BadInputError(f"{path}: the folder holds no files to read")


def _inside(folder: str) -> Iterator[str | BadInputError]:
    try:
        paths = sorted(one for one in Path(folder).iterdir() if not is_litter(one.name))
    except OSError as error:
        yield BadInputError(f"{folder}: the folder cannot be opened ({error.strerror}); check its permissions")
        return
    for path in paths:
        if not path.is_dir():
            yield _idle(path) or str(path)
        elif path.is_symlink():
            yield SkippedInputError(
                f"{path}: is a link to a folder, which is not followed; name that folder to read it"
            )
        else:
            yield from _inside(str(path))


def _idle(path: Path) -> SkippedInputError | None:
    """Return why a file of a folder is not worth opening; one that is named by itself is read all the same."""
    try:
        status = path.stat()
    except OSError:
        return None
    if stat.S_ISFIFO(status.st_mode):
        return SkippedInputError(f"{path}: is a named pipe; name it by itself to read it")
    if not stat.S_ISREG(status.st_mode):
        return SkippedInputError(f"{path}: is no file (a device or a socket); left out")
    return SkippedInputError(f"{path}: is empty") if not status.st_size else None


def bytes_of(path: str, limits: Limits) -> bytes:
    """Return the bytes of a file; raise BadInputError where it cannot be read, is none, or is larger than its limit."""
    try:
        status = Path(path).stat()
        if not stat.S_ISREG(status.st_mode) and not stat.S_ISFIFO(status.st_mode):
            raise BadInputError(f"{path}: is no file (a device or a socket)")
        if status.st_size > limits.file_bytes:
            size, limit = status.st_size, limits.file_bytes
            raise BadInputError(f"{path}: {size:,} bytes (limit file_bytes={limit}); cut it up, or raise the limit")
        with Path(path).open("rb") as file:
            return at_most(file, limits, path)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise BadInputError(f"{path}: cannot be read ({why}); check the path and its permissions") from None
    except ValueError:
        raise BadInputError(f"{path!r}: is no path") from None


def at_most(file: IO[bytes], limits: Limits, name: str) -> bytes:
    """Return what a file, a pipe or standard input holds; raise BadInputError where that is more than `file_bytes`.

    A pipe tells no size, and some files of the system tell a wrong one.
    """
    raw = file.read(limits.file_bytes + 1)
    if len(raw) > limits.file_bytes:
        raise BadInputError(
            f"{name}: over {limits.file_bytes:,} bytes (limit file_bytes); cut it up, or raise the limit"
        )
    return raw
