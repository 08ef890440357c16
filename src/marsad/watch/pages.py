"""What an address gave, read by what it holds: the one place where fetched bytes meet the readers."""

from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from marsad.fetch import Fetched
from marsad.read.evidence import Evidence
from marsad.read.items import Item
from marsad.read.source import ReadOptions, Served, read_bytes

# What a server calls a kind, where its bytes leave that open; other kinds show in their bytes, whatever the name.
_HINTS = {
    "text/html": "page.html",
    "application/xhtml+xml": "page.html",
    "text/csv": "table.csv",
    "text/tab-separated-values": "table.tsv",
    "text/markdown": "text.md",
    "application/json": "list.json",
    "application/x-ndjson": "list.jsonl",
    "message/rfc822": "message.eml",
}


def read_fetched(
    found: Fetched,
    published: date | None = None,
    options: ReadOptions | None = None,
    days: tuple[Evidence, ...] = (),
) -> Iterator[Item]:
    """Yield the reports that were fetched, as `read_bytes` does; `days` is what else tells of the day they came out."""
    hint = _HINTS.get(found.media_type or "") or PurePosixPath(unquote(urlsplit(found.address).path)).name or "page"
    yield from read_bytes(
        found.body, found.address, published, options, Served(found.address, hint, found.charset, days)
    )
