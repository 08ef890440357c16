"""Runs `marsad read` over the development corpora and every scorer that fits, and prints one table.

    python -m eval.measure [--sets claims muc34 …] [--sample N] [--shared ../shared] [--jobs 2] [--read-option …]

Needs the folder of corpora and scorers beside the project; nothing of it ships with Marsad. A sample takes every
n-th report of a corpus, so that the same reports are measured each time.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from eval.sides import side_figures

ROOT = Path(__file__).resolve().parent.parent
MARSAD = Path(sys.executable).parent / "marsad"
COUNTED = ("gunviolence", "airwars_gaza", "airwars_syria", "ucdp_headlines")
SETS = ("claims", "claims_train", "muc34", *COUNTED, "geoparsing")
# Reports that one `marsad` process reads: enough to forget its start-up, few enough to keep both processors busy.
BATCH = 150

Row = dict[str, Any]


def main() -> int:
    """Measure each set in turn; a set that is not there is named and left out."""
    options = arguments()
    corpora, tools = options.shared / "corpora", options.shared / "tools"
    if not tools.is_dir():
        print(f"{tools} is not there: nothing to measure with", file=sys.stderr)
        return 1
    for name in options.sets:
        if not (corpora / name / "gold.jsonl").exists():
            print(f"{name:<14} is not there, left out")
            continue
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder)
            count = take_sample(corpora / name, work, options.sample)
            seconds = read_all(work, name, options)
            print(
                f"{name:<14} {count} reports in {seconds:.1f} s, {count / max(seconds, 0.001):.1f} a second", flush=True
            )
            for thing, value in score(tools, name, work):
                print(f"  {thing:<58} {value:8.3f}", flush=True)
    return 0


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", nargs="+", choices=SETS, default=SETS)
    parser.add_argument("--sample", type=int, default=0, help="so many reports of each set (0: all)")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--jobs", type=int, default=2, help="processes that read at once")
    parser.add_argument(
        "--read-option",
        action="append",
        default=[],
        help="passed on to marsad read",
    )
    return parser.parse_args()


def take_sample(corpus: Path, work: Path, sample: int) -> int:
    """Write every n-th report of a corpus, and its gold, into the working folder; return how many."""
    reports = rows(corpus / "reports.jsonl")
    step = max(1, len(reports) // sample) if sample else 1
    chosen = reports[::step][: sample or None]
    ids = {identity(row) for row in chosen}
    write(work / "reports.jsonl", chosen)
    write(work / "gold.jsonl", [row for row in rows(corpus / "gold.jsonl") if identity(row) in ids])
    return len(chosen)


def read_all(work: Path, name: str, options: argparse.Namespace) -> float:
    """Read the sample in batches, in so many processes as asked for; return the seconds it took."""
    reports = rows(work / "reports.jsonl")
    size = max(1, min(BATCH, -(-len(reports) // options.jobs)))
    batches = [reports[at : at + size] for at in range(0, len(reports), size)]
    flags = ["--format", "jsonl", *(["--places"] if name == "geoparsing" else []), *options.read_option]
    began = time.monotonic()
    with ThreadPoolExecutor(options.jobs) as pool:
        outputs = list(pool.map(lambda pair: read_batch(work, pair, flags), enumerate(batches)))
    seconds = time.monotonic() - began
    (work / "pred.jsonl").write_text("".join(outputs), "utf-8")
    return seconds


def read_batch(work: Path, batch: tuple[int, list[Row]], flags: list[str]) -> str:
    """Run `marsad read` over one batch; what it complains of is shown."""
    number, reports = batch
    path = work / f"batch-{number}.jsonl"
    write(path, reports)
    done = subprocess.run([MARSAD, "read", *flags, path], capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        print(done.stderr.strip()[-2000:], file=sys.stderr)
    return done.stdout


def still_worth(name: str, unread: int, count: int) -> bool:
    """Say that reports were not read; figures over none of them would only mislead."""
    print(f"{name}: {unread} of {count} reports were not read", file=sys.stderr)
    return unread < count


def score(tools: Path, name: str, work: Path) -> Iterator[tuple[str, float]]:
    """Run the scorer of a set and yield its figures by name."""
    reports, gold, pred, out = (str(work / f) for f in ("reports.jsonl", "gold.jsonl", "pred.jsonl", "out.json"))
    paths = ["--gold", gold, "--reports", reports, "--pred", pred]
    command = {
        "claims": ["score_claims.py", reports, gold, pred],
        "claims_train": ["score_claims.py", reports, gold, pred],
        "muc34": ["score_muc.py", *paths],
        "geoparsing": ["score_places.py", *paths],
    }.get(name, ["score_counts.py", name, *paths])
    run = [sys.executable, str(tools / command[0]), *command[1:], "--json", out]
    done = subprocess.run(run, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        print(done.stderr.strip()[-2000:], file=sys.stderr)
        return
    figures = json.loads(Path(out).read_text("utf-8"))
    yield from leading("", figures.get("figures", figures))
    if name == "ucdp_headlines":
        yield from side_figures(rows(Path(reports)), rows(Path(gold)), rows(Path(pred)))


def leading(prefix: str, figures: Row) -> Iterator[tuple[str, float]]:
    """Yield the one number that tells most of each figure: its F1, its share for the main incident, its accuracy."""
    for name, value in figures.items():
        label = f"{prefix}{name}"
        if isinstance(value, dict):
            key = next((key for key in ("f1", "main", "accuracy") if key in value), None)
            if key is None:
                yield from leading(f"{label}: ", value)
            elif value[key] is not None:
                yield label, value[key]
        elif isinstance(value, float):  # whole numbers only say how many were asked
            yield label, value


def identity(row: Row) -> str:
    """Return the id of a report or of its gold."""
    return str(row.get("doc") or row.get("id"))


def rows(path: Path) -> list[Row]:
    """Return the objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def write(path: Path, some: list[Row]) -> None:
    """Write objects as JSON Lines."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in some), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
