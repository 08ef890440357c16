"""A library that is not there is missed in plain words, and the other kinds of file are read all the same."""

import sys
from pathlib import Path

import pytest
from tests.read.made_files import page, warc, zipped

from marsad.errors import BadInputError
from marsad.read import worker
from marsad.read.source import read_bytes


@pytest.mark.parametrize(
    ("library", "name", "advice"),
    [("fastwarc", "a.warc", "'marsad[warc]'"), ("trafilatura", "a.html", "pip install marsad")],
)
def test_an_absent_library_is_named_with_the_way_to_it(
    library: str, name: str, advice: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # In this process, and in a new one for the parsers.
    for module in [one for one in sys.modules if one == library or one.startswith(f"{library}.")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, library, None)
    (tmp_path / f"{library}.py").write_text("raise ImportError")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    worker.stop()
    raw = page().encode() if name == "a.html" else warc({"https://x.example/": ("text/html", b"x")})
    first, second = read_bytes(zipped({name: raw, "b.txt": b"Two died."}), "z.zip")
    assert isinstance(first, BadInputError) and f"z.zip » {name}" in str(first) and advice in str(first)
    assert not isinstance(second, BadInputError) and second[0].text == "Two died."
    worker.stop()
