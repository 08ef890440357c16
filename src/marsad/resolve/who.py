"""Resolves who: turns the words for perpetrators, victims and voices into entries of the actor registry.

`resolve_who` fills the actors of claims, `find_actor` resolves one mention, `find_actors` lists all that a report
names. A mention means, in this order: a registry name, a state by its forces, the state that the report speaks of
("the army"), a provisional entry for a name that the registry lacks, the group last named ("the militants"), or nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from marsad.model import ActorRef, Claim, Perpetrator, Report, Span, Victims, Voice
from marsad.resolve.registry import VOICE_KINDS, chain, registry
from marsad.resolve.who_find import LINKED, Setting, linked, meaning, named_in, says_who_fights
from marsad.resolve.who_lexicon import (
    ARTICLES_OF_COURSE,
    FORCE_NOUNS,
    FORCE_PAIRS,
    GROUP_NOUNS,
    LINK_TAILS,
    LOCAL_HEADS,
    MADE_BY,
    NAMING_NOUNS,
    NOT_THE_STATE,
    OFFICE_WORDS,
    OTHERS,
    PERSON_NOUNS,
    REGIME_WORDS,
    STATE_HEADS,
    STOP_AT,
    UNARMED,
    UNIFORM_WORDS,
)
from marsad.resolve.who_looks import only_belongs, only_looks
from marsad.resolve.who_scene import GROUP_KINDS, Mention, Scene, is_shouted, scene_of
from marsad.resolve.who_states import Found, StateWord, forces_in, states_in
from marsad.resolve.who_unknown import provisional
from marsad.resolve.who_words import Word, words_of

Role = Literal["perpetrator", "victim", "voice"]
END_OF_ASSAD = date(2024, 12, 8)


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a mention: the report's scene, the mention's offset, the event's country, and its part."""

    setting: Setting
    scene: Scene | None = None
    at: int = 0
    country: str | None = None
    role: Role = "perpetrator"
    text: str = ""


def find_actor(
    words: str, *, on: date | None = None, countries: Sequence[str] = (), report: Report | None = None
) -> ActorRef | None:
    """Resolve one mention of an actor, on a day, in countries (ISO alpha-2) or in a report; None where nobody is meant.

    "gunmen", "unidentified attackers" and "a suicide bomber" are nobody; "X-linked fighters" become `linked-to:x`, a
    group that the registry lacks `x-` and its folded name: entries that stay apart from the actors they resemble.
    """
    scene = scene_of(report) if report else None
    known = scene.setting.countries if scene else ()
    day = on or (report.published if report else None)
    shouted = is_shouted(words) if scene is None else scene.setting.shouted
    setting = Setting(day, tuple(dict.fromkeys((*countries, *known))), shouted, voices=True)
    place = report.text.find(words) if report else 0
    at = place if place >= 0 else 0
    country = countries[0] if countries else None
    return mention_actor(words, Around(setting, scene, at, country, text=report.text if report else ""))


def find_actors(report: Report) -> tuple[tuple[Span, ActorRef], ...]:
    """List the actors that a report's text names, in order, each with its span (title left aside)."""
    return tuple((Span(m.start, m.end, report.text[m.start : m.end]), m.ref) for m in scene_of(report).mentions)


def resolve_who(report: Report, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Fill the actors of perpetrators, victims and voices; what cannot be told stays None."""
    scene = scene_of(report)
    return tuple(resolved(report, scene, claim) for claim in claims)


def resolved(report: Report, scene: Scene, claim: Claim) -> Claim:
    """Give a claim with its actors."""
    perpetrators = tuple(
        replace(p, actor=mention_actor(p.text, around(report, scene, claim, p.span, "perpetrator")))
        for p in claim.perpetrators
    )
    victims = replace(claim.victims, actor=victim_actor(report, scene, claim, perpetrators))
    voice = claim.according_to
    if voice:
        voice = Voice(
            voice.text, mention_actor(voice.text, around(report, scene, claim, voice.span, "voice")), voice.span
        )
    return replace(claim, perpetrators=perpetrators, victims=victims, according_to=voice)


def around(report: Report, scene: Scene, claim: Claim, span: Span | None, role: Role) -> Around:
    """Put together what stands around a mention of a claim."""
    day = (claim.when.start or claim.when.end) if claim.when else None
    country = claim.where.country if claim.where else None
    countries = tuple(dict.fromkeys((*((country,) if country else ()), *scene.setting.countries)))
    setting = Setting(day or scene.setting.day, countries, scene.setting.shouted, voices=role == "voice")
    place = span or claim.span
    at = place.start if place.within == "text" else 0
    return Around(setting, scene, at, country, role, report.text)


def victim_actor(report: Report, scene: Scene, claim: Claim, perpetrators: Sequence[Perpetrator]) -> ActorRef | None:
    """Resolve the side of those who came to harm; civilians have none, nor have people without a uniform."""
    victims: Victims = claim.victims
    if victims.status == "civilian" or not victims.text:
        return None
    actor = mention_actor(victims.text, around(report, scene, claim, victims.span or claim.span, "victim"))
    by = {p.actor.id for p in perpetrators if p.actor}
    # Nobody is told to have killed his own by a word that only the context explains.
    return None if actor and actor.id in by and not names_itself(victims.text, actor) else actor


def names_itself(words: str, actor: ActorRef) -> bool:
    """Tell whether a mention names the actor by itself, without the report around it."""
    return find_actor(words) == actor


def mention_actor(text: str, near: Around) -> ActorRef | None:
    """Resolve a mention by the rules of this module, the surest first."""
    if near.role == "perpetrator" and (only_looks(near.text, near.at) or only_belongs(near.text, near.at, text)):
        return None
    words = words_of(text)
    setting = near.setting
    states = tuple(states_in(words, setting.shouted))
    return (
        by_name(words, setting)
        or by_state(words, states, near)
        or (None if states and near.role != "voice" else by_state_word(words, near))
        or (provisional(text, words, near.text, setting.shouted) if may_be_new(words, setting, near.role) else None)
        or by_group_word(words, states, near)
    )


def may_be_new(words: Sequence[Word], setting: Setting, role: Role) -> bool:
    """Tell whether a mention may name a group that the registry lacks: none that it has; of victims only members."""
    if next(named_in(words, setting), None):
        return False
    return role == "perpetrator" or (role == "victim" and any(w.key in GROUP_NOUNS for w in words))


def by_name(words: Sequence[Word], setting: Setting) -> ActorRef | None:
    """Resolve by the registry's names: of 'the A's B' it is B, else the first."""
    named = [f for f in named_in(words, setting) if says_who_fights(words, f) or len(words) - (f.last - f.first) < 2]
    found = [(f, meaning(words, f, setting)) for f in named]
    known = [(f, ref) for f, ref in found if ref]
    if len(known) > 1 and owns(words, known[0][0], known[1][0]):
        return known[1][1]
    # 'the Alliance Party government' is the state, though the party's name stands first.
    ruling = (ref for f, ref in known if ref.id != f.actor and ref.id.startswith("gov-"))
    return next(ruling, known[0][1] if known else None)


def owns(words: Sequence[Word], first: Found, second: Found) -> bool:
    """Tell whether the second actor is the first one's: 'the Free Syrian Army's Zenki group'."""
    return words[first.last - 1].possessive and second.first == first.last


def by_state(words: Sequence[Word], states: Sequence[StateWord], near: Around) -> ActorRef | None:
    """Resolve by a state's name: with a word for its forces, or alone ('Israel', 'the Russians') where it acts."""
    forces = next(forces_in(words, states), None)
    if forces:
        return meaning(words, forces, near.setting)
    keys = [w.key for w in words]
    for state in states:
        if sides_with(keys, state):
            return government(state.code)
        if backs_a_group(keys, state) and state.actor in registry().actors:
            return linked(registry().actors[state.actor])
    if not states or (near.role != "voice" and any(k in PERSON_NOUNS or k in GROUP_NOUNS for k in keys)):
        return None
    lone = near.role == "perpetrator" and states[0].sort != "place" and stands_by_itself(words, states)
    if lone and government(states[0].code):
        return meaning(words, Found(states[0].first, states[0].last, states[0].actor, False), near.setting)
    office = any(k in OFFICE_WORDS or k in STATE_HEADS for k in keys)
    return government(states[0].code) if office and near.role != "victim" else None


def stands_by_itself(words: Sequence[Word], states: Sequence[StateWord]) -> bool:
    """Tell whether a mention is hardly more than a state's name: not 'Jordan Miller', nor a whole sentence."""
    named = {n for s in states for n in range(s.first, s.last)}
    rest = [w for n, w in enumerate(words) if n not in named and w.key not in {"the", "and", "its"}]
    if any(w.key in MADE_BY or w.key == "border" for w in rest):
        return False
    return len(rest) < 3 and all(w.raw.islower() or w.key in FORCE_NOUNS for w in rest)


def backs_a_group(keys: Sequence[str], state: StateWord) -> bool:
    """Tell whether a state stands behind the group that is meant: 'Ankara-backed factions'."""
    rest = keys[state.last :]
    return bool(rest) and rest[0] in LINK_TAILS and any(k in NAMING_NOUNS for k in rest[1:])


def sides_with(keys: Sequence[str], state: StateWord) -> bool:
    """Tell whether a capital stands for its government: 'pro-Damascus fighters', 'forces loyal to Kyiv'."""
    before = tuple(keys[max(0, state.first - 2) : state.first])
    return state.sort == "place" and (before[-1:] == ("pro",) or before == ("loyal", "to"))


def state_actor(code: str) -> str:
    """Give the id of a state's government."""
    return f"gov-{code.lower()}"


def government(code: str | None) -> ActorRef | None:
    """Give a country's government; None for a country that the registry has no state of."""
    entry = registry().actors.get(state_actor(code)) if code else None
    return entry.ref if entry else None


def by_state_word(words: Sequence[Word], near: Around) -> ActorRef | None:
    """Resolve 'the army', 'police', 'regime forces' to the state that the report speaks of."""
    keys = head_keys(words)
    place = state_word_at(keys)
    if near.role == "voice":
        if NOT_THE_STATE & set(keys):
            return None
        place = 0 if place is None and any(k in OFFICE_WORDS for k in keys) else place
    if place is None or any(k in PERSON_NOUNS for k in keys[:place]) or UNIFORM_WORDS & set(keys):
        return None
    if place and keys[place - 1] in GROUP_NOUNS:
        # "The rebel army" is no state's.
        return None
    return state_meant(keys, near)


def head_keys(words: Sequence[Word]) -> list[str]:
    """Give the words up to 'wearing', 'who' and the like, which tell of something else."""
    keys: list[str] = []
    for word in words:
        if word.key in STOP_AT and keys and word.key != "armed":
            break
        keys.append(word.key)
    return keys


def state_word_at(keys: Sequence[str]) -> int | None:
    """Give the place of the word that means a state's forces; None when there is none."""
    for n, key in enumerate(keys):
        if (key == "personnel" and n and keys[n - 1] in UNARMED) or tuple(keys[n : n + 2]) == ("military", "council"):
            continue
        if key in STATE_HEADS or key in REGIME_WORDS or (n + 1 < len(keys) and (key, keys[n + 1]) in FORCE_PAIRS):
            return n
    return None


def state_meant(keys: Sequence[str], near: Around) -> ActorRef | None:
    """Say which state's forces are meant: the place's own, or the one last named where the place's own never is."""
    codes = near.setting.countries
    country = near.country or (codes[0] if codes else None)
    day = near.setting.day
    if REGIME_WORDS & set(keys) and "SY" in codes:
        # "Regime forces" are those of Assad: the state's until his fall, his loyalists from then on.
        return government("SY") if day is None or day <= END_OF_ASSAD else registry().actors["assad-loyalists"].ref
    own = government(country)
    if LOCAL_HEADS & set(keys) or near.role != "perpetrator" or near.scene is None:
        return own
    named = [m for m in (*near.scene.title_mentions, *near.scene.before(near.at)) if m.ref.id.startswith("gov-")]
    if own is None or (named and own.id not in {m.ref.id for m in named}):
        return named[-1].ref if named else own
    return own


def by_group_word(words: Sequence[Word], states: Sequence[StateWord], near: Around) -> ActorRef | None:
    """Resolve 'the militants', 'the group', 'rebels' to the armed group that the report named last, or the only one."""
    keys = head_keys(words)
    if near.role == "voice" or near.scene is None or not any(k in GROUP_NOUNS for k in keys) or OTHERS & set(keys):
        return None
    groups = [m for m in (*near.scene.title_mentions, *near.scene.mentions) if is_group(m, near.setting.day)]
    if states:
        groups = [
            m for m in groups if registry().actors[m.ref.id.removeprefix(LINKED)].countries & {s.code for s in states}
        ]
    if len({m.ref.id for m in groups}) == 1:
        return groups[0].ref
    if not ARTICLES_OF_COURSE & set(keys):
        return None
    known = set(groups)
    return next((m.ref for m in reversed(near.scene.before(near.at)) if m in known), None)


def is_group(mention: Mention, day: date | None) -> bool:
    """Tell whether a mention names an armed group that is no state's."""
    if mention.kind not in GROUP_KINDS or mention.kind in VOICE_KINDS:
        return False
    above = chain(mention.ref.id.removeprefix(LINKED), day, ("part_of", "counted_as"))
    return not above[-1].startswith("gov-") or mention.ref.id.startswith(LINKED)
