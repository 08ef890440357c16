"""Puts agreements together across statements and reports, with what became of each and whose word that is."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from marsad.errors import LedgerError
from marsad.ledger.names import plain_name
from marsad.ledger.record import RecordedReading, digest
from marsad.ledger.stated import Stated, is_same_place, lies_in, place_of, stated, who_key, who_name
from marsad.model import Where

REACH = timedelta(days=180)
"""Words on one kind of agreement between the same parties, so near in time, are of one agreement."""
SAME_SIGNING = timedelta(days=31)
"""Two days of agreeing that are farther apart are of two agreements: "in September" may stand for any day of it."""
ENDED = ("broken", "refused")
IN_FORCE = ("agreed", "kept", "broken", "not_implemented")
"""What can only be said of an agreement that was made."""
OTHER_WORDS = {
    "ceasefire": ("truce", "armistice", "cease-fire", "cessation", "hostilities", "pause"),
    "peace": ("accord", "treaty", "deal"),
    "buffer_zone": ("buffer", "zone", "demilitarised", "demilitarized", "de-escalation", "safe"),
    "withdrawal": ("pull-out", "pullout", "retreat"),
    "prisoner_exchange": ("prisoner", "prisoners", "exchange", "swap", "hostages", "detainees"),
    "evacuation": ("evacuate",),
    "other": ("agreement", "accord", "deal", "pact", "treaty"),
}
"""How people call agreements of a kind besides the kind's own name."""
FILLING = frozenset(
    {*("the", "a", "an", "of", "in", "at", "on", "and", "with", "for", "from", "to", "by"), "between", "since", "last"}
)


@dataclass(frozen=True, slots=True)
class Party:
    """One party: its entry or words as a key, and its name."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Change:
    """What was said of an agreement's state: when, by which word; `counts` is false where it changes none.

    `against` are words of other voices of the same days that say the contrary.
    """

    day: date | None
    status: str
    word: Stated
    counts: bool
    against: tuple[Stated, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement; `ids` are all by which it was ever known, each from the words of one of its statements.

    `agreed` is the day on which it was made; `is_dated` says whether words tell it, else it is the day of the first
    report that knows of it as made. None where nobody says that it was made.
    """

    id: str
    ids: tuple[str, ...]
    kind: str
    parties: tuple[Party, ...]
    place: Where | None
    terms: tuple[str, ...]
    agreed: date | None
    is_dated: bool
    status: str
    changes: tuple[Change, ...]

    @property
    def was_made(self) -> bool:
        """Whether anybody says that it was agreed, or says of it what can only be said of one that was."""
        return any(one.counts and one.status in IN_FORCE for one in self.changes)


def agreements(readings: Iterable[RecordedReading], on: date | None = None) -> tuple[Agreement, ...]:
    """Return the agreements as they stood at the end of a day (None: by all that is recorded), newest first."""
    known = [one for one in stated(readings, "agreement") if on is None or (one.day is not None and one.day <= on)]
    drafts: list[_Draft] = []
    for word in _with_parties(known):
        draft = next((one for one in reversed(drafts) if one.takes(word)), None)
        if draft is None:
            drafts.append(_Draft(word))
        else:
            draft.add(word)
    made = [draft.agreement() for draft in drafts]
    return tuple(sorted(made, key=lambda one: (_last_day(one), one.id), reverse=True))


def find_agreement(known: Sequence[Agreement], asked: str) -> Agreement:
    """Return the one agreement that an id or words name ("ceasefire in Northfold").

    Raises LedgerError that names those there are, where none fits or several do.
    """
    by_id = [one for one in known if asked in one.ids]
    found = by_id or [one for one in known if _fits(one, asked)]
    if len(found) == 1:
        return found[0]
    if found:
        raise LedgerError(f"{asked!r} fits {len(found)} agreements: {_listed(found)}; name one by its id")
    there = f"there are {_listed(known)}" if known else "the ledger knows of none"
    raise LedgerError(f"no agreement answers to {asked!r}: {there}")


def chosen(known: Iterable[Agreement], place: str | None = None, party: str | None = None) -> tuple[Agreement, ...]:
    """Return the agreements of a place (or of a unit that holds it) and of a party, by words of their names."""
    return tuple(one for one in known if _is_in(one, place) and _is_of(one, party))


def agreed_day(one: Agreement) -> date:
    """Return the day from which an agreement counts; raises LedgerError where nobody says that it was made."""
    if one.agreed is None:
        what = "on which day" if one.was_made else "that"
        raise LedgerError(f"nobody says {what} {agreement_name(one)} ({one.id}) was ever agreed: it is {one.status}")
    return one.agreed


def agreement_name(one: Agreement) -> str:
    """Return an agreement's kind, parties and place for reading."""
    parties = " and ".join(party.name for party in one.parties)
    place = (one.place.name or one.place.text) if one.place else None
    kind = "agreement" if one.kind == "other" else one.kind.replace("_", " ")
    between = "between" if len(one.parties) > 1 else "involving"
    return kind + (f" {between} {parties}" if parties else "") + (f" in {place}" if place else "")


@dataclass(frozen=True, slots=True)
class _Word:
    """A statement with its parties and place; a later one of its report may lend its own to "the accord"."""

    said: Stated
    parties: tuple[Party, ...]
    place: Where | None
    follows: str | None = None


def _with_parties(known: Sequence[Stated]) -> list[_Word]:
    """Return the statements in their order; one that names nobody follows the one before it in its report."""
    out: list[_Word] = []
    by_text = sorted(known, key=lambda one: (one.report_key, one.statement.span.start))
    before: Stated | None = None
    follows: dict[str, str] = {}
    for one in by_text:
        bare = not one.statement.slots.get("parties") and one.slot("place") is None
        same_report = before is not None and before.report_key == one.report_key
        if bare and before is not None and same_report and _goes_with(one, before):
            follows[one.ref] = before.ref
        before = one
    for one in known:
        slot = one.slot("place")
        parties = {who_key(p): Party(who_key(p), who_name(p)) for p in one.statement.slots.get("parties", ())}
        out.append(_Word(one, tuple(parties.values()), place_of(slot) if slot else None, follows.get(one.ref)))
    # What follows another is put in after all that stand by themselves, in the order of its text.
    led = sorted((w for w in out if w.follows), key=lambda w: (w.said.report_key, w.said.statement.span.start))
    return [*(word for word in out if not word.follows), *led]


def _goes_with(one: Stated, before: Stated) -> bool:
    kinds = {one.term("agreement"), before.term("agreement")}
    return len(kinds) == 1 or "other" in kinds


class _Draft:
    """An agreement while its words are gone through, oldest first."""

    def __init__(self, first: _Word) -> None:
        self.words = [first]

    def add(self, word: _Word) -> None:
        """Take in one more word on it."""
        self.words.append(word)

    def takes(self, word: _Word) -> bool:
        """Say whether a word is on this agreement: the same kind, parties or place in common, near in time."""
        refs = {one.said.ref for one in self.words}
        if word.follows is not None:
            return word.follows in refs
        if word.said.term("agreement") != self.kind or not self._is_near(word):
            return False
        return not self._is_made_anew(word) and self._overlaps(word)

    @property
    def kind(self) -> str:
        """The kind that its words give; an "accord" that names no kind leaves it to the others."""
        kinds = [one.said.term("agreement") for one in self.words]
        return next((kind for kind in kinds if kind != "other"), "other")

    @property
    def parties(self) -> tuple[Party, ...]:
        """All that are named as its parties, in the order of naming."""
        return tuple({party.key: party for one in self.words for party in one.parties}.values())

    @property
    def place(self) -> Where | None:
        """The most exact place that its words give."""
        places = [one.place for one in self.words if one.place is not None]
        return min(places, key=lambda where: where.geoprecision or 9, default=None)

    def _is_near(self, word: _Word) -> bool:
        days = [one.said.report.published or one.said.day for one in self.words]
        days += [one.said.day for one in self.words]
        day = word.said.day
        return day is not None and any(known is not None and abs(day - known) <= REACH for known in days)

    def _is_made_anew(self, word: _Word) -> bool:
        """Say whether a word tells of agreeing anew: on another day, or after the one before had ended."""
        said = word.said
        if said.term("status") not in ("agreed", "proposed"):
            return False
        ended = [one.said.day for one in self.words if one.said.term("status") in ENDED and _counts(one.said)]
        if said.has_own_day and said.day and any(day is not None and day < said.day for day in ended):
            return True
        signed = [one.said.day for one in self.words if one.said.term("status") == "agreed" and one.said.has_own_day]
        told = said.term("status") == "agreed" and said.has_own_day and said.day is not None
        return told and any(
            day is not None and said.day is not None and said.day - day > SAME_SIGNING for day in signed
        )

    def _overlaps(self, word: _Word) -> bool:
        place = self.place
        apart = place is not None and word.place is not None and not _meet(place, word.place)
        if apart:
            return False
        mine, theirs = {one.key for one in self.parties}, {one.key for one in word.parties}
        common = len(mine & theirs)
        if place is not None and word.place is not None:
            return common > 0 or not mine or not theirs
        # Without a place in common one party is too little where both words name two: one army has many truces.
        return common >= 2 or (common == 1 and min(len(mine), len(theirs)) == 1)

    def agreement(self) -> Agreement:
        """Return what the words come to."""
        words = sorted((one.said for one in self.words), key=lambda one: one.order)
        ids = tuple(_id(one) for one in words)
        changes = _changes(words)
        agreed, is_dated = _agreed(changes)
        standing = [one.status for one in changes if one.counts] or [changes[-1].status]
        terms = dict.fromkeys(
            " ".join(slot.text.split()) for one in self.words for slot in one.said.statement.slots.get("terms", ())
        )
        return Agreement(
            ids[0], ids, self.kind, self.parties, self.place, tuple(terms), agreed, is_dated, standing[-1], changes
        )


def _meet(one: Where, other: Where) -> bool:
    return is_same_place(one, other) or lies_in(one, other) or lies_in(other, one)


def _id(said: Stated) -> str:
    span = said.statement.span
    return "a" + digest([said.report_key, span.within, span.start, span.end])[:12]


def _counts(said: Stated) -> bool:
    return said.statement.modality == "asserted"


def _changes(words: Sequence[Stated]) -> tuple[Change, ...]:
    """Return what was said of an agreement, oldest first, each with what others say to the contrary about it."""
    out = []
    for word in words:
        against = tuple(
            other
            for other in words
            if _counts(other)
            and other.voice != word.voice
            and other.day == word.day
            and {other.term("status"), word.term("status")} in ({"kept", "broken"}, {"agreed", "refused"})
        )
        out.append(Change(word.day, word.term("status"), word, _counts(word), against))
    return tuple(out)


def _agreed(changes: Sequence[Change]) -> tuple[date | None, bool]:
    """Return the day of agreeing: as told, else that of the first report that knows the agreement as made."""
    told = [one.day for one in changes if one.counts and one.status == "agreed" and one.word.has_own_day and one.day]
    if told:
        return min(told), True
    known = [one.word.report.published or one.day for one in changes if one.counts and one.status in IN_FORCE]
    days = [day for day in known if day is not None]
    return (min(days) if days else None), False


def _last_day(one: Agreement) -> date:
    return max((change.day or date.min for change in one.changes), default=date.min)


def _is_in(one: Agreement, words: str | None) -> bool:
    if words is None:
        return True
    where, wanted = one.place, plain_name(words)
    names = (where.name, where.text, where.admin2, where.admin1, where.country) if where else ()
    return any(wanted in plain_name(name) for name in names if name)


def _is_of(one: Agreement, words: str | None) -> bool:
    return words is None or any(plain_name(words) in plain_name(party.name) for party in one.parties)


def _fits(one: Agreement, asked: str) -> bool:
    """Say whether every word that is asked for names the agreement's kind, a party, its place or its terms."""
    wanted = [word for word in re.findall(r"[\w’'-]+", asked.casefold()) if word not in FILLING]
    where = one.place
    places = [where.name, where.text, where.admin1, where.admin2] if where else []
    called = [one.kind, *one.kind.split("_"), *OTHER_WORDS.get(one.kind, ())]
    texts = [*called, *(party.name for party in one.parties), *(name for name in places if name), *one.terms]
    known = {piece for text in texts for piece in re.findall(r"[\w’'-]+", plain_name(text))}
    return bool(wanted) and all(word in known or word.removesuffix("s") in known for word in wanted)


def _listed(known: Sequence[Agreement]) -> str:
    return "; ".join(f"{one.id} ({agreement_name(one)}, {one.agreed or 'no day'})" for one in known[:8])
