"""Puts a record claim together: from its words, or from a statement of a report with what its words were taken for."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from marsad.errors import LedgerError
from marsad.ledger.entries import Ledger
from marsad.ledger.record import members_of
from marsad.ledger.record_field import People, RecordClaim
from marsad.ledger.record_windows import DayReader, window_of
from marsad.ledger.record_words import Measure, RecordWords, read_record
from marsad.ledger.stated import COUNTRY, Stated
from marsad.model import Where
from marsad.passages import sentences
from marsad.vocabulary import Status

WITHIN = 1
"""How many sentences a record claim may stand from the figure that it speaks of."""
TAIL = 80
"""How many characters a time may stand behind the words of a window that it dates."""
LONGEST = 300
"""More characters than this between a measure and its window are no one claim."""
LONGEST_SUM = timedelta(days=31)
"""A sum over more days is no toll that is compared with others of as many days."""
_SUM = re.compile(r"\b(?:tolls?|loss(?:es)?|numbers?|deaths|casualties|fatalities)\b")
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
    read = _words_of(said, meanings)
    made = said.report.published or said.last_day
    if made is None:
        raise LedgerError(f"nobody says on which day {said.ref} was said: its stretch of time cannot be reckoned")
    claim = _claim(read, made, meanings, _day_of(said))
    slot = said.slot("place")
    if slot is not None and slot.where is not None:
        claim = replace(claim, where=slot.where, place=slot.text)
    meant = _incident_beside(said, ledger)
    claim = _in_its_country(claim, ledger, meant)
    if claim.unit != "event":
        return claim
    # What a report says of its own event, or of its own sum, is about that, on whichever day it was.
    span = _sum_beside(said) if _SUM.search(read.words.casefold()) else None
    if span is not None:
        return replace(claim, unit="span", span=span, subject=None)
    return claim if meant is None else replace(claim, incidents=frozenset([meant]), subject=None)


def _in_its_country(claim: RecordClaim, ledger: Ledger, meant: str | None) -> RecordClaim:
    """Return a claim that names no place as one of its event's country: no report compares with the whole world."""
    if claim.where is not None or claim.place is not None:
        return claim
    incident = next((one for one in ledger.incidents if one.id == meant), None)
    code = incident.where.country if incident is not None and incident.where is not None else None
    if code is None:
        return claim
    where = Where(text=None, name=code, country=code, geoprecision=COUNTRY, gazetteer_id=f"country:{code}")
    assumed = f"it names no place: held against the incidents of {code}, the country of its event"
    return replace(claim, where=where, assumed=(*claim.assumed, assumed))


def _words_of(said: Stated, meanings: Meanings) -> RecordWords:
    slots = {name: " ".join(slot.text.split()) for name in ("group", "place") if (slot := said.slot(name))}
    quote = _whole(said)
    measure: Measure = said.term("measure")  # type: ignore[assignment]  # the contract's closed list
    try:
        read = read_record(quote)
    except LedgerError:
        read = RecordWords(quote, measure, "event", None)
    group, doer = read.group, read.doer
    if "group" in slots and doer != slots["group"]:
        group, doer = (None, slots["group"]) if _is_doer(slots["group"], quote) else (slots["group"], doer)
    if measure != read.measure:
        # A rank whose number is not told is "one of the": it is by size.
        is_top = measure == "rank" and read.rank is None
        read = replace(read, measure=measure, is_top=is_top, by_size=is_top or measure in ("highest", "lowest"))
    window = _window_of(said, meanings) or read.window
    return replace(read, window=window, place=slots.get("place", read.place), group=group, doer=doer)


def _whole(said: Stated) -> str:
    """Return the words of a claim from its measure to its window: those between them name the group and the place."""
    span, window = said.statement.span, said.slot("window")
    ends = [span, *([window.span] if window and window.span.within == span.within == "text" else [])]
    start, end = min(one.start for one in ends), max(one.end for one in ends)
    words = said.report.text[start:end] if span.within == "text" and end - start <= LONGEST else span.quote
    return " ".join(words.split())


def _window_of(said: Stated, meanings: Meanings) -> str | None:
    """Return the words of the window; of "since the town was lost" up to the time in its sentence that dates them."""
    slot = said.slot("window")
    if slot is None:
        return None
    words = " ".join(slot.text.split())
    if slot.span.within != "text" or not words.casefold().startswith("since"):
        return words
    end = next((p.end for p in sentences(said.report.text) if p.start <= slot.span.start < p.end), slot.span.end)
    longer = " ".join(said.report.text[slot.span.start : max(slot.span.end, min(end, slot.span.end + TAIL))].split())
    is_dated = meanings.days(words[len("since") :].strip()) is not None
    return longer if not is_dated and meanings.days(longer[len("since") :].strip(" .")) is not None else words


def _day_of(said: Stated) -> date | None:
    """Return the day that the words tell of the event itself; a time that follows the window's words dates those."""
    window, when = said.slot("window"), said.statement.when
    if when is None or not said.has_own_day:
        return None
    dates_window = window is not None and when.span is not None and when.span.start >= window.span.start
    return None if dates_window else said.day


def _is_doer(group: str, quote: str) -> bool:
    """Say whether a group did what is counted: "the fourth attack by the group", "the group's first raid"."""
    named = re.escape(group)
    if re.search(rf"\bby {named}", quote):
        return True
    return re.search(rf"{named}(?:['’]s?)? (?:[\w-]+ )?{_DOERS_NOUN.pattern}", quote) is not None


def _claim(read: RecordWords, made: date, meanings: Meanings, subject: date | None) -> RecordClaim:
    days = timedelta(days=(read.days or 1) - 1)
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
        span=(made - days, made) if read.days else None,
        problem=read.problem,
    )


def _people(words: str | None, meanings: Meanings) -> People | None:
    if words is None:
        return None
    status = next((name for name, form in STATUS_WORDS if re.fullmatch(form, words.casefold())), None)
    return People(words, frozenset() if status else meanings.side(words), status)


def _sum_beside(said: Stated) -> tuple[date, date] | None:
    """Return the days of the sum that a toll is said of: "61 in 48 hours … the highest toll since"."""
    at = _sentence_of(said)
    here = at(said.statement.span.start)
    near = [
        (abs(at(claim.span.start) - here), abs(claim.span.start - said.statement.span.start), claim)
        for claim in said.claims
        if claim.span.within == "text" and claim.harm == "killed"
    ]
    found = min(near, key=lambda one: one[:2], default=None)
    if found is None or found[0] > WITHIN or found[2].scope != "period":
        return None
    when = found[2].when
    if when is None or when.start is None or when.end is None or when.end - when.start > LONGEST_SUM:
        return None
    return when.start, when.end


def _sentence_of(said: Stated) -> Callable[[int], int]:
    cut = tuple(sentences(said.report.text))
    return lambda offset: sum(passage.start <= offset for passage in cut)


def _incident_beside(said: Stated, ledger: Ledger) -> str | None:
    """Return the ledger's incident whose figures stand nearest to a statement, in its sentence or one beside it."""
    recorded = ledger.readings.get(said.report_key)
    if recorded is None:
        return None
    at = _sentence_of(said)
    here = at(said.statement.span.start)
    near = [
        (abs(at(claim.span.start) - here), abs(claim.span.start - said.statement.span.start), member.id)
        for member in members_of(recorded)
        for claim in member.claims()
        if claim.span.within == "text"
    ]
    found = min(near, default=None)
    return ledger.heirs.get(found[2]) if found and found[0] <= WITHIN else None
