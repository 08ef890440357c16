"""Reads claims that somebody gives: in the contract's form, or as annotated by people (offsets, attributes)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from marsad.contract import claim_from_json
from marsad.errors import BadInputError
from marsad.model import Claim, Count, Perpetrator, Report, Span, Victims, Voice, When, Where
from marsad.vocabulary import DatePrecision

VAGUE_LEAST: tuple[tuple[str, int], ...] = (
    ("thousand", 2000),
    ("hundred", 200),
    ("scores", 40),
    ("dozens", 24),
    ("several", 3),
    ("many", 3),
)
"""The least that a vague word means (docs/contract.md); a bare plural is 2."""

Row = Mapping[str, Any]


def claims_given(row: Row, report: Report) -> tuple[Claim, ...]:
    """Return the claims of one report, given in either form; BadInputError names the report and the claim at fault."""
    out = []
    for claim in row.get("claims") or ():
        try:
            out.append(claim_from_json(dict(claim)) if "count" in claim else annotated_claim(claim, report))
        except (KeyError, TypeError, ValueError) as fault:
            place = f"report {report.id}, claim {claim.get('id', '?')}"
            raise BadInputError(f"{place}: not a claim in either known form ({fault!r})") from fault
    return tuple(out)


def annotated_claim(row: Row, report: Report) -> Claim:
    """Return the claim that an annotator's row describes: offsets, stated number, qualifier and attributes."""
    start, end = row["start"], row["end"]
    quote = report.text[start:end]
    return Claim(
        id=row["id"],
        span=Span(start, end, quote),
        harm=row["harm"],
        count=count_of(quote, row.get("stated"), row.get("stated_high"), row["qualifier"]),
        victims=Victims(row.get("victims"), row.get("status") or "unknown"),
        perpetrators=tuple(Perpetrator(p, row.get("basis") or "asserted") for p in row.get("perpetrators") or ()),
        when=_when(row),
        where=_where(row),
        according_to=Voice(row["according_to"]) if row.get("according_to") else None,
        means=row.get("means"),
        scope=row["scope"],
        modality=row["modality"],
        extractor="given",
    )


def count_of(words: str, stated: int | None, stated_high: int | None, qualifier: Any) -> Count:
    """Return the count that a stated number and its qualifier mean (docs/contract.md)."""
    if stated is None:
        low = next((least for word, least in VAGUE_LEAST if word in words.lower()), 2)
        return Count(words, None, "vague", low, low, None)
    low, high = stated, stated if stated_high is None else stated_high
    open_above = qualifier in ("at_least", "more_than")
    if qualifier == "more_than":
        low = stated + 1
    elif qualifier in ("up_to", "less_than"):
        low, high = 0, stated - (qualifier == "less_than")
    best = high if qualifier in ("up_to", "less_than") else low
    return Count(words, stated, qualifier, low, best, None if open_above else max(high, best), stated_high)


def _when(row: Row) -> When | None:
    days = row.get("date") or (None, None)
    start, end = (date.fromisoformat(day) if day else None for day in days)
    if not row.get("date_words") and start is None:
        return None
    precision: DatePrecision = "unknown" if start is None else "day" if start == end else "days"
    return When(row.get("date_words"), start, end, precision)


def _where(row: Row) -> Where | None:
    if not row.get("place") and not row.get("country"):
        return None
    return Where(row.get("place"), country=row.get("country"), admin1=row.get("admin1"))
