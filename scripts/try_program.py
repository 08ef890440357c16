"""Tries a marsad that was just built: python -m scripts.try_program PROGRAM… (as dist/marsad.pyz, or a venv's marsad).

In a folder and a home of its own, with nothing of this source on the path, and without a network where the system lets
a process leave it: reads a report (a page, so that the parser's own process is tried too), records, adds up, and looks
itself over.
"""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

REPORT = """<html><head><title>Ambush near Gao</title></head><body><article><h1>Ambush near Gao</h1>
<p>Gunmen killed five soldiers in an ambush near Gao on 3 March 2026, the army said in a statement.</p>
<p>The army said that the convoy was on its way to the north of the region.</p></article></body></html>"""
STEPS = (
    (("read", "report.html"), "5 killed"),
    (("add", "report.html"), "1 report added"),
    (("toll", "--format", "csv"), "5"),
    (("doctor",), "was read as it stands"),
)
APART = ("unshare", "--user", "--map-root-user", "--net")


def faults(program: list[str]) -> list[str]:
    """Return what a program does not do as it should; an empty list where all is well."""
    with TemporaryDirectory(prefix="marsad-try-") as name:
        folder = Path(name)
        (folder / "report.html").write_text(REPORT, "utf-8")
        settings = {"HOME": name, "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}
        found = []
        for words, expected in STEPS:
            command = [*without_network(), *program, *words]
            done = subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=False)
            if done.returncode or expected not in done.stdout:
                found.append(f"marsad {' '.join(words)}: {done.returncode}\n{done.stdout}{done.stderr}")
        return found


def without_network() -> tuple[str, ...]:
    """Return what to put before a command so that it has no network; nothing where the system refuses that."""
    can = shutil.which(APART[0]) and subprocess.run([*APART, "true"], capture_output=True, check=False).returncode == 0
    return APART if can else ()


if __name__ == "__main__":
    wrong = faults([str(Path(word).absolute()) for word in sys.argv[1:]])
    how = "without a network" if without_network() else "(the network could not be taken away)"
    print("\n".join(wrong) or f"{sys.argv[-1]} reads, records, adds up and is well, {how}")
    sys.exit(bool(wrong))
