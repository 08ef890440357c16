"""From a report to its claims: extractors go by name and all give the same types; one verb, `extract`."""

from marsad.extract.extractors import DEFAULT_EXTRACTOR, EXTRACTORS, ExtractorName, extract

__all__ = ["DEFAULT_EXTRACTOR", "EXTRACTORS", "ExtractorName", "extract"]
