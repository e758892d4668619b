# SPDX-License-Identifier: EUPL-1.2
"""A real browser before a real server: ``stip_web serve`` with its worker, on a copy of the sample town."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Response,
    ViewportSize,
    expect,
    sync_playwright,
)

from journeys.hands import DESK, PHONE, Hands

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WAIT_MS = 90_000
__all__ = ["DESK", "PHONE"]
_LINE = re.compile(r"^  .*?  (\w+)\s+([a-z2-7]{12})$", re.MULTILINE)


@dataclass(frozen=True)
class Served:
    """A server that runs.

    Attributes
    ----------
    url : str
    folder : Path
        The sample town: ``bron/`` with its files, ``werkmap/`` that the server shows.
    passwords : dict of str to str
        Of each demo user.
    """

    url: str
    folder: Path
    passwords: dict[str, str]


@pytest.fixture(autouse=True)
def loopback(socket_enabled: None) -> None:
    """Let a journey reach the server on this machine."""


@pytest.fixture(scope="module")
def served(sample_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve a copy of the sample town for the journeys of one file; each file has its own."""
    folder = tmp_path_factory.mktemp("served") / "demo"
    shutil.copytree(sample_demo, folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "STIP_MODE": "demo",
        "STIP_WORKSPACE": str(folder / "werkmap"),
        "STIP_STATE": str(folder / "site"),
        "STIP_KEYS": str(folder / "sleutels"),
        "DATABASE_URL": "",
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "stip_web.settings",
    }
    said = folder / "serve.log"
    with said.open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "stip_web.manage", "serve", "--port", str(port)],
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(port, server, said)
        yield Served(url, folder, dict(_LINE.findall(said.read_text())))
    finally:
        server.terminate()
        server.wait(timeout=60)


def _wait_for(port: int, server: subprocess.Popen[bytes], said: Path) -> None:
    """Wait until the server takes connections; tell what it said when it stops instead."""
    for _ in range(1500):
        if server.poll() is not None:
            pytest.fail(f"the server stopped: {said.read_text()[-2000:]}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    pytest.fail(f"the server did not start: {said.read_text()[-2000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give Debian's Chromium, without a window."""
    if CHROMIUM is None:
        pytest.fail("Chromium is not on this machine; `make test` says how to bring it")
    expect.set_options(timeout=WAIT_MS)  # a busy machine is no fault of a page
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--lang=nl-NL"])
        yield browser
        browser.close()


@pytest.fixture
def log_in(browser: Browser, served: Served) -> Iterator[Callable[..., Page]]:
    """Log in as a demo user, on a desk or a phone; a page that complains in its console fails the test.

    Without ``script``, or with ``touch``, the browser has none, or a screen to touch.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(
        username: str = "", *, viewport: ViewportSize = DESK, touch: bool = False, script: bool = True
    ) -> Page:
        context = browser.new_context(
            viewport=viewport, has_touch=touch, java_script_enabled=script, locale="nl-NL", base_url=served.url
        )
        context.set_default_timeout(WAIT_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if _is_fault(line) else None)
        page.on("response", lambda answer: complaints.append(answer.url) if _is_missing(answer) else None)
        page.goto("/account/login/")
        if username:
            page.get_by_label("Gebruikersnaam").fill(username)
            page.get_by_label("Wachtwoord").fill(served.passwords[username])
            page.keyboard.press("Enter")
            page.wait_for_url(served.url + "/")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def _is_fault(line: ConsoleMessage) -> bool:
    """Whether the console tells of a fault; a page that is refused on purpose is none."""
    return line.type == "error" and not line.text.startswith("Failed to load resource")


def _is_missing(answer: Response) -> bool:
    """Whether something that a page needs did not come; the phone asks on purpose whether the plan stands still."""
    on_hold = answer.status == 403 and answer.url.endswith("/straat/gegevens.json")
    return answer.status >= 400 and not answer.request.is_navigation_request() and not on_hold


@pytest.fixture
def hands(log_in: Callable[..., Page]) -> Callable[..., Hands]:
    """Log in as a demo user, in one of the three ways of `journeys.hands.WAYS`."""

    def take(way: type[Hands], username: str) -> Hands:
        return way(log_in(username, viewport=way.viewport, touch=way.touch))

    return take


@pytest.fixture
def look() -> Callable[[Page, str], None]:
    """Keep a picture of a page, for a person to look at, where ``STIP_PICTURES`` names a folder."""
    folder = os.environ.get("STIP_PICTURES")

    def keep(page: Page, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            width = page.viewport_size["width"] if page.viewport_size else 0
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)

    return keep
