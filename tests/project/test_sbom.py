# SPDX-License-Identifier: EUPL-1.2
"""The bill of materials of a release lists every locked package, and says which of them run on a server."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import sbom

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = tmp_path_factory.mktemp("bill") / "new" / "stip.cdx.json"
    assert sbom.main([str(path)]) == 0
    return json.loads(path.read_text())  # type: ignore[no-any-return]


def purls(made: dict[str, Any]) -> set[str]:
    return {each["purl"].replace("%40", "@") for each in made["components"]}


def test_every_package_of_the_python_lock_is_in_it(made: dict[str, Any]) -> None:
    lock = (ROOT / "requirements.lock").read_text()
    locked = {f"pkg:pypi/{name}@{version}" for name, version in re.findall(r"^([^\s#=]+)==([^\s;]+)", lock, re.M)}
    assert len(locked) > 150
    assert locked - purls(made) == set()


def test_every_package_of_the_npm_lock_is_in_it(made: dict[str, Any]) -> None:
    packages = json.loads((ROOT / "frontend" / "package-lock.json").read_text())["packages"]
    names = [(place.rpartition("node_modules/")[2], each["version"]) for place, each in packages.items() if place]
    locked = {f"pkg:npm/{name}@{version}" for name, version in names}
    assert len(locked) > 50
    assert locked - purls(made) == set()


def test_nothing_else_is_in_it_and_each_has_its_hash(made: dict[str, Any]) -> None:
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert made["metadata"]["component"]["name"] == "stip"
    assert all(each["hashes"] for each in made["components"])
    kinds = {each["purl"].partition("/")[0] for each in made["components"]}
    assert kinds == {"pkg:pypi", "pkg:npm"}


def test_it_tells_what_runs_from_what_only_builds_and_tests(made: dict[str, Any]) -> None:
    scope = {each["name"]: each["scope"] for each in made["components"] if each["purl"].startswith("pkg:pypi")}
    for name in ("django", "granian", "cryptography", "duckdb", "asgiref", "urllib3"):
        assert scope[name] == "required", name
    for name in ("pytest", "ruff", "playwright", "pip-audit"):
        assert scope[name] == "excluded", name


def test_the_same_locks_give_the_same_bill(made: dict[str, Any]) -> None:
    assert f"urn:uuid:{sbom.bill().serial_number}" == made["serialNumber"]


def test_it_asks_for_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert sbom.main([]) == 2
    assert "sbom.py FILE" in capsys.readouterr().err
