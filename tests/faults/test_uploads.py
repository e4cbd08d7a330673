"""Hostile files at every door that takes one: refused in words, or kept as they came and handed out to be saved."""

import io
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from hjulet.base.documents import word
from hjulet.collaboration.models import Attachment
from hjulet.planning.models import QualityPlan
from hjulet.planning.quality_plan.reading import MOST_BYTES
from tests import factories
from tests.actions.walks import plan
from tests.base.documents.examples import hostile
from tests.collaboration import files
from tests.collaboration.files import office, package, upload
from tests.planning.quality_plan import walks

pytestmark = pytest.mark.django_db

SECRET = "what stands in a file of the server"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>"
HTML = b"<html><script>alert(document.cookie)</script></html>"
# A file of one kind that is one of another kind too.
POLYGLOTS = {
    "pdf-zip.pdf": files.PDF + package(("a.html", HTML.decode())),
    "zip-pdf.docx": package(("a.html", HTML.decode())) + files.PDF,
    "gif-js.png": b"GIF89a/*" + bytes(10) + b"*/=1;alert(1)//",
    "gif-js.txt": b"GIF89a/*\x00*/=1;alert(1)//",
    "jpg-html.txt": files.JPEG + HTML,
    "exe-zip.docx": files.EXE + files.DOCX,
    "zip-pdf-word.docx": files.DOCX + files.PDF,
    "script.txt": b"\xef\xbb\xbf<script>alert(1)</script>",
    "page.csv": b"<!doctype html>" + HTML,
}
DISGUISED = {
    "bild.svg": SVG,
    "bild.png": SVG,
    "bild.svg.png": SVG,
    "sida.html": HTML,
    "sida.html.pdf": HTML,
    "sida.txt": HTML,
    "beslut.pdf.exe": files.PDF,
    "beslut.pdf.html": files.PDF,
    "beslut": files.PDF,
    ".pdf": files.PDF,
    "beslut.pdf ": files.PDF,
    "beslut.pdf.": files.PDF,
    "tom.pdf": b"",
    "makro.docm": office("ms-word.document.macroEnabled.main"),
    "makro.docx": office(files.WORD, ("word/vbaProject.bin", "x")),
    "makro.xlsm": office("ms-excel.sheet.macroEnabled.main"),
    "gammal.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "genvag.lnk": b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(60),
    "arkiv.zip": package(("a.pdf", "x")),
    "tal.csv": b"=cmd|' /C calc'!A0\x00",
}
NAMES = {
    "../../../etc/passwd.pdf": "passwd.pdf",
    "..\\..\\windows\\system32\\a.pdf": "a.pdf",
    "/etc/cron.d/a.pdf": "a.pdf",
    "C:\\autoexec.pdf": "autoexec.pdf",
    "a\x00.exe.pdf": "a.exe.pdf",
    "fdp\u202eexe.pdf": "fdpexe.pdf",
    "<script>alert(1)<.pdf": "<script>alert(1)<.pdf",
    "å" * 400 + ".pdf": "å" * 196 + ".pdf",
    "CON.pdf": "CON.pdf",
    "nul.pdf": "nul.pdf",
    "=cmd.pdf": "=cmd.pdf",
    "%2e%2e%2fa.pdf": "%2e%2e%2fa.pdf",
    "~.pdf": "~.pdf",
}


@pytest.fixture
def action(client):
    home_care = factories.unit(factories.committee())
    manager = factories.person(unit_manager=home_care)
    client.force_login(manager)
    return plan(manager, home_care)


def send(client, action, name, content):
    return client.post(
        reverse("attachments:add", args=["actions.action", action.pk]), {"upload": upload_named(name, content)}
    )


def upload_named(name, content):
    """With the name as it is: Django's own upload keeps only its last part."""
    file = upload("x", content)
    file._name = name
    return file


def kept():
    return [path for path in Path(default_storage.path("")).rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", [*POLYGLOTS, *DISGUISED])
def test_a_disguised_file_is_refused_as_an_attachment_and_nothing_is_kept(client, action, name):
    response = send(client, action, name, (POLYGLOTS | DISGUISED)[name])

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["upload"]
    assert (Attachment.objects.count(), kept()) == (0, [])


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_stays_a_name(client, action, name, media):
    """What it is called on the disk has nothing of it, and what it is called in the answer opens nothing."""
    response = send(client, action, name, files.PDF)

    attachment = Attachment.objects.get()
    download = client.get(reverse("attachments:download", args=[attachment.pk]))
    disposition = download.headers["Content-Disposition"]
    assert (response.status_code, b"".join(download)) == (302, files.PDF)
    assert (download.headers["X-Content-Type-Options"], download.headers["Content-Type"]) == (
        "nosniff",
        "application/pdf",
    )
    assert disposition.startswith("attachment; filename")
    assert [sign for sign in "\r\n\x00\u202e" if sign in unquote(disposition)] == []
    assert [path.parent for path in kept()] == [media / "attachments"]
    assert "script" not in kept()[0].name


def test_hostile_names_are_kept_as_people_read_them(client, action):
    for number, name in enumerate(NAMES):
        send(client, action, name, files.PDF + str(number).encode())

    assert list(Attachment.objects.order_by("pk").values_list("name", flat=True)) == list(NAMES.values())


# The import of a plan


def with_part(name, text):
    """The plan of the case with a part of it replaced."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(walks.case())) as source,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.namelist():
            target.writestr(part, text if part == name else source.read(part))
        if name not in source.namelist():
            target.writestr(name, text)
    return changed.getvalue()


def sheet(before, inside):
    return (
        f'<?xml version="1.0"?>{before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{inside}</t></is></c></row></sheetData></worksheet>'
    )


LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a '"
    + "ha" * 50
    + "'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))
    + "]>"
)
FIRST_SHEET = "xl/worksheets/sheet1.xml"


BOMBS = {
    "billion laughs": lambda _secret: with_part(FIRST_SHEET, sheet(LAUGHS, "&j;")),
    "a file of the server": lambda secret: with_part(
        FIRST_SHEET, sheet(f"<!DOCTYPE x [<!ENTITY y SYSTEM 'file://{secret}'>]>", "&y;")
    ),
    "an address out": lambda _secret: with_part(
        FIRST_SHEET, sheet("<!DOCTYPE x SYSTEM 'http://192.0.2.1/x.dtd'>", "x")
    ),
    "a large part": lambda _secret: with_part("xl/media/x", bytes(101 * 1024 * 1024)),
    "a page": lambda _secret: HTML,
    "half": lambda _secret: walks.case()[:2000],
    "too large": lambda _secret: walks.case() + bytes(MOST_BYTES),
    "nothing": lambda _secret: b"",
}


@pytest.fixture
def secret(tmp_path):
    """A file that lies on the server."""
    (tmp_path / "secret.txt").write_text(SECRET)
    return tmp_path / "secret.txt"


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_hostile_workbook_is_refused_and_nothing_is_read_in(client, secret, bomb):
    committee, developer = walks.home()
    client.force_login(developer)

    response = client.post(
        reverse("quality_plan:import"),
        {"committee": committee.pk, "year": 2023, "file": upload("plan.xlsx", bomb(secret))},
    )

    assert (response.status_code, QualityPlan.objects.count()) == (422, 0)
    assert SECRET not in response.text
    assert response.context["form"].errors


# The template of the Word files


def test_a_template_with_entities_shows_no_file_of_the_server(secret):
    template = io.BytesIO()
    with zipfile.ZipFile(word.TEMPLATE) as source, zipfile.ZipFile(template, "w") as target:
        for part in source.namelist():
            content = source.read(part)
            if part.startswith("word/footer"):
                content = content.replace(
                    b"<w:ftr", f"<!DOCTYPE x [<!ENTITY y SYSTEM '{secret.as_uri()}'>]><w:ftr".encode()
                )
                content = content.replace(b"Sida ", b"&y;")
            target.writestr(part, content)

    made = word.render(hostile("x"), template=template.getvalue())

    with zipfile.ZipFile(io.BytesIO(made)) as file:
        assert [name for name in file.namelist() if SECRET.encode() in file.read(name)] == []
        assert b"Sida " not in file.read("word/footer1.xml")
