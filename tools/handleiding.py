# SPDX-License-Identifier: EUPL-1.2
"""Make the pictures of the Dutch manual: each page of the site as it is, on the demo town (`make handleiding`)."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "handleiding" / "beelden"
_LINE = re.compile(r"^  .*?  (\w+)\s+([a-z2-7]{12})$", re.MULTILINE)


@dataclass(frozen=True)
class Picture:
    """One picture: who looks at which address, on how wide a screen."""

    name: str
    user: str
    path: str
    width: int = 1200
    height: int = 800


WANTED = (
    Picture("inloggen", "", "/account/login/", height=560),
    Picture("deze-week", "analist", "/", height=760),
    Picture("kaart", "analist", "/kaart", height=900),
    Picture("kaart-lijst", "analist", "/kaart/lijst"),
    Picture("kaart-grafiek", "analist", "/kaart/grafiek"),
    Picture("kaart-herkomst", "analist", "/kaart/herkomst"),
    Picture("kaart-vergelijk", "analist", "/kaart/vergelijk"),
    Picture("kaart-telefoon", "analist", "/kaart", width=390, height=800),
    Picture("vooruitblik", "analist", "/vooruitblik", height=1000),
    Picture("vooruitblik-model", "analist", "/vooruitblik/model"),
    Picture("vooruitblik-bestuur", "wethouder", "/vooruitblik"),
    Picture("weekplan", "coordinator", "/weekplan", height=1000),
    Picture("briefing", "coordinator", "/weekplan/2026-w37/briefing", height=1000),
    Picture("straat", "teamlid", "/straat", width=390, height=800),
    Picture("straat-kaart", "teamlid", "/straat/kaart", width=390, height=800),
    Picture("signalen", "coordinator", "/signalen"),
    Picture("signaal-verslag", "coordinator", "/signalen/verslag"),
    Picture("evaluatie", "coordinator", "/evaluatie", height=1000),
    Picture("evaluatie-afwijkingen", "coordinator", "/evaluatie/afwijkingen"),
    Picture("evaluatie-besluit", "wethouder", "/evaluatie/besluit", height=900),
    Picture("gegevens", "analist", "/gegevens"),
    Picture("inlezen", "analist", "/gegevens/inlezen"),
    Picture("afspraken", "fg", "/gegevens/afspraken"),
    Picture("poort", "fg", "/gegevens/poort"),
    Picture("kwaliteit", "analist", "/gegevens/kwaliteit"),
    Picture("toezicht", "fg", "/toezicht", height=1000),
    Picture("gebruikers", "beheerder", "/beheer/gebruikers"),
    Picture("rollen", "beheerder", "/beheer/rollen"),
    Picture("systeem", "beheerder", "/beheer/systeem"),
    Picture("logboek", "fg", "/beheer/logboek"),
    Picture("mijn-inzage", "analist", "/beheer/mijn-inzage"),
)


def main() -> None:
    """Serve a copy of the demo, look at each page, keep the pictures."""
    demo = ROOT / "demo"
    if not (demo / "werkmap" / "stip.toml").is_file():
        sys.exit("Make the demo first: make demo")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "demo"
        shutil.copytree(demo, copy, ignore=shutil.ignore_patterns("site"))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        log = copy / "serve.log"
        with log.open("w") as said:
            server = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "stip_web.manage", "serve", "--port", str(port)],
                env=os.environ
                | {
                    "STIP_MODE": "demo",
                    "STIP_WORKSPACE": str(copy / "werkmap"),
                    "STIP_KEYS": str(copy / "sleutels"),
                    "STIP_STATE": str(copy / "site"),
                    "PYTHONUNBUFFERED": "1",
                },
                stdout=said,
                stderr=subprocess.STDOUT,
            )
        try:
            while server.poll() is None and "Ctrl+C" not in log.read_text():
                time.sleep(0.3)
            time.sleep(3)
            passwords = dict(_LINE.findall(log.read_text()))
            take(f"http://127.0.0.1:{port}", passwords)
        finally:
            server.terminate()
            server.wait()


def take(url: str, passwords: dict[str, str]) -> None:
    """Take every picture; a page that does not answer well stops the work."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for picture in WANTED:
            _take(browser, url, passwords, picture)
        browser.close()


def _take(browser: Browser, url: str, passwords: dict[str, str], picture: Picture) -> None:
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height}, locale="nl-NL", base_url=url
    )
    page = context.new_page()
    if picture.user:
        page.goto("/account/login/")
        page.get_by_label("Gebruikersnaam").fill(picture.user)
        page.get_by_label("Wachtwoord").fill(passwords[picture.user])
        page.keyboard.press("Enter")
        page.wait_for_url(url + "/")
    answer = page.goto(picture.path, wait_until="networkidle")
    if answer is None or answer.status != 200:
        sys.exit(f"{picture.path} does not answer well")
    page.wait_for_timeout(1_500)
    page.screenshot(path=PICTURES / f"{picture.name}.png")
    context.close()


if __name__ == "__main__":
    main()
