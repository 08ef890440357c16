"""Figures, times, places and running totals of the ledger in words, short enough for a cell of a table."""

from marsad.ledger import RunningTotal
from marsad.ledger.differences import Difference
from marsad.model import Claim, Figure, Report, When, Where


def figure_words(figure: Figure | None) -> str:
    """Return a figure for reading: 1,027; 20-30 (25) with the best in brackets, or 35+ where it is open upwards."""
    if figure is None:
        return ""
    if figure.high is None:
        return f"{figure.best:,}+" if figure.low == figure.best else f"{figure.low:,}-{figure.best:,}+"
    if figure.low == figure.high:
        return f"{figure.best:,}"
    return f"{figure.low:,}-{figure.high:,} ({figure.best:,})"


def when_words(when: When | None) -> str:
    """Return a time for reading: its day, its days, or the report's words where they mean no date."""
    if when is None:
        return ""
    if when.start is None or when.end is None:
        return when.text or ""
    return when.start.isoformat() if when.start == when.end else f"{when.start} to {when.end}"


def where_words(where: Where | None) -> str:
    """Return a place for reading: its name, its province and its country."""
    if where is None:
        return ""
    parts = [where.name or where.text, where.admin1 if where.admin1 != where.name else None, where.country]
    return ", ".join(part for part in parts if part)


def provenance_words(report: Report) -> str:
    """Return the file or address that a report came from and what says its day; nothing where neither is known."""
    parts = [f"read from {report.source}"] if report.source else []
    if dated := report.dated:
        parts.append(f"day by {dated.by} ({dated.certainty:.0%} sure)")
        parts += dated.against
    return "; ".join(parts)


def running_words(one: RunningTotal) -> str:
    """Return a running total for reading: its words, harm, window and source, and the report that gave it."""
    claim, report = one.claim, one.report
    window = when_words(claim.when)
    told = ", ".join(part for part in (report.publisher, str(report.published or "")) if part)
    who = f" according to {claim.according_to.text}" if claim.according_to else ""
    return f"{one.id}: {claim.count.words} {claim.harm}{', ' + window if window else ''}{who} ({claim.scope}; {told})"


def difference_words(one: Difference) -> str:
    """Return for reading what a new reading says otherwise: the quoted words, and what moved."""
    if one.before is None and one.after is not None:
        return f"now read: {_claim_words(one.after)}"
    if one.after is None and one.before is not None:
        return f"no longer read: {_claim_words(one.before)}"
    assert one.before is not None and one.after is not None
    moved = ", ".join(one.fields)
    return f"read otherwise ({moved}): {_claim_words(one.before)} -> {_claim_words(one.after)}"


def _claim_words(claim: Claim) -> str:
    count = Figure(claim.count.low, claim.count.best, claim.count.high)
    return f"{figure_words(count)} {claim.harm}, “{claim.span.quote}”"
