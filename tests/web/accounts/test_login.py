# SPDX-License-Identifier: EUPL-1.2
"""Logging in with a password: throttled, closed to strangers, and with cookies that cannot be planted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings as site_settings
from django.core.cache import cache
from django.test import Client

from stip_web.accounts.models import User
from stip_web.accounts.urls import CLOSED
from stip_web.settings import CACHES

pytestmark = pytest.mark.django_db
PASSWORD = "paard-batterij-nietje-goed"  # noqa: S105


@pytest.fixture
def noor(user_in: Callable[[str], User]) -> User:
    user = user_in("analyst")
    user.set_password(PASSWORD)
    user.save()
    return user


def log_in(client: Client, user: str, password: str = PASSWORD) -> object:
    return client.post("/account/login/", {"login": user, "password": password})


def test_a_right_password_lets_in_and_says_nothing_more(noor: User) -> None:
    client = Client()
    answer = log_in(client, noor.username)
    assert answer.status_code == 302  # type: ignore[attr-defined]
    assert client.get("/account/sleutels").status_code == 200


def test_a_session_from_before_the_log_in_is_worth_nothing(noor: User) -> None:
    victim = Client()
    victim.get("/account/login/")
    session = victim.session
    session["planted"] = "1"
    session.save()
    planted = session.session_key
    victim.cookies[site_settings.SESSION_COOKIE_NAME] = planted
    log_in(victim, noor.username)
    assert victim.session.session_key != planted
    thief = Client()
    thief.cookies[site_settings.SESSION_COOKIE_NAME] = planted
    assert thief.get("/account/sleutels").status_code == 302


def test_wrong_passwords_are_throttled_per_account(noor: User) -> None:
    client = Client()
    for _ in range(5):
        assert "niet juist" in log_in(client, noor.username, "fout-fout-fout").content.decode()  # type: ignore[attr-defined]
    refused = log_in(client, noor.username)
    assert "Te veel" in refused.content.decode()  # type: ignore[attr-defined]
    assert client.get("/account/sleutels").status_code == 302


def test_a_lockout_outlives_a_busy_hour(noor: User, settings: object) -> None:
    """In the cache of production: the database, of which Django throws a third away above 300 keys."""
    settings.CACHES = CACHES  # type: ignore[attr-defined]
    client = Client()
    for _ in range(5):
        log_in(client, noor.username, "fout-fout-fout")
    for number in range(900):
        cache.set(f"anders-{number}", number)
    assert "Te veel" in log_in(client, noor.username).content.decode()  # type: ignore[attr-defined]


def test_many_attempts_from_one_address_get_a_sentence(noor: User) -> None:
    client = Client()
    answers = [log_in(client, f"iemand{number}") for number in range(31)]
    assert answers[-1].status_code == 429  # type: ignore[attr-defined]
    page = answers[-1].content.decode()  # type: ignore[attr-defined]
    assert "Te veel pogingen" in page
    assert "Wacht een paar minuten" in page


def test_nobody_learns_who_has_an_account(noor: User) -> None:
    known, unknown = log_in(Client(), noor.username, "fout"), log_in(Client(), "wie-is-dit", "fout")
    said = [answer.context["form"].non_field_errors() for answer in (known, unknown)]  # type: ignore[attr-defined]
    assert said[0] == said[1]


def test_a_closed_account_does_not_log_in(noor: User) -> None:
    noor.is_active = False
    noor.save()
    client = Client()
    log_in(client, noor.username)
    assert client.get("/account/sleutels").status_code == 302


def test_who_is_closed_while_logged_in_is_out(noor: User) -> None:
    client = Client()
    log_in(client, noor.username)
    User.objects.filter(pk=noor.pk).update(is_active=False)
    assert client.get("/account/sleutels").status_code == 302


def test_nobody_makes_an_account_for_himself() -> None:
    client = Client()
    fields = {"username": "indringer", "email": "i@example.nl", "password1": PASSWORD, "password2": PASSWORD}
    assert "kunt hier zelf geen account maken" in client.get("/account/signup/").content.decode()
    client.post("/account/signup/", fields)
    assert not User.objects.filter(username="indringer").exists()


@pytest.mark.parametrize("route", CLOSED)
def test_pages_to_help_oneself_are_closed(route: str, as_role: Callable[[str], Client]) -> None:
    path = f"/account/{route}".replace("<path:key>", "abc").replace("<path:rest>", "connections/")
    for client in (Client(), as_role("analyst")):
        assert client.get(path, follow=True).status_code == 404
        assert client.post(path).status_code == 404


def test_a_new_password_ends_the_other_sessions(noor: User) -> None:
    here, elsewhere = Client(), Client()
    log_in(here, noor.username)
    log_in(elsewhere, noor.username)
    new = "zeven-bruine-honden-blaffen"
    answer = here.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer.status_code == 302
    assert here.get("/account/sleutels").status_code == 200
    assert elsewhere.get("/account/sleutels").status_code == 302


@pytest.mark.parametrize("bad", ["kort", "123456789012"])
def test_a_weak_password_is_refused(noor: User, bad: str) -> None:
    client = Client()
    log_in(client, noor.username)
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": bad, "password2": bad})
    noor.refresh_from_db()
    assert noor.check_password(PASSWORD)


def test_a_form_from_elsewhere_is_refused(noor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = log_in(client, noor.username)
    assert answer.status_code == 403  # type: ignore[attr-defined]
    assert "te lang open" in answer.content.decode()  # type: ignore[attr-defined]


def test_logging_in_leads_nowhere_else(noor: User) -> None:
    answer = Client().post(
        "/account/login/", {"login": noor.username, "password": PASSWORD, "next": "https://boos.example/"}
    )
    assert answer["Location"] == "/"


def test_an_account_without_a_role_is_told_so(noor: User) -> None:
    noor.roles.clear()
    client = Client()
    log_in(client, noor.username)
    for path in ("/", "/kaart"):
        answer = client.get(path)
        assert answer.status_code == 403
        assert "nog geen rol" in answer.content.decode()
    assert client.get("/beheer/mijn-inzage").status_code == 200


def test_cookies_are_kept_from_scripts_and_other_sites(noor: User) -> None:
    client = Client()
    log_in(client, noor.username)
    for cookie in client.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] in ("Lax", "Strict")
