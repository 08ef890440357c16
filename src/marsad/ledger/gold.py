"""Makes gold of what people judged: reports with accepted and corrected values, in the form that is measured against.

Only what somebody looked at is in it. A report whose whole reading was accepted is gold as a whole; of any other the
row says `"judged": "some"`, and every claim says which of its fields were judged (docs/evaluation.md).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from marsad.ledger.accepted import WHOLE_READING, Acceptance, acceptances, claim_words, standing
from marsad.ledger.entries import Ledger, LedgerIncident
from marsad.ledger.names import place_of
from marsad.ledger.record import Member, RecordedReading, claim_ref
from marsad.ledger.revise import Revised, recounted, when_of
from marsad.model import Breakdown, Claim, Figure, Report, Revision

Row = dict[str, Any]
EVERYTHING = (
    "number", "qualifier", "status", "scope", "modality", "perpetrator", "according to", "date", "country", "admin1",
    "place words",
)  # fmt: skip
"""What an acceptance of a claim judges: all that its words on the page show."""


@dataclass(frozen=True, slots=True)
class Gold:
    """Reports and what people judged in each, row by row, in the order of the reports' keys."""

    reports: tuple[Row, ...]
    codings: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Judged:
    """What people said since a reading was recorded, ready to be looked up."""

    accepted: Mapping[str, tuple[Acceptance, ...]]
    revised: Revised
    incidents: Mapping[str, Mapping[str, tuple[LedgerIncident, Member]]]


def gold_of(ledger: Ledger) -> Gold:
    """Return the gold that a ledger's people made; words on a reading that a newer one overtook are left out."""
    accepted = acceptances(ledger.revisions)
    touched = _touched(ledger)
    incidents = [one for one in ledger.incidents if one.id in touched] if touched else []
    # Only these reports are opened: of a large ledger people judge a small part.
    about = {word.of.partition("/")[0] for word in ledger.revisions}
    about |= {member.recorded.report_key[:12] for one in incidents for member in one.members}
    recorded = {key[:12]: ledger.readings[key] for key in ledger.readings if key[:12] in about}
    judged = _Judged(
        {of: tuple(w for w in words if _is_of_today(of, w, recorded)) for of, words in accepted.items()},
        Revised((word.of, word) for word in ledger.revisions if _is_of_today(word.of, word, recorded)),
        _incidents(incidents, accepted),
    )
    made = [(one, row) for one in recorded.values() if (row := _coding(one, judged))]
    return Gold(tuple(_report(row["doc"], one.reading.report) for one, row in made), tuple(row for _, row in made))


def whole_words(recorded: RecordedReading) -> str:
    """Return what is accepted of a whole report; it names the reading, so that a new one is not accepted with it."""
    return f"{WHOLE_READING} (reading {recorded.key[:12]})"


def _is_of_today(of: str, word: Revision | Acceptance, recorded: Mapping[str, RecordedReading]) -> bool:
    # A new reading may number the claims otherwise: a word from before it was said of other claims.
    one = recorded.get(of.partition("/")[0])
    return one is None or one.recorded <= word.made


def _touched(ledger: Ledger) -> set[str]:
    """Return the incidents of which people said something."""
    return {heir for word in ledger.revisions if (heir := ledger.heirs.get(word.of)) is not None}


def _incidents(
    incidents: Iterable[LedgerIncident], accepted: Mapping[str, tuple[Acceptance, ...]]
) -> dict[str, dict[str, tuple[LedgerIncident, Member]]]:
    """Return, per report, the incidents on whose figure people said their word, each with the report's own telling."""
    found: dict[str, dict[str, tuple[LedgerIncident, Member]]] = {}
    for one in incidents:
        # A figure that a person set for several reports at once says of none of them what it tells.
        if (len(one.members) == 1 and one.revisions) or standing(accepted, one):
            member = one.member(one.chosen.get("killed", one.members[0].id))
            found.setdefault(member.recorded.report_key[:12], {})[member.incident.id] = (one, member)
    return found


def _coding(recorded: RecordedReading, judged: _Judged) -> Row | None:
    """Return the gold row of one report; None where nobody judged anything in it."""
    key, reading = recorded.report_key[:12], recorded.reading
    is_whole = any(word.what == whole_words(recorded) for word in judged.accepted.get(key, ()))
    claims = [row for claim in reading.claims if (row := _claim(key, claim, judged, is_whole))]
    rejected = [_rejected(claim) for claim in reading.claims if judged.revised.withdraws(claim_ref(key, claim.id))]
    kept = {row["id"] for row in claims}
    incidents = list(_incident_rows(key, recorded, judged, is_whole, kept))
    if not (is_whole or claims or rejected or incidents):
        return None
    return {
        "doc": key,
        "judged": "all" if is_whole else "some",
        "claims": claims,
        "rejected": rejected,
        "breakdowns": [row for b in reading.breakdowns if is_whole and (row := _breakdown(b, kept))],
        "restatements": [[p.first, p.later] for p in reading.restatements if is_whole and {p.first, p.later} <= kept],
        "incidents": incidents,
    }


def _claim(key: str, claim: Claim, judged: _Judged, is_whole: bool) -> Row | None:
    ref = claim_ref(key, claim.id)
    if judged.revised.withdraws(ref):
        return None
    word = judged.revised.count(ref)
    now = recounted(claim, word)
    accepted = any(each.what == claim_words(now) for each in judged.accepted.get(ref, ()))
    if not (is_whole or accepted or word):
        return None
    row = _claim_row(now, _days_and_place(key, claim, judged))
    return {**row, "judged": [*EVERYTHING] if is_whole or accepted else ["number"]}


def _claim_row(claim: Claim, corrected: Row) -> Row:
    where, when = claim.where, claim.when
    row: Row = {
        "id": claim.id,
        "start": claim.span.start,
        "end": claim.span.end,
        "words": claim.span.quote,
        "harm": claim.harm,
        "stated": claim.count.stated,
        "stated_high": claim.count.stated_high,
        "qualifier": claim.count.qualifier,
        "status": claim.victims.status,
        "perpetrators": [one.text for one in claim.perpetrators],
        "date": [str(when.start), str(when.end)] if when and when.start and when.end else None,
        "place": where.text if where else None,
        "country": where.country if where else None,
        "admin1": where.admin1 if where else None,
        "according_to": claim.according_to.text if claim.according_to else None,
        "scope": claim.scope,
        "modality": claim.modality,
    }
    if claim.span.within == "title":
        row["in"] = "title"
    return {**row, **corrected}


def _days_and_place(key: str, claim: Claim, judged: _Judged) -> Row:
    """Return the day and the units that a person put into the one incident that a claim tells of."""
    out: Row = {}
    for one, member in judged.incidents.get(key, {}).values():
        if claim.id in member.incident.claims and len(one.members) == 1:
            words = {word.field: word.value for word in one.revisions}
            if "when" in words:
                when = when_of(words["when"])
                out["date"] = [str(when.start), str(when.end)]
            if "where" in words and (where := place_of(words["where"])):
                out |= {"country": where.country, "admin1": where.admin1}
    return out


def _rejected(claim: Claim) -> Row:
    return {"id": claim.id, "start": claim.span.start, "end": claim.span.end, "harm": claim.harm,
            "stated": claim.count.stated}  # fmt: skip


def _breakdown(one: Breakdown, kept: set[str]) -> Row | None:
    parts = [part for part in one.parts if part in kept]
    return {"total": one.total, "parts": parts, "kind": one.kind} if one.total in kept and parts else None


def _incident_rows(
    key: str, recorded: RecordedReading, judged: _Judged, is_whole: bool, kept: set[str]
) -> Iterator[Row]:
    for incident in recorded.reading.incidents:
        judged_here = judged.incidents.get(key, {}).get(incident.id)
        claims = [name for name in incident.claims if name in kept]
        if claims and (is_whole or judged_here):
            killed = _killed(*judged_here) if judged_here else incident.tolls.get("killed")
            perpetrators = [p.text for p in incident.perpetrators]
            place = incident.where.text if incident.where else None
            yield {"claims": claims, "killed": _range(killed), "perpetrators": perpetrators, "place": place}


def _killed(one: LedgerIncident, member: Member) -> Figure | None:
    """Return how many a report's incident killed: what a person set, where no other tells of it, else its own."""
    was_set = len(one.members) == 1 and any(word.field == "killed" for word in one.revisions)
    return (one if was_set else member.incident).tolls.get("killed")


def _range(figure: Figure | None) -> list[int | None] | None:
    return None if figure is None else [figure.low, figure.high]


def _report(doc: str, report: Report) -> Row:
    published = None if report.published is None else report.published.isoformat()
    return {
        "id": doc, "title": report.title, "publisher": report.publisher, "url": report.url,
        "language": report.language, "published": published, "text": report.text,
    }  # fmt: skip
