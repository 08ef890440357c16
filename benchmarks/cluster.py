"""Proves that `marsad map` loses nothing and doubles nothing where workers and the program itself are killed.

    python -m benchmarks.cluster [--reports 20000] [--words 120] [--relevant 0.3] [--runner processes|ray] [--jobs N]

Makes reports up, maps them twice, the second time with a worker killed (SIGKILL) after a quarter of the parts, another
after a half, and the whole program after three quarters, which is then started again; holds the two outputs against
each other byte for byte and against the input; and prints the times, and the memory at most of all its processes
(shared pages counted for each). `--relevant 0.3 --words 400` is what general news is like.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.reading import made_reports

LOOK_SECONDS = 0.2


@dataclass
class Ran:
    """One run of the program: how long it took, the memory of all its processes at most, and who was killed."""

    seconds: float = 0.0
    megabytes: float = 0.0
    killed: list[str] = field(default_factory=list)


def main() -> None:
    """Map twice, hold the outputs against each other, and print."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--reports", type=int, default=20_000)
    asked.add_argument("--words", type=int, default=120)
    asked.add_argument("--relevant", type=float, default=0.3)
    asked.add_argument("--runner", choices=("processes", "ray"), default="processes")
    asked.add_argument("--jobs", type=int, default=os.cpu_count())
    asked.add_argument("--extractor", default="rules")
    asked.add_argument("--part-bytes", type=int, default=500_000)
    asked.add_argument("--folder", help="where to write (default: a folder for temporary files)")
    options = asked.parse_args()
    with TemporaryDirectory(dir=options.folder) as folder:
        prove(Path(folder), options)


def prove(folder: Path, options: argparse.Namespace) -> None:
    """Run undisturbed and disturbed, and raise SystemExit where the outputs are not the same and whole."""
    source = folder / "reports.jsonl"
    write_reports(source, options.reports, options.words, options.relevant)
    parts = -(-source.stat().st_size // options.part_bytes)
    megabytes = source.stat().st_size / 1e6
    print(
        f"{options.reports:,} reports, {megabytes:.1f} MB, about {parts} parts; {options.runner}, {options.jobs} jobs"
    )
    calm = mapped(source, folder / "calm", options, [])
    print(f"undisturbed: {told(calm, options.reports)}", flush=True)
    rough = Ran()
    for kills in ([("worker", parts // 4), ("worker", parts // 2), ("program", parts * 3 // 4)], []):
        once = mapped(source, folder / "rough", options, kills)
        rough.seconds += once.seconds
        rough.megabytes = max(rough.megabytes, once.megabytes)
        rough.killed += once.killed
    print(f"disturbed ({', '.join(rough.killed) or 'nobody'} killed): {told(rough, options.reports)}", flush=True)
    if len(rough.killed) < 3:
        raise SystemExit("it was over before all were killed: take more reports or smaller parts")
    require_same(folder / "calm", folder / "rough")
    require_whole(folder / "rough", options.reports)
    print(f"the same bytes in both; every one of {options.reports:,} reports once, none set aside")


def write_reports(path: Path, number: int, words: int, relevant: float) -> None:
    """Write made-up reports as JSON Lines, one at a time."""
    with path.open("w") as out:
        for report in made_reports(number, words, relevant):
            row = {"id": report.id, "text": report.text, "published": "2024-05-07"}
            out.write(json.dumps(row) + "\n")


def mapped(source: Path, output: Path, options: argparse.Namespace, kills: list[tuple[str, int]]) -> Ran:
    """Run the program to its end, or until it is killed: each of `kills` names whom, and after how many parts."""
    words = [str(source), str(output), "--extractor", options.extractor, "--jobs", str(options.jobs)]
    words += ["--runner", options.runner, "--limit", f"part_bytes={options.part_bytes}"]
    ran, begun, waiting = Ran(), time.monotonic(), list(kills)
    done_before = parts_done(output)
    program = subprocess.Popen([sys.executable, "-m", "marsad", "map", *words], stdout=subprocess.DEVNULL)
    while program.poll() is None:
        ran.megabytes = max(ran.megabytes, memory_of(program.pid))
        if waiting and parts_done(output) - done_before >= waiting[0][1]:
            whom = waiting[0][0]
            if kill(program, whom):
                ran.killed.append(f"a {whom}")
                waiting.pop(0)
        time.sleep(LOOK_SECONDS)
    if program.returncode not in (0, -signal.SIGKILL):
        raise SystemExit(f"marsad map ended with {program.returncode}")
    ran.seconds = time.monotonic() - begun
    return ran


def kill(program: "subprocess.Popen[bytes]", whom: str) -> bool:
    """Kill the program, or one of the processes that do its parts; return whether there was one."""
    if whom == "program":
        program.kill()
        return True
    workers = [pid for pid in below(program.pid) if is_worker(pid, program.pid)]
    if workers:
        os.kill(workers[0], signal.SIGKILL)
    return bool(workers)


def is_worker(pid: int, program: int) -> bool:
    """Say whether a process does parts: a child of the program that serves it, or a Ray worker with a part in hand."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    return command.startswith(b"ray::map_part") or (b"marsad.read.worker" in command and parent_of(pid) == program)


def below(pid: int) -> Iterator[int]:
    """Yield the processes that descend from one."""
    children: dict[int, list[int]] = {}
    for one in Path("/proc").glob("[0-9]*"):
        children.setdefault(parent_of(int(one.name)), []).append(int(one.name))
    waiting = list(children.get(pid, ()))
    while waiting:
        yield (one := waiting.pop())
        waiting += children.get(one, ())


def parent_of(pid: int) -> int:
    """Return the parent of a process; 0 where it is gone."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def memory_of(pid: int) -> float:
    """Return the resident memory, in megabytes, of a process and of all that descend from it."""
    pages = 0
    for one in (pid, *below(pid)):
        try:
            pages += int(Path(f"/proc/{one}/statm").read_text().split()[1])
        except OSError:
            continue
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def parts_done(output: Path) -> int:
    """Return how many parts have their marker."""
    return sum(1 for _ in output.rglob(".part-*.done"))


def told(ran: Ran, reports: int) -> str:
    """Return what a run cost, in words."""
    return f"{ran.seconds:.0f} s, {reports / ran.seconds:.0f} reports a second, {ran.megabytes:,.0f} MB at most"


def require_same(one: Path, other: Path) -> None:
    """Raise SystemExit where two outputs differ in a file of readings or in what was set aside."""
    files = [
        sorted(path for path in (*each.rglob("part-*.parquet"), each / "set-aside.jsonl")) for each in (one, other)
    ]
    names = [[path.relative_to(each) for path in found] for each, found in zip((one, other), files, strict=True)]
    if names[0] != names[1] or any(a.read_bytes() != b.read_bytes() for a, b in zip(*files, strict=True)):
        raise SystemExit("the outputs differ")


def require_whole(output: Path, reports: int) -> None:
    """Raise SystemExit where a report is missing, or there twice, or out of its order, or set aside."""
    import pyarrow.parquet

    paths = sorted(output.rglob("part-*.parquet"))
    found = [name for path in paths for name in pyarrow.parquet.read_table(path, columns=["id"])["id"].to_pylist()]
    if found != [f"r{at}" for at in range(reports)] or (output / "set-aside.jsonl").read_bytes():
        raise SystemExit("reports are missing, double or set aside")


if __name__ == "__main__":
    main()
