"""Builds eval/reports.jsonl and eval/gold.jsonl from eval/gold/*.txt.

python -m eval.build_gold           write both files
python -m eval.build_gold --check   only say whether they are up to date (exit code 1 if not)
"""

import argparse
import json
import sys
from pathlib import Path

from eval.gold_source import GoldSourceError, Row, read_gold

HERE = Path(__file__).parent


def main() -> int:
    """Build, or check, the two files; say how much they hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only say whether the files are up to date")
    check = parser.parse_args().check
    try:
        rows = build(HERE / "gold")
    except GoldSourceError as error:
        print(error, file=sys.stderr)
        return 1
    files = {
        HERE / "reports.jsonl": lines([report for report, _ in rows]),
        HERE / "gold.jsonl": lines([gold for _, gold in rows]),
    }
    claims = sum(len(gold["claims"]) for _, gold in rows)
    print(f"{len(rows)} reports, {claims} claims, {sum(len(gold['incidents']) for _, gold in rows)} incidents")
    stale = [path for path, content in files.items() if not path.exists() or path.read_text("utf-8") != content]
    if check and stale:
        print(f"out of date: {', '.join(path.name for path in stale)}; run python -m eval.build_gold", file=sys.stderr)
        return 1
    for path in stale:
        path.write_text(files[path], "utf-8")
    return 0


def build(folder: Path) -> list[tuple[Row, Row]]:
    """Return all reports with their gold, by file and then in the order of the file; ids are unique."""
    rows: list[tuple[Row, Row]] = []
    seen: set[str] = set()
    for path in sorted(folder.glob("*.txt")):
        for report, gold in read_gold(path.read_text("utf-8"), path.stem):
            if report["id"] in seen:
                raise GoldSourceError(f"{path.name}: the id {report['id']} is taken")
            seen.add(report["id"])
            rows.append((report, gold))
    return rows


def lines(rows: list[Row]) -> str:
    """Return rows as JSON Lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


if __name__ == "__main__":
    sys.exit(main())
