"""The words of a report: those that ship, and over them an organisation's own."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import Any

from marsad.errors import BadInputError
from marsad.model import Figure
from marsad.report.blocks import Run, Runs

FILE = "words.toml"
Value = str | int | Run | Runs


@dataclass(frozen=True, slots=True)
class Words:
    """Phrases by name ("toll.lead"), each with places in braces that are filled in."""

    table: Mapping[str, Any]

    def plain(self, name: str, /, **values: str | int) -> str:
        """Return a phrase as plain words."""
        return "".join(run.words for run in self.fill(name, **values))

    def fill(self, name: str, /, **values: Value) -> Runs:
        """Return a phrase with its places filled in; raise BadInputError for a place that it cannot have."""
        out: list[Run] = []
        for words, place, _, _ in Formatter().parse(self.phrase(name)):
            if words:
                out.append(Run(words))
            if place is not None:
                if place not in values:
                    there = ", ".join(sorted(values)) or "none"
                    raise BadInputError(f"{FILE}: {name} has no place {{{place}}}: there are {there}")
                out += _runs(values[place])
        return tuple(out)

    def phrase(self, name: str) -> str:
        """Return a phrase by name; raise BadInputError where it is none."""
        found: Any = self.table
        for part in name.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
        if not isinstance(found, str):
            raise BadInputError(f"{FILE}: {name} must be words in quotes")
        return found

    def has(self, name: str) -> bool:
        """Say whether there is a phrase of that name."""
        part, _, last = name.partition(".")
        return last in self.table.get(part, {})

    def join(self, parts: list[Runs]) -> Runs:
        """Return parts as a list in a sentence."""
        out: list[Run] = []
        for number, part in enumerate(parts):
            if number:
                out.append(Run(self.phrase("and") if number == len(parts) - 1 else self.phrase("many")))
            out += part
        return tuple(out)

    def figure(self, figure: Figure | None) -> str:
        """Return a figure: 27; 6 (4–6); at least 35."""
        if figure is None:
            return self.plain("figure.none")
        low, best = f"{figure.low:,}", f"{figure.best:,}"
        if figure.high is None:
            return self.plain("figure.open" if figure.low == figure.best else "figure.open_best", low=low, best=best)
        name = "exact" if figure.low == figure.high else "range"
        return self.plain(f"figure.{name}", low=low, best=best, high=f"{figure.high:,}")

    def day(self, day: date | None) -> str:
        """Return a day: 4 March 2024."""
        if day is None:
            return self.plain("day.unknown")
        months = self.table["months"]
        return self.plain("day.one", day=day.day, month=months[day.month - 1], year=day.year)

    def days(self, start: date | None, end: date | None) -> str:
        """Return a run of days."""
        if start == end or start is None or end is None:
            return self.day(start or end)
        if (start.year, start.month) == (end.year, end.month):
            return self.plain("day.month_span", first=start.day, last=self.day(end))
        return self.plain("day.span", start=self.day(start), end=self.day(end))

    def number_of(self, name: str, number: int) -> str:
        """Return a number of things in words: 1 incident, 14 incidents."""
        return self.plain(name if number == 1 else f"{name}s", number=f"{number:,}")


def words_of(folder: Path | None) -> Words:
    """Return the words that ship, with those of an organisation's folder in their place."""
    shipped = _shipped()
    path = None if folder is None else folder / FILE
    if path is None or not path.is_file():
        return shipped
    try:
        own = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise BadInputError(f"{path}: {error}") from error
    return Words(_merged(shipped.table, own, path))


@cache
def _shipped() -> Words:
    return Words(tomllib.loads(files("marsad.report").joinpath("templates", FILE).read_text("utf-8")))


def _merged(shipped: Mapping[str, Any], own: Mapping[str, Any], path: Path, at: str = "") -> dict[str, Any]:
    unknown = sorted(own.keys() - shipped.keys())
    if unknown:
        raise BadInputError(f"{path}: there is no {at}{unknown[0]}: choose one of {', '.join(shipped)}")
    out = dict(shipped)
    for name, value in own.items():
        if type(value) is not type(shipped[name]):
            raise BadInputError(f"{path}: {at}{name} must be of the kind that ships: {shipped[name]!r}")
        if isinstance(value, list) and len(value) != len(shipped[name]):
            raise BadInputError(f"{path}: {at}{name} must have {len(shipped[name])} words")
        out[name] = _merged(shipped[name], value, path, f"{name}.") if isinstance(value, dict) else value
    return out


def noted(runs: Runs, note: int) -> Runs:
    """Return runs of which the last leads to a note."""
    *first, last = runs
    return (*first, Run(last.words, note, last.style))


def _runs(value: Value) -> Runs:
    if isinstance(value, Run):
        return (value,)
    if isinstance(value, tuple):
        return value
    return (Run(f"{value:,}" if isinstance(value, int) and value >= 10_000 else str(value)),) if value != "" else ()
