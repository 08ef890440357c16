"""Reads the pages of entries whose turn it is; an entry is done when its report is in the ledger."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from marsad.errors import BadInputError
from marsad.fetch import FetchError, TemporaryFetchError
from marsad.fetch.address import host_of
from marsad.fetch.errors import ForbiddenFetchError
from marsad.model import Dating, Report
from marsad.monitor import Ingested
from marsad.read.evidence import CERTAINTY, Evidence
from marsad.read.items import Item
from marsad.read.source import ReadOptions
from marsad.vocabulary import DayEvidence
from marsad.watch.entries import Waiting, leave, pause_after, postpone, settle, waiting_of
from marsad.watch.feeds import Entry
from marsad.watch.own_text import read_own_text
from marsad.watch.pages import read_fetched
from marsad.watch.room import Room
from marsad.watch.sources import Feed

CHANGED_WITHIN = timedelta(days=5)
"""For how long after it came out an article that is changed counts as of the day of its change."""
AWAY = (None, 429, 503)
"""What a host that cannot serve now answers: nothing, or that it has too much to do."""
NOT_FOUND = 404


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


def _tell_recorded(feed: Feed, entry: Entry, done: Ingested, report: Report, room: Room) -> None:
    claims = len(done.reading.claims) if done.reading else 0
    incidents = len(done.reading.incidents) if done.reading else 0
    said = {"new": "recorded", "reread": "read anew", "known": "known already", "refused": f"refused: {done.reason}"}
    words = f"{said[done.outcome]} {entry.address or entry.key} ({claims} claims, {incidents} incidents)"
    dated = report.published.isoformat() if report.published else None
    room.log.tell(
        done.outcome, words, source=feed.name, address=entry.address, claims=claims, incidents=incidents, dated=dated
    )
