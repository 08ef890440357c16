"""Citations of the sources: RIS for reference managers, CSL JSON for Zotero, pandoc and the web."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from marsad.export.entries import Entry, LeftOut, Source, Written
from marsad.export.frame import Format, Frame
from marsad.export.table import one_line


def write_ris(entries: Sequence[Entry], _frame: Frame) -> Written:
    """Return the sources in RIS: one record a report, lines ended by CR LF as the format asks."""
    shown, left_out = _sources(entries)
    records = ["".join(f"{tag}  - {one_line(value)}\r\n" for tag, value in _ris(one)) for one in shown]
    return Written("\r\n".join(records).encode("utf-8", "replace"), len(shown), left_out)


def write_csl(entries: Sequence[Entry], _frame: Frame) -> Written:
    """Return the sources in CSL JSON."""
    shown, left_out = _sources(entries)
    content = json.dumps([_csl(one) for one in shown], ensure_ascii=False, indent=1) + "\n"
    return Written(content.encode("utf-8", "replace"), len(shown), left_out)


def _sources(entries: Sequence[Entry]) -> tuple[list[Source], tuple[LeftOut, ...]]:
    found: dict[str, Source] = {}
    for one in entries:
        for source in one.sources:
            found.setdefault(source.id, source)
    nameless = [one for one in found.values() if not (one.publisher or one.title or one.url)]
    shown = [one for one in found.values() if one not in nameless]
    return shown, tuple(LeftOut("a citation", f"the source of report {one.id} is not named") for one in nameless)


def _ris(one: Source) -> Iterator[tuple[str, str]]:
    yield "TY", "NEWS"
    yield "ID", one.id
    if one.title:
        yield "TI", one.title
    if one.publisher:
        yield "PB", one.publisher
        yield "T2", one.publisher
    if one.published:
        yield "PY", str(one.published.year)
        yield "DA", one.published.strftime("%Y/%m/%d/")
    if one.url:
        yield "UR", one.url
    if one.language:
        yield "LA", one.language
    yield "ER", ""


def _csl(one: Source) -> dict[str, Any]:
    day = one.published
    out: dict[str, Any] = {
        "id": one.id,
        "type": "article-newspaper",
        "title": one_line(one.title) if one.title else None,
        "container-title": one_line(one.publisher) if one.publisher else None,
        "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
        "URL": one.url,
        "language": one.language,
    }
    return {key: value for key, value in out.items() if value is not None}


RULES = (
    "One record a report that an exported incident rests on, once.",
    "Sources that the profile does not name are left out; a headline that shares a name with a victim is left out of "
    "its citation.",
)
RIS = Format("ris", "citations of the sources, RIS", ".ris", write_ris, RULES, "Read back with rispy.")
CSL = Format(
    "csl",
    "citations of the sources, CSL JSON",
    ".csl.json",
    write_csl,
    RULES,
    "Keys and types against the CSL JSON schema's names; read back as JSON.",
)
