"""Resolves the places of claims: the words of each claim to a gazetteer entry, or the place that governs the claim.

A claim without place words takes the place of its sentence, of the sentences before it, of the title, of the dateline,
and last the country that the report is about: in this order, as a reader does.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from marsad.model import Claim, Report, Span, Where
from marsad.passages import Passage, sentences
from marsad.resolve.gazetteer import Entry, gazetteer
from marsad.resolve.where_about import NAMESAKE_PEOPLE, is_neighbour, main_country, main_unit, part_of_name
from marsad.resolve.where_choose import SURNAME_TOWNS
from marsad.resolve.where_names import fold
from marsad.resolve.where_outlet import outlet_home
from marsad.resolve.where_phrases import related
from marsad.resolve.where_report import Found, find_places, read_places, where_of

__all__ = ["find_places", "resolve_where"]

# From exact to vague: the most exact place of a phrase is the one meant.
EXACTNESS = {"B": 0, "P": 0, "A": 0, "2": 1, "I": 2, "1": 2, "M": 3, "D": 3, "W": 3, "R": 3, "C": 5, "K": 6}
# How many sentences back a place still governs; measured on training reports, further back it is as often wrong.
REACH = 3
SUBURB_OF = re.compile(r"\s+(?:suburb|neighbou?rhood|district|area)s? of\b")
SUM_OF_ROWS = re.compile(r"[\W_]*(?:grand\s+|sub-?\s?|over)?(?:totals?|sum|all)\b", re.IGNORECASE)
NEAR_BEFORE = re.compile(r"\b(?:near|outside|close to|not far from|next to)\s+(?:the\s+)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Scene:
    """The places of one report, in order, with its sentences."""

    report: Report
    sentences: tuple[Passage, ...]
    starts: tuple[int, ...]
    found: tuple[Found, ...]
    titled: tuple[Found, ...]
    country: str | None
    settled: bool
    unit: int | None
    local: Entry | None = None

    @cached_property
    def begins(self) -> tuple[int, ...]:
        """Where the places of the text begin."""
        return tuple(f.span.start for f in self.found)

    @cached_property
    def by_name(self) -> Mapping[str, Found]:
        """The first place of each name, the title's before the text's."""
        return {fold(f.span.quote): f for f in reversed((*self.titled, *self.found))}

    @cached_property
    def foremost(self) -> Where | None:
        """The place that governs what no sentence near it places: of the title, the lead, the text; the country."""
        for pool in (self.titled, self.found[:3], self.found):
            found = chief_of([f for f in pool if f.entry and f.entry.country == self.country], None, self)
            if found is not None:
                return as_where(found, self)
        return home_of(self)


def resolve_where(report: Report, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Fill every claim's `where` with name, country, units, point, radius and geoprecision.

    Words are kept as they are; a claim without them gets the words of the place that governs it, if there is one.
    """
    scene = set_scene(report)
    return tuple(replace(claim, where=place_of(claim, scene)) for claim in claims)


@lru_cache(maxsize=2)
def set_scene(report: Report) -> Scene:
    """Read the places of a report and what country it is about; the last two are remembered, for its statements."""
    every = read_places(report)
    home = outlet_home(report.publisher)
    cut = tuple(sentences(report.text))
    within = [found for found in every if not is_neighbour(found, report)]
    return Scene(
        report,
        cut,
        tuple(s.start for s in cut),
        tuple(f for f in every if f.span.within == "text"),
        tuple(f for f in every if f.span.within == "title"),
        *main_country(within, home),
        main_unit(within, home),
        home.unit if home else None,
    )


def place_of(claim: Claim, scene: Scene) -> Where | None:
    """Return the resolved place of one claim."""
    said = claim.where
    if said is None or not said.text:
        # A war's running total is no event of the town named last, nor is the sum under a table one of its last row.
        everywhere = claim.scope == "cumulative" or (claim.extractor == "table" and _is_sum_of_rows(claim, scene))
        return home_of(scene) if everywhere else governing(claim.span, scene)
    inside = places_in(said, scene)
    chosen = most_exact(inside, scene)
    if chosen is not None and chosen.candidate.demonym is not None:
        # "a Turkish strike" says whose it was, not where.
        return whose_not_where(said, chosen, claim, scene)
    if (
        chosen is None
        or chosen.entry is None
        or is_namesake(chosen, scene)
        or (part_of_name(chosen) and chosen.entry.country != scene.country)
    ):
        return from_around(said, chosen, claim, scene)
    about = home_of(scene)
    if about is not None and about.country != chosen.entry.country and is_neighbour(chosen, scene.report):
        return replace(about, text=said.text, span=said.span)
    others = [f.entry for f in inside if f.entry is not None]
    found = related(said.text, where_of(chosen.entry, said.span, said.text), chosen.entry, others)
    return narrowed(found, chosen.entry, said.text)


def _is_sum_of_rows(claim: Claim, scene: Scene) -> bool:
    at = bisect_right(scene.starts, claim.span.start) - 1
    row = scene.sentences[at] if at >= 0 else None
    return row is not None and bool(SUM_OF_ROWS.match(scene.report.text, row.start, row.end))


def whose_not_where(said: Where, chosen: Found, claim: Claim, scene: Scene) -> Where:
    """Return the governing place for words that name only people of a country; the country for want of any."""
    around = governing(claim.span, scene)
    if around is None or around.text is None:
        return where_of(chosen.entry, said.span, said.text)
    if (said.text or "").rstrip().endswith(chosen.span.quote):
        return around
    # "a Syrian army prison": words for a building that stands somewhere near the governing place.
    return replace(around, text=said.text, span=said.span, geoprecision=max(2, around.geoprecision or 2))


def places_in(said: Where, scene: Scene) -> list[Found]:
    """Return the places inside a claim's place words: by their span, else by reading the words alone."""
    span = said.span
    if span is not None:
        pool = between(scene, span.start, span.end) if span.within == "text" else scene.titled
        inside = [f for f in pool if f.span.start < span.end and span.start < f.span.end]
        if any(f.entry is not None for f in inside):
            return inside
    text = said.text or ""
    title = country_name(scene.country)
    apart = read_places(Report(id="", text=text, title=title, publisher=scene.report.publisher))
    return [scene.by_name.get(fold(f.span.quote), f) for f in apart if f.span.within == "text"]


def country_name(code: str | None) -> str | None:
    """Return the English name of a country by its code."""
    entry = gazetteer().country(code) if code else None
    return None if entry is None else entry.name


def most_exact(found: Sequence[Found], scene: Scene) -> Found | None:
    """Return the most exact resolved place, at home before abroad, the first of equals; else an unknown name."""
    known = [f for f in found if f.entry is not None]
    if not known:
        return found[0] if found else None
    return min(known, key=lambda f: _exactness(f, known[0], scene))


def _exactness(found: Found, first: Found, scene: Scene) -> tuple[bool, bool, bool, int, bool]:
    entry = found.entry
    kind = EXACTNESS[entry.kind] if entry else 9
    abroad = entry is None or entry.country != scene.country
    aside = is_aside(found, first, scene.report)
    return found.candidate.demonym is not None, part_of_name(found), aside, kind, abroad


def is_namesake(found: Found, scene: Scene) -> bool:
    """Tell whether a small town of another state is likely a street or quarter of the report's own state.

    Where every surname is some town's name, the places around are the better witness (measured on US local news).
    """
    entry = found.entry
    if entry is None or entry.kind not in "PB" or entry.country not in SURNAME_TOWNS:
        return False
    return entry.population < NAMESAKE_PEOPLE and scene.unit is not None and entry.unit != scene.unit


def is_aside(found: Found, first: Found, report: Report) -> bool:
    """Tell whether a place only says where another one is: "Ghouta, near Damascus", "the Damascus suburb of Ghouta"."""
    whole = (report.text if found.span.within == "text" else report.title) or ""
    if whole[found.span.start : found.span.end] != found.span.quote:
        return False
    if SUBURB_OF.match(whole, found.span.end):
        return True
    before = whole[max(0, found.span.start - 20) : found.span.start]
    return found is not first and first.entry is not None and bool(NEAR_BEFORE.search(before))


def narrowed(where: Where, entry: Entry, text: str) -> Where:
    """Keep only what the words bear: a region or water has no district."""
    _ = text
    return where if entry.kind in "PAB2" else replace(where, admin2=None)


def from_around(said: Where, chosen: Found | None, claim: Claim, scene: Scene) -> Where | None:
    """Return words that the gazetteer does not know with the unit or country of the places around them."""
    around = governing(said.span or claim.span, scene)
    if around is None:
        return said
    precision = around.geoprecision
    radius = around.radius_km
    if precision in (1, 2):
        # The words name something at or near the governing town; how near is not said.
        precision, radius = 2, max(radius or 0, 15.0)
    name = chosen.span.quote if chosen is not None and chosen.entry is None else around.name
    return replace(around, text=said.text, span=said.span, name=name, geoprecision=precision, radius_km=radius)


def governing(span: Span, scene: Scene) -> Where | None:
    """Return the place that governs a span: of its sentence, the ones before, the title, the lead, the country."""
    if span.within == "text":
        at = max(0, bisect_right(scene.starts, span.start) - 1)
        for back in range(min(REACH, at + 1)):
            sentence = scene.sentences[at - back] if scene.sentences else None
            found = chief_of(in_sentence(scene, sentence), span, scene) if sentence else None
            if found is not None:
                return as_where(found, scene)
    return scene.foremost


def home_of(scene: Scene) -> Where | None:
    """Return the country that a report is about; of local news that names no other, the outlet's state."""
    entry = gazetteer().country(scene.country) if scene.country else None
    if entry is not None and scene.local is not None and scene.local.country == scene.country:
        entry = scene.local
    return None if entry is None else where_of(entry, None)


def in_sentence(scene: Scene, sentence: Passage) -> list[Found]:
    """Return the places inside a sentence."""
    return [f for f in between(scene, sentence.start, sentence.end) if f.span.start >= sentence.start]


def between(scene: Scene, start: int, end: int) -> Sequence[Found]:
    """Return the places of the text that begin before `end`, from the last one that begins at or before `start`."""
    return scene.found[max(0, bisect_right(scene.begins, start) - 1) : bisect_left(scene.begins, end)]


def governs(found: Found, scene: Scene) -> bool:
    """Tell whether a mention may be where harm was done: a town or unit, in the report's country unless "in" it."""
    entry = found.entry
    if entry is None or found.candidate.demonym or found.candidate.based or part_of_name(found):
        return False
    return entry.kind not in "CKR" and (entry.country == scene.country or (found.candidate.cued and not scene.settled))


def chief_of(found: Sequence[Found], span: Span | None, scene: Scene) -> Found | None:
    """Return the place of a sentence that is likeliest where its harm was done: exact, cued by "in", near the claim."""
    home = scene.country
    usable = [f for f in found if governs(f, scene)]
    if not usable:
        return None
    middle = span.start if span is not None and span.within == "text" else 0
    return min(
        usable,
        key=lambda f: (
            f.entry is None or f.entry.country != home,
            not f.candidate.cued,
            EXACTNESS[f.entry.kind] if f.entry else 9,
            abs(f.span.start - middle),
        ),
    )


def as_where(found: Found, scene: Scene) -> Where:
    """Return a governing place with its own words, and the relation that stands before it."""
    assert found.entry is not None
    whole = scene.report.text if found.span.within == "text" else scene.report.title or ""
    before = whole[max(0, found.span.start - 30) : found.span.start]
    clause = before.rsplit(".", 1)[-1].rsplit(",", 1)[-1]
    return related(clause + found.span.quote, where_of(found.entry, found.span), found.entry)
