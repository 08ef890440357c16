"""Builds the documentation site: python -m scripts.build_docs [FOLDER]; the pages are then in FOLDER/site.

The pages of docs/ and those made from the code are laid out in FOLDER/docs and built by zensical; then every link and
anchor is followed. The site needs no network, neither to be built nor to be read.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.check_site import faults
from scripts.doc_pages import MADE

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "build/documentation"
SETTINGS = ROOT / "docs/zensical.toml"
# Pages that belong to the house rather than to its docs, under the names they have on the site.
OF_THE_HOUSE = {"CONTRIBUTING.md": "contributing.md", "CHANGELOG.md": "changelog.md"}
LINK = re.compile(r"(?<=\]\()(?!https?:)([^)#\s]+)")
FROM_README = re.compile(r"<!-- from README\.md: (.*?) -->")
# The theme's only reference to another host: what lets a page that was opened as a file search in a worker.
FOREIGN_SHIM = re.compile(r"https://[^\"/]+/iframe-worker/shim")
OWN_SHIM = ROOT / "docs/theme/file-worker.js"


def build(target: Path = TARGET) -> list[str]:
    """Build the site below a folder and return what is wrong with it, a line each."""
    shutil.rmtree(target, ignore_errors=True)
    lay_out(target / "docs")
    shutil.copy(SETTINGS, target / "zensical.toml")
    zensical = Path(sys.executable).with_name("zensical")
    done = subprocess.run(
        [zensical, "build", "--strict"], cwd=target, capture_output=True, text=True, check=False, timeout=300
    )
    if done.returncode:
        return [f"zensical: {line}" for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    bring_shim_home(target / "site")
    return list(faults(target / "site"))


def lay_out(folder: Path) -> None:
    """Put together what the site is made of: the pages, those made from the code, and the files that they lead to."""
    shutil.copytree(ROOT / "docs", folder, ignore=shutil.ignore_patterns("zensical.toml", "theme"))
    for name, make in MADE.items():
        (folder / name).write_text(make(), "utf-8")
    for name, called in OF_THE_HOUSE.items():
        shutil.copy(ROOT / name, folder / called)
    for page in sorted(folder.glob("*.md")):
        base = ROOT if page.name in OF_THE_HOUSE.values() else ROOT / "docs"
        text = FROM_README.sub(lambda found: readme_part(found[1]), page.read_text("utf-8"))
        page.write_text(_with_links(text, base, folder), "utf-8")


def readme_part(title: str) -> str:
    """Return a section of the README with its heading; raise ValueError where there is none of that title."""
    text = (ROOT / "README.md").read_text("utf-8")
    found = re.search(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise ValueError(f"README.md has no section {title!r}")
    return found[0].replace("](docs/", "](")


def _with_links(text: str, base: Path, folder: Path) -> str:
    return LINK.sub(lambda found: followed(found[1], base, folder), text)


def followed(link: str, base: Path, folder: Path) -> str:
    """Return a link as it holds on the site; files of the source beside the docs are taken along."""
    target = (base / link).resolve()
    if target.is_relative_to(ROOT / "docs"):
        return target.relative_to(ROOT / "docs").as_posix()
    if target.parent == ROOT and target.name in OF_THE_HOUSE:
        return OF_THE_HOUSE[target.name]
    if target.is_relative_to(ROOT) and target.is_file():
        copy = folder / "source" / target.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(target, copy)
        return copy.relative_to(folder).as_posix()
    return link


def bring_shim_home(site: Path) -> None:
    """Put our own script in place of the one that the theme would load from another host."""
    shutil.copy(OWN_SHIM, site / "assets/javascripts/file-worker.js")
    for page in site.rglob("*.html"):
        up = "../" * (len(page.relative_to(site).parts) - 1)
        text = page.read_text("utf-8")
        page.write_text(FOREIGN_SHIM.sub(f"{up or './'}assets/javascripts/file-worker.js", text), "utf-8")


if __name__ == "__main__":
    place = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else TARGET
    found = build(place)
    print("\n".join(found) or f"the documentation: {place / 'site/index.html'}")
    sys.exit(bool(found))
