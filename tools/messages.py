"""The English catalogue: every Swedish text of the code and the templates, with Babel and without gettext's programs.

Without an argument it writes the catalogue anew: what is new stands empty, what is gone is gone, and the `.mo` file
is compiled. `--check` names what is missing and changes nothing.
"""

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from itertools import chain
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "hjulet"
FOLDER = PACKAGE / "config" / "locale" / "en" / "LC_MESSAGES"
PO, MO = FOLDER / "django.po", FOLDER / "django.mo"

KEYWORDS = DEFAULT_KEYWORDS | {
    f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in ("gettext", "ngettext", "pgettext", "npgettext")
}
# A file that says when it was made would differ each time.
MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)


def collected() -> Catalog:
    """All texts as they stand in the source, untranslated."""
    catalog = Catalog(
        locale="en",
        project="Kvalitetshjulet",
        version="1",
        creation_date=MADE_AT,
        revision_date=MADE_AT,
        header_comment="# English texts of Kvalitetshjulet. Written by make fix; translate the msgstr lines.",
        fuzzy=False,
    )
    templates = (PACKAGE.rglob(f"templates/**/*.{kind}") for kind in ("html", "txt"))
    for file in sorted([*PACKAGE.rglob("*.py"), *chain.from_iterable(templates)]):
        if "migrations" not in file.parts:
            place = (str(file.relative_to(PACKAGE)), None)
            for text, context in texts_in(file):
                catalog.add(text, locations=[place], context=context)
    return catalog


def texts_in(file: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """(text or (singular, plural), context) of every marked text; `templatize` makes a template look like Python."""
    source = file.read_text()
    if file.suffix != ".py":
        # Python would stumble over the indentation of a page.
        source = "\n".join(line.lstrip() for line in templatize(source, origin=str(file)).splitlines())
    for _line, text, _comments, context in extract("python", BytesIO(source.encode()), KEYWORDS):
        yield text, context


def stored() -> Catalog:
    """The catalogue as it is kept."""
    if not PO.exists():
        return Catalog(locale="en")
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def brought_up_to_date() -> Catalog:
    """All texts of the source with the translations that are kept."""
    catalog, old = collected(), stored()
    for message in catalog:
        if message.id and (known := old.get(message.id, message.context)):
            message.string, message.flags = known.string, message.flags | (known.flags & {"fuzzy"})
    return catalog


def faults() -> list[str]:
    """What keeps the catalogue from being complete, one sentence each."""
    current, old = brought_up_to_date(), stored()
    said = [f"saknar engelska: {named(message)}" for message in current if message.id and not is_translated(message)]
    said += [f"osäker (fuzzy): {named(message)}" for message in current if message.id and message.fuzzy]
    said += [
        f"{error}: {named(message)}"
        for message, errors in current.check()
        for error in errors
        if is_translated(message)
    ]
    said += [
        f"finns inte längre: {named(message)}"
        for message in old
        if message.id and not current.get(message.id, message.context)
    ]
    if not said and (not MO.exists() or MO.read_bytes() != compiled(current)):
        said.append("django.mo är inte färsk")
    return said


def is_translated(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


def named(message: Message) -> str:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return f"”{text}” ({', '.join(sorted({file for file, _line in message.locations}))})"


def compiled(catalog: Catalog) -> bytes:
    file = BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hjulet.config.settings")
    os.environ.setdefault("HJULET_SECRET_KEY", "signs nothing")
    django.setup()
    if "--check" in sys.argv:
        if said := faults():
            sys.exit("Den engelska katalogen är inte hel. Kör make fix och översätt.\n" + "\n".join(said))
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    catalog = brought_up_to_date()
    with PO.open("wb") as file:
        write_po(file, catalog, width=120, sort_output=True, include_lineno=False)
    MO.write_bytes(compiled(catalog))


if __name__ == "__main__":
    main()
