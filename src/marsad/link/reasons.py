"""Says in plain words why two reports are taken to tell of one event, and what speaks against it."""

from collections.abc import Callable, Mapping
from datetime import date

from marsad.link.compare import days_apart, kind_of
from marsad.link.tables import weights
from marsad.link.tellings import Telling

LEAST_WEIGHT = 0.2
"""What moves the odds by less is not told."""
MOST_FOR, MOST_AGAINST = 5, 3
SHOWN = 4

Words = Callable[[Telling, Telling], str]


def reasons(found: Mapping[str, float], one: Telling, other: Telling) -> tuple[str, ...]:
    """Return the reasons, those that weigh most first: what speaks for, then what speaks against ("but: ...").

    Features that say the same in other ways are told once, with the weight of all. Names of people are counted, not
    shown. A day or two between publications is nothing that speaks against.
    """
    known = weights(kind_of(one, other))
    told: dict[str, float] = {}
    for name, value in found.items():
        if value and known[name] and not (name == "published apart" and found["published close"]):
            words = _in_words(name, one, other)
            told[words] = told.get(words, 0.0) + known[name] * value
    weighty = sorted(((-abs(weight), words) for words, weight in told.items() if abs(weight) >= LEAST_WEIGHT))
    good = [words for _, words in weighty if told[words] > 0]
    bad = [words for _, words in weighty if told[words] < 0]
    return (*good[:MOST_FOR], *(f"but: {words}" for words in bad[:MOST_AGAINST]))


def _in_words(name: str, one: Telling, other: Telling) -> str:
    said = PLAIN.get(name, name)
    return said if isinstance(said, str) else said(one, other)


def _figures(what: str) -> Words:
    def words(one: Telling, other: Telling) -> str:
        shared = sorted(getattr(one, what) & getattr(other, what))
        return f"{_listed(shared)} {what} in both"

    return words


def _unlike(what: str) -> Words:
    def words(one: Telling, other: Telling) -> str:
        here, there = _listed(sorted(getattr(one, what))), _listed(sorted(getattr(other, what)))
        return f"{here} {what} here, {there} there"

    return words


def _near(field: str) -> Words:
    def words(one: Telling, other: Telling) -> str:
        pairs = [(a, b) for a in getattr(one, field) for b in getattr(other, field) if a != b and min(a, b) > 1]
        a, b = max(pairs, key=lambda pair: (min(pair) / max(pair), pair))
        return f"{a} and {b} killed are near one another"

    return words


def _names(one: Telling, other: Telling) -> str:
    shared = len(one.names & other.names)
    return f"{shared} names in both, rare ones among them" if shared > 1 else "a rare name in both"


def _ages(one: Telling, other: Telling) -> str:
    return f"people of the same age ({_listed(sorted(one.ages & other.ages))})"


def _published(one: Telling, other: Telling) -> str:
    apart = abs(((one.published or date.min) - (other.published or date.min)).days)
    return "published on one day" if not apart else f"published {_days(apart)} apart"


def _stand(one: Telling, other: Telling) -> str:
    if one.published and other.published:
        return _published(one, other)
    apart = days_apart(one, other) or 0
    return f"they open with days that are {_days(apart)} apart" if apart else "they open with the same day"


def _days(number: int) -> str:
    return "one day" if number == 1 else f"{number} days"


def _place(one: Telling, other: Telling) -> str:
    here = {scene.place: scene.name for scene in one.scenes if scene.place}
    names = sorted({here[scene.place] or "" for scene in other.scenes if scene.place in here})
    return f"the same place ({', '.join(names[:SHOWN])})" if names else "the same places are named"


def _places_differ(one: Telling, other: Telling) -> str:
    here = next((scene.name for scene in one.scenes if scene.name), None)
    there = next((scene.name for scene in other.scenes if scene.name), None)
    return f"{here} here, {there} there" if here and there and here != there else "other places"


def _listed(values: list[int] | list[str]) -> str:
    return ", ".join(map(str, values[:SHOWN])) + (", ..." if len(values) > SHOWN else "")


PLAIN: dict[str, str | Words] = {
    "words alike": "much the same rare words",
    "words alike squared": "much the same rare words",
    "lead alike": "they open with the same words",
    "lead found": "what one opens with stands in the other",
    "title alike": "titles alike",
    "title found": "the words of one's title stand in the other",
    "names alike": _names,
    "rarest names shared": _names,
    "rare names shared": _names,
    "scene alike": "places, days, actors and figures are alike",
    "ages shared": _ages,
    "ages differ": "people of other ages",
    "years shared": "the same years are named",
    "years differ": "other years are named",
    "numbers shared": _figures("numbers"),
    "numbers differ": "other numbers at the beginning",
    "killed shared": _figures("killed"),
    "killed differ": _unlike("killed"),
    "injured shared": _figures("injured"),
    "injured differ": _unlike("injured"),
    "first killed shared": _figures("killed"),
    "first killed differ": _unlike("killed"),
    "first injured shared": _figures("injured"),
    "first injured differ": _unlike("injured"),
    "killed near": _near("killed"),
    "first killed near": _near("first_killed"),
    "actors shared": "the same parties",
    "actors differ": "other parties",
    "place shared": _place,
    "first place shared": _place,
    "close and place": _place,
    "first place differs": _places_differ,
    "province shared": "the same province",
    "country shared": "the same country",
    "provinces differ": "other provinces",
    "first province differs": "other provinces",
    "countries differ": "other countries",
    "days shared": "the same day of the event",
    "days differ": "other days of the event",
    "published close": _published,
    "published apart": _published,
    "day near": _stand,
    "day far": _stand,
    "day unknown": "of one the day is not known",
    "weekdays shared": "the same day of the week",
    "weekdays differ": "other days of the week",
    "close, place and killed": "province and number of killed agree within days",
    "close and words": "much the same rare words within days",
    "same publisher": "one publisher, which seldom tells of an event twice",
}
