# SPDX-License-Identifier: EUPL-1.2
"""A real web server on this machine that says what a test tells it to, faults included."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Reply:
    """One answer of the server.

    Attributes
    ----------
    body : bytes
    status : int
    kind : str
        Content type.
    headers : dict of str to str
    promised : int, optional
        Length that is promised, when it is another than that of the body.
    silent : bool
        Say nothing until the test ends.
    """

    body: bytes = b"{}"
    status: int = 200
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    promised: int | None = None
    silent: bool = False

    @classmethod
    def of(cls, content: Any, **facts: Any) -> Reply:
        return cls(json.dumps(content).encode(), **facts)


Query = dict[str, str]
Answerer = Callable[[str, Query], Reply]


class LocalService:
    """What a test sees of the server: where it is, and what it was asked."""

    def __init__(self, url: str, host: str) -> None:
        self.url = url
        self.host = host
        self.asked: list[tuple[str, Query]] = []
        self.headers: list[dict[str, str]] = []
        self.answer: Answerer = lambda path, query: Reply(status=404)
        self.released = threading.Event()

    def say(self, *replies: Reply) -> None:
        """Answer with these in turn, and go on with the last one."""
        left = list(replies)
        self.answer = lambda path, query: left.pop(0) if len(left) > 1 else left[0]


@contextmanager
def local_service() -> Iterator[LocalService]:
    """Start the server, and stop it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
            service.asked.append((parts.path, query))
            service.headers.append(dict(self.headers))
            reply = service.answer(parts.path, query)
            if reply.silent:
                service.released.wait(20)
                return
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.kind)
            self.send_header("Content-Length", str(len(reply.body) if reply.promised is None else reply.promised))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, format: str, *args: Any) -> None:
            """Keep the tests' output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    host, port = server.server_address[:2]
    service = LocalService(f"http://127.0.0.1:{port}", str(host))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
