"""Makes src/marsad/data/linking/report_words.tsv: in which share of reports of violence a common word stands.

    python scripts/build_report_words.py src/marsad/data/linking/report_words.tsv REPORTS [REPORTS ...]

REPORTS are JSON Lines with "text", one file per set. Only single stems are counted, and only those that two sets at
least use and one uses often: what is left are the words of the trade (police, strike, hospital), not names of people.
The share is the highest of the sets': a word that is common in one kind of report tells little there.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from marsad.link.words import words_of

OFTEN = 0.02
SELDOM = 0.005


def main(target: str, *sets: str) -> None:
    """Count, and write the table."""
    shares = [_shares(Path(one)) for one in sets]
    rows = []
    for stem in sorted(set().union(*shares)):
        found = sorted((one.get(stem, 0.0) for one in shares), reverse=True)
        if stem.isalpha() and len(stem) > 1 and found[0] >= OFTEN and found[1] >= SELDOM:
            rows.append(f"{stem}\t{found[0]:.3f}")
    Path(target).write_text("stem\tshare\n" + "\n".join(rows) + "\n", "utf-8")


def _shares(path: Path) -> dict[str, float]:
    texts = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    seen = Counter(stem for text in texts for stem in set(words_of(text)))
    return {stem: count / len(texts) for stem, count in seen.items()}


if __name__ == "__main__":
    main(*sys.argv[1:])
