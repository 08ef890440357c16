"""Whether a phrase can be those who came to a harm: people, not denied, not merely wished harm, no place or thing."""

from marsad.extract.clause import Clause, word_before
from marsad.extract.lexicon import word_set
from marsad.extract.mentions import Mention
from marsad.extract.noun_phrases import DETERMINERS
from marsad.extract.people import status_of
from marsad.extract.triggers import Trigger
from marsad.extract.word_kinds import things

PLACE_BEFORE = word_set("harmed_or_not.place_before")
PERSONAL_HARMS = frozenset(("killed", "injured", "abducted", "missing", "detained"))
NOT_COUNTED_BEFORE = frozenset(("$", "€", "£", "age", "aged", "article", "chapter", "section", "no"))
DENIALS = frozenset(("not", "never", "n't", "nobody", "without"))
ATTEMPTED = frozenset(("attempted", "attempting", "would-be", "conspiracy"))
WISHES = frozenset(("to", "would", "could", "will", "can", "should", "might", "may"))


def may_be_people(clause: Clause, mention: Mention, trigger: Trigger) -> bool:
    """Say whether a phrase can be those who came to this harm: people, not denied, not merely wished harm."""
    if _none_at_all(clause, mention):
        return False
    if mention.kind == "pronoun":
        low = clause.sentence.low[mention.head]
        return low in {"he", "she", "him", "her"} and (
            trigger.harm in {"killed", "injured"} or (trigger.harm == "detained" and trigger.frame == "passive")
        )
    if trigger.harm == "captured" and trigger.frame in {"base", "active", "past", "ing"}:
        # Towns are captured too, and cameras capture civilians: only people who may be fighters count.
        civil = status_of(clause.sentence.quote(mention.first, mention.stop)) == "civilian"
        return mention.kind in {"counted", "vague", "described"} and not civil
    if mention.kind in {"thing", "number"}:
        return _counts_people(clause, mention, trigger)
    return mention.kind in {"counted", "vague"} or _is_told_of(clause, mention, trigger)


def _none_at_all(clause: Clause, mention: Mention) -> bool:
    """Say whether a phrase is denied by its own "no", the one before it, or that of an earlier group of its list."""
    low, first = clause.sentence.low, mention.first
    fewer = low[first : first + 2] in (["no", "fewer"], ["no", "less"])
    if (low[first] in {"no", "none"} and not fewer) or (first and low[first - 1] in {"no", "without"}):
        return True
    # "no soldiers or civilians"
    return first > 1 and low[first - 1] in {"or", "nor"} and "no" in low[max(0, first - 6) : first]


def _counts_people(clause: Clause, mention: Mention, trigger: Trigger) -> bool:
    """Say whether a number, alone or with an unknown noun, counts people here."""
    low = clause.sentence.low
    if mention.kind == "thing" and mention.first < trigger.first < mention.stop and trigger.frame in {"nouns", "count"}:
        return True
    if mention.kind == "thing":
        return low[mention.head] not in things() and trigger.harm in PERSONAL_HARMS and not low[mention.head].isdigit()
    following = low[mention.stop] if mention.stop < len(low) else ""
    previous = low[mention.first - 1] if mention.first else ""
    return following not in {"%", "percent", "per"} | things() and previous not in NOT_COUNTED_BEFORE


def _is_told_of(clause: Clause, mention: Mention, trigger: Trigger) -> bool:
    """Say whether a phrase without a number is told to have come to harm, rather than denied, wished or a place."""
    low = clause.sentence.low
    if _denied(clause, trigger) or _only_wished(clause, trigger):
        return False
    if mention.kind == "plural":
        return low[mention.first] in DETERMINERS or trigger.frame not in {"noun", "base"}
    if mention.kind == "named":
        in_place = mention.first and low[mention.first - 1] in PLACE_BEFORE and trigger.frame != "names"
        return not in_place and trigger.harm in PERSONAL_HARMS and low[mention.head] not in things()
    return True


def _denied(clause: Clause, trigger: Trigger) -> bool:
    """Say whether the harm word itself is denied ("was not injured", "did not suffer any injuries")."""
    near = clause.sentence.low[max(0, trigger.first - 3) : trigger.first]
    return any(w in DENIALS or w.endswith("n't") for w in near)


def _only_wished(clause: Clause, trigger: Trigger) -> bool:
    """Say whether the harm is a wish, a plan or an attempt ("plotted to kill the minister")."""
    before = word_before(clause, trigger.first)
    return before in ATTEMPTED or (trigger.frame == "base" and before in WISHES)
