"""Runs what a page of the docs shows: files that it names are written, commands typed, answers held against the page.

A block ```text title="wire.md" is a file; a block ```console holds commands behind "$ " and what they print. All
commands of a page run in one shell, in a folder of their own, with HOME there and nothing of the caller's settings.
`python -m tests.docs.examples docs/tutorial.md` puts what they print today into the page.
"""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r'^```(console|text title="([^"\n]+)")\n(.*?)^```$', re.MULTILINE | re.DOTALL)
END = "\x1e"


@dataclass(frozen=True, slots=True)
class Example:
    """One command of a page, what the page says that it prints, and what it prints."""

    command: str
    shown: str
    printed: str


def examples(page: str) -> list[Example]:
    """Run the commands of a page, in order, and return each with both answers."""
    with TemporaryDirectory(prefix="marsad-docs-") as name:
        folder = Path(name)
        typed = []
        for kind, file, content in BLOCK.findall(page):
            if kind == "console":
                typed += commands(content)
            else:
                (folder / file).write_text(content, "utf-8")
        printed = run([command for command, _ in typed], folder)
        return [Example(command, shown, words) for (command, shown), words in zip(typed, printed, strict=True)]


def commands(block: str) -> list[tuple[str, str]]:
    """Return the commands of a block with the lines that follow each; a command that ends in \\ goes on below."""
    found: list[list[str]] = []
    for line in block.splitlines(keepends=True):
        if line.startswith("$ "):
            found.append([line.removeprefix("$ "), ""])
        elif found and not found[-1][1] and found[-1][0].endswith("\\\n"):
            found[-1][0] += line
        else:
            found[-1][1] += line
    return [(command.strip(), shown) for command, shown in found]


def run(typed: list[str], folder: Path) -> list[str]:
    """Return what each command prints, standard error with it, in one shell."""
    settings = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
        "HOME": str(folder),
        "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache"),
        "LOGNAME": "you",
        "LANG": "C.UTF-8",
    }
    marked = "".join(f"{command}\nprintf '{END}'\n" for command in typed)
    script = f'marsad() {{ "{sys.executable}" -m marsad "$@"; }}\n{marked}'
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env=settings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.stdout.decode("utf-8").split(END)[:-1]


def renewed(page: str) -> str:
    """Return a page with what its commands print today."""
    told = iter(examples(page))

    def block(found: re.Match[str]) -> str:
        if found[1] != "console":
            return found[0]
        each = [next(told) for _ in commands(found[3])]
        return "```console\n" + "".join(f"$ {one.command}\n{one.printed}" for one in each) + "```"

    return BLOCK.sub(block, page)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        Path(name).write_text(renewed(Path(name).read_text("utf-8")), "utf-8")
