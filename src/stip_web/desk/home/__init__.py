# SPDX-License-Identifier: EUPL-1.2
"""The home page: what this week asks of somebody, one question per role, answered from the workspace."""

from stip_web.desk.home.task import Task
from stip_web.desk.home.tasks import tasks_of

__all__ = ["Task", "tasks_of"]
