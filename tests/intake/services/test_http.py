# SPDX-License-Identifier: EUPL-1.2
"""Services are asked with patience and limits, and only where they may be."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from intake.local_service import LocalService, Reply, local_service
from stip.errors import ServiceError
from stip.intake.services.http import ServiceClient, same_host
from stip.settings import ServiceSettings

pytestmark = pytest.mark.enable_socket

OK = Reply.of({"good": True})


@pytest.fixture
def service() -> Iterator[LocalService]:
    with local_service() as started:
        yield started


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def client(pauses: list[float]) -> ServiceClient:
    return ServiceClient(allow_private=("127.0.0.1",), sleep=pauses.append)


def impatient(**settings: float) -> ServiceClient:
    chosen = ServiceSettings(attempts=2, **settings)
    return ServiceClient(chosen, allow_private=("127.0.0.1",), sleep=lambda seconds: None)


def test_an_answer_has_its_content_and_headers(service: LocalService, client: ServiceClient) -> None:
    service.say(Reply.of([1, 2], headers={"Content-Crs": "<x>"}))
    answer = client.get_json(f"{service.url}/items?limit=2", {"code": "GM0344"})
    assert answer.content == [1, 2]
    assert answer.headers["content-crs"] == "<x>"
    assert service.asked == [("/items", {"limit": "2", "code": "GM0344"})]
    assert service.headers[0]["Host"] == service.url.removeprefix("http://")
    assert service.headers[0]["User-Agent"].startswith("Stip/")


def test_a_passing_fault_is_tried_again_with_longer_pauses(
    service: LocalService, client: ServiceClient, pauses: list[float]
) -> None:
    service.say(Reply(status=500), Reply(status=503), Reply(status=502), OK)
    assert client.get_json(service.url).content == {"good": True}
    assert pauses == [1, 2, 4]


def test_a_service_that_keeps_failing_is_named_by_path_and_status_not_by_host(
    service: LocalService, client: ServiceClient
) -> None:
    service.say(Reply(status=500))
    with pytest.raises(ServiceError) as refusal:
        client.get_json(f"{service.url}/collections/buurten/items?secret=canary")
    said = str(refusal.value)
    assert "/collections/buurten/items" in said
    assert "500" in said
    assert "5 pogingen" in said
    assert "127.0.0.1" not in said
    assert "canary" not in said
    assert len(service.asked) == 5


def test_the_service_says_how_long_to_wait(service: LocalService, client: ServiceClient, pauses: list[float]) -> None:
    service.say(Reply(status=429, headers={"Retry-After": "7"}), OK)
    client.get_json(service.url)
    assert pauses == [7]


def test_the_moment_to_wait_for_may_be_a_date(
    service: LocalService, client: ServiceClient, pauses: list[float]
) -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
    service.say(Reply(status=503, headers={"Retry-After": moment}), OK)
    client.get_json(service.url)
    assert 30 < pauses[0] <= 41


@pytest.mark.parametrize("nonsense", ["soon", "-5", "", "Wed, 99 Xxx 2026"])
def test_nonsense_in_retry_after_is_passed_over(
    service: LocalService, client: ServiceClient, pauses: list[float], nonsense: str
) -> None:
    service.say(Reply(status=503, headers={"Retry-After": nonsense}), OK)
    client.get_json(service.url)
    assert pauses == [1]


def test_a_wait_that_is_too_long_is_left_to_the_person(service: LocalService, client: ServiceClient) -> None:
    service.say(Reply(status=429, headers={"Retry-After": "3600"}))
    with pytest.raises(ServiceError, match="3600 seconden"):
        client.get_json(service.url)
    assert len(service.asked) == 1


def test_a_silent_service_is_given_up(service: LocalService) -> None:
    service.say(Reply(silent=True))
    with pytest.raises(ServiceError, match=r"antwoordt niet binnen 0\.05 seconden.*2 pogingen"):
        impatient(timeout_seconds=0.05).get_json(service.url)


def test_a_slow_answer_is_given_up_after_its_deadline(service: LocalService) -> None:
    service.say(OK)
    with pytest.raises(ServiceError, match="over één antwoord"):
        impatient(deadline_seconds=1e-9).get_json(service.url)


def test_a_body_cut_short_is_tried_again(service: LocalService, client: ServiceClient) -> None:
    service.say(Reply(b'{"good"', promised=100), OK)
    assert client.get_json(service.url).content == {"good": True}


def test_json_cut_short_is_tried_again_and_then_named(service: LocalService) -> None:
    service.say(Reply(b'{"value": [1, 2'), OK)
    assert impatient().get_json(service.url).content == {"good": True}
    service.say(Reply(b'{"value": [1, 2'))
    with pytest.raises(ServiceError, match="JSON die niet af is"):
        impatient().get_json(service.url)


def test_a_machine_that_is_not_there_is_named_plainly() -> None:
    with local_service() as gone:
        pass
    with pytest.raises(ServiceError, match="niet te bereiken"):
        impatient().get_json(gone.url)


def test_a_web_page_is_no_answer(service: LocalService, client: ServiceClient) -> None:
    service.say(Reply(b"<html>storing</html>", kind="text/html; charset=utf-8"))
    with pytest.raises(ServiceError, match=r"geen JSON maar text/html\."):
        client.get_json(service.url)
    assert len(service.asked) == 1


def test_json_that_is_nested_too_deep_is_refused(service: LocalService, client: ServiceClient) -> None:
    service.say(Reply(b"[" * 100_000))
    with pytest.raises(ServiceError, match="genest"):
        client.get_json(service.url)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 300])
def test_a_refusal_is_final(service: LocalService, client: ServiceClient, status: int) -> None:
    service.say(Reply(status=status))
    with pytest.raises(ServiceError, match=f"foutcode {status}"):
        client.get_json(service.url)
    assert len(service.asked) == 1


def test_too_large_an_answer_is_refused_also_when_packed(service: LocalService) -> None:
    packed = gzip.compress(b"[" + b" " * 3_000_000 + b"]")
    assert len(packed) < 10_000
    service.say(Reply(packed, headers={"Content-Encoding": "gzip"}))
    with pytest.raises(ServiceError, match="groter dan 1 MB"):
        impatient(max_mb=1).get_json(service.url)


def test_a_redirect_is_followed(service: LocalService, client: ServiceClient) -> None:
    service.answer = lambda path, query: (
        OK if path == "/new" else Reply(status=302, headers={"Location": "/new?page=1"})
    )
    assert client.get_json(f"{service.url}/old").url.path == "/new"
    assert service.asked[-1] == ("/new", {"page": "1"})


def test_a_redirect_to_nonsense_is_refused(service: LocalService, client: ServiceClient) -> None:
    service.say(Reply(status=302, headers={"Location": "http://[::1"}))
    with pytest.raises(ServiceError, match="niet klopt of niet af is"):
        client.get_json(service.url)


def test_redirects_without_end_are_refused(service: LocalService, client: ServiceClient) -> None:
    service.say(Reply(status=302, headers={"Location": "/again"}))
    with pytest.raises(ServiceError, match="blijft .* doorsturen"):
        client.get_json(service.url)


@pytest.mark.parametrize(
    "inside",
    [
        "http://10.0.0.8/admin",
        "http://192.168.1.1/",
        "http://172.16.3.4:8080/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/",
        "http://[fd00::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[64:ff9b::a00:1]/",
        "http://[2002:a00:1::]/",
        "http://0.0.0.0/",
        "http://100.64.0.1/",
        "http://224.0.0.1/",
        "http://2130706434/",
    ],
)
def test_a_redirect_into_a_private_network_is_refused(
    service: LocalService, client: ServiceClient, inside: str
) -> None:
    service.say(Reply(status=302, headers={"Location": inside}))
    with pytest.raises(ServiceError, match="besloten netwerk"):
        client.get_json(service.url)
    assert len(service.asked) == 1


def test_a_private_address_is_refused_from_the_start(service: LocalService) -> None:
    with pytest.raises(ServiceError, match="besloten netwerk"):
        ServiceClient().get_json(service.url)
    assert service.asked == []


def test_a_name_with_one_private_address_among_public_ones_is_refused() -> None:
    client = ServiceClient(resolve=lambda host, port: ["93.184.215.14", "10.0.0.1"])
    with pytest.raises(ServiceError, match="besloten netwerk"):
        client.get_json("https://open.example/items")


def test_the_address_that_was_checked_is_the_one_that_is_asked(service: LocalService) -> None:
    answers = [["127.0.0.1"], ["10.9.9.9"]]  # a name that means something else the second time
    client = ServiceClient(allow_private=("town.example",), resolve=lambda host, port: answers.pop(0))
    service.say(OK)
    port = service.url.rpartition(":")[2]
    assert client.get_json(f"http://town.example:{port}/").content == {"good": True}
    assert service.headers[0]["Host"] == f"town.example:{port}"
    assert answers == [["10.9.9.9"]]


def test_a_host_that_cannot_be_found_is_tried_again(pauses: list[float]) -> None:
    def nowhere(host: str, port: int) -> list[str]:
        raise OSError("no such host")

    client = ServiceClient(ServiceSettings(attempts=3), sleep=pauses.append, resolve=nowhere)
    with pytest.raises(ServiceError, match="niet te vinden") as refusal:
        client.get_json("https://gone.example/items")
    assert pauses == [1, 2]
    assert "gone.example" not in str(refusal.value)


@pytest.mark.parametrize(
    "address",
    [
        "ftp://x.example/a",
        "file:///etc/passwd",
        "geen adres",
        "https://",
        "https://u:canary@x.example/",
        "http://[::1",
    ],
)
def test_what_is_no_web_address_is_refused(address: str) -> None:
    with pytest.raises(ServiceError) as refusal:
        ServiceClient(resolve=lambda host, port: ["93.184.215.14"]).get_json(address)
    assert "canary" not in str(refusal.value)


def test_a_secure_service_may_not_send_us_to_an_insecure_one() -> None:
    client = ServiceClient()
    onward = httpx.URL("https://x.example/a")
    with pytest.raises(ServiceError, match="zonder beveiliging"):
        client._check_onward(onward, httpx.URL("http://x.example/b"))


def test_a_next_page_stays_on_the_host_and_scheme_that_were_asked() -> None:
    base = httpx.URL("https://x.example/ogc/items?limit=2")
    assert str(same_host(base, "http://x.example/ogc/items?cursor=a|b")).startswith("https://x.example/ogc/items?")
    assert str(same_host(base, "?cursor=3")) == "https://x.example/ogc/items?cursor=3"
    for elsewhere in ("https://y.example/ogc/items", "//y.example/", "http://[::1"):
        with pytest.raises(ServiceError, match="bij een ander"):
            same_host(base, elsewhere)
