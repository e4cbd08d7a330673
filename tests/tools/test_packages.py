import pytest

from tools.packages import Package, declared, faults_of_declaration, faults_of_licences, is_allowed, licence_of, locked

LOCK = """\
alpha==1.0 \\
    --hash=sha256:{a} \\
    --hash=sha256:{b}
beta==2.0.post1 ; sys_platform == 'win32' \\
    --hash=sha256:{a}
gamma==3
"""


def test_a_lock_is_read_with_its_checksums(tmp_path):
    (tmp_path / "lock").write_text(LOCK.format(a="a" * 64, b="b" * 64))

    assert [(package.name, package.version, package.hashes) for package in locked(tmp_path / "lock")] == [
        ("alpha", "1.0", ("a" * 64, "b" * 64)),
        ("beta", "2.0.post1", ("a" * 64,)),
        ("gamma", "3", ()),
    ]


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT", True),
        ("MPL-2.0 AND MIT", True),
        ("GPL-3.0-only OR MIT", True),
        ("(Apache-2.0 OR BSD-2-Clause)", True),
        ("MIT AND GPL-3.0-only", False),
        ("AGPL-3.0-only", False),
        ("Proprietary", False),
        ("", False),
    ],
)
def test_of_alternatives_one_must_do_and_of_parts_all(licence, allowed):
    assert is_allowed(licence) is allowed


def test_a_licence_is_told_by_its_short_name():
    names = ("attrs", "django-csp", "tqdm", "colorama", "no-such-package")

    assert [licence_of(name) for name in names] == ["MIT", "BSD-3-Clause", "MPL-2.0 AND MIT", "BSD-3-Clause", ""]


def test_a_licence_that_is_not_allowed_is_named():
    assert faults_of_licences(
        [Package("a", "1", "MIT", ()), Package("b", "2", "", ()), Package("c", "3", "SSPL", ())]
    ) == [
        "b 2: licensen ”okänd” finns inte bland de tillåtna.",
        "c 3: licensen ”SSPL” finns inte bland de tillåtna.",
    ]


def test_what_is_used_is_declared_and_what_is_declared_is_used():
    groups = {"": {"django", "unused"}, "postgres": {"psycopg"}, "build": {"setuptools"}, "dev": {"pytest"}}

    assert faults_of_declaration(groups, {"django", "forgotten", "hjulet", "lxml"}, {"django", "pytest"}) == [
        "forgotten används men står inte i pyproject.toml.",
        "unused står i pyproject.toml men används inte.",
    ]


def test_what_pyproject_declares_is_read_by_group():
    groups = declared()

    assert set(groups) == {"", "postgres", "s3", "saml", "build", "dev"}
    assert {"django", "django-allauth", "pyyaml"} <= groups[""]
    assert groups["postgres"] == {"psycopg"}
