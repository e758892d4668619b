# SPDX-License-Identifier: EUPL-1.2
"""What the site asks of other machines goes nowhere inside the network but where the administrator said."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from allauth.socialaccount.adapter import get_adapter

import stip
import stip_web
from intake.local_service import LocalService, Reply, local_service
from stip_web.accounts.reach import LONGEST_SECONDS, ReachAdapter, guarded_session

pytestmark = pytest.mark.enable_socket

INSIDE = [
    "http://10.0.0.8/admin",
    "http://127.0.0.1:5432/",
    "http://localhost/",
    "http://[::1]/",
    "http://[fd00::1]/",
    "http://[fe80::1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://169.254.169.254/latest/meta-data",
    "http://[fd00:ec2::254]/latest/meta-data",
    "http://0/",
    "http://2130706433/",
    "http://0x7f.1/",
]

ALIVE = Path(stip_web.__path__[0]) / "desk" / "management" / "commands" / "alive.py"
"""Asks this very machine whether the site works, for a container; no address of anybody else can be given to it."""


@pytest.fixture
def service() -> Iterator[LocalService]:
    with local_service() as started:
        yield started


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_not_asked(address: str) -> None:
    with pytest.raises(requests.ConnectionError, match="besloten netwerk|no address"):
        guarded_session("https://login.example").get(address)


@pytest.mark.parametrize("address", INSIDE)
def test_a_redirect_leads_nowhere_inside(address: str, service: LocalService) -> None:
    if address.startswith("http://127.0.0.1"):
        pytest.skip("that is the machine that was named")
    service.say(Reply(status=302, headers={"Location": address}))
    with pytest.raises(requests.ConnectionError, match="besloten netwerk|no address"):
        guarded_session(service.url).get(f"{service.url}/.well-known/openid-configuration")
    assert len(service.asked) == 1


def test_the_named_machine_is_asked_by_its_name_and_a_name_means_one_thing(service: LocalService) -> None:
    answers = [["127.0.0.1"], ["169.254.169.254"]]  # DNS that says something else the second time
    port = service.url.rpartition(":")[2]
    session = guarded_session("https://login.example", resolve=lambda host, port: answers.pop(0))
    service.say(Reply.of({"good": True}))
    assert session.get(f"http://login.example:{port}/").json() == {"good": True}
    assert service.headers[0]["Host"] == f"login.example:{port}"
    assert answers == [["169.254.169.254"]], "it was looked up once"


@pytest.mark.parametrize("address", ["169.254.169.254", "fe80::1", "::ffff:169.254.169.254", "fd00:ec2::254"])
def test_not_even_a_named_machine_may_be_where_a_cloud_keeps_its_secrets(address: str) -> None:
    session = guarded_session("https://login.example", resolve=lambda host, port: [address])
    with pytest.raises(requests.ConnectionError, match="besloten netwerk"):
        session.get("https://login.example/")


def test_a_proxy_of_the_environment_and_a_password_file_are_not_used(
    service: LocalService, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with local_service() as proxy:
        (tmp_path / "netrc").write_text("machine 127.0.0.1 login canary password canary\n")
        (tmp_path / "netrc").chmod(0o600)
        monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("http_proxy", proxy.url)
        service.say(Reply.of({}))
        guarded_session(service.url).get(service.url)
        assert proxy.asked == []
    assert "Authorization" not in service.headers[0]


def test_nothing_is_waited_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def send(self: object, request: object, **options: object) -> object:
        asked.append(options["timeout"])
        raise requests.Timeout

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", send)
    for given in ({}, {"timeout": 3.0}):
        with pytest.raises(requests.Timeout):
            guarded_session().get("https://login.example/", **given)  # type: ignore[arg-type]
    assert asked == [LONGEST_SECONDS, 3.0]


def test_the_certificate_must_be_that_of_the_name() -> None:
    session = guarded_session("https://login.example", resolve=lambda host, port: ["127.0.0.1"])
    request = session.prepare_request(requests.Request("GET", "https://login.example/"))
    adapter = session.get_adapter("https://login.example/")
    assert isinstance(adapter, ReachAdapter)
    pool = adapter.get_connection_with_tls_context(request, verify=True)
    assert (pool.host, pool.port) == ("127.0.0.1", 443)
    assert pool.assert_hostname == "login.example"  # type: ignore[attr-defined]
    assert pool.conn_kw["server_hostname"] == "login.example"
    assert pool.cert_reqs in (None, ssl.CERT_REQUIRED, "CERT_REQUIRED")  # type: ignore[attr-defined]


def test_the_log_in_service_is_asked_so(db: None) -> None:
    session = get_adapter().get_requests_session()
    assert isinstance(session.get_adapter("https://x.example"), ReachAdapter)
    assert isinstance(session.get_adapter("http://x.example"), ReachAdapter)


def test_nobody_asks_another_machine_in_another_way() -> None:
    """One transport for the library, one adapter for the site; who builds a client names it."""
    ways = re.compile(
        r"httpx\.(get|post|put|stream|request|AsyncClient)\(|requests\.(get|post|put|request)\(|urlopen\(|http\.client"
        r"|aiohttp|urllib\.request"
    )
    makes = re.compile(r"httpx\.Client\(|requests\.Session\(")
    for root in (stip.__path__[0], stip_web.__path__[0]):
        for file in set(Path(root).rglob("*.py")) - {ALIVE}:
            text = file.read_text()
            assert not ways.search(text), file
            if makes.search(text):
                assert "ReachTransport(" in text or "ReachAdapter(" in text, file
    exporter = (Path(stip_web.__path__[0]) / "audit" / "processing.py").read_text()
    assert exporter.count("OTLPSpanExporter(") == exporter.count("session=guarded_session(")
