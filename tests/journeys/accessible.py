# SPDX-License-Identifier: EUPL-1.2
"""What every page must hold: axe finds nothing, it fits the screen, one main heading, a title."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}


def faults_of(page: Page) -> list[str]:
    """Give what is wrong with a page, a line each."""
    try:
        found = Axe().run(page, options=RULES).response["violations"]
    except Error as error:
        if "navigation" not in error.message:
            raise
        page.wait_for_load_state()  # a link was pressed, and the next page came while this one was looked at
        found = Axe().run(page, options=RULES).response["violations"]
    faults = [f"{fault['id']}: {node['target']}" for fault in found for node in fault["nodes"]]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 1:
        faults.append(f"{wide} px too wide")
    if page.locator("h1").count() != 1:
        faults.append(f"{page.locator('h1').count()} main headings")
    return faults
