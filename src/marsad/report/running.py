"""The running totals as they stand at the window's end, with what no incident of the ledger explains of them."""

from collections.abc import Iterable
from datetime import date

from marsad.export.entries import Running
from marsad.export.told import is_known_voice
from marsad.ledger import Ledger, Series, series_of
from marsad.report.model import Counter, Quote, Receipt
from marsad.report.receipts import Receipts

STATUS_WORDS = frozenset({"civilians", "combatants", "mixed"})


def counters(ledger: Ledger, let_out: Iterable[Running], kept: Receipts, until: date) -> tuple[Counter, ...]:
    """Return the newest word until a day of every counter, where the profile lets it out; the largest first."""
    shown = {one.told.ref: one for one in let_out}
    found = []
    for series in series_of(ledger) if shown else ():
        told = [number for number, step in enumerate(series.steps) if step.point.day <= until]
        running = shown.get(series.steps[told[-1]].point.ref) if told else None
        if running is not None:
            source = running.source
            quote = Quote(running.told.ref, source.publisher, source.published, source.url, running.told.quote)
            receipt = kept.keep(Receipt(f"running:{running.told.ref}", quotes=(quote,)))
            found.append(_counter(series, told[-1], running, kept.shown.profile.words, receipt))
    return tuple(sorted(found, key=lambda one: (-one.total, one.harm, one.receipt)))


def _counter(series: Series, number: int, running: Running, words: bool, receipt: str) -> Counter:
    step = series.steps[number]
    whom = series.whom if words or series.whom in STATUS_WORDS else None
    return Counter(
        voice=series.voice if words or is_known_voice(series.voice) else None,
        harm=series.harm,
        whom=None if whom == "unknown" else whom,
        where=(series.where if words else running.admin1) or None,
        country=running.country,
        since=series.since,
        day=step.point.day,
        total=step.point.total,
        kind=step.kind,
        change=step.change,
        # What is left over is reckoned for the newest word of all.
        remainder=series.remainder if number == len(series.steps) - 1 else None,
        receipt=receipt,
    )
