# SPDX-License-Identifier: EUPL-1.2
"""Each page that somebody may open is accessible and fits, on a desk and on a phone; and answers without scripts."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Page, Response, expect

from journeys.accessible import faults_of
from journeys.hands import DESK, PHONE
from journeys.pages import DEMO_USERS, pages_of

Look = Callable[[Page, str], None]
EACH_PAGE = ("", "analist", "beheerder")
"""Together they may open every page; on a desk the other users see the same."""


@pytest.mark.parametrize("user", ["", *DEMO_USERS])
def test_pages_are_accessible_and_fit(user: str, log_in: Callable[..., Page], look: Look) -> None:
    page = log_in(user)
    faults: dict[str, list[str]] = {}
    for path in list(pages_of(page)):
        page.goto(path, wait_until="networkidle")
        for viewport in (DESK, PHONE) if user in EACH_PAGE else (PHONE,):
            page.set_viewport_size(viewport)
            page.wait_for_timeout(200)
            look(page, f"{user or 'niemand'}{path.translate(str.maketrans('/?=&', '----'))}")
            if found := faults_of(page):
                faults[f"{path} {viewport['width']}"] = found
        page.set_viewport_size(DESK)
    assert faults == {}


@pytest.mark.parametrize("user", DEMO_USERS)
def test_each_page_answers_without_scripts(user: str, log_in: Callable[..., Page]) -> None:
    page = log_in(user, script=False)
    wrong: dict[str, str] = {}
    for path in list(pages_of(page)):
        page.goto(path)
        if page.locator("h1").count() != 1 or not page.locator("main").inner_text().strip():
            wrong[path] = "says nothing"
        for place in range(page.locator("main form[method=get]").count()):
            form = page.locator("main form[method=get]").nth(place)
            button = form.locator("button").first
            if not button.is_visible():
                wrong[path] = "has a form without a button"
                continue
            with page.expect_navigation() as coming:
                button.click()
            if not _answered(coming.value, page, path):
                wrong[path] = f"its form leads to {page.url}"
            page.goto(path)
    assert wrong == {}


def _answered(answer: Response | None, page: Page, path: str) -> bool:
    """Whether a form led to a page, or said what is missing; none is asked for when only the place on it changes."""
    if answer is None:
        return urlsplit(page.url)._replace(fragment="") == urlsplit(urljoin(page.url, path))
    return answer.status < 400 or (answer.status == 400 and page.get_by_role("alert").count() == 1)


def test_the_filter_works_without_scripts(log_in: Callable[..., Page], look: Look) -> None:
    page = log_in("analist", script=False)
    page.goto("/kaart")
    expect(page.locator("#kaart")).to_contain_text("De kaart heeft JavaScript nodig")
    page.locator("label.filter-keuze", has_text="Fietsdiefstal").locator("input").check()
    beside = page.locator("label.filter-keuze", has_text="Fietsdiefstal").locator(".filter-aantal").inner_text()
    page.get_by_role("button", name="Filter toepassen").click()
    page.wait_for_url("**soort=bicycle_theft*")
    expect(page.locator(".kaart-aantal")).to_contain_text(f"{beside} van ")
    look(page, "no-script-map")
    page.get_by_role("link", name="De lijst").click()
    expect(page.locator(".kaart-aantal")).to_contain_text(f"{beside} van ")
    page.get_by_role("link", name="Bewaar deze weergave").click()
    page.get_by_label("Naam van de weergave").fill("Fietsen")
    page.get_by_role("button", name="Weergave bewaren").click()
    expect(page.get_by_role("status").first).to_contain_text("is bewaard")


def test_an_outlook_is_changed_without_scripts(log_in: Callable[..., Page], look: Look) -> None:
    page = log_in("analist", script=False)
    page.goto("/vooruitblik")
    expect(page.locator("#kaart img")).to_be_visible()
    look(page, "no-script-outlook")
    page.locator("tbody input[type=checkbox]").first.check()
    page.get_by_role("button", name="Gekozen vakken wijzigen").click()
    page.get_by_label("Verlagen").check()
    page.get_by_label("Waarom?").fill("Hier staat deze week een bouwhek.")
    page.get_by_role("button", name="Wijziging vastleggen").click()
    expect(page.get_by_role("table")).to_contain_text("Hier staat deze week een bouwhek.")


def test_people_are_managed_without_scripts(log_in: Callable[..., Page]) -> None:
    page = log_in("beheerder", script=False)
    page.goto("/beheer/gebruikers/nieuw")
    page.get_by_label("Gebruikersnaam").fill("nieuweling")
    page.locator("main form button").last.click()
    expect(page.locator("main")).to_contain_text("nieuweling")
