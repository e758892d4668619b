# SPDX-License-Identifier: EUPL-1.2
"""1,000 entries to a real server, over a line that breaks at random points, while the server is killed in between."""

from __future__ import annotations

import http.cookiejar
import json
import os
import random
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from stip.plan import standing_plan
from stip.store import Workspace, read_decisions

pytestmark = pytest.mark.slow
COUNT = 1000
KILLS = 3
LINE = re.compile(r"^  .*?  (\w+)\s+([a-z2-7]{12})$", re.MULTILINE)


@dataclass
class Running:
    """A server in a process group of its own, so that it is killed whole."""

    folder: Path
    workspace: Path
    keys: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self.folder / "serve.log"

    def environment(self) -> dict[str, str]:
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "stip_web.settings",
            "STIP_MODE": "demo",
            "STIP_WORKSPACE": str(self.workspace),
            "STIP_STATE": str(self.folder),
            "STIP_KEYS": str(self.keys),
            "DATABASE_URL": "",
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            "PYTHONWARNINGS": "ignore",
            "PYTHONUNBUFFERED": "1",
        }

    def start(self) -> None:
        command = [sys.executable, "-m", "stip_web.manage", "serve", "--port", str(self.port), "--no-worker"]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command, env=self.environment(), stdout=log, stderr=log, start_new_session=True
            )
        for _ in range(1200):
            with socket.socket() as probe:
                # The log too: what was killed may hold the port a moment longer.
                if probe.connect_ex(("127.0.0.1", self.port)) == 0 and LINE.search(self.log.read_text()):
                    return
            assert self.process.poll() is None, self.log.read_text()[-2000:]
            time.sleep(0.2)
        pytest.fail("the server did not start")

    def kill(self) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=30)

    def sweep(self) -> dict[str, int]:
        command = [sys.executable, "-m", "stip_web.manage", "street", "--sweep", "--json"]
        done = subprocess.run(command, env=self.environment(), capture_output=True, check=True)
        return json.loads(done.stdout)  # type: ignore[no-any-return]


@pytest.fixture
def server(own_site: Path, site: Path, tmp_path: Path, socket_enabled: None) -> Iterator[Running]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = Running(tmp_path / "site", own_site, site.parent / "sleutels", port)
    running.start()
    yield running
    running.kill()


class Line:
    """The line of one phone to the server; it breaks where it is told to."""

    def __init__(self, port: int, username: str, password: str) -> None:
        self.port = port
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.jar)
        )
        page = self.get("/account/login/")
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert found is not None
        form = {"login": username, "password": password, "csrfmiddlewaretoken": found[1]}
        with self.opener.open(
            f"http://127.0.0.1:{port}/account/login/", urllib.parse.urlencode(form).encode()
        ) as done:
            done.read()
        self.token = str(json.loads(self.get("/straat/gegevens.json"))["token"])

    def get(self, path: str) -> str:
        with self.opener.open(f"http://127.0.0.1:{self.port}{path}", timeout=60) as answer:
            return str(answer.read().decode())

    def request(self, entries: list[dict[str, Any]]) -> bytes:
        body = json.dumps({"entries": entries}).encode()
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar)
        head = (
            f"POST /straat/inzending HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\nX-CSRFToken: {self.token}\r\nCookie: {cookies}\r\nConnection: close\r\n"
            "Sec-Fetch-Mode: cors\r\n\r\n"
        )
        return head.encode() + body

    def send(self, entries: list[dict[str, Any]], cut_at: float, *, read: bool) -> list[dict[str, str]]:
        """Send a share of the request; read the answer, or hang up before it comes. What was not read is nothing."""
        whole = self.request(entries)
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=60) as line:
                line.sendall(whole[: int(len(whole) * cut_at)])
                if cut_at < 1 or not read:
                    return []
                answer = b"".join(iter(lambda: line.recv(65536), b""))
        except OSError:
            return []
        head, _, body = answer.partition(b"\r\n\r\n")
        if b" 200 " not in head.split(b"\r\n")[0]:
            return []
        try:
            return json.loads(body[body.index(b"{") : body.rindex(b"}") + 1])["outcomes"]  # type: ignore[no-any-return]
        except ValueError:  # the answer was cut off
            return []


def log_in(server: Running) -> list[Line]:
    """Give the lines of two phones; what one person may send in a minute is bounded."""
    passwords = dict(LINE.findall(server.log.read_text()))
    return [Line(server.port, name, passwords[name]) for name in ("teamlid", "coordinator")]


def made(workspace: Workspace) -> dict[str, dict[str, Any]]:
    plan = read_decisions(workspace, "plan").iloc[-1]
    places = standing_plan(workspace, plan["week"])["place_id"].tolist()
    entries = {}
    for number in range(COUNT):
        visited = number % 4 != 0
        entry = {
            "id": str(uuid.UUID(int=random.Random(number).getrandbits(128), version=4)),
            "plan_id": plan["plan_id"],
            "place_id": places[number % len(places)],
            "visited": visited,
            "code": "rustig" if visited else "",
            "why": "" if visited else "geen_tijd",
            "age_s": 30.0,
        }
        entries[entry["id"]] = entry
    return entries


@contextmanager
def killed_after(server: Running, seconds: float) -> Iterator[None]:
    timer = threading.Timer(seconds, server.kill)
    timer.start()
    try:
        yield
    finally:
        timer.join()
        server.start()


def test_every_entry_is_there_exactly_once(server: Running, own_site: Path) -> None:
    workspace = Workspace.open(own_site)
    before = {kind: set(read_decisions(workspace, kind)["decision_id"]) for kind in ("feedback", "visit")}
    lines = log_in(server)
    entries = made(workspace)
    waiting = dict(entries)
    chance = random.Random(37)
    kills, answers = 0, {"stored": 0, "again": 0}
    for turn in range(400):
        if not waiting:
            break
        batch = list(waiting.values())[: chance.randint(30, 90)]
        line = lines[turn % len(lines)]
        if kills < KILLS and turn % 4 == 2:
            kills += 1
            with killed_after(server, chance.uniform(0.05, 1.0)):
                told = line.send(batch, 1.0, read=True)
            lines = log_in(server)  # a demo that starts has new passwords: each session has ended
        else:
            told = line.send(batch, chance.choice([0.3, 0.97, 1.0, 1.0, 1.0]), read=chance.random() < 0.7)
        time.sleep(0 if told else 0.5)
        for one in told:
            assert one["result"] in answers, one
            answers[one["result"]] += 1
            waiting.pop(one["id"], None)
    assert waiting == {}
    assert kills == KILLS
    assert answers["again"] > 0, "no answer was lost: then nothing was tried"
    server.kill()
    assert server.sweep()["waiting"] == 0
    with sqlite3.connect(server.folder / "stip.sqlite3") as database:
        rows = [row[0] for row in database.execute("SELECT entry_id FROM street_entry")]
        marks = database.execute("SELECT count(*), max(refused) FROM street_mirrored").fetchone()
    database.close()
    assert sorted(str(uuid.UUID(row)) for row in rows) == sorted(entries)
    assert marks == (COUNT, "")
    for kind, wanted in (("feedback", entries), ("visit", {i for i, one in entries.items() if one["visited"]})):
        recorded = [number for number in read_decisions(workspace, kind)["decision_id"] if number not in before[kind]]
        assert sorted(recorded) == sorted(uuid.UUID(entry_id).hex for entry_id in wanted)
