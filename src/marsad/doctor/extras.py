"""Checks of what one can do without: extras of the package and programs of the system, each with what it is for."""

import shutil
from collections.abc import Sequence
from functools import partial
from importlib.util import find_spec

from marsad.doctor.finding import Check, Said, note, well
from marsad.errors import BadInputError


def packages(modules: Sequence[str], purpose: str, command: str) -> Said:
    """Are all of these packages there?"""
    missing = [name for name in modules if find_spec(name) is None]
    if missing:
        return note(f"{', '.join(missing)} not installed: {purpose}", command)
    return well(f"{', '.join(modules)}: {purpose}")


def frames() -> Said:
    """Is there a library for data frames, one or the other?"""
    there = [name for name in ("pandas", "polars") if find_spec(name) is not None]
    purpose = "data frames in Python and notebooks"
    if not there:
        return note(f"neither pandas nor polars is installed: {purpose}", "pip install pandas (or polars)")
    return well(f"{', '.join(there)}: {purpose}")


def browser() -> Said:
    """Is there a browser that prints PDF?"""
    from marsad.report.pdf import find_browser

    try:
        return well(f"{find_browser()} prints situation reports as PDF")
    except BadInputError as error:
        return note(str(error), "only .pdf needs it: apt-get install chromium")


def ocr() -> Said:
    """Is there a program that reads scans?"""
    from marsad.read.ocr import PROGRAM

    found = shutil.which(PROGRAM)
    if found is None:
        return note(f"no {PROGRAM}: scans and pictures of text stay unread", "apt-get install tesseract-ocr")
    return well(f"{found} reads scans and pictures of text (--ocr)")


OPTIONAL: tuple[Check, ...] = (
    Check(
        "extra postgres",
        partial(packages, ("psycopg",), "a ledger on a PostgreSQL server", "pip install 'marsad[postgres]'"),
    ),
    Check("extra warc", partial(packages, ("fastwarc",), "archives of web pages (WARC)", "pip install 'marsad[warc]'")),
    Check(
        "extra export",
        partial(packages, ("pyarrow", "duckdb"), "Parquet and DuckDB files", "pip install 'marsad[export]'"),
    ),
    Check(
        "extra scale",
        partial(
            packages, ("pyarrow", "fastwarc", "ray"), "readings in bulk, on a cluster", "pip install 'marsad[scale]'"
        ),
    ),
    Check("data frames", frames),
    Check("PDF", browser),
    Check("OCR", ocr),
)
