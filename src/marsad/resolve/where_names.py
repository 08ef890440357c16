"""Folds place names to the keys that the gazetteer is searched by; the build and the lookup share these rules.

Three keys, from sure to unsure: `fold` (case, accents and punctuation gone), `core` (Arabic articles and words such as
"province" gone too) and `skeleton` (consonants only, for romanised Arabic, Persian and Pashto).
"""

import re
import unicodedata
from functools import lru_cache

ARTICLES = frozenset(
    "al el ul ad ash as at ar az an ez es ed er et en adh ath il l".split()  # noqa: SIM905
)
# Words that say what kind of place a name is, and that writers leave out or put in as they like, by gazetteer kind.
_KIND_WORDS = {
    "1": "province provinces governorate governorates state states oblast department departamento prefecture wilaya "
    "wilayat wilayah muhafazah voblast voivodeship",
    "2": "district districts county raion rayon tehsil cercle township subdistrict woreda",
    "P": "city town village hamlet municipality commune settlement locality borough port suburb neighbourhood "
    "neighborhood camp",
}
CLASS_WORDS = {word: kind for kind, line in _KIND_WORDS.items() for word in line.split()}
ABBREVIATED = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "gov": "governorate", "dist": "district"}
FOLDED_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ə": "a", "Ə": "a", "æ": "ae", "Æ": "ae"}
)
MARKS = re.compile(r"[’'‘`ʼʿʾʻ´ʹ]")
WORD = re.compile(r"[^\W_]+")
# Romanised pairs that stand for one Arabic letter, and letters that romanisations interchange.
LETTER_PAIRS = (("kh", "k"), ("gh", "g"), ("sh", "s"), ("ch", "s"), ("th", "t"), ("dh", "d"), ("ph", "f"), ("q", "k"))
VOWELS = re.compile(r"[aeiouyw]")
DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Return `name` in lower case without accents, apostrophes and punctuation, words parted by one space."""
    if not name.isascii():
        bare = unicodedata.normalize("NFKD", name.translate(FOLDED_LETTERS))
        name = "".join(c for c in bare if not unicodedata.combining(c))
    words = WORD.findall(MARKS.sub("", name.replace("&", " and ").casefold()))
    return " ".join(_joined_initials(words))


def _joined_initials(words: list[str]) -> list[str]:
    """Put "u s a" together and write out "st", so that dotted and plain abbreviations meet."""
    if len(words) > 1 and all(len(w) == 1 for w in words):
        return ["".join(words)]
    return [ABBREVIATED.get(w, w) if len(words) > 1 else w for w in words]


@lru_cache(maxsize=65536)
def core(name: str) -> str:
    """Return the folded name without Arabic articles and without words for a kind of place; "" when nothing is left."""
    words = [w for w in fold(name).split() if w not in ARTICLES]
    while len(words) > 1 and words[-1] in CLASS_WORDS:
        words.pop()
    if len(words) > 2 and words[0] in CLASS_WORDS and words[1] == "of":
        words = words[2:]
    return " ".join(words)


@lru_cache(maxsize=65536)
def skeleton(name: str) -> str:
    """Return the consonants of the core name, one letter for each Arabic one; "" when fewer than three are left."""
    text = core(name).replace(" ", "")
    # An article that was written as one word with the name before it: "Deir Ezzor" is "Deir ez-Zor".
    for pair, letter in LETTER_PAIRS:
        text = text.replace(pair, letter)
    bare = DOUBLED.sub(r"\1", VOWELS.sub("", text.removesuffix("h"))).replace("h", "")
    return bare if len(bare) >= 3 else ""


def is_latin(name: str) -> bool:
    """Tell whether every letter of `name` is of the Latin script."""
    return all(c.isascii() or "LATIN" in unicodedata.name(c, "") for c in name if c.isalpha())
