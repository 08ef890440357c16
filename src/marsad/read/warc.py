"""WARC: one report a page of a web archive, each with the address it was taken from."""

from collections.abc import Iterator
from io import BytesIO

from marsad.errors import BadInputError
from marsad.read.extras import require_library
from marsad.read.items import Item, SkippedInputError, Source

# What a page may be served as; pictures, styles and programs of the page are not reports and are not named one by one.
READ_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf", "application/json")
SERVED = 200


def read_warc(raw: bytes, source: Source) -> Iterator[Item]:
    """Yield the reports of the pages that were served well; what cannot be read is yielded as an error."""
    library = require_library("fastwarc.warc", source.name)
    kinds = library.WarcRecordType.response | library.WarcRecordType.resource
    read = 0
    try:
        for record in library.ArchiveIterator(BytesIO(raw), record_types=kinds, parse_http=True, auto_decode="all"):
            if not _is_page(record):
                continue
            read += 1
            yield from _page(record, source)
    except (OSError, ValueError, EOFError, RuntimeError) as error:
        yield BadInputError(f"{source.name}: is a damaged web archive ({error}); {read} pages before it were read")
        return
    if not read:
        yield SkippedInputError(f"{source.name}: the web archive holds no pages")


def _is_page(record: object) -> bool:
    http = getattr(record, "http_headers", None)
    kind = getattr(record, "http_content_type", None) if http is not None else None
    return http is not None and http.status_code == SERVED and kind in READ_TYPES


def _page(record: object, source: Source) -> Iterator[Item]:
    headers = getattr(record, "headers", {})
    url = headers.get("WARC-Target-URI", "").strip("<>") or "a page"
    try:
        inside = source.inside(url, url if url.startswith("http") else None)
        limit = min(inside.limits.file_bytes, max(inside.budget.bytes_left, 0))
        body: bytes = record.reader.read(limit + 1)  # type: ignore[attr-defined]
        if len(body) > limit:
            raise BadInputError(f"{inside.name}: over {limit:,} bytes (limits file_bytes, unpacked_bytes); left unread")
        inside.budget.bytes_left -= len(body)
        yield from source.read(body, inside)
    except BadInputError as error:
        yield error
