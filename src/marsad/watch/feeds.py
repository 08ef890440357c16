"""What a feed or a sitemap says: its entries, each with an address, a key that stays, and the day it claims.

RSS and Atom in all their broken forms (feedparser), JSON Feed, sitemaps, news sitemaps and indexes of sitemaps.
"""

import calendar
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from marsad.errors import BadInputError
from marsad.fetch import Fetched, FetchError
from marsad.fetch.address import whole_address
from marsad.fetch.body import take_body
from marsad.ledger.record import digest
from marsad.read.days import header_day, written_day
from marsad.read.plain import without_surrogates
from marsad.watch.limits import WatchLimits
from marsad.watch.sitemaps import is_sitemap, read_sitemap

GZIP = b"\x1f\x8b"
# Honest feeds declare no entities of their own; those that do are bombs, or mistakes that cost an editor nothing.
_ENTITY = re.compile(rb"<!ENTITY", re.I)
_ALTERNATE = re.compile(rb"<link\b[^>]*\btype\s*=\s*[\"']application/(?:rss|atom|feed)\+(?:xml|json)[\"'][^>]*>", re.I)
_HREF = re.compile(rb"\bhref\s*=\s*[\"']([^\"']+)", re.I)
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""No page of the web is older; a day before it is a clock that was never set."""
ALIKE = 3
"""So many entries and all of one moment: the feed dates its own making, not theirs."""
AHEAD = timedelta(days=1)
"""How far ahead of ours a publisher's day may be: the earth has time zones from -12 to +14 hours."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `key` stays the same from poll to poll, `mark` changes when the entry does.

    `day` is when it says that it came out (ISO), by its writer's clock; `moment` the same as a moment, to judge it by;
    `changed` the day on which it says that it was last changed.
    `text` is its own text as HTML, or plain where `plain`.
    """

    key: str
    address: str
    mark: str = ""
    title: str | None = None
    day: str | None = None
    moment: str | None = None
    changed: str | None = None
    text: str = ""
    plain: bool = False

    def packed(self) -> str:
        """Return the entry as JSON, to be kept until its turn."""
        return json.dumps(asdict(self), ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Listing:
    """What was read: entries, or the addresses of more sitemaps (`parts`); `notes` says what was doubted."""

    entries: tuple[Entry, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


def unpacked_entry(words: str) -> Entry:
    """Return an entry from its JSON."""
    return Entry(**json.loads(words))


def read_listing(found: Fetched, limits: WatchLimits) -> Listing:
    """Return what a feed or a sitemap says; raise BadInputError for what is neither, or too large."""
    raw = found.body
    if raw.startswith(GZIP):
        raw = take_body([raw], "gzip", limits.sitemap_bytes, found.address)
    start = raw[:4_096].lstrip(b"\xef\xbb\xbf \t\r\n")
    limit = "sitemap_bytes" if is_sitemap(start) else "feed_bytes"
    if len(raw) > (most := getattr(limits, limit)):
        raise BadInputError(f"{found.address}: {len(raw):,} bytes (limit {limit}={most}); raise it to take them")
    if start.startswith(b"{"):
        listing = _json_feed(raw, found.address)
    elif _ENTITY.search(raw):
        raise BadInputError(f"{found.address}: declares entities of its own, which are not read; tell its publisher")
    elif is_sitemap(start):
        listing = _sitemap(raw, found.address)
    else:
        listing = _feed(raw, found)
    if len(listing.entries) > limits.feed_entries:
        listing = replace(
            listing, entries=listing.entries[: limits.feed_entries], notes=("more entries than the limit",)
        )
    return _without_doubtful_days(listing, found.retrieved)


def _feed(raw: bytes, found: Fetched) -> Listing:
    import feedparser

    try:
        parsed = feedparser.parse(raw, response_headers={"content-location": found.address}, sanitize_html=False)
    except (
        ValueError,
        RecursionError,
        AssertionError,
        LookupError,
        TypeError,
        AttributeError,
        ArithmeticError,
    ) as error:
        raise BadInputError(f"{found.address}: is a feed too broken to read ({type(error).__name__})") from None
    if not parsed.entries and not parsed.get("version"):
        raise BadInputError(f"{found.address}: is no feed and no sitemap{_its_feed(raw, found.address)}")
    return Listing(tuple(_distinct(_entry(one, found.address) for one in parsed.entries)))


def _entry(one: Any, base: str) -> Entry | None:
    # Taken as a plain dictionary: feedparser's own gives the day of publication where an entry tells of no change.
    changed = str(dict.get(one, "updated") or "")
    said = str(one.get("published") or changed)
    parsed = one.get("published_parsed") or dict.get(one, "updated_parsed")
    contents = [part for part in one.get("content", ()) if part.get("value")]
    whole = contents[0] if contents else one.get("summary_detail") or {}
    return _made(
        str(one.get("id") or ""),
        (str(one.get("link") or ""), base),
        str(one.get("title") or "") or None,
        (said, _moment(parsed)),
        changed,
        (str(whole.get("value") or ""), whole.get("type") == "text/plain"),
    )


def _json_feed(raw: bytes, base: str) -> Listing:
    try:
        feed = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise BadInputError(f"{base}: is no JSON ({error})") from None
    if "jsonfeed.org" not in str(feed.get("version")) or not isinstance(feed.get("items"), list):
        raise BadInputError(f"{base}: is JSON, but no JSON Feed (jsonfeed.org)")
    return Listing(tuple(_distinct(_item(one, base) for one in feed["items"] if isinstance(one, dict))))


def _item(one: dict[str, Any], base: str) -> Entry | None:
    words = {key: value for key, value in one.items() if isinstance(value, str | int)}
    said = str(words.get("date_published") or words.get("date_modified") or "")
    plain = str(words.get("content_text") or "")
    return _made(
        str(words.get("id") or ""),
        (str(words.get("url") or words.get("external_url") or ""), base),
        str(words.get("title") or "") or None,
        (said, _iso_moment(said)),
        str(words.get("date_modified") or ""),
        (plain or str(words.get("content_html") or words.get("summary") or ""), bool(plain)),
    )


def _sitemap(raw: bytes, base: str) -> Listing:
    parts, pages = read_sitemap(raw, base)
    entries = (
        _made(
            one.address,
            (one.address, base),
            one.title,
            (one.published, _iso_moment(one.published or one.changed)),
            one.changed,
            ("", False),
        )
        for one in pages
    )
    return Listing(tuple(_distinct(entries)), tuple((one.address, one.changed) for one in parts))


def _made(
    key: str,
    link: tuple[str, str],
    title: str | None,
    told: tuple[str, datetime | None],
    changed: str,
    text: tuple[str, bool],
) -> Entry | None:
    """Return an entry of what was said of it (`told`: when it came out, in words and as a moment), or None.

    None is what has neither an address nor a text.
    """
    said, moment = told
    try:
        address = whole_address(*link) if link[0] else ""
    except FetchError:
        address = ""
    words, plain = text
    key, words, title = without_surrogates(key), without_surrogates(words), without_surrogates(title or "")
    key = key or address or digest([title, words])[:32]
    if not address and not words.strip():
        return None
    day = header_day(said) or (moment.date() if moment else None) if said else None
    changed_day = header_day(changed) if changed else None
    return Entry(
        key,
        address,
        digest([title, changed, address])[:16],
        " ".join(title.split()) if title else None,
        day.isoformat() if day else None,
        moment.isoformat() if moment else None,
        changed_day.isoformat() if changed_day else None,
        words,
        plain,
    )


def _distinct(entries: Iterator[Entry | None]) -> Iterator[Entry]:
    seen: set[str] = set()
    for one in entries:
        if one is not None and one.key not in seen:
            seen.add(one.key)
            yield one


def _without_doubtful_days(listing: Listing, now: datetime) -> Listing:
    """Take away the days that cannot be: ahead of now, before the web, or the same moment for all entries."""
    moments = [one.moment for one in listing.entries if one.day]
    alike = len(moments) >= ALIKE and len(set(moments)) == 1
    kept = tuple(replace(one, day=None) if alike or _cannot_be(one, now) else one for one in listing.entries)
    doubted = sum(
        before.day is not None and after.day is None for before, after in zip(listing.entries, kept, strict=True)
    )
    if not doubted:
        return listing
    why = "all entries are of one moment" if alike else "days ahead of today, or before there was a web"
    return replace(listing, entries=kept, notes=(*listing.notes, f"{doubted} dates are not believed: {why}"))


def _cannot_be(one: Entry, now: datetime) -> bool:
    if one.day is None:
        return False
    day = date.fromisoformat(one.day)
    return day > (now + AHEAD).date() or day < EARLIEST.date()


def _moment(parsed: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def _iso_moment(words: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(words.strip())
    except ValueError:
        day = written_day(words)
        return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _its_feed(raw: bytes, base: str) -> str:
    """Return where the feed of a page is, in words, where the page says so."""
    link = _ALTERNATE.search(raw[:200_000])
    href = _HREF.search(link[0]) if link else None
    if not href:
        return ""
    try:
        return f"; its feed is {whole_address(href[1].decode('utf-8', 'replace'), base)}"
    except FetchError:
        return ""


def newest_first(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries with the newest first; those that tell no time stay where their feed has them, at the end."""
    return sorted(entries, key=lambda one: -_seconds(one))


def _seconds(one: Entry) -> float:
    if one.moment:
        return datetime.fromisoformat(one.moment).timestamp()
    return datetime.combine(date.fromisoformat(one.day), time.min, UTC).timestamp() if one.day else 0.0
