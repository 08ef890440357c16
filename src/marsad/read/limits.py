"""How much Marsad takes of a source before it refuses: every limit by name, with its reason."""

from dataclasses import dataclass

from marsad.limits import limit


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one reading; `marsad read --limit NAME=NUMBER` sets another."""

    file_bytes: int = limit(500_000_000, "a file is held in memory whole")
    unpacked_bytes: int = limit(2_000_000_000, "what all archives of one source unpack to; a bomb unpacks to more")
    unpacked_ratio: int = limit(
        200, "times that a packed file may grow, if it unpacks to over 10 MB; texts grow 3 to 20 times"
    )
    members: int = limit(100_000, "files in one archive, and messages in one mailbox")
    nesting: int = limit(4, "archives and messages in one another; honest ones have two or three")
    html_bytes: int = limit(
        5_000_000, "a page of short rows takes 8 seconds and 400 MB a MB; long live blogs have 3 MB"
    )
    parser_seconds: int = limit(120, "for one call of a parser, which is then stopped; honest files take seconds")
    parser_bytes: int = limit(
        3_000_000_000, "memory of a parser, which is then stopped; the largest page that is read takes 2 GB"
    )
    pdf_pages: int = limit(3_000, "pages of one PDF; a year's report has hundreds")
    pdf_seconds: int = limit(60, "for the pages of one PDF, 200 pages a second being usual")
    ocr_seconds: int = limit(60, "for one page read by OCR; three to five are usual")
    json_bytes: int = limit(
        100_000_000, "of one JSON document, which is held in memory whole; JSON Lines may be longer"
    )
    office_bytes: int = limit(300_000_000, "what a DOCX or an Excel file unpacks to")
    rows: int = limit(2_000_000, "rows of one table; Excel itself stops at 1,048,576")
    cell_characters: int = limit(1_000_000, "of one cell of a table; more is a quote that was never closed")
    report_characters: int = limit(5_000_000, "of one report; more is a library, not a report")
    faults: int = limit(100, "bad lines that are named one by one; the others of that file are counted")
