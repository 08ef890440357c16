"""Polls one source: notes what its feed or sitemap has that is new, and plans when to come back.

A feed's entries and the mark by which it is recognised are kept together: whenever the program is stopped, no entry of
a feed that will not be sent again is lost.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fnmatch import fnmatchcase

from marsad.errors import BadInputError
from marsad.fetch import FetchError, TemporaryFetchError, Validators
from marsad.watch.entries import (
    WAITING,
    Seen,
    Standing,
    keep_standing,
    marks_of,
    note_entries,
    pause_after,
    standing_of,
)
from marsad.watch.feeds import Entry, Listing, newest_first, read_listing
from marsad.watch.room import Room
from marsad.watch.sources import Feed

LISTING = "listing"
"""For what a feed is fetched, in the state: another use of the same address recognises it by itself."""
BETWEEN = timedelta(hours=36)
"""A page that a feed names for the first time came out since the last poll, where that is not longer ago."""
GONE = 410


@dataclass(slots=True)
class _Gathered:
    """What one poll brought: listings, by what they are recognised, and parts of an index with their marks."""

    listings: list[Listing] = field(default_factory=list)
    visits: list[tuple[str, Validators]] = field(default_factory=list)
    parts: list[tuple[str, str]] = field(default_factory=list)

    @property
    def entries(self) -> list[Entry]:
        """The entries of all listings."""
        return [one for listing in self.listings for one in listing.entries]


def poll(feed: Feed, room: Room) -> None:
    """Poll a source: note what is new, and plan when to come back; trouble is told and planned around."""
    before, now = standing_of(room.state, feed.name), room.clock()
    try:
        known = marks_of(room.state, feed.name)
        gathered = _gather(feed, room, known)
    except BadInputError as error:
        _plan_after_trouble(feed, room, before, error)
        return
    seen = list(_sifted(feed, gathered.entries, known, before, now))
    with room.state.writing():
        note_entries(room.state, feed.name, seen, now)
        note_entries(room.state, feed.name, (_part(*one) for one in gathered.parts), now)
        for asked, found in gathered.visits:
            room.state.note_visit(asked, found, LISTING)
        keep_standing(room.state, feed.name, Standing(now + feed.every, 0, now))
    _tell_poll(feed, room, gathered, seen)


def peek(feed: Feed, room: Room) -> list[Entry]:
    """Return what a poll would find new, without keeping anything; raise BadInputError where it cannot be had."""
    known = marks_of(room.state, feed.name)
    gathered = _gather(feed, room, known)
    sifted = _sifted(feed, gathered.entries, known, standing_of(room.state, feed.name), room.clock())
    return [one.entry for one in sifted if one.state == WAITING]


def _gather(feed: Feed, room: Room, known: dict[str, str]) -> _Gathered:
    """Fetch a feed; of an index of sitemaps those parts that are new or changed by their marks, each address once."""
    gathered = _Gathered()
    fetched = {feed.address}
    top = _listing(feed, feed.address, room, gathered)
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
    words = f"{total} entr{'y' if total == 1 else 'ies'}, {waiting} to read" if gathered.listings else "not changed"
    words += f", {over} passed over" if over else ""
    room.log.tell("polled", words, source=feed.name, address=feed.address, entries=total, new=waiting, passed_over=over)
