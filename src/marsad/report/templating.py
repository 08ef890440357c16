"""Finds the template of a format: an organisation's own by the same name, else the one that ships."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.sandbox import SandboxedEnvironment

from marsad.errors import BadInputError
from marsad.report.blocks import Document


def template_of(name: str, folder: object, filters: Mapping[str, Callable[..., Any]], *, escaping: bool) -> Template:
    """Return a template by name with what it may call; raise BadInputError where it cannot be read.

    It runs in a sandbox: a template that somebody passed on can write a report, and do nothing else.
    """
    loaders: list[BaseLoader] = [PackageLoader("marsad.report", "templates")]
    if isinstance(folder, Path):
        loaders.insert(0, FileSystemLoader(folder))
    rooms = SandboxedEnvironment(
        loader=ChoiceLoader(loaders),
        autoescape=escaping,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    rooms.filters.update(filters)
    try:
        return rooms.get_template(name)
    except TemplateSyntaxError as error:
        raise BadInputError(f"{error.filename or name}, line {error.lineno}: {error.message}") from error
    except (TemplateError, UnicodeDecodeError, OSError) as error:
        raise BadInputError(f"the template {name} cannot be read: {error}") from error


def written(template: Template, document: Document) -> str:
    """Return what a template makes of a document."""
    try:
        return template.render(document=document)
    except TemplateError as error:
        raise BadInputError(f"{template.filename or template.name}: {error}") from error
    except (TypeError, AttributeError, ValueError, ArithmeticError, LookupError) as error:
        raise BadInputError(f"{template.filename or template.name}: {error}") from error
