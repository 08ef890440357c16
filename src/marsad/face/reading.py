"""Reads a text or a file in one call."""

import os
from datetime import date

from marsad.errors import BadInputError
from marsad.extract import DEFAULT_EXTRACTOR, ExtractorName
from marsad.model import Reading, Report
from marsad.read import parse_day, read_reports
from marsad.reading import ReadingOptions, make_reading


def read_text(
    text: str,
    *,
    published: date | str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
    extractor: ExtractorName = DEFAULT_EXTRACTOR,
) -> Reading:
    """Return what one text says: its claims with their words, their sums, and the incidents they come to.

    `published` (a date, or 2019-04-20) is the day from which "on Thursday" is counted.
    """
    report = Report("text", text, title, publisher, url, published=as_day(published))
    return make_reading(report, ReadingOptions(extractor=extractor))


def read_file(
    path: str | os.PathLike[str],
    *,
    published: date | str | None = None,
    extractor: ExtractorName = DEFAULT_EXTRACTOR,
) -> list[Reading]:
    """Return the readings of all reports in a file: text, HTML, PDF, Word, e-mail, JSON Lines, CSV, zip and others.

    Raises BadInputError at the first thing in it that cannot be read.
    """
    readings = []
    for one in read_reports(os.fspath(path), as_day(published)):
        if isinstance(one, BadInputError):
            raise one
        readings.append(make_reading(one, ReadingOptions(extractor=extractor)))
    return readings


def as_day(day: date | str | None) -> date | None:
    """Return a day as given, or as written: 2019-04-20."""
    return parse_day(day) if isinstance(day, str) else day
