"""Reads one part and writes its readings and its done-marker: what every core of every machine does, and no more."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

from marsad import __version__
from marsad.errors import BadInputError
from marsad.placing import write_output
from marsad.read.items import RemarkError, SkippedInputError
from marsad.reading import ReadingOptions
from marsad.scale.limits import ScaleLimits
from marsad.scale.plan import Part
from marsad.scale.reader import Fault, Reader, SetAsideError
from marsad.scale.records import Given, records_of
from marsad.scale.shards import Row, Shard


@dataclass(frozen=True, slots=True)
class How:
    """Everything that the readings depend on beside the input; the same for all parts of one run.

    `keep` keeps the reports' original bytes, `silent` the readings without any claim or statement.
    """

    given: Given = field(default_factory=Given)
    reading: ReadingOptions = field(default_factory=lambda: ReadingOptions(places=True))
    limits: ScaleLimits = field(default_factory=ScaleLimits)
    keep: bool = True
    silent: bool = True


@dataclass(frozen=True, slots=True)
class Aside:
    """A record that was set aside: where it stands, how it failed, and why."""

    place: str
    fault: Fault
    reason: str


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a part: how many readings, how many records left out rightly, which ones set aside.

    `size` and `changed` are those of the input file, `written` the bytes of the shard, `program` who made it.
    """

    readings: int
    skipped: int
    aside: tuple[Aside, ...]
    size: int
    changed: int
    written: int
    program: str = __version__

    def words(self) -> bytes:
        """Return the done-marker's content."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False).encode("utf-8", "replace")


def shard_of(part: Part, folder: str) -> Path:
    """Return where the readings of a part are to be."""
    return Path(folder) / part.inside / f"part-{part.number:05}.parquet"


def marker_of(shard: Path) -> Path:
    """Return the file that says that a shard is whole; hidden, so that it is no report."""
    return shard.with_name(f".{shard.stem}.done")


def done_with(shard: Path) -> Done | None:
    """Return what became of a part that was done before; None where it was not, or its shard is not as it was left."""
    try:
        row = json.loads(marker_of(shard).read_bytes())
        if shard.stat().st_size != row["written"]:
            return None
    except (FileNotFoundError, ValueError):
        return None
    return Done(**{**row, "aside": tuple(Aside(**one) for one in row["aside"])})


def map_part(part: Part, how: How, folder: str) -> Done:
    """Read a part, write its shard, then its marker, each in one step; return what became of it.

    The same part gives the same bytes, whoever makes it and however often. Raises BadInputError where the output
    cannot be written.
    """
    reader = _reader(how.reading, how.limits)
    shard, aside, skipped = Shard(how.reading.extractor), list[Aside](), 0
    for item in records_of(part, how.given):
        if isinstance(item, BadInputError):
            skipped += isinstance(item, SkippedInputError) and not isinstance(item, RemarkError)
            aside += _unreadable(item)
            continue
        report, raw = item
        try:
            reading = reader.reading(report)
        except SetAsideError as error:
            aside.append(Aside(report.source or report.id, error.fault, str(error)))
        else:
            if how.silent or _tells(reading):
                shard.add(Row(report, raw if how.keep else None, reading))
            else:
                skipped += 1
    return finish(part, folder, shard, aside, skipped)


def finish(part: Part, folder: str, shard: Shard, aside: list[Aside], skipped: int = 0) -> Done:
    """Write a shard and then its marker."""
    target, content = shard_of(part, folder), shard.content()
    target.parent.mkdir(parents=True, exist_ok=True)
    write_output(target, content)
    done = Done(shard.count, skipped, tuple(aside), part.size, part.changed, len(content))
    write_output(marker_of(target), done.words())
    return done


def _tells(reading: str) -> bool:
    told = json.loads(reading)
    return bool(told["claims"] or told["statements"])


def _unreadable(error: BadInputError) -> Iterator[Aside]:
    if not isinstance(error, SkippedInputError):
        place, _, reason = str(error).partition(": ")
        yield Aside(place, "unreadable", reason)


@cache
def _reader(options: ReadingOptions, limits: ScaleLimits) -> Reader:
    """Keep the process that reads from part to part: it takes a second to start."""
    return Reader(options, limits)
