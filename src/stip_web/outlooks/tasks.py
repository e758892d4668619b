# SPDX-License-Identifier: EUPL-1.2
"""What runs in the background: making an outlook, and drawing the week's files again after a decision."""

from __future__ import annotations

import logging
from dataclasses import replace

from django_tasks import task

from stip.errors import StipError
from stip.outlook import make_outlook
from stip.store import Run, Workspace
from stip.week import remake_files
from stip_web.audit.processing import processing
from stip_web.desk.background import Heart, bury_the_dead, carry_out
from stip_web.outlooks.models import Making
from stip_web.workspaces.current import current_workspace

log = logging.getLogger(__name__)

UNEXPECTED = (
    "Het maken van de vooruitblik brak af door een fout in Stip. Er is niets half opgeslagen. "
    "De beheerder vindt de fout terug in het logboek."
)


@task()
def make(making_id: int) -> None:
    """Make the outlook that was asked for, and keep how it goes."""
    give_up_on_the_dead()  # it may be this one, begun again
    making = Making.objects.get(id=making_id)

    def look_ahead(heart: Heart) -> Run:
        workspace = current_workspace()
        return make_outlook(plainly(workspace) if making.plain else workspace, making.week, progress=heart.told)

    carry_out(making, look_ahead, activity="vooruitblik", begins="Beginnen", ends="Vastgelegd", broke=UNEXPECTED)


def give_up_on_the_dead() -> None:
    """Call failed what says that it runs but does not, and what waits for a job that is no longer in the queue."""
    bury_the_dead(Making, make.module_path)


@task()
def remake(week: str) -> None:
    """Draw map and list of a week again after people decided something; what was decided stands in any case."""
    try:
        with processing("vooruitblik", week=week):
            remake_files(current_workspace(), week)
    except StipError as error:
        log.warning("files of %s are the old ones: %s", week, type(error).__name__)


def plainly(workspace: Workspace) -> Workspace:
    """Give the workspace with its plain count as the model: what can be made when the model fails."""
    settings = workspace.settings
    plain = settings.outlook.model_copy(update={"model": settings.outlook.baseline})
    return replace(workspace, settings=settings.model_copy(update={"outlook": plain}))
