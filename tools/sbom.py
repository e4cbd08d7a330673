"""The bill of materials of a release, CycloneDX 1.6 as JSON: every locked package with version, licence and checksums.

The same lock gives the same bytes: no time, and a serial number that follows from the content.
"""

import json
import re
import tomllib
import uuid
from pathlib import Path
from typing import Any

from tools.packages import CHECKOUT, Package, locked


def bill(packages: list[Package]) -> dict[str, Any]:
    product = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    components = [component(package) for package in packages]
    whole = {
        "type": "application",
        "bom-ref": "hjulet",
        "name": product["name"],
        "version": product["version"],
        "description": product["description"],
        "licenses": [{"license": {"id": product["license"]}}],
    }
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps([whole, components], sort_keys=True))
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {"component": whole},
        "components": components,
        "dependencies": [
            {"ref": "hjulet", "dependsOn": [each["bom-ref"] for each in components]},
            *({"ref": each["bom-ref"]} for each in components),
        ],
    }


def component(package: Package) -> dict[str, Any]:
    """The checksums are those of the files that the lock allows: one per system."""
    address = f"pkg:pypi/{package.name}@{package.version}"
    return {
        "type": "library",
        "bom-ref": address,
        "name": package.name,
        "version": package.version,
        "purl": address,
        "licenses": [licence(package.licence)],
        "properties": [{"name": "hjulet:sha256", "value": value} for value in package.hashes],
    }


def licence(expression: str) -> dict[str, Any]:
    is_single = re.fullmatch(r"[A-Za-z0-9.-]+", expression)
    return {"license": {"id": expression}} if is_single else {"expression": expression}


def write(folder: Path) -> Path:
    target = folder / "hjulet-sbom.cdx.json"
    target.write_text(json.dumps(bill(locked()), indent=2, ensure_ascii=False) + "\n")
    return target
