"""Finds states by name, people or place, and their forces: 'Turkish drone', 'the army of Chad', 'Israel bombed'."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from marsad.resolve.registry import lengths_of, registry
from marsad.resolve.who_lexicon import ATTACKING, FORCE_NOUNS, LINK_TAILS, MADE_BY, NOT_ALONE, STATE_BODIES, STATE_HEADS
from marsad.resolve.who_words import Word, folded


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


def forces_in(words: Sequence[Word], states: Sequence[StateWord]) -> Iterator[Found]:
    """Yield the states whose forces the words name: 'Turkish drone', 'the army of Chad', 'Russian and Syrian jets'."""
    known = registry().actors
    for number, state in enumerate(states):
        if state.actor not in known:
            continue
        end = force_end(words, state, states[number + 1 :])
        start = force_start(words, state)
        if end > state.last or start < state.first or acts(words, state):
            shared = words[end - 1].key in {"and", "or"}
            yield Found(start, state.last if shared else end, state.actor, False)


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
