"""Inputs of many reports in the three forms that are cut into parts, and what came out of them."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
from tests.read.made_files import page, warc

from marsad.reading import ReadingOptions
from marsad.scale.engines import Engine, Processes
from marsad.scale.limits import ScaleLimits
from marsad.scale.run import Progress, Task, map_reports
from marsad.scale.work import How

WORDS = "Gunmen killed {n} farmers in Gao on Monday, the mayor said. It rained in the hills."
SMALL = replace(ScaleLimits(), part_bytes=400, part_rows=3)
RULES = How(reading=ReadingOptions("rules", places=True), limits=SMALL)


def rows(count: int) -> list[dict[str, str]]:
    """Return so many reports as rows, each with another figure."""
    return [
        {"id": f"r{n}", "text": WORDS.format(n=n + 2), "publisher": "Wire", "published": f"2024-05-{1 + n % 28:02}"}
        for n in range(count)
    ]


def write_lines(path: Path, count: int = 12) -> Path:
    """Write reports as JSON Lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows(count)))
    return path


def write_parquet(path: Path, count: int = 10, group: int = 4) -> Path:
    """Write reports as Parquet, so many to a row group."""
    table = [{**row, "published": date.fromisoformat(row["published"]), "number": 1} for row in rows(count)]
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(table), path, row_group_size=group)
    return path


def write_warc(path: Path, count: int = 6) -> Path:
    """Write pages as a web archive, packed record by record where the name says so."""
    addresses = {f"https://x.example/{n}": ("text/html", page(title=f"Page {n}").encode()) for n in range(count)}
    path.write_bytes(warc(addresses, packed=path.suffix == ".gz"))
    return path


def mapped(source: Path | str, output: Path, engine: Engine | None = None, how: How = RULES) -> Progress:
    """Map an input to the end, by two processes unless another engine is given."""
    *_, last = map_reports(Task(str(source), str(output), how), engine or Processes(2))
    return last


def made(output: Path) -> dict[str, bytes]:
    """Return the files of readings by their way from the output's folder."""
    return {str(one.relative_to(output)): one.read_bytes() for one in sorted(output.rglob("part-*.parquet"))}


def readings(output: Path) -> list[dict[str, Any]]:
    """Return the rows of all files of readings, in the order of the files."""
    found: list[dict[str, Any]] = []
    for one in sorted(output.rglob("part-*.parquet")):
        found += pyarrow.parquet.read_table(one).to_pylist()
    return found


def asides(output: Path) -> Sequence[dict[str, str]]:
    """Return what was set aside."""
    return [json.loads(line) for line in (output / "set-aside.jsonl").read_text().splitlines()]
