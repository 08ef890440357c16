"""What reports of the window say besides harm, as a profile lets it be told: records, control, agreements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from marsad.checking import CheckedStatement, Checker
from marsad.errors import LedgerError
from marsad.export.entries import Entry
from marsad.ledger import Ledger
from marsad.ledger.agreements import Agreement, Party, agreements, chosen
from marsad.ledger.breaches import breaches
from marsad.ledger.control import Asked, ControlLine, control
from marsad.ledger.record import RecordedReading
from marsad.ledger.records import Check
from marsad.ledger.stated import Stated, stated
from marsad.model import Where
from marsad.report.model import AgreementSaid, ControlSaid, RecordLine
from marsad.report.receipts import Receipts
from marsad.resolve.registry import registry

HIGHEST = "the deadliest attack"
MOST_AGAINST = 3


@dataclass(frozen=True, slots=True)
class Window:
    """The days of a report, the last day of which reports may be quoted (None: all), its entries and its place."""

    since: date
    until: date
    last_shown: date | None
    entries: Sequence[Entry]
    place: str | None

    def holds(self, day: date | None) -> bool:
        """Say whether a day lies in the window and may be told of."""
        return day is not None and self.since <= day <= self.until and self.may_tell(day)

    def may_tell(self, day: date | None) -> bool:
        """Say whether what came out on a day may be told."""
        return self.last_shown is None or (day is not None and day <= self.last_shown)


def records_said(ledger: Ledger, window: Window, kept: Receipts) -> tuple[RecordLine, ...]:
    """Return the records that reports of the window claim, checked, after the one that fell by what is known."""
    checker = Checker(ledger)
    readings = [one for _, one in sorted(ledger.readings.items()) if window.holds(one.reading.report.published)]
    claimed = [_claimed(one, window, kept) for one in checker.reports(readings)]
    fell = _fell(checker, window, kept)
    return (*([fell] if fell else []), *(one for one in claimed if one is not None))


def _fell(checker: Checker, window: Window, kept: Receipts) -> RecordLine | None:
    """Return the window's deadliest incident where it is the deadliest that the ledger knows of until its day."""
    dated = [one for one in window.entries if one.start and one.killed]
    top = max(dated, key=lambda one: (one.killed.best if one.killed else 0, one.id), default=None)
    if top is None or not checker.days:
        return None
    words = f"{HIGHEST} in {window.place}" if window.place else HIGHEST
    try:
        found = checker.words(words, top.start, checker.days[0])
    except LedgerError:
        return None
    is_it = found.subject is not None and top.id in {one.id for one in found.subject.incidents}
    alone = all(one.id == top.id for one in dated)
    if found.verdict != "holds" or not is_it or alone:
        return None
    return _record(found, (), window, kept, kept.of_entry(top))


def _claimed(one: CheckedStatement, window: Window, kept: Receipts) -> RecordLine | None:
    if one.said.statement.modality == "denied":
        return None
    receipt = kept.of_words(f"record:{one.said.ref}", [one.said])
    words = (one.said.statement.span.quote,) if kept.shown.profile.words else ("",)
    if one.check is None:
        measure = one.said.statement.terms["measure"]
        # Why one cannot be checked is told in words of the report.
        why = (one.problem or "") if kept.shown.profile.words else ""
        return RecordLine(words[0] or None, measure, "", "can't tell", why, None, None, (), True, receipt)
    return _record(one.check, words, window, kept, receipt)


def _record(found: Check, words: tuple[str, ...], window: Window, kept: Receipts, receipt: str) -> RecordLine:
    against = [
        (one.incidents[0].id if len(one.incidents) == 1 else one.key, one.day, one.figure)
        for one in found.against
        if window.may_tell(one.day)
    ]
    claim, subject = found.claim, found.subject
    tellable = kept.shown.profile.words or found.verdict != "can't tell"
    return RecordLine(
        words=" ".join(words[0].split()) if words and words[0] else None,
        measure=claim.measure,
        unit=claim.unit,
        verdict=found.verdict,
        why="; ".join(dict.fromkeys((found.why, *found.missing)))
        if kept.shown.profile.words
        else found.why
        if tellable
        else "",
        day=subject.day if subject and window.may_tell(subject.day) else None,
        figure=subject.figure if subject and window.may_tell(subject.day) else None,
        against=tuple(against[:MOST_AGAINST]),
        claimed=bool(words),
        receipt=receipt,
    )


def control_said(ledger: Ledger, window: Window, kept: Receipts) -> tuple[ControlSaid, ...]:
    """Return who holds what on the window's last day, where a report of the window tells of it."""
    said = [one for one in stated(ledger.readings.values(), "control") if window.may_tell(one.report.published)]
    lines = control(said, window.until, Asked(window.place)).lines
    told = [line for line in lines if any(window.holds(one.report.published) for one in line.words)]
    return tuple(_control(line, kept) for line in told)


def _control(line: ControlLine, kept: Receipts) -> ControlSaid:
    words = (*line.words, *(one.word for one in line.against))
    return ControlSaid(
        who=line.who if kept.shown.profile.words or line.actor_id in registry().actors else None,
        state=line.state,
        where=_place(line.place, kept),
        whole=line.is_whole,
        since=line.since,
        is_dated=line.is_dated,
        own_word=line.own_word,
        contradicted=bool(line.against),
        receipt=kept.of_words(f"control:{line.words[-1].ref}:{line.actor_id}", words),
    )


def agreements_said(ledger: Ledger, window: Window, kept: Receipts) -> tuple[AgreementSaid, ...]:
    """Return the agreements of which a report of the window tells, with its incidents that may have broken them."""
    let_out = [one for one in ledger.readings.values() if window.may_tell(one.reading.report.published)]
    known = agreements(_in_order(let_out), window.until)
    entries = {one.id: one for one in window.entries}
    out = []
    for one in chosen(known, window.place):
        told = [change.word for change in one.changes if window.holds(change.word.report.published)]
        if told:
            broken = [each.incident.id for each in breaches(one, ledger.incidents, known, window.until)]
            parts = [entries[name] for name in broken if name in entries]
            out.append(_agreement(one, told, parts, kept))
    return tuple(out)


def _agreement(one: Agreement, told: Sequence[Stated], parts: Sequence[Entry], kept: Receipts) -> AgreementSaid:
    return AgreementSaid(
        kind=one.kind.replace("_", " "),
        parties=tuple(party.name for party in one.parties if _is_known(party, kept)),
        where=_place(one.place, kept) if one.place else None,
        agreed=one.agreed,
        status=one.status,
        breaches=tuple(each.id for each in parts),
        receipt=kept.of_words(f"agreement:{one.id}", told, parts),
    )


def _is_known(party: Party, kept: Receipts) -> bool:
    return kept.shown.profile.words or party.key in registry().actors


def _place(where: Where, kept: Receipts) -> str | None:
    if kept.shown.profile.words or where.gazetteer_id is not None:
        return where.name or where.text
    return where.admin1


def _in_order(readings: Iterable[RecordedReading]) -> list[RecordedReading]:
    return sorted(readings, key=lambda one: one.report_key)
