"""Terminal manners, in one place: width, colour only on a terminal, progress and complaints on standard error."""

import sys
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

T = TypeVar("T")

# A pipe has no width of its own; this one keeps quotes on one line and still reads well in a mail.
PIPE_WIDTH = 120


@cache
def console() -> "Console":
    """Return the console of standard output; rich leaves colours out for pipes and where NO_COLOR is set."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else PIPE_WIDTH, highlight=False)


def show(drawing: "RenderableType") -> None:
    """Print something that rich can draw; in a pipe without the blanks that fill its lines."""
    screen = console()
    if screen.is_terminal:
        screen.print(drawing)
        return
    with screen.capture() as capture:
        screen.print(drawing)
    sys.stdout.write("".join(f"{line.rstrip()}\n" for line in capture.get().splitlines()))


def complain(message: str) -> None:
    """Print one line of trouble on standard error."""
    sys.stdout.flush()
    sys.stderr.write(f"marsad: {message}\n")


def follow(items: Iterable[T], doing: str) -> Iterator[T]:
    """Yield `items`, with a progress line on standard error where a person watches and the output goes elsewhere."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn(doing), MofNCompleteColumn(), TextColumn("reports"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as progress:
        task = progress.add_task(doing, total=None)
        for item in items:
            yield item
            progress.advance(task)
