# SPDX-License-Identifier: EUPL-1.2
"""Passkeys in a real browser with a virtual key, under the site's own strict policy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test.utils import override_settings
from playwright.sync_api import Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from stip_web.accounts.grants import make_default_roles
from stip_web.accounts.models import Role, User

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PASSWORD = "paard-batterij-nietje-goed"  # noqa: S105
pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here; apt-get install chromium"),
]


@pytest.fixture
def noor(transactional_db: None) -> str:
    make_default_roles()
    user = User.objects.create_user("noor", password=PASSWORD)
    user.roles.add(Role.objects.get(code="analyst"))
    return user.username


@pytest.fixture
def page(noor: str, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """Give a page of a browser with a key in it; what the policy blocks, or a script throws, fails the test."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the driver has a loop of its own in this thread
    base = live_server.url.replace("127.0.0.1", "localhost")
    with sync_playwright() as driver, override_settings(STIP_REQUIRE_MFA=True):
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(base_url=base).new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        yield page
        browser.close()
        assert wrong == []


def log_in(page: Page) -> None:
    page.goto("/account/login/")
    page.get_by_label("Gebruikersnaam").fill("noor")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()


def clean(page: Page) -> None:
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()


def test_a_passkey_is_added_and_logs_in_without_a_password(page: Page) -> None:
    log_in(page)
    expect(page.get_by_role("heading", name="Inloggen en beveiliging")).to_be_visible()
    expect(page.get_by_text("Stel eerst de tweede stap in")).to_be_visible()
    clean(page)
    page.get_by_role("link", name="Passkey toevoegen").click()
    clean(page)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Verder").click()
    clean(page)
    page.get_by_label("Naam").fill("Mijn laptop")
    page.get_by_label("Ook inloggen zonder wachtwoord").check()
    page.get_by_role("button", name="Passkey toevoegen").click()
    expect(page.get_by_role("heading", name="Herstelcodes")).to_be_visible()
    clean(page)
    page.goto("/account/2fa/webauthn/")
    expect(page.get_by_text("Mijn laptop")).to_be_visible()
    clean(page)

    page.context.clear_cookies()
    page.goto("/account/login/")
    clean(page)
    page.get_by_role("button", name="Inloggen met een passkey").click()
    page.wait_for_url(lambda url: urlsplit(url).path == "/")
    page.goto("/account/sleutels")
    expect(page.get_by_role("heading", name="Sleutels voor programma’s")).to_be_visible()


def test_a_passkey_is_the_second_step_after_a_password(page: Page) -> None:
    log_in(page)
    page.get_by_role("link", name="Passkey toevoegen").click()
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Verder").click()
    page.get_by_role("button", name="Passkey toevoegen").click()
    expect(page.get_by_role("heading", name="Herstelcodes")).to_be_visible()

    page.context.clear_cookies()
    log_in(page)
    expect(page.get_by_role("heading", name="Tweede stap")).to_be_visible()
    clean(page)
    page.get_by_role("button", name="Gebruik uw passkey").click()
    page.wait_for_url(lambda url: urlsplit(url).path == "/")
    page.goto("/account/2fa/totp/activate/")
    page.get_by_role("link", name="Met uw passkey").click()
    page.get_by_role("button", name="Gebruik uw passkey").click()
    expect(page.get_by_role("heading", name="App met codes instellen")).to_be_visible()
    clean(page)


def test_a_browser_that_says_no_is_told_in_dutch(page: Page) -> None:
    page.goto("/account/login/")
    page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("Het is niet gelukt")
