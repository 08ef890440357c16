"""The rules reader: from a report to its claims, by word tables and a small grammar of harm.

A sentence passes a cheap gate; then its phrases for people and its harm words are found and tied (`frames`), and each
claim is given its doer, source, time, place, means, scope and modality in the report's words.
"""

import re
from dataclasses import replace
from functools import cache

from marsad.extract.certainty import modality_of, scope_of
from marsad.extract.clause import Clause, Found
from marsad.extract.counting import count_people
from marsad.extract.frames import find_harm
from marsad.extract.gate import may_tell_harm
from marsad.extract.lexicon import table
from marsad.extract.people import groups_of, status_of, with_settled_status
from marsad.extract.scene import Words, dateline, find_means, find_places, find_times
from marsad.extract.sentences import BULLET, Sentence, sentences_of
from marsad.extract.sums import with_sums_as_periods
from marsad.extract.told import (
    Told,
    actors_of,
    body_of,
    list_harm,
    nearest,
    note_attack,
    note_window,
    place_of,
    span_of,
    voice_of,
)
from marsad.model import Claim, Count, Extraction, Report, Span, Victims, Voice, When, Where
from marsad.numerals import find_numbers
from marsad.vocabulary import Harm, Means, Scope, Status

DEFAULT_CONFIDENCE = 0.6
LEAST_CONFIDENCE = 0.36
"""A claim of a kind that is right less often than this costs more precision than it gains recall."""
CLAUSE_CUT = re.compile(r";|\bwhile\b|\bwhereas\b")
OPENING = re.compile(
    r"(?:\s|at|least|most|about|around|nearly|almost|over|more|than|up|to|as|many|some|the|another"
    r"|further|an|a|estimated|other"
    r"|these|those|his|her|their|its)*",
    re.IGNORECASE,
)
OPENING_WORDS = re.compile(
    r"^\s*(?:(?:a|an|the|more|other|another|of|dozens|scores|hundreds|thousands|several|many|some"
    r"|numerous|number|few)\b\s*(?=\w))*",
    re.IGNORECASE,
)


def find_claims(report: Report) -> Extraction:
    """Return the claims of a report in order of their place; ids c1, c2, …"""
    text = report.text
    told = Told()
    claims: list[Claim] = []
    for sentence in sentences_of(text):
        source = voice_of(sentence, told, text)
        bullet = bool(BULLET.match(sentence.text))
        note_window(sentence, told, text)
        if not may_tell_harm(sentence.text) and not (bullet and told.listed):
            note_attack(sentence, told, text)
            told.listed = told.listed if bullet else None
            told.body = body_of(sentence, text) or told.body
            continue
        clause = find_harm(sentence, told.listed if bullet else None, _one_before(claims))
        told.listed = list_harm(clause, told.listed if bullet else None)
        if clause.found:
            claims += _claims_of(clause, text, told, source)
        told.body = body_of(sentence, text) or told.body
    claims = with_sums_as_periods(with_settled_status(_with_places(claims, text)), text)
    return Extraction(tuple(replace(claim, id=f"c{i}") for i, claim in enumerate(claims, 1)))


def _one_before(claims: list[Claim]) -> Harm | None:
    """Return the harm of the last claim if it was of one person, who may be named in the next sentence."""
    last = claims[-1] if claims else None
    return last.harm if last is not None and last.count.stated == 1 and last.harm in {"killed", "injured"} else None


def _as_written(found: list[Words], sentence: Sentence) -> list[Words]:
    return [Words(w.start, w.end, sentence.text[w.start : w.end]) for w in found]


def _clause_text(sentence: Sentence, found: Found) -> str:
    """Return the words of the clause that a claim stands in: "while" and a semicolon part clauses."""
    start, end = sentence.starts[found.first] - sentence.start, sentence.ends[found.stop - 1] - sentence.start
    cuts = [0, *(m.end() for m in CLAUSE_CUT.finditer(sentence.text)), len(sentence.text)]
    first = max(cut for cut in cuts if cut <= start)
    last = min((cut for cut in cuts if cut >= end), default=len(sentence.text))
    return sentence.text[first:last]


def _claims_of(clause: Clause, text: str, told: Told, source: Voice | None) -> list[Claim]:
    sentence = clause.sentence
    times, places = find_times(sentence.text), _as_written(find_places(sentence.cased()), sentence)
    out: list[Claim] = []
    for found in clause.found:
        count = count_people(sentence.quote(found.first, found.stop))
        confidence = _confidence(found.pattern, found.kind)
        if count is None or count.best == 0 or confidence < LEAST_CONFIDENCE:
            continue
        claim = _claim(sentence, found, count, text, told.inherited.scope if told.inherited else None)
        when = nearest(times, sentence, found)
        inherited = told.inherited.when if told.inherited else None
        claim = replace(
            claim,
            perpetrators=actors_of(sentence, found, text, told, out, claim.scope),
            where=place_of(sentence, found, places, told, claim.scope),
            when=When(when.text, span=span_of(text, sentence, when)) if when else inherited,
            means=_means(clause, found, told, claim.scope),
            according_to=source,
            confidence=confidence,
        )
        out.append(claim)
        told.note(claim)
    return out


def _means(clause: Clause, found: Found, told: Told, scope: Scope) -> Means | None:
    """Read the means off the clause; a sentence with one claim speaks for it whole; an event keeps the means it had."""
    sentence = clause.sentence
    means = find_means(_clause_text(sentence, found)) or find_means(sentence.text if len(clause.found) < 2 else "")
    return told.means if means is None and scope == "incident" else means


@cache
def _confidences() -> dict[tuple[str, str], float]:
    return {(pattern, kind): float(share) for pattern, kind, share in table("confidence")}


def _confidence(pattern: str, kind: str) -> float:
    """Return how often a claim of this pattern and kind of phrase was right on the training reports."""
    known = _confidences()
    return known.get((pattern, kind), known.get((pattern, "*"), DEFAULT_CONFIDENCE))


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
    )


def _status(sentence: Sentence, found: Found, quote: str) -> Status:
    """Read the status off the victims' words, else off the aside behind them ("Omar Hadi, a rebel commander, was")."""
    status = status_of(quote)
    if status != "unknown" or found.trigger is None:
        return status
    if 1 < found.trigger.first - found.stop < 16 and sentence.low[found.stop] in {",", "("}:
        status = status_of(sentence.quote(found.stop, found.trigger.first))
    return status


def _people_words(quote: str, count: Count) -> str | None:
    """Return the words for the victims: the claim's words without the count and the article that open them."""
    rest = quote
    if quote.startswith(count.words) and count.words != quote:
        rest = quote[len(count.words) :]
    elif count.qualifier != "vague":
        number = next(find_numbers(quote), None)
        if number is not None and OPENING.fullmatch(quote[: number.start]):
            rest = quote[number.end :]
    rest = OPENING_WORDS.sub("", rest).strip()
    return rest if any(c.isalpha() for c in rest) else None


def _with_places(claims: list[Claim], text: str) -> list[Claim]:
    """Give a claim before the first place of the report that place, or the dateline when the report has no other."""
    first = next((claim.where for claim in claims if claim.where), None)
    if first is None and (start := dateline(text)):
        first = Where(start.text, span=Span(start.start, start.end, start.text))
    return [c if c.where or c.scope == "cumulative" else replace(c, where=first) for c in claims]
