import re
import sys
import tomllib

import pytest

from tools import bootstrap

LOCKS = ("requirements.lock.txt", "requirements-extra.lock.txt", "requirements-dev.lock.txt")
PROJECT = tomllib.loads((bootstrap.CHECKOUT / "pyproject.toml").read_text())["project"]


def locked(lock):
    return set(re.findall(r"(?m)^([a-z0-9-]+)==", (bootstrap.CHECKOUT / lock).read_text()))


def wanted(requirements):
    names = (re.match(r"[\w-]+", requirement).group().lower() for requirement in requirements)
    return {name for name in names if name != PROJECT["name"]}


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_place(lock):
    text = (bootstrap.CHECKOUT / lock).read_text()

    assert re.findall(r"://|--index|--extra-index|--find-links|file:", text) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash(lock):
    entries = re.split(r"(?m)^(?=[a-z0-9])", (bootstrap.CHECKOUT / lock).read_text())[1:]

    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_locks_hold_what_the_project_asks_for():
    extras = PROJECT["optional-dependencies"]
    everyday = wanted([*PROJECT["dependencies"], *extras["build"], *extras["postgres"]])

    assert everyday - locked("requirements.lock.txt") == set()
    extra = everyday | wanted(extras["s3"]) | wanted(extras["saml"])
    assert extra - locked("requirements-extra.lock.txt") == set()
    assert (everyday | wanted(extras["dev"])) - locked("requirements-dev.lock.txt") == set()
    assert locked("requirements.lock.txt") - locked("requirements-extra.lock.txt") == set()
    assert locked("requirements-extra.lock.txt") - locked("requirements-dev.lock.txt") == set()


def test_too_old_python_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))

    with pytest.raises(SystemExit, match=r"(?s)3\.11 eller nyare.*PYTHON=python3"):
        bootstrap.require_python()


def test_missing_venv_is_told_which_package_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(sys, "executable", "/bin/false")

    with pytest.raises(SystemExit, match=r"sudo apt-get install python3\.\d+-venv"):
        bootstrap.make_venv()


def test_unchanged_lock_is_not_installed_again(monkeypatch, tmp_path, capsys):
    stamp = tmp_path / "stamp"
    stamp.write_text(bootstrap.mark_of(bootstrap.CHECKOUT / "requirements-dev.lock.txt"))
    monkeypatch.setattr(bootstrap, "STAMP", stamp)

    bootstrap.main([])
    bootstrap.main(["--extra"])
    bootstrap.main(["--dev"])

    assert capsys.readouterr().out == ""
