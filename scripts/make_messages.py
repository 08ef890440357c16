"""Collects the page's texts for translators, and compiles their catalogues into the package.

    python scripts/make_messages.py

writes src/marsad/serve/messages/marsad.pot (every text that a template or the page's Python marks), brings each
LANGUAGE/marsad.po up to it and compiles it to LANGUAGE/marsad.mo. To begin a language make a folder by its code (fa,
uk) and run this; then translate its marsad.po and run it again. ar-XB is no language: a pseudo-locale, made here from
the English, by which tests see that every text can be translated and that the page mirrors.
"""

import re
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SERVE = Path(__file__).parents[1] / "src" / "marsad" / "serve"
MESSAGES = SERVE / "messages"
PSEUDO = "ar-XB"
# The files must not change with the day they are made.
MADE = datetime(2026, 1, 1, tzinfo=UTC)
METHODS = [("templates/**.html", "jinja2.ext:babel_extract"), ("**.py", "python")]
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
OPTIONS = {"templates/**.html": {"trimmed": "true", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ابصدهفغحيجكلمنوبقرستعوطخيز")
WORD = 9
KEPT = re.compile(r"(\{\}|%\([a-z_]+\)[sd]|%%|<[^>]+>|&[a-z]+;)")


def template() -> Catalog:
    """Return every text that the templates and the page's Python mark."""
    made = Catalog(project="Marsad", copyright_holder="the Marsad authors", creation_date=MADE, fuzzy=False)
    found = extract_from_dir(str(SERVE), METHODS, OPTIONS, keywords=KEYWORDS)
    for file, _, message, comments, context in found:
        made.add(message, locations=[(file, 0)], auto_comments=comments, context=context)
    return made


def pseudo(words: str) -> str:
    """Return a text in letters that run from right to left, a third longer, with its places and tags as they were."""
    parts = KEPT.split(words)
    turned = "".join(part if number % 2 else part.lower().translate(LETTERS) for number, part in enumerate(parts))
    # Of words that a line can be broken between, as those of a language are.
    longer = ("ـ" * WORD + " ") * (len(words) // 3 // WORD) + "ـ" * (len(words) // 3 % WORD)
    return f"⟦{turned}{longer.rstrip()}⟧"


def pseudo_locale(source: Catalog) -> Catalog:
    """Return the pseudo-locale of a template."""
    made = Catalog(locale="ar", creation_date=MADE, revision_date=MADE, fuzzy=False)
    for message in source:
        if message.id:
            made.add(message.id, _turned(message, made.num_plurals), context=message.context)
    return made


def _turned(message: Message, plurals: int) -> str | tuple[str, ...]:
    if isinstance(message.id, str):
        return pseudo(message.id)
    one, many = message.id[0], message.id[1]
    return (pseudo(many), pseudo(one), *[pseudo(many)] * (plurals - 2))


def main() -> None:
    """Write the template, bring the catalogues up to it, compile them."""
    source = template()
    MESSAGES.mkdir(exist_ok=True)
    with (MESSAGES / "marsad.pot").open("wb") as file:
        write_po(file, source, include_lineno=False, sort_output=True, width=110)
    for folder in sorted(one for one in MESSAGES.iterdir() if one.is_dir() and one.name != PSEUDO):
        words = folder / "marsad.po"
        with words.open("rb") if words.exists() else (MESSAGES / "marsad.pot").open("rb") as file:
            catalogue = read_po(file, locale=folder.name.replace("-", "_"))
        catalogue.update(source)
        with words.open("wb") as file:
            write_po(file, catalogue, include_lineno=False, sort_output=True, width=110)
        with (folder / "marsad.mo").open("wb") as file:
            write_mo(file, catalogue)
    (MESSAGES / PSEUDO).mkdir(exist_ok=True)
    with (MESSAGES / PSEUDO / "marsad.mo").open("wb") as file:
        write_mo(file, pseudo_locale(source))
    print(f"{len(source)} texts")


if __name__ == "__main__":
    main()
