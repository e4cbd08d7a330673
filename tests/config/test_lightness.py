import subprocess
import sys

import pytest

# Each takes megabytes and is needed by few: decisions/file-libraries-loaded-late.md
MAKE_OR_READ_FILES = {"docx", "openpyxl", "PIL", "pypdf", "typst"}


@pytest.mark.once
def test_a_process_that_shows_pages_has_not_loaded_what_makes_and_reads_files(tmp_path):
    program = (
        "import sys\n"
        "import hjulet.config.wsgi, hjulet.config.urls\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"HJULET_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    loaded = set(done.stdout.split())
    assert "xlsxwriter" in loaded  # so that the names are those of libraries
    assert loaded & MAKE_OR_READ_FILES == set()
