"""What a report is made of before it has a format: sections of paragraphs, lists, tables and pictures, with notes."""

from dataclasses import dataclass
from typing import Literal

Style = Literal["plain", "strong", "quiet", "quote"]


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words in one style, with the number of the note that it leads to."""

    words: str
    note: int | None = None
    style: Style = "plain"


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; the `lead` is the sentence that a reader takes away."""

    runs: Runs
    role: Literal["plain", "lead", "quiet"] = "plain"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, one thing a line."""

    items: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first `words` columns are words, the others figures."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]
    words: int = 1


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing; `alt` tells what it shows. Its numbers stand, with receipts, in its caption or a table beside it.

    The `legend` is of use only beside the drawing, and stays away where a format has none.
    """

    svg: str
    alt: str
    caption: Runs = ()
    legend: str = ""


Block = Paragraph | Bullets | Table | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report under a title; `key` names it for templates."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A numbered receipt: its lines lead to incidents, claims and, where they may be shown, the quoted words."""

    number: int
    lines: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report, ready for a format."""

    language: str
    title: str
    subtitle: str
    sections: tuple[Section, ...]
    notes_title: str
    notes: tuple[Note, ...]
    about: tuple[Runs, ...]
    long: bool = True

    def section(self, key: str) -> Section | None:
        """Return the section of that name, if the report has it."""
        return next((one for one in self.sections if one.key == key), None)


def plain(words: str, style: Style = "plain") -> Runs:
    """Return words as runs."""
    return (Run(words, style=style),)
