"""What the ledger answers, for Python: tables that become data frames and show themselves in notebooks."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from importlib import import_module
from typing import Any

from marsad.errors import MarsadError

SHOWN = 50
"""How many rows a notebook shows; the table holds them all."""


class MissingFrameError(MarsadError):
    """A data frame was asked for and no library makes it; the message says what to install."""


class Table(Sequence[Mapping[str, Any]]):
    """Rows under named columns: a sequence of mappings. `total` is a row of its own, `notes` stand below."""

    def __init__(
        self,
        columns: Sequence[str],
        rows: Sequence[Mapping[str, Any]],
        total: Mapping[str, Any] | None = None,
        notes: Sequence[str] = (),
    ) -> None:
        self.columns = tuple(columns)
        self.rows = tuple(dict(row) for row in rows)
        self.total = None if total is None else dict(total)
        self.notes = tuple(notes)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, at: Any) -> Any:
        """Return a row by its number, or several by a slice."""
        return self.rows[at]

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        return iter(self.rows)

    def __repr__(self) -> str:
        return f"<Table of {len(self)} rows: {', '.join(self._told())}>"

    def frame(self) -> Any:
        """Return a data frame of pandas, else of polars; MissingFrameError where neither is installed."""
        for make in (self.to_pandas, self.to_polars):
            try:
                return make()
            except MissingFrameError:
                continue
        raise MissingFrameError("no library for data frames is installed: pip install pandas (or polars)")

    def to_pandas(self) -> Any:
        """Return a pandas DataFrame; whole numbers stay whole where some are missing (Int64)."""
        frame = _library("pandas").DataFrame(list(self.rows), columns=list(self.columns))
        return frame.convert_dtypes()

    def to_polars(self) -> Any:
        """Return a polars DataFrame."""
        columns = {name: [row.get(name) for row in self.rows] for name in self.columns}
        return _library("polars").DataFrame(columns, strict=False)

    def _told(self) -> list[str]:
        """Return the columns that hold anything: most ledgers tell of few harms."""
        every = [*self.rows, *([self.total] if self.total else [])]
        return [name for name in self.columns if any(row.get(name) not in (None, "") for row in every)]

    def _repr_html_(self) -> str:
        """Return the table as HTML for notebooks; every word is escaped, whatever a report says."""
        told = self._told()
        head = "".join(f"<th>{escape(name)}</th>" for name in told)
        body = "".join(_html_row(row, told, "td") for row in self.rows[:SHOWN])
        foot = _html_row(self.total, told, "th") if self.total else ""
        more = [f"… and {len(self) - SHOWN} more rows"] if len(self) > SHOWN else []
        notes = "".join(f"<p><small>{escape(note)}</small></p>" for note in (*more, *self.notes))
        whole = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody><tfoot>{foot}</tfoot>"
        return f'<table class="marsad">{whole}</table>{notes}'


class Tree(Mapping[str, Any]):
    """What a figure rests on: a mapping as in the JSON of `marsad trace`, shown in notebooks with its quoted words."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = dict(values)

    def __getitem__(self, key: str) -> Any:
        """Return one part: incidents, claims, judgements, revisions …"""
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"<Tree of {self['asked']}: {len(self['incidents'])} incidents, {len(self['claims'])} claims>"

    def _repr_html_(self) -> str:
        """Return the claims with their quoted words as HTML, each under its report."""
        told = "".join(_html_claim(claim) for claim in self["claims"])
        return f"<p><b>{escape(str(self['asked']))}</b></p><ul>{told}</ul>"


def _html_row(row: Mapping[str, Any], columns: Sequence[str], tag: str) -> str:
    cells = "".join(f"<{tag}>{escape(_words(row.get(name)))}</{tag}>" for name in columns)
    return f"<tr>{cells}</tr>"


def _html_claim(claim: Mapping[str, Any]) -> str:
    report = claim["report"]
    told = ", ".join(str(part) for part in (report["publisher"], report["published"]) if part)
    figure = f"{claim['best']} {claim['harm']}"
    return f"<li>{escape(figure)}: <q>{escape(claim['span']['quote'])}</q> ({escape(told or claim['ref'])})</li>"


def _words(value: Any) -> str:
    return "" if value is None else str(value)


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingFrameError(f"{name} is not installed: pip install {name}") from error
