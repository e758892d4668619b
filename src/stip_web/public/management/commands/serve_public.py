# SPDX-License-Identifier: EUPL-1.2
"""``stip_web serve-public``: the public site, in a process of its own that knows only what is published."""

from __future__ import annotations

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from granian.constants import Interfaces
from granian.server import Server

from stip_web.ports import check_port_is_free
from stip_web.public.environment import PublicEnvironment, public_environment

THREADS = 32
"""Of each process: a form that is sent half keeps one waiting, and the server knows no bound on that time."""
_HERE = ("127.0.0.1", "localhost", "::1")


class Command(BaseCommand):
    """Serve the public site until it is interrupted."""

    help = "Start de openbare site. Zij leest alleen de map ‘published’ en legt berichten in de postbus."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take host, port and number of processes."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8001)
        parser.add_argument("--workers", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse what is not safe, and serve."""
        environment, host, port = public_environment(), options["host"], options["port"]
        _refuse_what_is_unsafe(environment, host)
        check_port_is_free(host, port)
        os.environ["STIP_PUBLIC_SECRET"] = settings.SECRET_KEY  # one for all processes of this start
        self.stdout.write(f"De openbare site draait op http://localhost:{port}/openbaar\n")
        sys.stdout.flush()
        Server(
            "stip_web.public.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=options["workers"],
            blocking_threads=THREADS,
            log_access=False,  # who looks at what stays unwritten
            log_level="error",  # type: ignore[arg-type]  # it warns of the threads, in English
            respawn_failed_workers=True,
        ).serve()


def _refuse_what_is_unsafe(environment: PublicEnvironment, host: str) -> None:
    if not environment.published.is_dir():
        raise CommandError("De map met openbare cijfers is er niet. Wijs haar aan met STIP_PUBLISHED.")
    if environment.mode == "demo" and host not in _HERE:
        raise CommandError("Het voorbeeld draait alleen op deze machine (127.0.0.1).")
    if environment.mode != "demo" and not environment.hosts:
        raise CommandError("Onder welke naam is de openbare site te bereiken? Zet haar in STIP_PUBLIC_HOSTS.")
    known = [name for name in ("STIP_WORKSPACE", "STIP_KEYS", "STIP_STATE", "DATABASE_URL") if os.environ.get(name)]
    if known:
        raise CommandError(
            f"Deze opdracht kent te veel: {', '.join(known)}. De openbare site weet niet van werkmap, sleutels of "
            "database. Start haar zonder."
        )
