"""Checks record claims with what words mean: the days of a time, the place of a name, the entries of a side.

The ledger only compares; the registry and the gazetteer say whom and what words mean. Here they meet.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from marsad.errors import LedgerError
from marsad.ledger.agreements import Agreement, agreements, find_agreement
from marsad.ledger.entries import Ledger
from marsad.ledger.record import RecordedReading
from marsad.ledger.record_claims import Meanings, claim_of_statement, claim_of_words
from marsad.ledger.record_field import RecordClaim, field_of
from marsad.ledger.records import Check, check_record, report_days
from marsad.ledger.stated import Stated, readings_telling, stated
from marsad.model import Report, Where
from marsad.resolve.gazetteer import gazetteer
from marsad.resolve.registry import is_part_of
from marsad.resolve.when import read_time
from marsad.resolve.where import find_places
from marsad.resolve.where_report import where_of
from marsad.resolve.who import find_actor

THE_COUNTRY = "the country"
AGREED = re.compile(
    r"\b(?:cease-?fire|truce|armistice|cessation|agreement|accord|deal|pact|treaty|withdrawal|swap)s?\b", re.I
)
"""Words that may name an agreement; only then are the ledger's agreements put together."""


@dataclass(frozen=True, slots=True)
class CheckedStatement:
    """A record claim of a report with its verdict; `problem` says why one could not be checked at all."""

    said: Stated
    check: Check | None
    problem: str | None = None


class Checker:
    """Checks record claims against one ledger; what all checks need of its reports is looked up once."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days on which the ledger's reports came out, in order."""
        return report_days(self.ledger)

    @cached_property
    def agreements(self) -> tuple[Agreement, ...]:
        """The agreements that the ledger's reports tell of."""
        return agreements(readings_telling(self.ledger, "agreement"))

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """The countries of the ledger's incidents, the commonest first."""
        named = Counter(one.where.country for one in self.ledger.incidents if one.where and one.where.country)
        return tuple(code for code, _ in sorted(named.items(), key=lambda item: (-item[1], item[0])))

    @cached_property
    def actors(self) -> frozenset[str]:
        """The entries of all who did harm or came to harm."""
        did = {p.actor.id for one in self.ledger.incidents for p in one.perpetrators if p.actor}
        return frozenset(did | {v.actor.id for one in self.ledger.incidents for v in one.victims if v.actor})

    def words(self, words: str, on: date | None = None, since: date | None = None) -> Check:
        """Return the verdict on a record claim in words, made on the day of the ledger's newest report.

        `on` is the day that the claim speaks of; else it is taken for one of the newest event that fits it. `since` is
        the first day of the window, where its words name none that can be reckoned. Raises LedgerError where the words
        claim no record, or the ledger holds no dated report.
        """
        if not self.days:
            raise LedgerError(
                "no report of this ledger says when it came out: a record claim needs a day to reckon from"
            )
        made = on or self.days[-1]
        claim = claim_of_words(words, made, self.meanings(made), on)
        if since is not None:
            claim = replace(claim, window=replace(claim.window, start=since, sure=since, problem=None))
        return check_record(self.ledger, claim if on else self._of_the_newest(claim), self.days)

    def reports(self, readings: Iterable[RecordedReading]) -> tuple[CheckedStatement, ...]:
        """Return the verdict on every record claim that reports of the ledger make, in the order of their texts."""
        out = []
        for one in readings:
            for said in sorted(stated([one], "record"), key=lambda each: each.statement.span.start):
                made = said.report.published or said.last_day or date.max
                try:
                    claim = claim_of_statement(said, self.ledger, self.meanings(made))
                    out.append(CheckedStatement(said, check_record(self.ledger, claim, self.days)))
                except LedgerError as error:
                    out.append(CheckedStatement(said, None, str(error)))
        return tuple(out)

    def meanings(self, made: date) -> Meanings:
        """Return what words mean for a claim made on a day."""
        return Meanings(
            lambda words: self._days_meant(words, made),
            lambda words: place_meant(words, self.countries),
            lambda words: self._side_meant(words, made),
        )

    def _of_the_newest(self, claim: RecordClaim) -> RecordClaim:
        """Return a claim on days in a row with those that end with the newest event that fits it."""
        if claim.span is None:
            return claim
        days = [one.day for one in field_of(self.ledger, replace(claim, unit="day", span=None)).entries]
        last = max((day for day in days if day <= claim.window.end), default=claim.span[1])
        return replace(claim, span=(last - (claim.span[1] - claim.span[0]), last))

    def _days_meant(self, words: str, made: date) -> tuple[date, date] | None:
        """Return the first and last day that words of time mean, or the day on which an agreement was made."""
        when = read_time(words, made)
        if when.start is not None:
            return when.start, max(when.start, when.end or when.start)
        if not AGREED.search(words):
            return None
        known = [one for one in self.agreements if one.agreed is not None and one.agreed <= made]
        try:
            agreed = find_agreement(known, words).agreed
        except LedgerError:
            return None
        return None if agreed is None else (agreed, agreed)

    def _side_meant(self, words: str, made: date) -> frozenset[str]:
        """Return the entries that words for an actor mean: its own, and the ledger's actors that are part of it."""
        meant = find_actor(words, on=made, countries=self.countries[:1])
        if meant is None:
            return frozenset()
        return frozenset({meant.id, *(name for name in self.actors if is_part_of(name, meant.id, made))})


def place_meant(words: str, countries: Sequence[str] = ()) -> Where | None:
    """Return the place that words mean, in the likeliest of `countries` where it has namesakes."""
    home = gazetteer().country(countries[0]) if countries else None
    if words.casefold() == THE_COUNTRY:
        return None if home is None else where_of(home, None, words)
    title = home.name if home else None
    found = [one.where for one in find_places(Report("", f"It was in {words}.", title=title))]
    named = [where for where in found if where.name is not None]
    return next((where for where in named if where.country in countries), named[0] if named else None)
