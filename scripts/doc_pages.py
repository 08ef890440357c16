"""Pages of the documentation that are made from the code, so that they cannot fall behind it."""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_args, get_type_hints

from scripts.command_help import CommandHelp, commands

from marsad import face, vocabulary
from marsad.export.formats import FORMATS
from marsad.export.profiles import PROFILES

WIDEST = 80


def commands_page() -> str:
    """Return the page of all commands."""
    return "\n".join(
        [
            "# Commands",
            "",
            "Made from the program's own help (`marsad COMMAND --help`). Exit codes: 0 all was done; 1 something could "
            "not be done, the rest was; 2 the command line was wrong.",
            "",
            *(line for one in commands() for line in _command(one)),
        ]
    )


def _command(one: CommandHelp) -> Iterator[str]:
    is_program = " " not in one.name
    yield from (f"## {one.name}" if not is_program else "## The program", "", one.does, "")
    yield from ("```text", one.usage, "```", "")
    if rows := (*one.arguments, *one.options):
        yield from ("| argument or option | |", "|---|---|")
        yield from (f"| {_code(term)} | {_cell(words)} |" for term, words in rows)
        yield ""
    if one.examples:
        yield from ("```sh", *one.examples, "```", "")


def _code(words: str) -> str:
    """Return words as code in a cell of a table: a bar would end the cell there, and names are not to be broken."""
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("|", "&#124;<wbr>")
    whole = re.sub(r"(?<!\S)--?[\w-]+", r'<span class="whole">\g<0></span>', escaped)
    return f"<code>{whole}</code>"


def _cell(words: str) -> str:
    for sign in ("\\", "|", "*", "_", "[", "]", "<"):
        words = words.replace(sign, f"\\{sign}" if sign != "<" else "&lt;")
    return words


def python_page() -> str:
    """Return the page of the Python face."""
    lines = [
        "# Python reference",
        "",
        "Made from the docstrings of `import marsad`; [Marsad in Python](python.md) shows it at work. Errors are "
        "`marsad.errors.MarsadError`, and say what to do.",
        "",
    ]
    for name in face.__all__:
        thing = getattr(face, name)
        lines += _class(name, thing) if inspect.isclass(thing) else _function(f"marsad.{name}", thing, "##")
    return "\n".join(lines)


def _class(name: str, thing: type) -> Iterator[str]:
    yield from (f"## marsad.{name}", "", inspect.getdoc(thing) or "", "")
    if not hasattr(thing, "__total__"):
        yield from ("```python", f"marsad.{name}{_signature(thing)}", "```", "")
    else:
        yield from ("| key | values |", "|---|---|")
        yield from (f"| `{key}` | {_code(_type(kind))} |" for key, kind in get_type_hints(thing).items())
        yield ""
    for key, member in vars(thing).items():
        if key.startswith("_") or not (callable(member) or isinstance(member, property)):
            continue
        target = member.fget if isinstance(member, property) else member
        yield from _function(f"{name}.{key}", target, "###", is_property=isinstance(member, property))


def _function(
    name: str, thing: Callable[..., object] | None, marks: str, *, is_property: bool = False
) -> Iterator[str]:
    assert thing is not None and thing.__doc__, f"{name} has no docstring"
    yield from (f"{marks} {name}", "", inspect.getdoc(thing) or "", "")
    yield from ("```python", name if is_property else f"{name}{_signature(thing)}", "```", "")


def _signature(thing: Callable[..., object]) -> str:
    """Return what a function takes and gives, a parameter a line where one line would be too long."""
    signature = inspect.signature(thing)
    kept = [one for one in signature.parameters.values() if one.name != "self"]
    gives = "" if inspect.isclass(thing) else f" -> {_type(signature.return_annotation)}"
    bare = signature.replace(parameters=kept, return_annotation=inspect.Signature.empty)
    words = _type(str(bare))
    if len(words) + len(gives) > WIDEST:
        each = "".join(f"    {_type(one)},\n" for one in _parameters(kept))
        words = f"(\n{each})"
    return words + gives


def _parameters(kept: list[inspect.Parameter]) -> Iterator[str]:
    starred = False
    for one in kept:
        if one.kind is inspect.Parameter.KEYWORD_ONLY and not starred:
            starred = True
            yield "*"
        yield str(one)


def _type(kind: object) -> str:
    """Return a type as it is written, without the modules it comes from."""
    words = kind if isinstance(kind, str) else kind.__name__ if isinstance(kind, type) else str(kind)
    words = re.sub(r"\*<class '([\w.]+)'>", r"\1", words)
    words = re.sub(r"\b(?:[a-z_]+\.)+(?=[A-Za-z])", "", words)
    words = re.sub(r"^Optional\[(.*)\]$", r"\1 | None", words)
    return re.sub(r"'(Ledger|Table|Tree)'", r"\1", words).replace("'", '"')


def codebooks_page() -> str:
    """Return the page of codebooks: Marsad's own closed lists, and the rules of each format that it gives away."""
    lines = [
        "# Codebooks",
        "",
        "Marsad's own lists, and how its values become those of other codebooks; made from the program's tables. What "
        "the values mean in a reading is told in [the form of a reading](contract.md), who may get what in "
        "[exports](exports.md#what-may-leave-profiles).",
        "",
        "## Marsad's own lists",
        "",
        "| list | values |",
        "|---|---|",
        *(f"| {title} | {', '.join(f'`{value}`' for value in values)} |" for title, values in _lists()),
        "",
        "### What a statement may say",
        "",
        "| kind | term | values |",
        "|---|---|---|",
        *_terms(vocabulary.STATEMENT_TERMS),
        "",
        "## Formats",
        "",
    ]
    for one in FORMATS.values():
        lines += [f"### {one.name}", "", f"**{one.title}** (`{one.suffix}`).", ""]
        lines += [f"* {_cell(rule)}" for rule in one.rules]
        lines += ["", f"*Checked:* {_cell(one.checked)}", ""]
        lines += [f"*Could not be checked:* {_cell(one.unchecked)}", ""] if one.unchecked else []
        lines += [f"*Needs* `pip install 'marsad[export]'` ({', '.join(one.needs)}).", ""] if one.needs else []
    lines += ["## Profiles", "", "| profile | for |", "|---|---|"]
    lines += [f"| `{one.name}` | {_cell(one.about)} |" for one in PROFILES.values()]
    return "\n".join([*lines, ""])


def _lists() -> Iterator[tuple[str, tuple[str, ...]]]:
    for title, kind in (
        ("harm", vocabulary.Harm),
        ("status of victims", vocabulary.Status),
        ("means", vocabulary.Means),
        ("qualifier of a number", vocabulary.Qualifier),
        ("scope of a claim", vocabulary.Scope),
        ("modality", vocabulary.Modality),
        ("basis of a doer", vocabulary.Basis),
        ("precision of a day", vocabulary.DatePrecision),
        ("verdict on two incidents", vocabulary.Verdict),
    ):
        yield title, get_args(kind)


def _terms(kinds: Mapping[Any, Mapping[str, tuple[str, ...]]]) -> Iterator[str]:
    for kind, terms in kinds.items():
        for term, values in terms.items():
            yield f"| {kind} | {term} | {', '.join(f'`{value}`' for value in values)} |"


MADE: Mapping[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "python-reference.md": python_page,
    "codebooks.md": codebooks_page,
}
