"""What else a report says: text and expectation, kind by kind; spans always stand in the text."""

from hypothesis import given
from hypothesis import strategies as st

from marsad.check import check_reading
from marsad.extract.sentences import sentences_of
from marsad.extract.statements.phrases import line_of
from marsad.extract.statements.relations import find_relations
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


def test_control_is_told_by_positions_areas_and_gates() -> None:
    def control(text: str) -> list[tuple[str, ...]]:
        return told(text, "control", "actor", "place")

    assert control("Rebels are holed up in the old town of Taiz.") == [("holds", "Rebels", "old town of Taiz")]
    assert control("The army maintained positions in Palmyra.") == [("holds", "army", "Palmyra")]
    assert control("A bridge in Palmyra is guarded by the army.") == [("holds", "army", "bridge")]
    assert control("Aleppo has been occupied by rebels since May.") == [("holds", "rebels", "Aleppo")]
    assert control("The army did not take control of the southern district.") == [
        ("takes", "army", "southern district")
    ]
    assert control("THE REBELS HAVE LAID SIEGE TO THE BARRACKS.") == [("besieges", "REBELS", "BARRACKS")]
    assert control("Shells hit a village in Idlib, within areas controlled by the rebels.") == [
        ("holds", "rebels", "village")
    ]
    assert control("Troops of the army failed in attempts by the army to retake Aleppo.") == [
        ("contests", "army", "Aleppo")
    ]


def test_words_in_capitals_and_bare_ground_are_no_control() -> None:
    assert told("CLOTHES SEIZED THE SCHOOL ON MONDAY.", "control") == []
    assert told("The army has lost ground.", "control") == []


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


def test_what_was_only_wished_or_doubted_is_no_fact() -> None:
    def sure(text: str, kind: str) -> list[str]:
        return [one.modality for one in statements(text, kind)]

    assert sure("The army recaptured Palmyra on Sunday.", "control") == ["asserted"]
    assert sure("The army denied that rebels had captured Aleppo.", "control") == ["denied"]
    assert sure("It isn't true that rebels captured Aleppo.", "control") == ["denied"]
    assert sure("Hezbollah could have taken control of the town.", "control") == ["possible"]
    assert sure("The army will retake Palmyra.", "control") == ["planned"]
    assert sure("If rebels seize Aleppo, the road is cut.", "control") == ["hypothetical"]


def test_capitals_throughout_leave_plain_words_plain() -> None:
    text = "OUR TROOPS TOOK FULL CONTROL OF THE VILLAGE BEFORE DAWN."
    assert told(text, "control", "actor", "place") == [("takes", "OUR TROOPS", "VILLAGE")]
    text = "THE AUTHORITIES ATTRIBUTED THE MURDER TO HEZBOLLAH [PARTY OF GOD]."
    assert told(text, "responsibility", "actor") == [("blamed", "HEZBOLLAH [PARTY OF GOD]")]


def test_a_subject_or_a_ground_may_stand_further_off() -> None:
    text = "The town of Idlib, founded by traders and now under the control of Turkish forces, was shelled."
    assert told(text, "control", "actor", "place") == [("holds", "Turkish forces", "town of Idlib")]
    text = "Hezbollah – long the strongest of them – declared the liberation of Aleppo."
    assert told(text, "control", "actor", "place") == [("takes", "Hezbollah", "Aleppo")]
    text = "Troops shelled Kurdish-held areas in Syria."
    assert told(text, "control", "actor", "place") == [("holds", "Kurdish", "areas in Syria")]


def test_who_suffered_a_deed_or_is_nobody_is_not_blamed() -> None:
    assert told("A trader was allegedly killed in the attack.", "responsibility") == []
    assert told("The mayor accused no group of the attack.", "responsibility") == []
    assert told("Israeli warplanes allegedly hit the school.", "responsibility", "actor") == [
        ("blamed", "Israeli warplanes")
    ]


def test_doubt_belief_and_guilt_blame_a_party() -> None:
    for text, actor in (
        ("Police are convinced the Taliban killed the judge.", "Taliban"),
        ("The bridge was allegedly blown up by the Taliban.", "Taliban"),
        ("Residents demanded an inquiry into the participation of the Taliban in the massacre.", "Taliban"),
        ("The village was shelled by Hezbollah, whom the ministry accuses of three bombings.", "Hezbollah"),
        ("THE JUDGE SAID THE TALIBAN WERE THE AUTHORS OF THE MASSACRE.", "TALIBAN"),
        ("The traces were consistent with an Israeli airstrike.", "Israeli"),
        ("Suspected Boko Haram militants kill nine in a raid on two villages.", "Boko Haram militants"),
    ):
        assert told(text, "responsibility", "actor") == [("blamed", actor)], text


def test_parts_of_a_deed_are_denied_and_own_strikes_declared() -> None:
    text = "The Taliban today denied that any of their members participated in the bombing."
    assert told(text, "responsibility", "actor") == [("denied", "Taliban")]
    text = "A school was hit in a declared Israeli airstrike."
    assert told(text, "responsibility", "actor") == [("claimed", "Israeli")]
    text = "Neither the rebels nor any other group has claimed the bombing."
    assert told(text, "responsibility") == [("unclaimed",)]


def test_who_asks_and_suspected_victims_are_not_blamed() -> None:
    assert told("The judge wants to know those who are responsible for the bombing.", "responsibility") == []
    assert told("Troops killed two suspected militants in an attack near the river.", "responsibility") == []
    assert told("Eight suspected terrorists were killed in the raid.", "responsibility") == []


def test_the_group_of_a_headline_is_the_only_one_that_the_text_names() -> None:
    text = "Bogota blames the group for the bombing. The attack came at noon. Hezbollah kept silent."
    (one,) = statements(text, "responsibility")
    assert [slot.actor and slot.actor.id for slot in one.slots["actor"]] == ["hezbollah"]


def test_ties_that_are_none() -> None:
    assert told("Clashes between soldiers and guerrillas went on.", "relation") == []
    assert told("The state-funded Al-Ahram reported the attack.", "relation") == []
    assert told("Police chief Omar Hadi spoke of the attack.", "relation") == []
    found = told("The war between Israel and Hezbollah began again.", "relation", "left", "right")
    assert found == [("rival", "Israel", "Hezbollah")]


def worded(text: str) -> list[tuple[str, ...]]:
    """Return the relations of a text in which no name is known."""
    drafts = [draft for sentence in sentences_of(text) for draft in find_relations(line_of(sentence, ()))]
    return sorted(
        (one.terms["relation"], *(text[slice(*one.slots[name][0])] for name in ("left", "right"))) for one in drafts
    )


def test_who_leads_is_told_by_rule_and_command() -> None:
    assert ("leads", "OMAR HADI", "GOVERNMENT") in worded("THE GUERRILLAS OPPOSE OMAR HADI'S GOVERNMENT.")
    assert worded("THE IMPORTANT GOVERNMENT BUILDINGS BURNED.") == []
    assert worded("The government headed by Omar Hadi fell.") == [("leads", "Omar Hadi", "government")]
    assert worded("The rebels met with president Omar Hadi.") == []


def test_parts_and_people_are_tied_to_groups() -> None:
    text = "The Northern Brigade is a faction of the Northern Front."
    assert worded(text) == [("part_of", "Northern Brigade", "Northern Front")]
    text = "Police held four people linked to the Northern Front."
    assert worded(text) == [("affiliate", "people", "Northern Front")]


def test_what_is_not_agreed_yet_is_proposed() -> None:
    text = "Hezbollah and Israel are ready to sign a ceasefire."
    assert told(text, "agreement", "parties") == [("ceasefire", "proposed", "Hezbollah, Israel")]
    text = "Hezbollah will meet Israel in Egypt after the ceasefire broke down."
    assert told(text, "agreement") == [("ceasefire", "broken")]
    assert told("Diplomats kept attending the third round of peace talks.", "agreement") == []


def test_talks_are_told_by_verbs_too() -> None:
    text = "Hezbollah is willing to talk with Israel about peace."
    assert told(text, "agreement", "parties") == [("peace", "proposed", "Hezbollah, Israel")]
    text = "Hezbollah refuses to negotiate with Israel, and peace is far."
    assert told(text, "agreement", "parties") == [("peace", "refused", "Hezbollah, Israel")]
    text = "The rebels showed no willingness to join the peace process."
    assert told(text, "agreement") == [("peace", "refused")]


def test_who_is_told_to_keep_an_agreement_does_not_keep_it() -> None:
    text = "The UN demanded that Israel respect the peace agreement."
    assert told(text, "agreement") == []
    text = "Israel is not abiding by the peace agreement."
    assert told(text, "agreement") == [("peace", "broken")]
    assert told("Sudan signed the peace plan with the rebels.", "agreement") == [("peace", "agreed")]
    assert told("Israel decreed a unilateral truce.", "agreement") == [("ceasefire", "agreed")]


def test_a_window_ends_with_its_clause() -> None:
    text = "It was the deadliest attack since the war began in March when rebels killed nine soldiers."
    assert told(text, "record", "window") == [("highest", "since the war began in March")]
    assert told("The first days of this year were calm after the attack.", "record") == []


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
