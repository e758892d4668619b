# SPDX-License-Identifier: EUPL-1.2
"""What holds for every answer of every address, errors and refusals too: headers, caches, forms from elsewhere."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.test import Client

from stip_web.accounts.grants import ROLES
from stip_web.audit.log_lines import OneLine
from web.test_doors import ALL, OF_ALLAUTH, addresses, door_at

pytestmark = pytest.mark.slow

ALWAYS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
OTHER_METHODS = ("head", "put", "patch", "delete", "options", "trace")
OWN_CACHE = {
    "kaart/stippen.bin": {"private, no-cache"},  # coarse; kept by the browser, and asked each time whether it holds
    "kaart/gebieden.geojson": {"private, no-cache"},
    "kaart/lagen/<slug:layer>.geojson": {"private, no-cache"},
    "vooruitblik/ondergrond.json": {"private, max-age=600"},  # neighbourhoods, roads and water; no report
}
SEALED_FIRST = {"gegevens/inlezen"}
"""Asks for the token itself, once the handler that seals has the file; see its own tests."""


def who_may(route: str) -> str:
    """Give a role that this address lets in, the first by name."""
    door = door_at(route)
    if door is None or door.everybody or not door.any_of:
        return "analyst"
    return next(code for code in sorted(ROLES) if door.any_of & ROLES[code][1])


def one_of(route: str) -> Iterator[str]:
    return islice(addresses(route), 2)


def check_headers(answer: Any, told: str) -> None:
    for name, value in ALWAYS.items():
        assert answer.get(name) == value, (told, name)
    policy = answer.get("Content-Security-Policy", "")
    rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))
    assert rules.get("default-src") == "'none'", told
    assert rules.get("frame-ancestors") == rules.get("base-uri") == "'none'", told
    assert rules.get("script-src") == rules.get("style-src") == "'self'", told
    assert "unsafe" not in policy, told
    for part in ("camera=()", "microphone=()", "geolocation=()"):
        assert part in answer.get("Permissions-Policy", ""), told
    assert "Server" not in answer and "X-Powered-By" not in answer, told


@pytest.fixture
def quick(settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


@pytest.mark.parametrize("route", sorted({*ALL, *OF_ALLAUTH}))
def test_headers_and_caches(route: str, as_role: Callable[[str], Client], own_site: object, quick: None) -> None:
    code = who_may(route)
    door = door_at(route)
    for address in one_of(route):
        for client, logged_in in ((as_role(code), True), (as_role(""), False)):
            answer = client.get(address)
            told = f"{address} as {code if logged_in else 'nobody'}: {answer.status_code}"
            check_headers(answer, told)
            kept = answer.get("Cache-Control", "")
            closed = route in OF_ALLAUTH and answer.status_code in (302, 404)
            if logged_in and not closed and not (door is not None and door.everybody):
                allowed = OWN_CACHE.get(route, set())
                assert "no-store" in kept or "no-cache" in kept and route in OF_ALLAUTH or kept in allowed, told
                assert "public" not in kept, told


@pytest.mark.parametrize("route", sorted({*ALL, *OF_ALLAUTH}))
def test_a_form_from_elsewhere_changes_nothing(
    route: str, user_in: Callable[[str], Any], own_site: object, quick: None
) -> None:
    """Without the token no address takes a change, whoever is logged in."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(user_in(who_may(route)), backend="allauth.account.auth_backends.AuthenticationBackend")
    for address in one_of(route):
        answer = client.post(address, {"stand": "0"})
        told = f"{address}: {answer.status_code}"
        assert answer.status_code in (403, 405) or (answer.status_code == 401 and route.startswith("api/")), told
        check_headers(answer, told)


@pytest.mark.parametrize("route", ALL)
def test_no_other_method_opens_a_door(route: str, as_role: Callable[[str], Client], own_site: object) -> None:
    door = door_at(route)
    if door is None or door.everybody:
        return
    address = next(addresses(route))
    for method in OTHER_METHODS:
        answer = getattr(as_role(""), method)(address)
        there = answer.status_code in (401, 403, 405) or answer.get("Location", "").startswith("/account/login/")
        assert there, f"{method} {address}: {answer.status_code}"


@pytest.mark.parametrize(
    ("path", "extra", "status"),
    [
        ("/bestaat-niet", {}, 404),
        ("/api/v1/bestaat-niet", {}, 404),
        ("/bestaat-niet.json", {}, 404),
        ("/", {"host": "boos.example"}, 400),
        ("/api/v1/incidents", {"host": "boos.example"}, 400),
        ("/account/login/", {"host": "localhost, boos.example"}, 400),
        ("/kaart?van=%00", {}, 302),
        ("/static/../settings.py", {}, 404),
        ("/static/%2e%2e/%2e%2e/etc/passwd", {}, 404),
        ("/static/built/../../settings/__init__.py", {}, 404),
    ],
)
def test_an_error_has_the_same_headers(path: str, extra: dict[str, str], status: int, db: None) -> None:
    answer = Client().get(path, headers=extra)
    assert answer.status_code == status
    check_headers(answer, path)
    assert b"Traceback" not in answer.content and b"django" not in answer.content.lower()


def test_a_page_that_breaks_shows_nothing_of_it(
    as_role: Callable[[str], Client],
    own_site: object,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    client = as_role("privacy_officer")
    client.raise_request_exception = False

    def broken(*_: object) -> None:
        raise RuntimeError("KANARIE-0612345678\nERROR valse regel")

    monkeypatch.setattr("stip_web.administration.log.looks", broken)
    assert not site_settings.DEBUG
    answer = client.get("/beheer/logboek/inzage")
    assert answer.status_code == 500
    assert b"KANARIE" not in answer.content and b"Traceback" not in answer.content
    check_headers(answer, "500")
    written = [OneLine().format(record) for record in caplog.records if record.exc_info]
    assert written and "RuntimeError at" in written[0]
    assert not [line for line in written if "KANARIE" in line or "\n" in line]


BAD = ["\n", "\r\n", "\x1b[2J", "\x85", "\u2028", "\u202e", "\x00"]


@pytest.mark.parametrize("bad", BAD)
def test_nothing_writes_a_second_line_in_the_log(bad: str) -> None:
    """A user agent, a file name or a name may hold anything."""
    given = (f"a{bad}2026 ERROR valse regel",)
    line = OneLine().format(logging.LogRecord("stip_web", logging.WARNING, "x", 1, "bestand %s", given, None))
    assert bad not in line
    assert len(line.splitlines()) == 1


ELSEWHERE = ["https://boos.example/", "//boos.example", "/\\boos.example", "javascript:alert(1)"]


@pytest.mark.parametrize("next_to", ELSEWHERE)
def test_nobody_is_sent_elsewhere(next_to: str, as_role: Callable[[str], Client], db: None) -> None:
    for path in ("/account/login/", "/account/logout/", "/account/reauthenticate/"):
        for client in (as_role("analyst"), as_role("")):
            for answer in (client.get(path, {"next": next_to}), client.post(path, {"next": next_to})):
                assert "boos" not in answer.get("Location", "").partition("?")[0]
                assert not answer.get("Location", "").startswith(("//", "http", "javascript"))


def test_a_link_to_log_in_never_takes_its_host_from_the_visitor(as_role: Callable[[str], Client], db: None) -> None:
    lies = {"x-forwarded-host": "boos.example", "forwarded": "host=boos.example"}
    assert as_role("").get("/kaart", headers=lies)["Location"].startswith("/account/login/")
    assert b"boos.example" not in as_role("").get("/account/login/", headers=lies).content
