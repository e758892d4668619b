# SPDX-License-Identifier: EUPL-1.2
"""Make the bill of materials of a release: every package of both locks, as CycloneDX 1.6 JSON.

``python tools/sbom.py FILE``. What runs on a server has the scope *required*; tools, tests and what only builds the
pages are *excluded*. The same locks give the same list; no registry is asked.
"""

from __future__ import annotations

import base64
import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.contact import OrganizationalEntity
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.utils import canonicalize_name
from runtime_lock import needed

ROOT = Path(__file__).resolve().parents[1]
LOCK, NPM_LOCK = ROOT / "requirements.lock", ROOT / "frontend" / "package-lock.json"
_ENTRY = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)[^\n]*((?:\n {4}--hash=[^\n]+)*)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_ALGORITHMS = {"sha512": HashAlgorithm.SHA_512, "sha384": HashAlgorithm.SHA_384, "sha1": HashAlgorithm.SHA_1}


def python_packages(lock: str, runs: set[str]) -> Iterator[Component]:
    """Give each package of the lock of Python; one that comes for several machines is there once.

    Parameters
    ----------
    lock : str
        Contents of ``requirements.lock``.
    runs : set of str
        What a server needs, by name.
    """
    for name, version, hashes in _ENTRY.findall(lock):
        yield Component(
            type=ComponentType.LIBRARY,
            name=name,
            version=version,
            bom_ref=f"pkg:pypi/{name}@{version}",
            purl=PackageURL("pypi", name=canonicalize_name(name), version=version),
            scope=ComponentScope.REQUIRED if name in runs else ComponentScope.EXCLUDED,
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in _HASH.findall(hashes)],
        )


def npm_packages(lock: dict[str, Any]) -> Iterator[Component]:
    """Give each package of the lock of npm."""
    seen: set[tuple[str, str]] = set()
    for place, facts in sorted(lock["packages"].items()):
        name = facts.get("name") or place.rpartition("node_modules/")[2]
        if not place or facts.get("link") or (name, facts["version"]) in seen:
            continue
        seen.add((name, facts["version"]))
        group, _, short = name.rpartition("/")
        method, _, digest = facts.get("integrity", "").partition("-")
        hashes = [HashType(alg=_ALGORITHMS[method], content=base64.b64decode(digest).hex())] if digest else []
        yield Component(
            type=ComponentType.LIBRARY,
            group=group or None,
            name=short,
            version=facts["version"],
            bom_ref=f"pkg:npm/{name}@{facts['version']}",
            purl=PackageURL("npm", namespace=group or None, name=short, version=facts["version"]),
            scope=ComponentScope.EXCLUDED if facts.get("dev") else ComponentScope.REQUIRED,
            hashes=hashes,
        )


def bill() -> Bom:
    """Make the bill of both locks as they lie here."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    lock, npm_lock = LOCK.read_text(encoding="utf-8"), NPM_LOCK.read_text(encoding="utf-8")
    bom = Bom(serial_number=uuid.uuid5(uuid.NAMESPACE_URL, f"stip {project['version']} {lock} {npm_lock}"))
    bom.metadata.component = own = Component(
        type=ComponentType.APPLICATION,
        name=project["name"],
        version=project["version"],
        description=project["description"],
        licenses=[LicenseExpression(project["license"])],
        supplier=OrganizationalEntity(name=project["authors"][0]["name"]),
        bom_ref="stip",
        purl=PackageURL("pypi", name=project["name"], version=project["version"]),
    )
    runs = set(re.findall(r"^([a-z0-9._-]+)==", needed(lock), re.MULTILINE))
    listed = [*python_packages(lock, runs), *npm_packages(json.loads(npm_lock))]
    for component in listed:
        bom.components.add(component)
    bom.register_dependency(own, [each for each in listed if each.scope is ComponentScope.REQUIRED])
    return bom


def main(words: list[str]) -> int:
    """Write the bill; give the exit code."""
    if len(words) != 1:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    path = Path(words[0])
    path.parent.mkdir(parents=True, exist_ok=True)
    made = bill()
    path.write_text(JsonV1Dot6(made).output_as_string(indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{path}: {len(made.components)} packages\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
