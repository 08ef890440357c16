"""A statement before its words are put in place."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from marsad.extract.statements.phrases import Phrase
from marsad.vocabulary import StatementKind


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before it is put in place: its terms, and the offsets of its words in the report's text."""

    kind: StatementKind
    terms: Mapping[str, str]
    slots: Mapping[str, list[tuple[int, int]]]
    stands_for: Mapping[str, Phrase] = field(default_factory=dict)
    """The slots that hold only a pronoun, with its phrase: to be filled by what was named before."""
    extent: tuple[int, int] | None = None
    """Where it stands, when that is more than its words or its words stand elsewhere."""

    @property
    def start(self) -> int:
        """Return where it begins in the text."""
        return self.extent[0] if self.extent else min(a for spans in self.slots.values() for a, _ in spans)

    @property
    def end(self) -> int:
        """Return where it ends in the text."""
        return self.extent[1] if self.extent else max(b for spans in self.slots.values() for _, b in spans)


def apart(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Yield drafts in their order, without those that lie over an earlier one."""
    taken: list[tuple[int, int]] = []
    for draft in drafts:
        if not any(a < draft.end and draft.start < b for a, b in taken):
            taken.append((draft.start, draft.end))
            yield draft
