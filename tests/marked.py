"""Reports with their meaning marked beside them (the form of eval/gold), and what a reading of them got wrong."""

from collections.abc import Iterable
from datetime import date

from eval.gold_source import read_gold

from marsad.evaluate import Coding, coding_from_row, coding_of, measure, print_faults
from marsad.model import Reading, Report
from marsad.reading import make_reading


def marked_report(marked: str) -> tuple[Report, Coding]:
    """Return the report that a marked text is, and what it says."""
    [(row, gold)] = read_gold(marked, "test")
    day = None if row["published"] is None else date.fromisoformat(row["published"])
    return Report(id=row["id"], text=row["text"], title=row["title"], published=day), coding_from_row(gold)


def faults_of(marked: str, kinds: Iterable[str] | None = None) -> list[str]:
    """Read a marked text and return what is wrong with the reading, a line each; `kinds` asks only for some."""
    report, gold = marked_report(marked)
    [measured] = measure([gold], {report.id: coding_of(make_reading(report))})
    asked = [fault for fault in measured.faults if kinds is None or fault.kind in kinds]
    return list(print_faults((fault, report.text) for fault in asked))


def read_text(text: str, published: date | None = None) -> Reading:
    """Read a plain text."""
    return make_reading(Report(id="t", text=text, published=published))
