# SPDX-License-Identifier: EUPL-1.2
"""Every page of logging in is Dutch, in the look of the house, and without a script or style in the page itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

import stip_web
from stip_web.accounts.models import User
from stip_web.accounts.second_factor import SealedAdapter
from stip_web.administration.users import link_for

TEMPLATES = sorted(Path(stip_web.__file__).parent.rglob("*.html"))
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon[a-z]+=\"|javascript:", re.IGNORECASE)
ON_PAPER = {"paper.html"}  # becomes a PDF on the server; no browser gets it
ENGLISH = re.compile(
    r"\b(the|your|please|sign in|password|authenticator|security key|are you sure|confirm|cancel|submit)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: "/".join(path.parts[-2:]))
def test_no_template_has_a_script_or_a_style_of_its_own(path: Path) -> None:
    text = path.read_text()
    assert text.startswith("{# SPDX-License-Identifier: EUPL-1.2 #}")
    if path.name not in ON_PAPER:
        assert not INLINE.search(text)


def words(page: str) -> str:
    """Give what a person reads on a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def check(page: str) -> None:
    assert '<html lang="nl"' in page
    assert not INLINE.search(page)
    assert "top__name" in page, "the frame of the desk"
    assert page.count("<h1") == 1
    assert not ENGLISH.search(words(page)), ENGLISH.search(words(page))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["login/", "signup/", "inactive/", "3rdparty/login/error/", "3rdparty/login/cancelled/"]
)
def test_pages_for_who_is_not_logged_in(path: str) -> None:
    check(Client().get(f"/account/{path}").content.decode())


@pytest.fixture
def noor(user_in: Callable[[str], User]) -> User:
    user = user_in("analyst")
    user.set_password("paard-batterij-nietje-goed")
    user.save()
    return user


@pytest.fixture
def client(noor: User) -> Client:
    client = Client()
    client.post("/account/login/", {"login": noor.username, "password": "paard-batterij-nietje-goed"})
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["logout/", "password/change/", "reauthenticate/", "2fa/", "2fa/webauthn/"])
def test_pages_for_who_is_logged_in(path: str, client: Client) -> None:
    check(client.get(f"/account/{path}").content.decode())


@pytest.mark.django_db
def test_pages_of_the_second_step(noor: User, client: Client) -> None:
    client.post("/account/reauthenticate/", {"password": "paard-batterij-nietje-goed"})
    for path in ("totp/activate/", "webauthn/add/"):
        check(client.get(f"/account/2fa/{path}").content.decode())
    check(client.post("/account/2fa/totp/activate/", {"code": "1"}).content.decode())
    Authenticator.objects.create(user=noor, type="totp", data={"secret": "x"})
    seed = SealedAdapter().encrypt("zaad")
    Authenticator.objects.create(user=noor, type="recovery_codes", data={"seed": seed, "used_mask": 0})
    key = Authenticator.objects.create(user=noor, type="webauthn", data={"name": "Sleutelbos", "credential": {}})
    paths = ["", "totp/deactivate/", "recovery-codes/generate/", "webauthn/"]
    for path in [*paths, f"webauthn/keys/{key.pk}/edit/", f"webauthn/keys/{key.pk}/remove/"]:
        check(client.get(f"/account/2fa/{path}").content.decode())


@pytest.mark.django_db
def test_a_link_chooses_a_password_once(user_in: Callable[[str], User]) -> None:
    user = user_in("analyst")
    path = link_for(user)
    client = Client()
    page = client.get(path, follow=True)
    check(page.content.decode())
    new = {"password1": "zeven-bruine-honden-blaffen", "password2": "zeven-bruine-honden-blaffen"}
    done = client.post(page.redirect_chain[-1][0], new, follow=True)
    check(done.content.decode())
    assert "opgeslagen" in done.content.decode()
    user.refresh_from_db()
    assert user.check_password(new["password1"])
    again = Client().get(path, follow=True)
    check(again.content.decode())
    assert "werkt niet meer" in again.content.decode()


@pytest.mark.django_db
def test_the_policy_of_every_page_knows_no_inline_script() -> None:
    policy = Client().get("/account/login/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
