"""Finds the actors that words name: by the registry's names, and by a state's name with a word for its forces."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from marsad.model import ActorRef
from marsad.resolve.registry import VOICE_KINDS, Actor, Affiliation, Alias, Registry, lengths_of, registry
from marsad.resolve.who_lexicon import (
    AFFILIATE_NOUNS,
    AGAINST,
    AMBIGUOUS_WHEN_SHOUTED,
    ATTACKING,
    FORCE_NOUNS,
    FORMER,
    LINK_HEADS,
    LINK_TAILS,
    MADE_BY,
    NAMING_NOUNS,
    NOT_ALONE,
    STATE_BODIES,
    STATE_HEADS,
)
from marsad.resolve.who_words import Word, folded


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known around a mention: the day, the report's countries (foremost first), its typeface."""

    day: date | None = None
    countries: tuple[str, ...] = ()
    shouted: bool = False
    voices: bool = False
    """Whether monitors and news sources may be meant."""


class Found(NamedTuple):
    """An actor named by `words[first:last]`."""

    first: int
    last: int
    actor: str
    named: bool
    """By a name of the registry; else by a state's name."""


class StateWord(NamedTuple):
    """A country named by `words[first:last]`: by its `name`, its `demonym` or a `place` in it."""

    first: int
    last: int
    code: str
    sort: str

    @property
    def actor(self) -> str:
        """Give the id of the state's government, which the registry may lack."""
        return f"gov-{self.code.lower()}"


LINKED = "linked-to:"


class StateIndex(NamedTuple):
    """Names, demonyms and places of states by their folded words, and their lengths by first word."""

    forms: dict[tuple[str, ...], tuple[str, str]]
    lengths: dict[str, tuple[int, ...]]
    initials: frozenset[str]
    """Names that are written in capitals, as US and DRC."""


@cache
def state_index() -> StateIndex:
    """Sort what states, their people and their places are called."""
    forms: dict[tuple[str, ...], tuple[str, str]] = {}
    initials = set()
    for state in registry().states.values():
        named = [(n, "name") for n in state.names] + [(d, "demonym") for d in state.demonyms]
        for form, sort in [*named, *((p, "place") for p in state.places)]:
            forms.setdefault(tuple(folded(form).split()), (state.code, sort))
            initials |= {folded(form)} if form.isupper() else set()
    return StateIndex(forms, lengths_of(forms), frozenset(initials))


def states_in(words: Sequence[Word], shouted: bool = False) -> Iterator[StateWord]:
    """Yield the countries that the words name, left to right."""
    index, keys, done = state_index(), [w.key for w in words], 0
    for at, key in enumerate(keys):
        for size in index.lengths.get(key, ()) if at >= done else ():
            hit = index.forms.get(tuple(keys[at : at + size]))
            if hit and at + size <= len(keys) and written_as_name(words, at, size, shouted):
                yield StateWord(at, at + size, *hit)
                done = at + size
                break


OTHER_LANDS = {
    "america": {"latin", "central", "south", "north"},
    "ireland": {"northern"},
    "guinea": {"new", "equatorial"},
}


def written_as_name(words: Sequence[Word], at: int, size: int, shouted: bool) -> bool:
    """Tell whether a country's name is written as one: 'Turkey', 'US'; not 'turkey', 'us'."""
    raw = words[at].raw
    initials = size == 1 and words[at].key in state_index().initials
    if initials and (not raw.isupper() or (shouted and "." not in raw and len(raw) < 4)):
        return False
    if at and words[at - 1].key in OTHER_LANDS.get(words[at].key, ()):
        return False
    return raw[:1].isupper()


def named_in(words: Sequence[Word], setting: Setting) -> Iterator[Found]:
    """Yield the actors of the registry that the words name, left to right, the longest name at each place."""
    known, keys, done = registry(), [w.key for w in words], 0
    for at, key in enumerate(keys):
        if at >= done and key in known.lengths:
            hit = name_at(words, keys, at, setting)
            if hit:
                yield hit
                done = hit.last


def says_who_fights(words: Sequence[Word], found: Found) -> bool:
    """Tell whether a bare name of a people, or one nobody vouched for, means an armed party: 'Murle gunmen'."""
    actor = registry().actors[found.actor]
    size = sum(w.key != "al" for w in words[found.first : found.last])
    if size > 1 or (actor.kind != "communal" and actor.origin == "Marsad") or words[found.first].raw.isupper():
        return True
    return found.last < len(words) and words[found.last].key in NAMING_NOUNS and not at_gap(words, found.last)


def name_at(words: Sequence[Word], keys: Sequence[str], at: int, setting: Setting) -> Found | None:
    """Find the longest name that stands at word `at` and means an actor here."""
    known = registry()
    for size in known.lengths[keys[at]]:
        form = tuple(keys[at : at + size])
        fitting = [a for a in known.by_words.get(form, ()) if written_right(words, at, form, a, setting)]
        actor = choose(fitting, setting, known) if len(form) == size else None
        if actor:
            return Found(at, at + size, actor.id, True)
    return None


def written_right(words: Sequence[Word], at: int, form: tuple[str, ...], alias: Alias, setting: Setting) -> bool:
    """Tell whether the words are written as this name is: capitals matter for abbreviations and single words."""
    raw = words[at].raw
    if alias.kind == "description":
        return True
    if setting.shouted:
        return len(form) > 1 or (len(form[0]) > 1 and form[0] not in AMBIGUOUS_WHEN_SHOUTED)
    if alias.kind == "abbreviation" and len(form) == 1:
        return raw.isupper() or raw == alias.words or (len(raw) > 3 and raw[:-1].isupper())
    return any(words[at + n].raw[:1].isupper() or words[at + n].raw[:1].isdigit() for n in range(len(form)))


GLOBAL = 8
"""An actor of so many countries may be met anywhere."""


def choose(aliases: Sequence[Alias], setting: Setting, known: Registry) -> Actor | None:
    """Choose the actor that a name means on this day, in these countries; None where nothing speaks for any."""
    entries = []
    for alias in aliases:
        actor = known.actors[alias.actor]
        if alias.holds(setting.day) and (setting.voices or actor.kind not in VOICE_KINDS):
            at_home = at_home_rank({alias.country} if alias.country else actor.countries, setting)
            away = at_home == len(setting.countries)
            if not away or stands_alone(alias, actor, setting):
                # 'Taliban' is said of Pakistan's own only where Afghanistan is not spoken of.
                entries.append((away, bool(alias.country), at_home, actor.order, actor))
    return min(entries, key=lambda e: e[:4])[4] if entries else None


def at_home_rank(home: Set[str], setting: Setting) -> int:
    """Give the place of the first country of the report that is the actor's own; past the end if none is."""
    return next((n for n, code in enumerate(setting.countries) if code in home), len(setting.countries))


def stands_alone(alias: Alias, actor: Actor, setting: Setting) -> bool:
    """Tell whether a name is enough by itself, away from the actor's countries."""
    if alias.country:
        return False
    if not actor.countries or len(actor.countries) >= GLOBAL or actor.kind in VOICE_KINDS:
        return True
    if setting.shouted and alias.kind == "abbreviation":
        # Where all is in capitals, FACT and MODEL are words.
        return False
    if not setting.countries:
        return alias.origin == "Marsad" or " " in alias.words
    if alias.origin != "Marsad":
        return len(alias.words) > 18
    return alias.kind == "name" or (alias.kind == "abbreviation" and len(alias.words) > 3)


def forces_in(words: Sequence[Word], states: Sequence[StateWord]) -> Iterator[Found]:
    """Yield the states whose forces the words name: 'Turkish drone', 'the army of Chad', 'Russian and Syrian jets'."""
    known = registry().actors
    for number, state in enumerate(states):
        if state.actor not in known:
            continue
        end = force_end(words, state, states[number + 1 :])
        start = force_start(words, state)
        if end > state.last or start < state.first or acts(words, state):
            yield Found(start, end, state.actor, False)


def acts(words: Sequence[Word], state: StateWord) -> bool:
    """Tell whether a verb of attack follows a state's name: 'Israel kills', 'Turkey has bombed'."""
    following = [w.key for w in words[state.last : state.last + 2]]
    if state.sort != "name" or not following or words[state.last - 1].possessive or at_gap(words, state.last):
        return False
    return following[0] in ATTACKING or (following[0] in {"has", "have", "again"} and following[-1] in ATTACKING)


def force_end(words: Sequence[Word], state: StateWord, later: Sequence[StateWord]) -> int:
    """Give the end of the force nouns that follow a state's name; the name's own end when none does."""
    at = state.last
    plain = state.sort == "name" and not words[at - 1].possessive
    if state.sort == "place" or (
        state.sort == "name" and not words[at - 1].possessive and at < len(words) and at_gap(words, at)
    ):
        return state.last
    if later and at + 1 == later[0].first and words[at].key in {"and", "or"}:
        return state.last if force_end(words, later[0], later[1:]) == later[0].last else state.last + 1
    if at + 1 < len(words) and words[at].key not in FORCE_NOUNS and may_be_skipped(words, at):
        at += 1
    end = at
    while end < len(words) and words[end].key in FORCE_NOUNS and not at_gap(words, end):
        end += 1
    while end > at and words[end - 1].key in NOT_ALONE:
        end -= 1
    if end < len(words) and words[end].key in LINK_TAILS:
        return state.last
    # 'Sudan drone attack' tells where, 'Sudan army' and 'Sudanese drone attack' tell who.
    if plain and not any(w.key in STATE_HEADS or w.key in STATE_BODIES for w in words[at:end]):
        return state.last
    return end if end > at else state.last


def at_gap(words: Sequence[Word], at: int) -> bool:
    """Tell whether something more than a space or a hyphen parts word `at` from the one before."""
    return at > 0 and words[at].start - words[at - 1].end > 3


HARD_FORCES = frozenset(
    [
        "army",
        "police",
        "troops",
        "soldiers",
        "forces",
        "guards",
        "drone",
        "drones",
        "artillery",
        "warplanes",
        "airstrike",
        "airstrikes",
        "jets",
    ]
)


def may_be_skipped(words: Sequence[Word], at: int) -> bool:
    """Tell whether word `at` is an adjective between a state and its forces: 'Nigerian riot police'."""
    word = words[at]
    return (
        word.raw.islower()
        and len(word.key) > 3
        and word.key not in MADE_BY
        and word.key not in LINK_TAILS
        and words[at + 1].key in HARD_FORCES
    )


def force_start(words: Sequence[Word], state: StateWord) -> int:
    """Give the start of 'army of' before a state's name; the name's own start when it is not there."""
    at = state.first
    if at and words[at - 1].key == "the":
        at -= 1
    if at < 2 or words[at - 1].key != "of" or words[at - 2].key not in FORCE_NOUNS or state.sort != "name":
        return state.first
    at -= 2
    while at and words[at - 1].key in FORCE_NOUNS:
        at -= 1
    return at


def meaning(words: Sequence[Word], found: Found, setting: Setting) -> ActorRef | None:
    """Say whom a name stands for with the words around it: the actor, one linked to it, or (against it) nobody."""
    known = registry()
    actor = known.actors[found.actor]
    before = [w.key for w in words[max(0, found.first - 4) : found.first]]
    after = [w.key for w in words[found.last : found.last + 2]]
    if words[found.last - 1].possessive and after[1:] and after[1] in AFFILIATE_NOUNS:
        after = after[1:]
    if (before[-1:] and before[-1] in AGAINST) or (before[-2:-1] and before[-2] == "against"):
        return None
    if after[:1] and after[0] in AFFILIATE_NOUNS and not at_gap(words, found.last):
        return affiliate(words, found, setting) if "armed" not in before and "military" not in before else actor.ref
    if is_link(before, after, words, found):
        return linked(actor)
    if actor.kind == "party" and after[:1] and after[0] in GOVERNING:
        return next((known.actors[s].ref for s in seats(actor) if s in known.actors), actor.ref)
    return actor.ref


GOVERNING = frozenset({"government", "regime", "administration"})


def seats(actor: Actor) -> list[str]:
    """List the governments of an actor's countries."""
    return [f"gov-{code.lower()}" for code in sorted(actor.countries)]


def is_link(before: list[str], after: list[str], words: Sequence[Word], found: Found) -> bool:
    """Tell whether the words make it a tie to the actor, not the actor: 'X-linked', 'backed by the X', 'pro-X'."""
    if after and after[0] in LINK_TAILS and not at_gap(words, found.last):
        return True
    tail = [key for key in before if key not in {"the", "local", "islamist", "jihadist"}]
    if tuple(tail[-2:]) in LINK_HEADS:
        return True
    return bool(tail) and tail[-1] == "pro"


def linked(actor: Actor) -> ActorRef:
    """Make the provisional entry of those who are said to be tied to an actor: never the actor itself."""
    return ActorRef(LINKED + actor.id, f"linked to {actor.name}")


def affiliate(words: Sequence[Word], found: Found, setting: Setting) -> ActorRef:
    """Resolve 'Syria's former Al Qaeda affiliate' by the registry's dated ties; linked when several or none fit."""
    known = registry()
    former = any(w.key in FORMER for w in words[max(0, found.first - 4) : found.first])
    lands = {s.code for s in states_in(words, setting.shouted)}
    indefinite = any(w.key in {"a", "an", "another"} for w in words[max(0, found.first - 3) : found.first])
    if not lands and not indefinite:
        lands = set(setting.countries[:1])
    fitting = [a for a in affiliates_of(found.actor, former, setting.day) if known.actors[a].countries & lands]
    fitting = without_forerunners(fitting, known, setting.day)
    if len(fitting) != 1:
        return linked(known.actors[found.actor])
    # 'militants linked to Syria's former Al Qaeda affiliate' are not that affiliate.
    before = [w.key for w in words[max(0, found.first - 6) : found.first]]
    tied = any(pair in LINK_HEADS for pair in pairwise(before))
    return linked(known.actors[fitting[0]]) if tied else known.actors[fitting[0]].ref


def affiliates_of(actor: str, former: bool, day: date | None) -> list[str]:
    """List those that were (or no longer are) an affiliate of `actor` on `day`."""
    out = []
    for ties in registry().affiliations.values():
        for tie in ties:
            if tie.relation == "affiliate_of" and tie.other == actor and fits_time(tie, former, day):
                out.append(tie.actor)
    return out


def fits_time(tie: Affiliation, former: bool, day: date | None) -> bool:
    """Tell whether a tie was over ('former') or held on the day."""
    if not former:
        return tie.holds(day)
    return tie.until is not None and (day is None or tie.until < day)


def without_forerunners(actors: list[str], known: Registry, day: date | None) -> list[str]:
    """Keep the heirs: of groups that followed one another, the one that existed on the day."""
    gone: set[str] = set()
    for actor in actors:
        for tie in known.affiliations.get(actor, ()):
            if tie.relation == "formerly":
                begun = day is None or tie.since is None or tie.since <= day
                gone.add(tie.other if begun else actor)
    return [actor for actor in actors if actor not in gone]
