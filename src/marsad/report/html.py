"""Writes a report as one self-contained page: no script, no address that is fetched, light, dark and on paper."""

from importlib.resources import files

from markupsafe import Markup, escape

from marsad.report.blocks import Block, Bullets, Document, Paragraph, Picture, Run, Runs, Table
from marsad.report.templating import template_of, written

TAGS = {"strong": "strong", "quiet": "small", "quote": "q"}


def html(document: Document, folder: object = None) -> str:
    """Return a document as a page, by the template report.html of an organisation's folder, or the one that ships."""
    page = _Page()
    template = template_of("report.html", folder, {"block": page.block, "runs": page.runs}, escaping=True)
    template.globals["style"] = Markup(files("marsad.report").joinpath("templates", "report.css").read_text("utf-8"))
    return written(template, document)


class _Page:
    """Writes runs and blocks; every mark of a note gets a name, so that the note leads back to its first mark."""

    def __init__(self) -> None:
        self.marked: set[int] = set()

    def runs(self, found: Runs) -> Markup:
        return Markup("").join(self._run(one) for one in found)

    def block(self, one: Block) -> Markup:
        if isinstance(one, Paragraph):
            return Markup('<p class="{}">{}</p>').format(one.role, self.runs(one.runs))
        if isinstance(one, Bullets):
            items = Markup("").join(Markup("<li>{}</li>").format(self.runs(item)) for item in one.items)
            return Markup("<ul>{}</ul>").format(items)
        return self._table(one) if isinstance(one, Table) else self._picture(one)

    def _run(self, one: Run) -> Markup:
        tag = TAGS.get(one.style)
        # The tag for a quotation sets marks of its own; the words bring theirs.
        said = Markup('<span class="quote">{}</span>').format(one.words) if tag == "q" else escape(one.words)
        if tag is not None and tag != "q" and one.words:
            said = Markup(f"<{tag}>{{}}</{tag}>").format(one.words)
        return said + self._mark(one.note) if one.note is not None else said

    def _mark(self, number: int) -> Markup:
        # In brackets: whoever copies the words alone must not read "7" with note 2 as 72.
        name = "" if number in self.marked else Markup(' id="mark-{}"').format(number)
        self.marked.add(number)
        return Markup('<sup><a{} href="#note-{}" aria-label="receipt {}">[{}]</a></sup>').format(
            name, number, number, number
        )

    def _table(self, one: Table) -> Markup:
        head = Markup("").join(
            Markup('<th scope="col"{}>{}</th>').format(_numeric(number, one), name)
            for number, name in enumerate(one.head)
        )
        rows = Markup("").join(self._row(row, one) for row in one.rows)
        table = Markup(
            '<div class="wide" tabindex="0" role="region" aria-label="{}">'
            "<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
        )
        # The section bears the caption; a region of its own name is what screen readers can tell apart.
        return table.format(", ".join(one.head), head, rows)

    def _picture(self, one: Picture) -> Markup:
        drawing = Markup(one.svg.replace("<svg ", Markup('<svg aria-label="{}" ').format(one.alt), 1))
        words = self.runs(one.caption) if one.caption else one.legend
        caption = Markup("<figcaption>{}</figcaption>").format(words) if words else ""
        return Markup("<figure>{}{}</figure>").format(drawing, caption)

    def _row(self, row: tuple[Runs, ...], one: Table) -> Markup:
        cells = Markup("").join(
            Markup("<{0}>{1}</{2}>").format(
                Markup('th scope="row"') if number == 0 else Markup("td") + _numeric(number, one),
                self.runs(cell),
                Markup("th" if number == 0 else "td"),
            )
            for number, cell in enumerate(row)
        )
        return Markup("<tr>{}</tr>").format(cells)


def _numeric(number: int, one: Table) -> Markup:
    return Markup(' class="number"') if number >= one.words else Markup("")
