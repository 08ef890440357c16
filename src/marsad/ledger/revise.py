"""Applies what people corrected: their latest word on a field stands over every reading."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from marsad.errors import LedgerError
from marsad.ledger.entries import LedgerIncident
from marsad.ledger.record import Member, claim_ref
from marsad.model import Claim, Figure, Perpetrator, Revision, When, Where
from marsad.vocabulary import HARMS, Harm

FIELDS = (*HARMS, "when", "where", "perpetrators", "withdrawn")
"""What a person may revise; "withdrawn" (yes or no) takes an incident, or one claim, out of every total."""

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
        return {name: word for name, word in out.items() if word.value != AS_READ}

    def withdraws(self, one: str) -> bool:
        """Say whether the thing of that id is withdrawn."""
        word = self._standing.get(one, {}).get("withdrawn")
        return word is not None and word.value == "yes"


def require_revision(name: str, value: str) -> None:
    """Raise LedgerError with advice where `name` cannot be revised or `value` cannot be read."""
    if name not in FIELDS:
        raise LedgerError(f"{name!r} cannot be revised: choose one of {', '.join(FIELDS)}")
    if value == AS_READ:
        return
    if name in HARMS:
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
        where=Where(text=where.value, name=where.value) if where else incident.where,
        perpetrators=(Perpetrator(perpetrators.value),) if perpetrators else incident.perpetrators,
        revisions=tuple(sorted(words.values(), key=lambda word: (word.made, word.field))),
    )


def without_withdrawn(member: Member, revised: Revised) -> Member | None:
    """Return the member without its withdrawn claims; None where nothing is left of it."""
    claims = member.claims()
    left = [c for c in claims if not revised.withdraws(claim_ref(member.recorded.report_key, c.id))]
    if len(left) == len(claims):
        return member
    if not left:
        return None
    kept = replace(member, incident=replace(member.incident, claims=tuple(c.id for c in left)))
    tolls: dict[Harm, Figure] = {}
    for harm, figure in member.incident.tolls.items():
        remaining = _figure_without(figure, member.whole_claims(harm), kept.whole_claims(harm))
        if remaining is not None:
            tolls[harm] = remaining
    return replace(kept, incident=replace(kept.incident, tolls=tolls, killed_civilians=None, killed_combatants=None))


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
