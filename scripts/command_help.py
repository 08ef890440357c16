"""The program's commands with their help, as plain values: what the man page and the reference are made of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from typer.main import get_command

from marsad.cli.app import app

HELP = "--help"
# Names of types as the parser has them, and as a reader has them; of arguments, the name alone says enough.
TYPES = {
    "str": "TEXT", "list[str]": "TEXT", "path": "FILE", "list[path]": "FILE", "%y-%m-%d": "DAY",
    "int": "N", "int range": "N", "float": "N",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CommandHelp:
    """One command: its whole name, its usage, what it does, arguments and options with their words, examples."""

    name: str
    usage: str
    does: str
    arguments: tuple[tuple[str, str], ...]
    options: tuple[tuple[str, str], ...]
    examples: tuple[str, ...]


def commands() -> Iterator[CommandHelp]:
    """Yield the program itself, then every command and each command of a group, in the order of `marsad --help`."""
    yield from _walk(get_command(app), "marsad", None)


def _walk(command: Any, name: str, parent: Any) -> Iterator[CommandHelp]:
    context = command.context_class(command, info_name=name, parent=parent)
    arguments: list[tuple[str, str]] = []
    options: list[tuple[str, str]] = []
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is None or HELP in record[0]:
            continue
        is_argument = parameter.param_type_name == "argument"
        (arguments if is_argument else options).append((_plain(record[0], is_argument), _line(record[1])))
    usage = [_tidy(piece).upper() for piece in command.collect_usage_pieces(context)]
    yield CommandHelp(
        context.command_path,
        " ".join([context.command_path, *usage]),
        _line(command.help or ""),
        tuple(arguments),
        tuple(options),
        _examples(command.epilog or ""),
    )
    for below, one in getattr(command, "commands", {}).items():
        if not one.hidden:
            yield from _walk(one, below, context)


def _plain(record: str, is_argument: bool) -> str:
    def say(found: re.Match[str]) -> str:
        kind = TYPES.get(found[1].lower())
        return f" {found[1]}" if kind is None else "" if is_argument else f" {kind}"

    said = _tidy(re.sub(r" <([^>]*)>", say, record))
    name, gap, values = said.partition(" ")
    return name.upper() + gap + values if is_argument else said


def _tidy(words: str) -> str:
    """Take out what marks of the parser and of our own metavars double."""
    for doubled, once in (("{", ""), ("}", ""), ("[[", "["), ("]]", "]"), ("…...", "...")):
        words = words.replace(doubled, once)
    return words


def _examples(epilog: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in epilog.splitlines() if line.strip() and line.strip() != "Examples:")


def _line(words: str) -> str:
    return " ".join(words.split())
