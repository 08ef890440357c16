"""A report as sentences of tokens: what the readers of claims walk over. Lines that a wire wrapped are joined again."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from marsad.extract.lexicon import harm_words, kinds_of
from marsad.numerals import Number, find_numbers
from marsad.passages import ABBREVIATION

BLANK = re.compile(r"\n[^\S\n]*\n\s*|\r\n\r\n\s*")
LINE = re.compile(r"\r?\n")
BULLET = re.compile(r"\s*(?:[•●▪*–—-]\s|\d{1,2}[.)]\s)")
END = re.compile(
    r"""(?<=[.!?…])["'”’)\]]*\s+(?=["'“‘(\[]*[A-Z0-9À-ÝÇ])|(?<=[a-z)]\.)(?=[A-Z][a-z])|\s+\|\s+|(?<=[.!?]”)(?=[A-Z])"""
)
# As passages.TOKEN, but an age stays whole ("19-year-old") and a range comes apart ("30-40").
TOKEN = re.compile(r"\d[\d,.]*\d(?!\w|-[A-Za-z])|\d+(?=[-–]\d)|\w+(?:[’'*.-]\w+)*|[^\w\s]")
WRAP_COLUMNS = (45, 100)
ACRONYMS = {"IS": "isis", "US": "u.s.", "WHO": "w.h.o.", "MAY": "may"}
"""Upper-case names that would be read as small words."""
KEPT_LENGTH = 200_000
"""Characters of the longest text whose tokens are kept in memory (some 20 MB) for the next who asks."""
BROKEN = re.compile(r"[*.\-_·]")


@dataclass(slots=True)
class Sentence:
    """One sentence: its tokens with offsets in the report's field, their words in lower case, and its numbers."""

    start: int
    end: int
    text: str
    words: list[str] = field(default_factory=list)
    low: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    numbers: dict[int, tuple[int, Number]] = field(default_factory=dict)
    shouted: bool = False
    titled: bool = False

    def cased(self) -> str:
        """Return the text with capitals where names may be: in a shouted sentence small words get small letters."""
        if not self.shouted:
            return self.text
        small = kinds_of("stops")
        return TOKEN.sub(
            lambda found: found.group().lower() if found.group().lower() in small else found.group().capitalize(),
            self.text,
        )

    def quote(self, first: int, stop: int) -> str:
        """Return the words of tokens `first` to `stop` (exclusive) as they stand."""
        return self.text[self.starts[first] - self.start : self.ends[stop - 1] - self.start]


def sentences_of(text: str) -> Iterable[Sentence]:
    """Return the sentences of a text with their tokens, in order; not to be changed, since several readers share them.

    Those of the last texts are remembered, unless a text is so long that its tokens would fill the memory.
    """
    return _kept_sentences(text) if len(text) <= KEPT_LENGTH else _sentences(text)


@lru_cache(maxsize=2)
def _kept_sentences(text: str) -> tuple[Sentence, ...]:
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[Sentence]:
    return (tokenised(text, start, end) for start, end in sentence_spans(text))


@lru_cache(maxsize=4)
def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return the offsets of sentences: a line break ends one unless the lines were wrapped at a column."""
    return tuple(_spans(text))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for cut in BLANK.finditer(text):
        yield from _in_block(text, at, cut.start())
        at = cut.end()
    yield from _in_block(text, at, len(text))


def tokenised(text: str, start: int, end: int) -> Sentence:
    """Cut one sentence into tokens; harm words that were broken to fool filters are read whole."""
    sentence = Sentence(start, end, text[start:end])
    for found in TOKEN.finditer(text, start, end):
        word = found.group()
        sentence.words.append(word)
        sentence.low.append(plain(word))
        sentence.starts.append(found.start())
        sentence.ends.append(found.end())
    letters = [word for word in sentence.words if word[0].isalpha()]
    upper = sum(word.isupper() and len(word) > 1 for word in letters)
    sentence.shouted = len(letters) > 3 and upper > 0.7 * len([w for w in letters if len(w) > 1])
    long = [word for word in letters if len(word) > 3]
    sentence.titled = len(long) > 3 and sum(word[0].isupper() for word in long) > 0.8 * len(long)
    if not sentence.shouted:
        sentence.low = [ACRONYMS.get(word, low) for word, low in zip(sentence.words, sentence.low, strict=True)]
    _add_numbers(sentence)
    return sentence


def plain(word: str) -> str:
    """Return a word in lower case, with one form of apostrophe; "kil*led" and "kil-led" come out as "killed"."""
    low = word.lower().replace("’", "'")
    if BROKEN.search(low):
        joined = BROKEN.sub("", low)
        if joined in _single_harm_words():
            return joined
    return low


@cache
def _single_harm_words() -> frozenset[str]:
    return frozenset(h.words[0] for group in harm_words().values() for h in group if len(h.words) == 1)


def _add_numbers(sentence: Sentence) -> None:
    where = {start: index for index, start in enumerate(sentence.starts)}
    for number in find_numbers(sentence.text):
        first = where.get(number.start + sentence.start)
        if first is None:
            continue
        stop = first + 1
        while stop < len(sentence.ends) and sentence.ends[stop - 1] < number.end + sentence.start:
            stop += 1
        sentence.numbers[first] = (stop, number)


def _in_block(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    lines = _lines(text, start, end)
    if not lines:
        return
    long = sum(WRAP_COLUMNS[0] <= b - a <= WRAP_COLUMNS[1] for a, b in lines[:-1])
    wrapped = len(lines) > 1 and long >= 0.6 * (len(lines) - 1)
    first, last = lines[0]
    for begin, stop in lines[1:]:
        joins = wrapped and not BULLET.match(text, begin) and not _is_closed(text, first, last, begin)
        if joins or (text[begin : begin + 1].islower() and last - first > 20):
            last = stop
            continue
        yield from _in_line(text, first, last)
        first, last = begin, stop
    yield from _in_line(text, first, last)


def _is_closed(text: str, first: int, last: int, begin: int) -> bool:
    """Say whether a line that ended in a full stop was the end of a paragraph rather than of a wrapped line."""
    return text[last - 1] in '.!?:”"' and last - first < WRAP_COLUMNS[0] and text[begin : begin + 1].isupper()


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = start
    for cut in LINE.finditer(text, start, end):
        found.append((at, cut.start()))
        at = cut.end()
    found.append((at, end))
    stripped = []
    for a, b in found:
        while a < b and text[a].isspace():
            a += 1
        while b > a and text[b - 1].isspace():
            b -= 1
        if a < b:
            stripped.append((a, b))
    return stripped


def _in_line(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for cut in END.finditer(text, start, end):
        if ABBREVIATION.search(text[max(at, cut.start() - 12) : cut.start()]) and "|" not in cut.group():
            continue
        if cut.start() > at:
            yield at, cut.start()
        at = cut.end()
    if end > at:
        yield at, end
