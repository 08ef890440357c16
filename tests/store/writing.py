"""Writers that run as processes of their own, started from a warm one so that eight of them cost little."""

import multiprocessing
from collections.abc import Callable
from multiprocessing.process import BaseProcess

from tests.made import START, Told, reading

from marsad.ledger import Record, build_ledger, toll
from marsad.model import Reading
from marsad.monitor import Recorder, ingest, linked
from marsad.relink import link_book
from marsad.store import Book, open_book

# Loads the tables of linking, which each writer would else do for itself.
linked(Record(), START)

VILLAGES = ("Kirawa", "Ngoshe", "Amuda", "Bama", "Gwoza", "Rann", "Dikwa", "Banki")


def report_of(writer: int, number: int) -> Reading:
    """Return what one writer has to add; every fourth report is one that all writers have."""
    if number % 4 == 0:
        return reading([Told(30 + number, "Damboa")], "Wire")
    return reading([Told(2 + number, VILLAGES[writer], injured=writer + 1)], f"Paper {number % 3}")


def add_all(place: str, writer: int, many: int, link: bool = True) -> None:
    """Add one writer's reports as the command line does, each with its original bytes; then judge."""
    told = [report_of(writer, number) for number in range(many)]
    by_text = {(one.report.text, one.report.publisher): one for one in told}
    recorder = Recorder(f"writer {writer}", "hand", lambda r: by_text[r.text, r.publisher], lambda: START)
    with open_book(place, START, create=True) as book:
        reports = [(one.report, one.report.text.encode()) for one in told]
        for _ in ingest(reports, book, recorder):
            pass
        if link:
            link_book(book, lambda: START)


def started(act: Callable[..., None], *words: object) -> BaseProcess:
    """Start a process that does `act`."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.store.writing"])
    process = context.Process(target=act, args=words)
    process.start()
    return process


def comes_to(book: Book) -> tuple[object, ...]:
    """Return what is promised to be the same whoever wrote in which order: the reports, the incidents, the toll."""
    record = book.record()
    ledger = build_ledger(record.readings, record.judgements, record.revisions)
    incidents = sorted((one.id, tuple(member.id for member in one.members)) for one in ledger.incidents)
    return sorted({one.report_key for one in record.readings}), incidents, dict(toll(ledger).total.tolls)
