"""Writes a report as Markdown, its receipts as footnotes; words of reports stay words, whatever signs they hold."""

import re

from marsad.report.blocks import Block, Bullets, Document, Paragraph, Run, Runs, Table
from marsad.report.templating import template_of, written

SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
"""What Markdown or HTML in it would take for more than a sign."""
OPENS = re.compile(r"^(\s*)([-+]|\d+[.)])(\s)")
"""What would begin a list at the beginning of a line."""


def markdown(document: Document, folder: object = None) -> str:
    """Return a document in Markdown, by the template report.md of an organisation's folder, or the one that ships."""
    template = template_of("report.md", folder, {"block": _block, "runs": runs, "words": words}, escaping=False)
    text = written(template, document)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def runs(found: Runs) -> str:
    """Return runs as one line of Markdown."""
    return "".join(_run(one) for one in found)


def words(plain: str) -> str:
    """Return words so that Markdown shows them as they are."""
    one_line = " ".join(plain.split(" ")).replace("\r", " ").replace("\n", " ")
    return OPENS.sub(r"\1\\\2\3", SIGNS.sub(r"\\\1", one_line))


def _run(one: Run) -> str:
    said = words(one.words) if one.words.strip() else one.words
    if said.strip() and one.style == "strong":
        said = f"**{said}**"
    return f"{said}[^{one.note}]" if one.note is not None else said


def _block(one: Block) -> str:
    if isinstance(one, Paragraph):
        return runs(one.runs)
    if isinstance(one, Bullets):
        return "\n".join(f"* {runs(item)}" for item in one.items)
    if isinstance(one, Table):
        return _table(one)
    # A picture says nothing that its caption or the table beside it does not: Markdown has no drawings of its own.
    return runs(one.caption)


def _table(one: Table) -> str:
    marks = ["---" if number < one.words else "---:" for number in range(len(one.head))]
    rows = [[words(name) for name in one.head], marks, *([runs(cell) for cell in row] for row in one.rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
