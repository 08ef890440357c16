"""Nasty files: each has its one clear line, none stops the rest, none takes long; and noise crashes no reader."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.read import nasty
from tests.read.made_files import ARTICLE, DAY_HEAD, docx, mail_with, page, pdf, warc, workbook, zipped

from marsad.errors import BadInputError
from marsad.model import Report
from marsad.read import read_reports
from marsad.read.limits import Limits
from marsad.read.source import ReadOptions, read_bytes

LONGEST_SECONDS = 20
LONGEST_LINE = 420
SAMPLES = {
    "a.html": page(head=DAY_HEAD).encode(),
    "a.pdf": pdf([ARTICLE, b""], "/Title (Weekly) /CreationDate (D:20240507)"),
    "a.docx": docx([*ARTICLE, [["Town", "Killed"], ["Ouallam", "9"]]]),
    "a.xlsx": workbook({"May": [["id", "text"], [1, ARTICLE[0]]]}),
    "a.eml": mail_with(ARTICLE[0], "r.html", page().encode(), "text/html"),
    "a.mbox": b"From a@b Tue May 7\n" + mail_with("One.", "r.txt", b"Two.", "text/plain"),
    "a.zip": zipped({"a.txt": b"Two died.", "b.html": page().encode()}),
    "a.warc.gz": warc({"https://ledger.example/a": ("text/html", page().encode())}),
    "a.warc": warc({"https://ledger.example/a": ("text/html", page().encode())}, packed=False),
    "a.csv": f'id,text,published\n1,"{ARTICLE[0]}",2024-05-07\n2,Two died.,\n'.encode(),
    "a.jsonl": b'{"text": "One died."}\n{"text": "Two died.", "published": "2024-05-07"}\n',
    "a.json": b'[{"text": "One died."}, {"text": "Two died.", "published": "2024-05-07"}]',
    "a.md": b"---\ntitle: T\ndate: 2024-05-07\n---\n# H\n\nSome *words* [here](x).\n\n| a | b |\n|--|--|\n| 1 | 2 |\n",
    "a.txt": "Published: 7 May 2024\n\nTwo died – both at Ségou.".encode(),
}
SMALL = ReadOptions(limits=replace(Limits(), pdf_seconds=10))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = tmp_path_factory.mktemp("nasty")
    nasty.make(made)
    yield made
    (made / nasty.UNREADABLE).chmod(0o600)


@pytest.mark.parametrize("name", nasty.FILES)
def test_each_nasty_file_has_its_clear_line(folder: Path, name: str) -> None:
    start = monotonic()
    items = list(read_reports(str(folder / name)))
    assert monotonic() - start < LONGEST_SECONDS
    told = [str(item) for item in items if isinstance(item, BadInputError)]
    expected = nasty.FILES[name][1]
    if expected is None:
        assert not told and any(isinstance(item, Report) for item in items), told
    else:
        assert any(expected in line for line in told), told
    for line in told:
        assert name in line and "\n" not in line and len(line) < LONGEST_LINE


def test_the_whole_folder_is_read_in_spite_of_them(folder: Path) -> None:
    items = list(read_reports(str(folder)))
    told = [str(item) for item in items if isinstance(item, BadInputError)]
    assert any(isinstance(item, Report) and str(item.source).endswith("good.txt") for item in items)
    for name, expected in nasty.OTHERS.items():
        assert any(f"/{name}:" in line and expected in line for line in told), name
    if os.geteuid() != 0:  # root may read everything
        assert any(nasty.UNREADABLE in line and "cannot be read" in line for line in told)


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """A sound file with some bytes changed, cut out or doubled; its name may be of another kind."""
    name = draw(st.sampled_from(sorted(SAMPLES)))
    raw = bytearray(SAMPLES[name])
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, max(len(raw) - 1, 0)))
        end = at + draw(st.integers(0, 40))
        raw[at:end] = draw(st.one_of(st.binary(max_size=20), st.just(bytes(raw[at:end]) * 3)))
    return draw(st.sampled_from([name, name, name, *sorted(SAMPLES)])), bytes(raw)


# scripts/fuzz_readers.py goes on with other numbers for as long as one likes.
@settings(max_examples=150, deadline=10_000, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(damaged())
def test_damage_never_crashes_a_reader(file: tuple[str, bytes]) -> None:
    name, raw = file
    for item in read_bytes(raw, name, None, SMALL):
        assert isinstance(item, BadInputError) or item[0].text is not None
        assert not isinstance(item, BadInputError) or (str(item).startswith(name) and "broke down" not in str(item))


@settings(max_examples=60, deadline=10_000, derandomize=True)
@given(st.sampled_from(sorted(SAMPLES)), st.binary(max_size=400))
def test_noise_never_crashes_a_reader(name: str, raw: bytes) -> None:
    assert all(isinstance(item, BadInputError | tuple) for item in read_bytes(raw, name, None, SMALL))
