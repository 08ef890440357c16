"""Finds the statements of a report, kind by kind, sentence by sentence."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from marsad.extract.scene import Words, find_times
from marsad.extract.sentences import Sentence, sentences_of
from marsad.extract.statements.agreements import find_agreements
from marsad.extract.statements.control import find_control
from marsad.extract.statements.drafts import Draft
from marsad.extract.statements.modality import modality_of
from marsad.extract.statements.phrases import Line, Named, Phrase, line_of
from marsad.extract.statements.records import find_records
from marsad.extract.statements.relations import find_relations
from marsad.extract.statements.responsibility import find_responsibility
from marsad.extract.voices import find_source, is_pronoun
from marsad.model import Report, Slot, Span, Statement, Voice, When

FINDERS: tuple[Callable[[Line], Iterator[Draft]], ...] = (
    find_responsibility,
    find_control,
    find_relations,
    find_records,
)
_CONFLICT = (
    "attack kill bomb rebel militan insurgen militar militia troop fighter cease-fire ceasefire truce siege offensive "
    "guerrilla terror clash strike jihad hostage soldier separatist peace gunman gunmen shelling violence blast "
    "explo responsib occup captur seiz besieg wound coalition hostilit massacre"
)
CONFLICT = tuple(_CONFLICT.split())
"""What a report must hold, or name an actor of the registry, to be looked at: most general news does neither."""
CONFLICT_WORDS = re.compile(r"arm(?:y|ies|ed)\b|\bforces|\bwar\b|toll\b")
"""The same for short words, which many others hold."""
NEAR = 60
"""Characters between a statement and the words of time that are taken for its own; a relation must hold them."""
LONGEST = 2500
"""Characters of a sentence that is read; a longer one is a list or a table, and costs the square of its length."""
PEACE = re.compile(r"\b(?:peace|negotiat\w+|cease-?fires?|truce|dialogue)\b", re.IGNORECASE)


def speaks_of_conflict(text: str) -> bool:
    """Say whether a text holds any word of armed conflict."""
    low = text.lower()
    return any(part in low for part in CONFLICT) or CONFLICT_WORDS.search(low) is not None


def find_statements(report: Report, named: Sequence[Named] = ()) -> tuple[Statement, ...]:
    """Return what a report's text says of responsibility, control, relations, agreements and records, in order.

    `named` are the names that the registry and the gazetteer know, with their offsets. Words stay words: who and where
    they mean is for `resolve`. A report without any word of conflict (`speaks_of_conflict`) and without a known actor
    tells of nothing, and need not be looked at.
    """
    drafts: list[tuple[Draft, Sentence]] = []
    before: Line | None = None
    starts, ends = [one.start for one in named], [one.end for one in named]
    about_peace = bool(PEACE.search(report.text))
    for sentence in sentences_of(report.text):
        if sentence.end - sentence.start > LONGEST:
            continue
        line = line_of(sentence, named[bisect_left(ends, sentence.start) : bisect_left(starts, sentence.end)])
        found = [draft for find in FINDERS for draft in find(line)]
        found += find_agreements(line, about_peace)
        named_drafts = (with_names(draft, line, before) for draft in found)
        drafts += [(draft, sentence) for draft in named_drafts if draft is not None]
        before = line if line.phrases else before
    drafts.sort(key=lambda one: (one[0].start, one[0].end, one[0].kind))
    return tuple(_statement(report, draft, sentence, n) for n, (draft, sentence) in enumerate(drafts, 1))


def with_names(draft: Draft, line: Line, before: Line | None) -> Draft | None:
    """Put the words that pronouns stand for in their place: those right before "which", else the last subject.

    None where "who" stands for nobody that was recognised.
    """
    slots = dict(draft.slots)
    for name, pronoun in draft.stands_for.items():
        meant = _before_relative(line, pronoun) if pronoun.sort == "R" else _last_subject(line, before, pronoun)
        if meant is not None:
            owner, phrase = meant
            slots[name] = [owner.span(phrase)]
        elif pronoun.sort == "R" and name != "parties":
            return None
    if slots.get("place") and slots.get("place") == slots.get("actor"):
        return None
    return replace(draft, slots=slots, extent=draft.extent or (draft.start, draft.end))


def _before_relative(line: Line, pronoun: Phrase) -> tuple[Line, Phrase] | None:
    earlier = [one for one in line.phrases if one.stop <= pronoun.first and one.sort in "APXN"]
    low = line.sentence.low
    if len(earlier) > 1 and low[earlier[-1].first - 1] == "(" and low[earlier[-1].stop : earlier[-1].stop + 1] == [")"]:
        # "Northfold (Nordfeld), which": the name in brackets is another for the one before.
        earlier.pop()
    return (line, earlier[-1]) if earlier else None


def _last_subject(line: Line, before: Line | None, pronoun: Phrase) -> tuple[Line, Phrase] | None:
    here = [one for one in line.phrases if one.stop <= pronoun.first and one.sort in "AXN"]
    if here:
        return line, here[0]
    # Where all is in capitals a name that nobody knows may be any word.
    sorts = "A" if before and before.sentence.shouted else "AN"
    there = [one for one in before.phrases if one.sort in sorts] if before else []
    return (before, there[0]) if before and there else None


def _statement(report: Report, draft: Draft, sentence: Sentence, number: int) -> Statement:
    slots = {name: tuple(_slot(report, *span) for span in spans) for name, spans in draft.slots.items()}
    return Statement(
        f"s{number}",
        draft.kind,
        _span(report, draft.start, draft.end),
        dict(draft.terms),
        slots,
        _voice(report, sentence),
        _when(report, draft, sentence),
        modality_of(sentence, draft),
    )


def _slot(report: Report, start: int, end: int) -> Slot:
    span = _span(report, start, end)
    return Slot(span.quote, span)


def _span(report: Report, start: int, end: int) -> Span:
    return Span(start, end, report.text[start:end])


def _voice(report: Report, sentence: Sentence) -> Voice | None:
    source = find_source(sentence.text.lower() if sentence.shouted else sentence.text, sentence.titled)
    if source is None or is_pronoun(source):
        return None
    span = _span(report, sentence.start + source.start, sentence.start + source.end)
    return Voice(span.quote, span=span)


def _when(report: Report, draft: Draft, sentence: Sentence) -> When | None:
    """Return the words of time that stand nearest to a statement in its sentence."""
    times = find_times(sentence.text)
    if not times:
        return None

    def gap(words: Words) -> int:
        return max(draft.start - (sentence.start + words.end), sentence.start + words.start - draft.end, 0)

    near = min(times, key=gap)
    if gap(near) > (0 if draft.kind == "relation" else NEAR):
        return None
    span = _span(report, sentence.start + near.start, sentence.start + near.end)
    return When(span.quote, span=span)
