# SPDX-License-Identifier: EUPL-1.2
"""The second step: an app with codes, recovery codes, and when it is asked for."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings as site_settings
from django.test import Client

from stip_web.accounts.models import User
from stip_web.accounts.second_factor import SealedAdapter

pytestmark = pytest.mark.django_db
PASSWORD = "paard-batterij-nietje-goed"  # noqa: S105


@pytest.fixture
def noor(user_in: Callable[[str], User]) -> User:
    user = user_in("analyst")
    user.set_password(PASSWORD)
    user.save()
    return user


def code_for(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def logged_in(user: User) -> Client:
    client = Client()
    client.post("/account/login/", {"login": user.username, "password": PASSWORD})
    return client


def with_app(client: Client) -> str:
    """Set the app up as a person does; gives its secret."""
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/account/2fa/totp/activate/").context["form"].secret
    assert client.post("/account/2fa/totp/activate/", {"code": code_for(secret)}).status_code == 302
    return str(secret)


def test_the_app_is_asked_for_after_the_password(noor: User) -> None:
    secret = with_app(logged_in(noor))
    client = logged_in(noor)
    assert client.get("/account/sleutels").status_code == 302, "a password alone is not enough"
    assert client.get("/account/2fa/authenticate/").status_code == 200
    wrong = client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    assert client.get("/account/sleutels").status_code == 302
    client.post("/account/2fa/authenticate/", {"code": code_for(secret, 1)})
    assert client.get("/account/sleutels").status_code == 200


def test_a_recovery_code_works_once(noor: User) -> None:
    with_app(logged_in(noor))
    codes = Authenticator.objects.get(user=noor, type="recovery_codes").wrap().get_unused_codes()
    assert len(codes) == 10
    for expected in (200, 302):
        client = logged_in(noor)
        client.post("/account/2fa/authenticate/", {"code": codes[0]})
        assert client.get("/account/sleutels").status_code == expected


def test_guessing_codes_is_throttled(noor: User) -> None:
    secret = with_app(logged_in(noor))
    client = logged_in(noor)
    for _ in range(6):
        client.post("/account/2fa/authenticate/", {"code": "123456"})
    client.post("/account/2fa/authenticate/", {"code": code_for(secret, 1)})
    assert client.get("/account/sleutels").status_code == 302


@pytest.mark.django_db(transaction=True)  # the second step is made known when it is in the database
def test_production_asks_everybody_for_one(noor: User, settings: object) -> None:
    settings.STIP_REQUIRE_MFA = True  # type: ignore[attr-defined]
    client = logged_in(noor)
    answer = client.get("/", follow=True)
    assert answer.redirect_chain[-1][0] == "/account/2fa/"
    assert "Stel eerst de tweede stap in" in answer.content.decode()
    assert client.get("/beheer/mijn-inzage.json").status_code == 403
    with_app(client)
    assert client.get("/beheer/mijn-inzage").status_code == 200


def test_who_takes_his_last_step_away_is_asked_again(noor: User, settings: object) -> None:
    settings.STIP_REQUIRE_MFA = True  # type: ignore[attr-defined]
    client = logged_in(noor)
    with_app(client)
    client.post("/account/2fa/totp/deactivate/")
    assert client.get("/account/sleutels").status_code == 302


@pytest.mark.django_db(transaction=True)  # the second step is made known when it is in the database
def test_a_session_from_before_the_second_step_is_not_let_in_by_it(noor: User, settings: object) -> None:
    settings.STIP_REQUIRE_MFA = True  # type: ignore[attr-defined]
    thief, owner = logged_in(noor), logged_in(noor)
    assert thief.get("/account/sleutels")["Location"] == "/account/2fa/", "parked, with a password only"
    with_app(owner)
    assert owner.get("/account/sleutels").status_code == 200
    assert thief.get("/account/sleutels")["Location"].startswith("/account/login/")


def test_a_session_that_was_missed_is_not_believed_either(noor: User, settings: object) -> None:
    """As one from before this was asked: its account has a second step, it gave none, and nobody ended it."""
    settings.STIP_REQUIRE_MFA = True  # type: ignore[attr-defined]
    for path in ("/account/sleutels", "/account/2fa/", "/account/2fa/totp/deactivate/"):
        thief = logged_in(noor)
        Authenticator.objects.create(user=noor, type="totp", data={"secret": "x"})
        assert thief.get(path)["Location"].startswith("/account/login/")
        Authenticator.objects.all().delete()


@pytest.mark.django_db(transaction=True)  # the second step is made known when it is in the database
def test_setting_up_a_second_app_leaves_nobody_else_out(
    noor: User, user_in: Callable[[str], User], settings: object
) -> None:
    settings.STIP_REQUIRE_MFA = True  # type: ignore[attr-defined]
    other = user_in("policy")
    other.set_password(PASSWORD)
    other.save()
    bystander = logged_in(other)
    with_app(bystander)
    with_app(logged_in(noor))
    assert bystander.get("/account/sleutels").status_code == 200


def test_a_flag_from_before_the_log_in_is_not_believed(noor: User, settings: object) -> None:
    settings.STIP_REQUIRE_MFA = True  # type: ignore[attr-defined]
    client = Client()
    client.get("/account/login/")
    session = client.session
    session["second_factor_elsewhere"] = session["second_factor_enrolled"] = noor.pk
    session.save()
    client.cookies[site_settings.SESSION_COOKIE_NAME] = session.session_key
    client.post("/account/login/", {"login": noor.username, "password": PASSWORD})
    assert client.get("/account/sleutels")["Location"] == "/account/2fa/"


def test_secrets_are_sealed_in_the_database(noor: User) -> None:
    secret = with_app(logged_in(noor))
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_a_new_key_of_the_site_opens_what_the_old_one_sealed(settings: object) -> None:
    sealed = SealedAdapter().encrypt("geheim")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]  # type: ignore[attr-defined]
    settings.SECRET_KEY = "a" * 60  # type: ignore[attr-defined]
    assert SealedAdapter().decrypt(sealed) == "geheim"
    assert SealedAdapter().encrypt("geheim") != sealed
