"""Opens the desk in a browser: `marsad serve`; and looks after the people of a team's desk."""

from typing import Annotated

import typer

from marsad.cli.ledger import LedgerOption, login, now
from marsad.errors import BadInputError, LedgerError

HERE = "127.0.0.1"
LOCAL = ("127.0.0.1", "localhost", "::1")

EXAMPLES = """
Examples:

  marsad serve --open

  marsad serve --ledger syria.db --port 8080

  marsad serve --accounts people.db --host 0.0.0.0 --name desk.example.org

  marsad serve --accounts people.db --proxied --name desk.example.org
"""


def register(app: typer.Typer) -> None:
    """Add this group's commands to the program."""
    app.command("serve", epilog=EXAMPLES)(serve)
    app.command("person")(person)


def serve(
    ledger: LedgerOption = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = 8137,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the page in your browser.")] = False,
    host: Annotated[str, typer.Option(help="Address to listen on; any other than this machine needs accounts.")] = HERE,
    accounts: Annotated[
        str | None, typer.Option(metavar="FILE", help="People who may log in (marsad person adds them).")
    ] = None,
    name: Annotated[list[str] | None, typer.Option(help="Name by which others reach the page.")] = None,
    proxied: Annotated[
        bool, typer.Option("--proxied", help="A proxy with TLS on this machine stands in front: believe its headers.")
    ] = False,
    language: Annotated[
        str | None, typer.Option(help="Language of the page, where there are texts for it; else the browser's.")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", help="Who records (default: your login name).")] = None,
) -> None:
    """Open the ledger's page in a browser: read, see, judge. It listens on this machine only."""
    from marsad.serve.accounts import Accounts
    from marsad.serve.desk import Desk, Person
    from marsad.serve.messages import languages
    from marsad.serve.run import Listening, run
    from marsad.store import default_ledger, shown

    if host not in LOCAL and (accounts is None or not Accounts(accounts).people()):
        raise BadInputError(
            f"without accounts the page listens on this machine only, not on {host}: add people first "
            "(marsad person add NAME --accounts FILE), then marsad serve --accounts FILE"
        )
    if language is not None and language not in languages():
        raise BadInputError(f"there are no texts in {language!r}: choose one of {', '.join(languages())}")
    place = ledger or default_ledger()
    desk = Desk(place, Person(by or login(), "administrator"), now, accounts=accounts)
    if name:
        desk = Desk(place, desk.person, now, accounts=accounts, hosts=(*desk.hosts, *name))
    with desk.book():
        pass
    run(desk, Listening(host, port, proxied, language), lambda address: _tell(address, shown(place), open_browser))


def person(
    what: Annotated[str, typer.Argument(help="add, or list.")],
    name: Annotated[str, typer.Argument(help="Whom to add, or to give another role and password.")] = "",
    accounts: Annotated[str, typer.Option(metavar="FILE", help="The file of the people.")] = "people.db",
    role: Annotated[str, typer.Option(help="reader, recorder, reviewer or administrator.")] = "administrator",
) -> None:
    """Add people to a team's desk; the password is asked for."""
    from marsad.serve.accounts import Accounts

    kept = Accounts(accounts)
    if what == "list":
        for one in kept.people():
            typer.echo(f"{one.name}\t{one.role}")
    elif what == "add" and name:
        kept.add(name, role, typer.prompt("Password", hide_input=True, confirmation_prompt=True))
        typer.echo(f"{name} is {role} at the desk of {accounts}")
    else:
        raise LedgerError(f"{what!r} can be done to nobody: write marsad person add NAME, or person list")


def _tell(address: str, ledger: str, open_browser: bool) -> None:
    typer.echo(f"{address}  ledger: {ledger}  (Ctrl+C stops)")
    if open_browser:
        import webbrowser

        webbrowser.open(address)
