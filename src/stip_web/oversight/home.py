# SPDX-License-Identifier: EUPL-1.2
"""The card of Toezicht on the home page: the same signs as on its first page, so that both say the same."""

from __future__ import annotations

from django.urls import reverse

from stip.store import Workspace
from stip.words import number
from stip_web.accounts.models import User
from stip_web.desk.home.task import Task
from stip_web.oversight.signs import ATTENTION, GOOD, LATE, Sign, signs


def oversight_task(user: User, workspace: Workspace) -> Task:
    """Tell how many things ask attention, and which."""
    unusual = [sign for sign in signs(user, workspace) if sign.mark != GOOD]
    lines = (answer_of(unusual), *(f"{sign.word}: {sign.title}." for sign in unusual))
    mark = "late" if any(sign.mark == LATE for sign in unusual) else ATTENTION if unusual else GOOD
    return Task("Toezicht", lines, mark, "Naar Toezicht", reverse("oversight:index"))


def answer_of(unusual: list[Sign]) -> str:
    """Say how many things ask attention."""
    said = {0: "Niets vraagt aandacht.", 1: "Eén ding vraagt aandacht."}
    return said.get(len(unusual), f"{number(len(unusual))} dingen vragen aandacht.")
