"""Both readers at once: each proposes, the learned reader judges all, and each says what it says best.

A claim's confidence is the learned reader's, fitted with the rules' agreement as evidence. Of a claim that both found,
doers, sources and status come from the learned reader where it has them; times and means from the rules, which follow
the report's lists, paragraphs and sums, where the network sees a few sentences; windows from the rules, running totals
from either. Of two places the one that stands in the claim's own sentence holds, the learned reader's first: it knows
buildings and streets without a capital. A claim that only the learned reader found takes place, time and window from
the claim of the rules in the same sentence, if there is one.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from marsad.extract import rules, tagger
from marsad.extract.answering import only_answers
from marsad.extract.certainty import doubt_of
from marsad.extract.people import status_of
from marsad.extract.scene import is_deed_or_talk
from marsad.extract.sentences import BULLET, sentence_spans
from marsad.extract.sums import with_sums_as_periods
from marsad.model import Claim, Extraction, Perpetrator, Report, Span, Where
from marsad.vocabulary import Scope

# The network's place may break off behind an article.
NAMES_SOMETHING = re.compile(r"(?!\b(?:an?|the|in|at|of|near)\b)\b[\w’'-]{2,}", re.IGNORECASE)

THE_WAR_KILLED = re.compile(
    r"\b(?:war|conflict|insurgency|uprising|violence|fighting|crisis|rebellion|unrest)\b[^.;]{0,60}"
    r"\b(?:kill|claim|cost|left|leav|displac|driv|forc|uproot)\w*\W[^.;]{0,30}$",
    re.IGNORECASE,
)
NAME_BEFORE = re.compile(r"(?<![.!?] )\b(?:(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z][\w-]+ )+$|\b[A-Z]{2,} $")
HEADLINE = re.compile(r"(?=.{15,160}$)[^•●▪*-].*[^.!?:;,]")
PRONOUN_DOES = re.compile(r"\b(?:they|it)\s+(?:\w+\s+){1,4}$", re.IGNORECASE)
PART_OF_IT = re.compile(r"^,?\s*(?:including|among\s+them)\s*$", re.IGNORECASE)


def find_claims(report: Report) -> Extraction:
    """Return the claims that the two readers find together, with the learned reader's links and warnings."""
    by_rules = rules.find_claims(report)
    found = tagger.find_claims(report, by_rules.claims)
    ends = [end for _, end in sentence_spans(report.text)]
    joined = [_joined(claim, by_rules.claims, ends) for claim in found.claims]
    told = [_doubted(_without_false_doers(claim, report.text, ends), report.text, ends) for claim in joined]
    told = [_with_doer_of_headline(claim, by_rules.claims, report.text, ends) for claim in told]
    told = [_with_doer_meant(claim, by_rules.claims, report.text) for claim in told]
    claims = with_sums_as_periods(told, report.text)
    return Extraction(tuple(claims), found.links, found.warnings)


def _without_false_doers(claim: Claim, text: str, ends: Sequence[int]) -> Claim:
    """Drop doers that cannot be this claim's: "no suspects", of another item of a list, of a war's running total."""
    if claim.scope == "cumulative" and claim.span.within == "text" and _tells_of_a_war(claim, text, ends):
        status = "mixed" if claim.victims.status == "mixed" else status_of(claim.span.quote)
        return replace(claim, perpetrators=(), victims=replace(claim.victims, status=status))
    kept = tuple(_whole_name(doer, text) for doer in claim.perpetrators if not _is_false(doer, claim, text, ends))
    return claim if kept == claim.perpetrators else replace(claim, perpetrators=kept)


def _doubted(claim: Claim, text: str, ends: Sequence[int]) -> Claim:
    """Read a denial or a question off the sentence: the learned reader has seen too few to know one."""
    if claim.span.within != "text" or claim.modality != "asserted":
        return claim
    at = bisect_right(ends, claim.span.start)
    start, end = ends[at - 1] if at else 0, ends[at] if at < len(ends) else len(text)
    doubt = doubt_of(text[start:end], claim.span.start - start)
    return claim if doubt is None else replace(claim, modality=doubt)


def _whole_name(doer: Perpetrator, text: str) -> Perpetrator:
    """Take in the name right before a doer's words: the learned reader may begin "IS militants" at "militants"."""
    if doer.span is None or doer.span.within != "text" or not doer.text[:1].islower():
        return doer
    name = NAME_BEFORE.search(text[max(0, doer.span.start - 40) : doer.span.start])
    if name is None:
        return doer
    start = doer.span.start - len(name.group())
    words = text[start : doer.span.end]
    return replace(doer, text=words, span=Span(start, doer.span.end, words))


def _tells_of_a_war(claim: Claim, text: str, ends: Sequence[int]) -> bool:
    """Say whether the war itself is what killed ("the conflict has killed"): then nobody is named for it."""
    at = bisect_right(ends, claim.span.start)
    return bool(THE_WAR_KILLED.search(text[ends[at - 1] if at else 0 : claim.span.start]))


def _with_doer_meant(claim: Claim, by_rules: Sequence[Claim], text: str) -> Claim:
    """Take the rules' doer where the learned reader has none and the words just before are "they" or "it"."""
    if claim.perpetrators or claim.span.within != "text":
        return claim
    other = next((one for one in by_rules if _same(claim, one)), None)
    before = text[max(0, claim.span.start - 40) : claim.span.start]
    if other is not None and PRONOUN_DOES.search(before):
        return replace(claim, perpetrators=other.perpetrators)
    # What a part of it suffered ("including three officers") was done by whom the whole was.
    whole = next((one for one in by_rules if one.span.end < claim.span.start <= one.span.end + 40), None)
    if other is not None and whole is not None and PART_OF_IT.search(text[whole.span.end : claim.span.start]):
        return replace(claim, perpetrators=other.perpetrators)
    return claim


def _is_false(doer: Perpetrator, claim: Claim, text: str, ends: Sequence[int]) -> bool:
    if doer.text.lower().startswith("no "):
        return True
    if doer.span is None or doer.span.within != "text" or claim.span.within != "text":
        return False
    if only_answers(text, doer.span, claim):
        return True
    if (
        _is_one_of_headlines(text, ends, claim.span.start)
        and "\n" in text[min(doer.span.start, claim.span.start) : max(doer.span.end, claim.span.start)]
    ):
        return True
    item, other = _item(text, claim.span.start), _item(text, doer.span.start)
    if item is not None and other is not None and item != other:
        return True
    return claim.scope == "cumulative" and "\n\n" in text[claim.span.end : doer.span.start]


def _is_one_of_headlines(text: str, ends: Sequence[int], at: int) -> bool:
    """Say whether a line is one of several headlines under one another, as on a page's edge: each tells of its own."""

    def is_headline(place: int) -> bool:
        if not 0 <= place < len(ends):
            return False
        return bool(HEADLINE.fullmatch(text[ends[place - 1] if place else 0 : ends[place]].strip()))

    here = bisect_right(ends, at)
    return is_headline(here) and sum(is_headline(here + step) for step in (-2, -1, 1, 2)) >= 2


def _item(text: str, at: int) -> int | None:
    """Return where the item of a list begins that a place in the text lies in, None outside of lists."""
    start = text.rfind("\n", 0, at) + 1
    return start if BULLET.match(text, start) else None


def _joined(claim: Claim, by_rules: Sequence[Claim], ends: Sequence[int]) -> Claim:
    if claim.where is not None and not _may_be_place(claim.where.text or ""):
        claim = replace(claim, where=None)
    other = next((one for one in by_rules if _same(claim, one)), None)
    if other is None:
        beside = next((one for one in by_rules if _in_one_sentence(claim.span, one.span, ends)), None)
        if beside is None:
            # A day told in another sentence is for `resolve` to find, which knows what governs what.
            near = (
                claim.when
                if claim.when and claim.when.span and _in_one_sentence(claim.span, claim.when.span, ends)
                else None
            )
            return replace(claim, when=near, extractor="both")
        where = _place(claim, beside, ends)
        return replace(claim, where=where, when=beside.when, scope=beside.scope, extractor="both")
    victims = claim.victims
    if victims.status == "unknown":
        victims = replace(victims, status=other.victims.status)
    return replace(
        claim,
        victims=victims,
        where=_place(claim, other, ends),
        when=other.when,
        according_to=claim.according_to or other.according_to,
        means=other.means or claim.means,
        scope=_scope(claim, other),
        modality=claim.modality if other.modality == "asserted" else other.modality,
        extractor="both",
    )


def _may_be_place(words: str) -> bool:
    return bool(NAMES_SOMETHING.search(words)) and not is_deed_or_talk(words)


def _with_doer_of_headline(claim: Claim, by_rules: Sequence[Claim], text: str, ends: Sequence[int]) -> Claim:
    """Take the rules' doer for a headline among headlines, where the learned reader's stood in another line."""
    if claim.perpetrators or claim.span.within != "text" or not _is_one_of_headlines(text, ends, claim.span.start):
        return claim
    other = next((one for one in by_rules if _same(claim, one)), None)
    told = [doer for doer in other.perpetrators if not _is_false(doer, claim, text, ends)] if other else []
    victims = [one.span for one in by_rules]
    own = [doer for doer in told if doer.span and not any(_meet(doer.span, span) for span in victims)]
    return replace(claim, perpetrators=tuple(own))


def _place(claim: Claim, other: Claim, ends: Sequence[int]) -> Where | None:
    """Choose between the learned reader's place and the rules' (measured on reports held out from training).

    What both carried over from other sentences is the network's for an event, the rules' for a sum over a window.
    """
    learned, ruled = claim.where, other.where
    if learned is None or learned.span is None or ruled is None or ruled.span is None:
        return learned or ruled
    if not _in_one_sentence(claim.span, learned.span, ends):
        if _in_one_sentence(claim.span, ruled.span, ends):
            return ruled
        if other.scope != "incident" and not _meet(learned.span, ruled.span):
            return ruled
    return learned


def _scope(claim: Claim, other: Claim) -> Scope:
    """Return the scope of a claim that both found: a window from the rules, a running total from either.

    On 996 reports of genres that it had not met, the learned reader's running total was right where the rules saw an
    event in 39 of 73 claims (and none 24 times), its window in 12 of 69 (48 were events).
    """
    return claim.scope if other.scope == "incident" and claim.scope == "cumulative" else other.scope


def _in_one_sentence(one: Span, other: Span, ends: Sequence[int]) -> bool:
    """Say whether two runs of words begin in one sentence; `ends` are the ends of the report's sentences."""
    return one.within == other.within == "text" and bisect_right(ends, one.start) == bisect_right(ends, other.start)


def _meet(a: Span, b: Span) -> bool:
    return a.within == b.within and a.start < b.end and b.start < a.end


def _same(claim: Claim, other: Claim) -> bool:
    return _meet(claim.span, other.span) and claim.harm == other.harm and claim.count.stated == other.count.stated
