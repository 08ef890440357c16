"""The command that looks an installation over: `marsad doctor`."""

import json
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Annotated

import typer

from marsad.cli.ledger import LedgerOption

if TYPE_CHECKING:
    from marsad.doctor import Finding

EXAMPLES = """
Examples:

  marsad doctor

  marsad doctor --ledger syria.db

  marsad doctor --json
"""


def register(app: typer.Typer) -> None:
    """Add this group's command to the program."""
    app.command("doctor", epilog=EXAMPLES)(doctor)


def doctor(
    ledger: LedgerOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")] = False,
) -> None:
    """Look the installation over: what is well, what is missing, what to do. It asks no network and makes no ledger."""
    from marsad.doctor import checks_for, examine
    from marsad.store import default_ledger

    if isinstance(sys.stdout, TextIOWrapper):
        # Where the terminal cannot show a path, the doctor is what must still speak.
        sys.stdout.reconfigure(errors="backslashreplace")
    found = []
    for one in examine(checks_for(ledger or default_ledger())):
        found.append(one)
        if not as_json:
            typer.echo(line(one))
    if as_json:
        typer.echo(json.dumps(told(found), indent=1, ensure_ascii=False))
    if not is_well(found):
        raise typer.Exit(1)


def line(one: "Finding") -> str:
    """Return a finding as a line, with what to do below it."""
    head = f"{one.state:6} {one.check:16} {' '.join(one.said.split())}"
    return head + (f"\n{'':23} -> {one.advice}" if one.advice else "")


def told(found: "list[Finding]") -> dict[str, object]:
    """Return the findings for a program."""
    from marsad import __version__

    rows = [{"check": one.check, "state": one.state, "said": one.said, "advice": one.advice or None} for one in found]
    return {"marsad": __version__, "well": is_well(found), "checks": rows}


def is_well(found: "list[Finding]") -> bool:
    """Is all there that Marsad needs?"""
    return all(one.state != "fault" for one in found)
