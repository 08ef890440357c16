"""From a report to its claims: extractors go by name and all give the same types; one verb, `extract`."""

from marsad.extract.extractors import EXTRACTORS, ExtractorName, extract

__all__ = ["EXTRACTORS", "ExtractorName", "extract"]
