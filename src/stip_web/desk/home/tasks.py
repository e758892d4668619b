# SPDX-License-Identifier: EUPL-1.2
"""The cards for one person: only what that person may see, most pressing first."""

from __future__ import annotations

from collections.abc import Callable

from stip.store import Workspace
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.desk.home.known import signals_task
from stip_web.desk.home.oversight import oversight_task, system_task
from stip_web.desk.home.record import last_week_task, useful_task
from stip_web.desk.home.task import Task
from stip_web.desk.home.week import file_task, outlook_task, plan_task

CARDS: tuple[tuple[tuple[May, ...], Callable[[User, Workspace], Task | None]], ...] = (
    ((May.DATA_READ, May.DATA_IMPORT), file_task),
    ((May.OUTLOOK_READ, May.OUTLOOK_COARSE), outlook_task),
    ((May.PLAN_READ, May.PLAN_OWN), plan_task),
    ((May.SIGNAL_READ, May.SIGNAL_RAISE, May.LEARN_READ), signals_task),
    ((May.OUTLOOK_READ, May.LEARN_READ), last_week_task),
    ((May.LEARN_READ, May.LEARN_TEAM), useful_task),
    ((May.RULES_APPROVE, May.LOG_READ), oversight_task),
    ((May.HEALTH_READ,), system_task),
)
"""Each card, and which permissions are enough to see it."""

_ORDER = ("late", "todo", "attention", "good", "")


def tasks_of(user: User, workspace: Workspace) -> list[Task]:
    """Give the cards for this person, most pressing first."""
    asked = [card(user, workspace) for permissions, card in CARDS if user.may(*permissions)]
    return sorted((task for task in asked if task), key=lambda task: _ORDER.index(task.mark))
