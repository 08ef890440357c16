"""Makes src/marsad/data/linking/common_words.tsv out of symspellpy's English frequency list.

    python scripts/build_common_words.py frequency_dictionary_en_82_765.txt src/marsad/data/linking/common_words.tsv

Source: symspellpy 6.10.1 (MIT), whose counts come from the Google Books Ngrams (CC BY 3.0) crossed with SCOWL.
A word's share is the chance that a text of 300 words holds it; words below 1 in 200 are left out as not common.
"""

import sys
from pathlib import Path

LENGTH = 300
LEAST = 0.005


def main(source: str, target: str) -> None:
    """Write the table."""
    counts = {}
    for line in Path(source).read_text("utf-8-sig").splitlines():
        word, count = line.split()
        counts[word] = int(count)
    whole = sum(counts.values())
    shares = {word: 1 - (1 - count / whole) ** LENGTH for word, count in counts.items()}
    rows = [f"{word}\t{share:.3f}" for word, share in sorted(shares.items()) if share >= LEAST and word.isalpha()]
    Path(target).write_text("word\tshare\n" + "\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
