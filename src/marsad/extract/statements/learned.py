"""The learned reader of statements: finds what the wordings miss, and hears what they say.

It shares the lower half of the encoder that finds claims (tagger_model.py). Of every two candidates it says whether one
holds, takes, backs or leads the other, of every party whether it claims, denies or is blamed, and of every word for
agreements which one it tells of, what became of it, and who its parties are.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from tokenizers import Tokenizer

from marsad.extract.statements.advice import PAIRED, Advice, advice_of
from marsad.extract.statements.candidates import DEAL, SORTS, Candidate, candidates_of
from marsad.extract.statements.drafts import Draft
from marsad.extract.statements.phrases import Line
from marsad.extract.tagger_model import Model, StatementsAsked, load_model
from marsad.extract.tagger_spans import Floats, log_softmax
from marsad.extract.tagger_windows import Window, windows
from marsad.vocabulary import STATEMENT_TERMS, StatementKind

CONTROL = STATEMENT_TERMS["control"]["relation"]
RELATION = STATEMENT_TERMS["relation"]["relation"]
PAIRS = (None, *CONTROL, *RELATION)
STANCES = (None, "claimed", "denied", "blamed")
DEAL_KINDS = (None, *STATEMENT_TERMS["agreement"]["agreement"])
STATUSES = STATEMENT_TERMS["agreement"]["status"]
REACH = 40
"""Words between the first words of two candidates that are judged together."""
NEAR = 200
"""Characters between two words of one agreement with the same status: it is said once."""
MOST_PARTIES = 4


@dataclass(frozen=True, slots=True)
class Part:
    """One line with its candidates, what the wordings say of them, and their words (first, last) in a window."""

    line: Line
    candidates: Sequence[Candidate]
    advice: Advice
    words: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Scored:
    """A draft with its probability, and the candidates that it is told of."""

    chance: float
    draft: Draft
    about: tuple[Candidate, ...]


def with_learned(text: str, told: Sequence[tuple[Line, Sequence[Draft]]]) -> list[tuple[Line, Sequence[Draft]]]:
    """Return a report's lines, with what the wordings say and what the learned reader adds to it."""
    model = load_model()
    accept = model.settings.statements
    if not accept:
        return list(told)
    found = dict(scored(model, text, told))
    return [(line, beside(drafts, found.get(at, ()), accept)) for at, (line, drafts) in enumerate(told)]


def beside(drafts: Sequence[Draft], found: Sequence[Scored], accept: Mapping[str, float]) -> list[Draft]:
    """Return the drafts of a line with those that are sure enough and tell of words that no draft of the kind does."""
    own = [one.draft for one in chosen(found, accept)]
    return [*drafts, *(one for one in own if not any(is_told(one, other) for other in drafts))]


def is_told(one: Draft, other: Draft) -> bool:
    """Say whether two drafts are of one kind and share words."""
    if one.kind != other.kind:
        return False
    return any(a < d and c < b for a, b in _spans(one) for c, d in _spans(other))


def _spans(draft: Draft) -> list[tuple[int, int]]:
    told = [span for spans in draft.slots.values() for span in spans]
    return told or [(draft.start, draft.end)]


def scored(model: Model, text: str, told: Sequence[tuple[Line, Sequence[Draft]]]) -> Iterator[tuple[int, list[Scored]]]:
    """Yield, line by line (by index), all that a line may tell, with probabilities."""
    for window, parts in parts_of(text, told, model.tokenizer):
        yield from zip(parts, _read(model, window, list(parts.values())), strict=True)


def parts_of(
    text: str, told: Sequence[tuple[Line, Sequence[Draft]]], tokenizer: Tokenizer
) -> Iterator[tuple[Window, dict[int, Part]]]:
    """Yield the windows of the sentences that hold candidates, with the lines (by index) that they decide about."""
    waiting = [(at, found) for at, (line, _) in enumerate(told) if (found := candidates_of(line))]
    starts = [told[at][0].sentence.start for at, _ in waiting]
    ends = [told[at][0].sentence.end for at, _ in waiting]

    def worth(start: int, end: int) -> bool:
        return bisect_right(ends, start) < bisect_left(starts, end)

    done = 0
    for window in windows(text, tokenizer, worth):
        own = np.flatnonzero(window.owned)
        # A sentence that is cut between two windows is the first one's.
        first = max(done, bisect_right(ends, int(window.starts[own[0]])))
        done = max(first, bisect_left(starts, int(window.ends[own[-1]])))
        parts = {at: _part(window, *told[at], found) for at, found in waiting[first:done]}
        yield window, {at: part for at, part in parts.items() if part is not None}


def _part(window: Window, line: Line, drafts: Sequence[Draft], candidates: Sequence[Candidate]) -> Part | None:
    placed = [(one, words) for one in candidates if (words := _words(window, one))]
    if not placed:
        return None
    found = [one for one, _ in placed]
    return Part(line, found, advice_of(line, found, drafts), [words for _, words in placed])


def _words(window: Window, one: Candidate) -> tuple[int, int] | None:
    touched = np.flatnonzero(window.owned & (window.starts < one.end) & (window.ends > one.start))
    return (int(touched[0]), int(touched[-1])) if len(touched) else None


def _read(model: Model, window: Window, parts: Sequence[Part]) -> Iterator[list[Scored]]:
    if not parts:
        return
    scores, singles = model.read_statements(window, joined([asked_of(part) for part in parts]))
    pair = single = 0
    for part in parts:
        pairs = pairs_of(part)
        own = scores[pair : pair + len(pairs)]
        alone = singles[single : single + len(part.candidates)]
        pair, single = pair + len(own), single + len(alone)
        yield [*_pairs(part, pairs, own), *_stances(part, alone), *_deals(part, pairs, own, alone)]


def pairs_of(part: Part) -> list[tuple[int, int]]:
    """Return the candidates of a line that are judged two by two; a word for agreements is the first of its pairs."""
    places = range(len(part.candidates))
    return [(i, j) for i in places for j in places if _is_pair(part, i, j)]


def asked_of(part: Part) -> StatementsAsked:
    """Return what the head is asked of a line."""
    places, pairs, advice = range(len(part.candidates)), pairs_of(part), part.advice
    columns = {
        "first": [first for first, _ in part.words],
        "last": [last for _, last in part.words],
        "sort": [SORTS.index(one.sort) for one in part.candidates],
        "stance": [STANCES.index(_term(advice.actors.get(i), "stance")) for i in places],
        "deal": [DEAL_KINDS.index(_term(next(iter(advice.deals.get(i, ())), None), "agreement")) for i in places],
        "left": [i for i, _ in pairs],
        "right": [j for _, j in pairs],
        "advised": [_advised(advice, pair) for pair in pairs],
    }
    status = np.zeros((len(places), len(STATUSES)), np.float32)
    for i, drafts in advice.deals.items():
        for draft in drafts:
            status[i, STATUSES.index(draft.terms["status"])] = 1
    return StatementsAsked({name: np.array(values, np.int64) for name, values in columns.items()}, status)


def joined(asked: Sequence[StatementsAsked]) -> StatementsAsked:
    """Return what is asked of several lines as one question; candidates are counted on."""
    bases = np.cumsum([0, *(len(one.status) for one in asked)])
    moved = [
        {name: values + base if name in ("left", "right") else values for name, values in one.columns.items()}
        for one, base in zip(asked, bases, strict=False)
    ]
    columns = {name: np.concatenate([one[name] for one in moved]) for name in moved[0]}
    return StatementsAsked(columns, np.concatenate([one.status for one in asked]))


def _is_pair(part: Part, i: int, j: int) -> bool:
    is_near = abs(part.words[i][0] - part.words[j][0]) <= REACH
    return i != j and is_near and part.candidates[j].sort != DEAL


def _term(draft: Draft | None, name: str) -> str | None:
    said = draft.terms[name] if draft else None
    return said if said != "unclaimed" else None


def _advised(advice: Advice, pair: tuple[int, int]) -> int:
    if pair in advice.parties:
        return len(PAIRS)
    return PAIRS.index(_term(advice.pairs.get(pair), "relation"))


def _pairs(part: Part, pairs: Sequence[tuple[int, int]], scores: Floats) -> Iterator[Scored]:
    """Yield what is said of two candidates: the likeliest relation of each two."""
    chances = np.exp(log_softmax(scores[:, :-1]))
    for at, (i, j) in enumerate(pairs):
        best = int(chances[at, 1:].argmax()) + 1
        relation, left, right = PAIRS[best], part.candidates[i], part.candidates[j]
        if relation is None or left.sort == DEAL:
            continue
        kind: StatementKind = "control" if relation in CONTROL else "relation"
        draft = _draft(kind, {"relation": relation}, dict(zip(PAIRED[kind], ((left,), (right,)), strict=True)))
        yield Scored(float(chances[at, best]), draft, (left, right))


def _stances(part: Part, singles: Floats) -> Iterator[Scored]:
    """Yield who claims, denies or is blamed, with the attack that stands nearest."""
    chances = np.exp(log_softmax(singles[:, : len(STANCES)]))
    attacks = [one for one in part.candidates if one.sort == "E" and one.phrase is not None]
    for i, one in enumerate(part.candidates):
        best = int(chances[i, 1:].argmax()) + 1
        stance = STANCES[best]
        if stance is None or one.sort == DEAL:
            continue
        event = min((each for each in attacks if not each.meets(one)), key=lambda each: _gap(each, one), default=None)
        slots = {"actor": (one,)} | ({"event": (event,)} if event else {})
        yield Scored(float(chances[i, best]), _draft("responsibility", {"stance": stance}, slots), (one,))


def _deals(part: Part, pairs: Sequence[tuple[int, int]], scores: Floats, singles: Floats) -> Iterator[Scored]:
    """Yield the agreements: of each word for one its kind, what became of it, and its parties."""
    cut = len(STANCES) + len(DEAL_KINDS)
    kinds = np.exp(log_softmax(singles[:, len(STANCES) : cut]))
    statuses = 1 / (1 + np.exp(-singles[:, cut:]))
    for i, one in enumerate(part.candidates):
        best = int(kinds[i, 1:].argmax()) + 1
        kind = DEAL_KINDS[best]
        if one.sort != DEAL or kind is None:
            continue
        parties = _parties(part, [j for at, (a, j) in enumerate(pairs) if a == i and scores[at, -1] > PARTY])
        for at, status in enumerate(STATUSES):
            if statuses[i, at] > STATUS or at == statuses[i].argmax():
                slots = {"parties": parties} if parties else {}
                draft = _draft("agreement", {"agreement": kind, "status": status}, slots, also=one)
                yield Scored(float((kinds[i, best] * statuses[i, at]) ** ROOT), draft, (one,))


PARTY, STATUS, ROOT = -0.4, 0.35, 0.7
"""Log odds from which a candidate is a party, probability from which a second status is told, and how both mix."""


def _parties(part: Part, found: Sequence[int]) -> tuple[Candidate, ...]:
    """Return the longest of candidates that share words, at most MOST_PARTIES."""
    kept: list[Candidate] = []
    for one in sorted((part.candidates[j] for j in found), key=lambda one: (one.start - one.end, one.start)):
        if not any(one.meets(other) for other in kept):
            kept.append(one)
    return tuple(sorted(kept[:MOST_PARTIES], key=lambda one: one.start))


def _draft(
    kind: StatementKind,
    terms: dict[str, str],
    slots: Mapping[str, tuple[Candidate, ...]],
    also: Candidate | None = None,
) -> Draft:
    spans = {name: [(one.start, one.end) for one in told] for name, told in slots.items()}
    stands_for = {
        name: one.phrase for name, told in slots.items() for one in told if one.sort in "TR" and one.phrase is not None
    }
    draft = Draft(kind, terms, spans, stands_for, extractor="tagger")
    if also is None:
        return draft
    every = [also, *(one for told in slots.values() for one in told)]
    return replace(draft, extent=(min(one.start for one in every), max(one.end for one in every)))


def _gap(one: Candidate, other: Candidate) -> int:
    return max(one.start - other.end, other.start - one.end)


def chosen(found: Sequence[Scored], accept: Mapping[str, float]) -> list[Scored]:
    """Return the statements that are sure enough, without those that say the same of the same words less surely."""
    kept: list[Scored] = []
    for one in sorted(found, key=lambda one: (-one.chance, one.draft.start, one.draft.end)):
        if one.chance >= accept[one.draft.kind] and not any(_is_same(one, other) for other in kept):
            kept.append(one)
    return kept


def _is_same(one: Scored, other: Scored) -> bool:
    """Say whether two speak of the same words; one agreement may be said to be made and broken."""
    if one.draft.kind != other.draft.kind:
        return False
    if one.draft.kind == "agreement":
        return one.draft.terms == other.draft.terms and _gap(one.about[0], other.about[0]) < NEAR
    if all(a.meets(b) for a, b in zip(one.about, other.about, strict=True)):
        return True
    rivals = one.draft.terms == other.draft.terms == {"relation": "rival"}
    return rivals and all(a.meets(b) for a, b in zip(one.about, reversed(other.about), strict=True))
