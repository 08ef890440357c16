"""The `marsad` program: puts the groups of commands together and turns errors into messages and exit codes.

Exit codes: 0 all was done; 1 something could not be done (the rest was); 2 the command line was wrong.
"""

import os
import sys
from typing import Annotated

import typer

from marsad import __version__
from marsad.cli import (
    actors,
    doctor,
    evaluate,
    export,
    imports,
    judging,
    ledger,
    ledger_care,
    ledger_people,
    linking,
    places,
    reading,
    report,
    scaling,
    serve,
    statements,
    tally,
    watch,
    when,
)
from marsad.errors import MarsadError

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Read reports of armed conflict and keep the count, every figure with its words.",
)
reading.register(app)
scaling.register(app)
evaluate.register(app)
ledger.register(app)
ledger_people.register(app)
ledger_care.register(app)
judging.register(app)
linking.register(app)
actors.register(app)
places.register(app)
when.register(app)
tally.register(app)
serve.register(app)
export.register(app)
report.register(app)
imports.register(app)
watch.register(app)
statements.register(app)
doctor.register(app)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"marsad {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", is_eager=True, callback=_print_version)
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show a traceback when something fails.")] = False,
) -> None:
    """Take the options that go before every command."""
    del version
    if debug:
        os.environ["MARSAD_DEBUG"] = "1"


def main() -> None:
    """Run the program; the entry point of the `marsad` command."""
    try:
        app()
    except MarsadError as error:
        if os.environ.get("MARSAD_DEBUG"):
            raise
        typer.echo(f"marsad: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        # The reader of our output (head, less) went away: stop quietly, as other programs do.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
