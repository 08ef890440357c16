"""Marsad's own plain columns of an incident: what HXL, Parquet, DuckDB and SQLite files hold."""

from collections.abc import Sequence

from marsad.export.codes import country_of
from marsad.export.entries import Entry, Party, Running
from marsad.export.table import Value
from marsad.vocabulary import HARMS

BOUNDS = ("low", "best", "high")
INTEGERS = frozenset(
    {"date_prec", "geoprecision", "prio_grid", "type_of_violence", "sources"}
    | {f"{harm}_{bound}" for harm in (*HARMS, "killed_civilians", "killed_combatants") for bound in BOUNDS}
)
REALS = frozenset({"latitude", "longitude", "radius_km"})
DAYS = frozenset({"start", "end"})
COLUMNS = (
    "id", "type", "start", "end", "date_prec", "place", "admin1", "admin2", "country", "country_code", "pcode",
    "latitude", "longitude", "geoprecision", "radius_km", "prio_grid", "perpetrators", "victims", "side_a", "side_b",
    "type_of_violence", "means",
    *(f"{harm}_{bound}" for harm in HARMS for bound in BOUNDS),
    *(f"killed_{who}_{bound}" for who in ("civilians", "combatants") for bound in BOUNDS),
    "sources", "reviewed",
)  # fmt: skip
SOURCE_COLUMNS = ("incident", "report", "publisher", "title", "url", "published", "language")
CLAIM_COLUMNS = (
    "incident", "claim", "report", "harm", "low", "best", "high", "qualifier", "scope", "modality", "within", "start",
    "end", "quote", "words", "victims", "voice",
)  # fmt: skip
RUNNING_COLUMNS = (
    "claim", "report", "publisher", "published", "harm", "low", "best", "high", "scope", "from", "until", "country",
    "admin1", "quote",
)  # fmt: skip


def row_of(one: Entry) -> dict[str, Value]:
    """Return one incident as plain columns; numbers stay numbers, days stay days."""
    place, country = one.place, country_of(one.place.country)
    row: dict[str, Value] = {
        "id": one.id,
        "type": one.type,
        "start": one.start,
        "end": one.end,
        "date_prec": one.date_prec,
        "place": place.name,
        "admin1": place.admin1,
        "admin2": place.admin2,
        "country": country.name if country else place.country,
        "country_code": country.iso3 if country else place.country,
        "pcode": place.pcode,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "geoprecision": place.geoprecision,
        "radius_km": place.radius_km,
        "prio_grid": place.prio_grid,
        "perpetrators": names_of([p for p in one.perpetrators if p.basis != "denied"]),
        "victims": names_of(one.victims),
        "side_a": one.side_a,
        "side_b": one.side_b,
        "type_of_violence": one.type_of_violence,
        "means": one.means,
        "sources": one.source_count,
        "reviewed": one.reviewed,
    }
    figures = {**{harm: one.tolls.get(harm) for harm in HARMS}}
    for name, figure in figures.items():
        row |= {f"{name}_{bound}": getattr(figure, bound) if figure else None for bound in BOUNDS}
    for who, figure in (("civilians", one.killed_civilians), ("combatants", one.killed_combatants)):
        row |= {f"killed_{who}_{bound}": getattr(figure, bound) if figure else None for bound in BOUNDS}
    return row


def source_rows(entries: Sequence[Entry]) -> list[dict[str, Value]]:
    """Return which reports tell of which incident."""
    return [
        {
            "incident": one.id,
            "report": source.id,
            "publisher": source.publisher,
            "title": source.title,
            "url": source.url,
            "published": source.published,
            "language": source.language,
        }
        for one in entries
        for source in one.sources
    ]


def claim_rows(entries: Sequence[Entry]) -> list[dict[str, Value]]:
    """Return the claims that the incidents rest on, with the place of their words; the words where they are let out."""
    return [
        {
            "incident": one.id,
            "claim": told.ref,
            "report": told.source,
            "harm": told.harm,
            "low": told.figure.low,
            "best": told.figure.best,
            "high": told.figure.high,
            "qualifier": told.qualifier,
            "scope": told.scope,
            "modality": told.modality,
            "within": told.within,
            "start": told.start,
            "end": told.end,
            "quote": told.quote,
            "words": told.words,
            "victims": told.victims,
            "voice": told.voice,
        }
        for one in entries
        for told in one.claims
    ]


def running_rows(running: Sequence[Running]) -> list[dict[str, Value]]:
    """Return the running totals that stand beside the incidents."""
    return [
        {
            "claim": one.told.ref,
            "report": one.source.id,
            "publisher": one.source.publisher,
            "published": one.source.published,
            "harm": one.told.harm,
            "low": one.told.figure.low,
            "best": one.told.figure.best,
            "high": one.told.figure.high,
            "scope": one.told.scope,
            "from": one.start,
            "until": one.end,
            "country": one.country,
            "admin1": one.admin1,
            "quote": one.told.quote,
        }
        for one in running
    ]


def names_of(parties: Sequence[Party]) -> str | None:
    """Return parties as one cell."""
    return "; ".join(dict.fromkeys(party.name for party in parties)) or None
