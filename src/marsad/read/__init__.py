"""From files, folders and standard input to reports: one file per kind of source, one verb, `read_reports`."""

from marsad.read.source import ReadOptions, parse_day, read_originals, read_reports

__all__ = ["ReadOptions", "parse_day", "read_originals", "read_reports"]
