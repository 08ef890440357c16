"""A row of a table or an object of JSON to a report, by the names of docs/contract.md or by the user's own map."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from marsad.errors import BadInputError
from marsad.read.days import day_like, day_order, numbered_day, parse_day, written_day
from marsad.read.evidence import Evidence
from marsad.read.items import Found, Item, RemarkError, SkippedInputError, Source, make_report, printable

KEYS = ("text", "title", "publisher", "url", "language", "published", "id")


def columns_from(words: str | None) -> dict[str, str]:
    """Return the map that `--map text=notes,published=event_date` asks for; raise BadInputError for other words."""
    found: dict[str, str] = {}
    for pair in (words or "").split(","):
        key, equals, column = (part.strip() for part in pair.partition("="))
        if not pair.strip():
            continue
        if not equals or not column or key not in KEYS:
            raise BadInputError(f"--map {pair.strip()}: write KEY=COLUMN, the key one of {', '.join(KEYS)}")
        found[key] = column
    return found


def read_table_row(row: Any, raw: bytes, place: str, source: Source, first: str | None = None) -> Iterator[Item]:
    """Yield the report of one row of a table; one without words is left out, as tables have such rows.

    `first` is what comes first in the table's days such as 05/06/2024, the day or the month, where that is known.
    """
    column = source.columns.get("text", "text")
    text = row.get(column)
    if column in row and (text is None or (isinstance(text, str) and not text.strip())):
        yield SkippedInputError(f'{place}: its "{column}" is empty; it was left out')
    else:
        yield from read_row(row, raw, place, source, first)


def read_row(row: Any, raw: bytes, place: str, source: Source, first: str | None = None) -> Iterator[Item]:
    """Yield the report of one object, whose text may be empty; what cannot be read in it is yielded as an error."""
    column = {key: source.columns.get(key, key) for key in KEYS}
    text = row.get(column["text"]) if isinstance(row, dict) else None
    if not isinstance(text, str):
        yield BadInputError(f'{place}: no object with a "{column["text"]}"; it was left out')
        return
    days: tuple[Evidence, ...] = ()
    if (given := row.get(column["published"])) not in (None, ""):
        try:
            days = (Evidence(_day(given, first), "row"),)
        except BadInputError as error:
            yield BadInputError(f"{place}: {column['published']} {error}; read as a report without a date")
    title, publisher, url, language = (_words(row, column[key]) for key in ("title", "publisher", "url", "language"))
    identity = row.get(column["id"], row.get("doc"))
    name = None if identity in (None, "") else str(identity)
    found = Found(text, title, publisher, url, language, days, name)
    try:
        yield make_report(found, raw, replace(source, name=place))
    except BadInputError as error:
        yield error


def require_text_column(columns: list[str], source: Source) -> None:
    """Raise BadInputError where a table has no column for the text, naming those it has."""
    wanted = [source.columns.get("text", "text"), *(column for key, column in source.columns.items() if key != "text")]
    missing = [column for column in wanted if column not in columns]
    if missing:
        has = ", ".join(columns[:20]) or "none"
        raise BadInputError(
            f'{source.name}: no column "{missing[0]}"; it has {has}. '
            "Say which is which: --map text=COLUMN,published=COLUMN"
        )


def days_first(rows: Iterable[Any], source: Source) -> str | None:
    """Return what comes first in the days of a table, the day or the month, where its cells tell."""
    name = source.columns.get("published", "published")
    return day_order(str(row.get(name) or "") for row in rows if isinstance(row, dict))


def _day(given: Any, first: str | None) -> date:
    if isinstance(given, datetime):
        return given.date()
    if isinstance(given, date):
        return given
    words = str(given).strip()
    day = written_day(words) or numbered_day(words, first)
    if day is None and day_like(words):
        raise BadInputError(f"{words!r} can mean two days; write it as 2019-04-20")
    return day or parse_day(words)


def _words(row: Mapping[str, Any], column: str) -> str | None:
    value = row.get(column)
    return None if value in (None, "") else str(value)


class Faults:
    """Lets the first bad lines of a file through and counts the others, so that a broken file fills no screen."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._count = 0

    def sift(self, items: Iterator[Item]) -> Iterator[Item]:
        """Yield `items` without the errors beyond the limit."""
        for item in items:
            self._count += isinstance(item, BadInputError)
            if not isinstance(item, BadInputError) or self._count <= self._source.limits.faults:
                yield item
        more = self._count - self._source.limits.faults
        if more > 0:
            yield BadInputError(
                f"{self._source.name}: {more} more bad lines were left out (limit faults={self._source.limits.faults})"
            )


class StrangeKeys:
    """Sees which keys of a file's objects are not read, to name them once: a misspelt key loses its value."""

    # What the keys of docs/contract.md are called elsewhere, or what reports that Marsad itself printed hold beside.
    KNOWN = frozenset({*KEYS, "doc", "source", "sha256", "dated", "characters", "notes"})
    NAMED = 12

    def __init__(self, source: Source) -> None:
        self._source = source
        self._keys: dict[str, None] = {}

    def see(self, row: Any) -> None:
        """Note the keys of one object; those of a file that the user gave a map for are the user's choice."""
        if isinstance(row, dict) and not self._source.columns and len(self._keys) <= self.NAMED:
            self._keys.update(dict.fromkeys(key for key in row if key not in self.KNOWN))

    def remark(self) -> Iterator[Item]:
        """Yield the line that names them, if there were any."""
        if self._keys:
            named = [printable(key)[:40] for key in self._keys][: self.NAMED]
            more = ", …" if len(self._keys) > self.NAMED else ""
            yield RemarkError(
                f"{self._source.name}: keys that are not read: {', '.join(named)}{more} "
                "(--map text=KEY,published=KEY says which is which)"
            )
