"""What ships of others is named: each folder of data has a page of origins, and NOTICE credits whom it must."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = sorted(path for path in (ROOT / "src/marsad/data").iterdir() if path.is_dir() and path.name != "__pycache__")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_every_file_of_data_has_its_row_of_origin(folder: Path) -> None:
    page = (folder / "README.md").read_text("utf-8")
    files = [path.name for path in folder.iterdir() if path.is_file() and path.suffix != ".py"]
    assert [name for name in files if name != "README.md" and f"`{name}`" not in page] == []


@pytest.mark.parametrize("file", ["pcodes.csv", "common_words.tsv", "world.json"])
def test_notice_names_each_table_of_others(file: str) -> None:
    assert file in (ROOT / "NOTICE").read_text("utf-8")


@pytest.mark.parametrize("licence", ["CC BY 4.0", "CC BY 3.0 IGO", "CC BY 3.0.", "MIT", "public domain", "Apache"])
def test_notice_names_each_licence_of_the_data(licence: str) -> None:
    assert licence in (ROOT / "NOTICE").read_text("utf-8")
