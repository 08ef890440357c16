"""A server, a clock that tests move, and a watcher of one source that reads without finding claims: fast, and real."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.fetch.site import Answer, Site, served

from marsad.fetch.pace import Time
from marsad.ledger import Record
from marsad.model import Reading, Report
from marsad.monitor import Recorder
from marsad.store import open_book
from marsad.watch.log import Log
from marsad.watch.sources import Sources, sources_of
from marsad.watch.state import State, state_place
from marsad.watch.watcher import Settings, watch

START = datetime(2024, 5, 7, 12, tzinfo=UTC)
LIMITS = "[limits]\nhost_seconds = 0\nattempts = 1\nbackoff_seconds = 0\n"


@dataclass
class Bench:
    """A watcher for one server: rounds are run by hand, `now` moves by hand, and everything said is kept."""

    site: Site
    folder: Path
    now: datetime = START
    read: Callable[[Report], Reading] = Reading
    toml: str = ""
    elsewhere: str = ""
    taken: list[Report] = field(default_factory=list)
    out: io.StringIO = field(default_factory=io.StringIO)
    err: io.StringIO = field(default_factory=io.StringIO)

    @property
    def place(self) -> str:
        return self.elsewhere or str(self.folder / "ledger.db")

    def watches(self, path: str, more: str = "", rest: str = "") -> None:
        """Watch what the server has at `path`; `more` are further lines of the source, `rest` of the file."""
        source = f'[[source]]\nname = "one"\naddress = "{self.site.address}{path}"\nevery = "1h"\n{more}\n'
        self.toml = f"{LIMITS}\n{source}\n{rest}"

    def sources(self) -> Sources:
        return sources_of(self.toml, str(self.folder / "sources.toml"))

    def settings(self) -> Settings:
        clock = lambda: self.now  # noqa: E731
        recorder = Recorder("desk", "hand", self._take, clock)
        time = Time(lambda: 0.0, lambda _: None, clock)
        log = Log(self.err, clock)
        return Settings(self.place, recorder, log, self.out, clock, allow_private=True, time=time)

    def round(self, hours: float = 0) -> str:
        """Let time pass and run one round; return what it logged."""
        self.now += timedelta(hours=hours)
        before = self.err.tell()
        watch(self.sources(), self.settings(), once=True)
        return self.err.getvalue()[before:]

    def record(self) -> Record:
        with open_book(self.place, self.now, create=True) as book:
            return book.record()

    def reports(self) -> list[Report]:
        """Return the reports as they went to the ledger, which keeps no evidence of the day."""
        assert len(self.taken) == len(self.record().readings)
        return self.taken

    def _take(self, report: Report) -> Reading:
        self.taken.append(report)
        return self.read(report)

    def state(self) -> State:
        return State(state_place(self.place))


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as one:
        yield one


@pytest.fixture
def bench(site: Site, tmp_path: Path) -> Bench:
    return Bench(site, tmp_path)


def rss(*items: str, title: str = "Wire") -> Answer:
    """Return a feed of items as they are."""
    channel = f"<channel><title>{title}</title>{''.join(items)}</channel>"
    return Answer(f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'.encode())


def item(name: str, link: str, day: str = "Tue, 07 May 2024 08:00:00 GMT") -> str:
    """Return one item of a feed."""
    dated = f"<pubDate>{day}</pubDate>" if day else ""
    return f"<item><guid>{name}</guid><title>{name}</title><link>{link}</link>{dated}</item>"


def article(words: str, day: str | None = None) -> Answer:
    """Return a page with an article of these words."""
    head = f'<meta property="article:published_time" content="{day}">' if day else ""
    more = "The district's hospital took in those who were hurt, and the road was closed until noon."
    body = f"<body><article><p>{words}</p><p>{more}</p></article></body>"
    page = f"<!DOCTYPE html><html lang='en'><head><title>News</title>{head}</head>{body}</html>"
    return Answer(page.encode(), headers={"Content-Type": "text/html; charset=utf-8"})
