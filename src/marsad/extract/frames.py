"""Ties harm words to the people they tell of: a small grammar of argument slots, read clause by clause.

Each frame says where its people stand: behind an active verb, before a passive one, in the of-phrase of a noun, at the
noun itself. A list, "including", "among them" or a colon hands the harm on to the phrases that follow.
"""

from dataclasses import dataclass, field

from marsad.extract.lexicon import word_set
from marsad.extract.mentions import Mention, find_mentions
from marsad.extract.noun_phrases import DETERMINERS
from marsad.extract.people import status_of
from marsad.extract.sentences import Sentence
from marsad.extract.triggers import Trigger, auxiliary_before, find_triggers
from marsad.extract.word_kinds import noun_at, things
from marsad.vocabulary import Harm

SKIP_TO_OBJECT = word_set("frames.skip_to_object")
PREPOSITIONS = word_set("frames.prepositions")
BREAKS = word_set("frames.breaks")
INCLUDING = frozenset(("including", "among", "amongst", "included", "includes"))
FLED_FROM = word_set("frames.fled_from")
NAMED_AS = frozenset(["identified", "named", "names"])
PLACE_BEFORE = frozenset(
    ["in", "at", "near", "from", "to", "into", "outside", "on", "inside", "around", "with", "the", "towards"]
)
LEAVING = frozenset(["left", "leaving", "leaves", "leave", "killed", "killing", "kills"])
FLAT_PARTS = word_set("frames.flat_parts")
PERSONAL_HARMS = frozenset(("killed", "injured", "abducted", "missing", "detained"))
NOT_COUNTED_BEFORE = frozenset(("$", "€", "£", "age", "aged", "article", "chapter", "section", "no"))
RELATIVES = frozenset(("who", "which", "that", "whom"))


@dataclass(frozen=True, slots=True)
class Found:
    """One claim in the rough: the tokens of its words, its harm, the harm word, and which pattern found it."""

    first: int
    stop: int
    harm: Harm
    trigger: Trigger | None
    pattern: str
    kind: str
    people: tuple[int, int] | None = None


@dataclass(slots=True)
class Clause:
    """A sentence with its mentions and harm words, and what was found in it so far."""

    sentence: Sentence
    mentions: list[Mention]
    triggers: list[Trigger]
    found: list[Found] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)


def find_harm(sentence: Sentence, listed: Harm | None = None) -> Clause:
    """Return what a sentence tells of harm to people, in order of place; `listed` is the harm of the list it is in."""
    triggers = find_triggers(sentence)
    names = not triggers and bool(NAMED_AS & set(sentence.low))
    clause = Clause(sentence, find_mentions(sentence) if triggers or listed or names else [], triggers)
    if listed and not any(t.frame != "count" for t in triggers):
        _bullet(clause, listed)
    for trigger in triggers:
        _read(clause, trigger)
    _read_lists(clause)
    _read_among(clause)
    _read_names(clause)
    clause.found.sort(key=lambda f: f.first)
    return clause


def _bullet(clause: Clause, harm: Harm) -> None:
    """Read a list item that says only who and how many under the heading of a harm."""
    first = next((m for m in clause.mentions if m.first <= 1), None)
    if first is not None and first.kind in {"counted", "described", "vague"}:
        _add(clause, first, Trigger(0, 1, harm, "bullet"), "bullet")


def _read(clause: Clause, trigger: Trigger) -> None:
    match trigger.frame:
        case "passive":
            _passive(clause, trigger)
        case "past":
            _past(clause, trigger)
        case "active" | "base" | "ing" | "object":
            _object(clause, trigger, trigger.frame)
        case "intr":
            _intransitive(clause, trigger)
        case "bearing":
            _bearing(clause, trigger)
        case "adj":
            _adjective(clause, trigger)
        case "noun":
            _noun(clause, trigger)
        case "nouns" | "count":
            _counted_noun(clause, trigger)


def _intransitive(clause: Clause, trigger: Trigger) -> None:
    if trigger.harm != "displaced" or _flees_home(clause, trigger):
        _subject(clause, trigger, "intransitive")


def _bearing(clause: Clause, trigger: Trigger) -> None:
    """ "a man with gunshot wounds" """
    before = _mention_ending(clause, trigger.first) or _mention_ending(clause, trigger.first - 1)
    if before is not None and before.kind != "plural":
        _add(clause, before, trigger, "bearing")


def _flees_home(clause: Clause, trigger: Trigger) -> bool:
    """Tell people driven out from a suspect who fled the scene."""
    near = set(clause.sentence.low[trigger.stop : trigger.stop + 10])
    return bool(near & FLED_FROM) and not near & {"scene", "shooting", "police"}


def _passive(clause: Clause, trigger: Trigger) -> None:
    aux = auxiliary_before(clause.sentence, trigger.first)
    _subject(clause, trigger, "passive", trigger.first if aux is None else aux)


def _past(clause: Clause, trigger: Trigger) -> None:
    """A past form without an auxiliary: "three killed in", "gunmen killed three", "killed: 5"."""
    within = next((m for m in clause.mentions if m.first < trigger.first < m.stop), None)
    if within is not None and within.kind in {"counted", "vague"}:
        # "seven injured civilians": the harm word stands inside the phrase for its people.
        _add(clause, within, trigger, "attributive")
        return
    before = _mention_ending(clause, trigger.first)
    after = _object_mention(clause, trigger)
    strong_after = after is not None and after.kind != "named"
    low = clause.sentence.low
    coordinated = trigger.first > 0 and low[trigger.first - 1] in {"and", "or", ","}
    if before is not None and (before.kind in {"counted", "number", "vague"} or not strong_after):
        counted_after = after is not None and after.kind in {"counted", "number"} and trigger.stop == after.first
        told_of = before.kind in {"counted", "number", "vague"} or not _has_other_verb(clause, before)
        if told_of and not (counted_after and before.kind in {"plural", "described", "named", "pronoun"}):
            _add(clause, before, trigger, "reduced")
            return
    if after is not None:
        _object(clause, trigger, "active")
    elif coordinated:
        _share(clause, trigger)


def _has_other_verb(clause: Clause, mention: Mention) -> bool:
    return mention.kind == "pronoun" and clause.sentence.low[mention.first] in {"we", "i"}


def _share(clause: Clause, trigger: Trigger) -> None:
    """ "32 killed and wounded": the same people; "X was abducted and killed": the subject of the verb before."""
    for earlier in reversed(clause.found):
        if (
            earlier.trigger is not None
            and earlier.trigger.stop <= trigger.first
            and earlier.pattern in {"passive", "reduced"}
        ):
            if trigger.first - earlier.trigger.stop <= 3 and earlier.harm != trigger.harm and trigger.harm != "injured":
                clause.found.append(
                    Found(earlier.first, earlier.stop, trigger.harm, trigger, "shared", earlier.kind, earlier.people)
                )
            return


def _object(clause: Clause, trigger: Trigger, pattern: str) -> None:
    mention = _object_mention(clause, trigger)
    if mention is not None:
        _add(clause, mention, trigger, pattern)


def _object_mention(clause: Clause, trigger: Trigger) -> Mention | None:
    low = clause.sentence.low
    here = trigger.stop
    # "killed and wounded 11", "killing or injuring three": the object stands behind the last verb.
    others = {t.first: t for t in clause.triggers}
    steps = 0
    while here < len(low) and steps < 8:
        mention = next((m for m in clause.mentions if m.first <= here < m.stop and m.first >= trigger.stop), None)
        if mention is not None:
            if mention.kind == "pronoun" and low[mention.first] in {"he", "she", "they", "we", "i"}:
                return None
            return mention
        if (
            here in others
            and low[here - 1] in {"and", "or", ","}
            and others[here].frame in {"past", "ing", "base", "active"}
        ):
            here = others[here].stop
        elif (
            (
                low[here] in {"and", "or"}
                and here + 1 in others
                and others[here + 1].frame in {"past", "ing", "base", "active"}
            )
            or low[here] in SKIP_TO_OBJECT
            or low[here].endswith("ly")
        ):
            here += 1
        else:
            return None
        steps += 1
    return None


def _mention_ending(clause: Clause, at: int) -> Mention | None:
    """Return the mention that ends right before token `at`, adverbs and "more" aside."""
    low = clause.sentence.low
    here = _before_aside(clause, at)
    while here > 0 and (
        low[here - 1]
        in {
            "reportedly",
            "were",
            "also",
            "allegedly",
            "critically",
            "seriously",
            "others",
            "more",
            "badly",
            "both",
            "feared",
            "confirmed",
            "slightly",
            "believed",
            "being",
            "'",
            "’",
            '"',
            "”",
            "(",
        }
    ):
        here -= 1
    found = next((m for m in clause.mentions if m.stop == here or m.stop == at), None)
    if found is not None:
        found = _whole_of(clause, found)
    if found is None or not found.first or low[found.first - 1] not in {"of", "from", "("}:
        return found
    for other in clause.mentions:
        if other.stop <= found.first and _hangs_on(low[other.stop : found.first]) and _is_whole(clause, other, found):
            return other
    return found


def _is_whole(clause: Clause, other: Mention, part: Mention) -> bool:
    """Say whether a mention before "of" holds the people of the one behind it ("members of", "three of the women")."""
    if other.kind in {"counted", "number", "vague"}:
        return True
    return other.kind == "plural" and (
        part.kind not in {"counted", "number", "vague"} or clause.sentence.low[other.head] in FLAT_PARTS
    )


def _subject(clause: Clause, trigger: Trigger, pattern: str, at: int | None = None) -> None:
    mention = _subject_mention(clause, trigger.first if at is None else at)
    if mention is not None:
        _add(clause, mention, trigger, pattern)


def _subject_mention(clause: Clause, at: int) -> Mention | None:
    """Return the mention that is the subject of the verb at `at`: the first of its chain ("members of the family")."""
    low = clause.sentence.low
    at = _before_aside(clause, at)
    chosen: Mention | None = None
    for mention in reversed(clause.mentions):
        if mention.stop > at:
            continue
        end = chosen.first if chosen else at
        between = low[mention.stop : end]
        if end - mention.stop > 14 or ";" in between:
            break
        if chosen is not None and (
            not _hangs_on(between) or (mention.kind == "plural" and not _is_whole(clause, mention, chosen))
        ):
            break
        if mention.kind == "thing" and low[mention.head] in things():
            if mention.first and low[mention.first - 1] in PREPOSITIONS:
                continue
            break
        chosen = mention
        if not (mention.first and low[mention.first - 1] in PREPOSITIONS | {"("}):
            break
    return _whole_of(clause, chosen) if chosen else None


def _whole_of(clause: Clause, mention: Mention) -> Mention:
    """Return the group that a mention behind "including" belongs to ("four officers including a major")."""
    low = clause.sentence.low
    if not mention.first or low[mention.first - 1] not in INCLUDING:
        return mention
    for other in reversed(clause.mentions):
        if other.stop < mention.first:
            return other if mention.first - other.stop <= 3 else mention
    return mention


def _before_aside(clause: Clause, at: int) -> int:
    """Step back over an aside between commas or brackets: "12 people, including a child, were killed"."""
    low = clause.sentence.low
    if at < 2 or low[at - 1] not in {",", ")", "—", "–"}:
        return at
    opener = {",": ",", ")": "(", "—": "—", "–": "–"}[low[at - 1]]
    here = at - 2
    best = at - 1
    depth = 0
    while here > 0 and at - here < 30:
        if low[here] == ":" and opener == ",":
            return here
        if low[here] == opener:
            best, depth = here, depth + 1
            follows = low[here + 1]
            if (
                opener != ","
                or follows in INCLUDING
                or follows in RELATIVES
                or follows
                in {
                    "most",
                    "mostly",
                    "all",
                    "both",
                    "one",
                    "two",
                    "three",
                    "some",
                    "many",
                    "mainly",
                    "a",
                    "an",
                    "aged",
                    "the",
                    "of",
                }
                or clause.sentence.words[here + 1].isdigit()
                or depth > 1
            ):
                if (
                    opener == ","
                    and follows not in INCLUDING
                    and any(w in INCLUDING for w in low[max(0, here - 14) : here])
                ):
                    here -= 1
                    continue
                return here
        here -= 1
    return best


def _hangs_on(between: list[str]) -> bool:
    """Say whether the words between two mentions tie the second to the first ("members of the X family")."""
    return (
        bool(between)
        and len(between) <= 7
        and between[-1] in PREPOSITIONS | {"("}
        and not any(
            w
            in {"said", "and", "but", "when", "after", "that", ";", "while", "as", "where", "killed", "wounded", "who"}
            for w in between
        )
    )


def _adjective(clause: Clause, trigger: Trigger) -> None:
    """ "12 dead", "leaving three people dead", "X is dead", "the 12 dead"."""
    low = clause.sentence.low
    aux = auxiliary_before(clause.sentence, trigger.first)
    if aux is not None:
        _subject(clause, trigger, "predicate", aux)
        return
    before = _mention_ending(clause, trigger.first)
    if before is not None:
        _add(clause, before, trigger, "adjective")
        return
    inside = next((m for m in clause.mentions if m.first < trigger.first < m.stop), None)
    if inside is not None and inside.kind in {"counted", "vague"}:
        _add(clause, inside, trigger, "adjective")
    elif trigger.first and low[trigger.first - 1] in {"and"}:
        _share(clause, trigger)


def _noun(clause: Clause, trigger: Trigger) -> None:
    """ "the killing of three medics", "his brother's death", "a death toll of 40"."""
    low = clause.sentence.low
    if trigger.stop < len(low) and low[trigger.stop] in {"toll", "tolls", "count"}:
        _toll(clause, trigger, trigger.stop + 1)
        return
    if trigger.stop < len(low) and low[trigger.stop] == "of":
        mention = next((m for m in clause.mentions if trigger.stop + 1 <= m.first <= trigger.stop + 2), None)
        if mention is not None and mention.kind != "pronoun":
            _add(clause, mention, trigger, "noun of")
            return
    owner = next((m for m in clause.mentions if m.possessive and trigger.first - 2 <= m.stop <= trigger.first), None)
    if owner is not None and owner.kind in {"named", "described", "counted"}:
        _add(clause, owner, trigger, "possessive")


def _toll(clause: Clause, trigger: Trigger, at: int) -> None:
    """ "the death toll rose to 40", "a toll of at least nine"."""
    low = clause.sentence.low
    for mention in clause.mentions:
        if mention.first < at or mention.kind not in {"counted", "number", "thing"}:
            continue
        between = low[at : mention.first]
        if len(between) <= 14 and not any(w in {";", "since"} for w in between):
            if mention.kind == "thing" and low[mention.head] in things():
                continue
            last = between[-1] if between else ""
            if (
                last
                in {
                    "to",
                    "at",
                    "of",
                    "is",
                    "was",
                    "as",
                    "stands",
                    "stood",
                    "reached",
                    "hits",
                    "passes",
                    "exceeds",
                    "reaches",
                    "than",
                    ":",
                    "by",
                    "hit",
                    "passed",
                    "topped",
                    "tops",
                    "exceeded",
                    "least",
                }
                or not between
            ):
                if last == "by" or (last == "from"):
                    continue
                _add(clause, mention, trigger, "toll")
                return


def _counted_noun(clause: Clause, trigger: Trigger) -> None:
    """ "12 deaths", "dozens of injuries", "seven arrests"."""
    inside = next((m for m in clause.mentions if m.first <= trigger.first < m.stop), None)
    if inside is not None and inside.kind in {"counted", "vague"} and inside.first < trigger.first:
        _add(clause, inside, trigger, "counted noun")
        return
    low = clause.sentence.low
    if trigger.stop < len(low) and low[trigger.stop] == "of":
        mention = next((m for m in clause.mentions if trigger.stop + 1 <= m.first <= trigger.stop + 2), None)
        if mention is not None and mention.kind in {"counted", "number", "named", "described"}:
            _add(clause, mention, trigger, "noun of")


def _add(clause: Clause, mention: Mention, trigger: Trigger, pattern: str) -> None:
    """Keep a mention as a claim, its coordinated neighbours with it, unless it cannot be people."""
    if not _may_be_people(clause, mention, trigger):
        return
    first, stop = _coordinated(clause, mention)
    harm = _harm_here(clause, trigger, stop)
    for earlier in clause.found:
        if earlier.first < stop and first < earlier.stop:
            return
    clause.found.append(Found(first, stop, harm, trigger, pattern, mention.kind))
    _add_siblings(clause, clause.found[-1])


def _add_siblings(clause: Clause, found: Found) -> None:
    """Give the groups of the same list that were told apart a claim each ("34 rebels and four civilians")."""
    low = clause.sentence.low
    starts = {t.first for t in clause.triggers}
    last = found
    for other in clause.mentions:
        if other.first < last.stop or other.kind not in {"counted", "described", "vague"}:
            continue
        gap = low[last.stop : other.first]
        if gap not in (
            ["and"],
            [","],
            [",", "and"],
            ["&"],
            ["as", "well", "as"],
            [",", "as", "well", "as"],
            ["along", "with"],
        ) or _own_harm(clause, other, starts):
            break
        if gap == [","] and not _list_goes_on(clause, other):
            break
        last = Found(other.first, other.stop, found.harm, found.trigger, "list", other.kind)
        clause.found.append(last)
    first = found
    for other in reversed(clause.mentions):
        if other.stop > first.first or other.kind != "counted":
            continue
        gap = low[other.stop : first.first]
        if (
            len(gap) > 3
            and gap[0] == ","
            and gap[1] in INCLUDING
            and gap[-1] == "and"
            and low[other.first - 1] in LEAVING
        ):
            gap = [",", "and"]
        if gap not in (["and"], [","], [",", "and"]) or any(
            f.first < other.stop and other.first < f.stop for f in clause.found
        ):
            break
        first = Found(other.first, other.stop, found.harm, found.trigger, "list", other.kind)
        clause.found.append(first)


def _harm_here(clause: Clause, trigger: Trigger, stop: int) -> Harm:
    """Mend the harm of a word by what goes with it: "shot … dead", "killed and wounded"."""
    low = clause.sentence.low
    if low[trigger.first] in {"shot", "shoot", "shooting", "stabbed", "shoots"}:
        tail = low[stop : stop + 2]
        if tail[:1] == ["dead"] or tail == ["to", "death"]:
            return "killed"
    if trigger.harm == "killed":
        for other in clause.triggers:
            near = trigger.stop < other.first <= trigger.stop + 2 and low[other.first - 1] in {"and", "or", "/"}
            if (
                near
                and other.harm == "injured"
                and other.frame in {"past", "ing", "noun", "count", "base"}
                and low[other.first] not in {"shot", "shooting"}
            ):
                return _both_harms(clause, trigger, other)
    return trigger.harm


def _both_harms(clause: Clause, trigger: Trigger, other: Trigger) -> Harm:
    """ "12 killed and wounded" is 12 casualties; "12 killed and wounded 30" is 12 killed."""
    after = next((m for m in clause.mentions if other.stop <= m.first <= other.stop + 1), None)
    if (
        trigger.frame in {"passive", "past", "count"}
        and after is not None
        and after.kind in {"counted", "number", "vague"}
    ):
        return "killed"
    return "casualties"


def _may_be_people(clause: Clause, mention: Mention, trigger: Trigger) -> bool:
    """Say whether a phrase can be those who came to this harm: people, not denied, not merely wished harm."""
    low = clause.sentence.low
    if low[mention.first] in {"no", "none"} or (mention.first and low[mention.first - 1] in {"no", "without"}):
        return False
    if _denied_before(clause, mention):
        return False
    if mention.kind == "pronoun":
        return low[mention.head] in {"he", "she", "him"} and trigger.harm in {"killed", "injured"}
    if trigger.harm == "captured" and trigger.frame in {"base", "active", "past", "ing"}:
        # Towns are captured too, and cameras capture civilians: only people who may be fighters count.
        civil = status_of(clause.sentence.quote(mention.first, mention.stop)) == "civilian"
        return mention.kind in {"counted", "vague", "described"} and not civil
    if mention.kind in {"thing", "number"}:
        return _counts_people(clause, mention, trigger)
    return mention.kind in {"counted", "vague"} or _is_told_of(clause, mention, trigger)


def _counts_people(clause: Clause, mention: Mention, trigger: Trigger) -> bool:
    """Say whether a number, alone or with an unknown noun, counts people here."""
    low = clause.sentence.low
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
    return any(w in {"not", "never", "n't", "nobody", "without"} or w.endswith("n't") for w in near)


def _only_wished(clause: Clause, trigger: Trigger) -> bool:
    """Say whether the harm is a wish, a plan or an attempt ("plotted to kill the minister")."""
    low = clause.sentence.low
    return (
        trigger.frame == "base"
        and trigger.first > 0
        and low[trigger.first - 1] in {"to", "would", "could", "will", "can", "should", "might", "may"}
    )


def _denied_before(clause: Clause, mention: Mention) -> bool:
    """Say whether "no" in front of an earlier group of the list denies this one too ("no soldiers or civilians")."""
    low = clause.sentence.low
    return (
        mention.first > 1
        and low[mention.first - 1] in {"or", "nor"}
        and "no" in low[max(0, mention.first - 6) : mention.first]
    )


def _coordinated(clause: Clause, mention: Mention) -> tuple[int, int]:
    """Join the mentions that "and" ties to this one with no harm word of their own: "two men and a woman"."""
    low = clause.sentence.low
    first, stop = _joined_before(clause, mention), mention.stop
    starts = {t.first for t in clause.triggers}
    for other in clause.mentions:
        if other.first < stop:
            continue
        gap = low[stop : other.first]
        if gap not in (["and"], [","], [",", "and"], ["&"], ["as", "well", "as"]) or other.kind in {
            "pronoun",
            "number",
        }:
            break
        if other.kind == "thing" or _own_harm(clause, other, starts) or _other_side(clause, mention, other):
            break
        if gap == [","] and not _list_goes_on(clause, other):
            break
        stop = other.stop
    return first, stop


def _joined_before(clause: Clause, mention: Mention) -> int:
    """Return where the list that ends in this mention begins: "two men and" a woman."""
    low = clause.sentence.low
    first = mention.first
    if mention.kind in {"pronoun", "number", "thing"}:
        return first
    for other in reversed(clause.mentions):
        if other.stop > first or other.kind in {"pronoun", "thing"}:
            continue
        gap = low[other.stop : first]
        if gap not in (["and"], [","], [",", "and"], ["&"]) or (gap == [","] and first == mention.first):
            break
        if other.kind == "number" or any(f.first < other.stop and other.first < f.stop for f in clause.found):
            break
        if other.first and low[other.first - 1] in PREPOSITIONS | INCLUDING:
            break
        if other.kind == "named" or mention.kind == "named" or _other_side(clause, mention, other):
            break
        first = other.first
    return first


def _other_side(clause: Clause, one: Mention, other: Mention) -> bool:
    """Say whether two groups of a list are told apart: each counted, one armed and one not."""
    if "counted" not in {one.kind, other.kind}:
        return False
    sides = {status_of(clause.sentence.quote(m.first, m.stop)) for m in (one, other)}
    if sides == {"combatant"} and one.kind == other.kind == "counted":
        # Two armed groups with a number each are mostly the two sides of a fight.
        return "other" not in clause.sentence.low[other.first : other.stop]
    return len(sides) == 2 and "combatant" in sides


def _own_harm(clause: Clause, other: Mention, starts: set[int]) -> bool:
    """Say whether a coordinated mention is told of by a harm word behind it ("and five others were injured")."""
    low = clause.sentence.low
    here = other.stop
    while here < len(low) and here - other.stop < 5:
        if here in starts:
            return True
        if low[here] not in {
            "were",
            "was",
            "have",
            "has",
            "been",
            "are",
            "also",
            "others",
            "more",
            "critically",
            "seriously",
            "reported",
            "reportedly",
            "left",
        }:
            return False
        here += 1
    return False


def _list_goes_on(clause: Clause, other: Mention) -> bool:
    low = clause.sentence.low
    tail = low[other.stop : other.stop + 2]
    return bool(tail) and (tail[0] == "and" or tail == [",", "and"])


def _read_lists(clause: Clause) -> None:
    """Hand a harm on: "35 people, including two women and a child", "21 dead: 12 soldiers and nine civilians"."""
    low = clause.sentence.low
    for at, word in enumerate(low):
        if word not in INCLUDING and word != ":":
            continue
        source = _source_before(clause, at)
        if source is None:
            continue
        start = at + 1
        while (
            start < len(low)
            and low[start]
            in {"them", "whom", "which", ",", "were", "the", "dead", "victims", "those", "killed", "are", "was", "is"}
            and not any(m.first == start for m in clause.mentions)
        ):
            start += 1
        mention = next((m for m in clause.mentions if m.first == start), None)
        if (
            mention is None
            or mention.kind in {"pronoun", "thing", "plural"}
            or (word == ":" and mention.kind not in {"counted", "described"})
        ):
            continue
        if source.trigger is not None and _may_be_people(clause, mention, source.trigger):
            _add_part(clause, mention, source)


def _read_among(clause: Clause) -> None:
    """ "A commander was among three fighters killed": the one before "among" is a claim too."""
    low = clause.sentence.low
    for at, word in enumerate(low):
        if word not in {"among", "amongst"}:
            continue
        whole = next((f for f in clause.found if at < f.first <= at + 3 or f.first <= at < f.stop), None)
        stop = at
        while stop > 0 and low[stop - 1] in {"was", "were", "is", "are", "also", "reportedly", ","}:
            stop -= 1
        those = low[at + 1 : at + 4]
        killed = next((t for t in clause.triggers if at < t.first <= at + 5), None)
        mention = next((m for m in clause.mentions if m.stop == stop), None)
        if mention is None or mention.kind in {"pronoun", "thing"}:
            continue
        if whole is not None:
            _add_part(clause, mention, whole)
        elif killed is not None and ("those" in those or "the" in those):
            _add(clause, mention, killed, "among")


def _read_names(clause: Clause) -> None:
    """Read who else the harm befell: "was killed along with his wife and Omar", "the victims: Ali (4), Huda (6)"."""
    low = clause.sentence.low
    for at, word in enumerate(low):
        source = next(
            (
                f
                for f in reversed(clause.found)
                if f.trigger is not None and f.trigger.first < at and f.harm != "displaced"
            ),
            None,
        )
        if word in {"with", "alongside", "were", "was"} and source is not None and source.trigger is not None:
            between = [w for w in low[source.trigger.stop : at] if w not in {"also", "too", "well", ","}]
            close = between in ([], ["along"], ["together"]) if word in {"with", "alongside"} else between == ["as"]
            if close:
                _walk_names(clause, at + 1, source.trigger, source.harm)
        elif word in {"were", "was", "are", "included", "include"} and (inverted := _inverted_trigger(clause, at)):
            _walk_names(clause, at + 1, inverted, inverted.harm)
        elif word in {":", "as", "including"} and (trigger := _names_trigger(clause, at, source)):
            _walk_names(clause, at + 1, trigger, trigger.harm)


def _inverted_trigger(clause: Clause, at: int) -> Trigger | None:
    """Return the harm of "Among those killed were …", "The victims included …"."""
    low = clause.sentence.low
    before = low[max(0, at - 9) : at]
    among = set(before) & {"among", "amongst"} and set(before) & {
        "killed",
        "dead",
        "victims",
        "martyrs",
        "wounded",
        "injured",
        "deceased",
        "fatalities",
    }
    if not among and low[max(0, at - 1) : at] not in (["victims"], ["dead"], ["fatalities"], ["killed"]):
        return None
    harmed = [t for t in clause.triggers if t.stop <= at]
    return harmed[-1] if harmed else Trigger(at, at + 1, "killed", "names")


def _names_trigger(clause: Clause, at: int, source: Found | None) -> Trigger | None:
    """Return the harm word whose victims a list of names gives, None when the list names something else."""
    low = clause.sentence.low
    near = set(low[max(0, at - 14) : at])
    if not near & {
        "names",
        "name",
        "identified",
        "named",
        "victims",
        "victim",
        "martyrs",
        "killed",
        "dead",
        "deceased",
        "identities",
        "casualties",
    }:
        return None
    if low[at] == "as" and not near & {"identified", "named", "listed"}:
        return None
    if source is not None:
        return source.trigger
    before = [t for t in clause.triggers if t.first < at]
    return (
        before[-1]
        if before
        else (
            Trigger(at, at + 1, "killed", "names")
            if near & {"victims", "martyrs", "dead", "killed", "deceased"}
            else None
        )
    )


def _walk_names(clause: Clause, at: int, trigger: Trigger, harm: Harm) -> None:
    low = clause.sentence.low
    here = at
    for mention in clause.mentions:
        before = low[at : mention.first]
        if mention.first < here or before.count("(") > before.count(")"):
            # What stands in brackets behind a name is another name of the same person.
            continue
        gap = low[here : mention.first]
        if not _is_between_names(gap) or mention.kind in {"pronoun", "thing"}:
            break
        if not _is_listed(clause, mention):
            break
        if any(f.first < mention.stop and mention.first < f.stop for f in clause.found):
            here = mention.stop
            continue
        clause.found.append(Found(mention.first, mention.stop, harm, trigger, "names", mention.kind))
        here = mention.stop


def _is_listed(clause: Clause, mention: Mention) -> bool:
    """Say whether a phrase can stand in a list of those harmed: a name, a number of people, or somebody's kin."""
    if mention.kind == "plural":
        return False
    named = any(clause.sentence.words[at][0].isupper() for at in range(mention.first, mention.stop))
    kin = {"his", "her", "their"} & set(clause.sentence.low[mention.first : mention.stop])
    return named or mention.kind == "counted" or bool(kin) or clause.sentence.low[mention.first] in {"a", "an"}


def _is_between_names(gap: list[str]) -> bool:
    """Say whether the tokens between two names of a list are commas, "and", ages and short brackets only."""
    depth = 0
    for word in gap:
        if word == "(":
            depth += 1
        elif word == ")":
            depth -= 1
        elif (
            depth == 0
            and word
            not in {
                ",",
                "and",
                ";",
                "years",
                "year",
                "old",
                "months",
                "aged",
                "as",
                "well",
                "along",
                "with",
                "alongside",
                "-",
                "•",
            }
            and not word.isdigit()
        ):
            return False
    return len(gap) < 16


def _add_part(clause: Clause, mention: Mention, source: Found) -> None:
    first, stop = _coordinated(clause, mention)
    if not any(f.first < stop and first < f.stop for f in clause.found):
        clause.found.append(Found(first, stop, source.harm, source.trigger, "including", mention.kind))
        _add_siblings(clause, clause.found[-1])


def _source_before(clause: Clause, at: int) -> Found | None:
    """Return the claim that a part at `at` belongs to: the nearest before it, or one whose people follow the part."""
    before = [f for f in clause.found if f.stop <= at]
    if before:
        return max(before, key=lambda f: f.stop)
    return None


def is_plural(clause: Clause, found: Found) -> bool:
    """Say whether the head of a found phrase is a plural noun."""
    return any(noun_at(clause.sentence, i) == "plural" for i in range(found.first, found.stop))


def determiner(clause: Clause, found: Found) -> str:
    """Return the determiner that opens a found phrase, in lower case, or nothing."""
    low = clause.sentence.low[found.first]
    return low if low in DETERMINERS else ""
