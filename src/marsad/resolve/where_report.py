"""Reads all the places of one report: finds the names, the units that qualify them, and chooses the entries."""

import re
from dataclasses import dataclass
from functools import lru_cache

from marsad.model import PlaceMention, Report, Span, Where
from marsad.resolve.gazetteer import Entry, Gazetteer, gazetteer
from marsad.resolve.where_choose import Choice, choose, lies_in
from marsad.resolve.where_mentions import Candidate, find_candidates, is_shouting
from marsad.resolve.where_names import fold
from marsad.resolve.where_tables import words
from marsad.vocabulary import Field

QUALIFIER_GAP = re.compile(
    r"\s*[,(]\s*(?:in\s+)?|\s+in\s+(?:the\s+)?|\s*[,]?\s+in\s+(?:[\w’'-]+\s+){0,3}?|\s*[(]|\s*:\s*"
)
POSSESSIVE_GAP = re.compile(r"[’']s?\s+(?:[a-z-]+\s+){0,4}$|[’']s?\s+$")
SHORT = re.compile(r",\s+((?:[A-Z]\.\s?){1,2}[A-Z]?\.?|[A-Z][A-Za-z]{1,4}\.|[A-Z]{2,3})(?![\w])")


@dataclass(frozen=True, slots=True)
class Found:
    """One place name of a report with the entry chosen for it (None when unknown)."""

    span: Span
    entry: Entry | None
    candidate: Candidate
    guess: bool


def find_places(report: Report) -> tuple[PlaceMention, ...]:
    """Find every place name of a report's text, each resolved or with null values, in order.

    Demonyms ("Syrian") count as mentions of their country. Offsets are those of `report.text`.
    """
    return tuple(
        PlaceMention(found.span, where_of(found.entry, found.span))
        for found in read_places(report)
        if found.span.within == "text"
    )


def where_of(entry: Entry | None, span: Span | None, text: str | None = None) -> Where:
    """Return the values of an entry as a `Where` with its words."""
    said = text if text is not None else (span.quote if span else None)
    if entry is None:
        return Where(text=said, span=span)
    return Where(
        text=said,
        name=entry.name,
        country=entry.country,
        admin1=entry.admin1,
        admin2=entry.admin2,
        latitude=entry.latitude,
        longitude=entry.longitude,
        geoprecision=entry.precision,
        gazetteer_id=entry.id,
        radius_km=entry.radius_km,
        span=span,
    )


def read_places(report: Report) -> tuple[Found, ...]:
    """Return the places of title and text; remembered for the last few reports."""
    return _read(report.title or "", report.text)


@lru_cache(maxsize=16)
def _read(title: str, text: str) -> tuple[Found, ...]:
    source = gazetteer()
    parts: list[tuple[Field, str]] = [("title", title), ("text", text)]
    candidates: list[tuple[Field, Candidate]] = []
    containers: list[Entry | None] = []
    for within, part in parts:
        found = find_candidates(part, source, shouting=is_shouting(part) if within == "text" else is_shouting(text))
        candidates += [(within, c) for c in found]
        containers += qualifiers(part, found, source)
    choices = choose([c for _, c in candidates], containers, source, shouting=is_shouting(text))
    fields = {id(c): within for within, c in candidates}
    return tuple(_found(choice, fields[id(choice.candidate)]) for choice in choices)


def _found(choice: Choice, within: Field) -> Found:
    c = choice.candidate
    return Found(Span(c.start, c.end, c.text, within), choice.entry, c, choice.guess)


def qualifiers(text: str, found: list[Candidate], source: Gazetteer) -> list[Entry | None]:
    """Return for every candidate the country or unit that the words beside it put it in: "Homs, Syria"."""
    out: list[Entry | None] = []
    for n, candidate in enumerate(found):
        container = abbreviated(text, candidate, source)
        if container is None and n + 1 < len(found):
            following = found[n + 1]
            if QUALIFIER_GAP.fullmatch(text[candidate.end : following.start]):
                container = container_of(candidate, following, source)
        if container is None and n > 0:
            previous = found[n - 1]
            if POSSESSIVE_GAP.fullmatch(text[previous.end : candidate.start]):
                container = container_of(candidate, previous, source)
        out.append(container)
    return out


def abbreviated(text: str, candidate: Candidate, source: Gazetteer) -> Entry | None:
    """Return the state that an abbreviation after a comma names: "Reno, Nev."."""
    short = SHORT.match(text, candidate.end)
    if not short:
        return None
    said = short[1].replace(" ", "")
    named = words().short.get(said) or words().short.get(said.rstrip("."))
    if named is None:
        return None
    units = [e for e in source.entries(fold(named[0])) if e.kind == "1" and e.country == named[1]]
    return units[0] if units else None


def container_of(inner: Candidate, outer: Candidate, source: Gazetteer) -> Entry | None:
    """Return the country or unit of `outer` that has a place named like `inner`."""
    if outer.demonym is not None or inner.demonym is not None:
        return None
    units = [e for e in source.entries(outer.key) if e.kind in "C1"]
    inners = source.entries(inner.key)
    for unit in units:
        if any(lies_in(e, unit) for e in inners):
            return unit
    return None
