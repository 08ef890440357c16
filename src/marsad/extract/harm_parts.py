"""Hands a harm on to its parts: "35 people, including two women", "a commander was among three fighters killed"."""

from marsad.extract.clause import INCLUDING, Clause, Found, mention_opening
from marsad.extract.harmed_or_not import may_be_people
from marsad.extract.keeping import keep, keep_part
from marsad.extract.lexicon import word_set
from marsad.extract.mentions import Mention

AFTER_INCLUDING = word_set("harm_parts.after_including")


def read_including(clause: Clause) -> None:
    """Hand a harm on: "35 people, including two women and a child", "21 dead: 12 soldiers and nine civilians"."""
    for at, word in enumerate(clause.sentence.low):
        if word not in INCLUDING and word != ":":
            continue
        whole = _claim_before(clause, at)
        part = _part_behind(clause, at)
        if whole is None or whole.trigger is None or part is None:
            continue
        if may_be_people(clause, part, whole.trigger):
            keep_part(clause, part, whole)


def _part_behind(clause: Clause, at: int) -> Mention | None:
    """Return the phrase that "including" or a colon at `at` brings in, None when it is no part that counts."""
    low = clause.sentence.low
    opens = {m.first for m in clause.mentions}
    start = at + 1
    while start < len(low) and low[start] in AFTER_INCLUDING and start not in opens:
        start += 1
    part = mention_opening(clause, start, start)
    if part is None or part.kind in {"pronoun", "thing", "plural"}:
        return None
    return part if low[at] != ":" or part.kind in {"counted", "described"} else None


def _claim_before(clause: Clause, at: int) -> Found | None:
    """Return the nearest claim before `at`, to which a part behind it belongs."""
    before = [f for f in clause.found if f.stop <= at]
    return max(before, key=lambda f: f.stop) if before else None


def read_among(clause: Clause) -> None:
    """ "A commander was among three fighters killed": the one before "among" is a claim too."""
    for at, word in enumerate(clause.sentence.low):
        if word in {"among", "amongst"}:
            _read_one_among(clause, at)


def _read_one_among(clause: Clause, at: int) -> None:
    low = clause.sentence.low
    whole = next((f for f in clause.found if at < f.first <= at + 3 or f.first <= at < f.stop), None)
    stop = at
    while stop > 0 and low[stop - 1] in {"was", "were", "is", "are", "also", "reportedly", ","}:
        stop -= 1
    mention = next((m for m in clause.mentions if m.stop == stop), None)
    if mention is None or mention.kind in {"pronoun", "thing"}:
        return
    killed = next((t for t in clause.triggers if at < t.first <= at + 5), None)
    if whole is not None:
        keep_part(clause, mention, whole)
    elif killed is not None and not {"those", "the"}.isdisjoint(low[at + 1 : at + 4]):
        keep(clause, mention, killed, "among")
