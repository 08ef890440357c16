"""Writes man/marsad.1 from the commands' own help: python -m scripts.make_man (a test says when it must be run anew).

No kept tool does it: click-man does not know typer's own commands, and makes forty pages in which examples are lost.
"""

from collections.abc import Iterator
from pathlib import Path

from scripts.command_help import CommandHelp, commands

from marsad import __version__

PAGE = Path(__file__).parents[1] / "man/marsad.1"
DESCRIPTION = (
    "Marsad reads reports of armed conflict and keeps the count: who was killed, injured, captured or driven out, how "
    "many, where, when, by whom, according to whom. Every figure leads back to the words it came from, nobody is "
    "counted twice, and doubt is kept as a value. It works offline; only read, add and watch fetch, and only the "
    "addresses that they are given.",
    "Output goes to standard output, complaints to standard error. Colours are left out in pipes and where NO_COLOR is "
    "set.",
)
ENVIRONMENT = {
    "MARSAD_LEDGER": "The ledger, a file or the URL of a PostgreSQL database, where --ledger names none.",
    "MARSAD_OFFLINE": "Set: fetch nothing, as by --offline.",
    "MARSAD_CONTACT": "An address for the keepers of fetched pages, who are told it and can write to you.",
    "MARSAD_CHROMIUM": "The browser that prints situation reports as PDF.",
    "MARSAD_ACTORS": "A folder with your own tables of actors and ties, which are added to the shipped ones.",
    "MARSAD_NOW": "The moment that counts as now, as 2026-04-20T08:00:00+00:00; for tests and for repeating a run.",
    "MARSAD_DEBUG": "Set: show a traceback when something fails, as by --debug.",
    "NO_COLOR": "Set: no colours.",
    "XDG_DATA_HOME, XDG_CACHE_HOME": "Where data and caches of users lie, if not in ~/.local/share and ~/.cache.",
}
FILES = {
    "~/.local/share/marsad/ledger.db": (
        "The ledger where nothing names another. It holds names: keep it as you would keep the reports."
    ),
    "~/.local/share/marsad/gazetteer.sqlite, pcodes.csv": "Your own gazetteer and P-codes, made by marsad gazetteer.",
    "~/.cache/marsad/": "The shipped gazetteer, unpacked (42 MB); may be deleted at any time.",
}
EXIT = {
    "0": "All was done.",
    "1": "Something could not be done, the rest was; or marsad doctor found a fault.",
    "2": "The command line was wrong.",
}


def page() -> str:
    """Return the whole manual page."""
    return "\n".join([*_head(), *_commands(), *_foot(), ""])


def _head() -> Iterator[str]:
    yield f'.TH MARSAD 1 "" "Marsad {__version__}" "User Commands"'
    yield from (".SH NAME", "marsad \\- read reports of armed conflict and keep the count")
    yield from (".SH SYNOPSIS", ".B marsad", escaped("COMMAND [OPTIONS] [ARGS]..."))
    yield ".SH DESCRIPTION"
    for at, words in enumerate(DESCRIPTION):
        yield from ([".PP"] if at else []) + [escaped(words)]


def _commands() -> Iterator[str]:
    whole, *each = commands()
    yield ".SH OPTIONS"
    yield from _terms(whole.options)
    yield ".SH COMMANDS"
    for one in each:
        yield from _command(one)


def _command(one: CommandHelp) -> Iterator[str]:
    yield f".SS {escaped(one.usage)}"
    yield escaped(one.does)
    yield from _terms((*one.arguments, *one.options))
    if one.examples:
        yield from (".PP", "Examples:", ".PP", ".nf", ".RS 4")
        yield from map(escaped, one.examples)
        yield from (".RE", ".fi")


def _foot() -> Iterator[str]:
    for title, table in (("EXIT STATUS", EXIT), ("ENVIRONMENT", ENVIRONMENT), ("FILES", FILES)):
        yield f".SH {title}"
        yield from _terms(tuple(table.items()))
    yield from (
        ".SH SEE ALSO",
        "The documentation: docs/ in the source, from a newcomer's tutorial to the threat model.",
    )


def _terms(rows: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for term, words in rows:
        yield from (".TP", f"\\fB{escaped(term)}\\fR", escaped(words))


def escaped(words: str) -> str:
    """Return words as roff takes them for themselves: hyphens that can be copied, no dot that is a command."""
    safe = words.replace("\\", "\\e").replace("-", "\\-").replace("~", "\\(ti").replace("^", "\\(ha")
    safe = safe.replace("'", "\\(aq").replace("`", "\\(ga").replace("…", "\\&...")
    return f"\\&{safe}" if safe.startswith((".", "'")) else safe


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
