# SPDX-License-Identifier: EUPL-1.2
"""The processing log by the Dutch standard: one span a look, without sampling, without who looked."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission
from stip_web.api.callers import Caller
from stip_web.audit.export import FIELDS
from stip_web.audit.models import AccessLine, ProcessingSpan
from stip_web.audit.processing import ACTIVITIES, processing, provider, reads_incidents
from stip_web.oversight.looking import look_row

pytestmark = pytest.mark.django_db
PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@reads_incidents("kaart")
def view(request: HttpRequest) -> HttpResponse:
    if request.GET.get("break"):
        raise ValueError("Dorpsstraat 12")
    return HttpResponse("dots")


def asked(user: User | None = None, path: str = "/kaart", **headers: str) -> HttpRequest:
    request = RequestFactory().get(path, headers=headers)
    if user is not None:
        request.user = user
    return request


def test_a_look_writes_the_fields_of_the_standard() -> None:
    before = int(time.time() * 1000)
    view(asked())
    span = ProcessingSpan.objects.get()
    assert len(span.trace_id) == 32
    assert len(span.span_id) == 16
    assert span.parent_span_id == ""
    assert span.status == "OK"
    assert span.name == ACTIVITIES["kaart"]
    assert before <= span.start_time <= span.end_time <= int(time.time() * 1000)
    assert span.attributes == {"dpl.core.processing_activity_id": "stip:kaart"}
    assert {field.name for field in ProcessingSpan._meta.fields} == {"id", *FIELDS}


def test_a_caller_s_trace_is_the_parent() -> None:
    view(asked(traceparent=PARENT))
    span = ProcessingSpan.objects.get()
    assert (span.trace_id, span.parent_span_id) == (PARENT[3:35], PARENT[36:52])


def test_a_caller_cannot_ask_not_to_be_logged() -> None:
    view(asked(traceparent=PARENT[:-1] + "0"))
    assert ProcessingSpan.objects.count() == 1


def test_each_look_is_written() -> None:
    for _ in range(50):
        view(asked())
    assert ProcessingSpan.objects.count() == 50


def test_a_look_that_fails_is_written_without_the_words_of_the_error() -> None:
    with pytest.raises(ValueError, match="Dorpsstraat"):
        view(asked(path="/kaart?break=1"))
    span = ProcessingSpan.objects.get()
    assert span.status == "ERROR"
    assert "Dorpsstraat" not in json.dumps(list(ProcessingSpan.objects.values()))


def test_who_looked_stands_apart_and_never_in_the_span(user_in: Callable[[str], User]) -> None:
    user = user_in("analyst")
    view(asked(user))
    span, line = ProcessingSpan.objects.get(), AccessLine.objects.get()
    assert (line.actor, line.activity, line.trace_id) == (user, "kaart", span.trace_id)
    row = json.dumps(ProcessingSpan.objects.values(*FIELDS).get())
    for identity in (user.username, user.email, f'"{user.pk}"'):
        assert not identity or identity not in row


@pytest.mark.parametrize(
    ("activity", "role", "fine"),
    [
        ("kaart", "analyst", True),
        ("kaart", "policy", False),
        ("vooruitblik", "policy", False),
        ("berichten", "privacy_officer", None),
        ("kwaliteit", "analyst", None),
        ("toezicht", "privacy_officer", True),
    ],
)
def test_it_is_kept_how_finely_this_look_was_and_not_what_the_reader_may_elsewhere(
    activity: str, role: str, fine: bool | None, user_in: Callable[[str], User]
) -> None:
    with processing(activity, asked(user_in(role))):
        pass
    line = AccessLine.objects.get()
    assert line.fine is fine
    assert (look_row(line)["fine"] == "gaat niet over plekken") is (fine is None)


def test_a_token_looks_as_finely_as_it_may_and_not_as_its_owner(user_in: Callable[[str], User]) -> None:
    request = asked()
    request.auth = Caller("t", user_in("analyst"), frozenset({Permission.DOTS_COARSE}), program=True)  # type: ignore[attr-defined]
    view(request)
    assert AccessLine.objects.get().fine is False


@pytest.mark.parametrize("model", [ProcessingSpan, AccessLine])
def test_no_answer_without_its_line(
    model: type, monkeypatch: pytest.MonkeyPatch, user_in: Callable[[str], User]
) -> None:
    def fail(**_: object) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(model.objects, "create", fail)  # type: ignore[attr-defined]
    with pytest.raises(DatabaseError, match="disk full"):
        view(asked(user_in("analyst")))


def test_an_activity_outside_the_register_is_refused() -> None:
    with pytest.raises(KeyError, match="no activity"), processing("nieuwsgierig"):
        pass


class Collector(BaseHTTPRequestHandler):
    bodies: list[bytes]

    def do_POST(self) -> None:
        self.server.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))  # type: ignore[attr-defined]
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def collector(settings: object) -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), Collector)
    server.bodies = []  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}/v1/traces"
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"otlp_url": url})  # type: ignore[attr-defined]
    provider.cache_clear()
    yield server
    provider().shutdown()
    provider.cache_clear()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.enable_socket
def test_the_municipality_s_collector_gets_the_same_span(collector: HTTPServer) -> None:
    view(asked(traceparent=PARENT))
    assert provider().force_flush()
    [body] = collector.bodies  # type: ignore[attr-defined]
    [resource] = ExportTraceServiceRequest.FromString(body).resource_spans
    [sent] = resource.scope_spans[0].spans
    kept = ProcessingSpan.objects.get()
    assert sent.trace_id.hex() == kept.trace_id
    assert sent.span_id.hex() == kept.span_id
    assert sent.parent_span_id.hex() == kept.parent_span_id
    assert sent.name == kept.name
    assert sent.start_time_unix_nano // 1_000_000 == kept.start_time
    assert {item.key: item.value.string_value for item in sent.attributes} == kept.attributes
    assert [(item.key, item.value.string_value) for item in resource.resource.attributes] == [
        ("service.name", "stip")
    ]


@pytest.mark.enable_socket
def test_the_collector_does_not_get_the_words_of_an_error(collector: HTTPServer) -> None:
    with pytest.raises(ValueError, match="Dorpsstraat"):
        view(asked(path="/kaart?break=1"))
    assert provider().force_flush()
    [body] = collector.bodies  # type: ignore[attr-defined]
    assert b"ValueError" in body
    assert b"Dorpsstraat" not in body


def test_the_log_is_exported_as_json_lines() -> None:
    with processing("inlezen", rows=12):
        pass
    view(asked())
    today = timezone.localdate().isoformat()
    out = StringIO()
    call_command("processing_log", "--from", today, "--to", today, stdout=out)
    first, second = map(json.loads, out.getvalue().splitlines())
    assert set(first) == {*FIELDS, "resource"}
    assert first["attributes"]["dpl.stip.rows"] == 12
    assert second["attributes"]["dpl.core.processing_activity_id"] == "stip:kaart"
    out = StringIO()
    call_command("processing_log", "--from", "2020-01-01", "--to", "2020-01-31", stdout=out)
    assert out.getvalue() == ""


@pytest.mark.parametrize("days", [("gisteren", "2026-01-01"), ("2026-02-01", "2026-01-01")])
def test_days_that_do_not_fit_get_a_sentence(days: tuple[str, str]) -> None:
    with pytest.raises(CommandError):
        call_command("processing_log", "--from", days[0], "--to", days[1])
