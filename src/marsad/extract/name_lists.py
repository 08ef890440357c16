"""Lists of those harmed, by name: "along with his wife and Omar", "among the dead were", "the victims: Ali (4)"."""

from marsad.extract.clause import PREPOSITIONS, Clause, Found, is_claimed, word_before
from marsad.extract.lexicon import word_set
from marsad.extract.mentions import Mention
from marsad.extract.triggers import Trigger
from marsad.vocabulary import Harm

VICTIMS_AMONG = word_set("name_lists.victims_among")
NAMING = word_set("name_lists.naming")
NAMED_DEAD = frozenset(("victims", "martyrs", "dead", "killed", "deceased"))
BETWEEN_NAMES = word_set("name_lists.between_names")
KIN = frozenset(("his", "her", "their"))
KIN_PLURAL = word_set("name_lists.kin_plural")
NAMING_WORDS = frozenset(("identified", "named", "listed", "identifying", "naming", "listing"))
SAYS = word_set("name_lists.says")
DASHES = frozenset(("-", "–", "—"))
ONE_NAMED = frozenset(("victim", "deceased", "boy", "girl", "teen", "teenager", "child", "man", "woman", "him", "her"))
SUSPECTS = frozenset(("suspect", "shooter", "gunman", "attacker", "assailant", "arrested", "spokesman", "charged"))
SMALL_NUMBERS = frozenset(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"))
LONGEST_GAP = 16
BEFORE_VERB = frozenset(("passive", "intransitive", "predicate"))


def read_name_lists(clause: Clause) -> None:
    """Read who else the harm befell: "was killed along with his wife and Omar", "the victims: Ali (4), Huda (6)"."""
    for at in range(len(clause.sentence.low)):
        told = _told_of_list(clause, at)
        if told is not None:
            _walk_names(clause, at + 1, *told)
    for found in list(clause.found):
        if found.kind == "counted" and found.trigger is not None:
            _read_names_of_counted(clause, found, found.trigger)
        elif found.trigger is not None and found.pattern in BEFORE_VERB:
            _read_names_before(clause, found, found.trigger)


def _read_names_of_counted(clause: Clause, found: Found, trigger: Trigger) -> None:
    """Read who the counted are: "killed two men, Omar Hadi, a grocer, and Ali Said"."""
    if clause.sentence.low[found.stop : found.stop + 1] not in ([","], [":"]):
        return
    first = next((m for m in clause.mentions if m.first == found.stop + 1), None)
    if first is None or not _has_name(clause, first) or is_claimed(clause, first.first, first.stop):
        return
    listed = _names_from(clause, found.stop + 1)
    stop = listed[-1].stop if listed else found.stop
    if len(listed) > 1 and SAYS.isdisjoint(clause.sentence.low[stop : stop + 4]):
        _keep_names(clause, listed, trigger, found.harm)


def _read_names_before(clause: Clause, found: Found, trigger: Trigger) -> None:
    """Read a list of names that ends in the subject of a verb of harm: "Ali, his wife Huda and Omar were killed"."""
    sentence = clause.sentence
    if not any(word[0].isupper() for word in sentence.words[found.first : found.stop]) or sentence.shouted:
        return
    listed: list[Mention] = []
    here, closed = found.first, False
    for mention in reversed(clause.mentions):
        gap = sentence.low[mention.stop : here]
        if mention.stop > here:
            continue
        if not gap or not _is_between_names(gap) or not (closed or "and" in gap):
            break
        if _glosses_name_before(clause, mention, gap):
            closed, here = True, mention.first
            continue
        if not _has_name(clause, mention):
            break
        closed = True
        listed.insert(0, mention)
        here = mention.first
    # Names between dashes only say who was counted before.
    if listed and word_before(clause, listed[0].first) not in PREPOSITIONS | DASHES:
        _keep_names(clause, listed, trigger, found.harm)


def _glosses_name_before(clause: Clause, mention: Mention, gap: list[str]) -> bool:
    """Say whether a phrase only says who the one before it is ("Omar Hadi, a grocer, and")."""
    before = next((m for m in clause.mentions if m.stop == mention.first - 1), None)
    aside = gap[:1] == [","] and word_before(clause, mention.first) == "," and not _has_name(clause, mention)
    return (
        aside
        and clause.sentence.low[mention.first] in {"a", "an", "the"}
        and before is not None
        and _has_name(clause, before)
    )


def _has_name(clause: Clause, mention: Mention) -> bool:
    """Say whether a phrase is a person's name, alone or behind an age or a word for kin."""
    named = any(word[0].isupper() for word in clause.sentence.words[mention.first : mention.stop])
    return mention.kind in {"named", "described"} and named


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
    opens = {"among", "amongst"} if low[at] in {"was", "is"} else {"among", "amongst", "those", "also"}
    among = not opens.isdisjoint(before) and not VICTIMS_AMONG.isdisjoint(before)
    if not among and low[max(0, at - 1) : at] not in (["victims"], ["dead"], ["fatalities"], ["killed"]):
        return None
    harmed = [t for t in clause.triggers if t.stop <= at]
    return harmed[-1] if harmed else Trigger(at, at + 1, "killed", "names")


def _names_trigger(clause: Clause, at: int, source: Trigger | None) -> Trigger | None:
    """Return the harm word whose victims a list of names gives, None when the list names something else."""
    low = clause.sentence.low
    near = set(low[max(0, at - 14) : at])
    named_one = clause.one_before is not None and near & ONE_NAMED
    if not (near & NAMING or named_one) or (low[at] == "as" and not near & NAMING_WORDS):
        return None
    before = [t for t in clause.triggers if t.first < at]
    if source is not None or before:
        return source or before[-1]
    if near & NAMED_DEAD:
        return Trigger(at, at + 1, "killed", "names")
    if clause.one_before and low[at] == "as" and near & ONE_NAMED and not near & SUSPECTS:
        # "The victim was identified as Omar Hadi."
        return Trigger(at, at + 1, clause.one_before, "names")
    return None


def _walk_names(clause: Clause, at: int, trigger: Trigger, harm: Harm) -> None:
    """Keep the names of the list that opens at `at`, up to the first phrase that cannot stand in it."""
    _keep_names(clause, _names_from(clause, at), trigger, harm)


def _keep_names(clause: Clause, listed: list[Mention], trigger: Trigger, harm: Harm) -> None:
    for mention in listed:
        if not is_claimed(clause, mention.first, mention.stop):
            clause.found.append(Found(mention.first, mention.stop, harm, trigger, "names", mention.kind))


def _names_from(clause: Clause, at: int) -> list[Mention]:
    """Return the phrases of the list that opens at `at`, up to the first that cannot stand in it."""
    low = clause.sentence.low
    listed: list[Mention] = []
    here = at
    for mention in clause.mentions:
        before = low[at : mention.first]
        if mention.first < here or before.count("(") > before.count(")"):
            # What stands in brackets behind a name is another name of the same person.
            continue
        if not _is_between_names(low[here : mention.first]):
            break
        here = mention.stop
        if _is_gloss(clause, mention, listed[-1] if listed else None):
            continue
        if not _is_listed(clause, mention):
            break
        listed.append(mention)
    return listed


def _is_gloss(clause: Clause, mention: Mention, last: Mention | None) -> bool:
    """Say whether a phrase only says who is listed: "her daughters" before their names, "a grocer" behind one."""
    low = clause.sentence.low
    if mention.kind == "plural":
        names_follow = any(
            m.first in {mention.stop, mention.stop + 1} and _has_name(clause, m) for m in clause.mentions
        )
        return low[mention.head] in KIN_PLURAL and names_follow
    if (
        last is None
        or not _has_name(clause, last)
        or _has_name(clause, mention)
        or low[last.stop : mention.first] != [","]
    ):
        return False
    return low[mention.first] in {"a", "an", "the"} and low[mention.stop : mention.stop + 1] in ([","], ["."], [])


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
        elif depth == 0 and word not in BETWEEN_NAMES and not word.isdigit() and word not in SMALL_NUMBERS:
            return False
    return len(gap) < LONGEST_GAP
