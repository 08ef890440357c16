"""Checks record claims with what words mean: the days of a time, the place of a name, the entries of a side.

The ledger only compares; the registry and the gazetteer say whom and what words mean. Here they meet.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from marsad.errors import LedgerError
from marsad.ledger.agreements import agreements, find_agreement
from marsad.ledger.entries import Ledger
from marsad.ledger.record import RecordedReading
from marsad.ledger.record_claims import Meanings, claim_of_statement, claim_of_words
from marsad.ledger.record_field import RecordClaim, field_of
from marsad.ledger.records import Check, check_record
from marsad.ledger.stated import Stated, stated
from marsad.model import Report, Where
from marsad.resolve.gazetteer import gazetteer
from marsad.resolve.registry import is_part_of
from marsad.resolve.when import read_time
from marsad.resolve.where import find_places
from marsad.resolve.where_report import where_of
from marsad.resolve.who import find_actor

THE_COUNTRY = "the country"


@dataclass(frozen=True, slots=True)
class CheckedStatement:
    """A record claim of a report with its verdict; `problem` says why one could not be checked at all."""

    said: Stated
    check: Check | None
    problem: str | None = None


def check_words(ledger: Ledger, words: str, on: date | None = None, since: date | None = None) -> Check:
    """Return the verdict on a record claim in words, made on the day of the ledger's newest report.

    `on` is the day that the claim speaks of; else it is taken for one of the newest event that fits it. `since` is the
    first day of the window, where its words name none that can be reckoned. Raises
    LedgerError where the words claim no record, or the ledger holds no dated report.
    """
    made = newest_day(ledger)
    if made is None:
        raise LedgerError("no report of this ledger says when it came out: a record claim needs a day to reckon from")
    made = on or made
    claim = claim_of_words(words, made, meanings(ledger, made), on)
    if since is not None:
        claim = replace(claim, window=replace(claim.window, start=since, sure=since, problem=None))
    return check_record(ledger, claim if on else _of_the_newest(ledger, claim))


def _of_the_newest(ledger: Ledger, claim: RecordClaim) -> RecordClaim:
    """Return a claim on days in a row with those that end with the newest event that fits it."""
    if claim.span is None:
        return claim
    days = [one.day for one in field_of(ledger, replace(claim, unit="day", span=None)).entries]
    last = max((day for day in days if day <= claim.window.end), default=claim.span[1])
    return replace(claim, span=(last - (claim.span[1] - claim.span[0]), last))


def check_reports(ledger: Ledger, readings: Iterable[RecordedReading]) -> tuple[CheckedStatement, ...]:
    """Return the verdict on every record claim that reports of the ledger make, in the order of their texts."""
    out = []
    for one in readings:
        for said in sorted(stated([one], "record"), key=lambda each: each.statement.span.start):
            try:
                made = said.report.published or said.day or newest_day(ledger) or date.max
                claim = claim_of_statement(said, ledger, meanings(ledger, made))
                out.append(CheckedStatement(said, check_record(ledger, claim)))
            except LedgerError as error:
                out.append(CheckedStatement(said, None, str(error)))
    return tuple(out)


def newest_day(ledger: Ledger) -> date | None:
    """Return the day of the newest report of a ledger."""
    days = (one.reading.report.published for one in ledger.readings.values())
    return max((day for day in days if day is not None), default=None)


def meanings(ledger: Ledger, made: date) -> Meanings:
    """Return what words mean in a ledger, for a claim made on a day."""
    countries = Counter(one.where.country for one in ledger.incidents if one.where and one.where.country)
    likely = [code for code, _ in sorted(countries.items(), key=lambda item: (-item[1], item[0]))]
    return Meanings(
        lambda words: days_meant(ledger, words, made),
        lambda words: place_meant(words, likely),
        lambda words: side_meant(ledger, words, made, likely),
    )


def days_meant(ledger: Ledger, words: str, made: date) -> tuple[date, date] | None:
    """Return the first and last day that words of time mean, or the day on which an agreement was made."""
    when = read_time(words, made)
    if when.start is not None:
        return when.start, max(when.start, when.end or when.start)
    try:
        agreed = find_agreement(agreements(ledger.readings.values(), made), words).agreed
    except LedgerError:
        return None
    return None if agreed is None else (agreed, agreed)


def place_meant(words: str, countries: Iterable[str] = ()) -> Where | None:
    """Return the place that words mean, in the likeliest of `countries` where it has namesakes."""
    known = list(countries)
    home = gazetteer().country(known[0]) if known else None
    if words.casefold() == THE_COUNTRY:
        return None if home is None else where_of(home, None, words)
    title = home.name if home else None
    found = [one.where for one in find_places(Report("", f"It was in {words}.", title=title))]
    named = [where for where in found if where.name is not None]
    return next((where for where in named if where.country in known), named[0] if named else None)


def side_meant(ledger: Ledger, words: str, made: date, countries: Iterable[str] = ()) -> frozenset[str]:
    """Return the entries that words for an actor mean: its own, and the ledger's actors that are part of it."""
    meant = find_actor(words, on=made, countries=tuple(countries)[:1])
    if meant is None:
        return frozenset()
    known = {p.actor.id for one in ledger.incidents for p in one.perpetrators if p.actor}
    known |= {v.actor.id for one in ledger.incidents for v in one.victims if v.actor}
    return frozenset({meant.id, *(name for name in known if is_part_of(name, meant.id, made))})
