"""What needs a person's look, the weightiest first: doubtful pairs, disputed or doubtful figures, warned readings."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
    doubt_reasons,
    is_doubtful,
    lives,
    one_question_each,
    pair_weight,
    reasons_of,
)
from marsad.serve.desk import Shelf
from marsad.serve.facts import Gathered, gathered_of
from marsad.serve.leads import leads_of
from marsad.serve.memory import memory_of
from marsad.store.kept_answers import USUAL, Answers
from marsad.store.lazy import Lazy


def queue_of(shelf: Shelf, policy: Policy) -> list[Case]:
    """Return everything that waits, the weightiest first, made once until something is recorded."""
    gathered = gathered_of(shelf)
    return shelf.kept(("queue", policy, gathered.version), lambda: _queue(shelf, policy, gathered))


def waiting(shelf: Shelf, as_of: datetime | None, policy: Policy) -> list[PairCase]:
    """Return the pairs that wait for a word, the weightiest first."""

    def make() -> list[PairCase]:
        ledger = shelf.ledger(as_of, policy)
        words = standing_words(ledger.judgements).values() if as_of else memory_of(shelf).doubtful(shelf.words())
        known = None if as_of or policy != USUAL else memory_of(shelf).pairs(shelf, words)
        return pairs_of(ledger, words, incidents_of(shelf, as_of, policy)) if known is None else known

    return shelf.kept(("pairs", as_of, policy), make)


def incidents_of(shelf: Shelf, as_of: datetime | None, policy: Policy) -> dict[str, LedgerIncident]:
    """Return the incidents of a moment by their ids, looked at once until something is recorded."""
    return shelf.kept(
        ("incidents", as_of, policy), lambda: {one.id: one for one in shelf.ledger(as_of, policy).incidents}
    )


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
    return incidents_by_ids(ledger, [name]).get(name)


def incidents_by_ids(ledger: Ledger, names: Collection[str]) -> dict[str, LedgerIncident]:
    """Return the incidents that answer for ids today, by the id that was asked for; those of none are missing."""
    answers = ledger.answers
    if isinstance(answers, Answers) and answers.knows(ledger):
        # Asked for all at once: one by one, each with all that it rests on, a page of many neighbours takes seconds.
        with answers.place.asked(answers.act) as kept:
            heirs = kept.heirs_of(names)
            numbers = {row.id: row.number for row in kept.standing({*heirs.values()})}
        found = {one.id: one for one in answers.incidents([*numbers.values()])}
        return {name: found[heir] for name, heir in heirs.items() if heir in found}
    traced = {name: trace(ledger, name).incidents for name in names if name in ledger.heirs}
    return {name: found[0] for name, found in traced.items() if len(found) == 1}


def _queue(shelf: Shelf, policy: Policy, gathered: Gathered) -> list[Case]:
    ledger = shelf.ledger(None, policy)
    accepted = acceptances(shelf.words().revisions)
    doubts = _doubts(shelf, gathered)
    cases: list[Case] = [
        *waiting(shelf, None, policy),
        *_incident_cases(shelf, policy, accepted, doubts),
        *_report_cases(ledger, accepted, gathered),
    ]
    return sorted(cases, key=lambda case: (-case.weight, case.key))


def _doubts(shelf: Shelf, gathered: Gathered) -> dict[str, list[Doubt]]:
    """Return, per incident of today, what its readings make doubtful: a confidence with "", or None with a warning."""
    said: list[tuple[str, Doubt]] = []
    for facts in gathered.facts.values():
        said += [(name, (sure, "")) for name, sure in facts.doubtful]
        if facts.warnings:
            said += [(name, (None, words)) for name in facts.incidents for words in facts.warnings]
    heirs = heirs_of(shelf, {name for name, _ in said})
    found: dict[str, list[Doubt]] = {}
    for name, doubt in said:
        if name in heirs:
            found.setdefault(heirs[name], []).append(doubt)
    return found


def heirs_of(shelf: Shelf, names: Collection[str]) -> dict[str, str]:
    """Return the incidents of today to which some ids lead."""
    leads = leads_of(shelf, names)
    if leads is not None:
        return {name: leads[name].id for name in names if name in leads}
    heirs = shelf.ledger().heirs
    return {name: heirs[name] for name in names if name in heirs}


def pairs_of(ledger: Ledger, standing: Iterable[Judgement], by_id: Mapping[str, LedgerIncident]) -> list[PairCase]:
    """Return the pairs that no person has judged and the program is unsure of, the weightiest first."""
    return one_question_each(
        (case, case.one.id, case.other.id)
        for word in standing
        if is_doubtful(word) and (case := _pair(word, ledger, by_id))
    )


def _pair(word: Judgement, ledger: Ledger, by_id: Mapping[str, LedgerIncident]) -> PairCase | None:
    left, right = pair_of(word)
    # An incident answers for its own id; to ask for its heir would load them all.
    one = by_id.get(left) or by_id.get(ledger.heirs.get(left, ""))
    other = by_id.get(right) or by_id.get(ledger.heirs.get(right, ""))
    if one is None or other is None or word.score is None:
        return None
    weight = pair_weight(word.score, dead(one), dead(other))
    return PairCase(left, right, (one, other), one.id == other.id, word.score, word.reasons, weight)


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
    return PairCase(*pair, (one, other), one.id == other.id, 0.0, (), lives(one))


def _incident_cases(
    shelf: Shelf, policy: Policy, accepted: Mapping[str, tuple[Acceptance, ...]], doubts: Mapping[str, Sequence[Doubt]]
) -> Iterator[IncidentCase]:
    looked_at = {*heirs_of(shelf, accepted.keys()).values()}
    for one, reasons in checked_of(shelf, policy, doubts.keys() | looked_at):
        found = [*reasons]
        if one.id in doubts and not one.revisions:
            found += doubt_reasons(one, doubts[one.id])
        if one.id in looked_at:
            if standing(accepted, one):
                continue
            found.append((1.0 + lives(one), "A person accepted it, and its values have changed since."))
        if found:
            yield IncidentCase(one, tuple(words for _, words in found), sum(weight for weight, _ in found))


def checked_of(
    shelf: Shelf, policy: Policy, also: Collection[str]
) -> Iterator[tuple[LedgerIncident, Sequence[Reason]]]:
    """Yield the incidents of which there is anything to say, and some others by id, with what speaks for a look."""
    memory = memory_of(shelf)
    if policy == USUAL and (known := memory.suspects(shelf)) is not None:
        yield from known.values()
        leads = leads_of(shelf, also) or {}
        numbers = sorted({leads[name].number for name in also if name in leads and leads[name].number not in known})
        answers = shelf.ledger().answers
        assert isinstance(answers, Answers)
        yield from ((one, reasons_of(one)) for one in Lazy(numbers, answers.incidents))
        return
    incidents = incidents_of(shelf, None, policy)
    checked = memory.checked(policy, incidents.values())
    yield from ((one, checked.get(name, ())) for name, one in incidents.items() if name in checked or name in also)


def _report_cases(
    ledger: Ledger, accepted: Mapping[str, tuple[Acceptance, ...]], gathered: Gathered
) -> Iterator[ReportCase]:
    for key, facts in gathered.facts.items():
        if not facts.warnings or facts.incidents:
            continue
        words = accepted.get(key[:12], ())
        if not words or not any(word.what == whole_words(ledger.readings[key]) for word in words):
            yield ReportCase(key, facts.warnings)
