"""Where the learned reader's libraries are not to be had, a way out is told, and the rules read on."""

import sys

import pytest

from marsad.errors import DataFileError
from marsad.extract import ExtractorName, extract
from marsad.extract.tagger_model import load_model
from marsad.model import Report

REPORT = Report(id="r", text="Gunmen shot dead seven farmers near Gao on Monday, the mayor said.")


@pytest.fixture
def no_runtime(monkeypatch: pytest.MonkeyPatch) -> None:
    load_model.cache_clear()
    monkeypatch.setitem(sys.modules, "onnxruntime", None)


@pytest.mark.usefixtures("no_runtime")
@pytest.mark.parametrize("using", ["both", "tagger"])
def test_a_missing_runtime_is_told_with_a_way_out(using: ExtractorName) -> None:
    with pytest.raises(DataFileError, match=r"onnxruntime.*--extractor rules"):
        extract(REPORT, using)


@pytest.mark.usefixtures("no_runtime")
def test_the_rules_need_no_runtime() -> None:
    assert [(claim.harm, claim.count.best) for claim in extract(REPORT, "rules").claims] == [("killed", 7)]
