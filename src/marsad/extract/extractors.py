"""The extractors by name. A number that does not stand in the words cannot enter through any of them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal, get_args

from marsad.errors import DataFileError
from marsad.extract.answering import with_denials
from marsad.extract.bare_ages import without_bare_ages
from marsad.extract.disasters import without_doers_of_nature
from marsad.extract.entries import within_entries
from marsad.extract.gate import may_tell_harm
from marsad.extract.later_deaths import with_later_deaths
from marsad.extract.nameless import without_nameless
from marsad.extract.numbers_of_things import without_numbers_of_things
from marsad.extract.other_days import without_doers_of_other_days
from marsad.extract.own_words import without_silent_voices
from marsad.extract.people import with_status_of_words
from marsad.extract.sentences import sentence_spans
from marsad.extract.table_claims import with_tables
from marsad.model import Extraction, Report

ExtractorName = Literal["both", "rules", "tagger"]
EXTRACTORS: tuple[ExtractorName, ...] = get_args(ExtractorName)
DEFAULT_EXTRACTOR: ExtractorName = "both"
"""What found most of the claims, and was right most often, on reports that no reader had seen (docs/claims.md)."""


def extract(report: Report, using: ExtractorName = DEFAULT_EXTRACTOR) -> Extraction:
    """Return the claims that the named extractor finds in a report; one without a word of harm is not read at all."""
    if not any(_may_tell_harm(part) for part in (report.text, report.title or "")):
        return Extraction()
    found = without_numbers_of_things(without_bare_ages(_found(report, using), report.text), report.text)
    found = with_later_deaths(found, report.text)
    found = with_tables(with_denials(found, report.text), report.text, report.title)
    found = without_silent_voices(without_doers_of_nature(found, report.text), report.text)
    found = without_doers_of_other_days(within_entries(found, report.text), report.text)
    found = without_nameless(found, report.text)
    return replace(found, claims=tuple(with_status_of_words(claim) for claim in found.claims))


def _may_tell_harm(text: str) -> bool:
    # What the whole does not hold no sentence holds: most reports need not be cut for this.
    return may_tell_harm(text) and any(may_tell_harm(text[start:end]) for start, end in sentence_spans(text))


def _found(report: Report, using: ExtractorName) -> Extraction:
    # The network's libraries take a second to load: who asks for the rules alone does not wait for them.
    if using == "rules":
        from marsad.extract.rules import find_claims as by_rules

        return by_rules(report)
    try:
        return _learned(using)(report)
    except ImportError as missing:
        raise DataFileError(
            f"The learned reader cannot start: {missing}. Read with --extractor rules, which needs none of its "
            "libraries, or see what is missing by marsad doctor."
        ) from missing


def _learned(name: ExtractorName) -> Callable[[Report], Extraction]:
    if name == "tagger":
        from marsad.extract.tagger import find_claims as by_tagger

        return by_tagger
    from marsad.extract.tagger_with_rules import find_claims as by_both

    return by_both
