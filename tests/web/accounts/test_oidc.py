# SPDX-License-Identifier: EUPL-1.2
"""Logging in by the municipality's own service, against a real OpenID Connect server on loopback."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from stip_web.accounts.models import Role, User
from stip_web.audit.models import AuditLine

pytestmark = [pytest.mark.django_db, pytest.mark.enable_socket]
WHO = {"email": "kim@gemeente.example", "name": "Kim de Vries", "preferred_username": "kim.devries"}


@pytest.fixture(scope="session")
def provider() -> Iterator[str]:
    """Run the server in a process of its own, on a port that is free."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), "-f", "true"]
    claims = json.dumps({"sub": "kim", "amr": ["pwd", "mfa"], "acr": "hoog", **WHO})
    with subprocess.Popen([*command, "--user-claims", claims], stderr=subprocess.DEVNULL) as process:
        url = f"http://127.0.0.1:{port}"
        for _ in range(200):
            try:
                httpx.get(f"{url}/.well-known/openid-configuration", timeout=2)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield url
        process.terminate()


@pytest.fixture
def service(provider: str, settings: object) -> str:
    """Let the site know the server; gives its address."""
    app = {
        "provider_id": "werk",
        "name": "Inloggen met uw werkaccount",
        "client_id": "stip",
        "secret": "s",
        "settings": {"server_url": provider, "token_auth_method": "client_secret_basic"},
    }
    settings.STIP_OIDC_MFA = "amr:mfa"  # type: ignore[attr-defined]
    settings.SOCIALACCOUNT_PROVIDERS = {  # type: ignore[attr-defined]
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
    }
    return provider


def to_service(client: Client) -> str:
    """Press the button; gives where the browser is sent."""
    assert "Inloggen met uw werkaccount" in client.get("/account/login/").content.decode()
    answer = client.post("/account/oidc/werk/login/?process=login")
    assert answer.status_code == 302
    return str(answer["Location"])


def back(url: str, **form: str) -> str:
    """Log in at the service as Kim; gives the path to which it sends the browser back."""
    answer = httpx.post(url, data={"sub": "kim", **form}, timeout=20)
    assert answer.status_code in (302, 303), answer.text
    parts = urlsplit(answer.headers["location"])
    return f"{parts.path}?{parts.query}"


def logged_in() -> Client:
    client = Client()
    client.get(back(to_service(client)))
    return client


def test_who_comes_first_gets_an_account_without_a_role(service: str, settings: object) -> None:
    settings.STIP_REQUIRE_MFA = True  # type: ignore[attr-defined]
    client = logged_in()
    user = User.objects.get(email=WHO["email"])
    assert not user.has_usable_password()
    assert not user.roles.exists()
    page = client.get("/")
    assert page.status_code == 403
    assert "nog geen rol" in page.content.decode()
    user.roles.add(Role.objects.get(code="analyst"))
    assert client.get("/beheer/mijn-inzage").status_code == 200, "the second step was asked for by the service"
    assert not AuditLine.objects.exists()


@pytest.mark.parametrize(
    ("said", "counts"), [("amr:mfa", True), ("acr:hoog", True), ("amr:hwk", False), ("acr:ho", False), ("", False)]
)
def test_the_service_s_second_step_counts_only_when_it_says_so(
    service: str, settings: object, said: str, counts: bool
) -> None:
    settings.STIP_REQUIRE_MFA, settings.STIP_OIDC_MFA = True, said  # type: ignore[attr-defined]
    client = logged_in()
    answer = client.get("/beheer/mijn-inzage")
    assert (answer.status_code == 200) is counts
    assert counts or answer["Location"] == "/account/2fa/"


@pytest.mark.django_db(transaction=True)  # the second step is made known when it is in the database
def test_who_has_no_password_sets_up_a_second_step_here(service: str, settings: object) -> None:
    settings.STIP_REQUIRE_MFA, settings.STIP_OIDC_MFA = True, ""  # type: ignore[attr-defined]
    client = logged_in()
    secret = client.get("/account/2fa/totp/activate/").context["form"].secret
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert client.post("/account/2fa/totp/activate/", {"code": code}).status_code == 302
    assert client.get("/beheer/mijn-inzage").status_code == 200
    again = logged_in()
    assert again.get("/beheer/mijn-inzage").status_code == 302, "from now on the code is asked for"


def test_the_way_there_proves_itself(service: str) -> None:
    asked = parse_qs(urlsplit(to_service(Client())).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["code_challenge"][0]) >= 43
    assert asked["response_type"] == ["code"]
    assert asked["state"]


def test_somebody_else_s_answer_is_refused(service: str) -> None:
    mine, other = Client(), Client()
    to_service(other)
    answer = other.get(back(to_service(mine)))
    assert "lukte niet" in answer.content.decode()
    assert not User.objects.exists()


def test_an_answer_works_once(service: str) -> None:
    client = Client()
    path = back(to_service(client))
    client.get(path)
    client.post("/account/logout/")
    client.get(path)
    assert client.get("/account/sleutels").status_code == 302


def test_who_says_no_at_the_service_stays_out(service: str) -> None:
    client = Client()
    answer = client.get(back(to_service(client), action="deny"), follow=True)
    assert "lukte niet" in answer.content.decode() or "gestopt" in answer.content.decode()
    assert not User.objects.exists()


def test_an_address_that_somebody_has_is_not_taken_over(service: str, user_in: Callable[[str], User]) -> None:
    owner = user_in("analyst")
    User.objects.filter(pk=owner.pk).update(email=WHO["email"].upper())
    client = Client()
    page = client.get(back(to_service(client)), follow=True).content.decode()
    assert "al een account met uw e-mailadres" in page
    assert User.objects.count() == 1
    assert client.get("/account/sleutels").status_code == 302


def test_a_closed_account_is_closed_here_too(service: str) -> None:
    logged_in()
    User.objects.update(is_active=False)
    client = Client()
    page = client.get(back(to_service(client)), follow=True).content.decode()
    assert "Dit account is gesloten" in page
    assert client.get("/account/sleutels").status_code == 302


def test_a_local_log_in_forgets_the_second_step_elsewhere(service: str, settings: object) -> None:
    settings.STIP_REQUIRE_MFA = True  # type: ignore[attr-defined]
    client = logged_in()
    user = User.objects.get()
    user.roles.add(Role.objects.get(code="analyst"))
    user.set_password("paard-batterij-nietje-goed")
    user.save()
    client.post("/account/login/", {"login": user.username, "password": "paard-batterij-nietje-goed"})
    assert client.get("/account/sleutels")["Location"].startswith("/account/")


def test_tying_an_account_to_the_service_is_no_second_step(
    service: str, settings: object, user_in: Callable[[str], User]
) -> None:
    settings.STIP_REQUIRE_MFA = True  # type: ignore[attr-defined]
    client = Client()
    client.force_login(user_in("analyst"), backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post("/account/oidc/werk/login/?process=connect")
    if answer.status_code == 302 and "authorize" in answer["Location"]:
        client.get(back(answer["Location"]))
    assert client.get("/account/sleutels")["Location"] == "/account/2fa/"


def test_no_token_of_the_service_is_kept(service: str) -> None:
    from allauth.socialaccount.models import SocialToken

    logged_in()
    assert not SocialToken.objects.exists()
