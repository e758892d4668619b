# SPDX-License-Identifier: EUPL-1.2
"""``stip_web check --deploy``: quiet on a good installation, a sentence for each thing that is not."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from stip.settings import Settings, Town
from stip.store import Workspace
from stip_web.settings.environment import Environment, Mode, read_environment

KEY = "kZ8vYpQ2xN5mT7wR1cJ4hL9sB6dF3gA0eU-iO_yPqWzXvCbNmLkJh"


@pytest.fixture
def good(tmp_path: Path) -> dict[str, str]:
    """Give the environment of a good installation."""
    workspace = Workspace.create(tmp_path / "stad", Settings(town=Town(name="Proefstad"))).root
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("STIP_", "DATABASE_"))}
    said = {
        "DJANGO_SETTINGS_MODULE": "stip_web.settings",
        "STIP_MODE": "production",
        "STIP_WORKSPACE": str(workspace),
        "STIP_STATE": str(tmp_path / "staat"),
        "STIP_KEYS": str(tmp_path / "sleutelbos"),
        "STIP_SECRET_KEY": KEY,
        "STIP_HOSTS": "stip.example.nl",
        "STIP_PROXIES": "1",
        "STIP_SQLITE": "ja",
    }
    return kept | said


def command(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "stip_web.manage", *words]
    return subprocess.run(program, env=environment, capture_output=True, text=True)


def check(environment: dict[str, str]) -> tuple[int, str]:
    done = command(environment, "check", "--deploy", "--fail-level", "WARNING")
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def test_a_good_installation_is_quiet(good: dict[str, str]) -> None:
    code, said = check(good)
    assert code == 0, said
    assert "no issues" in said


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("STIP_SECRET_KEY", "kort", "te kort of leeg"),
        ("STIP_HOSTS", "", "noemt geen adres"),
        ("STIP_HOSTS", "*", "noemt geen adres"),
        ("STIP_KEYS", "", "STIP_KEYS ontbreekt"),
        ("STIP_KEYS", "{state}/sleutels", "ligt in de werkmap of de map van de site"),
        ("STIP_WORKSPACE", "/nergens/hier", "geen werkmap"),
        ("STIP_OIDC_URL", "https://inloggen.example.nl", "half ingesteld"),
        ("STIP_OIDC_URL", "http://inloggen.example.nl", "begint niet met https"),
        ("STIP_SQLITE", "", "De database is SQLite"),
        ("STIP_REQUIRE_MFA", "nee", "zonder tweede stap"),
        ("STIP_MODE", "demo", "wachtwoorden zijn bekend"),
    ],
)
def test_what_is_not_safe_gets_a_sentence(good: dict[str, str], name: str, value: str, sentence: str) -> None:
    code, said = check(good | {name: value.format(state=good["STIP_STATE"])})
    assert code == 1
    assert sentence in said
    assert KEY not in said


def test_without_a_secret_key_nothing_starts_and_a_sentence_says_so(good: dict[str, str]) -> None:
    done = command(good | {"STIP_SECRET_KEY": ""}, "serve", "--no-worker")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "STIP_SECRET_KEY is te kort of leeg" in done.stderr


def test_a_demo_is_served_on_this_machine_only(good: dict[str, str]) -> None:
    done = command(good | {"STIP_MODE": "demo"}, "serve", "--host", "192.0.2.1", "--no-worker")
    assert done.returncode == 1
    assert "alleen op deze machine" in done.stderr


@pytest.mark.parametrize("taken", [0, 1])
def test_a_port_that_is_taken_is_said_and_nothing_starts(
    good: dict[str, str], socket_enabled: None, taken: int
) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # as the server of Stip does
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = command(good | {"STIP_MODE": "demo"}, "serve", "--port", str(port - taken), "--no-worker")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert f"Poort {port} is bezet" in done.stderr


def test_demo_users_are_not_made_in_production(good: dict[str, str]) -> None:
    code = "from stip_web.accounts.demo import make_demo_users; make_demo_users()"
    assert command(good, "upgrade").returncode == 0
    done = command(good, "shell", "-c", code)
    assert done.returncode == 1
    assert "alleen bij het voorbeeld" in done.stderr


def test_accounts_of_a_demo_keep_production_from_starting(good: dict[str, str]) -> None:
    code = "from stip_web.accounts.demo import make_demo_users; make_demo_users()"
    for words in (("upgrade",), ("shell", "-c", code)):
        assert command(good | {"STIP_MODE": "demo"}, *words).returncode == 0
    status, said = check(good)
    assert status == 1
    assert "6 accounts van het voorbeeld open" in said
    done = command(good, "serve", "--no-worker")
    assert done.returncode == 1
    assert "accounts van het voorbeeld open" in done.stderr
    close = "from stip_web.accounts.models import User; User.objects.update(is_active=False)"
    assert command(good, "shell", "-c", close).returncode == 0
    assert check(good)[0] == 0


def test_a_demo_leaves_real_accounts_alone(good: dict[str, str]) -> None:
    assert command(good, "upgrade").returncode == 0
    assert command(good, "administrator", "beheerder").returncode == 0
    code = "from stip_web.accounts.demo import make_demo_users; make_demo_users()"
    done = command(good | {"STIP_MODE": "demo"}, "shell", "-c", code)
    assert done.returncode == 1
    assert "accounts van buiten het voorbeeld" in done.stderr
    code = "from stip_web.accounts.models import User; print(User.objects.get().has_usable_password())"
    assert "False" in command(good, "shell", "-v", "0", "-c", code).stdout


def test_cookies_transport_and_policy_in_production(good: dict[str, str]) -> None:
    """Ask a production site over https, and over http."""
    assert command(good, "upgrade").returncode == 0
    code = """
from django.test import Client
told = Client(headers={"host": "stip.example.nl", "x-forwarded-proto": "https"}).get("/account/login/")
print(dict(told.headers), told.cookies.output())
plain = Client(headers={"host": "stip.example.nl"})
print(plain.get("/account/login/").status_code, plain.get("/account/login/")["Location"])
print("health", plain.get("/gezondheid").status_code)
print("other host", Client(headers={"host": "boos.example"}).get("/gezondheid").status_code)
"""
    done = command(good, "shell", "-v", "0", "-c", code)
    assert done.returncode == 0, done.stderr
    assert "max-age=31536000; includeSubDomains; preload" in done.stdout
    assert "__Host-stip_csrf" in done.stdout
    assert "Secure" in done.stdout
    assert "HttpOnly" in done.stdout
    assert "301 https://stip.example.nl/account/login/" in done.stdout
    assert "health 200" in done.stdout
    assert "other host 400" in done.stdout
    for name in ("X-Frame-Options", "X-Content-Type-Options", "Permissions-Policy", "Content-Security-Policy"):
        assert name in done.stdout


def test_the_first_administrator_gets_a_link(good: dict[str, str]) -> None:
    assert command(good, "upgrade").returncode == 0
    done = command(good, "administrator", "mila")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("https://stip.example.nl/account/password/reset/key/")
    code = (
        "from stip_web.accounts.models import User; from stip_web.audit.models import AuditLine;"
        "u = User.objects.get(); print(u.role_names, u.has_usable_password(), AuditLine.objects.get().action)"
    )
    assert "Beheerder False user.administrator" in command(good, "shell", "-v", "0", "-c", code).stdout


def test_words_of_yes_and_no() -> None:
    variables = {"STIP_MODE": "production", "STIP_REQUIRE_MFA": "Nee", "STIP_SQLITE": "1"}
    environment = read_environment(variables)
    assert environment.mode is Mode.PRODUCTION
    assert (environment.require_mfa, environment.sqlite) == (False, True)
    assert Environment.model_fields["require_mfa"].default is True
