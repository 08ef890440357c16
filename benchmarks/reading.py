"""Measures how fast Marsad reads, on reports that are made up here: the same ones at every run.

    python -m benchmarks.reading [--reports N] [--words N] [--relevant SHARE] [--quiet-megabytes N]

Prints for every extractor the reports per second of CPU time of one core, and the time of each step: extract, when,
where, who, tally, statements, write; then the share of the three resolvers. Then how long the program takes to start,
how long harmless prose takes, and the memory that all of it took.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

os.environ.setdefault("OMP_NUM_THREADS", "1")

from marsad.contract import to_json
from marsad.extract import extract
from marsad.extract.extractors import EXTRACTORS, ExtractorName
from marsad.model import Reading, Report
from marsad.reading import ReadingOptions, make_reading, read_statements
from marsad.resolve.incidents import complete_incidents
from marsad.resolve.when import resolve_when
from marsad.resolve.where import resolve_where
from marsad.resolve.where_codes import code_claims
from marsad.resolve.where_share import share_places
from marsad.resolve.who import resolve_who
from marsad.tally import tally

T = TypeVar("T")

STEPS = ("extract", "when", "where", "who", "tally", "statements", "write")
PLACES = ("Aleppo", "Mosul", "Goma", "Kharkiv", "Sanaa", "Maiduguri", "Kandahar", "Juba")
DOERS = ("Gunmen", "Rebels", "Government troops", "An air strike", "A car bomb", "Shells")
VICTIMS = ("villagers", "farmers", "soldiers", "people", "women", "children", "civilians", "traders")
SOURCES = ("a hospital director", "the police", "two witnesses", "the provincial governor", "a relief group")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
HARM = (
    "{doer} killed {n} {victims} in {place} on {day}, {source} said.",
    "At least {n} {victims} were wounded near the bridge, according to {source}.",
    "Among the {n} dead were {m} {victims}, {source} told reporters on {day}.",
    "{doer} abducted {n} {victims} on the road to {place}.",
    "The shelling of {place} on {day} left {n} {victims} dead and {m} injured.",
)
CALM = (
    "The road to {place} is the only one that lorries can use before the rains come.",
    "Shops in the old quarter opened late, and bread was sold from carts beside the station.",
    "Talks between the two sides are to be held again on {day}, with the same mediators at the table.",
    "The region grows wheat and apricots, and sends most of its fruit to the coast.",
    "A teacher from {place} said the school had received new books and no new desks.",
    "The ministry of water promised pumps for the upper valley by the end of the season.",
    "Few of the families who moved away years ago have sold their orchards.",
    "Engineers worked until dusk on the line that brings current from {place}.",
)


def main() -> None:
    """Measure and print."""
    options = _options()
    print(f"{options.reports} reports of about {options.words} words, {options.relevant:.0%} of them of harm; CPU time")
    reports = list(made_reports(options.reports, options.words, options.relevant))
    for name in EXTRACTORS:
        print_speed(name, reports)
    print_start()
    if options.quiet_megabytes:
        print_quiet(options.quiet_megabytes)
    print(f"memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _options() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--reports", type=int, default=60)
    asked.add_argument("--words", type=int, default=400, help="words of a report")
    asked.add_argument("--relevant", type=float, default=1.0, help="share of reports that tell of harm, 0 to 1")
    asked.add_argument("--quiet-megabytes", type=float, default=10, help="length of the harmless prose; 0: none")
    return asked.parse_args()


def made_reports(number: int, words: int, relevant: float) -> Iterator[Report]:
    """Yield made-up reports; in one of harm every third sentence tells of some."""
    dice = random.Random(11)
    for at in range(number):
        # Spread evenly: of ten reports with a share of 0.3, exactly three.
        tells = int((at + 1) * relevant) > int(at * relevant)
        yield Report(f"r{at}", _text(dice, words, 0.35 if tells else 0.0))


def _text(dice: random.Random, words: int, harm: float) -> str:
    paragraphs: list[str] = []
    told = 0
    while told < words:
        sentences = [_sentence(dice, harm) for _ in range(dice.randint(1, 4))]
        paragraphs.append(" ".join(sentences))
        told += sum(len(sentence.split()) for sentence in sentences)
    return "\n\n".join(paragraphs)


def _sentence(dice: random.Random, harm: float) -> str:
    form = dice.choice(HARM if dice.random() < harm else CALM)
    return form.format(
        doer=dice.choice(DOERS),
        victims=dice.choice(VICTIMS),
        place=dice.choice(PLACES),
        source=dice.choice(SOURCES),
        day=dice.choice(DAYS),
        n=dice.randint(5, 60),
        m=dice.randint(2, 4),
    )


@dataclass(frozen=True)
class Speed:
    """What reading some reports cost: seconds of CPU a step, and how many claims were found."""

    reports: int
    claims: int
    spent: dict[str, float]

    @property
    def seconds(self) -> float:
        """All steps together."""
        return sum(self.spent.values())

    @property
    def a_second(self) -> float:
        """Reports a second of one core."""
        return self.reports / self.seconds


def speed_of(name: ExtractorName, reports: Sequence[Report]) -> Speed:
    """Read all reports with one extractor, after one that loads its files, and return the cost of each step."""
    spent = dict.fromkeys(STEPS, 0.0)
    _read(next(made_reports(1, 100, 1.0)), name, dict(spent))
    claims = sum(_read(report, name, spent) for report in reports)
    return Speed(len(reports), claims, spent)


def corpus_speed(name: ExtractorName, reports: int, words: int, relevant: float) -> Speed:
    """Return the speed of one extractor over so many made-up reports."""
    return speed_of(name, list(made_reports(reports, words, relevant)))


def print_speed(name: ExtractorName, reports: list[Report]) -> None:
    """Print the speed of one extractor, and of each step."""
    speed = speed_of(name, reports)
    steps = ", ".join(f"{step} {1000 * seconds / len(reports):.1f} ms" for step, seconds in speed.spent.items())
    share = sum(speed.spent[step] for step in ("when", "where", "who")) / speed.seconds
    print(f"{name:7} {speed.a_second:7.1f} reports/s  ({steps} a report; {speed.claims / len(reports):.1f} claims)")
    print(f"{'':7} when, where and who together: {share:.0%} of the time")


def _read(report: Report, name: ExtractorName, spent: dict[str, float]) -> int:
    """Read one report as `make_reading` does, timing each step; return the number of claims."""

    def timed(step: str, act: Callable[[], T]) -> T:
        before = time.process_time()
        result = act()
        spent[step] += time.process_time() - before
        return result

    found = timed("extract", lambda: extract(report, name))
    claims = found.claims
    for step, resolve in (("when", resolve_when), ("where", resolve_where), ("who", resolve_who)):
        claims = timed(step, partial(resolve, report, claims)) if claims else ()
    added = timed("tally", lambda: tally(report, claims, found.links, "best"))
    claims = timed("where", lambda: code_claims(share_places(report, claims)))
    incidents = timed("who", lambda: complete_incidents(report, claims, added.incidents))
    statements = timed("statements", lambda: read_statements(report))
    reading = Reading(report, claims, added.breakdowns, added.restatements, incidents, statements)
    timed("write", lambda: json.dumps(to_json(reading)))
    return len(claims)


def print_start() -> None:
    """Print how long the program takes until it has said its version, and until it has read one sentence."""
    for said, command in (("version", ["--version"]), ("one sentence", ["read", "-"])):
        best = min(_started(command) for _ in range(3))
        print(f"start: {said} after {best:.2f} s")


def _started(command: list[str]) -> float:
    before = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", "from marsad.cli.app import main; main()", *command],
        input="Gunmen killed three farmers near Goma.",
        text=True,
        capture_output=True,
        check=True,
    )
    return time.perf_counter() - before


def print_quiet(megabytes: float) -> None:
    """Print how long harmless prose takes, alone and with one sentence of harm in its middle."""
    dice = random.Random(12)
    paragraph = _text(dice, 4000, 0.0)
    half = "\n\n".join([paragraph] * max(1, round(megabytes * 500_000 / len(paragraph))))
    for said, middle in (("", ""), (" with one sentence of harm", "Gunmen killed three farmers near Goma.\n\n")):
        report = Report("quiet", f"{half}\n\n{middle}{half}")
        before = time.process_time()
        make_reading(report, ReadingOptions())
        size = len(report.text) / 1e6
        print(f"harmless prose{said}: {size:.1f} MB in {time.process_time() - before:.1f} s")


if __name__ == "__main__":
    main()
