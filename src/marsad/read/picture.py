"""Pictures of text (PNG, JPEG, TIFF): read by OCR where the user asks for it, and marked so."""

from collections.abc import Iterator

from marsad.errors import BadInputError
from marsad.read.columns import blocks_of
from marsad.read.days import labelled_day
from marsad.read.evidence import Evidence
from marsad.read.items import Found, Item, Source, make_report, tidy
from marsad.read.layout import unwrapped
from marsad.read.ocr import note, see


def read_picture(raw: bytes, source: Source) -> Iterator[Item]:
    """Yield the report that a picture shows; raise BadInputError where OCR cannot be run or sees no words."""
    seen = see(raw, "the picture", source)
    blocks, notes = blocks_of(seen.rows)
    text = tidy(unwrapped([*blocks, *notes])).strip()
    if not text:
        raise BadInputError(f"{source.name}: OCR sees no words in the picture")
    day = labelled_day(text)
    days = (Evidence(day, "text"),) if day else ()
    yield make_report(Found(text, days=days, notes=(note([seen], "the picture was"),)), raw, source)
