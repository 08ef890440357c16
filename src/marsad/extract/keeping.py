"""Keeps a phrase as a claim: with the groups of its list, under the harm that the words beside the harm word mean."""

from marsad.extract.clause import INCLUDING, NUMBERED, Clause, Found, is_claimed, mention_opening
from marsad.extract.coordination import JOINED_ON, LISTED, coordinated, follows_in_list, is_person_named
from marsad.extract.harmed_or_not import may_be_people
from marsad.extract.mentions import Mention
from marsad.extract.triggers import Trigger
from marsad.vocabulary import Harm

LEAVING = frozenset(("left", "leaving", "leaves", "leave", "killed", "killing", "kills"))
SHOT = frozenset(("shot", "shoot", "shooting", "stabbed", "shoots"))
SIBLINGS = (*JOINED_ON, [",", "as", "well", "as"], ["along", "with"])


def keep(clause: Clause, mention: Mention, trigger: Trigger, pattern: str) -> None:
    """Keep a mention as a claim, its coordinated neighbours with it, unless it cannot be people."""
    if not may_be_people(clause, mention, trigger):
        return
    first, stop = coordinated(clause, mention)
    harm = _harm_here(clause, trigger, stop)
    _keep_list(clause, Found(first, stop, harm, trigger, pattern, mention.kind))


def keep_part(clause: Clause, mention: Mention, whole: Found) -> None:
    """Keep a mention as a part of a claim, under that claim's harm."""
    first, stop = coordinated(clause, mention)
    _keep_list(clause, Found(first, stop, whole.harm, whole.trigger, "including", mention.kind))


def _keep_list(clause: Clause, found: Found) -> None:
    """Give a claim, and each group of the same list that was told apart ("34 rebels and four civilians"), its place."""
    if is_claimed(clause, found.first, found.stop):
        return
    clause.found.append(found)
    _keep_after(clause, found)
    _keep_before(clause, found)


def _keep_after(clause: Clause, found: Found) -> None:
    last = found
    for other in clause.mentions:
        if other.first < last.stop or not (
            other.kind in {"counted", "described", "vague"} or is_person_named(clause, other)
        ):
            continue
        if not follows_in_list(clause, last.stop, other, SIBLINGS):
            break
        last = Found(other.first, other.stop, found.harm, found.trigger, "list", other.kind)
        clause.found.append(last)


def _keep_before(clause: Clause, found: Found) -> None:
    first = found
    for other in reversed(clause.mentions):
        if other.stop > first.first or other.kind != "counted":
            continue
        gap = clause.sentence.low[other.stop : first.first]
        listed = gap in LISTED or _is_left_behind(clause, other, gap)
        if not listed or is_claimed(clause, other.first, other.stop):
            break
        first = Found(other.first, other.stop, found.harm, found.trigger, "list", other.kind)
        clause.found.append(first)


def _is_left_behind(clause: Clause, other: Mention, gap: list[str]) -> bool:
    """Say whether an aside stands between two groups that one verb leaves dead ("leaving 12, among them X, and")."""
    aside = len(gap) > 3 and gap[0] == "," and gap[1] in INCLUDING and gap[-1] == "and"
    # Where the group opens the sentence, its last word is asked: "12 men, among them X, and a boy killed".
    return aside and clause.sentence.low[other.first - 1] in LEAVING


def _harm_here(clause: Clause, trigger: Trigger, stop: int) -> Harm:
    """Mend the harm of a word by what goes with it: "shot … dead", "killed and wounded"."""
    low = clause.sentence.low
    if low[trigger.first] in SHOT and (low[stop : stop + 1] == ["dead"] or low[stop : stop + 2] == ["to", "death"]):
        return "killed"
    if trigger.harm == "killed":
        other = next((t for t in clause.triggers if _is_injured_too(clause, trigger, t)), None)
        if other is not None:
            return _both_harms(clause, trigger, other)
    return trigger.harm


def _is_injured_too(clause: Clause, trigger: Trigger, other: Trigger) -> bool:
    """Say whether "and wounded" stands right behind "killed"."""
    low = clause.sentence.low
    if not trigger.stop < other.first <= trigger.stop + 2 or low[other.first - 1] not in {"and", "or", "/"}:
        return False
    told = other.harm == "injured" and other.frame in {"past", "ing", "noun", "count", "base"}
    return told and low[other.first] not in {"shot", "shooting"}


def _both_harms(clause: Clause, trigger: Trigger, other: Trigger) -> Harm:
    """ "12 killed and wounded" is 12 casualties; "12 killed and wounded 30" is 12 killed."""
    after = mention_opening(clause, other.stop, other.stop + 1)
    has_object = after is not None and after.kind in NUMBERED
    return "killed" if has_object and trigger.frame in {"passive", "past", "count"} else "casualties"
