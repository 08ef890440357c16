"""Says in plain words why every place name of a report was taken for what it was, and what was rejected.

The reasons are those that decided: of two namesakes, what speaks most for the one against the other in the same
weights that chose; of a name that was refused, the first rule that refused it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from marsad.model import Report, Span, Where
from marsad.resolve.gazetteer import Entry
from marsad.resolve.where_choose import Choice, Weighing, choices_of, is_place_after_all, is_stray
from marsad.resolve.where_codes import coded
from marsad.resolve.where_context import is_far
from marsad.resolve.where_names import fold
from marsad.resolve.where_report import weigh_places, where_of
from marsad.resolve.where_score import Worth, lies_in, worth

MOST_REJECTED = 4
KINDS = {
    "C": "country", "1": "first-order unit", "2": "second-order unit", "A": "capital", "P": "town", "B": "site",
    "R": "region", "W": "water", "D": "desert", "M": "mountains", "I": "island", "K": "continent",
}  # fmt: skip
FOR_IT = {
    "fame": "it is larger or better known",
    "country": "the report speaks of its country",
    "unit": "other places of the report lie in its province",
    "words": "the words beside it say so",
    "kind": "the words beside it say what kind of place it is",
    "name": "it bears exactly this name",
    "home": "the publisher is at home there",
    "near": "it lies near other places of the report",
}


@dataclass(frozen=True, slots=True)
class Rejected:
    """A gazetteer entry that a name could have meant, what it is, and why it was not meant."""

    place: str
    gazetteer_id: str
    why: str


@dataclass(frozen=True, slots=True)
class Explained:
    """One name: what it was taken for (`where` without a name: an unknown place; None: no place), why, and what not."""

    span: Span
    where: Where | None
    why: str
    rejected: tuple[Rejected, ...]


def explain_places(report: Report) -> tuple[Explained, ...]:
    """Explain every name of a report's title and text that the gazetteer knows or the words make a place, in order."""
    weighed, fields = weigh_places(report.title or "", report.text, report.publisher)
    out = []
    for number, (choice, within) in enumerate(zip(choices_of(weighed), fields, strict=True)):
        candidate = weighed.mentions[number].candidate
        span = Span(candidate.start, candidate.end, candidate.text, within)
        entry = choice.entry if choice else None
        where = coded(where_of(entry, span)) if choice else None
        out.append(Explained(span, where, reason_of(weighed, number, choice), tuple(rejected(weighed, number, entry))))
    return tuple(out)


def reason_of(weighed: Weighing, number: int, choice: Choice | None) -> str:
    """Say why a name was taken for its place, for an unknown place, or for none."""
    mention, pick = weighed.mentions[number], weighed.picks[number]
    if choice is None:
        return f"no place: {refusal(weighed, number)}"
    if choice.entry is None:
        known = "no entry of the gazetteer fits" if pick is None else refusal(weighed, number)
        return f"a place by the words beside it, but {known}"
    if choice.guess:
        return "spelled as no table has it: found by its consonants in a country of the report"
    if mention.candidate.demonym:
        return "names people of this country"
    if mention.container is not None:
        if mention.container.number == choice.entry.number:
            return f"the gazetteer has no such place in {mention.container.name}, so this is all that is known"
        return f"the words beside it put it in {mention.container.name}"
    if len(weighed.options[number]) == 1:
        return "the only place of this name that the gazetteer has"
    return "the likeliest of its namesakes"


def refusal(weighed: Weighing, number: int) -> str:
    """Say which rule refused a name, in the order of the rules."""
    mention, pick, context = weighed.mentions[number], weighed.picks[number], weighed.context
    candidate = mention.candidate
    if pick is None:
        return "no entry of the gazetteer fits"
    if is_stray(mention, pick, context, weighed.options[number]):
        if is_far(pick, context):
            return f"{_title(pick)} is far from the publisher's home, and nothing else points there"
        return f"{_title(pick)} is small, and nothing else in the report speaks of its country"
    if candidate.titled:
        return "it follows a title or a given name, as a person's name does"
    if candidate.facility and candidate.in_name:
        return "it is part of the name of a building or institution"
    if (candidate.person or candidate.in_name) and not is_place_after_all(mention, pick, context):
        return "it is a name that people bear" if candidate.person else "it is part of a longer name"
    if candidate.speaks:
        return "it speaks or acts, as a person does"
    return f"{_title(pick)} is too small to be meant without a word such as \u201cin\u201d before it"


def rejected(weighed: Weighing, number: int, chosen: Entry | None) -> Iterator[Rejected]:
    """Yield the entries that were not meant, the likeliest first, each with what speaks against it."""
    mention, context = weighed.mentions[number], weighed.context
    others = [e for e in weighed.options[number] if chosen is None or e.number != chosen.number]
    ranked = sorted(others, key=lambda e: (-sum(worth(mention, e, context)), e.number))
    if chosen is None:
        # That the name is no place, or none that fits, has been said; which one it would have been is of interest.
        yield from (Rejected(_title(entry), entry.id, refusal(weighed, number)) for entry in ranked[:1])
        return
    for entry in ranked[:MOST_REJECTED]:
        yield Rejected(_title(entry), entry.id, against(weighed, number, chosen, entry))


def against(weighed: Weighing, number: int, chosen: Entry, other: Entry) -> str:
    """Say what decided between the chosen entry and another one."""
    mention, context = weighed.mentions[number], weighed.context
    container = mention.container
    if container is not None and not lies_in(other, container):
        return f"it is not in {container.name}"
    ours, theirs = worth(mention, chosen, context), worth(mention, other, context)
    if sum(ours) < sum(theirs):
        if chosen.kind in "PA" and other.kind in "12" and chosen.unit == other.unit:
            return "of a town and its province of one name the town is meant, unless the words say province"
        if mention.inside is not None:
            return "it does not lie near the town that the words name beside it"
        return f"elsewhere in the report the words settle that {_short(chosen)} is meant"
    if other.kind == "C" and chosen.country == context.home != other.country:
        return "the publisher's country has a place of this name"
    return f"of {_short(chosen)} more can be said: {strongest(ours, theirs)}"


def strongest(ours: Worth, theirs: Worth) -> str:
    """Say what speaks most for one entry against another, two things at most."""
    gains = {name: getattr(ours, name) - getattr(theirs, name) for name in Worth._fields}
    best = sorted((name for name in gains if gains[name] > 0), key=lambda name: (-gains[name], name))[:2]
    return " and ".join(FOR_IT[name] for name in best) or "it comes first in the gazetteer"


def _title(entry: Entry) -> str:
    units = [u for u in (entry.admin1, entry.country) if u and fold(u) != fold(entry.name)]
    people = f", {entry.population:,} people" if entry.population and entry.kind in "PA" else ""
    return f"{', '.join([entry.name, *units])} ({KINDS[entry.kind]}{people})"


def _short(entry: Entry) -> str:
    return ", ".join(u for u in (entry.name, entry.country) if u)
