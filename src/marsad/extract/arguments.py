"""Where the people of a harm word stand: its object, its subject, the phrase that ends before it or before an aside."""

from marsad.extract.clause import INCLUDING, NUMBERED, PREPOSITIONS, Clause, word_before
from marsad.extract.lexicon import word_set
from marsad.extract.mentions import Mention
from marsad.extract.triggers import Trigger
from marsad.extract.word_kinds import things

SKIP_TO_OBJECT = word_set("arguments.skip_to_object")
FLAT_PARTS = word_set("arguments.flat_parts")
BEFORE_HARM = word_set("arguments.before_harm")
ASIDE_OPENS = word_set("arguments.aside_opens")
NOT_HANGING = word_set("arguments.not_hanging")
SUBJECT_PRONOUNS = frozenset(("he", "she", "they", "we", "i"))
VERB_FRAMES = frozenset(("past", "ing", "base", "active"))
ASIDE_MARKS = {",": ",", ")": "(", "—": "—", "–": "–"}
"""The mark that closes an aside, and the one that opens it."""
LONGEST_ASIDE = 30
OWNERS = frozenset(("his", "her", "their", "another", "one"))


def object_mention(clause: Clause, trigger: Trigger) -> Mention | None:
    """Return the mention that is the object of a verb of harm, adverbs and further verbs stepped over."""
    low = clause.sentence.low
    here: int | None = trigger.stop
    for _ in range(8):
        if here is None or here >= len(low):
            return None
        mention = next((m for m in clause.mentions if m.first <= here < m.stop and m.first >= trigger.stop), None)
        if mention is not None:
            is_subject = mention.kind == "pronoun" and low[mention.first] in SUBJECT_PRONOUNS
            return None if is_subject else mention
        here = _step_to_object(clause, here)
    return None


def _step_to_object(clause: Clause, here: int) -> int | None:
    """Return where the search for an object goes on behind `here`: "killed and wounded 11", "killing or injuring"."""
    low = clause.sentence.low
    verbs = {t.first: t.stop for t in clause.triggers if t.frame in VERB_FRAMES}
    if here in verbs and low[here - 1] in {"and", "or", ","}:
        return verbs[here]
    joins = low[here] in {"and", "or"} and here + 1 in verbs
    return here + 1 if joins or low[here] in SKIP_TO_OBJECT or low[here].endswith("ly") else None


def mention_ending(clause: Clause, at: int) -> Mention | None:
    """Return the mention that ends right before token `at`, adverbs and "more" aside."""
    low = clause.sentence.low
    here = _before_aside(clause, at)
    while here > 0 and low[here - 1] in BEFORE_HARM:
        here -= 1
    found = next((m for m in clause.mentions if here <= m.stop <= at), None)
    if found is None:
        return None
    part = _whole_of(clause, found)
    if word_before(clause, part.first) not in {"of", "from", "("}:
        return part
    earlier = (m for m in clause.mentions if m.stop <= part.first)
    wholes = (m for m in earlier if _hangs_on(low[m.stop : part.first]) and _is_whole(clause, m, part))
    return next(wholes, part)


def _is_whole(clause: Clause, other: Mention, part: Mention) -> bool:
    """Say whether a mention before "of" holds the people of the one behind it ("members of", "three of the women")."""
    if other.kind in NUMBERED:
        return True
    return other.kind == "plural" and (part.kind not in NUMBERED or clause.sentence.low[other.head] in FLAT_PARTS)


def subject_mention(clause: Clause, at: int) -> Mention | None:
    """Return the mention that is the subject of the verb at `at`: the first of its chain ("members of the family")."""
    at = _before_aside(clause, at)
    chosen: Mention | None = None
    for mention in reversed(clause.mentions):
        if mention.stop > at:
            continue
        if not _reaches(clause, mention, chosen, at):
            break
        hangs = word_before(clause, mention.first) in PREPOSITIONS
        if mention.kind == "thing" and clause.sentence.low[mention.head] in things():
            if hangs:
                continue
            break
        chosen = mention
        if not hangs and word_before(clause, mention.first) != "(":
            break
    return _whole_of(clause, _named_before(clause, chosen)) if chosen else None


def _named_before(clause: Clause, mention: Mention) -> Mention:
    """Return the name that a phrase behind a comma only describes ("Omar Hadi, leader of the union")."""
    low = clause.sentence.low
    if mention.kind != "described" or word_before(clause, mention.first) != "," or low[mention.first] in OWNERS:
        return mention
    name = next((m for m in clause.mentions if m.stop == mention.first - 1 and m.kind == "named"), None)
    if name is None or word_before(clause, name.first) in PREPOSITIONS | INCLUDING:
        return mention
    return name


def _reaches(clause: Clause, mention: Mention, chosen: Mention | None, at: int) -> bool:
    """Say whether a mention is near enough to be the subject of the verb at `at`, or what `chosen` hangs on."""
    end = chosen.first if chosen else at
    between = clause.sentence.low[mention.stop : end]
    if end - mention.stop > 14 or ";" in between:
        return False
    if chosen is None:
        return True
    return _hangs_on(between) and (mention.kind != "plural" or _is_whole(clause, mention, chosen))


def _whole_of(clause: Clause, mention: Mention) -> Mention:
    """Return the group that a mention behind "including" belongs to ("four officers including a major")."""
    if word_before(clause, mention.first) not in INCLUDING:
        return mention
    for other in reversed(clause.mentions):
        if other.stop < mention.first:
            return other if mention.first - other.stop <= 3 else mention
    return mention


def _before_aside(clause: Clause, at: int) -> int:
    """Step back over an aside between commas or brackets: "12 people, including a child, were killed"."""
    low = clause.sentence.low
    if at < 2 or low[at - 1] not in ASIDE_MARKS:
        return at
    opener = ASIDE_MARKS[low[at - 1]]
    best, marks = at - 1, 0
    for here in range(at - 2, max(0, at - LONGEST_ASIDE), -1):
        if low[here] == ":" and opener == ",":
            return here
        if low[here] == "]":
            break
        if low[here] != opener:
            continue
        best, marks = here, marks + 1
        if (marks > 1 or _opens_aside(clause, here)) and not _is_inside_list(clause, here):
            break
    # A name behind a comma may be taken into the phrase already ("his son, Omar Hadi, was").
    return next((m.stop for m in clause.mentions if m.first < best < m.stop <= at), best)


def _opens_aside(clause: Clause, at: int) -> bool:
    """Say whether the mark at `at` opens an aside: any mark but a comma does, a comma by the word behind it."""
    sentence = clause.sentence
    opens = sentence.low[at] != "," or sentence.low[at + 1] in ASIDE_OPENS | INCLUDING
    return opens or sentence.words[at + 1].isdigit() or _names_then_describes(clause, at)


def _names_then_describes(clause: Clause, at: int) -> bool:
    """Say whether a comma stands between a name and what its bearer is ("Omar Hadi, mayor of")."""
    named = any(m.stop == at and m.kind == "named" for m in clause.mentions)
    title = any(m.first == at + 1 and m.kind == "described" and m.head == m.first for m in clause.mentions)
    return named and title


def _is_inside_list(clause: Clause, at: int) -> bool:
    """Say whether a comma parts the items of a list behind "including", and does not open it."""
    low = clause.sentence.low
    if low[at] != "," or low[at + 1] in INCLUDING:
        return False
    return not INCLUDING.isdisjoint(low[max(0, at - 14) : at])


def _hangs_on(between: list[str]) -> bool:
    """Say whether the words between two mentions tie the second to the first ("members of the X family")."""
    ties = bool(between) and len(between) <= 7 and (between[-1] in PREPOSITIONS or between[-1] == "(")
    return ties and NOT_HANGING.isdisjoint(between)
