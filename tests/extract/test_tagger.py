"""The learned reader: what it finds in plain sentences, and what must hold for any text."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.errors import DataFileError
from marsad.extract.tagger import find_claims
from marsad.extract.tagger_model import load_from, load_model
from marsad.extract.tagger_pairs import NUMBER_OF_FEATURES, Member, pair_features
from marsad.extract.tagger_spans import best_phrase, best_tags, distances, runs
from marsad.extract.tagger_windows import BODY_PIECES, windows
from marsad.model import Report

PLAIN = [
    (
        "Gunmen killed 12 villagers and wounded five others near the river on Monday, a police officer said.",
        {("killed", 12), ("injured", 5)},
    ),
    ("An airstrike on the market killed at least 31 people, according to the town's hospital.", {("killed", 31)}),
    ("Two teachers were abducted by armed men on the road to Kaya.", {("abducted", 2)}),
    ("The floods and the fighting displaced 4,000 people.", {("displaced", 4000)}),
]


def told(text: str) -> set[tuple[str, int | None]]:
    return {(claim.harm, claim.count.stated) for claim in find_claims(Report("r", text)).claims}


@pytest.mark.parametrize(("text", "expected"), PLAIN)
def test_plain_sentences(text: str, expected: set[tuple[str, int]]) -> None:
    assert expected <= told(text)


@pytest.mark.parametrize(
    "text",
    [
        "The army bought 40 tanks and moved them 12 kilometres north.",
        "The court sentenced him to 25 years and a fine of 300 dollars.",
        "Parliament passed the budget by 114 votes to 80.",
        "",
        "   \n ",
    ],
)
def test_what_is_no_harm_is_no_claim(text: str) -> None:
    assert told(text) == set()


def test_names_of_the_sides_change_nothing() -> None:
    frame = "Fighters of {} shot dead three farmers and wounded a child in the village on Friday."
    readings = [
        told(frame.format(name)) for name in ("the Northern Front", "the army", "the martyrs", "the terrorists")
    ]
    assert all(reading == readings[0] for reading in readings)


def test_broken_spellings_are_read() -> None:
    assert ("killed", 7) in told("Seven people were ki*lled by the ex*plosion in the bazaar.")


def test_roles_are_words_of_the_report() -> None:
    text = "Seven miners were shot dead by bandits near Anka on Tuesday, the state police said."
    (claim,) = find_claims(Report("r", text)).claims
    assert claim.extractor == "tagger"
    assert claim.count.stated == 7
    assert claim.where is not None
    assert "Anka" in (claim.where.text or "")
    assert claim.perpetrators[0].text == "bandits"
    assert claim.according_to is not None
    assert "police" in claim.according_to.text


@pytest.mark.parametrize("words", ["two passers-by", "two passers-by and a driver", "his two brothers-in-law"])
def test_a_span_ends_with_its_word(words: str) -> None:
    text = f"The blast killed {words}, medics said."
    claims = find_claims(Report("r", text)).claims
    ends = {claim.span.end for claim in claims} | {claim.victims.span.end for claim in claims if claim.victims.span}
    assert claims
    assert not any(text[end].isalpha() or text[end] == "-" for end in ends)


def test_a_title_is_read_only_where_there_is_no_text() -> None:
    title = "Rocket attack kills six people in Taiz"
    (claim,) = find_claims(Report("r", "", title=title)).claims
    assert (claim.span.within, claim.count.stated) == ("title", 6)
    assert claim.span.quote == title[claim.span.start : claim.span.end]
    assert not find_claims(Report("r", "The council met.", title=title)).claims


SNIPPETS = st.lists(
    st.sampled_from(
        [
            "Shells killed two women and a boy. ",
            "Nobody was hurt. ",
            "At least 15 soldiers, among them four officers, were wounded\n",
            "1 2 3 ",
            "• A man was shot dead in Aden\n\n",
            "KILLED: 9 ",
            "ÉTÉ «» ـ ",
            "The 27 dead include ",
        ]
    )
    | st.text(max_size=40),
    max_size=12,
).map("".join)


@settings(max_examples=40, deadline=None)
@given(SNIPPETS)
def test_every_span_quotes_the_text_and_reading_twice_gives_the_same(text: str) -> None:
    report = Report("r", text, title="Killed: 3 people")
    found = find_claims(report)
    for claim in found.claims:
        source = report.title or "" if claim.span.within == "title" else report.text
        spans = [claim.span, claim.victims.span, *(p.span for p in claim.perpetrators)]
        spans += [part.span for part in (claim.when, claim.where, claim.according_to) if part]
        for span in spans:
            assert span is None or source[span.start : span.end] == span.quote
        assert 0.0 <= claim.confidence <= 1.0
    assert [c.id for c in found.claims] == [f"c{n}" for n in range(1, len(found.claims) + 1)]
    assert {link.left for link in found.links} | {link.right for link in found.links} <= {c.id for c in found.claims}
    assert find_claims(report) == found


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Word. ", "Another sentence, longer than that one. ", "x" * 900, "\n", "7 "]), max_size=400
    )
)
def test_every_word_is_owned_by_one_window(parts: list[str]) -> None:
    text = "".join(parts)
    owned: list[int] = []
    for window in windows(text, load_model().tokenizer):
        assert len(window.ids) <= BODY_PIECES + 200
        owned += window.starts[window.owned].tolist()
    assert owned == sorted(set(owned))
    assert len(owned) == len({*owned})


def test_tags_to_runs() -> None:
    scores = np.full((6, 3), -4.0, np.float32)
    for at, tag in enumerate([0, 1, 2, 0, 2, 1]):
        scores[at, tag] = 4.0
    tags = best_tags(scores)
    assert tags[4] != 2, "an inside never follows an outside"
    assert (1, 2) in list(runs(tags))


def test_a_phrase_stays_in_its_sentence() -> None:
    starts, ends = np.zeros(6, np.float32), np.zeros(6, np.float32)
    starts[2], ends[4], ends[3] = 9.0, 9.0, 5.0
    first, last, _ = best_phrase(starts, ends, np.array([-1, 0, 0, 0, 1, 1]))
    assert (first, last) == (2, 3)


def test_distances_have_their_middle_on_the_first_word() -> None:
    apart = distances(2, 5).tolist()
    assert apart == sorted(apart)
    assert apart[2] == 12


def test_pair_features_have_a_fixed_number() -> None:
    text = "Five men died, including two boys."
    members = [Member(0, 8, "killed", 5, 0), Member(25, 33, "killed", 2, 0)]
    assert pair_features(text, members, 0, 1).shape == (NUMBER_OF_FEATURES,)


def test_a_damaged_file_is_refused_with_advice(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="missing"):
        load_from(tmp_path)
    card = {"sha256": {"encoder.onnx": "0" * 64}, "settings": {}}
    (tmp_path / "tagger.json").write_text(json.dumps(card), "utf-8")
    (tmp_path / "encoder.onnx").write_bytes(b"no graph")
    with pytest.raises(DataFileError, match="Install Marsad anew"):
        load_from(tmp_path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells fell on the camp: nine people killed and wounded, medics said.", {("casualties", 9)}),
        ("Raiders killed and injured seven guards at the mine on Sunday.", {("casualties", 7)}),
    ],
)
def test_one_number_for_dead_and_wounded_is_casualties(text: str, expected: set[tuple[str, int]]) -> None:
    assert told(text) == expected


def test_a_number_for_each_harm_is_two_claims() -> None:
    told_apart = told("The blast left nine people killed and wounded 14 others, the hospital said.")
    assert told_apart == {("killed", 9), ("injured", 14)}


QUIET = "The ferry leaves the pier at noon and comes back with fruit for the market. "
LOUD = "Raiders killed nine shepherds at the northern well. "


def sentences_read(text: str) -> list[int]:
    cut = windows(text, load_model().tokenizer, lambda start, end: "killed" in text[start:end])
    return sorted({int(sentence) for window in cut for sentence in window.sentence if sentence >= 0})


def test_only_the_lead_and_the_neighbours_of_what_is_worth_reading_are_read() -> None:
    assert sentences_read(QUIET * 20 + LOUD + QUIET * 20 + LOUD) == [0, *range(17, 24), *range(38, 42)]
    assert sentences_read(QUIET * 20) == []


def test_windows_of_a_text_that_is_read_in_part_keep_their_places() -> None:
    text = QUIET * 20 + LOUD + QUIET * 20 + LOUD
    for window in windows(text, load_model().tokenizer, lambda start, end: "killed" in text[start:end]):
        words = [text[a:b] for a, b in zip(window.starts[1:], window.ends[1:], strict=True)]
        assert all(word.strip() == word != "" for word in words)
        assert words.count("killed") == 2


def test_a_text_worth_reading_everywhere_is_cut_as_a_text_without_a_choice() -> None:
    text = (LOUD + QUIET) * 30
    whole = list(windows(text, load_model().tokenizer))
    chosen = list(windows(text, load_model().tokenizer, lambda *_: True))
    for one, other in zip(whole, chosen, strict=True):
        assert np.array_equal(one.ids, other.ids)
        assert np.array_equal(one.breaks, other.breaks)


def test_a_claim_in_a_long_quiet_text_is_found_where_it_stands() -> None:
    text = QUIET * 300 + LOUD + QUIET * 300
    claims = find_claims(Report("r", text)).claims
    assert [(claim.harm, claim.count.stated, claim.span.start) for claim in claims] == [
        ("killed", 9, text.index("nine shepherds"))
    ]
