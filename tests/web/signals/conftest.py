# SPDX-License-Identifier: EUPL-1.2
"""Fixtures of the pages of signals: a copy of the sample town without signals, and ways to put some in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from signals.partner_desk import PartnerDesk, partner_desk
from stip.settings import SignalSettings, write_toml
from stip.signals import Known, NewSignal, raise_signal, signal_of, signals_of
from stip.store import Workspace, read_areas, read_decisions
from stip_web.accounts.models import User
from stip_web.workspaces.clock import now, this_week
from stip_web.workspaces.current import current_workspace


@dataclass
class Town:
    """The site's own copy of the sample town."""

    root: Path

    @property
    def workspace(self) -> Workspace:
        return current_workspace()

    @property
    def week(self) -> str:
        """The last week, of which a plan was fixed."""
        return str(read_decisions(self.workspace, "plan")["week"].iloc[-1])

    @property
    def place(self) -> dict[str, Any]:
        rows = read_decisions(self.workspace, "plan", week=self.week)
        found: dict[str, Any] = rows[rows["area_code"].notna()].iloc[0].to_dict()
        return found

    @property
    def area_name(self) -> str:
        return read_areas(self.workspace).names()[self.place["area_code"]]

    def knows(self, kind: str = "space", category: str = "lamp", *, days_ago: float = 0, **more: Any) -> Known:
        where = (
            {"area_code": self.place["area_code"]}
            if kind == "help"
            else {"cells": tuple(int(cell) for cell in self.place["cells"])}
        )
        new = NewSignal(**({"kind": kind, "category": category, "week": self.week, "role": "lid"} | where | more))
        at = now(self.workspace) - timedelta(days=days_ago)
        return self.now(raise_signal(self.workspace, new, at=at).signal_id)

    def now(self, signal_id: str) -> Known:
        return signal_of(self.workspace, signal_id)

    def rules(self, **changes: Any) -> None:
        settings = self.workspace.settings.model_copy(update={"signals": SignalSettings.model_validate(changes)})
        service = settings.intake.service.model_copy(update={"private_hosts": ("127.0.0.1",)})
        settings = settings.model_copy(update={"intake": settings.intake.model_copy(update={"service": service})})
        (self.root / "stip.toml").write_text(write_toml(settings), encoding="utf-8")

    def only(self) -> Known:
        (known,) = signals_of(self.workspace)
        return known

    @property
    def this_week(self) -> str:
        return this_week(self.workspace)


@pytest.fixture
def town(own_site: Path, settings: object) -> Town:
    for kind in ("signal", "answer"):
        shutil.rmtree(own_site / "decisions" / kind, ignore_errors=True)
    memory = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.CACHES = memory  # type: ignore[attr-defined]
    return Town(own_site)


@pytest.fixture
def coordinator(as_role: Callable[[str], Client]) -> Client:
    return as_role("coordinator")


@pytest.fixture
def decider(user_in: Callable[[str], User]) -> User:
    return user_in("coordinator")


@pytest.fixture
def partner(socket_enabled: None) -> Iterator[PartnerDesk]:
    with partner_desk() as started:
        yield started


def read(client: Client, address: str, *, status: int = 200) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return BeautifulSoup(answer.content, "html.parser")


def said(node: Any) -> str:
    return " ".join(node.get_text(" ").split())
