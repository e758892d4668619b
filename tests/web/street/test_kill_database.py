# SPDX-License-Identifier: EUPL-1.2
"""Phones send while PostgreSQL is killed by force, and the server after it: what was told is there, once."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import postgres
from stip.store import Workspace, read_decisions
from web.street.test_kill import Running, log_in, made

pytestmark = pytest.mark.slow
COUNT, KILLS = 160, 3
ROWS = """
import json
from stip_web.street.models import Entry, Mirrored
rows = [each.hex for each in Entry.objects.values_list("entry_id", flat=True)]
print("FOUND" + json.dumps([rows, list(Mirrored.objects.values_list("refused", flat=True))]))
"""


@dataclass
class OnPostgres(Running):
    """A server on a database that is killed."""

    database_url: str = ""

    def environment(self) -> dict[str, str]:
        return super().environment() | {"DATABASE_URL": self.database_url}

    def manage(self, *words: str) -> str:
        command = [sys.executable, "-m", "stip_web.manage", *words]
        return subprocess.run(command, env=self.environment(), capture_output=True, check=True, text=True).stdout


@pytest.fixture
def server(own_site: Path, site: Path, tmp_path: Path, socket_enabled: None) -> Iterator[OnPostgres]:
    binaries = postgres.find_binaries()
    if binaries is None:
        pytest.skip(postgres.ABSENT)
    with postgres.cluster(binaries, durable=True) as url:
        running = OnPostgres(tmp_path / "site", own_site, site.parent / "sleutels", free_port(), None, url)
        running.start()
        yield running
        running.kill()


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_what_was_told_is_there_once_after_the_database_was_killed(server: OnPostgres, own_site: Path) -> None:
    workspace = Workspace.open(own_site)
    before = set(read_decisions(workspace, "feedback")["decision_id"])
    lines = log_in(server)
    waiting = dict(list(made(workspace).items())[:COUNT])
    entries, chance, told, kills = dict(waiting), random.Random(6), set[str](), 0
    for turn in range(200):
        if not waiting:
            break
        batch = list(waiting.values())[:20]
        killer = None
        if kills < KILLS and turn % 2 == 1:
            kills += 1
            killer = threading.Timer(chance.uniform(0.0, 0.3), postgres.kill, [server.database_url])
            killer.start()
        answers = lines[turn % len(lines)].send(batch, 1.0, read=True)
        if killer is not None:
            killer.join()
        if kills == KILLS and turn % 7 == 0:
            server.kill()
            server.start()
            lines = log_in(server)
        for one in answers:
            if one["result"] in ("stored", "again"):
                told.add(one["id"])
                waiting.pop(one["id"])
        time.sleep(0.2)
    assert waiting == {}, "each phone goes on until all of it is told"
    assert kills == KILLS
    server.kill()
    assert server.sweep()["waiting"] == 0
    rows, refused = json.loads(server.manage("shell", "-v", "0", "-c", ROWS).split("FOUND")[1])
    assert sorted(rows) == sorted(uuid.UUID(one).hex for one in entries)
    assert told == set(entries)
    assert set(refused) == {""}
    kept = [number for number in read_decisions(workspace, "feedback")["decision_id"] if number not in before]
    assert sorted(kept) == sorted(rows)
