# SPDX-License-Identifier: EUPL-1.2
"""A real web server that takes reports as Signalen does, and fails in the ways in which it can fail."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PATH = "/signals/v1/public/signals/"
KNOWN = (
    "/signals/v1/public/terms/categories/wegen-verkeer-straatmeubilair/sub_categories/lantaarnpaal-straatverlichting"
)
OTHER = "/signals/v1/public/terms/categories/overig/sub_categories/overig"


@dataclass
class PartnerDesk:
    """What a test sees of it."""

    url: str = ""
    reports: list[dict[str, Any]] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)
    asked: int = 0
    status: int = 0
    """Instead of taking the report."""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    """Instead of the usual answer to a report that was taken."""
    silent: bool = False
    released: threading.Event = field(default_factory=threading.Event)


def fault_of(report: Any) -> str:
    """Say what Signalen would have against a report: its own checks, read from `PublicSignalCreateSerializer`."""
    fields = {"text", "text_extra", "location", "category", "reporter", "incident_date_start", "incident_date_end"}
    if not isinstance(report, dict) or set(report) - fields - {"source", "extra_properties"}:
        return "unknown field"
    if not isinstance(report.get("text"), str) or not report["text"] or len(report["text"]) > 3000:
        return "text"
    point = report.get("location", {}).get("geometrie", {})
    if point.get("type") != "Point" or len(point.get("coordinates", ())) != 2:
        return "geometrie"
    lon, lat = point["coordinates"]
    if not (3 < lon < 8 and 50 < lat < 54):
        return "outside the bounding box"
    if not str(report.get("category", {}).get("sub_category", "")).endswith((KNOWN, OTHER)):
        return "Either the sub_category OR the category_url must be given"
    if set(report.get("reporter", {"?": 1})) - {"email", "phone", "sharing_allowed"}:
        return "reporter"
    return "" if report.get("incident_date_start") else "incident_date_start"


@contextmanager
def partner_desk() -> Iterator[PartnerDesk]:
    """Start it, and stop it."""
    desk = PartnerDesk()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            desk.asked += 1
            desk.hosts.append(self.headers["Host"])
            said = self.rfile.read(int(self.headers["Content-Length"]))
            if desk.silent:
                desk.released.wait(20)
                return
            report = json.loads(said)
            fault = fault_of(report)
            status = desk.status or (404 if self.path != PATH else 400 if fault else 201)
            body = json.dumps({"detail": fault}).encode()
            if status == 201:
                desk.reports.append(report)
                number = len(desk.reports)
                body = json.dumps({"_display": f"SIG-{number}", "id": number, "signal_id": "0" * 32}).encode()
            self._say(status, desk.body if desk.body is not None and status == 201 else body)

        def do_GET(self) -> None:
            desk.asked += 1
            self._say(200, b"{}")

        def _say(self, status: int, body: bytes) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **desk.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Keep the tests' output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    desk.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield desk
    finally:
        desk.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
