"""Finds every number of a written report that the ledger does not hold, without asking the report for its source."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from marsad.export.gather import moment_of
from marsad.ledger import BY, Ledger, Selection, series_of, toll, trace
from marsad.model import Figure
from marsad.report.wording import words_of

MONTHS = "|".join(words_of(None).table["months"])
DAY = re.compile(rf"\b(?:(\d{{1,2}})–)?(\d{{1,2}}) ({MONTHS}) (\d{{4}})(?: \d\d:\d\d UTC)?")
REF = re.compile(r"\b[0-9a-f]{12}/[cs]\d+\b|\bi[0-9a-f]{12}\b")
NOTE = re.compile(r"\[\^(\d+)\]:?|\[(\d+)\]")
QUOTE = re.compile("“([^”]*)”")
STRETCHES = 4
"""How many weeks before a report is held against, which its words tell."""
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)*")


def made_up(text: str, ledgers: Sequence[Ledger], windows: Sequence[Selection], notes: int) -> list[str]:
    """Return what stands in a text as a number and is none of the ledger's, of its sums, or of the days asked for.

    The first of `ledgers` is that of the report, the next one that of the last report.
    """
    found: list[str] = []
    allowed = {number for ledger in ledgers for number in numbers_of(ledger, windows)}
    known = {day for window in windows for day in (window.since, window.until)}
    known |= {day for ledger in ledgers for day in days_of(ledger)}
    for day in DAY.finditer(text):
        month = MONTHS.split("|").index(day[3]) + 1
        told = [date(int(day[4]), month, int(part)) for part in (day[1], day[2]) if part]
        found += [day[0] for each in told if each not in known]
    text = DAY.sub(" ", text)
    for ref in REF.findall(text):
        trace(ledgers[0], ref)
    text = REF.sub(" ", text)
    found += [mark[0] for mark in NOTE.finditer(text) if not 1 <= int(mark[1] or mark[2]) <= notes]
    text = NOTE.sub(" ", text)
    said = [one.reading.report.text for one in ledgers[0].readings.values()]
    found += [quote for quote in QUOTE.findall(text) if not any(quote in each for each in said)]
    text = QUOTE.sub(" ", text)
    return [*found, *(each for each in NUMBER.findall(text) if each.replace(",", "").strip() not in allowed)]


def numbers_of(ledger: Ledger, windows: Iterable[Selection]) -> set[str]:
    """Return the numbers that a report may hold: figures, sums of tolls, and counts of incidents and reports."""
    figures: list[Figure | None] = [figure for one in ledger.incidents for figure in one.tolls.values()]
    figures += [one.killed_civilians for one in ledger.incidents]
    for window in windows:
        for by in BY:
            table = toll(ledger, by, window)
            figures += [figure for row in (*table.rows, table.total) for figure in row.tolls.values()]
        figures += civilians(ledger, window)
    numbers = {each for one in figures if one for each in (one.low, one.best, one.high) if each is not None}
    for series in series_of(ledger):
        left = series.remainder
        numbers |= {step.point.total for step in series.steps} | {abs(step.change) for step in series.steps}
        numbers |= {each for each in (left.low, left.best, left.high) if each is not None} if left else set()
    most = max(len(ledger.incidents), len(ledger.readings))
    return {str(number) for number in (*numbers, *range(max(most, STRETCHES) + 1))}


def civilians(ledger: Ledger, window: Selection) -> list[Figure]:
    wanted = set(toll(ledger, "perpetrator", window).total.incidents)
    told = [one.killed_civilians for one in ledger.incidents if one.id in wanted and one.killed_civilians]
    highs = [one.high for one in told]
    high = None if None in highs else sum(each or 0 for each in highs)
    return [Figure(sum(one.low for one in told), sum(one.best for one in told), high)]


def days_of(ledger: Ledger) -> set[date]:
    """Return the days that the ledger tells of, and those on which it was written."""
    found: set[date] = set()
    for one in ledger.readings.values():
        found |= {day for day in (one.reading.report.published, one.recorded.date()) if day}
        said = one.reading
        whens = [each.when for each in said.claims] + [each.when for each in said.incidents]
        whens += [each.when for each in said.statements]
        found |= {day for when in whens if when for day in (when.start, when.end) if day}
    moment = moment_of(ledger)
    return found | ({moment.date()} if moment else set())


def stretches(since: date, until: date, before: int = 4) -> list[Selection]:
    """Return a window and those before it, each as long."""
    length = until - since + timedelta(days=1)
    starts = [since - number * length for number in range(before, -2, -1)]
    return [Selection(start, end - timedelta(days=1)) for start, end in pairwise(starts)]
