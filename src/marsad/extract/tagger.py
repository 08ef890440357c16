"""The learned reader: finds claims by a small network, and leaves every count to the words.

Each window of the report passes once through the encoder; its tags give runs of words that may be claims; heads then
say of each run which harm it tells, and where its victims, doers, place, date and source stand. What `count_people`
cannot count is no claim. A claim below the calibrated threshold is not emitted but named in the warnings.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from marsad.extract.counting import count_people
from marsad.extract.gate import may_tell_harm
from marsad.extract.plural_words import counts_things
from marsad.extract.tagger_model import CLASSES, ROLES, ClaimNumbers, Model, load_model
from marsad.extract.tagger_pairs import Member, pair_features
from marsad.extract.tagger_spans import Floats, best_phrase, candidates, log_softmax, run_score
from marsad.extract.tagger_windows import Window, windows
from marsad.model import Claim, Count, Extraction, Link, Perpetrator, Report, Span, Victims, Voice, When, Where
from marsad.vocabulary import HARMS, Field, Harm

PART_OF_LEFT, PART_OF_RIGHT, SAME = 1, 2, 3
HYPHENED = re.compile(r"(?:(?<=[^\W\d_])[-‑][^\W\d_]+)*")
"""The rest of a word after the part of it that the network's words end with: "passers" in "passers-by"."""
CASUALTIES = HARMS.index("casualties")
NUMBER = (
    r"(?:\d|an?\b|another|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|dozens|several|some|at least|more)"
)
TOGETHER_AFTER = re.compile(
    rf"\b(?:killed|dead|martyred|slain)\W+(?:and|or)\W+(?:wounded|injured)\b(?!\W+{NUMBER})", re.IGNORECASE
)
TOGETHER_BEFORE = re.compile(
    r"\b(?:kill(?:ed|s|ing)?|deaths?)\W+(?:and|or)\W+(?:wound(?:ed|s|ing)?|injur(?:ed?|es|ies|ing))\W+(?:of\W+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Passage:
    """The words that are read, and which field of the report they are."""

    text: str
    within: Field


@dataclass(frozen=True, slots=True)
class Found:
    """A claim not yet judged: its place in window `window` (words `first` to `last`), and the heads' row `row`."""

    window: int
    row: int
    first: int
    last: int
    start: int
    end: int
    harm: Harm
    count: Count
    evidence: tuple[float, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Seen:
    """One window with all that the network said of it."""

    window: Window
    spans: Sequence[tuple[int, int]]
    tags: Floats
    numbers: ClaimNumbers
    beside: Sequence[Claim]


def find_claims(report: Report, beside: Sequence[Claim] | None = None) -> Extraction:
    """Return the claims that the learned reader finds, links between them, and the doubtful claims as warnings.

    `beside` are the claims of another reader of the same report, if it was asked: their spans are judged too, and
    agreement in harm and number is evidence.
    """
    return read_with(load_model(), report, beside)


def read_with(model: Model, report: Report, beside: Sequence[Claim] | None = None) -> Extraction:
    """Find the claims of a report with a given network; the title is read only where there is no text."""
    passage = passage_of(report)
    seen, found = judge(model, passage, beside)
    best = strongest(found)
    accept = model.settings.accept if beside is None else model.settings.accept_beside
    sure = [f for f in best if f.confidence >= accept]
    doubtful = [f for f in best if model.settings.mention <= f.confidence < accept]
    claims = tuple(_claim(model, passage, seen, f, f"c{n}") for n, f in enumerate(sure, 1))
    warnings = tuple(
        f"possible claim not counted: {passage.text[f.start : f.end]!r}, {f.harm} (confidence {f.confidence:.2f})"
        for f in doubtful
    )
    return Extraction(claims, tuple(_links(model, passage, seen, sure)), warnings)


def passage_of(report: Report) -> Passage:
    """Return what is read of a report: its text, or its title where there is no text."""
    return Passage(report.text, "text") if report.text.strip() else Passage(report.title or "", "title")


def judge(model: Model, passage: Passage, beside: Sequence[Claim] | None) -> tuple[list[Seen], list[Found]]:
    """Return the windows that may hold claims and every run of words in them with its confidence, in order of place."""
    others = [claim for claim in beside or () if claim.span.within == passage.within]

    def worth(start: int, end: int) -> bool:
        """Say whether a sentence may tell of harm, or the other reader found some in it."""
        return may_tell_harm(passage.text[start:end]) or any(start <= claim.span.start < end for claim in others)

    looks = (_look(model, passage, window, others) for window in windows(passage.text, model.tokenizer, worth))
    seen = [one for one in looks if one]
    fit = model.settings.confidence if beside is None else model.settings.beside
    found = [f for at, one in enumerate(seen) for f in _judge(passage, one, at, (model.settings.second_harm, *fit))]
    return seen, sorted(found, key=lambda f: (f.start, f.end, f.harm))


def strongest(found: Sequence[Found]) -> list[Found]:
    """Return the runs of which no stronger one of the same harm shares words."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (-f.confidence, f.start, f.end)):
        if not any(one.harm == other.harm and one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: (f.start, f.end, f.harm))


def _look(model: Model, passage: Passage, window: Window, others: Sequence[Claim]) -> Seen | None:
    own = np.flatnonzero(window.owned)
    start, end = int(window.starts[own[0]]), int(window.ends[own[-1]])
    if not may_tell_harm(passage.text[start:end]):
        return None
    words, tags = model.encode(window)
    spans = [run for run in candidates(tags, model.settings.out_bias) if window.owned[run[0]]]
    here = [claim for claim in others if start <= claim.span.start < end]
    for claim in here:
        touched = np.flatnonzero(window.owned & (window.starts < claim.span.end) & (window.ends > claim.span.start))
        if len(touched):
            spans.append((int(touched[0]), int(touched[-1])))
    spans = sorted(set(spans))
    return Seen(window, spans, tags, model.read_claims(words, spans), here) if spans else None


def _judge(passage: Passage, seen: Seen, at: int, fit: Sequence[float]) -> Iterator[Found]:
    """Yield what each run tells: its likeliest harm, and a second where the network is sure of that too."""
    for row, (first, last) in enumerate(seen.spans):
        start, end = int(seen.window.starts[first]), whole_word(passage.text, int(seen.window.ends[last]))
        count = count_people(passage.text[start:end])
        if count is None or counts_things(passage.text[start:end]):
            continue
        odds = seen.numbers.harms[row]
        if told_together(passage.text, start, end):
            together = odds.max()
            odds = np.full_like(odds, -8.0)
            odds[CASUALTIES] = together
        for index in _harms(seen, odds, (start, end), count, fit[0]):
            evidence = (
                run_score(seen.tags, first, last),
                float(np.clip(odds[index], -8, 8)),
                float(any(_agree(claim, start, end, HARMS[index], count) for claim in seen.beside)),
            )
            yield Found(at, row, first, last, start, end, HARMS[index], count, evidence, confidence(fit[1:], evidence))


def whole_word(text: str, end: int) -> int:
    """Return the end of the hyphened word of which a part ends at `end`."""
    rest = HYPHENED.match(text, end)
    return rest.end() if rest else end


def told_together(text: str, start: int, end: int) -> bool:
    """Say whether one number is given for the dead and the wounded together ("nine people killed and wounded")."""
    after = TOGETHER_AFTER.search(text, start, end + 60)
    if after and after.start() <= end + 16:
        return True
    head = text[max(0, start - 60) : start]
    before = TOGETHER_BEFORE.search(head)
    # "nine killed and wounded 14": the dead have a number of their own.
    return bool(
        before and not re.search(rf"\b{NUMBER}", head[max(0, before.start() - 25) : before.start()], re.IGNORECASE)
    )


def _harms(seen: Seen, odds: Floats, span: tuple[int, int], count: Count, second: float) -> list[int]:
    """Return the likeliest harm of a run, a second where the network is sure of it, and those of the other reader."""
    first, other = np.argsort(-odds, kind="stable")[:2].tolist()
    chosen = [first, other] if odds[other] >= second else [first]
    told = {HARMS.index(claim.harm) for claim in seen.beside if _agree(claim, *span, claim.harm, count)}
    return chosen + sorted(told - set(chosen))


def _agree(claim: Claim, start: int, end: int, harm: Harm, count: Count) -> bool:
    overlap = claim.span.start < end and start < claim.span.end
    return overlap and claim.harm == harm and claim.count.stated == count.stated


def confidence(fit: Sequence[float], evidence: Sequence[float]) -> float:
    """Return the probability that a claim is right: a logistic of its evidence, the constant first in `fit`.

    The evidence is the tags' mean log probability, the harm's log odds, and whether the other reader agrees.
    """
    total = fit[0] + sum(weight * value for weight, value in zip(fit[1:], evidence, strict=False))
    return float(1 / (1 + np.exp(-total)))


def _claim(model: Model, passage: Passage, seen: Sequence[Seen], found: Found, name: str) -> Claim:
    one = seen[found.window]
    best = {kind: CLASSES[kind][int(one.numbers.classes[kind][found.row].argmax())] for kind in CLASSES}
    spans = {role: _role(model, passage, one, found.row, index) for index, role in enumerate(ROLES)}
    victims, doer, place, day, voice = (spans[role] for role in ROLES)
    return Claim(
        id=name,
        span=_span(passage, found.start, found.end),
        harm=found.harm,
        count=found.count,
        victims=Victims(victims.quote if victims else None, best["status"] or "unknown", span=victims),  # type: ignore[arg-type]
        perpetrators=(Perpetrator(doer.quote, best["basis"] or "asserted", span=doer),) if doer else (),  # type: ignore[arg-type]
        when=When(day.quote, span=day) if day else None,
        where=Where(place.quote, span=place) if place else None,
        according_to=Voice(voice.quote, span=voice) if voice else None,
        means=best["means"],  # type: ignore[arg-type]
        scope=best["scope"],  # type: ignore[arg-type]
        modality=best["modality"],  # type: ignore[arg-type]
        extractor="tagger",
        confidence=round(found.confidence, 4),
    )


def _role(model: Model, passage: Passage, seen: Seen, row: int, index: int) -> Span | None:
    ends = seen.numbers.ends[row]
    first, last, nowhere = best_phrase(ends[:, 2 * index], ends[:, 2 * index + 1], seen.window.sentence)
    if nowhere > model.settings.nowhere[ROLES[index]]:
        return None
    start, end = int(seen.window.starts[first]), int(seen.window.ends[last])
    # Of other roles a part may be meant: who backs in "River-backed fighters".
    return _span(passage, start, whole_word(passage.text, end) if ROLES[index] == "victims" else end)


def _span(passage: Passage, start: int, end: int) -> Span:
    return Span(start, end, passage.text[start:end], passage.within)


def _links(model: Model, passage: Passage, seen: Sequence[Seen], found: Sequence[Found]) -> Iterator[Link]:
    """Yield the network's opinion on every two claims, where it gives the tie at least the set probability."""
    if len(found) < 2:
        return
    members = [
        Member(f.start, f.end, f.harm, f.count.stated, int(seen[f.window].window.sentence[f.first])) for f in found
    ]
    pairs = [(i, j) for i in range(len(found)) for j in range(i + 1, len(found))]
    parts = [
        np.stack([_view(seen, found[i], found[j]) for i, j in pairs]),
        np.stack([_view(seen, found[j], found[i]) for i, j in pairs]),
        np.stack([seen[found[i].window].numbers.state[found[i].row] for i, _ in pairs]),
        np.stack([seen[found[j].window].numbers.state[found[j].row] for _, j in pairs]),
        np.stack([pair_features(passage.text, members, i, j) for i, j in pairs]),
    ]
    chances = np.exp(log_softmax(model.tie(parts)))
    for (i, j), chance in zip(pairs, chances, strict=True):
        left, right = f"c{i + 1}", f"c{j + 1}"
        for label, link in (
            (PART_OF_LEFT, (right, left, "part")),
            (PART_OF_RIGHT, (left, right, "part")),
            (SAME, (left, right, "same")),
        ):
            if chance[label] >= model.settings.link:
                yield Link(*link, round(float(chance[label]), 4))


def _view(seen: Sequence[Seen], of: Found, at: Found) -> Floats:
    """Return claim `at`'s words as seen from claim `of`; nothing is seen across windows."""
    view = seen[of.window].numbers.seen[of.row]
    if of.window != at.window:
        return np.zeros(view.shape[-1], np.float32)
    return np.asarray(view[at.first : at.last + 1].mean(0), np.float32)
