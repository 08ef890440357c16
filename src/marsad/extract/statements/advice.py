"""What the wordings say of a line's candidates: the learned reader hears it beside the words."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from marsad.extract.statements.candidates import DEAL, Candidate
from marsad.extract.statements.drafts import Draft
from marsad.extract.statements.phrases import Line

PAIRED = {"control": ("actor", "place"), "relation": ("left", "right")}
"""The kinds that are told of two candidates, with the slots of the first and the second."""


@dataclass(slots=True)
class Advice:
    """The rules' drafts by the candidates (indices) that they are told of; of two drafts the later stands."""

    pairs: dict[tuple[int, int], Draft] = field(default_factory=dict)
    actors: dict[int, Draft] = field(default_factory=dict)
    deals: dict[int, list[Draft]] = field(default_factory=dict)
    parties: set[tuple[int, int]] = field(default_factory=set)


def advice_of(line: Line, candidates: Sequence[Candidate], drafts: Sequence[Draft]) -> Advice:
    """Return what drafts of a line say of its candidates."""
    advice = Advice()
    for draft in drafts:
        if draft.kind in PAIRED:
            left, right = (_told(line, candidates, draft, slot) for slot in PAIRED[draft.kind])
            advice.pairs.update({(i, j): draft for i in left for j in right if i != j})
        elif draft.kind == "responsibility":
            advice.actors.update(dict.fromkeys(_told(line, candidates, draft, "actor"), draft))
        elif draft.kind == "agreement":
            parties = _told(line, candidates, draft, "parties")
            for at, one in enumerate(candidates):
                if one.sort == DEAL and draft.start - 1 <= one.start and one.end <= draft.end + 1:
                    advice.deals.setdefault(at, []).append(draft)
                    advice.parties.update((at, i) for i in parties)
    return advice


def _told(line: Line, candidates: Sequence[Candidate], draft: Draft, slot: str) -> list[int]:
    """Return the candidates that share words with a slot of a draft, or with the pronoun that stands in it."""
    spans = list(draft.slots.get(slot, ()))
    if slot in draft.stands_for:
        spans.append(line.span(draft.stands_for[slot]))
    return [
        at for at, one in enumerate(candidates) if one.sort != DEAL and any(one.overlap(*span) > 0 for span in spans)
    ]
