"""What the product stands on: the locked packages, their licences, and that the list of them is neither short nor long."""

import ast
import re
import sys
import tomllib
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
LOCK = CHECKOUT / "requirements.lock.txt"
PINNED = re.compile(r"([a-z0-9._-]+)==([^ ;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")

# Licences under which a municipality may use, change and pass on the product, which is EUPL-1.2.
ALLOWED = {
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC-BY-4.0",
    "CC0-1.0",
    "LGPL-3.0-only",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "PSF-2.0",
    "Zlib",
}
# How packages say the same without an SPDX name.
SPOKEN = {
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "MPL 2.0": "MPL-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
# Read in their licence files: they say it nowhere else, say it wrongly, or are not installed on every system.
READ = {
    "colorama": "BSD-3-Clause",
    "fido2": "BSD-2-Clause AND MPL-2.0",
    "pysqlite3": "Zlib",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "qrcode": "BSD-3-Clause",
    "resvg-py": "MIT",
    "tzdata": "Apache-2.0",
}
# Declared and imported by nobody here: what uses it.
USED_BY_OTHERS = {
    "argon2-cffi": "Django's password hashing",
    "defusedxml": "openpyxl, when it is there",
    "psycopg": "Django, on PostgreSQL",
    "setuptools": "builds this project",
}
# Imported and declared under the name of another: whose it is.
PARTS_OF_OTHERS = {
    "attrs": "cattrs",
    "botocore": "django-storages[s3]",
    "lxml": "python-docx",
    "pygments": "pytest",
    "pyjwt": "django-allauth[socialaccount]",
    "python3-saml": "django-allauth[saml]",
    "requests": "django-allauth[socialaccount]",
}


@dataclass(frozen=True)
class Package:
    name: str
    version: str
    licence: str
    hashes: tuple[str, ...]


def locked(lock: Path = LOCK) -> list[Package]:
    """A package begins its line with its name; its checksums stand on the lines below."""
    entries = re.split(r"\n(?=[a-z0-9])", lock.read_text().strip())
    found = [(PINNED.match(entry), tuple(HASH.findall(entry))) for entry in entries]
    return [Package(name[1], name[2], licence_of(name[1]), hashes) for name, hashes in found if name]


def licence_of(name: str) -> str:
    """The SPDX expression, as far as it can be told; empty when it cannot."""
    if name in READ:
        return READ[name]
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    classifiers = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier", []) if line.startswith("License")]
    said = told.get("License-Expression") or told.get("License") or " OR ".join(classifiers)
    return SPOKEN.get(said, said)


def is_allowed(licence: str) -> bool:
    """Of alternatives one is enough; of what holds together all must be."""
    alternatives = re.split(r"\s+OR\s+", licence.replace("(", "").replace(")", ""))
    return any(all(part in ALLOWED for part in re.split(r"\s+AND\s+", each)) for each in alternatives)


def faults_of_licences(packages: list[Package]) -> list[str]:
    return [
        f"{package.name} {package.version}: licensen ”{package.licence or 'okänd'}” finns inte bland de tillåtna."
        for package in packages
        if not is_allowed(package.licence)
    ]


# Declared and used


def declared() -> dict[str, set[str]]:
    """The packages that pyproject names, by extra; "" for those of the product itself."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    groups = {"": project["dependencies"], **project["optional-dependencies"]}
    return {group: {name_of(line) for line in lines} - {"hjulet"} for group, lines in groups.items()}


def name_of(requirement: str) -> str:
    return normal(re.match(r"[A-Za-z0-9._-]+", requirement)[0])  # type: ignore[index]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(*folders: str) -> set[str]:
    """The packages, outside Python's own, that the files of the folders import or name as parts of Django's settings."""
    owners = metadata.packages_distributions()
    modules = {
        module for folder in folders for file in (CHECKOUT / folder).rglob("*.py") for module in modules_in(file)
    }
    return {
        normal(owners[module][0]) for module in modules if module in owners and module not in sys.stdlib_module_names
    }


def modules_in(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value.partition(".")[0])  # INSTALLED_APPS, MIDDLEWARE, and what a test patches
    return found


def faults_of_declaration(groups: dict[str, set[str]], product: set[str], everything: set[str]) -> list[str]:
    known = set().union(*groups.values())
    runtime = PARTS_OF_OTHERS.keys() | set().union(*(names for group, names in groups.items() if group != "dev"))
    forgotten = [f"{name} används men står inte i pyproject.toml." for name in sorted(product - runtime - {"hjulet"})]
    unused = known - everything - USED_BY_OTHERS.keys() - groups["dev"]
    return forgotten + [f"{name} står i pyproject.toml men används inte." for name in sorted(unused)]


def main() -> None:
    packages = locked()
    faults = faults_of_licences(packages)
    faults += faults_of_declaration(declared(), imported("src"), imported("src", "tests", "tools"))
    faults += [f"{package.name} saknar kontrollsumma i låset." for package in packages if not package.hashes]
    if faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main()
