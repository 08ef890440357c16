"""Polls one source: its feed or sitemap, then the pages of what is new; each step is kept before the next begins.

A feed's entries and the mark by which it is recognised are kept together, and an entry is done only when its report is
in the ledger: whenever the program is stopped, the next one goes on from there.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from fnmatch import fnmatchcase

from marsad.errors import BadInputError
from marsad.fetch import Fetcher, FetchError, TemporaryFetchError, Validators
from marsad.fetch.address import host_of
from marsad.fetch.errors import ForbiddenFetchError
from marsad.model import Dating, Report
from marsad.monitor import Ingested
from marsad.read.evidence import CERTAINTY, Evidence
from marsad.read.items import Item
from marsad.read.source import ReadOptions
from marsad.vocabulary import DayEvidence
from marsad.watch.entries import (
    WAITING,
    Seen,
    Standing,
    Waiting,
    keep_standing,
    leave,
    marks_of,
    note_entries,
    pause_after,
    postpone,
    settle,
    standing_of,
    waiting_of,
)
from marsad.watch.feeds import Entry, Listing, newest_first, read_listing
from marsad.watch.log import Log
from marsad.watch.own_text import read_own_text
from marsad.watch.pages import read_fetched
from marsad.watch.sources import Feed, Sources
from marsad.watch.state import State

LISTING = "listing"
"""For what a feed is fetched, in the state: another use of the same address recognises it by itself."""
BETWEEN = timedelta(hours=36)
"""A page that a feed names for the first time came out since the last poll, where that is not longer ago."""
CHANGED_WITHIN = timedelta(days=5)
"""For how long after it came out an article that is changed counts as of the day of its change."""
AWAY = (None, 429, 503)
"""What a host that cannot serve now answers: nothing, or that it has too much to do."""
GONE = 410
NOT_FOUND = 404
Record = Callable[[Report, bytes], Ingested]


@dataclass(slots=True)
class Room:
    """What polling works with; `record` puts a report into the ledger, and returns when it is safe there.

    `stopping` says whether the program was asked to end; `mark` names the reader, so that a new one reads pages anew.
    """

    sources: Sources
    state: State
    log: Log
    fetcher: Callable[[Feed], Fetcher]
    record: Record
    clock: Callable[[], datetime]
    stopping: Callable[[], bool] = lambda: False
    mark: str = ""


@dataclass(slots=True)
class _Gathered:
    """What one poll brought: listings, by what they are recognised, and parts of an index with their marks."""

    listings: list[Listing] = field(default_factory=list)
    visits: list[tuple[str, Validators]] = field(default_factory=list)
    parts: list[tuple[str, str]] = field(default_factory=list)


def poll(feed: Feed, room: Room) -> None:
    """Poll a source: note what is new, and plan when to come back; trouble is told and planned around."""
    before, now = standing_of(room.state, feed.name), room.clock()
    try:
        gathered = _gather(feed, room)
    except BadInputError as error:
        _plan_after_trouble(feed, room, before, error)
        return
    entries = [one for listing in gathered.listings for one in listing.entries]
    seen = list(_sifted(feed, entries, marks_of(room.state, feed.name), before, now))
    with room.state.writing():
        note_entries(room.state, feed.name, seen, now)
        note_entries(room.state, feed.name, (_part(*one) for one in gathered.parts), now)
        for asked, found in gathered.visits:
            room.state.note_visit(asked, found, LISTING)
        keep_standing(room.state, feed.name, Standing(now + feed.every, 0, now))
    _tell_poll(feed, room, gathered, seen)


def peek(feed: Feed, room: Room) -> list[Entry]:
    """Return what a poll would find new, without keeping anything; raise BadInputError where it cannot be had."""
    gathered = _gather(feed, room)
    entries = [one for listing in gathered.listings for one in listing.entries]
    before = standing_of(room.state, feed.name)
    sifted = _sifted(feed, entries, marks_of(room.state, feed.name), before, room.clock())
    return [one.entry for one in sifted if one.state == WAITING]


def read_waiting(feed: Feed, room: Room) -> None:
    """Read the entries of a source whose turn it is, one after the other.

    A host that does not answer, or asks for patience, is left alone for this round: its other pages wait for the next.
    """
    away: dict[str, datetime] = {}
    for one in waiting_of(room.state, feed.name, room.clock()):
        if room.stopping():
            return
        host = host_of(one.entry.address)
        if host in away:
            leave(room.state, feed.name, one.entry.key, away[host])
            continue
        try:
            outcome, sha256 = _read(feed, one, room)
        except FetchError as error:
            until = _put_off(feed, one, room, error)
            if isinstance(error, TemporaryFetchError) and error.status in AWAY:
                away[host] = until
        else:
            settle(room.state, feed.name, one.entry.key, outcome, sha256)


def _gather(feed: Feed, room: Room) -> _Gathered:
    """Fetch a feed; of an index of sitemaps those parts that are new or changed, each address once."""
    gathered = _Gathered()
    fetched = {feed.address}
    top = _listing(feed, feed.address, room, gathered)
    known = marks_of(room.state, feed.name)
    ahead = _changed_parts(top, known)
    whole = True
    while ahead and len(fetched) <= room.sources.watching.sitemaps:
        address, changed = ahead.pop(0)
        if address in fetched:
            continue
        fetched.add(address)
        try:
            ahead += _changed_parts(_listing(feed, address, room, gathered), known)
        except BadInputError as error:
            whole = False
            room.log.tell("trouble", str(error), source=feed.name, address=address)
        else:
            gathered.parts.append((address, changed))
    if ahead or not whole:
        # The index is asked for anew next time, since it still leads to what was not had.
        gathered.visits = [one for one in gathered.visits if one[0] != feed.address]
    return gathered


def _listing(feed: Feed, address: str, room: Room, gathered: _Gathered) -> Listing:
    found = room.fetcher(feed).get(address, room.state.visited(address, LISTING))
    if found.unchanged:
        return Listing()
    listing = read_listing(found, room.sources.watching)
    gathered.listings.append(listing)
    if found.validators is not None:
        gathered.visits.append((address, found.validators))
    for note in listing.notes:
        room.log.tell("doubt", note, source=feed.name, address=address)
    return listing


def _changed_parts(listing: Listing, known: dict[str, str]) -> list[tuple[str, str]]:
    """Return the parts that are not known as they are, the last changed first; those that do not say come last."""
    parts = [(address, day) for address, day in listing.parts if not day or known.get(f"part {address}") != day]
    return sorted(parts, key=lambda one: one[1], reverse=True)


def _part(address: str, changed: str) -> Seen:
    return Seen(Entry(f"part {address}", address, changed), "part", False)


def _sifted(feed: Feed, entries: list[Entry], known: dict[str, str], before: Standing, now: datetime) -> Iterator[Seen]:
    """Yield what is new, oldest first: what to read, and what to pass over; what is known as it is, is left out."""
    is_recent = before.polled is not None and now - before.polled <= BETWEEN
    left = feed.newest
    out: list[Seen] = []
    for one in newest_first(entries):
        mark = known.get(one.key)
        if mark == one.mark or (mark is not None and not feed.updates):
            continue
        if not _is_wanted(feed, one):
            out.append(Seen(one, "unwanted", False))
        elif _is_old(feed, one, now):
            out.append(Seen(one, "old", False))
        elif left > 0:
            left -= 1
            out.append(Seen(one, WAITING, is_recent and mark is None))
        elif before.polled is None:
            # At first sight of a source its archive is not read; later all is, if not in this round.
            out.append(Seen(one, "passed over", False))
    yield from reversed(out)


def _is_wanted(feed: Feed, one: Entry) -> bool:
    return not feed.only or any(fnmatchcase(one.address, pattern) for pattern in feed.only)


def _is_old(feed: Feed, one: Entry, now: datetime) -> bool:
    return one.moment is not None and datetime.fromisoformat(one.moment) < now - feed.within


def _read(feed: Feed, waiting: Waiting, room: Room) -> tuple[str, str | None]:
    """Read one entry into the ledger; return what became of it, and the hash of its bytes."""
    entry, days = waiting.entry, tuple(_days(waiting))
    if (feed.full_text and entry.text.strip()) or not entry.address:
        items = read_own_text(entry, feed.address, feed.publisher, room.sources.reading, days)
        outcome = _recorded(feed, waiting, items, room)
        return outcome, hashlib.sha256(entry.text.encode("utf-8", "surrogatepass")).hexdigest()
    found = room.fetcher(feed).get(entry.address, room.state.visited(entry.address, room.mark))
    sha256 = hashlib.sha256(found.body).hexdigest()
    if found.unchanged or sha256 == waiting.sha256:
        return "unchanged", None
    items = read_fetched(found, None, ReadOptions(limits=room.sources.reading), days)
    outcome = _recorded(feed, waiting, items, room)
    if found.validators is not None:
        room.state.note_visit(entry.address, found.validators, room.mark)
    return outcome, sha256


def _days(waiting: Waiting) -> Iterator[Evidence]:
    if waiting.entry.day:
        yield Evidence(date.fromisoformat(waiting.entry.day), "feed")
    if waiting.is_new:
        yield Evidence(waiting.seen.date(), "seen")


def _recorded(feed: Feed, waiting: Waiting, items: Iterator[Item], room: Room) -> str:
    entry = waiting.entry
    outcome = "unreadable"
    for item in items:
        if isinstance(item, BadInputError):
            room.log.tell("unreadable", str(item), source=feed.name, address=entry.address)
            continue
        report, raw = item
        report = replace(report, publisher=feed.publisher or report.publisher or feed.name)
        if waiting.sha256 is not None:
            report = _of_its_change(report, waiting.entry, room.clock().date())
        done = room.record(report, raw)
        outcome = done.outcome
        _tell_recorded(feed, entry, done, report, room)
    return outcome


def _of_its_change(report: Report, entry: Entry, today: date) -> Report:
    """Return the report of an article that was changed, dated by its change: it is its publisher's newer word.

    Only where that was a few days later: until then "on Tuesday" means the same day as in the first version.
    """
    day: date = date.fromisoformat(entry.changed) if entry.changed else today
    first = report.published
    if first is None or not first < day <= min(first + CHANGED_WITHIN, today + timedelta(days=1)):
        return report
    by: DayEvidence = "feed" if entry.changed else "seen"
    return replace(report, published=day, dated=Dating(by, CERTAINTY[by], (f"first published {first}",)))


def _put_off(feed: Feed, waiting: Waiting, room: Room, error: FetchError) -> datetime:
    """Plan when to try an entry again, or give it up: at once where trying again cannot help; return when."""
    key, tries = waiting.entry.key, waiting.attempts + 1
    hopeless = isinstance(error, ForbiddenFetchError) or not (
        isinstance(error, TemporaryFetchError) or error.status == NOT_FOUND
    )
    asked = timedelta(seconds=error.wait_seconds or 0) if isinstance(error, TemporaryFetchError) else timedelta(0)
    until = room.clock() + max(asked, pause_after(f"{feed.name} {key}", feed.every, tries - 1))
    if hopeless or tries >= room.sources.watching.tries:
        settle(room.state, feed.name, key, "forbidden" if isinstance(error, ForbiddenFetchError) else "given up")
        room.log.tell("given up", str(error), source=feed.name, address=waiting.entry.address)
        return until
    postpone(room.state, feed.name, key, until)
    words = f"{error} (again at {until:%Y-%m-%d %H:%M}, {tries} of {room.sources.watching.tries} tries)"
    room.log.tell("put off", words, source=feed.name, address=waiting.entry.address)
    return until


def _plan_after_trouble(feed: Feed, room: Room, before: Standing, error: BadInputError) -> None:
    failures = before.failures + 1
    asked = timedelta(seconds=error.wait_seconds or 0) if isinstance(error, TemporaryFetchError) else timedelta(0)
    due = room.clock() + max(asked, pause_after(feed.name, feed.every, failures))
    with room.state.writing():
        keep_standing(room.state, feed.name, Standing(due, failures, before.polled))
    gone = isinstance(error, FetchError) and error.status == GONE
    advice = "; take it out of the file" if gone else f" (again at {due:%Y-%m-%d %H:%M})"
    room.log.tell("trouble", f"{error}{advice}", source=feed.name, address=feed.address, failures=failures)


def _tell_poll(feed: Feed, room: Room, gathered: _Gathered, seen: list[Seen]) -> None:
    total = sum(len(listing.entries) for listing in gathered.listings)
    waiting = sum(one.state == WAITING for one in seen)
    over = len(seen) - waiting
    words = f"{total} entries, {waiting} to read" if gathered.listings else "not changed"
    words += f", {over} passed over" if over else ""
    room.log.tell("polled", words, source=feed.name, address=feed.address, entries=total, new=waiting, passed_over=over)


def _tell_recorded(feed: Feed, entry: Entry, done: Ingested, report: Report, room: Room) -> None:
    claims = len(done.reading.claims) if done.reading else 0
    incidents = len(done.reading.incidents) if done.reading else 0
    said = {"new": "recorded", "reread": "read anew", "known": "known already", "refused": f"refused: {done.reason}"}
    words = f"{said[done.outcome]} {entry.address or entry.key} ({claims} claims, {incidents} incidents)"
    dated = report.published.isoformat() if report.published else None
    room.log.tell(
        done.outcome, words, source=feed.name, address=entry.address, claims=claims, incidents=incidents, dated=dated
    )
