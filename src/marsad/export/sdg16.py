"""SDG indicator 16.1.2: conflict-related deaths by status, sex, age and cause. Documented deaths only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from marsad.export.codes import country_of
from marsad.export.entries import Entry, LeftOut, Share, Written
from marsad.export.frame import Format, Frame
from marsad.export.table import Value, csv_bytes
from marsad.model import Figure
from marsad.vocabulary import Status

COLUMNS = ("country", "year", "record", "status", "sex", "age", "cause", "deaths_low", "deaths_best", "deaths_high")
UNKNOWN = "unknown"
CAUSES = {
    "airstrike": "heavy weapons and explosive munitions",
    "shelling": "heavy weapons and explosive munitions",
    "bombing": "planted explosives and unexploded ordnance",
    "suicide_bombing": "planted explosives and unexploded ordnance",
    "landmine": "planted explosives and unexploded ordnance",
    "shooting": "small arms and light weapons",
    "ambush": "small arms and light weapons",
    "chemical": "chemical, biological, radiological or nuclear weapons",
    "beating": "objects and other means",
    "stabbing": "objects and other means",
    "torture": "objects and other means",
}
FORCES = frozenset({"government", "state_force", "police", "coalition", "international"})
PROTECTED = frozenset({"medics", "clergy", "aid_workers"})
OFFICES = frozenset({"police"})
SEX_OR_AGE = frozenset({"women", "children", "elderly"})


@dataclass(frozen=True, slots=True)
class Kind:
    """The four properties by which the indicator tells deaths apart."""

    status: str
    sex: str
    age: str
    cause: str


Key = tuple[str, int, Kind]


def write(entries: Sequence[Entry], frame: Frame) -> Written:
    """Return the table of documented deaths; what would tell few people apart is shown without sex and age."""
    sums: dict[Key, list[Figure]] = {}
    left_out = []
    for one in entries:
        why = _why_not(one)
        if why:
            left_out.append(LeftOut("incident", why, one.id))
            continue
        country = country_of(one.place.country)
        for kind, figure in split(one):
            key = (country.iso3 if country else "", one.start.year if one.start else 0, kind)
            sums.setdefault(key, []).append(figure)
    cells = {key: add(figures) for key, figures in sums.items()}
    shown, folded = fold_small(cells, frame.profile.small_cell)
    few = f"it holds fewer than {frame.profile.small_cell} people"
    left_out += [LeftOut("sex and age of a small cell", few)] * folded
    rows = [_row(key, shown[key]) for key in sorted(shown, key=_order)]
    return Written(csv_bytes(COLUMNS, rows), len(rows), tuple(left_out))


def _why_not(one: Entry) -> str | None:
    if one.killed is None or one.killed.best < 1:
        return "nobody was killed"
    if one.start is None or country_of(one.place.country) is None:
        return "the indicator asks for a year and a country"
    return None


def split(one: Entry) -> list[tuple[Kind, Figure]]:
    """Return an incident's killed by kind: its claims where they add up, the parts told within them, and the rest."""
    killed = one.killed or Figure(0, 0, 0)
    cause = cause_of(one)
    shares = one.shares or (Share(killed, "exact", _whole_status(one)),)
    found = [(_kind(share, cause), share.figure) for share in shares]
    if len(shares) == 1:
        found = _with_parts(shares[0], one.parts, cause)
    if sum(figure.best for _, figure in found) != killed.best:
        return [(Kind(UNKNOWN, UNKNOWN, UNKNOWN, cause), killed)]
    return found


def cause_of(one: Entry) -> str:
    """Return the cause that the means tell; a bombing by a state's forces is one by heavy weapons, not by a plant."""
    if one.means == "bombing" and any(p.kind in FORCES and p.basis != "denied" for p in one.perpetrators):
        return CAUSES["airstrike"]
    return CAUSES.get(one.means or "", UNKNOWN)


def _with_parts(whole: Share, parts: Iterable[Share], cause: str) -> list[tuple[Kind, Figure]]:
    """Take what is told apart by sex or age out of the whole; the rest keeps the status that the whole has."""
    base = _kind(whole, cause)
    inner = [(_kind(part, cause, base.status), part.figure) for part in parts]
    told = [(kind, figure) for kind, figure in inner if kind != base and _is_disjoint(kind, inner)]
    taken = sum(figure.best for _, figure in told)
    if not told or taken > whole.figure.best:
        return [(base, whole.figure)]
    rest = whole.figure.best - taken
    high = None if whole.figure.high is None else max(whole.figure.high - taken, rest)
    remainder = Figure(max(whole.figure.low - taken, 0), rest, high)
    return [*told, (base, remainder)] if rest else told


def _is_disjoint(kind: Kind, others: Sequence[tuple[Kind, Figure]]) -> bool:
    """Say whether nobody of a kind can be of another that is told beside it: parts of one figure may overlap."""
    return sum(1 for other, _ in others if _may_overlap(kind, other)) == 1


def _may_overlap(one: Kind, other: Kind) -> bool:
    return all(a == b or UNKNOWN in (a, b) for a, b in ((one.sex, other.sex), (one.age, other.age))) and (
        one.status == other.status or UNKNOWN in (one.status, other.status)
    )


def _kind(share: Share, cause: str, status: str | None = None) -> Kind:
    groups = set(share.groups)
    sex = "woman" if groups & SEX_OR_AGE == {"women"} else UNKNOWN
    own = _status(share)
    return Kind(own if own != UNKNOWN or status is None else status, sex, _age(groups), cause)


def _age(groups: set[str]) -> str:
    if "children" in groups:
        return UNKNOWN if groups & {"women", "elderly"} else "child (under 18)"
    return "adult (18 and over)" if groups & {"women", "elderly"} else UNKNOWN


def _status(share: Share) -> str:
    if share.status == "civilian":
        return "other protected person" if set(share.groups) & PROTECTED else "civilian"
    if share.status == "combatant":
        is_force = share.actor_kind in FORCES or bool(set(share.groups) & OFFICES)
        return "member of armed forces" if is_force else "person directly participating in hostilities"
    return UNKNOWN


def _whole_status(one: Entry) -> Status:
    statuses = {victim.status for victim in one.victims}
    return statuses.pop() if len(statuses) == 1 else "unknown"


def add(figures: Sequence[Figure]) -> Figure:
    """Return the sum of figures of different people; one open end opens it."""
    highs = [figure.high for figure in figures]
    high = None if None in highs else sum(high for high in highs if high is not None)
    return Figure(sum(f.low for f in figures), sum(f.best for f in figures), high)


def fold_small(cells: dict[Key, Figure], least: int) -> tuple[dict[Key, Figure], int]:
    """Return the cells with those of fewer than `least` people put to "unknown" sex and age, and how many these were.

    Totals stay: the people are counted in the row of their status and cause whose sex and age is unknown.
    """
    out: dict[Key, list[Figure]] = {}
    folded = 0
    for key, figure in cells.items():
        country, year, kind = key
        small = figure.best < least and (kind.sex, kind.age) != (UNKNOWN, UNKNOWN)
        folded += small
        shown = Kind(kind.status, UNKNOWN, UNKNOWN, kind.cause) if small else kind
        out.setdefault((country, year, shown), []).append(figure)
    return {key: add(figures) for key, figures in out.items()}, folded


def _row(key: Key, figure: Figure) -> dict[str, Value]:
    country, year, kind = key
    return {
        "country": country,
        "year": year,
        "record": "documented",
        "status": kind.status,
        "sex": kind.sex,
        "age": kind.age,
        "cause": kind.cause,
        "deaths_low": figure.low,
        "deaths_best": figure.best,
        "deaths_high": figure.high,
    }


def _order(key: Key) -> tuple[str, int, str, str, str, str]:
    country, year, kind = key
    return country, year, kind.status, kind.sex, kind.age, kind.cause


FORMAT = Format(
    "sdg16",
    "SDG 16.1.2 table: status × sex × age × cause, by country and year",
    ".csv",
    write,
    (
        "Documented deaths only (record says so). Estimated undocumented deaths are another ledger; Marsad makes none "
        "and none is mixed in.",
        "Running totals are not added: they stand beside the incidents.",
        "Sex and age are those that the reports' words tell of a group (women, children, elderly); groups that may "
        "overlap are not told apart.",
        "Members of a state's forces are members of armed forces, other combatants persons directly participating in "
        "hostilities, medics, clergy and aid workers other protected persons.",
        "A cell of fewer people than the profile's small_cell is counted under unknown sex and age.",
    ),
    "The categories against Every Casualty's account of the indicator's minimum; sums tested against the ledger.",
    "The metadata sheet of the indicator itself, so the order and spelling of categories; clergy and aid workers as "
    "protected persons.",
)
