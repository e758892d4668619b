# SPDX-License-Identifier: EUPL-1.2
"""Three ways to work with a page: a mouse at a desk, a keyboard alone, a finger on a phone of 360 px wide."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, ViewportSize

DESK: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 360, "height": 740}
MOST_TABS = 500
_HAS_FOCUS = "element => element === document.activeElement"
_RING = """element => {
  const boxes = [element, ...(element.labels ?? [])].map((box) => getComputedStyle(box));
  return boxes.some((style) => style.outlineStyle !== "none" || style.boxShadow !== "none");
}"""


def press_to(page: Page, locator: Locator, *, most: int = MOST_TABS) -> None:
    """Press Tab until the focus is on an element, and see that it shows; fail when it is not reached."""
    for _ in range(most):
        if locator.evaluate(_HAS_FOCUS):
            assert locator.evaluate(_RING), f"{locator} has the focus and does not show it"
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{locator} is not reached in {most} tabs")


class Hands(ABC):
    """A way to work with a page.

    Attributes
    ----------
    page : Page
    """

    viewport = DESK
    touch = False

    def __init__(self, page: Page) -> None:
        self.page = page

    @abstractmethod
    def press(self, locator: Locator) -> None:
        """Press a link or a button, or open what is folded."""

    @abstractmethod
    def tick(self, locator: Locator) -> None:
        """Choose a box or a radio button that is not chosen."""

    @abstractmethod
    def write(self, locator: Locator, text: str) -> None:
        """Write in an empty field."""

    def pick(self, locator: Locator, label: str) -> None:
        """Choose from a list; a phone and a desk show a list of their own, outside the page."""
        locator.select_option(label=label)

    def bring(self, locator: Locator, file: Path) -> None:
        """Choose a file; the window to do so is the system's own."""
        with self.page.expect_file_chooser() as chosen:
            self.press(locator)
        chosen.value.set_files(file)


class Mouse(Hands):
    """A mouse at a desk."""

    def press(self, locator: Locator) -> None:
        """Click."""
        locator.click()

    def tick(self, locator: Locator) -> None:
        """Click."""
        locator.check()

    def write(self, locator: Locator, text: str) -> None:
        """Click, and type."""
        locator.click()
        self.page.keyboard.insert_text(text)


class Keyboard(Hands):
    """Keys alone: Tab, arrows, Space and Enter."""

    def press(self, locator: Locator) -> None:
        """Press Enter on it."""
        press_to(self.page, locator)
        self.page.keyboard.press("Enter")

    def tick(self, locator: Locator) -> None:
        """Press Space on a box; on a group of radio buttons, arrow down to the one that is meant."""
        if locator.get_attribute("type") == "checkbox":
            press_to(self.page, locator)
            self.page.keyboard.press("Space")
        else:
            group = self.page.locator(f"input[type=radio][name={locator.get_attribute('name')}]")
            at = group.evaluate_all("all => Math.max(0, all.findIndex((one) => one.checked))")
            press_to(self.page, group.nth(at))
            for _ in range(group.count()):
                if locator.is_checked():
                    break
                self.page.keyboard.press("ArrowDown")
        assert locator.is_checked()

    def write(self, locator: Locator, text: str) -> None:
        """Type."""
        press_to(self.page, locator)
        self.page.keyboard.insert_text(text)

    def pick(self, locator: Locator, label: str) -> None:
        """Type what the choice begins with, or go down to it."""
        press_to(self.page, locator)
        current = "select => select.selectedOptions[0].label.trim()"
        self.page.keyboard.press("Home")
        for _ in range(locator.locator("option").count()):
            if locator.evaluate(current) == label:
                return
            self.page.keyboard.press("ArrowDown")
        pytest.fail(f"‘{label}’ is not reached by arrow")

    def bring(self, locator: Locator, file: Path) -> None:
        """Press Enter on the field."""
        with self.page.expect_file_chooser() as chosen:
            press_to(self.page, locator)
            self.page.keyboard.press("Enter")
        chosen.value.set_files(file)


class Finger(Hands):
    """A finger on a phone."""

    viewport = PHONE
    touch = True

    def press(self, locator: Locator) -> None:
        """Tap."""
        locator.tap()

    def tick(self, locator: Locator) -> None:
        """Tap."""
        locator.tap()
        assert locator.is_checked()

    def write(self, locator: Locator, text: str) -> None:
        """Tap, and type."""
        locator.tap()
        self.page.keyboard.insert_text(text)


WAYS = [Mouse, Keyboard, Finger]
