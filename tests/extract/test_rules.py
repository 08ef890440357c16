"""Reports in our own words, and the claims that a careful reader takes from them."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.check import check_reading
from marsad.extract.rules import find_claims
from marsad.model import Claim, Reading, Report


def claims_of(text: str) -> tuple[Claim, ...]:
    return find_claims(Report("r", text)).claims


def figures(text: str) -> list[tuple[str, int | None]]:
    return [(claim.harm, claim.count.stated) for claim in claims_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels killed 14 guards at the depot.", [("killed", 14)]),
        ("Fourteen guards were killed at the depot.", [("killed", 14)]),
        ("The killing of three nurses shocked the town.", [("killed", 3)]),
        ("The death toll has risen to 41, rescuers said.", [("killed", 41)]),
        ("The mayor put the toll at 17.", [("killed", 17)]),
        ("The bomber killed himself and four others.", [("killed", 1), ("killed", 4)]),
        ("The number of people killed has climbed to 19, the clinic said.", [("killed", 19)]),
        ("The number of wounded stood at six.", [("injured", 6)]),
        ("The number of displaced people now stands at about 4.5 million citizens.", [("displaced", 4_500_000)]),
        ("The drought took a heavy toll on the herds, and 40 shops closed.", []),
        ("A shell hit the bakery, leaving 12 people dead.", [("killed", 12)]),
        ("The blast claimed the lives of seven dockers.", [("killed", 7)]),
        ("Gunmen kill 16 in market raid", [("killed", 16)]),
        ("Three shepherds were killed and five others injured.", [("killed", 3), ("injured", 5)]),
        ("The strike killed four clerks and wounded nine.", [("killed", 4), ("injured", 9)]),
        ("Nine miners, including two boys, were killed.", [("killed", 9), ("killed", 2)]),
        ("Six sailors were kil*led and two inj-ured.", [("killed", 6), ("injured", 2)]),
        ("The army arrested 30 students on campus.", [("detained", 30)]),
        ("Bandits kidnapped 11 pupils from a school.", [("abducted", 11)]),
        ("Some 4,000 people were displaced by the fighting.", [("displaced", 4000)]),
        ("Five fishermen went missing after the raid.", [("missing", 5)]),
        ("A grocer and his four sons were killed.", [("killed", 5)]),
        ("Two drivers and a cook were killed.", [("killed", 3)]),
        ("8 people: five soldiers and three farmers, were killed.", [("killed", 8), ("killed", 5), ("killed", 3)]),
        ("A senior commander was among three fighters killed.", [("killed", 1), ("killed", 3)]),
        ("Omar Hadi, 35, was shot dead.", [("killed", 1)]),
        ("More than 20 others sustained various injuries.", [("injured", 20)]),
        ("No fewer than 17 weavers perished.", [("killed", 17)]),
        (
            "The storm of fire claimed two lives; at least 90 lives were lost last year.",
            [("killed", 2), ("killed", 90)],
        ),
        ("There were 21 homicides in the port last year.", [("killed", 21)]),
        ("The body of a 19-year-old tailor was found.", [("killed", 1)]),
        ("Divers recovered the bodies of two oarsmen.", [("killed", 2)]),
        ("Four men were found inside the van dead.", [("killed", 4)]),
        ("The deaths on Monday of six miners were mourned.", [("killed", 6)]),
        ("A son, Samir Haddad, was killed.", [("killed", 1)]),
        ("Dr. Samir Haddad, an oculist (51 years old), was killed.", [("killed", 1)]),
        ("Two pupils, ages 6 and 9, were killed.", [("killed", 2)]),
        ("The farmer shot himself.", [("injured", 1)]),
        ("Two bombers blew themselves up at the gate.", [("killed", 2)]),
        ("A girl was grazed by a bullet.", [("injured", 1)]),
        ("A cyclist was hit in the leg.", [("injured", 1)]),
        ("Five clerks are in critical but stable condition.", [("injured", 5)]),
        ("Three porters are still in the hospital.", [("injured", 3)]),
        ("A waiter was treated and released from a clinic.", [("injured", 1)]),
        ("He was jailed after fatally shooting his tenant.", [("killed", 1), ("detained", 1)]),
        ("The shooting of a baker shocked the town.", [("injured", 1)]),
        ("The fatal shooting of a baker shocked the town.", [("killed", 1)]),
        ("A nurse was accidentally shot.", [("injured", 1)]),
        ("One cook was killed and two others badly hurt on Sunday.", [("killed", 1), ("injured", 2)]),
        ("On Oct. 12 gunmen killed a clerk.", [("killed", 1)]),
        ("Huda Omari (62) was killed along with her daughters Rana Badr (25) and Mona Badr (23).", [("killed", 1)] * 3),
        ("Siblings Munir, Adel, and Yahya were killed by a bomb.", [("killed", 1)] * 3),
        ("Salim Nasri, a teacher, and Adel Fodil were killed.", [("killed", 1)] * 2),
        (
            "Friends named the victims as Awni Badr, 15 years old, Rakan Badr, four years old, and Zaid Badr.",
            [("killed", 1)] * 3,
        ),
        ("Two dockers, 25-year-old Ali Nur and Omar Nur, were killed.", [("killed", 2), *[("killed", 1)] * 2]),
        (
            "The shell killed two clerks, Anwar Badr, a poet, and his son Adel Badr.",
            [("killed", 2), *[("killed", 1)] * 2],
        ),
        ("A man died in the fire. The victim was identified as Omar Fodil.", [("killed", 1)] * 2),
        ("A man died in the fire. The suspect was identified as Omar Fodil.", [("killed", 1)]),
        ("The raid wiped out a family of six.", [("killed", 6)]),
        ("The number of those displaced since June has reached 9,000 families.", [("displaced", 9000)]),
        ("Baker, one other killed in attack on village", [("killed", 2)]),
        ("On 5 January, Carlos Rojas, mayor of the port, was killed.", [("killed", 1)]),
        ("Also killed in the raid were 47-year old Munir Nasri and his daughter Huda Nasri.", [("killed", 1)] * 2),
    ],
)
def test_harm_is_found(text: str, expected: list[tuple[str, int | None]]) -> None:
    assert sorted(figures(text), key=str) == sorted(expected, key=str)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No soldiers were killed in the raid.",
        "More than 300 sheep were killed by the frost.",
        "Twelve trucks were destroyed and nine houses burned.",
        "He was sentenced to 20 years for the attack.",
        "The convoy drove 40 kilometres to the border.",
        "Some 2,000 troops are stationed near the dam.",
        "Casualties were reported.",
        "The film won 11 awards and 40 votes.",
        "They planned to kill the minister.",
    ],
)
def test_what_is_no_claim_is_left_alone(text: str) -> None:
    assert claims_of(text) == ()


REPORT = (
    "{city}: Insurgents have killed more than 40 army-backed fighters in 72 hours, a watchdog said on Friday.\n\n"
    "Since Tuesday, {one} militants have killed 25 pro-government fighters in army-held parts of northern and western "
    "{land}, the {watchdog} said.\n\n"
    "On Friday, insurgents tied to {two} attacked government troops outside the southern region of {region}, killing "
    "16 soldiers, it said.\n\n"
    "The civil war has killed more than 210,000 people since starting in 2012.\n\n"
    "Government forces hold most of the plain, but {one} is still present there.\n\n"
    "Since Tuesday they have killed 19 soldiers and allied militiamen, including three army officers, in the hills "
    "north of {place} province, the Observatory said.\n\n"
    "The Observatory also said {one} fighters killed another six soldiers and militiamen in the western "
    "province of {other} on Tuesday night.\n\n"
    "Friday's attack by a {two} affiliate on the southern outskirts of {town} city killed 11 soldiers while an ambush "
    "by {two}-linked insurgents took the lives of five more pro-government fighters in the south of {last} province."
)
NAMES = [
    {
        "city": "Amman", "land": "Syria", "one": "IS", "two": "HTS", "watchdog": "Syrian Observatory for Human Rights",
        "region": "Hama", "place": "Raqqa", "other": "Daraa", "town": "Idlib", "last": "Tartus",
    },
    {
        "city": "Nairobi", "land": "Somalia", "one": "Shabaab", "two": "Ansar", "watchdog": "Horn Observatory",
        "region": "Bay", "place": "Gedo", "other": "Bakool", "town": "Baidoa", "last": "Mudug",
    },
]  # fmt: skip


@pytest.mark.parametrize("names", NAMES)
def test_an_agency_report_is_read_whole(names: dict[str, str]) -> None:
    claims = claims_of(REPORT.format(**names))
    assert [c.count.stated for c in claims] == [40, 25, 16, 210_000, 19, 3, 6, 11, 5]
    assert {c.harm for c in claims} == {"killed"}
    assert [c.count.qualifier for c in claims] == ["more_than", *["exact"] * 2, "more_than", *["exact"] * 5]
    assert [c.scope for c in claims] == ["period", "period", "period", "cumulative", *["incident"] * 5]
    doers = [c.perpetrators[0].text if c.perpetrators else "" for c in claims]
    one, two = names["one"], names["two"]
    assert doers == [
        "Insurgents",
        f"{one} militants",
        f"insurgents tied to {two}",
        "",
        one,
        one,
        f"{one} fighters",
        f"a {two} affiliate",
        f"{two}-linked insurgents",
    ]
    places = [c.where.text if c.where else None for c in claims]
    assert places[4:] == [
        f"the hills north of {names['place']} province",
        f"the hills north of {names['place']} province",
        f"the western province of {names['other']}",
        f"the southern outskirts of {names['town']} city",
        f"the south of {names['last']} province",
    ]
    times = [c.when.text if c.when else None for c in claims]
    assert times[:5] == ["in 72 hours", "Since Tuesday", "On Friday", "since starting in 2012", "Since Tuesday"]
    assert times[6] == "on Tuesday night"
    sources = [c.according_to.text if c.according_to else None for c in claims]
    assert sources == [
        "a watchdog",
        f"the {names['watchdog']}",
        f"the {names['watchdog']}",
        None,
        "the Observatory",
        "the Observatory",
        "The Observatory",
        None,
        None,
    ]
    assert claims[8].means == "ambush"


@pytest.mark.parametrize("loaded", ["terrorists", "martyrs", "heroes", "criminals"])
def test_loaded_words_change_no_claim(loaded: str) -> None:
    text = "Shells fell on the depot. Nine {} were killed and four wounded, the mayor said."
    plain = [(c.harm, c.count, c.scope, c.modality, c.victims.status) for c in claims_of(text.format("men"))]
    assert [(c.harm, c.count, c.scope, c.modality, c.victims.status) for c in claims_of(text.format(loaded))] == plain


@pytest.mark.parametrize("doer", ["Israeli", "Russian", "Turkish", "American", "Rebel", "Saudi"])
def test_other_doers_give_the_same_claims(doer: str) -> None:
    (claim,) = claims_of(f"A {doer} drone strike killed seven farmers near Rumah on Sunday.")
    assert (claim.harm, claim.count.stated, claim.victims.status, claim.means) == ("killed", 7, "civilian", "airstrike")
    assert [p.text for p in claim.perpetrators] == [doer]


def test_a_feared_toll_is_only_possible() -> None:
    claims = claims_of("At least 20 villagers are feared dead after the raid.")
    assert [c.modality for c in claims] == ["possible"]


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_a_sound_reading(text: str) -> None:
    report = Report("r", text)
    assert check_reading(Reading(report, find_claims(report).claims)) == []


WORDS = st.sampled_from(
    [
        "killed",
        "wounded",
        "soldiers",
        "three",
        "the",
        "of",
        "and",
        ",",
        ".",
        "(",
        ")",
        ":",
        "dead",
        "12",
        "2019",
        "by",
        "in",
        "Homs",
        "was",
        "were",
        "including",
        "toll",
        "children",
        "Ali",
        "with",
        "more",
        "than",
        "\n",
    ]
)


@given(st.lists(WORDS, max_size=40))
@settings(max_examples=150, deadline=None)
def test_any_heap_of_words_gives_a_sound_reading(words: list[str]) -> None:
    report = Report("r", " ".join(words))
    claims = find_claims(report).claims
    assert check_reading(Reading(report, claims)) == []
    assert claims == find_claims(report).claims


def test_a_long_text_is_read_in_good_time() -> None:
    text = "Two guards were killed and nine others were injured in a raid on the port, the mayor said.\n\n" * 400
    start = time.process_time()
    assert len(claims_of(text)) == 800
    assert time.process_time() - start < 8


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("A bomb on 7 May killed 17 people in Aleppo.", "asserted"),
        ("The strike in May killed five men.", "asserted"),
        ("On the 3rd May killed 12 rebels.", "asserted"),
        ("The storm may kill 40 people.", "hypothetical"),
    ],
)
def test_a_month_is_no_doubt(text: str, modality: str) -> None:
    assert [claim.modality for claim in find_claims(Report("r", text)).claims] == [modality]
