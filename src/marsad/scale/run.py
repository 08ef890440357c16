"""Maps a whole input: part by part, each done once, whoever dies in between; and says in the end what was set aside."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from marsad import __version__
from marsad.errors import BadInputError
from marsad.placing import write_output
from marsad.read.extras import require_library
from marsad.scale.engines import Engine, Lost
from marsad.scale.plan import Part, bytes_in, parts_of, require_input
from marsad.scale.shards import Shard
from marsad.scale.work import Aside, Done, How, done_with, finish, shard_of

READINGS = "readings"
SETTINGS = "settings.json"
SET_ASIDE = "set-aside.jsonl"


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be mapped, whereto and how."""

    source: str
    output: str
    how: How = field(default_factory=How)

    @property
    def folder(self) -> str:
        """Where the shards go, as every machine finds it."""
        return str((Path(self.output) / READINGS).resolve())


@dataclass(slots=True)
class Progress:
    """How far the work is: parts, readings, records left out and set aside; bytes of the input, done and in all.

    `before` counts the parts that an earlier run did.
    """

    bytes_all: int = 0
    bytes_done: int = 0
    parts: int = 0
    before: int = 0
    readings: int = 0
    skipped: int = 0
    aside: Counter[str] = field(default_factory=Counter)
    _unread: list[BadInputError] = field(default_factory=list)
    _with_aside: list[tuple[str, int, Path]] = field(default_factory=list)

    def note(self, part: Part, done: Done, shard: Path) -> None:
        """Take one part in."""
        self.bytes_done += part.weight
        self.parts += 1
        self.readings += done.readings
        self.skipped += done.skipped
        self.aside.update(one.fault for one in done.aside)
        if done.aside:
            self._with_aside.append((part.inside, part.number, shard))

    def note_unread(self, error: BadInputError) -> None:
        """Take in a file that could not be opened."""
        self.aside["unreadable"] += 1
        self._unread.append(error)

    def asides(self) -> Iterator[Aside]:
        """Yield all that was set aside, by file and part: what could not even be opened first."""
        for error in self._unread:
            place, _, reason = str(error).partition(": ")
            yield Aside(place, "unreadable", reason)
        for _, _, shard in sorted(self._with_aside):
            done = done_with(shard)
            yield from done.aside if done else ()


def map_reports(task: Task, engine: Engine) -> Iterator[Progress]:
    """Read every part that is not done yet; yield how far it is after each. Stopped, the same call goes on.

    Raises BadInputError where the output is another run's, its input changed, or nothing can be written.
    """
    # Said before any work is done, and before a folder is made for it.
    require_library("pyarrow.parquet", task.output)
    require_input(task.source)
    _claim(task)
    progress = Progress(bytes_in(task.source))
    lost: list[tuple[Part, Lost]] = []
    for part, outcome in engine.run(_undone(task, progress), task.how, task.folder):
        if isinstance(outcome, Lost):
            # Tried again when nothing else runs beside it: then what ends a worker is known by name.
            lost.append((part, outcome))
            continue
        progress.note(part, outcome, shard_of(part, task.folder))
        yield progress
    if len(lost) > 1 and progress.parts == progress.before:
        raise BadInputError(f"no worker comes to an end: {lost[0][1].words}; nothing was set aside")
    for part, _ in lost:
        progress.note(part, _alone(part, task, engine), shard_of(part, task.folder))
        yield progress
    lines = (
        json.dumps(asdict(one), ensure_ascii=False).encode("utf-8", "replace") + b"\n" for one in progress.asides()
    )
    # It is there even where it is empty: who looks for it need not wonder.
    write_output(Path(task.output) / SET_ASIDE, lines)
    yield progress


def _undone(task: Task, progress: Progress) -> Iterator[Part]:
    """Yield the parts that are to be done, and note the others."""
    for part in parts_of(task.source, task.how.limits):
        if isinstance(part, BadInputError):
            progress.note_unread(part)
            continue
        shard = shard_of(part, task.folder)
        before = done_with(shard)
        if before is None:
            yield part
            continue
        if (before.size, before.changed) != (part.size, part.changed):
            raise BadInputError(
                f"{part.name}: changed since it was read; delete {shard.parent}, or name another folder"
            )
        progress.before += 1
        progress.note(part, before, shard)


def _alone(part: Part, task: Task, engine: Engine) -> Done:
    """Do one part by itself, some times over; set it aside as a whole where its worker ends every time."""
    how, words = task.how, ""
    for _ in range(how.limits.tries):
        for _, outcome in engine.run([part], how, task.folder):
            if isinstance(outcome, Done):
                return outcome
            words = outcome.words
    aside = Aside(part.place, "crashed", f"{words}, {how.limits.tries} times over; none of its records was read")
    return finish(part, task.folder, Shard(how.reading.extractor), [aside])


def _claim(task: Task) -> None:
    """Write down what the folder is for; raise BadInputError where it is for something else."""
    source, output = Path(task.source).resolve(), Path(task.output).resolve()
    if source.is_dir() and output.is_relative_to(source):
        raise BadInputError(f"{task.output}: lies in the input; name a folder outside it")
    place, ours = output / SETTINGS, settings(task)
    try:
        kept = json.loads(place.read_bytes())
    except FileNotFoundError:
        _make(task.output)
        write_output(place, json.dumps(ours, indent=2, sort_keys=True, ensure_ascii=False).encode() + b"\n")
        return
    except (OSError, ValueError) as error:
        raise BadInputError(f"{place}: cannot be read ({error}); name another folder") from None
    others = [name for name in ours if kept.get(name) != ours[name]]
    if others:
        was = ", ".join(f"{name} {kept.get(name)!r}" for name in others)
        raise BadInputError(f"{task.output}: holds readings made otherwise ({was}); name another folder")


def settings(task: Task) -> dict[str, Any]:
    """Return what the readings of a folder depend on, as `settings.json` keeps it."""
    how = task.how
    return {
        "program": __version__,
        "input": task.source,
        "extractor": how.reading.extractor,
        "published": None if how.given.published is None else how.given.published.isoformat(),
        "columns": dict(how.given.options.columns),
        "limits": asdict(how.given.options.limits) | asdict(how.limits),
        "originals": how.keep,
        "silent": how.silent,
    }


def _make(folder: str) -> None:
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        if any(Path(folder).iterdir()):
            raise BadInputError(f"{folder}: is not empty, and no run of marsad map began it; name a new folder")
    except OSError as error:
        raise BadInputError(f"{folder}: cannot be made ({error.strerror}); name another folder") from None
