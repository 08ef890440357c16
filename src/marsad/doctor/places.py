"""Checks of the places where Marsad keeps things: its cache, the ledger, the disk below it."""

import os
import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from marsad.doctor.finding import Said, fault, note, well
from marsad.errors import DataFileError, LedgerError

LEAST_FREE = 200 << 20
"""Bytes: the gazetteer unpacked (42 MB), its twin while it is being placed, and a year of a small desk's reports."""
SECONDS_TO_ANSWER = 5
CHOOSE = "choose another by --ledger or MARSAD_LEDGER"


def cache_folder() -> Said:
    """Can the cache be written, where the gazetteer is unpacked, or is it there already?"""
    from marsad.resolve.gazetteer import cache_path, cached_path

    folder = cache_path()
    if not _may_write(folder):
        with suppress(DataFileError):
            if cached_path().exists():
                return well(f"{folder} cannot be written and need not be: the gazetteer is unpacked there")
        return fault(f"{folder} cannot be written", "set XDG_CACHE_HOME to a folder that can be written")
    return well(f"{folder} can be written")


def ledger(place: str) -> Said:
    """Can the ledger be opened, and is it of a form that this program knows? It is neither made nor migrated."""
    from marsad.store import shown
    from marsad.store.engines import address_of, connect

    try:
        url = address_of(place)
        file = ledger_file(url)
        if file is None and not _is_here(url):
            connect(url).dispose()
            return note(
                f"{shown(place)} was not asked: it is on another machine, and doctor uses no network",
                "marsad verify asks it",
            )
        version = _version_of_server(url) if file is None else _version_of_file(file)
    except (LedgerError, sqlite3.Error, DBAPIError, OSError) as error:
        said = str(error.orig if isinstance(error, DBAPIError) else error).strip()
        return fault(f"{shown(place)}: {said}", CHOOSE)
    return _told(shown(place), version, file)


def _told(name: str, version: int | None, file: Path | None) -> Said:
    from marsad.store.migrations import NEWEST

    if file is not None and not _may_write(file):
        return fault(f"{name} cannot be written", f"give yourself the right to write there, or {CHOOSE}")
    if not version:
        return well(f"none yet at {name}; marsad add makes it")
    if version < NEWEST:
        return note(
            f"{name} is of form {version}, today's is {NEWEST}",
            "nothing to do: the next command that opens it copies it first and brings it up to date",
        )
    return well(f"{name} opens, form {version}")


def room_on_disk(place: str) -> Said:
    """Is there room where the ledger lies?"""
    from marsad.store.engines import address_of

    try:
        file = ledger_file(address_of(place))
    except LedgerError as error:
        return fault(str(error), CHOOSE)
    if file is None:
        return well("the ledger is a server's")
    there = _nearest(file.parent)
    free = shutil.disk_usage(there).free
    said = f"{_size(free)} free where the ledger lies ({there})"
    return fault(said, f"make room: less than {_size(LEAST_FREE)} is soon gone") if free < LEAST_FREE else well(said)


def ledger_file(url: URL) -> Path | None:
    """Return the file of a ledger; None where it is a server's."""
    return Path(url.database).absolute() if url.get_backend_name() == "sqlite" and url.database else None


def _version_of_file(file: Path) -> int | None:
    """Return the form of a ledger in a file, None where there is none; opened so that nothing is written beside it."""
    from marsad.store.migrations import require_known

    if not file.exists():
        return None
    # Without a log of writes beside it nobody has the ledger open, and SQLite need not make one to read it.
    alone = not file.with_name(f"{file.name}-wal").exists()
    base = sqlite3.connect(f"{file.as_uri()}?mode=ro{'&immutable=1' if alone else ''}", uri=True)
    try:
        tables = {name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if tables and "schema_steps" not in tables:
            raise LedgerError("it is a database, but not a ledger of Marsad")
        version: int = base.execute("SELECT max(number) FROM schema_steps").fetchone()[0] or 0 if tables else 0
    finally:
        base.close()
    require_known(version)
    return version


def _version_of_server(url: URL) -> int:
    from marsad.store.engines import connect
    from marsad.store.migrations import require_known, version_of

    engine = connect(url.update_query_dict({"connect_timeout": str(SECONDS_TO_ANSWER)}))
    try:
        with engine.connect() as connection, connection.begin():
            version = version_of(connection)
    finally:
        engine.dispose()
    require_known(version)
    return version


def _is_here(url: URL) -> bool:
    """Is this server on this machine, for certain? What libpq would take from its own settings counts as elsewhere."""
    if "service" in url.query or "PGSERVICE" in os.environ:
        return False
    named = [url.host, url.query.get("host"), url.query.get("hostaddr")]
    if not any(named):
        named = [os.environ.get("PGHOST"), os.environ.get("PGHOSTADDR")]
    lists = [one for name in named if name for one in ((name,) if isinstance(name, str) else name)]
    hosts = [host for one in lists for host in one.split(",")]
    return all(host in ("localhost", "127.0.0.1", "::1") or host.startswith("/") for host in hosts)


def _may_write(path: Path) -> bool:
    """May a file be written, or made: by its own rights, or by those of the nearest folder that is there."""
    there = _nearest(path)
    if there == path and path.is_file():
        # SQLite keeps its log of writes beside the ledger.
        return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK | os.X_OK)
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def _nearest(path: Path) -> Path:
    """Return a path, or the nearest folder above it that is there."""
    return next(one for one in (path, *path.parents) if one.exists())


def _size(number: int) -> str:
    return f"{number / (1 << 30):.1f} GB" if number >= 1 << 30 else f"{number >> 20} MB"
