"""Zip and gzip files: every file in them, each read as its own kind and named with the way to it."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from marsad.errors import BadInputError
from marsad.read.items import INSIDE, Item, SkippedInputError, Source
from marsad.read.packed import gunzip, open_zip, unzip

# What systems and tools leave in archives and folders beside the files that people put there.
LITTER = {"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"}


def is_litter(path: str) -> bool:
    """Say whether a path is hidden or left behind by a system."""
    return any(
        part in LITTER or (part.startswith(".") and part not in (".", "..")) for part in PurePosixPath(path).parts
    )


def read_zip(raw: bytes, source: Source) -> Iterator[Item]:
    """Yield what the files of a zip hold, by name; what cannot be read is yielded as an error and stops nothing."""
    with open_zip(raw, source) as archive:
        names = {info.filename for info in archive.infolist()}
        # In a WACZ the pages are in archive/; the rest is indexes.
        crawl = "datapackage.json" in names and any(name.startswith("archive/") for name in names)
        infos = sorted(
            (info for info in archive.infolist() if not info.filename.endswith("/")), key=lambda info: info.filename
        )
        for number, info in enumerate(infos):
            if number >= source.limits.members:
                yield BadInputError(f"{source.name}: more files than the limit members={number}; the others are unread")
                return
            if is_litter(info.filename) or (crawl and not info.filename.startswith("archive/")):
                continue
            try:
                inside = source.inside(info.filename)
                yield from source.read(unzip(archive, info, inside), inside)
            except BadInputError as error:
                yield error
        if not infos:
            yield SkippedInputError(f"{source.name}: is an empty archive")


def read_gzip(raw: bytes, source: Source) -> Iterator[Item]:
    """Yield what the file in a gzip file holds."""
    name = PurePosixPath(source.name.rsplit(INSIDE, 1)[-1].replace("\\", "/")).name
    inside = source.inside(name[: -len(".gz")] if name.lower().endswith(".gz") else name)
    yield from source.read(gunzip(raw, inside), inside)
