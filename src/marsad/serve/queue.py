"""What needs a person's look, the weightiest first: doubtful pairs, disputed or doubtful figures, warned readings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from marsad.ledger import Ledger, LedgerIncident, Policy, trace
from marsad.ledger.accepted import Acceptance, acceptances, standing
from marsad.ledger.gold import whole_words
from marsad.link.cluster import by_person, pair_of, standing_words
from marsad.model import Judgement
from marsad.serve.cases import (
    Case,
    Doubt,
    IncidentCase,
    PairCase,
    Reason,
    ReportCase,
    dead,
    dispute,
    doubt_reasons,
    is_doubtful,
    lives,
)
from marsad.serve.desk import Shelf
from marsad.serve.facts import Gathered, gathered_of
from marsad.serve.memory import memory_of


def queue_of(shelf: Shelf, policy: Policy) -> list[Case]:
    """Return everything that waits, the weightiest first, made once until something is recorded."""
    gathered = gathered_of(shelf)
    return shelf.kept(("queue", policy, gathered.version), lambda: _queue(shelf, policy, gathered))


def waiting(shelf: Shelf, as_of: datetime | None, policy: Policy) -> list[PairCase]:
    """Return the pairs that wait for a word, the weightiest first."""

    def make() -> list[PairCase]:
        ledger = shelf.ledger(as_of, policy)
        words = standing_words(ledger.judgements).values() if as_of else memory_of(shelf).doubtful(shelf.words())
        return pairs_of(ledger, words, incidents_of(shelf, as_of, policy))

    return shelf.kept(("pairs", as_of, policy), make)


def incidents_of(shelf: Shelf, as_of: datetime | None, policy: Policy) -> dict[str, LedgerIncident]:
    """Return the incidents of a moment by their ids, looked at once until something is recorded."""
    return shelf.kept(
        ("incidents", as_of, policy), lambda: {one.id: one for one in shelf.ledger(as_of, policy).incidents}
    )


def disputed(shelf: Shelf, policy: Policy) -> list[LedgerIncident]:
    """Return the incidents whose sources differ widely on the dead, the widest gap first."""

    def make() -> list[LedgerIncident]:
        found = filter(dispute, incidents_of(shelf, None, policy).values())
        return sorted(found, key=lambda one: (-dispute(one), one.id))

    return shelf.kept(("disputed", policy), make)


def case_of(shelf: Shelf, policy: Policy, key: str) -> Case | None:
    """Return the case of that key, also one that waits no longer; None where it leads to nothing today."""
    version = gathered_of(shelf).version
    known = shelf.kept(("cases", policy, version), lambda: {case.key: case for case in queue_of(shelf, policy)})
    if key in known:
        return known[key]
    ledger = shelf.ledger(None, policy)
    kind, _, ends = key.partition(":")
    if kind == "pair" and ends.count("+") == 1:
        return _asked_pair(ledger, *ends.split("+"))
    if kind == "incident" and (one := incident_by_id(ledger, ends)):
        return IncidentCase(one, (), lives(one))
    name = next((name for name in ledger.readings if kind == "report" and name[:12] == ends), None)
    return None if name is None else ReportCase(name, ledger.readings[name].reading.warnings)


def incident_by_id(ledger: Ledger, name: str) -> LedgerIncident | None:
    """Return the incident that answers for an id today; None where none does."""
    if name not in ledger.heirs:
        return None
    found = trace(ledger, name).incidents
    return found[0] if len(found) == 1 else None


def _queue(shelf: Shelf, policy: Policy, gathered: Gathered) -> list[Case]:
    ledger = shelf.ledger(None, policy)
    accepted = acceptances(shelf.words().revisions)
    doubts = _doubts(ledger, gathered)
    incidents = incidents_of(shelf, None, policy)
    checked = memory_of(shelf).checked(policy, incidents.values())
    cases: list[Case] = [
        *waiting(shelf, None, policy),
        *_incident_cases(ledger, accepted, doubts, [(one, checked.get(name, ())) for name, one in incidents.items()]),
        *_report_cases(ledger, accepted, gathered),
    ]
    return sorted(cases, key=lambda case: (-case.weight, case.key))


def _doubts(ledger: Ledger, gathered: Gathered) -> dict[str, list[Doubt]]:
    """Return, per incident of today, what its readings make doubtful: a confidence with "", or None with a warning."""
    found: dict[str, list[Doubt]] = {}
    for facts in gathered.facts.values():
        for name, sure in facts.doubtful:
            if (heir := ledger.heirs.get(name)) is not None:
                found.setdefault(heir, []).append((sure, ""))
        for name in facts.incidents if facts.warnings else ():
            if (heir := ledger.heirs.get(name)) is not None:
                found.setdefault(heir, []).extend((None, words) for words in facts.warnings)
    return found


def pairs_of(ledger: Ledger, standing: Iterable[Judgement], by_id: Mapping[str, LedgerIncident]) -> list[PairCase]:
    """Return the pairs that no person has judged and the program is unsure of, the weightiest first."""
    cases: dict[tuple[str, str], PairCase] = {}
    for word in standing:
        if not is_doubtful(word):
            continue
        case = _pair(word, ledger, by_id)
        if case is None:
            continue
        # Of a pair of incidents, and of one that the program joined, one question at a time is enough: the
        # weightiest of their members' pairs.
        slot = (min(case.one.id, case.other.id), max(case.one.id, case.other.id))
        if slot not in cases or case.weight > cases[slot].weight:
            cases[slot] = case
    return sorted(cases.values(), key=lambda case: (-case.weight, case.left, case.right))


def _pair(word: Judgement, ledger: Ledger, by_id: Mapping[str, LedgerIncident]) -> PairCase | None:
    left, right = pair_of(word)
    # An incident answers for its own id; to ask for its heir would load them all.
    one = by_id.get(left) or by_id.get(ledger.heirs.get(left, ""))
    other = by_id.get(right) or by_id.get(ledger.heirs.get(right, ""))
    if one is None or other is None or word.score is None:
        return None
    weight = (1 - abs(2 * word.score - 1)) * (1 + dead(one) + dead(other))
    return PairCase(left, right, one, other, one.id == other.id, word.score, word.reasons, weight)


def _asked_pair(ledger: Ledger, left: str, right: str) -> PairCase | None:
    """Return a pair that somebody asks for by its address; it need not wait any more."""
    pair = (min(left, right), max(left, right))
    if left not in ledger.heirs or right not in ledger.heirs:
        return None
    one, other = incident_by_id(ledger, pair[0]), incident_by_id(ledger, pair[1])
    if one is None or other is None:
        return None
    said = trace(ledger, pair[0]).judgements
    words = [word for word in said if pair_of(word) == pair and not by_person(word)]
    if words and (case := _pair(words[-1], ledger, {one.id: one, other.id: other})):
        return case
    return PairCase(*pair, one, other, one.id == other.id, 0.0, (), lives(one))


def _incident_cases(
    ledger: Ledger,
    accepted: Mapping[str, tuple[Acceptance, ...]],
    doubts: Mapping[str, Sequence[Doubt]],
    checked: Iterable[tuple[LedgerIncident, Sequence[Reason]]],
) -> Iterator[IncidentCase]:
    looked_at = {heir for of in accepted if (heir := ledger.heirs.get(of))}
    for one, reasons in checked:
        if not reasons and one.id not in doubts and one.id not in looked_at:
            continue
        found = [*reasons]
        if one.id in doubts and not one.revisions:
            found += doubt_reasons(one, doubts[one.id])
        if one.id in looked_at:
            if standing(accepted, one):
                continue
            found.append((1.0 + lives(one), "A person accepted it, and its values have changed since."))
        if found:
            yield IncidentCase(one, tuple(words for _, words in found), sum(weight for weight, _ in found))


def _report_cases(
    ledger: Ledger, accepted: Mapping[str, tuple[Acceptance, ...]], gathered: Gathered
) -> Iterator[ReportCase]:
    for key, facts in gathered.facts.items():
        if not facts.warnings or facts.incidents:
            continue
        words = accepted.get(key[:12], ())
        if not words or not any(word.what == whole_words(ledger.readings[key]) for word in words):
            yield ReportCase(key, facts.warnings)
