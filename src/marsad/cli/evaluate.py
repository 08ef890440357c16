"""Commands that measure: `marsad evaluate`."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from marsad.errors import BadInputError

if TYPE_CHECKING:
    from marsad.evaluate import Coding, Corpus, Measured
    from marsad.extract import ExtractorName
    from marsad.model import Report


def register(app: typer.Typer) -> None:
    """Add this group's commands to the program."""
    app.command("evaluate")(evaluate)


def evaluate(
    reports: Annotated[Path, typer.Argument(help="The reports, one JSON object a line (docs/contract.md).")],
    gold: Annotated[Path, typer.Argument(help="What a careful reader marked in them (docs/evaluation.md).")],
    pred: Annotated[Path | None, typer.Option(help="Readings made before; without it, Marsad reads now.")] = None,
    errors: Annotated[int, typer.Option(help="List so many errors, with the words.", min=0)] = 0,
    kind: Annotated[str | None, typer.Option(help="List only errors of this kind: claim, date, total, …")] = None,
    by: Annotated[str | None, typer.Option(help="A table for each value of this key of the reports.")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the figures to this file.")] = None,
    extractor: Annotated[str | None, typer.Option(help="Which extractor reads, where Marsad reads now.")] = None,
) -> None:
    """Measure readings against a gold of your own: precision, recall, F1, and the errors with their words."""
    from marsad.evaluate import load_corpus, load_found, measure

    corpus = load_corpus(reports, gold)
    found = load_found(pred) if pred else _read_now(reports, corpus, extractor)
    measured = measure(corpus.golds, found)
    _print_tables(corpus, measured, by)
    if errors:
        _print_errors(corpus, measured, kind, errors)
    if json_file:
        _write_figures(corpus, measured, by, json_file)


def _read_now(path: Path, corpus: "Corpus", extractor: str | None) -> dict[str, "Coding"]:
    """Read the reports that the gold marks, in this process, with a bar on a terminal."""
    from rich.console import Console
    from rich.progress import track

    from marsad.evaluate import coding_of
    from marsad.reading import ReadingOptions, make_reading

    options = ReadingOptions() if extractor is None else ReadingOptions(extractor=_known(extractor))
    wanted = {coding.report for coding in corpus.golds}
    chosen = [report for report in _sound_reports(path) if report.id in wanted]
    console = Console(stderr=True)
    bar = track(chosen, "reading", console=console, transient=True, disable=not console.is_terminal)
    return {report.id: coding_of(make_reading(report, options)) for report in bar}


def _known(extractor: str) -> "ExtractorName":
    from marsad.extract import EXTRACTORS

    for name in EXTRACTORS:
        if name == extractor:
            return name
    raise BadInputError(f"no extractor is called {extractor!r}; there are: {', '.join(EXTRACTORS)}")


def _sound_reports(path: Path) -> Iterable["Report"]:
    """Yield the reports of a file; a line that cannot be read ends the measurement, since half a corpus misleads."""
    from marsad.read import read_reports

    for item in read_reports(str(path)):
        if isinstance(item, BadInputError):
            raise item
        yield item


def _print_tables(corpus: "Corpus", measured: "list[Measured]", by: str | None) -> None:
    from marsad.evaluate import add_up, print_scores

    for name, some in _groups(corpus, measured, by).items():
        if name:
            typer.echo(f"{by}: {name} ({len(some)} reports)")
        for line in print_scores(add_up(one.scores for one in some)):
            typer.echo(line)
        typer.echo("")


def _groups(corpus: "Corpus", measured: "list[Measured]", by: str | None) -> "dict[str, list[Measured]]":
    """Part the reports by their value under the key `by`, in alphabetical order; the whole comes last, unnamed."""
    groups: dict[str, list[Measured]] = {}
    for one in measured if by else ():
        groups.setdefault(corpus.group(one.report, by or ""), []).append(one)
    return dict(sorted(groups.items())) | {"": measured}


def _print_errors(corpus: "Corpus", measured: "list[Measured]", kind: str | None, most: int) -> None:
    from marsad.evaluate import print_faults

    listed = [fault for one in measured for fault in one.faults if kind in (None, fault.kind)]
    for line in print_faults((fault, corpus.text(fault.report)) for fault in listed[:most]):
        typer.echo(line)
    if len(listed) > most:
        typer.echo(f"… and {len(listed) - most} more; --errors {len(listed)} lists all")


def _write_figures(corpus: "Corpus", measured: "list[Measured]", by: str | None, path: Path) -> None:
    from marsad.evaluate import add_up, figures

    groups = {name: figures(add_up(m.scores for m in some)) for name, some in _groups(corpus, measured, by).items()}
    out = groups.pop("")
    if by:
        out["by"] = {"key": by, "groups": groups}
    try:
        path.write_text(json.dumps(out, indent=1, ensure_ascii=False) + "\n", "utf-8")
    except OSError as error:
        raise BadInputError(f"{path}: cannot be written ({error.strerror}); choose another file") from None
