"""Chooses an entry for every mention and lets mentions in: namesakes by score, plain words by their cues."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from marsad.resolve.gazetteer import Entry, Gazetteer
from marsad.resolve.where_context import Context, Mention, first_context, is_far, prior, sure_entry
from marsad.resolve.where_mentions import Candidate
from marsad.resolve.where_names import fold
from marsad.resolve.where_outlet import Home
from marsad.resolve.where_score import apart_km, best, entries_of, nearness

# A single town without any cue must reach this to be believed: some 100,000 people in a country nobody mentions.
DOUBTFUL, INITIAL_DOUBTFUL = 5.0, 5.6
# Countries where every surname is some town's name too.
SURNAME_TOWNS = frozenset({"US", "GB", "CA", "AU", "NZ", "IE"})
# Below this size a town of a country that nothing else in the report speaks of is refused.
STRAY_PEOPLE = 300_000
CLASS_ENDS = frozenset({"county", "province", "governorate", "district", "parish", "oblast"})
LINKED_KM = 75.0


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate with the gazetteer entry chosen for it (None when none fits), and whether it is only a guess."""

    candidate: Candidate
    entry: Entry | None
    guess: bool = False


@dataclass(frozen=True, slots=True)
class Weighing:
    """The mentions of a report with their entries and the one picked of each, before any is let in or refused."""

    mentions: Sequence[Mention]
    options: Sequence[tuple[Entry, ...]]
    picks: Sequence[Entry | None]
    context: Context
    habits: tuple[frozenset[str], frozenset[str]]
    shouting: bool


def weigh(
    mentions: Sequence[Mention], gazetteer: Gazetteer, *, shouting: bool = False, home: Home | None = None
) -> Weighing:
    """Pick the likeliest entry of every mention; `home` is where the publisher sits."""
    options = [entries_of(m.candidate, gazetteer) for m in mentions]
    unit = home.unit.unit if home and home.unit else None
    context = first_context(mentions, options, home.country if home else None, unit)
    picks: list[Entry | None] = []
    for _ in range(2):
        picks = pick_all(mentions, options, context, gazetteer)
        context.anchors = anchors_of(mentions, picks)
    picks = linked(mentions, options, picks)
    return Weighing(mentions, options, picks, context, habits_of(mentions), shouting)


def choices_of(weighed: Weighing) -> list[Choice | None]:
    """Return a choice for every mention in their order, None for those that are refused."""
    triples = zip(weighed.mentions, weighed.picks, weighed.options, strict=True)
    return [
        admitted(mention, entry, entries, weighed.context, weighed.habits, shouting=weighed.shouting)
        for mention, entry, entries in triples
    ]


def pick_all(
    mentions: Sequence[Mention], options: Sequence[tuple[Entry, ...]], context: Context, gazetteer: Gazetteer
) -> list[Entry | None]:
    """Return the likeliest entry of every mention; equal mentions are weighed once."""
    done: dict[tuple[str, str, int | None], Entry | None] = {}
    out = []
    for mention, entries in zip(mentions, options, strict=True):
        c = mention.candidate
        mark = (c.text, c.kind_cue, mention.container.number if mention.container else None)
        if mark not in done:
            done[mark] = best(mention, entries, context, gazetteer)
        out.append(done[mark])
    return out


def anchors_of(mentions: Sequence[Mention], picks: Sequence[Entry | None]) -> list[Entry]:
    """Return the towns and units chosen so far, each once, at most forty."""
    seen: dict[int, Entry] = {}
    for mention, entry in zip(mentions, picks, strict=True):
        c = mention.candidate
        if entry is not None and entry.kind in "PAB12" and not c.person and not c.in_name and not c.facility:
            seen.setdefault(entry.number, entry)
    return list(seen.values())[:40]


def linked(
    mentions: Sequence[Mention], options: Sequence[tuple[Entry, ...]], picks: list[Entry | None]
) -> list[Entry | None]:
    """Keep a name "in" a town near that town: another entry, or none, if the chosen one lies elsewhere."""
    out = list(picks)
    for n, mention in enumerate(mentions):
        outer = picks[mention.inside] if mention.inside is not None else None
        entry = out[n]
        if entry is None or outer is None or outer.kind not in "PAB12" or entry.kind == "C":
            continue
        reach = LINKED_KM + (outer.radius_km or 0)
        if entry.unit == outer.unit or apart_km(entry, outer) <= reach or entry.kind in "A1":
            continue
        near = [e for e in options[n] if e.kind not in "CK" and apart_km(e, outer) <= reach]
        out[n] = near[0] if near else None
    return out


def habits_of(mentions: Sequence[Mention]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names that somewhere in the report stand as a place ("in X"), and those that stand as a person."""
    often = Counter(m.candidate.key for m in mentions)
    as_place = Counter(m.candidate.key for m in mentions if m.candidate.cued and not m.candidate.in_name)
    settled = {m.candidate.key for m in mentions if m.container or m.candidate.strong}
    # A surname too stands after "to" and "from" once in a while, a town does so mostly.
    cued = settled | {key for key, times in as_place.items() if 2 * times >= often[key]}
    persons = {m.candidate.key for m in mentions if m.candidate.titled}
    return frozenset(cued), frozenset(persons)


def admitted(
    mention: Mention,
    entry: Entry | None,
    options: tuple[Entry, ...],
    context: Context,
    habits: tuple[frozenset[str], frozenset[str]],
    *,
    shouting: bool,
) -> Choice | None:
    """Let a mention in or refuse it: a name inside a person's name, a plain word, a hamlet out of nowhere."""
    candidate = mention.candidate
    named = candidate.strong or (candidate.cued and not candidate.in_name and not candidate.person)
    if entry is None or is_stray(mention, entry, context, options):
        return Choice(candidate, None) if named and not shouting else None
    if not candidate.known:
        return Choice(candidate, entry, guess=True)
    if candidate.demonym is not None or mention.container is not None or candidate.strong or candidate.short:
        return Choice(candidate, entry)
    if says_its_class(candidate, options):
        return Choice(candidate, entry)
    if candidate.titled and entry.kind not in "CK":
        return None
    if candidate.person or candidate.in_name:
        return Choice(candidate, entry) if is_place_after_all(mention, entry, context) else None
    if entry.kind in "CK":
        return Choice(candidate, entry)
    return Choice(candidate, entry) if is_believable(candidate, entry, context, habits, shouting=shouting) else None


def says_its_class(candidate: Candidate, options: tuple[Entry, ...]) -> bool:
    """Tell whether a name says what it is and only one place bears it: "Navarro County", also before "police"."""
    return len(options) == 1 and " " in candidate.key and candidate.key.rsplit(" ", 1)[-1] in CLASS_ENDS


def is_stray(mention: Mention, entry: Entry, context: Context, options: tuple[Entry, ...]) -> bool:
    """Tell whether a small place with namesakes lies in a country that nothing else in the report speaks of."""
    alone = len({e.country for e in options}) == 1 and len(mention.candidate.key) >= 6 and context.home is None
    if alone and mention.candidate.cued and not mention.candidate.in_name and entry.population >= 5_000:
        return False
    if entry.kind not in "P2B" or mention.container is not None or entry.population >= STRAY_PEOPLE:
        return False
    if is_far(entry, context):
        return True
    if entry.population >= STRAY_PEOPLE / 3 and sure_entry(options) is entry and not mention.candidate.in_name:
        return False
    return context.countries.total() >= 4 and context.weight(entry.country) < 0.1


def is_place_after_all(mention: Mention, entry: Entry, context: Context) -> bool:
    """Tell whether a name inside a longer name, or one that people bear, is famous enough to be the place."""
    candidate = mention.candidate
    if candidate.person:
        there = context.weight(entry.country) > 0.5
        large = entry.kind in "CA1" or entry.population > 200_000 or (there and entry.population > 50_000)
        return (candidate.cued and not candidate.in_name and large) or (
            entry.kind == "A" and candidate.key == fold(entry.name)
        )
    return entry.kind in "CA1" or (entry.population > 100_000 and context.weight(entry.country) > 0.1)


def is_believable(
    candidate: Candidate,
    entry: Entry,
    context: Context,
    habits: tuple[frozenset[str], frozenset[str]],
    *,
    shouting: bool,
) -> bool:
    """Tell whether a free-standing name is likely the place and no plain word or surname."""
    cued, persons = habits
    if candidate.key not in cued and entry.kind != "A" and (candidate.key in persons or candidate.speaks):
        return False
    if shouting and context.weight(entry.country) < 0.15 and not (candidate.cued and entry.population > 1_000_000):
        return False
    # In English-speaking countries every surname is some town's name too, so the report's country proves little.
    trust = 0.4 if entry.country in SURNAME_TOWNS else 1.2
    worth = prior(entry) + trust * (context.weight(entry.country) + 0.6 * nearness(entry, context))
    if not shouting and (candidate.cued or candidate.key in cued):
        worth += 2.0
    worth += 0.8 if " " in candidate.key else 0.0
    floor = INITIAL_DOUBTFUL if candidate.initial and not candidate.cued else DOUBTFUL
    return worth >= floor + (0.8 if shouting else 0.0)
