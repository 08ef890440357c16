"""What incidents are put together from: whose reading stands, which ids lead where, what people's words are about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from marsad.ledger.record import Member, RecordedReading, members_of
from marsad.ledger.rereads import kept_for_people, successors, superseded, targets
from marsad.model import Judgement, Revision


@dataclass(frozen=True, slots=True)
class Ground:
    """What some reports come to before any two are put together; of each report it depends on its own words alone.

    `members` are the incidents that stand, by id. `parts` leads from ids of older readings to those of today, the
    likeliest first. `words` are people's revisions, each with the id that it is about today.
    """

    standing: Mapping[str, RecordedReading]
    members: Mapping[str, Member]
    parts: Mapping[str, tuple[str, ...]]
    words: tuple[tuple[str, Revision], ...]

    @property
    def aliases(self) -> dict[str, str]:
        """Return, per id of an older reading, the one that answers for it today."""
        return {was: now[0] for was, now in self.parts.items()}


def ground(known: Sequence[RecordedReading], said: Iterable[Judgement], revised: Iterable[Revision]) -> Ground:
    """Return what reports come to: all of their readings, the words on their ids, and what people revised of them."""
    revisions = list(revised)
    standing = standing_readings(known)
    members = {m.id: m for reading in standing.values() for m in members_of(reading)}
    old = superseded(known, standing)
    parts = successors(old, members)
    gone = {m.id for one in old for m in members_of(one)} - members.keys() - parts.keys()
    kept_on = kept_for_people(old, gone, said, revisions)
    if kept_on:
        members |= kept_on
        parts = successors(old, members)
    aliases = {was: now[0] for was, now in parts.items()}
    return Ground(standing, members, parts, tuple(targets(revisions, known, standing, aliases)))


def standing_readings(readings: Iterable[RecordedReading]) -> dict[str, RecordedReading]:
    """Return, per report, the reading that stands: the one recorded last; sorted by the report's key."""
    latest: dict[str, RecordedReading] = {}
    for one in readings:
        before = latest.get(one.report_key)
        if before is None or (one.recorded, one.key) > (before.recorded, before.key):
            latest[one.report_key] = one
    return dict(sorted(latest.items()))


def renamed(word: Judgement, aliases: Mapping[str, str]) -> Judgement:
    """Return a word on the ids that answer today for those it was said of."""
    left, right = aliases.get(word.left, word.left), aliases.get(word.right, word.right)
    if (left, right) == (word.left, word.right):
        return word
    return Judgement(left, right, word.verdict, word.by, word.made, word.score, word.reasons)
