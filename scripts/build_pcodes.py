"""Builds the table of P-codes that ships with Marsad: run by hand when OCHA has a new edition, never at run time.

    python scripts/build_pcodes.py global_pcodes_adm_1_2.csv --out src/marsad/data/gazetteer/pcodes.csv

Source: OCHA's Global P-Code List (Common Operational Datasets, CC BY-IGO 3.0), which data.humdata.org gives under
that name; the source package of hdx-python-country 4.2.5 (MIT) carries an edition of it under tests/fixtures.
"""

import argparse
from pathlib import Path

from marsad.resolve.gazetteer import Gazetteer, unpack
from marsad.resolve.gazetteer_pcodes import align, read_table, write_table


def main() -> None:
    """Align OCHA's list with the shipped gazetteer and write what both know."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("source", type=Path)
    asked.add_argument("--out", type=Path, required=True)
    options = asked.parse_args()
    rows = read_table(options.source)
    kept, lost = align(rows, Gazetteer(unpack()))
    write_table(kept, options.out)
    first = sum(not row.admin2 for row in kept)
    print(f"{len(kept)} of {len(rows)} units kept, {first} of them of first order; {lost} left out")


if __name__ == "__main__":
    main()
