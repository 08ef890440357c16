"""What the words beside a name say of it: that it is a place, of which kind, or that it is a person or a street."""

import re

from marsad.resolve.where_names import CLASS_WORDS

_KINDS = (
    r"city|town|village|hamlet|camp|province|district|governorate|region|state|county|department|municipality|suburb|"
    r"neighbou?rhood|island|river|capital|port|oblast|prefecture"
)
_SIDES = (
    r"(?:(?:north|south)[ -]?(?:east|west)?|east|west)(?:ern)?|central|outskirts|suburbs?|edges?|vicinity|parts?|"
    r"cent(?:re|er)|heart"
)
# Words before a name that make it a place.
PLACE_BEFORE = re.compile(
    r"\b(?:in|near|at|from|to|outside|inside|towards?|into|around|across|throughout|through|between|via|on|over|"
    rf"{_SIDES}|(?:country)?side|areas?|(?:{_KINDS})s?|cities|villages|counties|valley|km|kilomet(?:er|re)s|miles)"
    rf"(?: of| from)?\s+(?:the |a )?(?:(?:{_KINDS}) of )?$",
    re.IGNORECASE,
)
# "Lena Marsh, 34, of Regina"
HOME_BEFORE = re.compile(r",\s+(?:\d+,\s+)?of\s+$")
# "LISBON (Wire) -- ", "DALLAS - " at the head of a report.
DATELINE_AFTER = re.compile(r"(?:,\s[\w .]{2,24})?\s*(?:\([^)\n]{2,30}\)\s*)?(?:[-–—]{1,2}\s|:\s)")
SPEAKS_AFTER = re.compile(
    r",?\s+(?:said|says|told|added|adds|who|whose|argued|recalled|replied|explained|pleaded|has been charged)\b"
)
STRONG_BEFORE = re.compile(rf"\b(?:{_KINDS}|cities|outskirts|villages|towns)\s+of\s+$", re.IGNORECASE)
STRONG_AFTER = re.compile(
    r"\s+(?:village|town|city|district|province|governorate|camp|neighbou?rhood|county)\b(?!\s+of)"
)
CLASS_BEFORE = re.compile(rf"\b({_KINDS})s?\s+(?:of\s+)?(?:the\s+)?$", re.IGNORECASE)
CLASS_AFTER = re.compile(rf"[’']?s?\s+({_KINDS}|countryside|area|airport|border)s?\b", re.IGNORECASE)
TITLE_BEFORE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|Sheikh|Sheik|Imam|Mullah|Gen|General|Col|Colonel|Maj|Major|Capt|Captain|Lt|"
    r"Lieutenant|Sgt|Sergeant|Const|Sen|Senator|Rep|President|Minister|Judge|Prof|Professor|Pope|Prince|Princess|King|"
    r"Queen|Bishop|Commander|Mayor|Officer|Detective|Deputy|Secretary|Ayatollah|Sayyid|Abu|Umm|Bin|Ibn|Abdul)\.?\s+$"
)
PROVINCE_WORDS = frozenset({"countryside", "region", "province", "governorate"})


def kind_cue(before: str, after: str) -> str:
    """Return the gazetteer kind that the words beside a name give ("province": 1), or ""."""
    found = CLASS_AFTER.match(after) or CLASS_BEFORE.search(before)
    if not found:
        return ""
    word = found[1].lower()
    if word in PROVINCE_WORDS:
        return "1"
    return "P" if word == "capital" else CLASS_WORDS.get(word, "")


def is_cued(before: str) -> bool:
    """Tell whether the words before a name lead to a place: "in", "town of", "east of"."""
    return bool(PLACE_BEFORE.search(before) or HOME_BEFORE.search(before))


def is_dateline(start: int, after: str) -> bool:
    """Tell whether a name stands where a report says where it was filed."""
    return start < 60 and bool(DATELINE_AFTER.match(after))


def speaks(after: str) -> bool:
    """Tell whether the words after a name are of a person: "said", "who"."""
    return bool(SPEAKS_AFTER.match(after))


def is_strong(before: str, after: str) -> bool:
    """Tell whether the words beside a name make it a place even if no gazetteer knows it."""
    return bool(STRONG_BEFORE.search(before) or STRONG_AFTER.match(after))


def is_titled(before: str) -> bool:
    """Tell whether a title or a part of a personal name stands before."""
    return bool(TITLE_BEFORE.search(before))
