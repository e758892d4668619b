# SPDX-License-Identifier: EUPL-1.2
"""Working with the board of a week as a browser without scripts does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client

from stip.store import Workspace, latest_run, read_cells
from stip_web.plans.models import Draft
from stip_web.plans.opening import board_of, spots_of
from stip_web.plans.spots import Spot

WEEK = "2026-W37"
AT = f"/weekplan/{WEEK.lower()}"
OPENED = {"kind": "talk", "visits": "1", "hours": "", "team": "flexteam"}


@dataclass
class Board:
    """The board of the week."""

    client: Client
    town: Workspace

    @property
    def draft(self) -> Draft:
        """The board as it stands."""
        return board_of(self.town, WEEK)

    @property
    def spots(self) -> list[Spot]:
        """Its places."""
        return spots_of(self.draft)

    def of(self, origin: str) -> Spot:
        """Give the first place that was chosen so."""
        return next(spot for spot in self.spots if spot.origin == origin)

    def press(self, where: str, **fields: Any) -> Any:
        """Send a form with the edition of now, unless another is given."""
        return self.client.post(f"{AT}{where}", {"stand": str(self.draft.edition)} | fields)

    def on(self, spot: Spot, doing: str, **fields: Any) -> Any:
        """Press a button of a place."""
        return self.press(f"/plek/{spot.place_id}", doen=doing, **fields)

    def add(self, cells: list[str], **fields: Any) -> Any:
        """Add an own place."""
        return self.press("/eigen", vak=cells, **({"reason": "De wijkagent ziet hier meer."} | OPENED | fields))

    def accept_all(self) -> None:
        """Take every suggestion over."""
        assert self.press("/rest", doen="overnemen").status_code == 302

    def fix(self, **fields: Any) -> Any:
        """Fix the plan."""
        return self.press("/vaststellen", **fields)

    def read(self, where: str = "", status: int = 200) -> BeautifulSoup:
        """Read a page."""
        return read(self.client, f"{AT}{where}", status)

    def free_cell(self, skip: int = 0) -> str:
        """Give the name of a cell where many live and no place lies."""
        taken = {cell for spot in self.spots for cell in spot.cells}
        run = latest_run(self.town, "outlook", WEEK)
        assert run is not None
        known = set(run.table("outlook")["cell"])
        cells = read_cells(self.town)
        fits = cells[(cells["dwellings"] >= 20) & cells["in_study"].astype(bool) & cells["area_code"].notna()]
        free = [int(cell) for cell in fits["cell"] if int(cell) in known - taken]
        return self.town.grid.name(free[skip])


def read(client: Client, address: str, status: int = 200) -> BeautifulSoup:
    """Read a page as somebody does."""
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[-900:]
    return BeautifulSoup(answer.content, "html.parser")


def said(page: BeautifulSoup) -> str:
    """Give the words of the page."""
    main = page.select_one("main")
    assert main is not None
    return re.sub(r"\s+", " ", main.get_text(" "))


def words(answer: Any) -> str:
    """Give the words of an answer."""
    return said(BeautifulSoup(answer.content, "html.parser"))
