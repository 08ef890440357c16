"""What each source said of an incident: the chosen figure, those beside it, what is denied and what conceded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from marsad.ledger.entries import LedgerIncident
from marsad.ledger.policy import Word, one_word_per_voice
from marsad.ledger.record import Member, claim_ref
from marsad.ledger.voices import voices_of
from marsad.model import Claim, Figure, Incident
from marsad.vocabulary import HARMS, Harm

Standing = Literal["chosen", "counted", "superseded", "repeated", "denied"]
"""How a word stands: the best figure; counted in low and high; overtaken by a newer word of its voice, or the same as
that; or a denial, which is never counted."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One source's word on one harm: whose (`voice`), in which report, how it stands, and the claims it is made of.

    `conceded` marks a figure on the word of those who are said to have done the harm.
    """

    member: Member
    harm: Harm
    figure: Figure
    voice: str
    standing: Standing
    conceded: bool
    claims: tuple[str, ...]


def words_of(members: Sequence[Member], voices: Mapping[str, str], harm: Harm) -> list[Word]:
    """Return what the members say of one harm, each with its voice.

    The voice is the named source that the figure is told from, where there is one: two papers that quote one
    observatory are not independent. Else it is the publisher, or that of the text it copies (`voices`).
    """
    out = []
    for member in members:
        if harm in member.incident.tolls:
            sources = _sources(member.whole_claims(harm))
            voice = sources[0] if len(sources) == 1 else voices[member.id]
            out.append(Word(voice, member.told, member.incident.tolls[harm], member.id, len(sources)))
    return out


def sayings_of(incident: LedgerIncident) -> tuple[Saying, ...]:
    """Return all that was said of an incident: by harm, oldest report first, denials at the end."""
    voices = voices_of(incident.members)
    by_id = {member.id: member for member in incident.members}
    out: list[Saying] = []
    for harm in HARMS:
        words = words_of(incident.members, voices, harm)
        counted = {word.voice: word for word in one_word_per_voice(words)}
        for word in sorted(words, key=lambda one: (one.told, one.member)):
            member = by_id[word.member]
            standing = _standing(word, counted[word.voice], incident.chosen.get(harm))
            out.append(_saying(member, harm, word.figure, word.voice, standing, member.whole_claims(harm)))
    return (*out, *_denials(incident, voices))


def _standing(word: Word, counted: Word, chosen: str | None) -> Standing:
    if word.member == chosen:
        return "chosen"
    if word.member == counted.member:
        return "counted"
    return "repeated" if word.figure == counted.figure else "superseded"


def _saying(
    member: Member, harm: Harm, figure: Figure, voice: str, standing: Standing, claims: Sequence[Claim]
) -> Saying:
    refs = tuple(claim_ref(member.recorded.report_key, claim.id) for claim in claims)
    return Saying(member, harm, figure, voice, standing, any(_is_conceded(claim) for claim in claims), refs)


def _denials(incident: LedgerIncident, voices: Mapping[str, str]) -> Iterator[Saying]:
    """Yield what the reports say is denied of this incident; the tally counts no denial, so it stands beside."""
    for member in incident.members:
        for claim in member.recorded.reading.claims:
            if claim.modality == "denied" and _is_about(claim, member):
                figure = Figure(claim.count.low, claim.count.best, claim.count.high)
                voice = _name(claim) or voices[member.id]
                yield _saying(member, claim.harm, figure, voice, "denied", (claim,))


def _is_about(claim: Claim, member: Member) -> bool:
    """Say whether a denied claim is about a member: its report's only incident, or the one it agrees with best."""
    if claim.id in member.incident.claims:
        return True
    others = member.recorded.reading.incidents
    if len(others) == 1:
        return True
    best = max(_agreement(claim, other) for other in others)
    return best > 0 and _agreement(claim, member.incident) == best


def _agreement(claim: Claim, incident: Incident) -> int:
    doers = {p.actor.id if p.actor else p.text for p in incident.perpetrators}
    blamed = any((p.actor.id if p.actor else p.text) in doers for p in claim.perpetrators)
    start = claim.when.start if claim.when else None
    name = claim.where.name if claim.where else None
    same_day = start is not None and incident.when is not None and incident.when.start == start
    same_place = name is not None and incident.where is not None and incident.where.name == name
    return same_day + 2 * same_place + blamed


def _sources(claims: Sequence[Claim]) -> list[str]:
    """Return the named sources that all of the claims are told from; none where one of them is the report's own."""
    names = [_name(claim) for claim in claims]
    return sorted({name for name in names if name}) if all(names) else []


def _name(claim: Claim) -> str | None:
    # Only who is known by name: "officials" of one report need not be those of another.
    voice = claim.according_to
    return voice.actor.name if voice is not None and voice.actor is not None else None


def _is_conceded(claim: Claim) -> bool:
    voice = claim.according_to
    return voice is not None and any(
        p.actor.id == voice.actor.id if p.actor and voice.actor else p.text.casefold() == voice.text.casefold()
        for p in claim.perpetrators
    )
