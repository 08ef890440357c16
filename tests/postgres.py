"""A PostgreSQL server of the tests' own: started from the binaries on the machine, gone when the tests end."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BINARIES = (*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), Path("/usr/local/bin"))
OWNERS = ("postgres", "nobody")
# Nothing here outlives the tests, so nothing waits for a disk; only a socket in a folder of our own is listened on.
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=60")


class NoServerError(Exception):
    """There is no PostgreSQL to test against; the message says what is missing."""


@contextmanager
def server() -> Iterator[str]:
    """Start a server and give the URL of its first database.

    Raises NoServerError where the binaries or the driver are not there.
    """
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="marsad-pg-"))
    as_owner = _as_owner(folder)
    cluster = folder / "cluster"
    try:
        words = ("-D", str(cluster), "-U", "marsad", "-A", "trust", "-N", "-E", "UTF8", "--locale=C")
        _run([*as_owner, str(binaries / "initdb"), *words])
        settings = [word for each in SETTINGS for word in ("-c", each)]
        command = [str(binaries / "postgres"), "-D", str(cluster), "-k", str(folder), *settings]
        with (folder / "log").open("wb") as log:
            # Should the tests be killed, the server ends with them.
            leash = [as_owner[0], "--pdeathsig", "INT", *as_owner[1:]] if as_owner else []
            running = subprocess.Popen([*leash, *command], stdout=log, stderr=log)
        try:
            _wait(binaries, folder)
            yield f"postgresql+psycopg://marsad@/postgres?host={folder}"
        finally:
            # The fast shutdown: the other kind waits until the last client has gone.
            running.send_signal(signal.SIGINT)
            running.wait(timeout=20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_ledger_place(address: str, name: str) -> str:
    """Make an empty schema on the server and return the URL of a ledger in it; a database each would take a second."""
    from sqlalchemy import create_engine

    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'CREATE SCHEMA "{name}"')
    engine.dispose()
    return f"{address}&options=-csearch_path%3D{name}"


def _binaries() -> Path:
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise NoServerError("psycopg is not installed: pip install 'marsad[postgres]'") from error
    for folder in BINARIES:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoServerError("no PostgreSQL on this machine: apt-get install postgresql")


def _as_owner(folder: Path) -> list[str]:
    """Return the words before a command that run it as a user who may start a server: root may not."""
    if os.getuid() != 0:
        return []
    known = {user.pw_name: user for user in pwd.getpwall()}
    owner = next((known[name] for name in OWNERS if name in known), None)
    setpriv = shutil.which("setpriv")
    if owner is None or setpriv is None:
        raise NoServerError("PostgreSQL does not run as root, and there is no setpriv or no other user to run it as")
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    folder.chmod(0o755)
    return [setpriv, f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
    if done.returncode:
        raise NoServerError(f"{Path(command[-1]).name}: {done.stderr.strip()[-300:]}")


def _wait(binaries: Path, folder: Path) -> None:
    command = [str(binaries / "pg_isready"), "-h", str(folder), "-q"]
    for _ in range(200):
        if subprocess.run(command, check=False).returncode == 0:
            return
        time.sleep(0.05)
    raise NoServerError(f"the server did not start: {(folder / 'log').read_text()[-300:]}")
