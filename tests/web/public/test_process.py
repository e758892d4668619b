# SPDX-License-Identifier: EUPL-1.2
"""The public process, as it is started: without database, session, cookie, script, workspace or desk."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

import pytest

ASKED = """
import json, sys
import django
django.setup()
from django.conf import settings
from django.db import connections
from django.test import Client
answer = Client().get("/openbaar", HTTP_HOST="localhost")
again = Client().get("/openbaar", HTTP_HOST="localhost", HTTP_IF_NONE_MATCH=answer["ETag"])
print(json.dumps({
    "status": answer.status_code, "again": again.status_code, "headers": dict(answer.headers),
    "cookies": list(answer.cookies), "text": answer.content.decode(), "apps": settings.INSTALLED_APPS,
    "middleware": settings.MIDDLEWARE, "database": connections.settings["default"]["ENGINE"],
    "modules": sorted(name for name in sys.modules if name.startswith("stip_web.")),
}))
"""


@pytest.fixture
def folders(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "published").mkdir()
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "STIP_MODE": "demo",
        "STIP_PUBLISHED": str(tmp_path / "published"),
        "STIP_INBOX": str(tmp_path / "inbox"),
    }


def test_it_knows_no_database_no_session_and_no_desk(folders: dict[str, str]) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", ASKED],
        env=folders | {"DJANGO_SETTINGS_MODULE": "stip_web.public_settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(ran.stdout)
    assert (told["status"], told["again"]) == (200, 304)
    assert told["cookies"] == []
    assert told["headers"]["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "default-src 'none'" in told["headers"]["Content-Security-Policy"]
    assert "script-src" not in told["headers"]["Content-Security-Policy"]
    assert "<script" not in told["text"]
    assert told["database"] == "django.db.backends.dummy"
    said = " ".join(told["apps"] + told["middleware"])
    assert not any(word in said for word in ("session", "auth", "csrf", "messages", "allauth"))
    rooms = {name.split(".")[1] for name in told["modules"]}
    assert rooms <= {
        "public",
        "public_settings",
        "inbox",
        "opendata",
        "answers",
        "audit",
    }  # of audit: how a log line is written
    # Of audit: how a log line is written.
    assert [name for name in told["modules"] if name.startswith("stip_web.audit.")] == ["stip_web.audit.log_lines"]


@pytest.mark.parametrize("too_much", ["STIP_WORKSPACE", "STIP_KEYS", "STIP_STATE", "DATABASE_URL"])
def test_it_does_not_start_when_it_knows_too_much(folders: dict[str, str], too_much: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "stip_web.manage", "serve-public"],
        env=folders | {too_much: "/srv/stip"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert too_much in ran.stderr
    assert "Traceback" not in ran.stderr


def test_it_needs_a_name_in_production(folders: dict[str, str]) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "stip_web.manage", "serve-public"],
        env=folders | {"STIP_MODE": "production"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert "STIP_PUBLIC_HOSTS" in ran.stderr


HALF = (
    b"POST /openbaar/reageer HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 60000\r\n\r\nkind=question&text=a"
)


def test_twenty_forms_that_are_sent_half_do_not_stop_it(socket_enabled: None, folders: dict[str, str]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "stip_web.manage", "serve-public", "--port", str(port)]
    server = subprocess.Popen(command, env=folders, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while not answers(port) and time.monotonic() < until:
            time.sleep(0.2)
        with ExitStack() as held:
            for _ in range(20):
                half = held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
                half.sendall(HALF)
            time.sleep(1)  # until each has its thread
            assert answers(port)
    finally:
        server.terminate()
        server.wait(timeout=60)


def answers(port: int) -> bool:
    """Ask the public site whether it is alive."""
    asking = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        asking.request("GET", "/openbaar/gezondheid", headers={"Host": "localhost"})
        return asking.getresponse().status == 200
    except OSError:
        return False
    finally:
        asking.close()
