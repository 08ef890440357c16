"""Measures `marsad gazetteer install` on a dump that is made up here, in GeoNames' form of 19 columns.

    python -m benchmarks.gazetteer [--places 1000000] [--folder DIR]

Prints the time and the memory that installing took, and how fast names are looked up in what was installed.
"""

import argparse
import random
import resource
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from marsad.resolve.gazetteer import Gazetteer
from marsad.resolve.gazetteer_dump import install

SYLLABLES = tuple(c + v for c in "bktrlmnsdg" for v in "aiou")
COUNTRIES = ("SY", "IQ", "NG", "US", "FR", "IN", "CN", "BR", "RU", "MX")
# Towns, streams, hills, schools, areas, streets and woods, about as common as in the full dump.
CLASSES = (*[("P", "PPL")] * 5, ("H", "STM"), ("T", "MT"), ("S", "SCH"), ("L", "RGN"), ("R", "ST"), ("V", "FRST"))


def main() -> None:
    """Make a dump, install it, look names up."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--places", type=int, default=1_000_000)
    asked.add_argument("--folder", type=Path, help="where to write (default: a folder for temporary files)")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        dump, target = Path(folder) / "allCountries.zip", Path(folder) / "gazetteer.sqlite"
        with zipfile.ZipFile(dump, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("allCountries.txt", "w") as out:
            for line in made_lines(options.places):
                out.write(line.encode())
        began, spent = time.perf_counter(), time.process_time()
        added = install(dump, target, [], lambda _: None)
        print(f"{added} of {options.places} places installed in {time.perf_counter() - began:.0f} s", end="")
        print(f" ({time.process_time() - spent:.0f} s of processor time), {target.stat().st_size / 1e6:.0f} MB on disk")
        print(f"memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
        print_lookups(Gazetteer(target))


def made_lines(places: int) -> Iterator[str]:
    """Yield lines in the form of geonames.org/export/dump, the same ones at every run."""
    dice = random.Random(5)
    for number in range(places):
        name, others = made_name(dice), ",".join(made_name(dice) for _ in range(dice.randint(0, 4)))
        feature, code = dice.choice(CLASSES)
        at = (f"{dice.uniform(-60, 70):.5f}", f"{dice.uniform(-180, 180):.5f}")
        unit = (f"{dice.randint(1, 30):02d}", "", "", "")
        people = str(dice.choice((0, 0, 500, 20_000)))
        tail = (people, "", str(dice.randint(0, 2000)), "Etc/UTC", "2024-01-01")
        head = (str(20_000_000 + number), name, name, others)
        yield "\t".join((*head, *at, feature, code, dice.choice(COUNTRIES), "", *unit, *tail)) + "\n"


def made_name(dice: random.Random) -> str:
    """Return a name of two to four syllables."""
    return "".join(dice.choice(SYLLABLES) for _ in range(dice.randint(2, 4))).capitalize()


def print_lookups(source: Gazetteer) -> None:
    """Print how many names are looked up in a second, none of them remembered."""
    dice = random.Random(6)
    names = sorted({made_name(dice).lower() for _ in range(20_000)})
    began = time.process_time()
    found = sum(bool(source.entries(name)) for name in names)
    print(f"lookups: {len(names) / (time.process_time() - began):.0f} a second, {found} of {len(names)} found")


if __name__ == "__main__":
    main()
