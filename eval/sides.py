"""Measures UCDP's view of incidents: are both sides, and the type of violence, those of UCDP's own coders?

Counted are single events of which the report names both sides: its words are of an actor that the registry counts to
that side, or the side is civilians, whom a report need not call so. What a report does not name nobody can read.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from marsad.model import Report
from marsad.resolve.who import find_actors
from marsad.resolve.who_ucdp import CIVILIANS, sides, ucdp_name

Row = dict[str, Any]


def side_figures(reports: list[Row], gold: list[Row], read: list[Row]) -> Iterator[tuple[str, float]]:
    """Yield the shares of right sides and types, where both sides are named and in all single events."""
    texts, readings = {row["id"]: row for row in reports}, {row["id"]: row for row in read}
    named: list[bool] = []
    types: list[bool] = []
    every: list[bool] = []
    for row in gold:
        if len(row["events"]) != 1:
            continue
        event = row["events"][0]
        incident = main_incident(readings.get(row["id"], {}))
        right = {incident.get("side_a"), incident.get("side_b")} == {event["side_a"], event["side_b"]}
        every.append(right)
        if {event["side_a"], event["side_b"]} <= sides_named(texts[row["id"]]) | {CIVILIANS}:
            named.append(right)
            types.append(incident.get("type_of_violence") == event["type_of_violence"])
    yield f"both sides, where the report names them ({len(named)})", share(named)
    yield "type of violence, where the report names both sides", share(types)
    yield f"both sides, all single events ({len(every)})", share(every)


def sides_named(row: Row) -> set[str]:
    """Return UCDP's names of the sides to which the actors named in a report are counted on its day."""
    day = date.fromisoformat(row["published"][:10]) if row.get("published") else None
    mentions = find_actors(Report(row["id"], row["text"], title=row.get("title"), published=day))
    return {ucdp_name(side) for side in sides([actor for _, actor in mentions], day)}


def main_incident(reading: Row) -> Row:
    """Return the incident with the most killed, of equals the one with the most injured; {} without any."""

    def toll(incident: Row) -> tuple[int, int]:
        killed, injured = ((incident.get(harm) or {}).get("best", 0) for harm in ("killed", "injured"))
        return killed, injured

    return max(reading.get("incidents") or [], key=toll, default={})


def share(right: list[bool]) -> float:
    """Return the share of what is right; 0 of nothing."""
    return sum(right) / len(right) if right else 0.0
