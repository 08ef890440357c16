"""Derives the ledger from the record: which incidents there are, and what their figures come to, as of a moment."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from marsad.ledger.entries import Ledger, LedgerIncident, RunningTotal
from marsad.ledger.ground import ground, renamed
from marsad.ledger.names import corrected_reading, names_of
from marsad.ledger.policy import Policy, Word, choose
from marsad.ledger.record import Member, RecordedReading, claim_ref
from marsad.ledger.revise import Revised, as_people_say, recounted, revise
from marsad.ledger.sayings import words_of
from marsad.ledger.voices import voices_of
from marsad.link.cluster import cluster
from marsad.model import Figure, Judgement, Revision, When, Where
from marsad.vocabulary import HARMS, Harm


def build_ledger(
    readings: Sequence[RecordedReading],
    judgements: Sequence[Judgement] = (),
    revisions: Sequence[Revision] = (),
    policy: Policy = "newest",
    as_of: datetime | None = None,
) -> Ledger:
    """Return the ledger as of a moment (None: all that was recorded); a pure function of what it is given."""
    known = [one for one in readings if as_of is None or one.recorded <= as_of]
    said = [one for one in judgements if as_of is None or one.made <= as_of]
    revised = [one for one in revisions if as_of is None or one.made <= as_of]
    if names := names_of(revised):
        known = [corrected_reading(one, names) for one in known]
    base = ground(known, said, revised)
    members, parts, aliases = base.members, base.parts, base.aliases
    said = [renamed(one, aliases) for one in said]
    words = Revised(base.words)
    groups = cluster(members, said, {m.id: m.recorded.report_key for m in members.values()})
    made = [incident_of([members[name] for name in group], policy, words) for group in groups]
    kept = sorted((one for one, stands in made if stands), key=order_of)
    heirs = {m.id: one.id for one in kept for m in one.members}
    heirs.update({was: heirs[now] for was, now in aliases.items() if now in heirs})
    return Ledger(
        as_of,
        policy,
        tuple(kept),
        running_of(base.standing.values(), words),
        heirs,
        base.standing,
        tuple(said),
        tuple(sorted((one for one, stands in made if not stands), key=order_of)),
        {was: now for was, now in parts.items() if len(now) > 1},
        tuple(revised),
    )


def incident_of(group: Sequence[Member], policy: Policy, revised: Revised) -> tuple[LedgerIncident, bool]:
    """Return the incident that a group of members comes to, and whether it stands: withdrawn ones do not."""
    left = [m for m in (as_people_say(member, revised) for member in group) if m is not None]
    stands = bool(left) and not any(revised.withdraws(member.id) for member in group)
    members = tuple(sorted(left or group, key=lambda m: (m.told, m.id)))
    voices = voices_of(members)
    tolls, chosen = _tolls(members, policy, voices)
    newest_first = members[::-1]
    derived = LedgerIncident(
        id=members[0].id,
        members=members,
        type=_most(m.incident.type for m in newest_first),
        rule=policy,
        tolls=tolls,
        chosen=chosen,
        voices=tuple(sorted(set(voices.values()))),
        killed_civilians=_beside(members, policy, voices, "killed_civilians"),
        killed_combatants=_beside(members, policy, voices, "killed_combatants"),
        when=_closest_when(newest_first),
        where=_closest_where(newest_first),
        perpetrators=next((m.incident.perpetrators for m in newest_first if m.incident.perpetrators), ()),
        victims=next((m.incident.victims for m in newest_first if m.incident.victims), ()),
        means=next((m.incident.means for m in newest_first if m.incident.means), None),
    )
    return revise(derived, revised), stands


def _tolls(
    members: Sequence[Member], policy: Policy, voices: Mapping[str, str]
) -> tuple[dict[Harm, Figure], dict[Harm, str]]:
    tolls: dict[Harm, Figure] = {}
    chosen: dict[Harm, str] = {}
    for harm in HARMS:
        words = words_of(members, voices, harm)
        if words:
            tolls[harm], word = choose(words, policy)
            chosen[harm] = word.member
    return tolls, chosen


def _beside(members: Sequence[Member], policy: Policy, voices: Mapping[str, str], name: str) -> Figure | None:
    figures = [(m, getattr(m.incident, name)) for m in members]
    words = [Word(voices[m.id], m.told, figure, m.id) for m, figure in figures if figure is not None]
    return choose(words, policy)[0] if words else None


_DATE_RANK = {"day": 0, "days": 1, "week": 2, "month": 3, "year": 4, "since": 5, "unknown": 6}


def _closest_when(members: Sequence[Member]) -> When | None:
    """Return the most precise time; among equals the one that most reports give, then the newest report's."""
    times = [m.incident.when for m in members if m.incident.when is not None]
    votes = Counter((when.start, when.end) for when in times)
    return min(times, key=lambda w: (_DATE_RANK[w.precision], -votes[w.start, w.end]), default=None)


def _closest_where(members: Sequence[Member]) -> Where | None:
    """Return the most exact place by UCDP's where_prec; among equals the one that most reports give."""
    places = [m.incident.where for m in members if m.incident.where is not None]
    votes = Counter(where.gazetteer_id or where.name for where in places)
    return min(places, key=lambda w: (w.geoprecision or 9, -votes[w.gazetteer_id or w.name]), default=None)


def _most(values: Iterable[str]) -> str:
    # Counter keeps the order of first sight, which is the newest report's: it decides ties.
    return Counter(values).most_common(1)[0][0]


def running_of(standing: Iterable[RecordedReading], revised: Revised) -> tuple[RunningTotal, ...]:
    """Return the running totals of readings that stand, with the counts that people gave, without withdrawn ones."""
    found = [
        RunningTotal(ref, one.reading.report, recounted(claim, revised.count(ref)))
        for one in standing
        for claim in one.reading.claims
        if claim.scope in ("period", "cumulative") and claim.modality == "asserted"
        for ref in [claim_ref(one.report_key, claim.id)]
    ]
    return tuple(one for one in found if not revised.withdraws(one.id))


def order_of(incident: LedgerIncident) -> tuple[str, str]:
    """Return what puts a ledger's incidents in order: the first day, those without a day last; then the id."""
    start = incident.when and (incident.when.start or incident.when.end)
    return (start.isoformat() if start else "9999"), incident.id
