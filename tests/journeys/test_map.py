# SPDX-License-Identifier: EUPL-1.2
"""The map counts by script what the list counts on the server."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from playwright.sync_api import Page, expect


def map_is_ready(page: Page) -> None:
    expect(page.locator("#stand")).to_have_attribute("data-staat", re.compile("goed|niets"), timeout=60_000)


def test_the_counts_of_script_and_server_are_the_same(log_in: Callable[..., Page]) -> None:
    page = log_in("analist")
    read = (
        "() => Object.fromEntries("
        "[...document.querySelectorAll('[data-count]')].map(each => [each.dataset.count, each.textContent]))"
    )
    query = (
        "soort=vandalism&soort=drugs&uur=18-23&uur=22-3&dag=vr&dag=za&gebied=WK999900&van=2026-01-05&tot=2026-08-30"
    )
    page.goto(f"/kaart?{query}")
    map_is_ready(page)
    by_script = page.evaluate(read)
    page.goto(f"/kaart/lijst?{query}")
    assert json.dumps(page.evaluate(read)) == json.dumps(by_script)
