"""Crashes and signals: nothing that was noted is lost, nothing is read or told twice, and the end is clean."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest
from tests.fetch.site import Answer, Asked, Site
from tests.made import Told, reading
from tests.watch.conftest import LIMITS, Bench, article, item, rss

from marsad.model import Reading, Report

MARSAD = Path(sys.executable).parent / "marsad"
VILLAGES = ("Bankass", "Koro", "Douentza")
RULE = '[[alert]]\nname = "all"\nto = ["log"]\n\n[output.log]\nkind = "file"\npath = "alerts.jsonl"\n'
PATIENCE = 60
"""Seconds after which a process of a test that hangs is given up; none of them takes three."""


class CrashError(BaseException):
    """What a kill is, within one process: nothing catches it."""


class FrailConnection(sqlite3.Connection):
    """A connection that breaks at one of its statements, before or after that is done."""

    left = 0

    def execute(self, *words: object) -> sqlite3.Cursor:
        FrailConnection.left -= 1
        if FrailConnection.left == 0:
            raise CrashError
        return super().execute(*words)  # type: ignore[arg-type]


def read(report: Report) -> Reading:
    """Read one event of each village from its page, without an extractor in between."""
    number, place = next((number, name) for number, name in enumerate(VILLAGES) if name in report.text)
    told = Told(12 + 17 * number, place, f"band {number}", date(2024, 5, 2 + number))
    made = reading([told], report.publisher, report.published)
    return Reading(made.report, made.claims, incidents=made.incidents)


@pytest.fixture
def desk(bench: Bench) -> Bench:
    pages = {f"/{name}": article(f"Twelve people were killed in {name}.", "2024-05-07") for name in VILLAGES}
    bench.site.routes |= {"/f": rss(*(item(name, f"/{name}") for name in VILLAGES)), **pages}
    bench.watches("/f", 'publisher = "Wire"', RULE)
    bench.read = read
    return bench


CONNECT = sqlite3.connect


def frail(path: Path, timeout: float, isolation_level: None) -> sqlite3.Connection:
    return CONNECT(path, timeout=timeout, isolation_level=isolation_level, factory=FrailConnection)


@pytest.mark.parametrize("statement", range(1, 90, 7))
def test_whatever_moment_it_breaks_at_all_is_read_and_told_once(
    desk: Bench, statement: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("marsad.watch.state.sqlite3.connect", frail)
        FrailConnection.left = statement
        try:
            desk.round()
        except CrashError:
            pass
        else:
            assert FrailConnection.left > 0, "the statement was reached, and nothing broke"
    FrailConnection.left = 0
    for _ in range(3):
        desk.round(hours=1)
    assert len(desk.record().readings) == 3
    lines = (desk.folder / "alerts.jsonl").read_text().splitlines()
    assert sorted(str(json.loads(line)["where"])[:4] for line in lines) == ["Bank", "Doue", "Koro"]


def test_a_kill_in_the_middle_of_a_poll_loses_nothing_and_doubles_nothing(site: Site, tmp_path: Path) -> None:
    arrived, going_on = threading.Event(), threading.Event()

    def hang(_: Asked) -> Answer:
        arrived.set()
        going_on.wait(PATIENCE)
        return page("Koro")

    site.routes |= {"/f": rss(*(item(name, f"/{name}") for name in VILLAGES)), "/Bankass": page("Bankass"),
                    "/Koro": hang, "/Douentza": page("Douentza")}  # fmt: skip
    file = tmp_path / "sources.toml"
    file.write_text(
        f'{LIMITS}\n[[source]]\nname = "one"\naddress = "{site.address}/f"\nevery = "1h"\nwithin = "36500d"\n{RULE}'
    )
    running = start(file)
    assert arrived.wait(PATIENCE)
    running.send_signal(signal.SIGKILL)
    assert running.wait(PATIENCE) == -signal.SIGKILL
    going_on.set()
    site.routes["/Koro"] = page("Koro")
    again = start(file)
    _, said = again.communicate(timeout=PATIENCE)
    assert again.returncode == 0, said
    assert sorted(path for path in site.paths() if path != "/f") == ["/Bankass", "/Douentza", "/Koro", "/Koro"]
    lines = [json.loads(line) for line in (tmp_path / "alerts.jsonl").read_text().splitlines()]
    assert len({one["id"] for one in lines}) == len(lines) == 3


def test_sigterm_ends_it_cleanly(site: Site, tmp_path: Path) -> None:
    site.routes["/f"] = rss()
    file = tmp_path / "sources.toml"
    file.write_text(f'{LIMITS}\n[[source]]\nname = "one"\naddress = "{site.address}/f"\nevery = "1h"\n')
    running = start(file, "--log", "json", once=False)
    assert running.stderr
    events = []
    for line in running.stderr:
        events.append(json.loads(line))
        if events[-1]["event"] == "polled":
            running.send_signal(signal.SIGTERM)
    assert running.wait(PATIENCE) == 0
    assert [one["event"] for one in events] == ["started", "polled", "stopped"]
    assert events[1]["source"] == "one" and events[2]["words"] == "asked to stop"


def page(village: str) -> Answer:
    """Return a page that the rules read one incident from."""
    words = {
        "Bankass": "Gunmen killed 12 villagers in Bankass, in central Mali, on Tuesday, the mayor said.",
        "Koro": "On Monday 31 traders died when a bomb went off in Koro, a town of central Mali, police said.",
        "Douentza": "An army helicopter fired at a wedding in Douentza, Mali, on Sunday; 19 guests were killed.",
    }
    return article(words[village], "2024-05-07")


def start(file: Path, *words: str, once: bool = True) -> "subprocess.Popen[str]":
    """Run the installed program on a file of sources, as a process of its own."""
    more = ["--once"] if once else []
    command = [str(MARSAD), "watch", str(file), "--ledger", str(file.with_name("l.db")), "--allow-private",
               "--extractor", "rules", *more, *words]  # fmt: skip
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MARSAD_")}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
