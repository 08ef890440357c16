"""Languages are named where letters or the commonest words tell, and never guessed at."""

import pytest

from marsad.model import Report
from marsad.read.language import told_language, unread_language
from marsad.reading import make_reading

FRENCH = (
    "Des hommes armés ont attaqué le village dans la nuit de lundi à mardi et les habitants ont fui vers la ville,"
    " selon le maire, qui a demandé des secours pour les familles. Deux personnes sont mortes et une autre est blessée."
)


@pytest.mark.parametrize(
    ("words", "language"),
    [
        (FRENCH, "fr"),
        ("Hombres armados atacaron el pueblo en la noche del lunes y los vecinos huyeron hacia la ciudad, según el"
         " alcalde, que pidió ayuda para las familias. Dos personas fueron muertas por los disparos.", "es"),
        ("Am Montag haben Bewaffnete das Dorf angegriffen, und die Bewohner sind in die Stadt geflohen, wie der"
         " Bürgermeister sagte. Zwei Menschen wurden nach den Angaben der Polizei bei dem Angriff getötet.", "de"),
        ("هاجم مسلحون القرية ليلة الاثنين وفر السكان إلى المدينة وقتل شخصان", "ar"),
        ("افراد مسلح شب دوشنبه به روستا حمله کردند و پس از آن دو نفر کشته شدند", "fa"),
        ("Озброєні люди напали на село в понеділок уночі, і двоє загинули", "uk"),
        ("Вооруженные люди напали на деревню в ночь на понедельник, двое погибли", "ru"),
        ("Gunmen attacked the village on Monday night and the people who live there fled to the town, said the mayor,"
         " who has asked for help for the families. Two people were killed.", "en"),
    ],
)  # fmt: skip
def test_prose_tells_its_language(words: str, language: str) -> None:
    assert told_language(words) == language


@pytest.mark.parametrize(
    "words",
    [
        "Idlib: 12 killed",
        "Ahmed Hassan Ali (25), Omar Said Da Silva (31), Musa Na Ya Wa Kwa (7), " * 6,
        "Town Killed Injured\n" + "Ouallam 9 4\nTillaberi 3 11\nGao 5 0\n" * 12,
        "",
    ],
)
def test_names_headlines_and_tables_tell_none(words: str) -> None:
    assert unread_language(told_language(words)) is None


def test_a_report_in_another_language_is_kept_and_named_and_not_guessed_at() -> None:
    reading = make_reading(Report("r", FRENCH, language=told_language(FRENCH)))
    assert not reading.claims and not reading.incidents
    assert "French" in reading.warnings[0]


@pytest.mark.parametrize(
    ("language", "name"), [("fr-CA", "French"), ("FRENCH", "French"), ("en-GB", None), (None, None)]
)
def test_the_callers_word_for_a_language_is_understood(language: str | None, name: str | None) -> None:
    assert unread_language(language) == name
