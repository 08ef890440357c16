"""Sets pages as newspapers and agencies print them: in columns, with running heads, notes and tables (by fpdf2)."""

import textwrap
from collections.abc import Sequence

from fpdf import FPDF

LEFT, MIDDLE, LEADING = 20.0, 110.0, 5.0
TOP = 34.0


def newspaper(
    columns: Sequence[tuple[Sequence[str], Sequence[str]]],
    *,
    headline: str = "",
    notes: Sequence[str] = (),
    across: bool = False,
    letters: bool = False,
) -> bytes:
    """Return pages of two columns, given as lines; `across` paints line by line over both, as some programs do.

    `letters` paints each letter by itself, as browsers do.
    """
    pdf = FPDF(format="A4")
    for number, (left, right) in enumerate(columns, start=1):
        pdf.add_page()
        _put(pdf, "Helvetica", 8, [(LEFT, 12.0, "The Niamey Ledger, weekly review"), (104.0, 288.0, str(number))])
        _put(pdf, "Helvetica", 17, [(LEFT, 24.0, headline)] if headline and number == 1 else [])
        lines = [
            (edge, TOP + LEADING * at, words)
            for edge, side in ((LEFT, left), (MIDDLE, right))
            for at, words in enumerate(side)
        ]
        painted = sorted(lines, key=lambda one: (one[1], one[0])) if across else lines
        _put(pdf, "Times", 10, painted, letters)
        note = notes[number - 1] if number <= len(notes) else ""
        _put(pdf, "Times", 7, [(LEFT, 272.0, note)] if note else [])
    return bytes(pdf.output())


def broken(text: str, width: int = 50) -> list[str]:
    """Return a text as the lines of a column, long words broken by hyphens where the column ends."""
    lines = []
    rest = text
    while rest:
        line = textwrap.wrap(rest, width)[0]
        rest = rest[len(line) :].lstrip()
        word = rest.split(" ")[0].strip(".,")
        room = width - len(line) - 2
        if len(word) > 8 and room > 3 and word.isalpha():
            line, rest = f"{line} {word[:4]}-", rest[4:]
        lines.append(line)
    return lines


def table(rows: Sequence[Sequence[str]], caption: str, before: str, after: str) -> bytes:
    """Return a page with a ruled table between two paragraphs; long cells go over two lines."""
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=10)
    pdf.multi_cell(0, 5, before)
    pdf.ln(4)
    pdf.cell(0, 6, caption, new_x="LMARGIN", new_y="NEXT")
    with pdf.table() as made:
        for row in rows:
            line = made.row()
            for cell in row:
                line.cell(cell)
    pdf.ln(4)
    pdf.multi_cell(0, 5, after)
    return bytes(pdf.output())


def table_by_columns(rows: Sequence[Sequence[str]], caption: str) -> bytes:
    """Return a page whose table is painted column by column, as spreadsheets do."""
    pdf = FPDF()
    pdf.add_page()
    _put(pdf, "Helvetica", 10, [(LEFT, 20.0, caption)])
    cells = [
        (LEFT + 30 * c + 40 * bool(c), 30.0 + 6 * r, row[c]) for c in range(len(rows[0])) for r, row in enumerate(rows)
    ]
    _put(pdf, "Helvetica", 10, cells)
    return bytes(pdf.output())


def _put(pdf: FPDF, font: str, size: int, lines: Sequence[tuple[float, float, str]], letters: bool = False) -> None:
    pdf.set_font(font, size=size)
    for x, y, words in lines:
        for at, part in enumerate(words if letters else [words] if words else []):
            pdf.text(x + pdf.get_string_width(words[:at]), y, part)
