# SPDX-License-Identifier: EUPL-1.2
"""How much does one small server carry while the week is made? Writes benchmarks/results/load.json and the page.

Usage: ``python benchmarks/load.py [--demo FOLDER] [--seconds 60] [--clients 8] [--workers 2]``. Starts a
PostgreSQL of its own, ``stip_web serve`` as an installation runs it (granian, its worker, and the public site when
there is one), and ``stip outlook make`` over and over on the same workspace. Clients on the same machine ask without
a pause: pages of the desk, map data, the API, feedback from the street, public pages. Afterwards every feedback that
the server said it has must be there exactly once.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from about import ROOT, about
from load_clients import KINDS, Asked, run_clients
from load_page import page

sys.path.insert(0, str(ROOT / "tests"))
import postgres  # noqa: E402 - how the tests start one

PEOPLE = """
import json
from django.test import Client
from stip_web.accounts.models import Role, User
from stip_web.street.plan import team_plan
from stip_web.workspaces.clock import this_week
from stip_web.workspaces.current import current_workspace
found = []
for number in range({clients}):
    cookies = {{}}
    for code in ("analyst", "coordinator", "member"):
        user, _ = User.objects.get_or_create(username=f"druk-{{code}}-{{number}}", defaults={{"demo": True}})
        user.roles.set([Role.objects.get(code=code)])
        client = Client(headers={{"host": "localhost"}})
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        cookies[code] = {{name: each.value for name, each in client.cookies.items()}}
    found.append(cookies)
town = current_workspace()
plan = team_plan(town, this_week(town), "flexteam")
told = {{"plan_id": plan.plan_id, "places": [each.place.place_id for each in plan.places], "week": this_week(town)}}
print("FOUND" + json.dumps({{"people": found, "plan": told}}))
"""
COUNTED = """
import json
from stip_web.street.models import Entry
from stip.store import read_decisions
from stip_web.workspaces.current import current_workspace
kept = read_decisions(current_workspace(), "feedback")["decision_id"].tolist()
rows = [each.hex for each in Entry.objects.values_list("entry_id", flat=True)]
print("FOUND" + json.dumps({"rows": rows, "kept": kept}))
"""


class Site:
    """An installation of its own, run by its own commands."""

    def __init__(self, folder: Path, database_url: str, workers: int) -> None:
        self.folder, self.workers, self.port = folder, workers, _free_ports()
        said = {"STIP_MODE": "demo", "STIP_WORKSPACE": folder / "werkmap", "STIP_KEYS": folder / "sleutels"}
        said |= {"STIP_STATE": folder / "site", "DATABASE_URL": database_url}
        said |= {"DJANGO_SETTINGS_MODULE": "stip_web.settings", "PYTHONPATH": ROOT / "src"}
        self.environment = os.environ | {name: str(value) for name, value in said.items()}

    def run(self, *words: str) -> str:
        """Run a command of the site."""
        command = [sys.executable, "-m", "stip_web.manage", *words]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{words[0]}: {done.stderr[-2000:]}")
        return done.stdout

    def ask(self, code: str) -> dict[str, Any]:
        """Run lines in the site, and give what they found."""
        return json.loads(self.run("shell", "-v", "0", "-c", code).split("FOUND")[1])

    @contextmanager
    def serving(self) -> Iterator[subprocess.Popen[bytes]]:
        """Serve as an installation does, in a process group of its own."""
        process = self.start()
        try:
            yield process
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=60)

    def start(self) -> subprocess.Popen[bytes]:
        """Start to serve, and wait until it answers."""
        words = ["serve", "--port", str(self.port), "--workers", str(self.workers)]
        with (self.folder / "serve.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "stip_web.manage", *words],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        for _ in range(600):
            if answers(self.port):
                return process
            if process.poll() is not None:
                break
            time.sleep(0.5)
        raise SystemExit((self.folder / "serve.log").read_text()[-2000:])

    @contextmanager
    def making_weeks(self, week: str) -> Iterator[list[float]]:
        """Make outlooks of past weeks meanwhile, one after the other; gives how long each took."""
        took: list[float] = []
        year, number = (int(part) for part in week.split("-W"))
        past = ",".join(f"{year}-W{each:02d}" for each in range(number - 1, number - 25, -1))
        log = self.folder / "weeks.log"
        words = [sys.executable, str(Path(__file__).with_name("load_weeks.py")), str(self.folder / "werkmap"), past]
        with log.open("w") as out:
            process = subprocess.Popen(words, env=self.environment, stdout=out, stderr=subprocess.DEVNULL)
            try:
                yield took
            finally:
                process.kill()
                process.wait(timeout=30)
        took += [float(line) for line in log.read_text().split()]


def answers(port: int) -> bool:
    """Tell whether something listens."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _free_ports() -> int:
    """Give a port after which the next is free too: the public site of a demo takes that."""
    for port in range(18_000, 19_000, 2):
        if not answers(port) and not answers(port + 1):
            return port
    raise SystemExit("no port is free")


def measure(chosen: argparse.Namespace) -> dict[str, Any]:
    """Start everything, ask, and count afterwards."""
    binaries = postgres.find_binaries()
    if binaries is None:
        raise SystemExit(postgres.ABSENT)
    folder = Path(tempfile.mkdtemp(prefix="stip-load-"))
    try:
        for part in ("werkmap", "sleutels"):
            shutil.copytree(chosen.demo / part, folder / part)
        with ExitStack() as stack:
            url = stack.enter_context(postgres.cluster(binaries, durable=True))
            site = Site(folder, url, chosen.workers)
            site.run("upgrade")
            found = site.ask(PEOPLE.format(clients=chosen.clients))
            stack.enter_context(site.serving())
            public = site.port + 1 if answers(site.port + 1) else None
            took = stack.enter_context(site.making_weeks(found["plan"]["week"]))
            asked, seconds = run_clients(site.port, public, found, chosen.seconds)
            counted = site.ask(COUNTED)
        return told(chosen, asked, seconds, counted, took, public is not None)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def told(
    chosen: argparse.Namespace,
    asked: list[Asked],
    seconds: float,
    counted: dict[str, list[str]],
    took: list[float],
    public: bool,
) -> dict[str, Any]:
    """Put the figures together."""
    stored = sorted(each.entry for each in asked if each.entry and each.good)
    kinds = {}
    for kind in KINDS:
        times = sorted(each.seconds for each in asked if each.kind == kind)
        if times:
            kinds[kind] = {
                "requests": len(times),
                "errors": sum(not each.good for each in asked if each.kind == kind),
                "p50_ms": round(1000 * times[len(times) // 2]),
                "p95_ms": round(1000 * times[int(len(times) * 0.95)]),
            }
    return {
        "about": about(),
        "load_before": chosen.load,
        "seconds": round(seconds),
        "clients": chosen.clients,
        "workers": chosen.workers,
        "public": public,
        "requests": len(asked),
        "per_second": round(len(asked) / seconds, 1),
        "errors": sum(not each.good for each in asked),
        "wrong": sorted({each.said for each in asked if not each.good})[:10],
        "kinds": kinds,
        "feedback_acknowledged": len(stored),
        "feedback_once": sum(counted["rows"].count(one) == 1 for one in stored),
        "outlooks_made": len(took),
        "outlook_seconds": round(sum(took) / len(took), 1) if took else None,
    }


def main() -> int:
    """Measure, write, and end with 1 when something failed or was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--demo", type=Path, default=ROOT / "demo")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--workers", type=int, default=2)
    chosen = parser.parse_args()
    chosen.load = round(os.getloadavg()[0], 1)
    found = measure(chosen)
    results = ROOT / "benchmarks" / "results"
    results.mkdir(exist_ok=True)
    (results / "load.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    (ROOT / "docs" / "explanation" / "load.md").write_text(page(found), encoding="utf-8")
    print(json.dumps({name: value for name, value in found.items() if name != "about"}, indent=1))
    return int(found["errors"] > 0 or found["feedback_once"] != found["feedback_acknowledged"])


if __name__ == "__main__":
    sys.exit(main())
