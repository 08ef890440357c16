"""Prints a report's page by a browser of the Chromium family that is installed; Marsad brings none of its own."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from marsad.errors import BadInputError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
SECONDS = 90


def pdf(page: str) -> bytes:
    """Return a self-contained page as PDF; raise BadInputError where no browser is found, or it fails.

    MARSAD_CHROMIUM names a browser. It runs without a network: the page fetches nothing, and no name resolves.
    """
    browser = find_browser()
    with tempfile.TemporaryDirectory(prefix="marsad-report-") as folder:
        source, target = Path(folder, "report.html"), Path(folder, "report.pdf")
        source.write_text(page, "utf-8")
        command = [
            browser,
            "--headless",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--user-data-dir={folder}/browser",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--print-to-pdf={target}",
            source.as_uri(),
        ]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            # The browser's sandbox refuses to start for root, as in a container.
            command.insert(1, "--no-sandbox")
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
            return target.read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise BadInputError(
                f"{browser} could not print the report ({type(error).__name__}): write it as .html and print that"
            ) from error


def find_browser() -> str:
    """Return the program that prints; raise BadInputError where there is none."""
    named = os.environ.get("MARSAD_CHROMIUM")
    found = [named] if named else [path for path in map(shutil.which, NAMES) if path]
    if not found or shutil.which(found[0]) is None:
        raise BadInputError(
            f"a PDF is printed by Chromium, Chrome or Edge, and {named or 'none'} was found: install one, name it by "
            "MARSAD_CHROMIUM, or write the report as .html or .docx"
        )
    return found[0]
