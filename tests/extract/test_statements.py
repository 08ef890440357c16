"""What else a report says: text and expectation, kind by kind; spans always stand in the text."""

from hypothesis import given
from hypothesis import strategies as st

from marsad.check import check_reading
from marsad.model import Reading, Report, Statement
from marsad.reading import read_statements


def statements(text: str, kind: str) -> list[Statement]:
    return [one for one in read_statements(Report("r", text)) if one.kind == kind]


def words(one: Statement, slot: str) -> list[str]:
    return [found.text for found in one.slots.get(slot, ())]


def told(text: str, kind: str, *slots: str) -> list[tuple[str, ...]]:
    """Return, per statement of a kind, its terms and the words of some slots."""
    return [(*one.terms.values(), *(", ".join(words(one, slot)) for slot in slots)) for one in statements(text, kind)]


def test_responsibility_is_claimed_denied_blamed_and_unclaimed() -> None:
    assert told("Al-Shabaab claimed responsibility for the bombing in Mogadishu.", "responsibility", "actor") == [
        ("claimed", "Al-Shabaab")
    ]
    assert told("The Taliban denied any involvement in the attack.", "responsibility", "actor") == [
        ("denied", "Taliban")
    ]
    assert told("Officials blamed Boko Haram for the raid on the market.", "responsibility", "actor") == [
        ("blamed", "Boko Haram")
    ]
    assert told("No group has claimed responsibility for the blast.", "responsibility") == [("unclaimed",)]


def test_a_plain_killing_is_no_statement_of_responsibility() -> None:
    assert told("Rebels killed five soldiers near the bridge on Monday.", "responsibility") == []


def test_control_is_held_taken_lost_and_besieged() -> None:
    assert told("Rebels hold most of the city of Taiz.", "control", "actor", "place", "share") == [
        ("holds", "Rebels", "city of Taiz", "most")
    ]
    assert told("The army recaptured Palmyra on Sunday.", "control", "actor", "place") == [
        ("retakes", "army", "Palmyra")
    ]
    assert told("Kurdish fighters were driven out of Afrin.", "control", "actor", "place") == [
        ("loses", "Kurdish fighters", "Afrin")
    ]
    assert told("Mosul fell to IS fighters in 2014.", "control", "actor", "place") == [
        ("takes", "IS fighters", "Mosul")
    ]
    assert told("Shells hit rebel-held Idlib.", "control", "actor", "place") == [("holds", "rebel", "Idlib")]


def test_a_captured_person_is_no_captured_ground() -> None:
    assert told("The soldiers captured Omar Hadi on the road.", "control") == []


def test_relations_keep_their_direction() -> None:
    assert told("Iran-backed Houthis fired at the port.", "relation", "left", "right") == [("backs", "Iran", "Houthis")]
    assert told("A US-led coalition bombed the base.", "relation", "left", "right") == [("leads", "US", "coalition")]
    found = told("Hezbollah chief Hassan Nasrallah spoke on Friday.", "relation", "left", "right")
    assert found == [("leads", "Hassan Nasrallah", "Hezbollah")]
    assert told("Militants loyal to Islamic State fled.", "relation", "left", "right") == [
        ("affiliate", "Militants", "Islamic State")
    ]


def test_agreements_say_what_became_of_them() -> None:
    text = "A ceasefire between Israel and Hezbollah was agreed in November."
    assert told(text, "agreement", "parties") == [("ceasefire", "agreed", "Israel, Hezbollah")]
    assert told("Sudan and the rebels violated the truce.", "agreement")[0] == ("ceasefire", "broken")
    assert told("The UN called for a ceasefire in Gaza.", "agreement")[0] == ("ceasefire", "proposed")


def test_records_have_a_measure_and_a_window() -> None:
    found = told("It was the deadliest attack in Kabul since March 2021.", "record", "of", "window")
    assert found == [("highest", "attack", "since March 2021")]
    assert told("It was the second bombing in the town in 48 hours.", "record", "window") == [("rank", "in 48 hours")]
    assert told("The first deaths were at noon.", "record") == []


def test_pronouns_and_groups_are_put_in_place() -> None:
    text = "The Taliban attacked at dawn. They claimed responsibility for the attack."
    assert told(text, "responsibility", "actor") == [("claimed", "Taliban")]
    (one,) = statements(text.replace("They", "The group"), "responsibility")
    assert [slot.actor and slot.actor.id for slot in one.slots["actor"]] == ["taliban"]
    assert told("Israel, which occupied the Golan Heights in 1967, kept it.", "control", "actor")[0] == (
        "takes",
        "Israel",
    )


def test_words_are_resolved() -> None:
    (one,) = statements("Hezbollah claimed responsibility for the attack.", "responsibility")
    actor = one.slots["actor"][0].actor
    assert actor is not None
    assert actor.id == "hezbollah"


VOCABULARY = """
The rebels army Hezbollah Idlib Syria Russia took control of seized and the ceasefire was signed violated by who which
, . claimed responsibility for attack US-led coalition -held deadliest since March (SDF) “ ” its 35 no group
"""
WORDS = st.sampled_from(VOCABULARY.split())


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_every_span_stands_in_the_text(text: str) -> None:
    report = Report("r", text)
    assert check_reading(Reading(report, statements=read_statements(report))) == []


@given(st.text(max_size=120))
def test_no_text_breaks_the_reader(text: str) -> None:
    report = Report("r", text)
    assert check_reading(Reading(report, statements=read_statements(report))) == []
