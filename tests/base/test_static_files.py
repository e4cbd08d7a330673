"""Files of the pages: hashed names once they are collected, and the plain ones until then."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.templatetags.static import static

from hjulet.base.static_files import StaticFiles
from tests.architecture.source import templates


@pytest.fixture
def collected(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0, skip_checks=True)
    return StaticFiles()


def test_a_page_drawn_without_collecting_has_the_plain_names():
    assert static("base/hjulet.css") == "/static/base/hjulet.css"


def test_collected_files_have_a_name_of_their_content_and_a_smaller_twin(collected):
    name = Path(collected.stored_name("base/hjulet.css"))

    folder = Path(settings.STATIC_ROOT)
    assert name.name.startswith("hjulet.")
    assert len(name.suffixes[0]) == 13
    assert (folder / name).read_bytes() == (folder / "base/hjulet.css").read_bytes()
    assert (folder / f"{name}.gz").stat().st_size < (folder / name).stat().st_size


def test_collecting_again_changes_nothing(collected):
    call_command("collectstatic", interactive=False, verbosity=0, skip_checks=True)

    assert StaticFiles().hashed_files == collected.hashed_files


def test_every_file_named_by_a_template_of_ours_is_collected(collected):
    named = {name for file in templates() for name in re.findall(r"""\{% static ["']([^"']+)["']""", file.read_text())}

    assert named - collected.hashed_files.keys() == set()
    assert "base/hjulet.css" in named
