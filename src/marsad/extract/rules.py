"""The rules reader: from a report to its claims, by word tables and a small grammar of harm.

A sentence passes a cheap gate; then its phrases for people and its harm words are found and tied (`frames`), and each
claim is given its doer, source, time, place, means, scope and modality in the report's words.
"""

import re
from dataclasses import dataclass, replace

from marsad.extract.certainty import goes_on, modality_of, scope_of, window_of
from marsad.extract.counting import count_people
from marsad.extract.frames import Clause, Found, find_harm
from marsad.extract.gate import may_tell_harm
from marsad.extract.people import groups_of, status_of, with_settled_status
from marsad.extract.roles import Actor, basis_of, event_actor, events, find_actor, last_actor, pronoun_subject
from marsad.extract.scene import Words, dateline, find_means, find_places, find_times
from marsad.extract.sentences import BULLET, Sentence, sentences_of
from marsad.extract.sums import with_sums_as_periods
from marsad.extract.voices import Source, find_source, is_pronoun
from marsad.model import Claim, Count, Extraction, Perpetrator, Report, Span, Victims, Voice, When, Where
from marsad.numerals import find_numbers
from marsad.vocabulary import Harm, Means, Scope, Status

CONFIDENCE = {"passive": 0.9, "active": 0.9}
DEFAULT_CONFIDENCE = 0.8
CLAUSE_CUT = re.compile(r";|\bwhile\b|\bwhereas\b")
OPENING = re.compile(r"(?:\s|at|least|most|about|around|nearly|almost|over|more|than|up|to|as|many|some|the|another|further|an|a|estimated|other|these|those|his|her|their|its)*", re.IGNORECASE)
OPENING_WORDS = re.compile(
    r"^\s*(?:(?:a|an|the|more|other|another|of|dozens|scores|hundreds|thousands|several|many|some|numerous|number|few)\b\s*(?=\w))*", re.IGNORECASE
)


@dataclass(slots=True)
class Told:
    """What the report has told so far: what a later sentence takes over when it gives nothing of its own."""

    place: Where | None = None
    actors: tuple[Perpetrator, ...] = ()
    source: Voice | None = None
    means: Means | None = None
    listed: Harm | None = None
    """The harm of the sentence that opened a list with a colon: its bullets say only who and how many."""
    window: Scope | None = None
    """The window of time that the last sentence with one opened, for sentences that go on with it."""
    body: tuple[Perpetrator, ...] = ()
    """The armed body named last, for "they" and "it"."""


def find_claims(report: Report) -> Extraction:
    """Return the claims of a report in order of their place; ids c1, c2, …"""
    text = report.text
    told = Told()
    claims: list[Claim] = []
    for sentence in sentences_of(text):
        source = _voice(sentence, told, text)
        bullet = bool(BULLET.match(sentence.text))
        told.window = window_of(sentence.text) or (told.window if goes_on(sentence.text) else None)
        if not may_tell_harm(sentence.text) and not (bullet and told.listed):
            _note_attack(sentence, told, text)
            told.listed = told.listed if bullet else None
            told.body = _body(sentence, text) or told.body
            continue
        clause = find_harm(sentence, told.listed if bullet else None)
        told.listed = _list_harm(clause, told.listed if bullet else None)
        if clause.found:
            claims += _claims_of(clause, text, told, source)
        told.body = _body(sentence, text) or told.body
    claims = with_sums_as_periods(with_settled_status(_with_places(claims, text)))
    return Extraction(tuple(replace(claim, id=f"c{i}") for i, claim in enumerate(claims, 1)))


def _as_written(found: list[Words], sentence: Sentence) -> list[Words]:
    return [Words(w.start, w.end, sentence.text[w.start : w.end]) for w in found]


def _clause_text(sentence: Sentence, found: Found) -> str:
    """Return the words of the clause that a claim stands in: "while" and a semicolon part clauses."""
    start, end = sentence.starts[found.first] - sentence.start, sentence.ends[found.stop - 1] - sentence.start
    cuts = [0, *(m.end() for m in CLAUSE_CUT.finditer(sentence.text)), len(sentence.text)]
    first = max(cut for cut in cuts if cut <= start)
    last = min((cut for cut in cuts if cut >= end), default=len(sentence.text))
    return sentence.text[first:last]


def _list_harm(clause: Clause, kept: Harm | None) -> Harm | None:
    """Return the harm that the bullets behind this sentence tell of: only a colon at its end opens a list."""
    if clause.sentence.text.rstrip().endswith(":") and clause.triggers:
        return clause.triggers[0].harm
    return kept


def _claims_of(clause: Clause, text: str, told: Told, source: Voice | None) -> list[Claim]:
    sentence = clause.sentence
    times, places = find_times(sentence.text), _as_written(find_places(sentence.cased()), sentence)
    out: list[Claim] = []
    for found in clause.found:
        quote = sentence.quote(found.first, found.stop)
        count = count_people(quote)
        if count is None or count.best == 0:
            continue
        out.append(_claim(sentence, found, count, text, told.window))
        claim = out[-1]
        actors = _actors(sentence, found, text, told, out[:-1], claim.scope)
        place = _place(sentence, found, places, told if claim.scope != "cumulative" else Told())
        means = find_means(_clause_text(sentence, found)) or find_means(sentence.text if len(clause.found) < 2 else "")
        if means is None and claim.scope == "incident":
            means = told.means
        when = _nearest(times, sentence, found)
        out[-1] = replace(
            claim,
            perpetrators=actors,
            where=place,
            when=When(when.text, span=_span(text, sentence, when)) if when else None,
            means=means,
            according_to=source,
        )
        if claim.scope != "cumulative":
            told.actors, told.place, told.means = actors or told.actors, place or told.place, means or told.means
    return out


def _claim(sentence: Sentence, found: Found, count: Count, text: str, window: Scope | None) -> Claim:
    start, end = sentence.starts[found.first], sentence.ends[found.stop - 1]
    quote = text[start:end]
    people = _people_words(quote, count)
    offset = quote.find(people) if people else -1
    span = Span(start + offset, start + offset + len(people), people) if people and offset >= 0 else None
    return Claim(
        id="",
        span=Span(start, end, quote),
        harm=found.harm,
        count=count,
        victims=Victims(people, _status(sentence, found, quote), None, groups_of(people or ""), span),
        scope=scope_of(sentence, found, window),
        modality=modality_of(sentence, found),
        confidence=CONFIDENCE.get(found.pattern, DEFAULT_CONFIDENCE),
    )


def _status(sentence: Sentence, found: Found, quote: str) -> Status:
    """Read the status off the victims' words, else off the aside behind them ("Omar Hadi, a rebel commander, was")."""
    status = status_of(quote)
    if status == "unknown" and found.trigger is not None and 1 < found.trigger.first - found.stop < 16:
        if sentence.low[found.stop] in {",", "("}:
            status = status_of(sentence.quote(found.stop, found.trigger.first))
    return status


def _people_words(quote: str, count: Count) -> str | None:
    """Return the words for the victims: the claim's words without the count and the article that open them."""
    rest = quote
    if quote.startswith(count.words) and count.words != quote:
        rest = quote[len(count.words) :]
    elif count.qualifier != "vague" and (number := next(find_numbers(quote), None)) and OPENING.fullmatch(quote[: number.start]):
        rest = quote[number.end :]
    rest = OPENING_WORDS.sub("", rest).strip()
    return rest if any(c.isalpha() for c in rest) else None


def _span(text: str, sentence: Sentence, words: Words) -> Span:
    start, end = sentence.start + words.start, sentence.start + words.end
    return Span(start, end, text[start:end])


def _with_places(claims: list[Claim], text: str) -> list[Claim]:
    """Give a claim before the first place of the report that place, or the dateline when the report has no other."""
    first = next((claim.where for claim in claims if claim.where), None)
    if first is None and (start := dateline(text)):
        first = Where(start.text, span=Span(start.start, start.end, start.text))
    return [c if c.where or c.scope == "cumulative" else replace(c, where=first) for c in claims]


def _body(sentence: Sentence, text: str) -> tuple[Perpetrator, ...]:
    span = last_actor(sentence)
    return (_perpetrator(sentence, Actor(span[0], span[1], "asserted"), text),) if span else ()


def _note_attack(sentence: Sentence, told: Told, text: str) -> None:
    """Remember who attacked in a sentence without victims: the next sentences tell what came of it."""
    span = event_actor(sentence, len(sentence.low))
    if events() & set(sentence.low) and (places := find_places(sentence.cased())):
        told.place = _where(sentence, places[0])
    if span is not None:
        told.actors = (_perpetrator(sentence, Actor(span[0], span[1], basis_of(sentence, span)), text),)


def _perpetrator(sentence: Sentence, actor: Actor, text: str) -> Perpetrator:
    start, end = sentence.starts[actor.first], sentence.ends[actor.stop - 1]
    return Perpetrator(text[start:end], actor.basis, span=Span(start, end, text[start:end]))


def _voice(sentence: Sentence, told: Told, text: str) -> Voice | None:
    cased = sentence.text.lower() if sentence.shouted else sentence.text
    source: Source | None = find_source(cased, sentence.titled)
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


def _actors(
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
    return (_perpetrator(sentence, actor, text),)


def _place(sentence: Sentence, found: Found, places: list[Words], told: Told) -> Where | None:
    chosen = _nearest(places, sentence, found)
    if chosen is None:
        return told.place
    return _where(sentence, chosen)


def _where(sentence: Sentence, words: Words) -> Where:
    start = sentence.start + words.start
    said = sentence.text[words.start : words.end]
    return Where(said, span=Span(start, start + len(said), said))


def _nearest(candidates: list[Words], sentence: Sentence, found: Found) -> Words | None:
    """Return the candidate nearest to the claim, what follows it preferred over what goes before."""
    if not candidates:
        return None
    start = sentence.starts[found.first] - sentence.start
    end = sentence.ends[found.stop - 1] - sentence.start

    def distance(words: Words) -> int:
        return words.start - end if words.start >= end else start - words.end + 40

    return min(candidates, key=distance)
