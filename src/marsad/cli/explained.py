"""Writes explanations of place names, for `marsad places --explain` and `marsad read --explain`."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from marsad.model import Report, Where


def explain_lines(report: Report) -> Iterator[str]:
    """Yield for every name a line of what it was taken for, one of why, and one for each rejected candidate."""
    from marsad.resolve.where_explain import explain_places

    for one in explain_places(report):
        title = " of the title" if one.span.within == "title" else ""
        yield f"{' '.join(one.span.quote.split())}  ({one.span.start}-{one.span.end}{title})  {_taken_for(one.where)}"
        yield f"    {one.why}"
        yield from (f"    not {other.place}: {other.why}" for other in one.rejected)


def explain_rows(report: Report) -> Iterator[str]:
    """Yield one JSON object per name."""
    yield from (json.dumps(row, ensure_ascii=False) for row in explained(report))


def explained(report: Report) -> list[dict[str, Any]]:
    """Return the explanations as JSON objects: the words, what they were taken for or null, why, what was rejected."""
    from marsad.resolve.where_explain import explain_places

    return [
        {
            "start": one.span.start,
            "end": one.span.end,
            "in": one.span.within,
            "text": one.span.quote,
            "name": one.where.name if one.where else None,
            "country": one.where.country if one.where else None,
            "admin1": one.where.admin1 if one.where else None,
            "gazetteer_id": one.where.gazetteer_id if one.where else None,
            "why": one.why,
            "rejected": [asdict(other) for other in one.rejected],
        }
        for one in explain_places(report)
    ]


def _taken_for(where: Where | None) -> str:
    if where is None:
        return "no place"
    if where.name is None:
        return "a place that the gazetteer does not know"
    units = [u for u in (where.admin1, where.country) if u and u != where.name]
    return f"{', '.join([where.name, *units])} [{where.gazetteer_id}]"
