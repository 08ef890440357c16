"""Turns tellings and links into few bytes and back, so that a database can keep them beside the record."""

import json
import zlib
from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import date
from functools import lru_cache
from typing import Any

from marsad.link.match import Link, Match
from marsad.link.tellings import Scene, Telling, keys_of, told_of

DERIVED = {"keys", "told"}
SETS = {field.name for field in fields(Telling) if str(field.type).startswith("frozenset")} - DERIVED
OPEN = 10_000
"""How many tellings are held open: a third of a gigabyte, where packed they take fifteen megabytes."""


def pack_telling(telling: Telling) -> bytes:
    """Return a telling as compressed JSON."""
    row = {field.name: getattr(telling, field.name) for field in fields(Telling) if field.name not in DERIVED}
    row |= {name: sorted(row[name]) for name in SETS}
    row["scenes"] = [asdict(scene) for scene in telling.scenes]
    return zlib.compress(json.dumps(row, ensure_ascii=False, default=date.isoformat).encode())


def unpack_telling(packed: bytes) -> Telling:
    """Return the telling that was packed."""
    row: dict[str, Any] = json.loads(zlib.decompress(packed))
    row |= {name: frozenset(row[name]) for name in SETS}
    for name in ("published", "anchor"):
        row[name] = _day(row[name])
    row["days"] = row["days"] and tuple(_day(day) for day in row["days"])
    row["scenes"] = tuple(_scene(scene) for scene in row["scenes"])
    return Telling(**row, keys=keys_of(row["vectors"]), told=told_of(row["vectors"]))


def opener() -> Callable[[bytes], Telling]:
    """Return a way to unpack tellings that holds those open which were asked for last."""
    return lru_cache(OPEN)(unpack_telling)


def pack_link(link: Link) -> str:
    """Return a link as JSON."""
    return json.dumps([link.probability, link.reasons, [asdict(one) for one in link.matches]], ensure_ascii=False)


def unpack_link(packed: str) -> Link:
    """Return the link that was packed."""
    probability, reasons, found = json.loads(packed)
    return Link(probability, tuple(reasons), tuple(Match(**one) for one in found))


def _scene(row: dict[str, Any]) -> Scene:
    return Scene(**(row | {"start": _day(row["start"]), "end": _day(row["end"])}))


def _day(day: str | None) -> date | None:
    return None if day is None else date.fromisoformat(day)
