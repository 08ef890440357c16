"""Commands that read reports: `marsad read`."""

import typer


def register(app: typer.Typer) -> None:
    """Add this group's commands to the program."""
    app.command("read")(read)


def read() -> None:
    """Read reports and print what they say."""
