import hashlib
import zipfile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage

from hjulet.audit.models import Event
from hjulet.base.operations import Refused
from hjulet.collaboration.attachments.operations import attach, plain_name, withdraw_attachment
from hjulet.collaboration.attachments.queries import attachment_visible_to, attachments_of
from hjulet.collaboration.attachments.rules import obstacle_to_keeping
from tests import factories
from tests.actions.walks import plan
from tests.collaboration import files
from tests.collaboration.files import office, open_document, package, upload

ALLOWED = (
    "Det här slaget av fil tas inte emot. "
    "Du kan bifoga .pdf, .docx, .xlsx, .pptx, .odt, .ods, .png, .jpg, .jpeg, .txt, .csv."
)
MACROS = "Filen innehåller makron. Spara den utan makron och bifoga den igen."
BOMB = "Filen blir orimligt stor när den packas upp. Spara en mindre fil och bifoga den."


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("beslut.pdf", files.PDF),
        ("BESLUT.PDF", files.PDF),
        ("bild.png", files.PNG),
        ("bild.jpg", files.JPEG),
        ("bild.jpeg", files.JPEG),
        ("brev.docx", files.DOCX),
        ("tal.xlsx", files.XLSX),
        ("bilder.pptx", office(files.POWERPOINT)),
        ("brev.odt", open_document("text")),
        ("tal.ods", open_document("spreadsheet")),
        ("anteckning.txt", "Åtgärden är klar.\r\nTack!".encode()),
        ("anteckning.txt", "Åtgärden är klar.".encode("utf-16")),
        ("tal.csv", "Enhet;Antal\nÅsen;3\n".encode("cp1252")),
        ("tal.csv", "\ufeffEnhet;Antal\nÅsen;3\n".encode()),
    ],
)
def test_kept(name, content):
    assert obstacle_to_keeping(upload(name, content)) is None


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("tom.pdf", b"", "Filen är tom."),
        # disguised
        ("faktura.pdf", files.EXE, ALLOWED),
        ("bild.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", ALLOWED),
        ("bild.png", b"<!DOCTYPE html><script>alert(1)</script>", ALLOWED),
        ("text.txt", b" \n<script>alert(1)</script>", ALLOWED),
        ("text.txt", "<html>".encode("utf-16"), ALLOWED),
        ("text.txt", b"GIF89a" + bytes(20), ALLOWED),
        ("text.txt", b"hej\x00du", ALLOWED),
        ("text.txt", b"\xff\xfe\x00", ALLOWED),
        ("text.txt", b"odefinierad \x81", ALLOWED),
        ("brev.pdf", files.DOCX, "Filens innehåll är Word. Då ska namnet sluta på .docx."),
        ("bild.pdf", files.JPEG, "Filens innehåll är JPEG. Då ska namnet sluta på .jpg eller .jpeg."),
        ("program.exe", files.PDF, "Filens innehåll är PDF. Då ska namnet sluta på .pdf."),
        ("skript.js", b"alert(1)", "Filens innehåll är text. Då ska namnet sluta på .txt eller .csv."),
        ("namn", files.PDF, "Filens innehåll är PDF. Då ska namnet sluta på .pdf."),
        # packages that are something else
        ("arkiv.docx", package(("hej.txt", "hej")), ALLOWED),
        ("mall.docx", office("openxmlformats-officedocument.wordprocessingml.template.main"), ALLOWED),
        ("bild.ods", open_document("graphics"), ALLOWED),
        ("trasig.docx", files.DOCX[:40] + bytes(10) + files.DOCX[50:], ALLOWED),
        # macros
        ("brev.docx", office(files.WORD, ("word/vbaProject.bin", b"x")), MACROS),
        ("brev.docx", office("ms-word.document.macroEnabled.main"), MACROS),
        ("tal.xlsx", office(files.EXCEL, ("xl/macrosheets/sheet1.xml", b"x")), MACROS),
        ("brev.odt", open_document("text", ("Basic/Standard/Module1.xml", b"x")), MACROS),
        ("brev.odt", open_document("text", ("Scripts/python/x.py", b"x")), MACROS),
    ],
)
def test_refused(name, content, sentence):
    assert obstacle_to_keeping(upload(name, content)) == sentence


def test_an_archive_of_too_many_parts_is_refused():
    content = office(files.WORD, *((f"word/{number}.xml", b"") for number in range(10_000)))

    assert obstacle_to_keeping(upload("brev.docx", content)) == BOMB


def test_an_archive_that_unpacks_to_far_too_much_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", files.CONTENT_TYPES.format(main=files.WORD))
        with archive.open("word/document.xml", "w") as part:
            for _ in range(501):
                part.write(bytes(1024 * 1024))

    assert obstacle_to_keeping(upload("brev.docx", (tmp_path / "bomb").read_bytes())) == BOMB


def test_an_encrypted_archive_is_refused():
    content = bytearray(files.DOCX)
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1

    assert obstacle_to_keeping(upload("brev.docx", bytes(content))) == ALLOWED


def test_a_file_over_the_limit_is_refused_and_one_at_the_limit_kept(settings):
    settings.MAX_ATTACHMENT_BYTES = len(files.PDF)

    assert obstacle_to_keeping(upload("a.pdf", files.PDF)) is None
    assert obstacle_to_keeping(upload("a.pdf", files.PDF + b"\n")) == (
        f"Filen är {len(files.PDF) + 1}\xa0byte. Den får vara högst {len(files.PDF)}\xa0byte."
    )


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("beslut.pdf", "beslut.pdf"),
        ("C:\\Användare\\Karin\\beslut.pdf", "beslut.pdf"),
        ("../../etc/beslut.pdf", "beslut.pdf"),
        ("beslut\u202efdp.exe.pdf", "beslutfdp.exe.pdf"),
        ("bes\x00lut\n.pdf", "beslut.pdf"),
        ("å" * 300 + ".pdf", "å" * 196 + ".pdf"),
    ],
)
def test_a_name_is_only_a_name(name, plain):
    assert plain_name(name) == plain


@pytest.fixture
def home_care(db):
    return factories.unit(factories.committee())


@pytest.fixture
def manager(home_care):
    return factories.person("Eva Chef", unit_manager=home_care)


@pytest.fixture
def action(home_care, manager):
    return plan(manager, home_care)


def test_a_file_is_kept_under_a_name_that_says_nothing(action, manager, home_care):
    attachment = attach(action, by=manager, upload=upload("Beslut maj.pdf", files.PDF), description="Nämndens beslut")

    attachment.refresh_from_db()
    assert list(attachments_of(action)) == [attachment]
    assert (attachment.name, attachment.description, attachment.media_type, attachment.size) == (
        "Beslut maj.pdf",
        "Nämndens beslut",
        "application/pdf",
        len(files.PDF),
    )
    assert "beslut" not in attachment.file.name.lower()
    with default_storage.open(attachment.file.name) as kept:
        assert kept.read() == files.PDF
    sha256 = hashlib.sha256(files.PDF).hexdigest()
    event = Event.objects.first()
    assert (event.verb, event.unit_id, event.after) == (
        "attachment.added",
        home_care.pk,
        {
            "about": "actions.action",
            "about_id": action.pk,
            "name": "Beslut maj.pdf",
            "description": "Nämndens beslut",
            "media_type": "application/pdf",
            "size": len(files.PDF),
            "sha256": sha256,
        },
    )


def test_a_refused_file_leaves_nothing_behind(action, manager):
    with pytest.raises(ValidationError) as error:
        attach(action, by=manager, upload=upload("faktura.pdf", files.EXE))

    assert error.value.message_dict == {"upload": [ALLOWED]}
    assert list(attachments_of(action)) == []


def test_the_same_file_is_kept_once_until_withdrawn(action, manager):
    first = attach(action, by=manager, upload=upload("a.pdf", files.PDF))

    with pytest.raises(ValidationError) as error:
        attach(action, by=manager, upload=upload("b.pdf", files.PDF))
    assert error.value.message_dict == {"upload": ["Filen är redan bifogad här."]}

    withdraw_attachment(first, by=manager, reason="Fel fil")
    assert attach(action, by=manager, upload=upload("b.pdf", files.PDF)).name == "b.pdf"


def test_who_only_reads_attaches_nothing(action, home_care):
    with pytest.raises(PermissionDenied):
        attach(action, by=factories.person("Rut", auditor=home_care), upload=upload("a.pdf", files.PDF))


def test_a_withdrawn_file_is_hidden_and_says_why(action, manager, home_care):
    attachment = attach(action, by=manager, upload=upload("a.pdf", files.PDF))
    colleague = factories.person("Mio", employee=home_care)
    with pytest.raises(PermissionDenied):
        withdraw_attachment(attachment, by=colleague, reason="x")

    withdraw_attachment(attachment, by=manager, reason="Personuppgifter")

    assert attachment_visible_to(manager, attachment.pk) is None
    assert [each.withdrawn_reason for each in attachments_of(action)] == ["Personuppgifter"]
    assert (Event.objects.first().verb, Event.objects.first().after) == (
        "attachment.withdrawn",
        {"about": "actions.action", "about_id": action.pk, "reason": "Personuppgifter"},
    )
    with pytest.raises(Refused):
        withdraw_attachment(attachment, by=manager, reason="Igen")


def test_a_file_is_seen_by_those_who_see_the_row(action, manager):
    attachment = attach(action, by=manager, upload=upload("a.pdf", files.PDF))
    stranger = factories.person("Lars", unit_manager=factories.committee("Skolnämnden"))

    assert attachment_visible_to(manager, attachment.pk) == attachment
    assert attachment_visible_to(stranger, attachment.pk) is None
    assert attachment_visible_to(manager, attachment.pk + 1) is None
