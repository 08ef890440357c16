"""Damages sound files of every kind at random and reads them, for as many minutes as asked; says what broke.

    python scripts/fuzz_readers.py MINUTES [--seed N] [--kind a.pdf]

Every file must give reports or one clear line each; an exception, a parser that breaks down, or a file that takes
longer than SLOW seconds is a finding, written to the folder `fuzz-findings`. Exit code 1 where there are any.
"""

import argparse
import random
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.read.test_nasty import SAMPLES  # noqa: E402

from marsad.errors import BadInputError  # noqa: E402
from marsad.read.limits import Limits  # noqa: E402
from marsad.read.source import ReadOptions, read_bytes  # noqa: E402

SLOW = 10.0
OPTIONS = ReadOptions(limits=replace(Limits(), parser_seconds=20, pdf_seconds=10))
TOKENS = [
    b"\0",
    b"\xff" * 8,
    b"<",
    b">",
    b'"',
    b"{",
    b"[",
    b"\n",
    b"\r\n\r\n",
    b"&#x;",
    b"%PDF",
    b"PK\x03\x04",
    b"-1",
    b"9" * 30,
]


def damaged(raw: bytes, dice: random.Random) -> bytes:
    """Return a file with some bytes changed, cut out, doubled, or replaced by something that parsers look for."""
    out = bytearray(raw)
    for _ in range(dice.randint(1, 12)):
        at = dice.randrange(len(out) + 1)
        end = min(len(out), at + dice.choice([0, 1, 1, 4, 40, 400]))
        piece = bytes(out[at:end])
        out[at:end] = dice.choice([b"", piece * 3, dice.choice(TOKENS), dice.randbytes(dice.randint(1, 9))])
        if dice.random() < 0.05:
            del out[at:]
    return bytes(out)


def main() -> int:
    """Read damaged files until the time is up."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("minutes", type=float)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--kind", choices=sorted(SAMPLES), action="append")
    options = asked.parse_args()
    dice, counts, findings = random.Random(options.seed), Counter[str](), 0
    kinds = options.kind or sorted(SAMPLES)
    until = time.monotonic() + 60 * options.minutes
    while time.monotonic() < until:
        kind = dice.choice(kinds)
        raw = damaged(SAMPLES[kind], dice)
        start = time.monotonic()
        found = list(read_bytes(raw, kind, None, OPTIONS))
        seconds = time.monotonic() - start
        told = [str(item) for item in found if isinstance(item, BadInputError)]
        bad = [line for line in told if "broke down" in line or "parser_seconds" in line or "\n" in line]
        counts[f"{kind}: {'read' if len(told) < len(found) else 'refused'}"] += 1
        if bad or seconds > SLOW:
            findings += 1
            Path("fuzz-findings").mkdir(exist_ok=True)
            Path("fuzz-findings", f"{options.seed}-{sum(counts.values())}-{kind}").write_bytes(raw)
            print(f"{kind}: {seconds:.1f} s, {bad[:1]}", flush=True)
    for name, count in sorted(counts.items()):
        print(f"{name} {count:,}")
    print(f"{sum(counts.values()):,} files, {findings} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    raise SystemExit(main())
