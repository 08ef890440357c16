"""What a report says as a whole: its countries, foremost first, and every actor that it names, in order."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from marsad.model import ActorRef, Report
from marsad.resolve.registry import registry
from marsad.resolve.who_find import Setting, meaning, named_in, says_who_fights
from marsad.resolve.who_states import StateWord, forces_in, states_in
from marsad.resolve.who_words import Word, words_of

GROUP_KINDS = frozenset({"rebel", "militia", "cartel", "coalition"})
TITLE_WEIGHT = 3


class Mention(NamedTuple):
    """An actor named in the report's text at `start:end`."""

    start: int
    end: int
    ref: ActorRef
    kind: str


@dataclass(frozen=True, slots=True)
class Scene:
    """A report's countries by how often it names them, and its mentions of actors by their place."""

    setting: Setting
    mentions: tuple[Mention, ...]
    title_mentions: tuple[Mention, ...]

    def before(self, at: int) -> tuple[Mention, ...]:
        """Give the mentions that start before offset `at`."""
        return self.mentions[: bisect_left(self.mentions, at, key=lambda mention: mention.start)]


@lru_cache(maxsize=16)
def scene_of(report: Report) -> Scene:
    """Read a report once for its countries and actors."""
    shouted = is_shouted(report.text)
    words, title = words_of(report.text), words_of(report.title or "")
    states, title_states = tuple(states_in(words, shouted)), tuple(states_in(title, shouted))
    setting = Setting(report.published, foremost(states, title_states), shouted)
    return Scene(setting, mentions_in(words, states, setting), mentions_in(title, title_states, setting))


def is_shouted(text: str) -> bool:
    """Tell whether a text is written in capitals, as the wires of old were."""
    sample = text[:1200]
    capitals, small = sum(map(str.isupper, sample)), sum(map(str.islower, sample))
    return capitals + small > 20 and capitals > 4 * small


def foremost(states: Sequence[StateWord], title: Sequence[StateWord]) -> tuple[str, ...]:
    """Order countries by how often they are named, those of the title thrice, the earlier first where equal."""
    counted: Counter[str] = Counter()
    for state in title:
        counted[state.code] += TITLE_WEIGHT
    for state in states:
        counted[state.code] += 1
    return tuple(code for code, _ in counted.most_common())


def mentions_in(words: Sequence[Word], states: Sequence[StateWord], setting: Setting) -> tuple[Mention, ...]:
    """List the actors that the words name, left to right; where two overlap, the registry's name stands."""
    named = [found for found in named_in(words, setting) if says_who_fights(words, found)]
    taken = {n for found in named for n in range(found.first, found.last)}
    forces = [f for f in forces_in(words, states) if not taken & set(range(f.first, f.last))]
    out = []
    for found in sorted([*named, *forces]):
        ref = meaning(words, found, setting)
        if ref:
            kind = registry().actors[found.actor].kind
            out.append(Mention(words[found.first].start, words[found.last - 1].end, ref, kind))
    return tuple(out)
