"""What becomes of ids, and of what people said of them, when a report is read anew: matched by their words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from marsad.ledger.record import Member, RecordedReading, claim_ref, members_of
from marsad.model import Claim, Judgement, Revision

Standing = Mapping[str, RecordedReading]


def superseded(known: Iterable[RecordedReading], standing: Standing) -> list[RecordedReading]:
    """Return the readings that no longer stand, the newest first."""
    old = (one for one in known if standing[one.report_key].key != one.key)
    return sorted(old, key=lambda one: (one.recorded, one.key), reverse=True)


def successors(old: Sequence[RecordedReading], members: Mapping[str, Member]) -> dict[str, tuple[str, ...]]:
    """Return, per incident of a reading that no longer stands, those of the new reading that share its words.

    The one that shares most comes first; an incident whose id lives on is left out.
    """
    by_report: dict[str, list[Member]] = {}
    for member in members.values():
        by_report.setdefault(member.recorded.report_key, []).append(member)
    out: dict[str, tuple[str, ...]] = {}
    for one in old:
        for was in members_of(one):
            shared = ((shared_words(was, new), new.id) for new in by_report.get(one.report_key, ()))
            found = tuple(name for number, name in sorted(shared, reverse=True) if number)
            if found and was.id not in members:
                out.setdefault(was.id, found)
    return out


def kept_for_people(
    old: Sequence[RecordedReading],
    gone: Iterable[str],
    judgements: Iterable[Judgement],
    revisions: Iterable[Revision],
) -> dict[str, Member]:
    """Return the incidents that a new reading no longer finds and a person spoke of, as the old reading has them.

    Who gave an incident a value, or said that it is the same as another one, vouched for it: a program's new reading
    does not take that back.
    """
    spoken_of = {word.of for word in revisions if word.field != "withdrawn"}
    for word in judgements:
        if word.verdict == "same" and not word.by.startswith("program "):
            spoken_of |= {word.left, word.right}
    wanted = spoken_of.intersection(gone)
    kept: dict[str, Member] = {}
    for one in old:
        for was in members_of(one) if wanted else ():
            # Of two older readings of the same words the newer one's is kept, or the dead would count twice.
            others = (each for each in kept.values() if each.recorded.report_key == one.report_key)
            if was.id in wanted and not any(shared_words(was, other) for other in others):
                kept[was.id] = was
    return kept


def targets(
    revisions: Iterable[Revision],
    known: Sequence[RecordedReading],
    standing: Standing,
    aliases: Mapping[str, str],
) -> Iterator[tuple[str, Revision]]:
    """Yield every revision with the id that it is about today; one of a claim that is no longer read has none."""
    by_report: dict[str, list[RecordedReading]] = {}
    for one in sorted(known, key=lambda one: (one.recorded, one.key)):
        by_report.setdefault(one.report_key[:12], []).append(one)
    for word in revisions:
        if "/" not in word.of:
            yield aliases.get(word.of, word.of), word
            continue
        readings = by_report.get(word.of.partition("/")[0], [])
        of = _claim_today(word, readings, standing)
        if of is not None:
            yield of, word


def _claim_today(word: Revision, readings: Sequence[RecordedReading], standing: Standing) -> str | None:
    """Return the claim of today's reading that stands on the words of the one that a person meant."""
    seen = [one for one in readings if one.recorded <= word.made] or list(readings[:1])
    if not seen:
        return None
    now = standing[seen[-1].report_key]
    if now.key == seen[-1].key:
        return word.of
    name = word.of.partition("/")[2]
    meant = next((claim for claim in seen[-1].reading.claims if claim.id == name), None)
    if meant is None:
        return None
    alike = [(overlap(meant, claim), claim.id) for claim in now.reading.claims if claim.harm == meant.harm]
    best = max(alike, default=(0, ""))
    return claim_ref(now.report_key, best[1]) if best[0] else None


def shared_words(one: Member, other: Member) -> int:
    """Return how many characters the claims of two incidents of one report have in common."""
    return sum(overlap(a, b) for a in one.claims() for b in other.claims())


def overlap(one: Claim, other: Claim) -> int:
    """Return how many characters two claims of one report have in common."""
    if one.span.within != other.span.within:
        return 0
    return max(0, min(one.span.end, other.span.end) - max(one.span.start, other.span.start))
