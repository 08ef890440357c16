"""Finds the actors of the registry that words name, and what the words around a name make of it."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from marsad.model import ActorRef
from marsad.resolve.registry import VOICE_KINDS, Actor, Affiliation, Alias, Registry, registry
from marsad.resolve.who_lexicon import (
    AFFILIATE_NOUNS,
    AGAINST,
    AMBIGUOUS_WHEN_SHOUTED,
    FORMER,
    LINK_HEADS,
    LINK_TAILS,
    NAMING_NOUNS,
)
from marsad.resolve.who_states import Found, at_gap, states_in
from marsad.resolve.who_words import Word

LINKED = "linked-to:"
"""What opens the id of those who are only said to be tied to an actor."""
GLOBAL = 8
"""An actor of so many countries may be met anywhere."""
GOVERNING = frozenset({"government", "regime", "administration"})


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known around a mention: the day, the report's countries (foremost first), its typeface."""

    day: date | None = None
    countries: tuple[str, ...] = ()
    shouted: bool = False
    voices: bool = False
    """Whether monitors and news sources may be meant."""


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
    if alias.kind == "description" and actor.kind in VOICE_KINDS and actor.countries:
        # "The monitor" is a country's own only in reports of that country.
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
    # Who is only linked to that former affiliate is not it.
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
