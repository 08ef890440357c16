"""The library that runs the learned reader keeps and reports nothing: its makers' telemetry is off."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
READ = "from marsad.extract.tagger_model import load_model; load_model()"


def test_reading_leaves_nothing_of_the_runtime_s_own_in_the_home(tmp_path: Path) -> None:
    settings = {"HOME": str(tmp_path), "PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"]}
    subprocess.run([sys.executable, "-c", READ], env=settings, check=True)
    assert list(tmp_path.rglob("*")) == []


def test_no_other_module_loads_the_runtime() -> None:
    loading = re.compile(
        r"import onnxruntime|from onnxruntime|import_module\(.onnxruntime|^\s+.onnxruntime.,", re.MULTILINE
    )
    files = [file for file in (ROOT / "src").rglob("*.py") if loading.search(file.read_text("utf-8"))]
    assert [file.name for file in files] == ["tagger_model.py"]
