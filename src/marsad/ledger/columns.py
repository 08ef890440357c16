"""Flattens an incident into plain columns: all that lists, tolls, charts and maps ask of it, without its reports."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from marsad.ledger.entries import LedgerIncident
from marsad.ledger.tolls import (
    UNKNOWN,
    By,
    actor_words,
    first_day,
    perpetrators_name,
    place_name,
    place_words,
    province_name,
    shares_of,
    standings,
    victim_words,
)
from marsad.model import Figure, Where
from marsad.vocabulary import HARMS, Harm

NO_DAY = 4_000_000
"""The day of an incident that has none: after the last day that Python's calendar knows (3,652,059)."""
BETWEEN = "\x1f"
"""What parts the words by which an incident is found."""


def columns_of(one: LedgerIncident) -> dict[str, Any]:
    """Return an incident's columns; days are ordinals of the proleptic Gregorian calendar, absent words None."""
    day, where = first_day(one), one.where
    victims, victim_split = _key_of(one, "victims")
    source, source_split = _key_of(one, "source")
    split = {"victims": victim_split, "source": source_split}
    return {
        "day": NO_DAY if day is None else day.toordinal(),
        "perpetrators": perpetrators_name(one.perpetrators),
        "place": place_name(one) or None,
        "admin1": (where.admin1 or None) if where else None,
        "country": (where.country or None) if where else None,
        "province": province_name(one),
        "means": one.means,
        "victims": victims,
        "source": source,
        "split": json.dumps({k: v for k, v in split.items() if v}, ensure_ascii=False) if any(split.values()) else None,
        "claim_count": sum(len(member.claims()) for member in one.members),
        "voice_count": len(one.voices),
        "voices": json.dumps(one.voices, ensure_ascii=False),
        "place_words": _words(place_words(one)),
        "actor_words": _words(actor_words(one)),
        "victim_words": _words(victim_words(one)),
        "means_words": _words([one.means]),
        "source_words": _words(member.report.publisher for member in one.members),
        "standings": " ".join(sorted(standings(one))),
        **_point(where),
        **figure_columns(one.tolls),
    }


def figure_columns(tolls: Mapping[Harm, Figure]) -> dict[str, int | None]:
    """Return a column for every harm and bound; None where there is no figure, or no upper end."""
    out: dict[str, int | None] = {}
    for harm in HARMS:
        figure = tolls.get(harm)
        for bound in ("low", "best", "high"):
            out[f"{harm}_{bound}"] = None if figure is None else getattr(figure, bound)
    return out


def wanted_words(words: str) -> str:
    """Return words in the form in which the columns' words are searched."""
    return words.casefold()


def _words(words: Iterable[str | None]) -> str:
    return BETWEEN.join(dict.fromkeys(wanted_words(word) for word in words if word))


def _point(where: Where | None) -> dict[str, Any]:
    """Return where a map draws it; `point` is the same for all incidents that share a circle."""
    if where is None or where.latitude is None or where.longitude is None:
        names = ("point", "latitude", "longitude", "geoprecision", "radius_km")
        return dict.fromkeys(names)
    point = where.gazetteer_id or f"{where.latitude:.3f} {where.longitude:.3f} {where.name}"
    return {
        "point": point,
        "latitude": where.latitude,
        "longitude": where.longitude,
        "geoprecision": where.geoprecision,
        "radius_km": where.radius_km,
    }


def _key_of(one: LedgerIncident, by: By) -> tuple[str | None, list[list[Any]]]:
    """Return the one key that takes the whole toll, or None and the shares: key, harm, low, best, high."""
    shares = shares_of(one, by)
    if len(shares) == 1:
        return shares[0][0] or UNKNOWN, []
    return None, [[key, harm, f.low, f.best, f.high] for key, tolls in shares for harm, f in tolls.items()]
