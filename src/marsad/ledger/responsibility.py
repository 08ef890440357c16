"""Joins words on responsibility to the incident they speak of: claimed, denied, blamed, or claimed by nobody.

What is joined stands beside an incident and never changes who is held to have done it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from marsad.ledger.entries import LedgerIncident
from marsad.ledger.record import Member, RecordedReading, claim_ref, members_of
from marsad.ledger.stated import Stated, is_same_actor, who_key, who_name
from marsad.model import Claim, Incident, Statement
from marsad.passages import Passage, sentences

Stance = Literal["claimed", "denied", "blamed", "unclaimed"]
ENOUGH = 2
"""What a join must weigh; one weak sign alone joins nothing."""
MEANS_WORDS = {
    "airstrike": r"air ?strikes?|air raids?|drone|airstrikes?",
    "bombing": r"bomb\w*|blasts?|explosions?",
    "suicide_bombing": r"suicide|bomb\w*|blasts?",
    "shelling": r"shell\w*|rockets?|mortars?|artillery",
    "shooting": r"shoot\w*|gun\w*",
    "ambush": r"ambush\w*",
    "raid": r"raids?",
    "execution": r"execut\w*|killings?",
    "arson": r"arson|fires?",
    "stabbing": r"stabb\w*|knife",
    "landmine": r"mines?|landmines?",
}
NEAR_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Spoken:
    """One word on who did it: the stance, who is spoken of (None: nobody), by whose word, and why it is joined."""

    stance: Stance
    who: str | None
    said: Stated
    why: tuple[str, ...]

    @property
    def counts(self) -> bool:
        """Whether it is asserted; what is denied, possible or supposed is shown with its modality."""
        return self.said.statement.modality == "asserted"


def responsibility_of(one: LedgerIncident) -> tuple[Spoken, ...]:
    """Return what its reports say of who is responsible for an incident, oldest report first, each word once."""
    out: list[Spoken] = []
    seen: set[tuple[str, str, str]] = set()
    for member in one.members:
        for said, meant, why in joined(member.recorded):
            if meant != member.id:
                continue
            slot = said.slot("actor")
            key = (said.term("stance"), who_key(slot), said.voice)
            if key not in seen:
                seen.add(key)
                stance: Stance = said.term("stance")  # type: ignore[assignment]  # the contract's closed list
                out.append(Spoken(stance, who_name(slot) if slot else None, said, why))
    return tuple(out)


def joined(recorded: RecordedReading) -> tuple[tuple[Stated, str, tuple[str, ...]], ...]:
    """Return the words on responsibility of a report, each with the incident (by id) it speaks of, and why."""
    reading = recorded.reading
    words = [one for one in reading.statements if one.kind == "responsibility"]
    if not words or not reading.incidents:
        return ()
    members = members_of(recorded)
    cut = tuple(sentences(reading.report.text))
    out = []
    for word in words:
        found = _meant(word, members, cut)
        if found is not None:
            ref = claim_ref(recorded.report_key, word.id)
            out.append((Stated(ref, recorded.report_key, word, reading.report), found[0].id, found[1]))
    return tuple(out)


def _meant(word: Statement, members: Sequence[Member], cut: Sequence[Passage]) -> tuple[Member, tuple[str, ...]] | None:
    """Return the incident that a word speaks of: by its place, day, means, doer, and what was told just before it."""
    nearest = _told_before(word, members)
    ranked = []
    for member in members:
        signs = list(_signs(word, member.incident))
        signs += _neighbourhood(word, member, cut, member is nearest)
        weight = sum(number for number, _ in signs)
        ranked.append((weight, member is nearest, member.id, member, tuple(why for _, why in signs)))
    best = max(ranked, key=lambda one: one[:3])
    tied = [one for one in ranked if one[:2] == best[:2]]
    return None if best[0] < ENOUGH or len(tied) > 1 else (best[3], best[4])


def _signs(word: Statement, incident: Incident) -> Iterable[tuple[int, str]]:
    """Yield what in the words themselves speaks for an incident, each with its weight."""
    event = word.slots.get("event", ())
    said = " ".join(slot.text for slot in event)
    place = incident.where and (incident.where.name or incident.where.text)
    if place and re.search(rf"\b{re.escape(place.casefold())}\b", said.casefold()):
        yield 3, f"it names {place}"
    when, day = word.when, incident.when
    if (
        when
        and day
        and when.start
        and day.start
        and when.start <= (day.end or day.start)
        and day.start <= (when.end or when.start)
    ):
        yield 2, f"it speaks of {day.start}"
    if incident.means and re.search(rf"\b(?:{MEANS_WORDS.get(incident.means, incident.means)})\b", said.casefold()):
        yield 1, f"it speaks of {incident.means.replace('_', ' ')}"
    slots = word.slots.get("actor", ())
    if any(is_same_actor(slot, p.actor, p.text) for slot in slots for p in incident.perpetrators):
        yield 1, "it names who is said to have done it"


def _neighbourhood(
    word: Statement, member: Member, cut: Sequence[Passage], is_nearest: bool
) -> Iterable[tuple[int, str]]:
    at = _sentence(word.span.start, cut)
    places = [_sentence(claim.span.start, cut) for claim in _in_text(member)]
    if at in places:
        yield 3, "the same sentence tells of it"
    elif is_nearest:
        back = min(at - place for place in places if place <= at)
        yield (2, "it was told right before") if back <= NEAR_SENTENCES else (1, "it was told last before")
    elif places and 0 < min(places) - at <= 1 and min(places) > at:
        yield 1, "it is told right after"


def _told_before(word: Statement, members: Sequence[Member]) -> Member | None:
    """Return the incident that was told of last before a word, with no other in between."""
    before = [
        (claim.span.start, member.id, member)
        for member in members
        for claim in _in_text(member)
        if claim.span.start <= word.span.start
    ]
    return max(before, key=lambda one: one[:2])[2] if before else None


def _in_text(member: Member) -> list[Claim]:
    return [claim for claim in member.claims() if claim.span.within == "text"]


def _sentence(offset: int, cut: Sequence[Passage]) -> int:
    return sum(1 for passage in cut if passage.start <= offset)
