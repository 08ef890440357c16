"""Bad input meets a clear message: what, where, what to do; the rest goes on, and no traceback without --debug."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from marsad.cli import main

MARSAD = Path(sys.executable).parent / "marsad"
GOOD = {"id": "good", "text": "Gunmen killed four farmers near Gao on Monday, the mayor said."}


@dataclass(frozen=True)
class Ran:
    """What a run of the program left behind."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.out.splitlines()]


def marsad(*words: str | Path, stdin: bytes = b"") -> Ran:
    """Run the program within this process, from its entry point on, as a user would run it."""

    @click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
    @click.argument("rest", nargs=-1, type=click.UNPROCESSED)
    def program(rest: tuple[str, ...]) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("MARSAD_DEBUG", raising=False)
            patch.setattr(sys, "argv", ["marsad", *rest])
            main()

    done = CliRunner().invoke(program, [str(word) for word in words], input=stdin)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Ran(done.exit_code, done.stdout, done.stderr)


def marsad_apart(*words: str | Path, stdin: bytes = b"") -> Ran:
    """Run the installed program as a process of its own: slower, and exactly what a user runs."""
    environment = {name: value for name, value in os.environ.items() if name != "MARSAD_DEBUG"}
    done = subprocess.run([MARSAD, *words], input=stdin, capture_output=True, timeout=120, env=environment)
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def read_rows(*words: str | Path, stdin: bytes = b"") -> Ran:
    return marsad("read", *words, "--format", "jsonl", stdin=stdin)


def write(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def lines(*rows: object) -> str:
    return "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows) + "\n"


# Texts that hold nothing to count are read, and nothing is found in them.

NOTHING = {
    "empty": "",
    "only spaces": " \n\t\n ",
    "no numbers": "The envoy spoke of hope and went home.",
    "numbers without harm": "It sent 24 tanks over 40 km for 12 million dollars on 3 May 2020, by 15 votes to 2.",
    "marks": "?!… ,,, --- *** (((( )))) \u201c\u201d",
    "control characters": "\x01\x02\x03\x07\x1b[31mred\x1b[0m \x7f\u200b\u2028\u2029\ufeff",
    "right to left": "وصل المراقبون إلى المدينة صباح اليوم. \u202eabc\u202c \u2067שלום\u2069",
    "one long word": "a" * 20_000,
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING.keys())
def test_a_text_without_claims_is_read_and_holds_none(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, "reports.jsonl", lines({"id": "x", "text": text}))
    ran = read_rows(path)
    assert (ran.code, ran.rows[0]["claims"], ran.rows[0]["id"]) == (0, [], "x")


def test_an_empty_file_is_an_empty_report(tmp_path: Path) -> None:
    ran = marsad("read", write(tmp_path, "report.txt", b""))
    assert ran.code == 0


def test_nothing_on_standard_input_is_an_empty_report() -> None:
    assert marsad("read", "-").code == 0


# Files that are no text, or text in another encoding.


def test_binary_bytes_are_refused_by_name(tmp_path: Path) -> None:
    path = write(tmp_path, "picture.txt", bytes(range(256)) * 50)
    ran = marsad("read", path)
    assert (ran.code, ran.out) == (1, "")
    assert "picture.txt" in ran.err and "binary" in ran.err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_common_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    text = "Des hommes armés: gunmen killed four farmers near Ménaka on Monday, the café owner said. " * 5
    ran = read_rows(write(tmp_path, "report.txt", text.encode(encoding)))
    assert ran.code == 0
    assert "farmers near M" in json.dumps(ran.rows[0]) or ran.rows[0]["claims"]


def test_a_file_that_is_not_there_is_named_and_the_next_is_read(tmp_path: Path) -> None:
    good = write(tmp_path, "good.jsonl", lines(GOOD))
    ran = read_rows(tmp_path / "nowhere.txt", good)
    assert ran.code == 1 and "nowhere.txt" in ran.err
    assert [row["id"] for row in ran.rows] == ["good"]


def test_an_empty_folder_is_told_by_name(tmp_path: Path) -> None:
    ran = marsad("read", tmp_path)
    assert ran.code == 1 and "folder" in ran.err


# JSON Lines: a bad line is named, the rest goes on, the exit code tells.

BAD_LINES = {
    "cut off": '{"id": "b", "text": "half',
    "not JSON": "gunmen killed four farmers",
    "a list": "[1, 2, 3]",
    "a number": "17",
    "no text": '{"id": "b"}',
    "text is a number": '{"id": "b", "text": 12}',
    "text is null": '{"id": "b", "text": null}',
    "nested too deeply": "[" * 100_000,
    "an endless number": '{"id": "b", "text": ' + "9" * 10_000 + "}",
}


@pytest.mark.parametrize("bad", BAD_LINES.values(), ids=BAD_LINES.keys())
def test_a_bad_line_is_named_and_the_rest_is_read(tmp_path: Path, bad: str) -> None:
    path = write(tmp_path, "reports.jsonl", lines(GOOD, bad, GOOD | {"id": "last"}))
    ran = read_rows(path)
    assert ran.code == 1
    assert "reports.jsonl" in ran.err and "line 2" in ran.err
    assert [row["id"] for row in ran.rows] == ["good", "last"]


def test_blank_lines_are_no_fault(tmp_path: Path) -> None:
    ran = read_rows(write(tmp_path, "reports.jsonl", "\n\n" + lines(GOOD) + "\n\n"))
    assert (ran.code, len(ran.rows)) == (0, 1)


def test_windows_line_ends_are_no_fault(tmp_path: Path) -> None:
    ran = read_rows(write(tmp_path, "reports.jsonl", lines(GOOD, GOOD).replace("\n", "\r\n")))
    assert (ran.code, len(ran.rows)) == (0, 2)


@pytest.mark.parametrize("value", ["yesterday", "2024-13-45", "", "0000-00-00", 20240504, ["2024"]])
def test_an_unknown_date_is_named_and_the_report_is_read_without_it(tmp_path: Path, value: object) -> None:
    path = write(tmp_path, "reports.jsonl", lines(GOOD | {"published": value}))
    ran = read_rows(path)
    assert [row["id"] for row in ran.rows] == ["good"]
    assert ran.rows[0]["report"]["published"] is None or value == 20240504  # type: ignore[index]
    assert ran.code in (0, 1) and (ran.code == 0 or "line 1" in ran.err)


def test_a_bad_publication_date_on_the_command_line_says_how_to_write_it(tmp_path: Path) -> None:
    path = write(tmp_path, "report.txt", GOOD["text"])
    ran = marsad("read", path, "--published", "last Monday")
    assert ran.code in (1, 2) and "2019-04-20" in ran.err


def test_lone_surrogates_are_read_and_written_as_replacement_characters(tmp_path: Path) -> None:
    row = '{"id": "s\\ud800", "text": "Gunmen \\udfff killed four farmers near Gao.", "title": "\\ud83d"}'
    ran = read_rows(write(tmp_path, "reports.jsonl", row))
    assert ran.code == 0 and len(ran.rows) == 1
    assert "\ufffd" in str(ran.rows[0]["id"])


HUGE_NUMBERS = [
    "9" * 400,
    pytest.param("9" * 6000, marks=pytest.mark.xfail(strict=False, reason="Python reads no number of 4,300 digits")),
    "1" + ",000" * 300,
    "ninety-nine billion",
    "1e999",
]


@pytest.mark.parametrize("number", HUGE_NUMBERS)
def test_huge_numbers_break_nothing(tmp_path: Path, number: str) -> None:
    text = f"Gunmen killed {number} farmers near Gao. Then they killed two drivers."
    ran = read_rows(write(tmp_path, "reports.jsonl", lines({"id": "x", "text": text})))
    assert ran.code == 0 and len(ran.rows) == 1


def test_ids_of_other_types_are_given_back_as_text(tmp_path: Path) -> None:
    ran = read_rows(write(tmp_path, "reports.jsonl", lines(GOOD | {"id": 12})))
    assert str(ran.rows[0]["id"]) == "12"


# Size: the time grows with the length of the text, and no faster.


def test_half_a_megabyte_of_text_without_harm_is_read(tmp_path: Path) -> None:
    sentence = "The council met on the third day and spoke of roads, water and 14 schools. "
    path = write(tmp_path, "long.txt", sentence * (500_000 // len(sentence)))
    ran = read_rows(path)
    assert ran.code == 0 and ran.rows[0]["claims"] == []


def test_a_hundred_thousand_letters_without_a_space_are_read(tmp_path: Path) -> None:
    assert read_rows(write(tmp_path, "long.txt", "killed4" * 15_000)).code == 0


# The command line itself.


def test_an_unknown_option_is_a_fault_of_the_command_line() -> None:
    assert marsad("read", "--no-such-option", "-").code == 2


def test_evaluate_names_the_file_and_line(tmp_path: Path) -> None:
    reports = write(tmp_path, "reports.jsonl", lines(GOOD))
    gold = write(tmp_path, "gold.jsonl", lines({"doc": "good", "claims": []}, "{broken"))
    ran = marsad("evaluate", reports, gold)
    assert ran.code == 1 and "gold.jsonl, line 2" in ran.err


def test_evaluate_refuses_an_extractor_that_is_not_there(tmp_path: Path) -> None:
    reports = write(tmp_path, "reports.jsonl", lines(GOOD))
    gold = write(tmp_path, "gold.jsonl", lines({"doc": "good", "claims": []}))
    ran = marsad("evaluate", reports, gold, "--extractor", "crystal-ball")
    assert ran.code in (1, 2) and "crystal-ball" in ran.err


# The same as processes of their own, since what a user runs is the installed program.


def test_the_installed_program_reads_standard_input() -> None:
    ran = marsad_apart("read", "-", "--format", "jsonl", stdin=lines(GOOD).encode())
    assert (ran.code, ran.rows[0]["id"]) == (0, "good")


def test_the_installed_program_says_what_is_wrong_without_a_traceback(tmp_path: Path) -> None:
    path = write(tmp_path, "reports.jsonl", lines(GOOD, "{broken", GOOD))
    ran = marsad_apart("read", path, tmp_path / "nowhere.txt", "--format", "jsonl")
    assert (ran.code, len(ran.rows)) == (1, 2)
    assert "line 2" in ran.err and "nowhere.txt" in ran.err and "Traceback" not in ran.err


def test_debug_shows_the_traceback(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere.jsonl"
    ran = marsad_apart("--debug", "evaluate", missing, missing)
    assert ran.code != 0 and "Traceback" in ran.err
    assert "Traceback" not in marsad_apart("evaluate", missing, missing).err
