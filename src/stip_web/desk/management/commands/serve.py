# SPDX-License-Identifier: EUPL-1.2
"""``stip_web serve``: the site and its worker, in one command; in a demo the public site too."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from typing import Any

from django.conf import settings
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from granian.constants import Interfaces
from granian.server import Server

from stip_web.accounts.demo import make_demo_users
from stip_web.ports import check_port_is_free
from stip_web.workspaces.clock import now
from stip_web.workspaces.current import current_workspace

THREADS = 32
"""Of each process: a form that is sent half keeps one waiting, and the server knows no bound on that time."""
PUBLIC_HOST = "127.0.0.1"
"""Where the public site of the demo listens, one port further."""

_SOON_S, _SELDOM_S, _STARTED_S = 1.0, 60.0, 30.0


class Command(BaseCommand):
    """Serve the site until it is interrupted."""

    help = "Start de site en de werker die bestanden inleest. Stop met Ctrl+C."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take host, port and number of processes."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1)
        parser.add_argument("--no-worker", action="store_true", help="zonder de werker: die draait elders")
        parser.add_argument("--no-public", action="store_true", help="zonder de openbare site van het voorbeeld")

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring the database up to date, start the worker, serve."""
        self._refuse_what_is_unsafe()
        host, port = options["host"], options["port"]
        with_public = settings.DEMO and not options["no_public"]
        if settings.DEMO and host not in ("127.0.0.1", "localhost", "::1"):
            raise CommandError(
                "Het voorbeeld heeft bekende wachtwoorden en draait alleen op deze machine (127.0.0.1)."
            )
        check_port_is_free(host, port)
        if with_public:
            check_port_is_free(PUBLIC_HOST, port + 1)
        current_workspace()
        call_command("upgrade", stdout=self.stderr)
        try:
            call_command("reactions", key=True, stdout=self.stderr)
        except CommandError as error:  # a lost key of the inbox does not stop the week
            self.stderr.write(str(error))
        if settings.DEMO:
            self._tell_users(port)
        stopped = threading.Event()
        keeper = threading.Thread(target=_keep_a_worker, args=(stopped,))
        if not options["no_worker"]:
            keeper.start()
        public = _public_site(port + 1) if with_public else None
        try:
            Server(
                "stip_web.wsgi:served",
                address=host,
                port=port,
                interface=Interfaces.WSGI,
                workers=options["workers"],
                blocking_threads=THREADS,
                log_access=False,
                log_level="error",  # type: ignore[arg-type]  # it warns of the threads, in English
                respawn_failed_workers=True,
            ).serve()
        finally:
            stopped.set()
            if public is not None:
                public.terminate()
                public.wait(timeout=30)
            if keeper.is_alive():
                keeper.join(timeout=40)

    def _refuse_what_is_unsafe(self) -> None:
        """Ask the checks of this installation; in a demo there is nothing to ask."""
        if settings.DEMO:
            return
        found = [message for message in run_checks(include_deployment_checks=True) if message.is_serious()]
        if found:
            raise CommandError("\n".join(f"{message.msg} {message.hint or ''}".strip() for message in found))

    def _tell_users(self, port: int) -> None:
        users = make_demo_users()
        width = max(len(role) for role, _, _ in users)
        self.stdout.write(f"\nStip draait op http://localhost:{port} – log in als:\n\n")
        for role, username, password in users:
            self.stdout.write(f"  {role:{width}}  {username:12} {password}\n")
        self.stdout.write("\nStop met Ctrl+C.\n")
        sys.stdout.flush()


def _public_site(port: int) -> subprocess.Popen[bytes]:
    """Start the public site of the demo: a process that is not told where the workspace or the keys are."""
    too_much = ("STIP_WORKSPACE", "STIP_KEYS", "STIP_STATE", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    environment = {name: value for name, value in os.environ.items() if name not in too_much}
    environment |= {
        "STIP_MODE": "demo",
        "STIP_PUBLISHED": str(settings.STIP_WORKSPACE / "published"),
        "STIP_INBOX": str(settings.STIP_INBOX),
        "STIP_DEMO_NOW": now(current_workspace()).isoformat(),
    }
    command = [sys.executable, "-m", "stip_web.manage", "serve-public", "--host", PUBLIC_HOST, "--port", str(port)]
    return subprocess.Popen(command, env=environment)  # noqa: S603


def _keep_a_worker(stopped: threading.Event) -> None:
    """Run the worker, and begin it again when it is killed; what it was doing is then told as failed.

    One that cannot start (its folder is gone, say) is begun again ever more slowly, so that it does not take a core.
    """
    pause_s = _SOON_S
    while not stopped.is_set():
        begun = time.monotonic()
        worker = subprocess.Popen([sys.executable, "-m", "stip_web.manage", "worker"])  # noqa: S603
        while worker.poll() is None and not stopped.wait(1):
            pass
        if worker.poll() is None:
            worker.terminate()
            worker.wait(timeout=30)
        pause_s = _SOON_S if time.monotonic() - begun > _STARTED_S else min(2 * pause_s, _SELDOM_S)
        stopped.wait(pause_s)
