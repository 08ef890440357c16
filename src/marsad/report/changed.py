"""Says what differs from what the last report could say: entries then and now, as the profile lets them out."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from marsad.export.entries import Entry
from marsad.export.gather import Wish, gather, moment_of
from marsad.ledger import Ledger
from marsad.ledger.changes import moved_totals
from marsad.report.model import Changed, Gone, News
from marsad.report.receipts import Receipts, by_size, sums

FIELDS = ("tolls", "start", "end", "place", "perpetrators", "means")


def changed(before: Ledger, now: Ledger, wish: Wish, kept: Receipts) -> Changed | None:
    """Return what is new, came late, moved, was found to be one event, or is counted no longer.

    All days until the window's end are compared: what is learned of an older week belongs into this one's report.
    None where nothing had been recorded then.
    """
    since = moment_of(before)
    if since is None or not before.readings:
        return None
    whole = replace(wish, selection=replace(wish.selection, since=None))
    then, today = gather(before, whole).entries, gather(now, whole).entries
    origins = _origins(then, now)
    news = [_news(one, origins.get(one.id, ()), kept) for one in sorted(today, key=by_size)]
    here = {one.id for one in today}
    first = wish.selection.since
    new = [one for one in news if not one.before]
    is_late = [first is not None and (one.entry.start is None or one.entry.start < first) for one in new]
    fresh = tuple(one for one, late in zip(new, is_late, strict=True) if not late)
    return Changed(
        since,
        fresh=fresh,
        fresh_receipt=kept.of_sum("fresh", [one.entry for one in fresh]),
        late=tuple(one for one, late in zip(new, is_late, strict=True) if late),
        altered=tuple(one for one in news if len(one.before) == 1 and one.fields),
        merged=tuple(one for one in news if len(one.before) > 1),
        gone=tuple(_gone(then, here, now, kept)),
        totals=moved_totals(sums(then), sums(today)),
        receipt=kept.of_sum("documented", today),
    )


def _origins(then: Iterable[Entry], now: Ledger) -> Mapping[str, tuple[Entry, ...]]:
    """Return, per incident of today, the ones of then that it continues."""
    found: dict[str, list[Entry]] = {}
    for one in then:
        heir = now.heirs.get(one.id)
        if heir is not None:
            found.setdefault(heir, []).append(one)
    return {heir: tuple(sorted(ones, key=lambda one: (one.id != heir, one.id))) for heir, ones in found.items()}


def _news(entry: Entry, before: tuple[Entry, ...], kept: Receipts) -> News:
    fields = tuple(name for name in FIELDS if before and getattr(before[0], name) != getattr(entry, name))
    return News(entry, before, fields, kept.of_entry(entry))


def _gone(then: Iterable[Entry], here: set[str], now: Ledger, kept: Receipts) -> Iterable[Gone]:
    taken_out = {member.id for one in now.withdrawn for member in one.members}
    for one in then:
        heir = now.heirs.get(one.id)
        if heir is None or heir not in here:
            yield Gone(one, one.id in taken_out, kept.of_entry(one))
