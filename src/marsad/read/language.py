"""Which language a report is written in, by its letters and its commonest words; silent where they do not tell."""

import re
from collections import Counter

# The words that a language cannot do without. Those that two of these languages share (de, a, in) stand in neither list
# or in both, so that a language is named for what is its own. Written for this program.
COMMON_WORDS = {
    "en": "the of and to that was were for with on by from at is are has have had it their which who not been this",
    "fr": "le la les des et du une dans qui est pour par sur au que ont été selon avec plus cette aux deux ce",
    "es": "el los las del y en una por con que para se fueron según fue al su más como entre tras este",
    "pt": "o os as do da dos das em um uma por com que para foram segundo foi ao não mais pela pelo são",
    "it": "il lo gli di che della del nel per con sono una delle dei stato alla anche secondo più hanno",
    "de": "der die das und den dem von mit wurden bei im des eine ist nach auf sich nicht für auch einem",
    "nl": "het een van en de bij met zijn door voor werden op dat niet volgens naar ook aan werd meer",
    "tr": "ve bir bu için ile olarak da de olan sonra göre çok daha kadar ancak edildi tarafından gibi",
    "id": "yang dan di dengan untuk dari pada ini itu adalah tidak oleh telah dalam akan mereka orang kepada",
    "sw": "na ya wa kwa katika ni za la watu kuwa hiyo huo baada wakati cha hao alisema kama",
    "pl": "i w z na się do że nie jest po przez od za przy zostali oraz jak był są dla",
    "so": "iyo ka ku ay oo la waxaa uu ee ah soo kale dad badan magaalada lagu",
    "ha": "da na a ta ya wa cikin kuma sun an ne su don mutane daga wasu yan",
    "ku": "û li di de ji ku bi jî bo wan hat hatin piştî derbarê herêma",
}
NAMES = {
    "en": "English", "fr": "French", "es": "Spanish", "pt": "Portuguese", "it": "Italian", "de": "German",
    "nl": "Dutch", "tr": "Turkish", "id": "Indonesian or Malay", "sw": "Swahili", "pl": "Polish", "so": "Somali",
    "ha": "Hausa", "ku": "Kurdish", "ar": "Arabic", "fa": "Persian", "ur": "Urdu", "he": "Hebrew", "ru": "Russian",
    "uk": "Ukrainian", "el": "Greek", "hi": "Hindi", "bn": "Bengali", "my": "Burmese", "am": "Amharic or Tigrinya",
    "ja": "Japanese", "ko": "Korean", "zh": "Chinese", "ka": "Georgian", "hy": "Armenian", "th": "Thai", "ta": "Tamil",
}  # fmt: skip
SCRIPTS = (
    ("ar", 0x0600, 0x06FF), ("ru", 0x0400, 0x04FF), ("he", 0x0590, 0x05FF), ("el", 0x0370, 0x03FF),
    ("hi", 0x0900, 0x097F), ("bn", 0x0980, 0x09FF), ("my", 0x1000, 0x109F), ("am", 0x1200, 0x137F),
    ("ja", 0x3040, 0x30FF), ("ko", 0xAC00, 0xD7AF), ("zh", 0x4E00, 0x9FFF), ("ka", 0x10A0, 0x10FF),
    ("hy", 0x0530, 0x058F), ("th", 0x0E00, 0x0E7F), ("ta", 0x0B80, 0x0BFF),
)  # fmt: skip
# The start of a report tells; reading on would only cost time.
SAMPLE = 6_000
# In fewer words than this a list of names or a headline looks like any language.
FEWEST_WORDS = 25
FEWEST_LETTERS = 40
# Running prose in any of these languages has a fifth or more of its words from its list; names and tables have none.
SHARE = 0.1
# One short word that comes often ("in", "da") may be of any language; so many different ones are not.
FEWEST_DIFFERENT = 5
# The language with most must lead clearly, or the text is mixed.
LEAD = 1.5
_WORD = re.compile(r"[^\W\d_]+")
_SETS = {code: frozenset(words.split()) for code, words in COMMON_WORDS.items()}


def told_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language that `text` is in; None where too little speaks for any."""
    sample = text[:SAMPLE]
    script = _script(sample)
    if script is not None:
        return script
    words = [word.lower() for word in _WORD.findall(sample)]
    if len(words) < FEWEST_WORDS:
        return None
    counts = {code: sum(word in known for word in words) for code, known in _SETS.items()}
    (first, most), (_, second) = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:2]
    enough = most >= SHARE * len(words) and most >= LEAD * second
    return first if enough and len(_SETS[first].intersection(words)) >= FEWEST_DIFFERENT else None


def unread_language(language: str | None) -> str | None:
    """Return the English name of a language ("fr", "fr-CA", "French") that Marsad does not read; None for others."""
    words = (language or "").strip().lower()
    code = re.split("[-_]", words)[0]
    for known, name in NAMES.items():
        if known != "en" and (code == known or words == name.lower()):
            return name
    return None


def _script(sample: str) -> str | None:
    letters = [ord(c) for c in sample if c.isalpha()]
    others = Counter(
        code for letter in letters if letter > 0x36F for code, low, high in SCRIPTS if low <= letter <= high
    )
    if len(letters) < FEWEST_LETTERS or not others:
        return None
    code, most = min(others.items(), key=lambda one: (-one[1], one[0]))
    if sum(others.values()) <= len(letters) / 2:
        return None
    if code == "zh" and others["ja"]:
        return "ja"
    return _neighbour(code, sample) if most else None


def _neighbour(code: str, sample: str) -> str:
    """Tell languages of one script by the letters that only one of them has."""
    if code == "ar":
        return "ur" if re.search("[ٹڈڑے]", sample) else "fa" if re.search("[پچژگ]", sample) else "ar"
    return "uk" if code == "ru" and re.search("[іїєґ]", sample) else code
