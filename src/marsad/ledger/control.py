"""Who holds what on a day, by the latest trusted words, each state with its words and with what contradicts it.

docs/statements.md gives the rules. Nothing here decides who is right: where voices differ about the same days one of
them stands by rule, and the others stand beside it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from marsad.ledger.names import plain_name
from marsad.ledger.stated import (
    Stated,
    is_ground_in,
    is_same_place,
    lies_in,
    names_place,
    place_key,
    place_of,
    who_key,
    who_name,
)
from marsad.model import Where

State = Literal["holds", "lost", "besieges", "contests"]
Level = Literal["here", "above", "below"]

CLOSE = timedelta(days=3)
"""Words that are no farther apart speak of the same days: agencies tell of one battle for about so long."""
LAPSE = {"contests": timedelta(days=30), "besieges": timedelta(days=180)}
"""After so long without a word a contest or a siege is no longer shown as a state; a holding never lapses."""
ALL_OF = re.compile(r"\b(?:all|whole|entire|entirety|full|total)\b", re.IGNORECASE)
THE_LAST_OF = re.compile(r"\b(?:last|rest|remain\w*)\b", re.IGNORECASE)
GAINS = ("takes", "retakes", "holds")


@dataclass(frozen=True, slots=True)
class Against:
    """A word that speaks against a state, and why it does, in words for a person."""

    word: Stated
    why: str


@dataclass(frozen=True, slots=True)
class ControlLine:
    """What one actor is to one place: since when, as last said when, by which words, and what speaks against it.

    `is_dated` says whether words tell the day of `since`; else it is the day of the first report that knows of it.
    `own_word` marks a state that only the one who gains by it tells of. `ground` are words for ground that only
    lies in or near the place ("areas"). `level` is where the place lies to the one that was asked for.
    """

    place: Where
    who: str
    actor_id: str
    state: State
    since: date | None
    is_dated: bool
    last: date | None
    share: str | None
    extent: str | None
    ground: str | None
    words: tuple[Stated, ...]
    against: tuple[Against, ...] = ()
    own_word: bool = False
    level: Level = "here"

    @property
    def is_whole(self) -> bool:
        """Whether the place is held as a whole, as far as the words go."""
        return self.extent is None and self.ground is None and (self.share is None or bool(ALL_OF.search(self.share)))


@dataclass(frozen=True, slots=True)
class Control:
    """The state on a day, newest first; `beside` are words that change none: denied, possible, planned, supposed."""

    on: date | None
    lines: tuple[ControlLine, ...]
    beside: tuple[Stated, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: words of a place or an actor, and the place that they mean where it is known."""

    words: str | None = None
    place: Where | None = None


def control(said: Iterable[Stated], on: date | None = None, asked: Asked | None = None) -> Control:
    """Return who holds, besieges and contests what at the end of a day (None: by all that is said), of `stated`."""
    known = [one for one in said if one.slot("place") is not None and _is_told_by(one, on)]
    asserted = [one for one in known if one.statement.modality == "asserted"]
    grounds: dict[str, list[Stated]] = {}
    for one in asserted:
        grounds.setdefault(_key(one), []).append(one)
    lines = [line for words in grounds.values() for line in _states(words, on)]
    lines = [_with_other_levels(line, lines) for line in lines]
    beside = [one for one in known if one.statement.modality != "asserted"]
    lines = [_with_denials(line, beside) for line in lines]
    wanted = asked or Asked()
    if wanted.words is None and wanted.place is None:
        return Control(on, _newest(lines), tuple(reversed(beside)))
    return Control(on, _newest(_asked_for(lines, wanted)), tuple(reversed([b for b in beside if _is_about(b, wanted)])))


def _key(one: Stated) -> str:
    slot = one.slot("place")
    assert slot is not None
    return place_key(slot)


def _place(one: Stated) -> Where:
    slot = one.slot("place")
    assert slot is not None
    return place_of(slot)


def _is_told_by(one: Stated, on: date | None) -> bool:
    return on is None or (one.day is not None and one.day <= on)


def _newest(lines: Iterable[ControlLine]) -> tuple[ControlLine, ...]:
    levels = ("here", "below", "above")
    told = sorted(lines, key=lambda one: (one.place.name or one.place.text or "", one.state, one.who))
    told.sort(key=lambda one: (one.last or date.min, one.since or date.min), reverse=True)
    return tuple(sorted(told, key=lambda one: levels.index(one.level)))


class _Tie:
    """What one actor is to a place while words are gone through; a draft of a line."""

    def __init__(self, first: Stated, state: State) -> None:
        self.state = state
        self.words = [first]
        self.against: list[Against] = []

    @property
    def newest(self) -> Stated:
        return self.words[-1]

    @property
    def last(self) -> date:
        return max(one.last_day or date.min for one in self.words)

    @property
    def is_own_word(self) -> bool:
        return all(_is_own(one) for one in self.words)

    def line(self) -> ControlLine:
        first, newest = self.words[0], self.newest
        told = [one for one in self.words if one.has_own_day]
        share = next((s.text for one in reversed(self.words) if (s := one.slot("share"))), None)
        actor, extent, ground = newest.slot("actor"), newest.slot("extent"), newest.slot("place")
        return ControlLine(
            _place(newest),
            who_name(actor),
            who_key(actor),
            self.state,
            first.day,
            bool(told) and told[0].day == first.day,
            None if self.last == date.min else self.last,
            share if newest.slot("share") or not _is_whole(newest) else None,
            extent.text if extent else None,
            ground.text if ground is not None and is_ground_in(ground) else None,
            tuple(self.words),
            tuple(self.against),
            self.is_own_word,
        )


def _states(words: Sequence[Stated], on: date | None) -> Iterator[ControlLine]:
    """Yield what the words on one place, in their order, come to."""
    ground = _Ground()
    for word in words:
        ground.hear(word)
    for tie in ground.ties():
        # Of a state that has to be told again to last, the last word must not be too old on the day asked for.
        until = LAPSE.get(tie.state)
        if on is None or until is None or on - tie.last <= until:
            yield tie.line()


class _Ground:
    """One place: who holds it, who lost it, who presses on it; hears words in the order of their days."""

    def __init__(self) -> None:
        self.held: dict[str, _Tie] = {}
        self.lost: dict[str, _Tie] = {}
        self.pressed: dict[tuple[str, str], _Tie] = {}

    def ties(self) -> list[_Tie]:
        """Return what is left: losses only while nobody is said to hold the whole place since."""
        whole = any(_is_whole(tie.newest) for tie in self.held.values())
        return [*self.held.values(), *([] if whole else self.lost.values()), *self.pressed.values()]

    def hear(self, word: Stated) -> None:
        """Take in one word."""
        relation = word.term("relation")
        if relation in GAINS:
            self._gain(word)
        elif relation == "loses":
            self._lose(word)
        else:
            self._press(word, relation)

    def _gain(self, word: Stated) -> None:
        who = who_key(word.slot("actor"))
        rivals = [(key, tie) for key, tie in self.held.items() if key != who and _excludes(word, tie)]
        if who in self.lost and word.term("relation") == "holds":
            rivals.append((who, self.lost[who]))
        losing = [tie for _, tie in rivals if not _beats(word, tie)]
        if losing:
            losing[0].against.append(Against(word, _differs(word, losing[0])))
            return
        tie = self.held.get(who)
        if tie is None:
            tie = self.held[who] = _Tie(word, "holds")
        else:
            tie.words.append(word)
        for key, rival in rivals:
            tie.against += [Against(one, _differs(one, tie)) for one in rival.words if _contradicts(one, word)]
            (self.lost if rival.state == "lost" else self.held).pop(key)
        self.lost.pop(who, None)
        self._end_pressing(word, who)

    def _end_pressing(self, word: Stated, who: str) -> None:
        ends_all = word.term("relation") != "holds" and _is_whole(word)
        for key in [key for key in self.pressed if ends_all or key[1] == who]:
            del self.pressed[key]

    def _lose(self, word: Stated) -> None:
        who = who_key(word.slot("actor"))
        held = self.held.get(who)
        if held is not None and not _beats(word, held):
            held.against.append(Against(word, _differs(word, held)))
            return
        if held is not None and _is_whole(word):
            del self.held[who]
        before = self.lost.get(who)
        if before is None:
            self.lost[who] = _Tie(word, "lost")
        else:
            before.words.append(word)

    def _press(self, word: Stated, relation: str) -> None:
        state: State = "besieges" if relation == "besieges" else "contests"
        key = (state, who_key(word.slot("actor")))
        if key in self.pressed and _close_enough(self.pressed[key], word, LAPSE[state]):
            self.pressed[key].words.append(word)
        else:
            self.pressed[key] = _Tie(word, state)


def _is_whole(word: Stated) -> bool:
    """Say whether a word is about a place as a whole; who takes or loses the last part of it has taken or lost it."""
    share, place = word.slot("share"), word.slot("place")
    if word.slot("extent") is not None or (place is not None and is_ground_in(place)):
        return False
    if share is None or ALL_OF.search(share.text):
        return True
    return word.term("relation") != "holds" and bool(THE_LAST_OF.search(share.text))


def _excludes(word: Stated, tie: _Tie) -> bool:
    """Say whether a gain of the whole leaves nothing to another who holds it: parts may be held side by side."""
    return _is_whole(word) and (word.term("relation") != "holds" or _is_whole(tie.newest))


def _beats(word: Stated, tie: _Tie) -> bool:
    """Say whether a word stands over what was heard before: it comes later, and nobody more independent differs."""
    if not _contradicts(tie.newest, word):
        return True
    if _is_own(word) != tie.is_own_word:
        return tie.is_own_word
    return word.order >= tie.newest.order


def _contradicts(one: Stated, word: Stated) -> bool:
    """Say whether an earlier word cannot stand beside a later one: another voice, about the same days.

    Who takes or loses a place held or lacked it before: that is a change. Two voices that differ on who holds it, or
    one that still tells of the holding on the day of the change, contradict each other.
    """
    before, day = one.last_day, word.day
    if before is None or day is None or one.voice == word.voice:
        return False
    gap = abs(day - before)
    return gap <= (CLOSE if word.term("relation") == "holds" else timedelta(0))


def _is_own(word: Stated) -> bool:
    """Say whether somebody tells of their own gain; who tells of their own loss has no reason to make it up."""
    actor = word.slot("actor")
    said = word.speaker
    if said is None or actor is None or actor.actor is None or word.term("relation") == "loses":
        return False
    return said.id == actor.actor.id


def _close_enough(tie: _Tie, word: Stated, reach: timedelta) -> bool:
    return word.day is not None and word.day - tie.last <= reach


def _differs(word: Stated, tie: _Tie) -> str:
    own = ", on the word of the one who gains by it" if _is_own(word) else ""
    return f"{word.voice} says otherwise about the same days{own}" if word.voice != tie.newest.voice else "said before"


def _with_other_levels(line: ControlLine, lines: Sequence[ControlLine]) -> ControlLine:
    """Return a line with the words on units above and below that do not go with it."""
    if line.state != "holds" or not line.is_whole:
        return line
    found: list[Against] = []
    for other in lines:
        if other.state != "holds" or not other.is_whole or other.actor_id == line.actor_id:
            continue
        if is_same_place(other.place, line.place):
            continue
        name = other.place.name or other.place.text
        if lies_in(line.place, other.place) and (other.since or date.min) > (line.last or date.min):
            found.append(Against(other.words[0], f"a later word on {name}, in which it lies"))
        elif lies_in(other.place, line.place) and (other.last or date.min) >= (line.since or date.min):
            found.append(Against(other.words[-1], f"except {name}, which lies in it"))
    return replace(line, against=(*line.against, *found)) if found else line


def _with_denials(line: ControlLine, beside: Iterable[Stated]) -> ControlLine:
    """Return a line with the denials of it about the same days."""
    since = line.since
    relations = {"holds": GAINS, "lost": ("loses",)}.get(line.state, (line.state,))
    denied = [
        Against(one, f"{one.voice} denies it")
        for one in beside
        if one.statement.modality == "denied"
        and one.term("relation") in relations
        and who_key(one.slot("actor")) == line.actor_id
        and is_same_place(_place(one), line.place)
        and (since is None or one.day is None or one.day >= since - CLOSE)
    ]
    return replace(line, against=(*line.against, *denied)) if denied else line


def _asked_for(lines: Sequence[ControlLine], asked: Asked) -> Iterator[ControlLine]:
    """Yield the lines of a place, of what lies in it and of the units that hold it; else those of an actor."""
    places = [asked.place] if asked.place else []
    words = plain_name(asked.words or "")
    places += [one.place for one in lines if words and words in _names_of(one.place)]
    for line in lines:
        if any(is_same_place(line.place, place) for place in places):
            yield line
        elif any(lies_in(line.place, place) for place in places) or (words and names_place(words, line.place)):
            yield replace(line, level="below")
        elif any(lies_in(place, line.place) for place in places):
            yield replace(line, level="above")
        elif words and _is_called(words, line.who, line.actor_id):
            yield line


def _is_about(one: Stated, asked: Asked) -> bool:
    where, actor = _place(one), one.slot("actor")
    words = plain_name(asked.words or "")
    if asked.place is not None and (lies_in(where, asked.place) or lies_in(asked.place, where)):
        return True
    return bool(words) and (
        words in _names_of(where) or names_place(words, where) or _is_called(words, who_name(actor), who_key(actor))
    )


def _names_of(where: Where) -> set[str]:
    return {plain_name(name) for name in (where.name, where.text, where.gazetteer_id) if name}


def _is_called(words: str, name: str, entry: str) -> bool:
    """Say whether whole words name an actor: "brigade" finds the River Brigade, "is" does not find the Islamists."""
    return words == entry.casefold() or re.search(rf"\b{re.escape(words)}\b", name.casefold()) is not None
