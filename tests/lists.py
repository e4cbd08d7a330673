"""A list fetched as Excel, changed as a person would, and sent back."""

from io import BytesIO

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile


def fetched(client, address, **query):
    """The workbook of the list, every column of it when `kol` names them."""
    return openpyxl.load_workbook(BytesIO(client.get(address, {"format": "xlsx"} | query).content))


def saved(book):
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def edit(book, **values):
    """Set cells, as in `C2="Ny text"`."""
    for cell, value in values.items():
        book.active[cell] = value
    return book


def sent(client, address, book):
    """The answer to the file: what would happen, or what is wrong."""
    content = book if isinstance(book, bytes) else saved(book)
    return client.post(address, {"file": SimpleUploadedFile("lista.xlsx", content)})


def agreed(client, address, preview):
    """The answer when the person presses the button of the preview."""
    context = preview.context
    return client.post(address, {"tried": context["form"].packed, "seen": context["outcome"].seal})


def told(outcome):
    """The changed cells as (cell, old, new), and the refused ones with why."""
    changed = [(edit.cell, edit.old, edit.new) for row in outcome.changed for edit in row.edits]
    refused = [(edit.cell, edit.old, edit.new, row.obstacle) for row in outcome.refused for edit in row.edits]
    return changed, refused


def chosen(client, address, rows, **typed):
    """The page that changes several: as it opens, or its answer to what was typed."""
    keys = {"pk": [row.pk for row in rows]}
    return client.post(address, keys | typed) if typed else client.get(address, keys)


def obstacles(answer):
    return [(str(one.row), one.obstacle) for one in answer.context["chosen"]]
