"""The extractors by name. A number that does not stand in the words cannot enter through any of them."""

from typing import Literal, get_args

from marsad.model import Extraction, Report

ExtractorName = Literal["rules"]
EXTRACTORS: tuple[ExtractorName, ...] = get_args(ExtractorName)


def extract(report: Report, using: ExtractorName = "rules") -> Extraction:
    """Return the claims that the named extractor finds in a report."""
    from marsad.extract import rules

    return rules.find_claims(report)
