"""Days in the life of a desk: three feeds on this machine tell of a raid whose toll rises; `python -m tests.watch.day`
prints them, and `python -m tests.watch.day docs/watching.md` puts them into the docs.

The event, the publishers and every word are made up. Time passes only where the story says so.
"""

import io
import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path

from tests.fetch.site import Answer, Site, served

from marsad.fetch.pace import Time
from marsad.ledger import Ledger, build_ledger
from marsad.monitor import Recorder
from marsad.reading import ReadingOptions, make_reading
from marsad.store import open_book
from marsad.watch.log import Log
from marsad.watch.sources import sources_of
from marsad.watch.watcher import Settings, watch

START = datetime(2024, 5, 7, 18, tzinfo=UTC)
SOURCES = """
contact = "desk@example.org"
every = "30m"

[limits]
host_seconds = 0

[[source]]
name = "wire"
address = "{wire}/rss.xml"
publisher = "Border Wire"

[[source]]
name = "observatory"
address = "{observatory}/atom.xml"
publisher = "Liptako Observatory"
full_text = true

[[source]]
name = "daily"
address = "{daily}/feed.json"
publisher = "Gao Daily"

[[alert]]
name = "mali"
country = "ML"
toll = 10
rise = 3
quiet = "6h"
to = ["stdout", "log"]

[output.log]
kind = "file"
path = "{folder}/alerts.jsonl"
"""


@dataclass
class Story:
    """What one publisher has put out so far; an article of the same key replaces the older one."""

    site: Site
    articles: dict[str, tuple[datetime, datetime, str, str]] = field(default_factory=dict)

    def tell(self, key: str, now: datetime, title: str, *paragraphs: str) -> None:
        """Publish an article, or change the one of that key."""
        first = self.articles.get(key, (now,))[0]
        body = "".join(f"<p>{escape(words)}</p>" for words in paragraphs)
        self.articles[key] = (first, now, title, body)
        page = (
            f'<!DOCTYPE html><html lang="en"><head><title>{escape(title)}</title>'
            f'<meta property="article:published_time" content="{first.isoformat()}"></head>'
            f"<body><nav><a href='/'>Home</a></nav><article><h1>{escape(title)}</h1>{body}</article></body></html>"
        )
        self.site.routes[f"/{key}"] = Answer(page.encode(), headers={"Content-Type": "text/html"})
        self.site.routes |= {
            "/rss.xml": Answer(self._rss().encode()),
            "/atom.xml": Answer(self._atom().encode()),
            "/feed.json": Answer(self._json().encode()),
        }

    def _rss(self) -> str:
        items = "".join(
            f"<item><guid>{key}</guid><link>{self.site.address}/{key}</link><title>{escape(title)}</title>"
            f"<pubDate>{format_datetime(first)}</pubDate></item>"
            for key, (first, _, title, _) in self.articles.items()
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>feed</title>{items}</channel></rss>'

    def _atom(self) -> str:
        entries = "".join(
            f"<entry><id>urn:{key}</id><link href='{self.site.address}/{key}'/><title>{escape(title)}</title>"
            f"<published>{first.isoformat()}</published><updated>{last.isoformat()}</updated>"
            f"<content type='html'>{escape(body)}</content></entry>"
            for key, (first, last, title, body) in self.articles.items()
        )
        return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>feed</title>{entries}</feed>'

    def _json(self) -> str:
        items = [
            {"id": key, "url": f"{self.site.address}/{key}", "title": title, "date_published": first.isoformat(),
             "date_modified": last.isoformat()}
            for key, (first, last, title, _) in self.articles.items()
        ]  # fmt: skip
        return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "feed", "items": items})


@dataclass
class Desk:
    """A desk that watches the three feeds; `now` is the time there."""

    folder: Path
    wire: Story
    observatory: Story
    daily: Story
    now: datetime = START
    out: io.StringIO = field(default_factory=io.StringIO)
    err: io.StringIO = field(default_factory=io.StringIO)

    @property
    def ledger_place(self) -> str:
        return str(self.folder / "desk.db")

    def clock(self) -> datetime:
        return self.now

    def round(self, after: timedelta = timedelta(0)) -> str:
        """Let time pass and watch for one round; return what was told on standard output."""
        self.now += after
        before = self.out.tell()
        settings = Settings(
            self.ledger_place, self.recorder(), Log(self.err, self.clock), self.out, self.clock, allow_private=True,
            time=Time(lambda: 0.0, lambda _: None, self.clock),
        )  # fmt: skip
        watch(sources_of(self.toml(), "sources.toml"), settings, once=True)
        return self.out.getvalue()[before:]

    def toml(self) -> str:
        addresses = {name: getattr(self, name).site.address for name in ("wire", "observatory", "daily")}
        return SOURCES.format(folder=self.folder, **addresses)

    def recorder(self) -> Recorder:
        options = ReadingOptions(places=True)
        return Recorder("desk", "both", lambda report: make_reading(report, options), self.clock)

    def ledger(self) -> Ledger:
        with open_book(self.ledger_place, self.now) as book:
            record = book.record()
        return build_ledger(record.readings, record.judgements, record.revisions)


EMPTY = {
    "/rss.xml": Answer(b'<?xml version="1.0"?><rss version="2.0"><channel><title>feed</title></channel></rss>'),
    "/atom.xml": Answer(b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>feed</title></feed>'),
    "/feed.json": Answer(b'{"version": "https://jsonfeed.org/version/1.1", "title": "feed", "items": []}'),
}


@contextmanager
def desk(folder: Path) -> Iterator[Desk]:
    """Give a desk with three running publishers that have told nothing yet."""
    with ExitStack() as stack:
        wire, observatory, daily = (Story(stack.enter_context(served())) for _ in range(3))
        for story in (wire, observatory, daily):
            story.site.routes |= EMPTY
        yield Desk(folder, wire, observatory, daily)


def live(here: Desk, say: Callable[[str], None] = lambda _: None) -> list[str]:
    """Live through the days; return what each round told, one text a round."""
    told = []

    def round_after(hours: float, what: str) -> None:
        told.append(here.round(timedelta(hours=hours)))
        say(f"{here.now:%a %d %B, %H:%M}  {what}")
        for line in told[-1].splitlines() or ["(no alert)"]:
            say(f"    {line}")

    here.wire.tell(
        "market", here.now, "At least 11 killed in raid on market in Mali's Menaka region",
        "Gunmen on motorbikes killed at least 11 people on Tuesday in a raid on the market of Anderamboukane, in "
        "Mali's Menaka region, two local officials said.",
        "No group claimed the attack.",
    )  # fmt: skip
    round_after(0, "Border Wire tells of a raid.")
    here.daily.tell(
        "raid", here.now + timedelta(hours=14), "Market raid in Anderamboukane kills 12",
        "Twelve people were killed when armed men attacked the market in Anderamboukane, in the Menaka region of Mali, "
        "on Tuesday, the mayor said.",
        "Traders said the attackers burned stalls and left towards the border.",
    )  # fmt: skip
    round_after(14, "Gao Daily has one more: too small a rise to be told.")
    here.observatory.tell(
        "note-31", here.now + timedelta(hours=13), "Anderamboukane: the market raid",
        "On Tuesday, 17 people were killed in the raid on the market of Anderamboukane, in the Menaka region of Mali, "
        "the Liptako Observatory has established. Nine people were injured.",
    )  # fmt: skip
    here.wire.tell(
        "mine", here.now + timedelta(hours=12), "Two soldiers killed near Gossi",
        "Two soldiers were killed on Wednesday when their vehicle struck a mine near Gossi, in central Mali, the army "
        "said.",
    )  # fmt: skip
    round_after(14, "The observatory counts 17; another incident stays below the threshold.")
    here.wire.tell(
        "market", here.now + timedelta(hours=3), "Death toll of raid on market in Mali's Menaka region rises to 21",
        "Twenty-one people were killed on Tuesday in the raid on the market of Anderamboukane, in Mali's Menaka "
        "region, two local officials said, raising an earlier toll.",
        "No group claimed the attack.",
    )  # fmt: skip
    round_after(4, "Border Wire changes its article: 21. Held back: the last alert was four hours ago.")
    round_after(4, "Nothing comes in, and the quiet period is over.")
    here.observatory.tell(
        "note-32", here.now + timedelta(hours=24), "Correction: Anderamboukane",
        "Nineteen people were killed in the raid on the market of Anderamboukane, in the Menaka region of Mali, on "
        "Tuesday, the Liptako Observatory has established. An earlier count left two of them out.",
    )  # fmt: skip
    round_after(24, "The observatory corrects itself: 19.")
    round_after(24, "A day without news.")
    return told


def main(docs: str | None = None) -> None:
    """Print the days; into the page `docs` too, in place of those that stand there."""
    printed: list[str] = []
    with tempfile.TemporaryDirectory() as folder, desk(Path(folder)) as here:
        live(here, printed.append)
        alert = json.loads((Path(folder) / "alerts.jsonl").read_text("utf-8").splitlines()[1])
    sys.stdout.write("\n".join((*printed, "", here.err.getvalue())))
    if docs:
        shown = re.sub(
            r"http://127\.0\.0\.1:\d+", "https://site.example", json.dumps(alert, ensure_ascii=False, indent=2)
        )
        page = Path(docs).read_text("utf-8")
        page = re.sub(r"```json\n.*?```", lambda _: f"```json\n{shown}\n```", page, flags=re.S)
        days = "\n".join(printed)
        page = re.sub(r"prints:\n\n```\n.*?```", lambda _: f"prints:\n\n```\n{days}\n```", page, flags=re.S)
        Path(docs).write_text(page, "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
