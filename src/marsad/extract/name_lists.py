"""Lists of those harmed, by name: "along with his wife and Omar", "among the dead were", "the victims: Ali (4)"."""

from marsad.extract.clause import Clause, Found, is_claimed
from marsad.extract.lexicon import word_set
from marsad.extract.mentions import Mention
from marsad.extract.triggers import Trigger
from marsad.vocabulary import Harm

VICTIMS_AMONG = word_set("name_lists.victims_among")
NAMING = word_set("name_lists.naming")
NAMED_DEAD = frozenset(("victims", "martyrs", "dead", "killed", "deceased"))
BETWEEN_NAMES = word_set("name_lists.between_names")
KIN = frozenset(("his", "her", "their"))
LONGEST_GAP = 16


def read_name_lists(clause: Clause) -> None:
    """Read who else the harm befell: "was killed along with his wife and Omar", "the victims: Ali (4), Huda (6)"."""
    for at in range(len(clause.sentence.low)):
        told = _told_of_list(clause, at)
        if told is not None:
            _walk_names(clause, at + 1, *told)


def _told_of_list(clause: Clause, at: int) -> tuple[Trigger, Harm] | None:
    """Return harm word and harm of those whom a list behind the word at `at` names, None where no such list opens."""
    word = clause.sentence.low[at]
    told = ((f.trigger, f.harm) for f in reversed(clause.found) if f.harm != "displaced" and f.trigger is not None)
    source = next(((trigger, harm) for trigger, harm in told if trigger.first < at), None)
    if source is not None and word in {"with", "alongside", "were", "was"}:
        return source if _befell_too(clause, source[0], at) else None
    trigger: Trigger | None = None
    if word in {"were", "was", "are", "included", "include"}:
        trigger = _inverted_trigger(clause, at)
    elif word in {":", "as", "including"}:
        trigger = _names_trigger(clause, at, source[0] if source else None)
    return (trigger, trigger.harm) if trigger else None


def _befell_too(clause: Clause, source: Trigger, at: int) -> bool:
    """Say whether the word at `at` opens "along with", "together with" or "as well as … were" behind a harm word."""
    low = clause.sentence.low
    between = [w for w in low[source.stop : at] if w not in {"also", "too", "well", ","}]
    return between in ([], ["along"], ["together"]) if low[at] in {"with", "alongside"} else between == ["as"]


def _inverted_trigger(clause: Clause, at: int) -> Trigger | None:
    """Return the harm of "Among those killed were …", "The victims included …"."""
    low = clause.sentence.low
    before = set(low[max(0, at - 9) : at])
    among = before & {"among", "amongst"} and before & VICTIMS_AMONG
    if not among and low[max(0, at - 1) : at] not in (["victims"], ["dead"], ["fatalities"], ["killed"]):
        return None
    harmed = [t for t in clause.triggers if t.stop <= at]
    return harmed[-1] if harmed else Trigger(at, at + 1, "killed", "names")


def _names_trigger(clause: Clause, at: int, source: Trigger | None) -> Trigger | None:
    """Return the harm word whose victims a list of names gives, None when the list names something else."""
    low = clause.sentence.low
    near = set(low[max(0, at - 14) : at])
    if not near & NAMING or (low[at] == "as" and not near & {"identified", "named", "listed"}):
        return None
    before = [t for t in clause.triggers if t.first < at]
    if source is not None or before:
        return source or before[-1]
    return Trigger(at, at + 1, "killed", "names") if near & NAMED_DEAD else None


def _walk_names(clause: Clause, at: int, trigger: Trigger, harm: Harm) -> None:
    """Keep the names of the list that opens at `at`, up to the first phrase that cannot stand in it."""
    low = clause.sentence.low
    here = at
    for mention in clause.mentions:
        before = low[at : mention.first]
        if mention.first < here or before.count("(") > before.count(")"):
            # What stands in brackets behind a name is another name of the same person.
            continue
        if not _is_between_names(low[here : mention.first]) or not _is_listed(clause, mention):
            break
        if not is_claimed(clause, mention.first, mention.stop):
            clause.found.append(Found(mention.first, mention.stop, harm, trigger, "names", mention.kind))
        here = mention.stop


def _is_listed(clause: Clause, mention: Mention) -> bool:
    """Say whether a phrase can stand in a list of those harmed: a name, a number of people, or somebody's kin."""
    if mention.kind in {"plural", "pronoun", "thing"}:
        return False
    low = clause.sentence.low[mention.first : mention.stop]
    named = any(word[0].isupper() for word in clause.sentence.words[mention.first : mention.stop])
    return named or mention.kind == "counted" or not KIN.isdisjoint(low) or low[0] in {"a", "an"}


def _is_between_names(gap: list[str]) -> bool:
    """Say whether the tokens between two names of a list are commas, "and", ages and short brackets only."""
    depth = 0
    for word in gap:
        if word in {"(", ")"}:
            depth += 1 if word == "(" else -1
        elif depth == 0 and word not in BETWEEN_NAMES and not word.isdigit():
            return False
    return len(gap) < LONGEST_GAP
