"""What speaks for and against a tie between two claims: named observations, each true or absent.

Nothing here decides. The weights of the observations were fitted on annotated reports (data/tally/README.md); their
words in that table are what `--why` prints. For a pair, `a` stands before `b` in the text.
"""

from collections.abc import Iterator

from marsad.model import Claim, Voice
from marsad.tally.people import CHILDREN, FEMALE, MALE, relation
from marsad.tally.scene import UNDER_CASUALTIES, Fact, other_items

LARGE = 20
"""A number from which on two figures are rarely equal by chance."""
MUCH = 30
"""How many times greater a figure is that rarely has the other as a direct part."""
SHARPENED = frozenset({"both one", "equal few", "equal many", "equal large", "a more", "b more"})
TAKEN = frozenset({"captured", "abducted", "detained"})


def harms(a: Claim, b: Claim) -> str:
    """Return how the harms of two claims stand: same, kin, holds (a holds b), held, or differ."""
    if a.harm == b.harm:
        return "same"
    if a.harm == "casualties" and b.harm in UNDER_CASUALTIES:
        return "holds"
    if b.harm == "casualties" and a.harm in UNDER_CASUALTIES:
        return "held"
    taken = a.harm in TAKEN and b.harm in TAKEN
    return "kin" if taken or {a.harm, b.harm} == {"killed", "missing"} else "differ"


def numbers(a: Claim, b: Claim) -> str:
    """Return how two stated numbers stand: equal (one, few, many, large), close, larger, smaller, or vague."""
    x, y = a.count.stated, b.count.stated
    if x is None or y is None:
        return "both vague" if x is None and y is None else "a vague" if x is None else "b vague"
    if x == y:
        return "both one" if x == 1 else "equal few" if x < 5 else "equal many" if x < LARGE else "equal large"
    if min(x, y) >= 8 and min(x, y) / max(x, y) > 0.75:
        return "a little more" if x > y else "b little more"
    if max(x, y) > MUCH * min(x, y):
        return "a much more" if x > y else "b much more"
    if x > y:
        return "a more, b one" if y == 1 else "a more"
    return "b more, a one" if x == 1 else "b more"


def distance(a: Fact, b: Fact) -> str:
    """Return how far apart two claims stand: nested, next, clause, sentence, near, or far."""
    if b.start < a.end:
        return "nested"
    if a.sentence == b.sentence:
        return "next" if b.at == a.at + 1 else "clause" if b.at == a.at + 2 else "sentence"
    return "following" if b.sentence == a.sentence + 1 else "near" if b.sentence - a.sentence <= 3 else "far"


def pair_evidence(a: Fact, b: Fact) -> list[str]:
    """Return the names of everything that is observed of the pair `a`, `b`; names are keys of the weight table."""
    number, far, people = numbers(a.claim, b.claim), distance(a, b), relation(a.kinds, b.kinds)
    harm = harms(a.claim, b.claim)
    found = ["always", f"number:{number}", f"distance:{far}", f"people:{people}", f"harm:{harm}"]
    found += [f"number:{number}&people:{people}", f"number:{number}&distance:{far}", f"people:{people}&distance:{far}"]
    for names in (_place_in_text(a, b, far, number), _lists(a, b), _marked(a, b, number), _names(a, b, number, people)):
        found += names
    found += _attributes(a.claim, b.claim, number)
    world = _world(a, b)
    found += _agreement(world, number, people, f"{a.claim.scope[:3]} {b.claim.scope[:3]}")
    for name, how in world:
        found.append(f"{name}:{how}")
        if number in SHARPENED:
            found.append(f"{name}:{how}&number:{number}")
    found += _standing(a, b, number)
    return found


def _agreement(world: list[tuple[str, str]], number: str, people: str, scopes: str) -> Iterator[str]:
    """Yield how far time, place, province, actors and means agree, taken together."""
    agree = sum(how in ("same", "same words") for _, how in world) + sum(how == "alike" for _, how in world) / 2
    differ = sum(how in ("differ", "apart", "other country") for _, how in world)
    level = "differs" if differ > agree else "agrees" if agree >= 2 and not differ else "mixed" if differ else "unsaid"
    yield f"world {level}"
    yield f"world {level}&number:{number}"
    yield f"world {level}&people:{people}"
    yield f"world {level}&scope:{scopes}"
    for name, how in world:
        if name == "time":
            yield f"time:{how}&scope:{scopes}"


def differing(a: Fact, b: Fact) -> bool:
    """Tell whether time, place, province or perpetrators of two claims are known to differ."""
    return any(how in ("differ", "apart", "other country") for name, how in _world(a, b) if name != "means")


def _standing(a: Fact, b: Fact, number: str) -> Iterator[str]:
    """Yield how the two stand among the other claims: the nearest that could hold, the leading figure of its harm."""
    if b.larger == a.at:
        yield "nearest larger"
        yield f"nearest larger&{'opened' if b.opener >= 0 else 'open'}"
    if a.rank == 0:
        yield "a leads"
        yield f"a leads&number:{number}"
        yield f"a leads&{'opened' if b.opener >= 0 else 'unopened'}"
    if a.opener >= 0:
        yield "a is opened"
        yield f"a is opened&{'same' if a.sentence == b.sentence else 'other'} sentence"
    if b.opener >= 0 and b.opener != a.at:
        yield f"b is opened by another&number:{number}"
    between = b.at - a.at - 1
    yield f"between:{'none' if not between else 'few' if between < 4 else 'some' if between < 10 else 'many'}"


def _place_in_text(a: Fact, b: Fact, far: str, number: str) -> Iterator[str]:
    yield f"gap b:{b.gap}"
    yield f"gap b:{b.gap}&distance:{far}"
    if far in ("next", "clause", "sentence"):
        yield f"gap a:{a.gap}"
    if b.opener == a.at:
        yield "opener"
        yield f"opener&number:{number}"
    elif b.opener >= 0 and b.opener == a.opener:
        yield "same opener"
    elif b.opener >= 0 and b.opener < a.at:
        yield "opener before a"
    elif b.opener > a.at:
        yield "opener after a"
    if a.opener == b.at:
        yield "a opened by b"
    if a.sentence <= 2 and b.sentence - a.sentence >= 1:
        yield "a opens the report"
        yield f"a opens the report&number:{number}"
    if b.gap in ("and", "comma", "and verb") and b.at == a.at + 1:
        yield f"joined:{b.gap}&number:{number}"


def _lists(a: Fact, b: Fact) -> Iterator[str]:
    if b.list_head and b.list_head.start <= a.start < b.list_head.end:
        yield "list below a"
        yield f"list below a&people:{relation(a.kinds, b.kinds)}"
        x, y = a.claim.victims.status, b.claim.victims.status
        yield f"list below a&status:{'unknown' if 'unknown' in (x, y) else 'same' if x == y else 'differ'}"
    if other_items(a, b):
        yield "items of one list"
    if a.paragraph == b.paragraph:
        yield "one paragraph"


def _marked(a: Fact, b: Fact, number: str) -> Iterator[str]:
    for mark in sorted(b.marks):
        yield f"b {mark}"
        yield f"b {mark}&number:{number}"
    for mark in sorted(a.marks):
        yield f"a {mark}"
        if mark in ("total", "other", "partitive", "named"):
            yield f"a {mark}&number:{number}"
    for mark in sorted(a.marks & b.marks):
        yield f"both {mark}"


def _names(a: Fact, b: Fact, number: str, people: str) -> Iterator[str]:
    shared = a.words & b.words
    if shared:
        share = len(shared) / min(len(a.words), len(b.words))
        much = "all" if share == 1 else "half" if share >= 0.5 else "some"
        yield f"words:{much}"
        yield f"words:{much}&number:{number}"
    elif a.words and b.words:
        yield "words:none"
        yield f"words:none&number:{number}"
        yield f"words:none&people:{people}"
    else:
        yield "words:lacking"
    if a.said == b.said:
        yield "same text"
        yield f"same text&number:{number}"
    elif a.head and a.head == b.head:
        yield "same head"
        yield f"same head&number:{number}"
    if a.given_name and b.given_name:
        yield f"name:{_name(a, b)}"
    if a.ages and b.ages:
        yield "ages:same" if a.ages & b.ages else "ages:differ"
    if "generic" in a.kinds and len(a.kinds) == 1:
        yield "a generic"
        yield f"a generic&number:{number}"
    if "generic" in b.kinds and len(b.kinds) == 1:
        yield "b generic"
        yield f"b generic&number:{number}"
    yield from _sexes(a, b)


def _name(a: Fact, b: Fact) -> str:
    """Return how two persons' names stand: same first name, one the other's bare surname, or differ."""
    if a.given_name == b.given_name:
        return "same"
    bare = min(len(a.words), len(b.words)) == 1 and (a.words <= b.words or b.words <= a.words)
    return "within" if bare else "differ"


def _sexes(a: Fact, b: Fact) -> Iterator[str]:
    if (a.kinds & MALE and b.kinds & FEMALE and not (a.kinds & FEMALE or b.kinds & MALE)) or (
        a.kinds & FEMALE and b.kinds & MALE and not (a.kinds & MALE or b.kinds & FEMALE)
    ):
        yield "sexes differ"
    if (a.kinds & CHILDREN) and not (b.kinds & CHILDREN) and "generic" not in b.kinds:
        yield "only a child"
    if (b.kinds & CHILDREN) and not (a.kinds & CHILDREN) and "generic" not in a.kinds:
        yield "only b child"


def _attributes(a: Claim, b: Claim, number: str) -> Iterator[str]:
    yield f"scope:{a.scope[:3]} {b.scope[:3]}"
    yield f"scope:{a.scope[:3]} {b.scope[:3]}&number:{number}"
    x, y = a.count.stated, b.count.stated
    if x and y and max(x, y) > 2 * min(x, y):
        yield "more than twice"
    if a.modality != b.modality:
        yield "modality differs"
    if a.victims.status != "unknown" and b.victims.status != "unknown":
        yield f"status:{a.victims.status[:4]} {b.victims.status[:4]}"
    if a.count.qualifier == b.count.qualifier == "exact":
        yield f"both exact&number:{number}"
    elif number.startswith("equal"):
        yield "equal, other qualifier"
    yield from _sources(a.according_to, b.according_to)


def _sources(a: Voice | None, b: Voice | None) -> Iterator[str]:
    if a and b:
        yield "source:same" if a.text.lower() == b.text.lower() else "source:differ"
    elif a or b:
        yield "source:one"


def _world(a: Fact, b: Fact) -> list[tuple[str, str]]:
    rows = [
        ("time", _times(a.claim, b.claim)),
        ("place", _overlap(a.where, b.where)),
        ("province", _provinces(a.claim, b.claim)),
        ("actor", _overlap(a.who, b.who)),
    ]
    if a.claim.means and b.claim.means:
        rows.append(("means", "same" if a.claim.means == b.claim.means else "differ"))
    return [(name, how) for name, how in rows if how]


def _times(a: Claim, b: Claim) -> str:
    if not (a.when and b.when and a.when.start and a.when.end and b.when.start and b.when.end):
        x, y = a.when.text if a.when else None, b.when.text if b.when else None
        return ("same words" if x.lower() == y.lower() else "") if x and y else ""
    s, e, t, f = a.when.start, a.when.end, b.when.start, b.when.end
    if (s, e) == (t, f):
        return "same"
    if e < t or f < s:
        return "apart"
    if s <= t and f <= e:
        return "a wider"
    return "b wider" if t <= s and e <= f else "overlap"


def _overlap(x: frozenset[str], y: frozenset[str]) -> str:
    if not x or not y:
        return "one told" if x or y else ""
    if x == y:
        return "same"
    return "alike" if x & y else "differ"


def _provinces(a: Claim, b: Claim) -> str:
    x, y = a.where, b.where
    if x is None or y is None or not x.country or not y.country:
        return ""
    if x.country != y.country:
        return "other country"
    if x.admin1 and y.admin1:
        return "same" if x.admin1 == y.admin1 else "differ"
    return "a country only" if y.admin1 else "b country only" if x.admin1 else ""
