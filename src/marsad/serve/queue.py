"""What needs a person's look, the weightiest first: doubtful pairs, disputed or doubtful figures, warned readings."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from weakref import WeakKeyDictionary

from marsad.answers.words import figure_words
from marsad.ledger import Ledger, LedgerIncident, Policy, Record, trace
from marsad.ledger.accepted import Acceptance, acceptances, standing
from marsad.ledger.gold import whole_words
from marsad.ledger.record import digest
from marsad.ledger.revise import ACCEPTED, AS_READ
from marsad.link.cluster import TAKEN_BACK, by_person, pair_of, standing_words
from marsad.model import Judgement, Revision
from marsad.serve.desk import Shelf
from marsad.serve.facts import Gathered, gathered_of

SURE_ENOUGH = 0.9
NOT_WORTH_ASKING = 0.05
WIDE = 2
"""A gap of fewer dead than this between two sources is no dispute."""
LARGE = 20
"""So many dead in one incident are looked at by a person, however sure the program is."""
WARNED = 1.0
"""The weight of a report's warnings, in lives: they come after what moves a figure."""


@dataclass(frozen=True, slots=True)
class PairCase:
    """Two incidents' ids that may be one event: what the program thinks, why, and how many dead hang on it.

    `one` and `other` answer for the ids today; where they are `joined` both are the same incident.
    """

    left: str
    right: str
    one: LedgerIncident
    other: LedgerIncident
    joined: bool
    score: float
    reasons: tuple[str, ...]
    weight: float

    @property
    def key(self) -> str:
        """The case's name in an address."""
        return f"pair:{self.left}+{self.right}"


@dataclass(frozen=True, slots=True)
class IncidentCase:
    """An incident whose values a person should look at: why (`reasons`, whole sentences), weighed in lives."""

    one: LedgerIncident
    reasons: tuple[str, ...]
    weight: float

    @property
    def key(self) -> str:
        """The case's name in an address."""
        return f"incident:{self.one.id}"


@dataclass(frozen=True, slots=True)
class ReportCase:
    """A report whose reading warns and made no incident: what was missed there shows nowhere else."""

    report_key: str
    reasons: tuple[str, ...]
    weight: float = WARNED

    @property
    def key(self) -> str:
        """The case's name in an address."""
        return f"report:{self.report_key[:12]}"


Case = PairCase | IncidentCase | ReportCase


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
        return IncidentCase(one, (), _lives(one))
    name = next((name for name in ledger.readings if kind == "report" and name[:12] == ends), None)
    return None if name is None else ReportCase(name, ledger.readings[name].reading.warnings)


def incident_by_id(ledger: Ledger, name: str) -> LedgerIncident | None:
    """Return the incident that answers for an id today; None where none does."""
    if name not in ledger.heirs:
        return None
    found = trace(ledger, name).incidents
    return found[0] if len(found) == 1 else None


def state_of(case: Case, judgements: Iterable[Judgement], revisions: Iterable[Revision]) -> tuple[str, str]:
    """Return a mark of what people said of a case until now, and the last word on it in words ("" where none is)."""
    words: list[tuple[datetime, str]] = []
    if isinstance(case, PairCase):
        pair = (min(case.left, case.right), max(case.left, case.right))
        words += [(word.made, pair_words(word)) for word in judgements if pair_of(word) == pair and by_person(word)]
    else:
        about = _about(case)
        words += [(word.made, revision_words(word)) for word in revisions if word.of in about]
    words.sort()
    return digest([[str(made), said] for made, said in words])[:16], words[-1][1] if words else ""


def pair_words(word: Judgement) -> str:
    """Return a person's word on a pair as a sentence without its end: Amal said “same”, because: …"""
    if word.reasons == TAKEN_BACK:
        return f"{word.by} took the word on it back"
    return f"{word.by} said “{word.verdict}”{_because(', '.join(word.reasons))}"


def _because(reason: str) -> str:
    return f", because: {reason}" if reason else ""


def revision_words(word: Revision, with_reason: bool = True) -> str:
    """Return a person's word on a value as a sentence without its end: Amal set killed to “9”, because: …"""
    because = _because(word.reason) if with_reason else ""
    if word.field == ACCEPTED:
        said = "took an acceptance back" if word.value == AS_READ else "accepted it as it is"
    else:
        said = f"set {word.field} to “{word.value}”"
    return f"{word.by} {said}{because}"


def _about(case: IncidentCase | ReportCase) -> set[str]:
    if isinstance(case, ReportCase):
        return {case.report_key[:12]}
    return {member.id for member in case.one.members}


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


def _doubts(ledger: Ledger, gathered: Gathered) -> dict[str, list[tuple[float | None, str]]]:
    """Return, per incident of today, what its readings make doubtful: a confidence with "", or None with a warning."""
    found: dict[str, list[tuple[float | None, str]]] = {}
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
    weight = (1 - abs(2 * word.score - 1)) * (1 + _dead(one) + _dead(other))
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
    return PairCase(*pair, one, other, one.id == other.id, 0.0, (), _lives(one))


def _incident_cases(
    ledger: Ledger,
    accepted: Mapping[str, tuple[Acceptance, ...]],
    doubts: Mapping[str, Sequence[tuple[float | None, str]]],
    checked: Iterable[tuple[LedgerIncident, Sequence[tuple[float, str]]]],
) -> Iterator[IncidentCase]:
    looked_at = {heir for of in accepted if (heir := ledger.heirs.get(of))}
    for one, reasons in checked:
        if not reasons and one.id not in doubts and one.id not in looked_at:
            continue
        found = [*reasons]
        if one.id in doubts and not one.revisions:
            found += _doubtful(one, doubts[one.id])
        if one.id in looked_at:
            if standing(accepted, one):
                continue
            found.append((1.0 + _lives(one), "A person accepted it, and its values have changed since."))
        if found:
            yield IncidentCase(one, tuple(words for _, words in found), sum(weight for weight, _ in found))


def _disputed(one: LedgerIncident) -> Iterator[tuple[float, str]]:
    if gap := dispute(one):
        said = figure_words(one.tolls["killed"])
        yield 2.0 * gap, f"Its sources differ on the dead: {said}."


def _large(one: LedgerIncident) -> Iterator[tuple[float, str]]:
    dead = _dead(one)
    if dead >= LARGE and not _is_set(one):
        told = "and only one source tells of it" if len(one.voices) == 1 else f"told by {len(one.voices)} sources"
        yield dead / (2 * len(one.voices)), f"Many died: {figure_words(one.tolls['killed'])}, {told}."


def _doubtful(one: LedgerIncident, doubts: Sequence[tuple[float | None, str]]) -> Iterator[tuple[float, str]]:
    sure = min((told for told, _ in doubts if told is not None), default=None)
    if sure is not None:
        yield (1 - sure) * (1 + _lives(one)), f"The program is unsure that it read this rightly: {sure:.0%}."
    warnings = [words for _, words in doubts if words]
    if warnings:
        more = f" (and {len(warnings) - 1} more)" if len(warnings) > 1 else ""
        yield WARNED + _lives(one) / 20, f"The reading warns: {warnings[0]}{more}."


def _denied(one: LedgerIncident) -> Iterator[tuple[float, str]]:
    if any(p.basis == "denied" for p in one.perpetrators) and not one.revisions:
        yield 1.0 + _lives(one) / 4, "Those who are blamed deny it."


_CHECKS: tuple[Callable[[LedgerIncident], Iterator[tuple[float, str]]], ...] = (
    _disputed, _large, _denied,
)  # fmt: skip


def _report_cases(
    ledger: Ledger, accepted: Mapping[str, tuple[Acceptance, ...]], gathered: Gathered
) -> Iterator[ReportCase]:
    for key, facts in gathered.facts.items():
        if not facts.warnings or facts.incidents:
            continue
        words = accepted.get(key[:12], ())
        if not words or not any(word.what == whole_words(ledger.readings[key]) for word in words):
            yield ReportCase(key, facts.warnings)


def is_doubtful(word: Judgement) -> bool:
    """Say whether a standing word is a program's that a person should look at."""
    return not by_person(word) and word.score is not None and NOT_WORTH_ASKING <= word.score < SURE_ENOUGH


class Memory:
    """What was found of pairs and incidents, kept from act to act: only what is new or has moved is looked at again."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._said = 0
        self._words: dict[tuple[str, str], list[Judgement]] = {}
        self._doubtful: dict[tuple[str, str], Judgement] = {}
        self._checked: dict[Policy, dict[str, tuple[LedgerIncident, tuple[tuple[float, str], ...]]]] = {}

    def doubtful(self, record: Record) -> list[Judgement]:
        """Return the standing words that a person should look at; the record's words only ever grow."""
        with self._lock:
            new = record.judgements[self._said :]
            self._said = len(record.judgements)
            for word in new:
                self._words.setdefault(pair_of(word), []).append(word)
            for pair in {pair_of(word) for word in new}:
                standing = standing_words(self._words[pair]).get(pair)
                self._doubtful.pop(pair, None)
                if standing is not None and is_doubtful(standing):
                    self._doubtful[pair] = standing
            return list(self._doubtful.values())

    def checked(self, policy: Policy, incidents: Iterable[LedgerIncident]) -> dict[str, tuple[tuple[float, str], ...]]:
        """Return, per incident of which there is anything to say, what speaks for a look at it."""
        with self._lock:
            before = self._checked.get(policy, {})
            now = {}
            for one in incidents:
                known = before.get(one.id)
                if known is None or known[0] is not one:
                    known = one, tuple(each for check in _CHECKS for each in check(one))
                now[one.id] = known
            self._checked = {policy: now}
            return {name: reasons for name, (_, reasons) in now.items() if reasons}


_MEMORIES: WeakKeyDictionary[Shelf, Memory] = WeakKeyDictionary()
_MAKING = Lock()


def memory_of(shelf: Shelf) -> Memory:
    """Return the memory of one desk."""
    with _MAKING:
        return _MEMORIES.setdefault(shelf, Memory())


def dispute(one: LedgerIncident) -> int:
    """Return by how many dead the sources differ, where the highest names at least half as many again as the lowest."""
    figure = one.tolls.get("killed")
    if figure is None or len(one.voices) < 2 or _is_set(one):
        return 0
    high = figure.best if figure.high is None else figure.high
    gap = high - figure.low
    return gap if gap >= WIDE and 2 * high >= 3 * figure.low else 0


def _is_set(one: LedgerIncident) -> bool:
    return any(word.field == "killed" for word in one.revisions)


def _dead(one: LedgerIncident) -> int:
    return one.tolls["killed"].best if "killed" in one.tolls else 0


def _lives(one: LedgerIncident) -> float:
    return float(sum(figure.best for figure in one.tolls.values()))
