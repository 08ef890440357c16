"""Measures how fast Marsad is, and prints tables: stage by stage, beside other passes, and as curves.

    python -m benchmarks [--reports N] [--words N] [--relevant SHARE] [--only stages,length,share,workers,ledger]

On reports that are made up (the same at every run). `stages`: each extractor step by step, with its memory, and how its
speed compares with a spaCy pass over the same text (every sentence parsed) and with one plain regular expression; then
the speed as the reports grow (`length`), as more of them tell of harm (`share`), with more workers (`workers`, marsad
map) and as the ledger grows (`ledger`, 1,000,000 incidents: --ledger-reports 1250000). Times are CPU seconds of one
core, but for the workers' (a clock's): let nothing else run. Each row is measured in a process of its own.
"""

import argparse
import os
import platform
import resource
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ParamSpec, TypeVar

os.environ.setdefault("OMP_NUM_THREADS", "1")

from benchmarks import ledger, others
from benchmarks.cluster import write_reports
from benchmarks.reading import STEPS, corpus_speed

from marsad.extract.extractors import DEFAULT_EXTRACTOR, EXTRACTORS

P = ParamSpec("P")
T = TypeVar("T")
PARTS = ("stages", "length", "share", "workers", "ledger")
LENGTHS = (100, 400, 1_600, 6_400)
SHARES = (0.0, 0.1, 0.3, 1.0)
FEWEST = 5


def main() -> None:
    """Measure what is asked for, and print it."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--reports", type=int, default=60)
    asked.add_argument("--words", type=int, default=400)
    asked.add_argument("--relevant", type=float, default=1.0, help="share of reports that tell of harm")
    asked.add_argument("--extractor", choices=EXTRACTORS, default=DEFAULT_EXTRACTOR, help="the reader of the curves")
    asked.add_argument("--ledger-reports", type=int, default=12_500, help="the largest ledger")
    asked.add_argument("--only", default=",".join(PARTS), help="which parts, by commas")
    options = asked.parse_args()
    print(f"{os.cpu_count()} cores, {platform.machine()}, {_processor()}, Python {platform.python_version()}")
    print(f"load before: {os.getloadavg()[0]:.1f}")
    for part in options.only.split(","):
        print(f"\n{part}", flush=True)
        SHOWN[part](options)


def show_stages(options: argparse.Namespace) -> None:
    """Print one row an extractor: its speed, memory, steps and ratios; then the passes it is held against."""
    corpus = (options.reports, options.words, options.relevant)
    rates = {name: _apart(others.rate, name, *corpus)[0] for name in ("spaCy", "pattern")}
    heads = ["", "reports/s", "MB", "x spaCy", "x pattern", "claims", *(f"{step} ms" for step in STEPS)]
    rows = []
    for name in EXTRACTORS:
        speed, megabytes = _apart(corpus_speed, name, *corpus)
        ratios = [_ratio(speed.a_second, rates["spaCy"], 1), _ratio(speed.a_second, rates["pattern"], 4)]
        steps = [f"{1000 * speed.spent[step] / speed.reports:.1f}" for step in STEPS]
        claims = f"{speed.claims / speed.reports:.1f}"
        rows.append([name, f"{speed.a_second:.1f}", f"{megabytes:.0f}", *ratios, claims, *steps])
    rows += [[name, "–" if rate is None else f"{rate:.1f}"] for name, rate in rates.items()]
    _print_table(heads, rows)
    if rates["spaCy"] is None:
        print(f"spaCy: {others.WANTED}")


def show_length(options: argparse.Namespace) -> None:
    """Print the speed as reports grow; the text read stays about the same."""
    rows = []
    for words in LENGTHS:
        number = max(FEWEST, options.reports * options.words // words)
        speed, megabytes = _apart(corpus_speed, options.extractor, number, words, options.relevant)
        kilowords = speed.a_second * words / 1_000
        rows.append([f"{words:,}", f"{speed.a_second:.1f}", f"{kilowords:.1f}", f"{megabytes:.0f}"])
    _print_table(["words", "reports/s", "1,000 words/s", "MB"], rows)


def show_share(options: argparse.Namespace) -> None:
    """Print the speed as more of the reports tell of harm."""
    rows = []
    for share in SHARES:
        speed, _ = _apart(corpus_speed, options.extractor, options.reports, options.words, share)
        rows.append([f"{share:.0%}", f"{speed.a_second:.1f}", f"{1000 / speed.a_second:.1f}"])
    _print_table(["of harm", "reports/s", "ms a report"], rows)


def show_workers(options: argparse.Namespace) -> None:
    """Print the speed of marsad map with more and more workers, by the clock, starting included."""
    from marsad.reading import ReadingOptions
    from marsad.scale.engines import Processes
    from marsad.scale.limits import ScaleLimits
    from marsad.scale.run import Task, map_reports
    from marsad.scale.work import How

    rows, alone = [], 0.0
    with TemporaryDirectory() as folder:
        source = Path(folder) / "reports.jsonl"
        write_reports(source, options.reports * 4, options.words, options.relevant)
        limits = ScaleLimits(part_bytes=max(1, source.stat().st_size // 32))
        how = How(reading=ReadingOptions(options.extractor, places=True), limits=limits)
        for jobs in range(1, (os.cpu_count() or 1) + 1):
            begun = time.perf_counter()
            *_, last = map_reports(Task(str(source), f"{folder}/{jobs}", how), Processes(jobs))
            rate = last.readings / (time.perf_counter() - begun)
            alone = alone or rate
            rows.append([str(jobs), f"{rate:.1f}", f"{rate / alone:.2f}"])
    _print_table(["workers", "reports/s", "x one"], rows)


def show_ledger(options: argparse.Namespace) -> None:
    """Print what a ledger costs as it grows by tens; 125 reports make 100 incidents."""
    sizes = [size for power in range(6, 0, -1) if (size := options.ledger_reports // 10**power) >= 1_000]
    rows = []
    for size in (*sizes, options.ledger_reports):
        found, megabytes = _apart(ledger.costs, size)
        seconds = [f"{found[name]:.2f}" for name in ("anew", "opened", "toll", "one more")]
        rows.append([f"{int(found['incidents']):,}", *seconds, f"{megabytes:.0f}"])
    _print_table(["incidents", "made anew s", "opened s", "toll s", "one report more s", "MB"], rows)


SHOWN: dict[str, Callable[[argparse.Namespace], None]] = {
    "stages": show_stages,
    "length": show_length,
    "share": show_share,
    "workers": show_workers,
    "ledger": show_ledger,
}


def _apart(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> tuple[T, float]:
    """Return what a function makes in a process of its own, and that one's memory at most, in megabytes."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        found = pool.submit(function, *args, **kwargs).result()
        return found, pool.submit(resource.getrusage, resource.RUSAGE_SELF).result().ru_maxrss / 1024


def _ratio(rate: float, other: float | None, digits: int) -> str:
    return "–" if other is None else f"{rate / other:.{digits}f}"


def _processor() -> str:
    """Return what the system calls its processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.processor())


def _print_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table in Markdown, as it goes into docs/speed.md."""
    for row in (heads, ["---"] * len(heads), *rows):
        print(f"| {' | '.join([*row, *[''] * (len(heads) - len(row))])} |", flush=True)


if __name__ == "__main__":
    main()
