"""Commands that look after the record itself: `marsad verify`, `original`."""

import sys
from typing import Annotated

import typer

from marsad.cli.console import complain
from marsad.cli.ledger import LedgerOption, load, now
from marsad.errors import LedgerError
from marsad.ledger import POLICIES, Trace
from marsad.ledger import trace as find_trace
from marsad.ledger.record import report_key


def register(app: typer.Typer) -> None:
    """Add this group's commands to the program."""
    app.command("original")(original)
    app.command("verify")(verify)


def original(
    asked: Annotated[
        str, typer.Argument(metavar="ID", help="A report, one of its claims, or an incident of one report.")
    ],
    ledger: LedgerOption = None,
) -> None:
    """Write the bytes that a report was read from, as they came, to standard output."""
    from marsad.store import default_ledger, open_book

    keys = _reports(find_trace(load(ledger, None, POLICIES[0]), asked))
    if len(keys) != 1:
        raise LedgerError(
            f"{asked!r} rests on {len(keys)} reports; name one of them: {', '.join(k[:12] for k in keys)}"
        )
    with open_book(ledger or default_ledger(), now()) as book:
        kept = book.original(keys[0])
    if kept is None:
        raise LedgerError(f"of report {keys[0][:12]} no bytes were kept: it was recorded by a Marsad before 0.2")
    sys.stdout.buffer.write(kept)
    sys.stdout.buffer.flush()


def verify(
    seal: Annotated[str | None, typer.Option(help="A seal you noted: check that the log still holds it.")] = None,
    ledger: LedgerOption = None,
) -> None:
    """Check the chain of the log, the bytes of every report and every quoted word; and print the seal to note."""
    from marsad.store import Fault, default_ledger, open_book, shown

    place = ledger or default_ledger()
    with open_book(place, now()) as book:
        faults = list(book.verify())
        counts = book.count()
        seals = [act.seal for act in book.acts()]
    if seal is not None and not any(one.startswith(seal) for one in seals):
        faults.append(Fault("log", f"no act has the seal {seal}: what was recorded after it, or it itself, is gone"))
    for fault in faults:
        complain(f"{fault.where}: {fault.what}")
    there = ", ".join(f"{number} {name}" for name, number in counts.items())
    typer.echo(f"{shown(place)}: {there}; {len(faults) or 'no'} fault{'' if len(faults) == 1 else 's'}")
    if seals:
        typer.echo(f"sealed: {seals[-1]} (act {len(seals)})")
    if faults:
        raise typer.Exit(1)


def _reports(found: Trace) -> list[str]:
    """Return the keys of the reports that a trace leads to."""
    members = [m for one in (*found.incidents, found.withdrawn) if one for m in one.members]
    return sorted({m.recorded.report_key for m in members} | {report_key(said.report) for said in found.said})
