"""Flags attacks on what the laws of war protect: hospitals, schools, aid, journalists, worship, markets, camps.

Derived from the victims' groups and the words around an incident's claims; a name near the harm is no target: people
are taken to hospitals, and witnesses speak from camps.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, get_args

from marsad.errors import LedgerError
from marsad.ledger.entries import LedgerIncident
from marsad.ledger.record import Member
from marsad.model import Claim
from marsad.passages import sentences
from marsad.vocabulary import Harm

Target = Literal["hospital", "school", "aid", "journalist", "worship", "market", "camp"]
TARGETS: tuple[Target, ...] = get_args(Target)
"""What an attack may be flagged as aimed at or falling on."""

HARMED: tuple[Harm, ...] = ("killed", "injured", "casualties", "missing", "abducted")
"""Harms that an attack does there; who is detained or displaced in such a place was not attacked in it."""
NEAR = 400
"""How many characters of a sentence are looked at on either side of a claim."""
GROUPS: dict[str, Target] = {"medics": "hospital", "aid_workers": "aid", "journalists": "journalist"}
VICTIM_WORDS: dict[Target, str] = {
    "hospital": r"ambulance (?:crew|driver|worker)s?|health ?workers?|(?:medical|hospital) (?:staff|workers?)",
    "school": r"schoolchildren|school ?teachers?|pupils?",
    "aid": r"(?:aid|relief|humanitarian|un|red cross|red crescent) (?:workers?|staff|volunteers?)",
    "journalist": r"journalists?|reporters?|photojournalists?|camera ?(?:man|men|woman|operators?)|media workers?",
    "worship": r"worshipp?ers?|churchgoers?|congregants?",
    "market": r"(?:market|bazaar) (?:traders?|vendors?|goers)|shoppers?",
    "camp": r"camp residents?|residents? of (?:a|the) (?:\w+ )?camp",
}
BUILDINGS: dict[Target, str] = {
    "hospital": r"hospitals?|clinics?|(?:medical|health) (?:cent(?:re|er)|facility|point|post)s?|ambulances?",
    "school": r"schools?|kindergartens?|universit(?:y|ies)|seminary|madrass?as?",
    "aid": r"(?:aid|relief|humanitarian|food) (?:convoy|warehouse|depot|truck|distribution \w+)s?",
    "journalist": r"(?:press|newspaper) (?:vehicle|car|tent|office)s?|(?:radio|television|tv) stations?|newsrooms?",
    "worship": r"mosques?|church(?:es)?|cathedrals?|temples?|synagogues?|shrines?|monaster(?:y|ies)|chapels?",
    "market": r"(?<!black )(?<!stock )(?<!farm to )(?:market(?: ?place)?|bazaar|souk|souq)s?",
    "camp": r"(?:refugee|displace(?:d|ment)|idps?|tent) camps?|camps? for (?:the )?(?:\w+ )?(?:displaced|refugees)",
}
"""What the words of a place or of a sentence call such a target."""
_HIT = (
    r"(?:attack|assault|raid|air ?strike|strike|shelling|bombing|blast|explosion|rocket|mortar|missile|drone|fire)s?"
    r"|massacres?|struck|striking|hit|hits|hitting|shelled|bombed|targeted|targets|targeting|stormed|storming"
    r"|destroyed|blew (?:\w+ )?up|attacked|raided|exploded|detonated|(?:ripped|tore) through"
)
_ASIDE = r"(?:to|from|near|nearby|behind|opposite|beside|adjacent|close|next|vicinity|(?:north|south|east|west)\w* of)"
_STREET = r"(?! (?:road|street|avenue|lane|drive|square)\b)"
"""Words that make a building a landmark, or where somebody was brought to, and no target."""
_FEW = rf"(?:(?!{_ASIDE}\b)[\w’'-]+ ){{0,5}}?"
_BETWEEN = r"(?:(?!after\b|when\b|where\b|as\b|before\b)[\w’'-]+ ){0,4}?"
_FORMS = {
    target: (
        re.compile(rf"\b(?:{_HIT})\b,? {_FEW}(?P<named>{words})\b"),
        re.compile(rf"\b(?P<named>{words})\b {_BETWEEN}(?:was|were|been|came) (?:\w+ ){{0,2}}?(?:{_HIT}|under)\b"),
    )
    for target, words in BUILDINGS.items()
}
_VICTIMS = {target: re.compile(rf"\b(?:{words})\b") for target, words in VICTIM_WORDS.items()}
_PLACES = {target: re.compile(rf"\b(?:{words})\b{_STREET}") for target, words in BUILDINGS.items()}
_STRUCK = re.compile(rf"\b(?:{_HIT})\b")
_LANDMARK = re.compile(rf"\b{_ASIDE}\b")
_CARE = re.compile(
    r"\b(?:taken|arrived|rushed|brought|transferred|evacuated|admitted|airlifted|nursing|moved|carried"
    r"|died|dies|succumbed|treated|treatment|wounds?|injuries|bodies|according|sources?|morgue|mortuary|said|told|by)\b[^.;]{0,40}$"
)
"""What shows, before a hospital's name, that it took people in or gave the figure."""
_SPEAKS = re.compile(
    r"\s*(?:officials?|sources?|director|spokes\w+|leaders?|morgue|said|says|reported|confirmed|records)\b"
)
"""What shows, after a name, that somebody there speaks."""


def targets_of(one: LedgerIncident) -> tuple[Target, ...]:
    """Return what an incident's claims say was attacked, in the order of TARGETS."""
    found = {target for member in one.members for target in _of_member(member)}
    return tuple(target for target in TARGETS if target in found)


def require_target(name: str) -> Target:
    """Return the target of that name, or raise LedgerError with the names there are."""
    for target in TARGETS:
        if target == name:
            return target
    raise LedgerError(f"no attack is flagged as on {name!r}: choose one of {', '.join(TARGETS)}")


def on_target(incidents: Iterable[LedgerIncident], target: Target) -> tuple[LedgerIncident, ...]:
    """Return the incidents that are flagged as attacks on a target, in their order."""
    return tuple(one for one in incidents if target in targets_of(one))


def _of_member(member: Member) -> Iterator[Target]:
    for claim in member.claims():
        if claim.modality == "asserted" and claim.harm in HARMED:
            yield from _of_victims(claim)
            yield from _of_words(claim, _plain(_sentence(claim, member.report.text)))


def _sentence(claim: Claim, text: str) -> str:
    """Return the sentence of a claim; only what is near is cut, since lists ask this of every incident."""
    span = claim.span
    if span.within != "text":
        return span.quote
    first = max(0, span.start - NEAR)
    near = text[first : span.end + NEAR]
    at = span.start - first
    return next((near[p.start : p.end] for p in sentences(near) if p.start <= at < p.end), span.quote)


def _of_victims(claim: Claim) -> Iterator[Target]:
    yield from (GROUPS[group] for group in claim.victims.groups if group in GROUPS)
    words = _plain(claim.victims.text or "")
    yield from (target for target, form in _VICTIMS.items() if form.search(words))


def _of_words(claim: Claim, said: str) -> Iterator[Target]:
    place = _plain(claim.where.text or "") if claim.where else ""
    for target in TARGETS:
        hit = any(_is_hit(match, said) for form in _FORMS[target] for match in form.finditer(said))
        if hit or _is_there(target, place, said):
            yield target


def _is_there(target: Target, place: str, said: str) -> bool:
    """Say whether the words of a place name a target, and not a landmark or a hospital that takes people in."""
    there = _PLACES[target].search(place)
    if there is None or _LANDMARK.search(place, 0, there.start()):
        return False
    if target != "hospital":
        return True
    at = max(0, said.find(place))
    return _STRUCK.search(said) is not None and not _CARE.search(said, 0, at)


def _is_hit(match: re.Match[str], said: str) -> bool:
    start, end = match.span("named")
    return not _CARE.search(said, match.start(), start) and not _SPEAKS.match(said, end)


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
