"""The text of a file that somebody sends in place of a text. A hostile one costs no more than its refusal."""

from collections.abc import Iterator
from typing import Final

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _

from hjulet.base.documents.model import clean
from hjulet.collaboration.attachments.file_types import DOCX, PDF, recognise
from hjulet.collaboration.attachments.rules import obstacle_to_keeping

MOST_SIGNS: Final = 200_000


def text_of(upload: File) -> str:
    """Empty for a file without text: a scanned picture. Raises `ValidationError` on `upload` for what we do not take."""
    from hjulet.rulebook.documents.file_readers import BROKEN, lines_of_pdf, lines_of_word

    if obstacle := obstacle_to_keeping(upload):
        raise ValidationError({"upload": obstacle})
    kind = recognise(upload)
    if kind not in (DOCX, PDF):
        raise ValidationError({"upload": _("Dokumentet ska vara en Word-fil (.docx) eller en PDF.")})
    lines_of = lines_of_word if kind == DOCX else lines_of_pdf
    try:
        return within_limit(lines_of(upload))
    except ValidationError:
        raise
    except BROKEN as error:
        raise ValidationError(
            {"upload": _("Filen är skadad och går inte att läsa. Spara den på nytt och försök igen.")}
        ) from error
    finally:
        upload.seek(0)


def within_limit(lines: Iterator[str]) -> str:
    """As much as is searched and compared; the file itself is kept whole."""
    kept, signs = [], 0
    for line in lines:
        text = clean(" ".join(line.split()))
        signs += len(text) + 1
        if signs > MOST_SIGNS:
            break
        kept.append(text)
    return "\n".join(kept).strip()
