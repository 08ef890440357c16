"""Applies what people corrected: their latest word on a field stands over every reading."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from marsad.errors import LedgerError
from marsad.ledger.entries import LedgerIncident
from marsad.ledger.names import NAMED_FIELDS, actor_of, place_of, require_named
from marsad.ledger.record import Member, claim_ref
from marsad.model import Claim, Count, Figure, Perpetrator, Revision, When, Where
from marsad.vocabulary import HARMS, Harm

FIELDS = (*HARMS, "when", "where", "perpetrators", "withdrawn")
"""What a person may revise; "withdrawn" (yes or no) takes an incident, or one claim, out of every total."""

CLAIM_FIELDS = ("count", "withdrawn")
"""What a person may revise of one claim of a report: how many its words say, and whether it is to count at all."""

ACCEPTED = "accepted"
"""That a person looked and agrees: no value is changed, so no field is put in its place (marsad.ledger.accepted)."""

AS_READ = "as read"
"""The value that undoes a person's words on a field: what was read stands again."""

_FIGURE = re.compile(r"(\d+)(?:\s*-\s*(\d+))?(\+)?$")
_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)(?:\.\.(\d{4}-\d\d-\d\d))?$")


class Revised:
    """The words that stand: per thing and field the latest one. AS_READ takes the words before it back."""

    def __init__(self, said: Iterable[tuple[str, Revision]]) -> None:
        self._standing: dict[str, dict[str, Revision]] = {}
        for of, word in said:
            fields = self._standing.setdefault(of, {})
            before = fields.get(word.field)
            if before is None or (word.made, word.value, word.by) > (before.made, before.value, before.by):
                fields[word.field] = word

    def of(self, ids: Iterable[str]) -> dict[str, Revision]:
        """Return the standing revision of every field, said of any of `ids` (the latest, where several were)."""
        out: dict[str, Revision] = {}
        for one in ids:
            for name, word in self._standing.get(one, {}).items():
                if name not in out or (word.made, word.value) > (out[name].made, out[name].value):
                    out[name] = word
        return {name: word for name, word in out.items() if word.value != AS_READ and name != ACCEPTED}

    def count(self, one: str) -> Revision | None:
        """Return the word that stands on how many a claim (report/c4) says."""
        word = self._standing.get(one, {}).get("count")
        return None if word is None or word.value == AS_READ else word

    def withdraws(self, one: str) -> bool:
        """Say whether the thing of that id is withdrawn."""
        word = self._standing.get(one, {}).get("withdrawn")
        return word is not None and word.value == "yes"


def require_revision(name: str, value: str) -> None:
    """Raise LedgerError with advice where `name` cannot be revised or `value` cannot be read."""
    if name not in FIELDS:
        raise LedgerError(f"{name!r} cannot be revised: choose one of {', '.join(FIELDS)}")
    _require_value(name, value)


def require_claim_revision(name: str, value: str) -> None:
    """Raise LedgerError with advice where `name` of a claim cannot be revised or `value` cannot be read."""
    if name not in CLAIM_FIELDS:
        raise LedgerError(
            f"of a claim only {' and '.join(CLAIM_FIELDS)} can be revised, not {name}: name the incident instead"
        )
    _require_value(name, value)


def require_word(word: Revision) -> None:
    """Raise LedgerError with advice where a word on an incident, a claim or a name cannot be applied."""
    if word.field in NAMED_FIELDS:
        if word.value != AS_READ:
            require_named(word.of, word.field, word.value)
    elif word.field != ACCEPTED:
        (require_claim_revision if "/" in word.of else require_revision)(word.field, word.value)


def _require_value(name: str, value: str) -> None:
    if value == AS_READ:
        return
    if name in HARMS or name == "count":
        figure_of(value)
    elif name == "when":
        when_of(value)
    elif name == "withdrawn" and value not in ("yes", "no"):
        raise LedgerError(f"withdrawn is yes or no, not {value!r}")


def figure_of(value: str) -> Figure:
    """Return the figure that a person wrote: 27, 20-30, or 35+ (open upwards)."""
    found = _FIGURE.match(value.strip())
    if not found:
        raise LedgerError(f"{value!r} is no number of people: write 27, 20-30 or 35+")
    low, high, is_open = int(found[1]), found[2], bool(found[3])
    if high is not None and int(high) < low:
        raise LedgerError(f"{value!r} ends below its start: write the lower number first")
    return Figure(low, low, None if is_open else int(high or low))


def when_of(value: str) -> When:
    """Return the time that a person wrote: 2019-04-18, or 2019-04-18..2019-04-20."""
    found = _DAYS.match(value.strip())
    try:
        start, end = (date.fromisoformat(found[1]), date.fromisoformat(found[2] or found[1])) if found else (None, None)
    except ValueError:
        start = end = None
    if start is None or end is None or end < start:
        raise LedgerError(f"{value!r} is no day: write 2019-04-18 or 2019-04-18..2019-04-20")
    return When(value, start, end, "day" if start == end else "days")


def revise(incident: LedgerIncident, revised: Revised) -> LedgerIncident:
    """Return the incident with what people said of it in place of what was read."""
    words = revised.of(member.id for member in incident.members)
    if not words:
        return incident
    tolls = {**incident.tolls, **{harm: figure_of(words[harm].value) for harm in HARMS if harm in words}}
    when, where, perpetrators = words.get("when"), words.get("where"), words.get("perpetrators")
    return replace(
        incident,
        tolls=tolls,
        # A person's total says nothing of its parts: where it was changed they are no longer shown as facts.
        killed_civilians=None if "killed" in words else incident.killed_civilians,
        killed_combatants=None if "killed" in words else incident.killed_combatants,
        when=when_of(when.value) if when else incident.when,
        where=_place(where.value) if where else incident.where,
        perpetrators=_doers(perpetrators.value) if perpetrators else incident.perpetrators,
        revisions=tuple(sorted(words.values(), key=lambda word: (word.made, word.field))),
    )


def _place(value: str) -> Where:
    """Return the place that a person wrote: an entry of the gazetteer with its coordinates, or a name alone."""
    return place_of(value) or Where(text=value, name=value)


def _doers(value: str) -> tuple[Perpetrator, ...]:
    """Return those that a person named, parted by semicolons: "River Brigade [river-brigade]; two guards"."""
    names = [name.strip() for name in value.split(";") if name.strip()]
    known = [(name, actor_of(name)) for name in names]
    return tuple(Perpetrator(actor.name if actor else name, actor=actor) for name, actor in known)


def as_people_say(member: Member, revised: Revised) -> Member | None:
    """Return the member without its withdrawn claims and with the counts that people gave; None where nothing is left.

    The member's own figure is made anew from the claims that differ, by the rule that made it.
    """
    before = member.claims()
    refs = {claim.id: claim_ref(member.recorded.report_key, claim.id) for claim in before}
    counts = {claim.id: word for claim in before if (word := revised.count(refs[claim.id]))}
    left = tuple(c.id for c in before if not revised.withdraws(refs[c.id]))
    if not left:
        return None if before else member
    if len(left) == len(before) and not counts:
        return member
    kept = replace(_recounted(member, counts), incident=replace(member.incident, claims=left))
    tolls: dict[Harm, Figure] = {}
    for harm, figure in member.incident.tolls.items():
        remaining = _figure_without(figure, member.whole_claims(harm), kept.whole_claims(harm))
        if remaining is not None:
            tolls[harm] = remaining
    return replace(kept, incident=replace(kept.incident, tolls=tolls, killed_civilians=None, killed_combatants=None))


def recounted(claim: Claim, word: Revision | None) -> Claim:
    """Return a claim with the count that a person gave it; the quoted words stay."""
    if word is None:
        return claim
    figure, words = figure_of(word.value), claim.count.words
    if figure.high is None:
        return replace(claim, count=Count(words, figure.best, "at_least", figure.low, figure.best, None))
    if figure.high != figure.low:
        count = Count(words, figure.low, "range", figure.low, figure.best, figure.high, figure.high)
        return replace(claim, count=count)
    return replace(claim, count=Count(words, figure.best, "exact", figure.low, figure.best, figure.high))


def _recounted(member: Member, counts: Mapping[str, Revision]) -> Member:
    """Return the member with the counts that people gave to its claims."""
    if not counts:
        return member
    reading = member.recorded.reading
    claims = tuple(recounted(claim, counts.get(claim.id)) for claim in reading.claims)
    return replace(member, recorded=replace(member.recorded, reading=replace(reading, claims=claims)))


def _figure_without(figure: Figure, before: Sequence[Claim], after: Sequence[Claim]) -> Figure | None:
    """Return what is left of a figure: the same where its claims all stand, else their sum or their largest."""
    if list(before) == list(after):
        return figure
    if not after:
        return None
    if figure.best == sum(claim.count.best for claim in before) or len(after) == 1:
        highs = [claim.count.high for claim in after]
        high = None if None in highs else sum(high for high in highs if high is not None)
        return Figure(sum(c.count.low for c in after), sum(c.count.best for c in after), high)
    largest = max(after, key=lambda claim: (claim.count.best, claim.id)).count
    return Figure(largest.low, largest.best, largest.high)
