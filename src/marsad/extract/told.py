"""What a report has told so far: what a later sentence takes over when it gives nothing of its own.

Doers, places and means are carried from claim to claim, a source through its paragraph, a window of time through the
sentences that go on with it, a harm through the bullets of a list.
"""

import re
from dataclasses import dataclass

from marsad.extract.certainty import goes_back, goes_on, is_month_item, is_numbered, window_of
from marsad.extract.clause import Clause, Found
from marsad.extract.roles import Actor, basis_of, event_actor, events, find_actor, last_actor, pronoun_subject
from marsad.extract.scene import MONTH, Words, find_areas, find_places, find_times
from marsad.extract.sentences import Sentence
from marsad.extract.voices import find_source, is_pronoun
from marsad.model import Claim, Perpetrator, Span, Voice, When, Where
from marsad.vocabulary import Harm, Means, Scope

MONTH_NAME = re.compile(MONTH)


@dataclass(frozen=True, slots=True)
class Sum:
    """A window of time over which sentences add up, the words that say it, and where they add up."""

    scope: Scope
    when: When | None
    place: Where | None = None


@dataclass(slots=True)
class Told:
    """What the report has told so far: what a later sentence takes over when it gives nothing of its own."""

    place: Where | None = None
    actors: tuple[Perpetrator, ...] = ()
    source: Voice | None = None
    means: Means | None = None
    listed: Harm | None = None
    """The harm of the sentence that opened a list with a colon: its bullets say only who and how many."""
    inherited: Sum | None = None
    """The window of time that this sentence goes on with; None when it opens one of its own or tells an event."""
    opened: Sum | None = None
    """The window that the sentences just before opened."""
    running: Sum | None = None
    """The last running window of the report, for lists and statistics that go back to it."""
    month: Sum | None = None
    """The month that heads the line of a list, for the other sentences of that line."""
    lists: bool = False
    """Whether the lines just before were a list, or the words that open one."""
    body: tuple[Perpetrator, ...] = ()
    """The armed body named last, for "they" and "it"."""

    def note(self, claim: Claim) -> None:
        """Remember the scene of a claim; a war's running total sets no scene for what follows."""
        if claim.scope != "cumulative":
            self.actors = claim.perpetrators or self.actors
            self.place = claim.where or self.place
            self.means = claim.means or self.means


def note_window(sentence: Sentence, told: Told, text: str) -> None:
    """Set the window that a sentence goes on with; one that opens a window of its own keeps it for those behind."""
    if is_month_item(sentence.text):
        # The month is the window of its own line only; the next line goes on with the list's.
        told.inherited, told.month = None, _month_of(sentence, text)
        return
    if told.month is not None and told.month.when is not None and told.month.when.span is not None:
        if "\n" not in text[told.month.when.span.end : sentence.start] and window_of(sentence.text) is None:
            told.inherited = told.month
            return
        told.month = None
    own, back = window_of(sentence.text), goes_back(sentence.text)
    going_on = goes_on(sentence.text) or (told.lists and is_numbered(sentence.text))
    told.lists = sentence.text.rstrip().endswith(":") or (told.lists and going_on)
    wider = told.opened if going_on else told.running if back else None
    if own is not None and not (wider is not None and wider.scope == "cumulative" and own.scope == "period"):
        words = next((w for w in find_times(sentence.text) if w.start < own.end and own.start < w.end), None)
        span = span_of(text, sentence, words) if words else None
        told.opened = Sum(own.scope, When(span.quote, span=span) if span else None, summed_place(sentence))
        told.running = told.opened if own.scope == "cumulative" and span else told.running
        told.inherited = None
    else:
        told.opened = told.inherited = wider or (told.running if back else None)


def _month_of(sentence: Sentence, text: str) -> Sum:
    words = MONTH_NAME.search(sentence.text)
    if words is None:
        return Sum("period", None)
    span = span_of(text, sentence, Words(words.start(), words.end(), words.group()))
    return Sum("period", When(span.quote, span=span))


def voice_of(sentence: Sentence, told: Told, text: str) -> Voice | None:
    cased = sentence.text.lower() if sentence.shouted else sentence.text
    source = find_source(cased, sentence.titled)
    if source is None:
        # The sentences of a paragraph go on with the word of its source; a new paragraph is the report's own.
        if told.source is None or told.source.span is None or "\n\n" in text[told.source.span.end : sentence.start]:
            return None
        return told.source
    if is_pronoun(source):
        return told.source
    start = sentence.start + source.start
    words = text[start : start + len(source.text)]
    told.source = Voice(words, span=Span(start, start + len(words), words))
    return told.source


def note_attack(sentence: Sentence, told: Told, text: str) -> None:
    """Remember who attacked in a sentence without victims: the next sentences tell what came of it."""
    span = event_actor(sentence, len(sentence.low))
    if events() & set(sentence.low) and (places := find_places(sentence.cased())):
        told.place = as_where(sentence, places[0])
    if span is not None:
        told.actors = (as_perpetrator(sentence, Actor(span[0], span[1], basis_of(sentence, span)), text),)


def body_of(sentence: Sentence, text: str) -> tuple[Perpetrator, ...]:
    span = last_actor(sentence)
    return (as_perpetrator(sentence, Actor(span[0], span[1], "asserted"), text),) if span else ()


def as_perpetrator(sentence: Sentence, actor: Actor, text: str) -> Perpetrator:
    start, end = sentence.starts[actor.first], sentence.ends[actor.stop - 1]
    return Perpetrator(text[start:end], actor.basis, span=Span(start, end, text[start:end]))


def actors_of(
    sentence: Sentence, found: Found, text: str, told: Told, before: list[Claim], scope: Scope
) -> tuple[Perpetrator, ...]:
    if pronoun_subject(sentence, found) and told.body:
        return told.body
    actor = find_actor(sentence, found)
    if actor is None:
        if scope == "cumulative":
            # A war's running total has no doer unless the sentence names one.
            return ()
        return before[-1].perpetrators if before else told.actors
    return (as_perpetrator(sentence, actor, text),)


def as_where(sentence: Sentence, words: Words) -> Where:
    start = sentence.start + words.start
    said = sentence.text[words.start : words.end]
    return Where(said, span=Span(start, start + len(said), said))


def place_of(sentence: Sentence, found: Found, places: list[Words], told: Told, scope: Scope) -> Where | None:
    """Return the place nearest to a claim, else the one that it goes on with: a sum keeps to its window's place."""
    chosen = nearest(places, sentence, found)
    if chosen is not None:
        return as_where(sentence, chosen)
    if scope != "incident" and (areas := find_areas(sentence.text)):
        return as_where(sentence, areas[0])
    summed = told.inherited.place if told.inherited and scope != "incident" else None
    # A war's running total is not at home where the report's last event was.
    return summed or (told.place if scope != "cumulative" else None)


def summed_place(sentence: Sentence) -> Where | None:
    """Return the place over which a sentence adds up: the first that it names, else a kind of area ("the war zone")."""
    places = find_places(sentence.cased()) or find_areas(sentence.text)
    return as_where(sentence, places[0]) if places else None


def nearest(candidates: list[Words], sentence: Sentence, found: Found) -> Words | None:
    """Return the candidate nearest to the claim, what follows it preferred over what goes before."""
    if not candidates:
        return None
    start = sentence.starts[found.first] - sentence.start
    end = sentence.ends[found.stop - 1] - sentence.start

    def distance(words: Words) -> int:
        return words.start - end if words.start >= end else start - words.end + 40

    return min(candidates, key=distance)


def list_harm(clause: Clause, kept: Harm | None) -> Harm | None:
    """Return the harm that the bullets behind this sentence tell of: only a colon at its end opens a list."""
    if clause.sentence.text.rstrip().endswith(":") and clause.triggers:
        return clause.triggers[0].harm
    return kept


def span_of(text: str, sentence: Sentence, words: Words) -> Span:
    start, end = sentence.start + words.start, sentence.start + words.end
    return Span(start, end, text[start:end])
