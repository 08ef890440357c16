"""Keeps what each row of every whole toll comes to, so that a toll of a million incidents is read and not added up."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from marsad.ledger.columns import NO_DAY
from marsad.ledger.tolls import UNKNOWN, By, week_of
from marsad.store.kept_source import chunks
from marsad.store.kept_sums import Sums, sums_of
from marsad.store.kept_tables import KEPT_TOTALS

KEYS: dict[By, str] = {
    "perpetrator": "perpetrators", "place": "place", "country": "country", "admin1": "province", "means": "means",
    "victims": "victims", "source": "source", "day": "day", "week": "day", "month": "day", "year": "day",
}  # fmt: skip
"""Which column holds the key of a toll; of victims and source it is empty where an incident is split over several."""
SPLITTING: tuple[By, ...] = ("victims", "source")
BASES: tuple[By, ...] = ("perpetrator", "place", "country", "admin1", "means", "victims", "source", "day")
"""The properties whose rows are kept; weeks, months and years are made of days."""
ALL = "all"
Counts = dict[str, int]


def key_of(by: By, value: str | int | None) -> str:
    """Return the key of a toll's row for what stands in the column of its property."""
    if not isinstance(value, int):
        return value or UNKNOWN
    return UNKNOWN if value == NO_DAY else _part_of(by, date.fromordinal(value))


def shares_of_row(columns: Mapping[str, Any], by: By) -> list[list[Any]]:
    """Return the shares of an incident that is split over several keys: key, harm, low, best, high."""
    if by not in SPLITTING or columns[KEYS[by]] is not None:
        return []
    found: list[list[Any]] = json.loads(columns["split"])[by]
    return found


def split_sums(shares: list[list[Any]]) -> Iterator[tuple[str, Sums]]:
    """Yield every key of a split incident once, with what falls to it."""
    found: dict[str, Sums] = {}
    for key, harm, low, best, high in shares:
        found.setdefault(key, Sums()).add(Sums({harm: (1, int(high is None), low, best, high or 0)}))
    yield from found.items()


class Totals:
    """What is added to and taken from the rows of tolls, until it is written."""

    def __init__(self) -> None:
        self._moved: dict[tuple[str, str], tuple[int, Sums]] = {}

    def add(self, columns: Mapping[str, Any]) -> None:
        """Add an incident by its columns."""
        self._move(columns, 1)

    def take(self, columns: Mapping[str, Any]) -> None:
        """Take an incident away."""
        self._move(columns, -1)

    def write(self, connection: Connection) -> None:
        """Put what moved into the table."""
        names = {_name(*row): row for row in self._moved}
        for chunk in chunks(sorted(names)):
            known = {
                row.name: row for row in connection.execute(select(KEPT_TOTALS).where(KEPT_TOTALS.c.name.in_(chunk)))
            }
            rows = []
            for name in chunk:
                number, sums = self._moved[names[name]]
                if name in known:
                    number += known[name].incidents
                    sums.add(Sums.unpacked(known[name].sums))
                if number:
                    by, key = names[name]
                    rows.append({"name": name, "by": by, "key": key, "incidents": number, "sums": sums.packed()})
            connection.execute(delete(KEPT_TOTALS).where(KEPT_TOTALS.c.name.in_(known)))
            if rows:
                connection.execute(insert(KEPT_TOTALS), rows)
        self._moved.clear()

    def _move(self, columns: Mapping[str, Any], sign: int) -> None:
        whole = sums_of(columns)
        self._put(ALL, "", whole, sign)
        for by in BASES:
            shares = shares_of_row(columns, by)
            if shares:
                for key, sums in split_sums(shares):
                    self._put(by, key, sums, sign)
            else:
                self._put(by, key_of(by, columns[KEYS[by]]), whole, sign)

    def _put(self, by: str, key: str, sums: Sums, sign: int) -> None:
        number, known = self._moved.get((by, key), (0, Sums()))
        (known.add if sign > 0 else known.take)(sums)
        self._moved[by, key] = (number + sign, known)


def totals_of(connection: Connection, by: By) -> tuple[Counts, dict[str, Sums]]:
    """Return per row of a toll of all incidents how many there are, and what they come to."""
    counts: Counts = {}
    sums: dict[str, Sums] = {}
    base = by if by in BASES else "day"
    for row in connection.execute(select(KEPT_TOTALS).where(KEPT_TOTALS.c.by == base)):
        key = row.key if by in BASES or row.key == UNKNOWN else _part_of(by, date.fromisoformat(row.key))
        counts[key] = counts.get(key, 0) + row.incidents
        sums.setdefault(key, Sums()).add(Sums.unpacked(row.sums))
    return counts, sums


def count_of_all(connection: Connection) -> int:
    """Return how many incidents stand."""
    return connection.execute(select(KEPT_TOTALS.c.incidents).where(KEPT_TOTALS.c.by == ALL)).scalar() or 0


def _part_of(by: By, day: date) -> str:
    words = (week_of(day) if by == "week" else day).isoformat()
    return words[: {"month": 7, "year": 4}.get(by, 10)]


def _name(by: str, key: str) -> str:
    # A key may be a report's own long words, more than PostgreSQL takes into an index.
    return hashlib.sha256(f"{by}:{key}".encode("utf-8", "surrogatepass")).hexdigest()
