"""Numbers in digits and words, with their offsets: "1,200", "1.2 million", "thirty-five", "two dozen".

Cardinals only: ordinals, Roman numerals, dates with dashes, clock times, decimals without a magnitude and numbers
inside a compound ("16-year-old", "F-16") are not numbers of anything and are passed over.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
MAGNITUDES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
SHORT_MAGNITUDES = {"k": 1000, "m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000}
GREATEST = 10_000_000_000
"""More things than this are no number of people: a key, an account, a row of digits."""
LONGEST = 20
"""Digits of the longest number that is looked at: Python itself refuses to read thousands of them."""
GROUPS = {"dozen": 12, "couple": 2, "pair": 2, "trio": 3, "duo": 2}

_SMALL = "|".join(sorted((*UNITS, *TENS), key=len, reverse=True))
_BIG = "|".join(MAGNITUDES)
_DIGIT_WORDS = "|".join(sorted((word for word, value in UNITS.items() if value), key=len, reverse=True))
_WORD_NUMBER = rf"(?:(?:{'|'.join(TENS)})(?:[\s-]|\s?-\s?)(?:{_DIGIT_WORDS})|{_SMALL})"
_GAP = r"[\s\u00a0]+"
DIGITS = re.compile(
    rf"""(?<![\w.,:/$€£#])(?<![A-Za-z]-)(?<!\d-\d\d-)(?<![12][09]\d\d-)  # nothing that the digits would be a part of
    (?P<digits>\d{{1,3}}(?:[,\u00a0\u202f]\d{{3}})+|\d{{1,3}}(?:\ \d{{3}})+(?!\d)|\d+(?:\.\d+)?)
    (?:(?:{_GAP}|-)?(?P<magnitude>(?:{_BIG}|bn|mn))\b|(?P<short>[km])\b|{_GAP}(?P<dozen>dozen)\b)?
    (?!\w|[.,:/]\d|%|[-–—]\d+[-–—./]\d|\s?-\s?(?:year|yr|month|week|day|hour|minute|metre|meter|km|kilomet|mile|man\b|member|story|storey|page|foot|mm|point))
    """,
    re.VERBOSE | re.IGNORECASE,
)
WORDS = re.compile(
    rf"""(?<![\w-])(?:
      (?P<half>half{_GAP}(?:a{_GAP})?(?P<halved>dozen|{_BIG}))
    | (?P<whole>{_WORD_NUMBER}|an?){_GAP}and{_GAP}a{_GAP}half{_GAP}(?P<whole_of>{_BIG})
    | (?P<more>{_WORD_NUMBER}|an?){_GAP}(?P<more_of>{_BIG}){_GAP}and{_GAP}a{_GAP}half
    | (?P<article>an?{_GAP}(?:full{_GAP}|half{_GAP})?)(?P<one_group>dozen|couple|pair|trio|duo|{_BIG})
        (?:{_GAP}and{_GAP}(?P<rest>{_WORD_NUMBER}))?
    | (?P<spelled>(?:{_WORD_NUMBER})(?:{_GAP}(?:and{_GAP})?(?:{_BIG})(?:{_GAP}(?:and{_GAP})?(?:{_WORD_NUMBER}))*)*
        (?:{_GAP}dozen)?)
    | (?P<bare>dozen)
    )(?![\w]|-(?!\s)|’(?!s\b)|'(?!s\b))""",
    re.VERBOSE | re.IGNORECASE,
)
LETTERS = re.compile(r"[a-z]+")
NUMBER_WORDS = frozenset((*UNITS, *TENS, *MAGNITUDES, *GROUPS, "half"))
"""Words of which `WORDS` needs one: most sentences hold none, and a set is looked up faster than the pattern."""


@dataclass(frozen=True, slots=True)
class Number:
    """A cardinal number in a text: `text[start:end]` are its words, `value` a whole number of things."""

    start: int
    end: int
    value: int


def read_number(text: str) -> int | None:
    """Read a text that is one number and nothing else; None when it is anything more, or no number."""
    whole = text.strip()
    for number in find_numbers(whole):
        if number.start == 0 and number.end == len(whole):
            return number.value
    return None


def find_numbers(text: str, start: int = 0, end: int | None = None) -> Iterator[Number]:
    """Yield the numbers of `text[start:end]` in order, offsets counted from the start of `text`."""
    stop = len(text) if end is None else end
    found = [n for m in DIGITS.finditer(text, start, stop) if (n := _from_digits(m))]
    if not NUMBER_WORDS.isdisjoint(LETTERS.findall(text[start:stop].lower())):
        found += [n for m in WORDS.finditer(text, start, stop) if (n := _from_words(m))]
    last = start
    for number in sorted(found, key=lambda n: (n.start, -n.end)):
        if number.start >= last:
            yield number
            last = number.end


def _from_digits(match: re.Match[str]) -> Number | None:
    digits = re.sub(r"[,\s\u00a0\u202f]", "", match["digits"])
    factor = 1
    if match["magnitude"]:
        name = match["magnitude"].lower()
        factor = MAGNITUDES.get(name) or SHORT_MAGNITUDES[name]
    elif match["short"]:
        factor = SHORT_MAGNITUDES[match["short"].lower()]
    elif match["dozen"]:
        factor = 12
    value = _times(digits, factor)
    return None if value is None or value > GREATEST else Number(match.start(), match.end(), value)


def _times(digits: str, factor: int) -> int | None:
    """Multiply without floating point: "1.2" by a million is 1200000; a fraction of a person is no number."""
    whole, _, fraction = digits.partition(".")
    if len(whole) > LONGEST or len(fraction) > LONGEST:
        return None
    scaled = int(whole + fraction) * factor
    unit = 10 ** len(fraction)
    return scaled // unit if scaled % unit == 0 else None


def _from_words(match: re.Match[str]) -> Number | None:
    if match["half"]:
        value = (GROUPS | MAGNITUDES)[match["halved"].lower()] // 2
    elif part := match["whole"] or match["more"]:
        factor = MAGNITUDES[(match["whole_of"] or match["more_of"]).lower()]
        value = max(1, _spelled(part)) * factor + factor // 2
    elif match["one_group"]:
        value = (GROUPS | MAGNITUDES)[match["one_group"].lower()]
        value //= 2 if "half" in match["article"].lower() else 1
        value += _spelled(match["rest"]) if match["rest"] else 0
    elif match["bare"]:
        value = 12
    else:
        value = _spelled(match["spelled"])
    return None if value > GREATEST else Number(match.start(), match.end(), value)


def _spelled(words: str) -> int:
    """Add up spelled words: a magnitude multiplies what stands before it back to the last greater one."""
    total = part = 0
    for word in re.split(r"[\s\u00a0-]+", words.lower()):
        if word in MAGNITUDES:
            factor = MAGNITUDES[word]
            if factor == 100:
                part = max(part, 1) * 100
            else:
                total += max(part, 1) * factor
                part = 0
        elif word == "dozen":
            part = max(part, 1) * 12
        elif word != "and":
            part += UNITS.get(word, 0) + TENS.get(word, 0)
    return total + part
