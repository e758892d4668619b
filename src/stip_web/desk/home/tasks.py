# SPDX-License-Identifier: EUPL-1.2
"""The cards for one person: only what that person may see, most pressing first."""

from __future__ import annotations

from collections.abc import Callable

from stip.agreements import is_held
from stip.store import Workspace
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.desk.home.broken import BROKEN, UNREADABLE, told
from stip_web.desk.home.known import signals_task
from stip_web.desk.home.record import last_week_task, useful_task
from stip_web.desk.home.system import system_task
from stip_web.desk.home.task import Task
from stip_web.desk.home.week import file_task, outlook_task, plan_task

CARDS: list[tuple[tuple[May, ...], str, Callable[[User, Workspace], Task | None]]] = [
    ((May.DATA_READ, May.DATA_IMPORT), "", file_task),
    ((May.OUTLOOK_READ, May.OUTLOOK_COARSE), "outlook", outlook_task),
    ((May.PLAN_READ, May.PLAN_OWN), "plan", plan_task),
    ((May.SIGNAL_READ, May.SIGNAL_RAISE, May.LEARN_READ), "", signals_task),
    ((May.OUTLOOK_READ, May.LEARN_READ), "learn", last_week_task),
    ((May.LEARN_READ, May.LEARN_TEAM), "learn", useful_task),
    ((May.HEALTH_READ,), "", system_task),
]
"""Each card: which permissions are enough to see it, and the stage that it tells of. An app above the desk
adds its own when it is ready."""

_STAGES = {"outlook": "Vooruitblik", "plan": "Weekplan", "learn": "Terugblik"}

_ORDER = ("late", "todo", "attention", "good", "")


def tasks_of(user: User, workspace: Workspace) -> list[Task]:
    """Give the cards for this person, most pressing first."""
    asked = [_alone(stage, card, user, workspace) for permissions, stage, card in CARDS if user.may(*permissions)]
    return sorted(dict.fromkeys(task for task in asked if task), key=lambda task: _ORDER.index(task.mark))


def _alone(
    stage: str, card: Callable[[User, Workspace], Task | None], user: User, workspace: Workspace
) -> Task | None:
    """Give a card, or what is wrong with it: one file that cannot be read takes no other card away."""
    try:
        return _held_task(stage) if stage and is_held(workspace, stage) else card(user, workspace)
    except BROKEN as error:
        return Task(UNREADABLE, (told(error, card.__name__),), "attention")


def _held_task(stage: str) -> Task:
    """Say only that it stands still: what it told is on hold too."""
    return Task(_STAGES[stage], ("Dit staat op pauze. Boven aan de pagina staat waarom.",), "attention")
