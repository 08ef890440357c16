"""A file that a user asked for is there whole or not at all."""

import stat
from pathlib import Path

import pytest

from marsad.errors import BadInputError
from marsad.placing import place_file, write_output


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    write_output(target, b"one")
    write_output(target, b"two")
    assert target.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [target]


def test_where_nothing_can_be_written_nothing_is_left_behind(tmp_path: Path) -> None:
    folder = tmp_path / "out.csv"
    (folder / "inside").mkdir(parents=True)
    with pytest.raises(BadInputError, match="choose another file"):
        write_output(folder, b"one")
    assert list(tmp_path.iterdir()) == [folder]


def test_what_is_ours_alone_is_nobody_elses_to_read(tmp_path: Path) -> None:
    place_file(b"one", tmp_path / "kept")
    assert stat.S_IMODE((tmp_path / "kept").stat().st_mode) == 0o600
