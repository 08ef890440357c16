"""Puts a record claim together: from its words, or from a statement of a report with what its words were taken for."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from marsad.errors import LedgerError
from marsad.ledger.entries import Ledger
from marsad.ledger.record import members_of
from marsad.ledger.record_field import People, RecordClaim
from marsad.ledger.record_windows import DayReader, window_of
from marsad.ledger.record_words import Measure, RecordWords, read_record
from marsad.ledger.stated import Stated
from marsad.model import Where
from marsad.passages import sentences
from marsad.vocabulary import Status

WITHIN = 1
"""How many sentences a record claim may stand from the figure that it speaks of."""
TAIL = 80
"""How many characters a time may stand behind the words of a window that it dates."""
STATUS_WORDS: tuple[tuple[Status, str], ...] = (
    ("civilian", r"(?:the )?(?:civilians?|non-combatants?)"),
    ("combatant", r"(?:the )?(?:soldiers?|troops|combatants?|fighters?|security forces)"),
)
_DOERS_NOUN = re.compile(r"\b(?:attack|raid|strike|airstrike|offensive|operation|ambush|bombing|assault)s?\b")


@dataclass(frozen=True, slots=True)
class Meanings:
    """What words mean, asked of whoever knows: the days of a time, the place of a name, the entries of a side."""

    days: DayReader
    place: Callable[[str], Where | None]
    side: Callable[[str], frozenset[str]]


def claim_of_words(words: str, made: date, meanings: Meanings, subject: date | None = None) -> RecordClaim:
    """Return the record claim that words make on the day `made`; `subject` is the day it speaks of, where known."""
    return _claim(read_record(words), made, meanings, subject)


def claim_of_statement(said: Stated, ledger: Ledger, meanings: Meanings) -> RecordClaim:
    """Return the record claim that a statement of a recorded report makes, of the incident told beside it."""
    read = _words_of(said)
    made = said.report.published or said.last_day
    if made is None:
        raise LedgerError(f"nobody says on which day {said.ref} was said: its stretch of time cannot be reckoned")
    day = said.day if said.has_own_day and _window_tail(said) is None else None
    claim = _claim(read, made, meanings, day)
    slot = said.slot("place")
    if slot is not None and slot.where is not None:
        claim = replace(claim, where=slot.where, place=slot.text)
    meant = _incident_beside(said, ledger)
    if meant is None:
        return claim
    # What a report says of its own event is about that event, on whichever day it was.
    return replace(claim, incidents=frozenset([meant]), subject=None) if claim.unit == "event" else claim


def _words_of(said: Stated) -> RecordWords:
    slots = {name: " ".join(slot.text.split()) for name in ("window", "group", "place") if (slot := said.slot(name))}
    if "window" in slots and (tail := _window_tail(said)) is not None:
        slots["window"] += f" {tail}"
    quote = " ".join(said.statement.span.quote.split())
    measure: Measure = said.term("measure")  # type: ignore[assignment]  # the contract's closed list
    try:
        read = read_record(quote)
    except LedgerError:
        read = RecordWords(quote, measure, "event", None)
    group, doer = read.group, read.doer
    if "group" in slots and doer != slots["group"]:
        group, doer = (None, slots["group"]) if _is_doer(slots["group"], quote) else (slots["group"], doer)
    return replace(
        read, measure=measure, window=slots.get("window", read.window), place=slots.get("place", read.place),
        group=group, doer=doer, by_size=read.by_size if measure == read.measure else measure in ("highest", "lowest"),
    )  # fmt: skip


def _window_tail(said: Stated) -> str | None:
    """Return the time that ends the words of a window: "since the town was lost" to the militia "last month"."""
    window, when = said.slot("window"), said.statement.when
    if window is None or when is None or when.span is None or when.text is None:
        return None
    follows = 0 <= when.span.start - window.span.end <= TAIL
    return " ".join(when.text.split()) if follows and window.text.casefold().startswith("since") else None


def _is_doer(group: str, quote: str) -> bool:
    """Say whether a group did what is counted: "the fourth attack by the group", "the group's first raid"."""
    named = re.escape(group)
    if re.search(rf"\bby {named}", quote):
        return True
    return re.search(rf"{named}(?:['’]s?)? (?:[\w-]+ )?{_DOERS_NOUN.pattern}", quote) is not None


def _claim(read: RecordWords, made: date, meanings: Meanings, subject: date | None) -> RecordClaim:
    # A toll that names no harm is of the dead; a first or second attack is one whatever came of it.
    harm = read.harm or ("killed" if read.measure == "brings_to" or read.by_size else None)
    return RecordClaim(
        read.words,
        read.measure,
        read.unit,
        window_of(read.window, made, meanings.days),
        harm,
        read.rank,
        read.is_top,
        read.by_size,
        read.low,
        read.high,
        meanings.place(read.place) if read.place else None,
        None if read.place is None or read.place.casefold() == "the country" else read.place,
        _people(read.group, meanings),
        _people(read.doer, meanings),
        read.means,
        read.target,
        subject,
    )


def _people(words: str | None, meanings: Meanings) -> People | None:
    if words is None:
        return None
    status = next((name for name, form in STATUS_WORDS if re.fullmatch(form, words.casefold())), None)
    return People(words, frozenset() if status else meanings.side(words), status)


def _incident_beside(said: Stated, ledger: Ledger) -> str | None:
    """Return the ledger's incident whose figures stand nearest to a statement, in its sentence or one beside it."""
    recorded = ledger.readings.get(said.report_key)
    if recorded is None:
        return None
    cut = tuple(sentences(said.report.text))

    def at(offset: int) -> int:
        return sum(passage.start <= offset for passage in cut)

    here = at(said.statement.span.start)
    near = [
        (abs(at(claim.span.start) - here), abs(claim.span.start - said.statement.span.start), member.id)
        for member in members_of(recorded)
        for claim in member.claims()
        if claim.span.within == "text"
    ]
    found = min(near, default=None)
    return ledger.heirs.get(found[2]) if found and found[0] <= WITHIN else None
