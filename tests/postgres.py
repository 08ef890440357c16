"""A PostgreSQL server of the tests' own: started from the binaries on the machine, gone when the tests end."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

BINARIES = (*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), Path("/usr/local/bin"))
OWNERS = ("postgres", "nobody")
# Nothing here outlives the tests, so nothing waits for a disk; only a socket in a folder of our own is listened on.
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=60")


class NoServerError(Exception):
    """There is no PostgreSQL to test against; the message says what is missing."""


class Cluster:
    """A server in a folder of its own, which can be stopped in several ways and started again."""

    def __init__(self, folder: Path, settings: Sequence[str] = SETTINGS) -> None:
        self._folder = folder
        self._settings = [word for each in settings for word in ("-c", each)]
        self._binaries = _binaries()
        self._as_owner = _as_owner(folder)
        self._running: subprocess.Popen[bytes] | None = None
        self.address = f"postgresql+psycopg://marsad@/postgres?host={folder}"
        """The URL of its first database."""
        words = ("-D", str(folder / "cluster"), "-U", "marsad", "-A", "trust", "-N", "-E", "UTF8", "--locale=C")
        _run([*self._as_owner, str(self._binaries / "initdb"), *words])

    def start(self, seconds: float = 20) -> None:
        """Start it and wait until it answers; after a kill what the killed one left behind may take a moment to go."""
        command = [str(self._binaries / "postgres"), "-D", str(self._folder / "cluster"), "-k", str(self._folder)]
        # Should the tests be killed, the server ends with them.
        leash = [self._as_owner[0], "--pdeathsig", "INT", *self._as_owner[1:]] if self._as_owner else []
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self._running is None or self._running.poll() is not None:
                with (self._folder / "log").open("ab") as log:
                    self._running = subprocess.Popen([*leash, *command, *self._settings], stdout=log, stderr=log)
            if self._answers():
                return
            time.sleep(0.05)
        raise NoServerError(f"the server did not start: {(self._folder / 'log').read_text()[-300:]}")

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: by SIGINT, fast, whoever is connected; by SIGQUIT at once; by SIGKILL as a power cut would."""
        if self._running is not None:
            self._running.send_signal(how)
            self._running.wait(timeout=20)
            self._running = None

    def _answers(self) -> bool:
        command = [str(self._binaries / "pg_isready"), "-h", str(self._folder), "-q"]
        return subprocess.run(command, check=False).returncode == 0


@contextmanager
def cluster(settings: Sequence[str] = SETTINGS) -> Iterator[Cluster]:
    """Give a running server of one's own.

    Raises NoServerError where the binaries or the driver are not there.
    """
    folder = Path(tempfile.mkdtemp(prefix="marsad-pg-"))
    try:
        made = Cluster(folder, settings)
        made.start()
        try:
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def server() -> Iterator[str]:
    """Start a server and give the URL of its first database.

    Raises NoServerError where the binaries or the driver are not there.
    """
    with cluster() as made:
        yield made.address


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
