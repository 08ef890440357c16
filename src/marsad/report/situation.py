"""Makes the situation of a window from the ledger alone: no clock, no model, no word that was not recorded.

Everything is made of the entries that a profile lets out (export/gather.py), so that no sum gives away what the
profile holds back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from marsad import __version__
from marsad.errors import BadInputError
from marsad.export.entries import Entry
from marsad.export.gather import Gathered, Wish, gather, moment_of
from marsad.export.run import filters_of
from marsad.export.told import Shown
from marsad.ledger import Ledger, Selection, select, toll
from marsad.ledger.records import report_days
from marsad.report.changed import changed
from marsad.report.doubts import doubts
from marsad.report.model import Ask, Line, Receipt, Situation, Stretch, Told
from marsad.report.receipts import Receipts, by_size, line_of
from marsad.report.running import counters
from marsad.report.said import Window, agreements_said, control_said, records_said

WEEK = timedelta(days=7)
MOST_DAYS = 3660
"""The longest window: ten years."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """An ask with its days, and the wish that gathers its entries."""

    ask: Ask
    since: date
    until: date
    wish: Wish


def situation(ledger: Ledger, ask: Ask, before: Ledger | None = None) -> Situation:
    """Return what a report on a window says; `before` is the ledger as the last report knew it.

    Raises BadInputError where the window ends before it begins, or no day can be chosen.
    """
    asked = _asked(ledger, ask)
    found = gather(ledger, asked.wish)
    shown = Shown.of(ledger, ask.profile)
    kept = Receipts(ledger, shown)
    window = Window(asked.since, asked.until, _last_shown(ledger, asked.wish), found.entries, ask.place)
    selection = asked.wish.selection
    return Situation(
        since=asked.since,
        until=asked.until,
        moment=moment_of(ledger),
        policy=ledger.policy,
        profile=ask.profile,
        version=__version__,
        filters={name: words for name, words in filters_of(asked.wish).items() if name not in ("since", "until")},
        total=line_of(None, found.entries, kept.of_sum("total", found.entries)),
        civilians=_civilians(found.entries, kept),
        undated=toll(ledger, "perpetrator", selection).undated,
        largest=tuple(Told(one, kept.of_entry(one)) for one in sorted(found.entries, key=by_size)),
        by_side=_grouped("side", found.entries, kept),
        by_place=_grouped("place", found.entries, kept),
        stretches=_stretches(ledger, asked, found, kept),
        records=records_said(ledger, window, kept),
        counters=counters(ledger, found.running, kept, asked.until),
        control=control_said(ledger, window, kept),
        agreements=agreements_said(ledger, window, kept),
        doubts=doubts(select(ledger, selection), found.entries, kept),
        reports=_reports(ledger, asked.since, asked.until),
        left_out=found.left_out,
        changed=None if before is None else changed(before, ledger, asked.wish, kept),
        receipts=kept.known,
    )


def window_of(ledger: Ledger, ask: Ask) -> Ask:
    """Return an ask with its days chosen: the week until the day of the newest report, where they were left open."""
    days = report_days(ledger)
    until = ask.until or (days[-1] if days else None)
    if until is None:
        raise BadInputError(
            "no report of this ledger says when it came out, so no week can be chosen: give --since and --until"
        )
    since = ask.since or until - WEEK + timedelta(days=1)
    if since > until:
        raise BadInputError(f"the window begins on {since}, after its last day {until}: give --since before --until")
    if (until - since).days > MOST_DAYS:
        raise BadInputError(f"the window {since} to {until} is longer than ten years: give a later --since")
    return replace(ask, since=since, until=until)


def _asked(ledger: Ledger, ask: Ask) -> _Asked:
    whole = window_of(ledger, ask)
    assert whole.since is not None
    assert whole.until is not None
    selection = Selection(whole.since, whole.until, ask.place, ask.perpetrator, ask.min_sources, ask.victims, ask.means)
    return _Asked(whole, whole.since, whole.until, Wish(selection, ask.profile, ask.reviewed_only))


def _last_shown(ledger: Ledger, wish: Wish) -> date | None:
    """Return the last day of which a profile lets reports be quoted; None where it holds no day back."""
    moment = moment_of(ledger)
    return moment.date() - timedelta(days=wish.days_held_back) if moment and wish.days_held_back else None


def _civilians(entries: Sequence[Entry], kept: Receipts) -> Line | None:
    """Return the killed of whom it is told that they were civilians; None where that is told of nobody."""
    told = [one for one in entries if one.killed_civilians]
    if not told:
        return None
    alone = [replace(one, tolls={"killed": one.killed_civilians}) for one in told if one.killed_civilians]
    parts = tuple((one.id, one.tolls) for one in alone)
    return line_of(None, alone, kept.keep(Receipt("civilians", parts)))


def _grouped(kind: str, entries: Sequence[Entry], kept: Receipts) -> tuple[Line, ...]:
    groups: dict[str | None, list[Entry]] = {}
    for one in entries:
        groups.setdefault(side_of(one) if kind == "side" else place_key(one), []).append(one)
    lines = [line_of(key, found, kept.of_sum(f"{kind}:{key or ''}", found)) for key, found in groups.items()]
    return tuple(sorted(lines, key=_largest_first))


def _largest_first(one: Line) -> tuple[int, int, str]:
    killed = one.tolls.get("killed")
    return -(killed.best if killed else 0), -one.incidents, one.key or "\U0010ffff"


def side_of(one: Entry) -> str | None:
    """Return those who are said to have done it as one name, without those who are said not to have."""
    return " and ".join(sorted({party.name for party in one.perpetrators if party.basis != "denied"})) or None


def place_key(one: Entry) -> str | None:
    """Return an incident's province and country code ("Idlib|SY"), or the country alone; None where none is known."""
    place = one.place
    if place.country is None:
        return None
    return f"{place.admin1}|{place.country}" if place.admin1 else place.country


def _stretches(ledger: Ledger, asked: _Asked, found: Gathered, kept: Receipts) -> tuple[Stretch, ...]:
    """Return the window and those before it, oldest first."""
    length = asked.until - asked.since + timedelta(days=1)
    first = max(asked.since - asked.ask.windows * length, date.min + length)
    earlier: Sequence[Entry] = ()
    if asked.ask.windows:
        wish = replace(
            asked.wish,
            selection=replace(asked.wish.selection, since=first, until=asked.since - timedelta(days=1)),
        )
        earlier = gather(ledger, wish).entries
    out = []
    for number in range(asked.ask.windows, -1, -1):
        start = asked.since - number * length
        end = start + length - timedelta(days=1)
        inside = [one for one in earlier if one.start and start <= one.start <= end] if number else found.entries
        key = f"stretch:{start}" if number else "total"
        out.append(Stretch(start, end, _reports(ledger, start, end), line_of(None, inside, kept.of_sum(key, inside))))
    return tuple(out)


def _reports(ledger: Ledger, since: date, until: date) -> int:
    days = (one.reading.report.published for one in ledger.readings.values())
    return sum(1 for day in days if day is not None and since <= day <= until)
