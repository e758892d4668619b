# SPDX-License-Identifier: EUPL-1.2
"""What runs in the background: making a proposal and putting it on the board, drawing the week's files again."""

from __future__ import annotations

import logging

from django_tasks import task

from stip.errors import PlanError, StipError
from stip.plan import make_plan
from stip.store import Run, Workspace
from stip.week import remake_files
from stip_web.audit.processing import processing
from stip_web.desk.background import Heart, bury_the_dead, carry_out
from stip_web.plans.models import Proposing
from stip_web.plans.opening import board_of, with_proposal
from stip_web.workspaces.current import current_workspace

log = logging.getLogger(__name__)

UNEXPECTED = (
    "Het maken van het voorstel brak af door een fout in Stip. Er is niets half opgeslagen. "
    "De beheerder vindt de fout terug in het logboek."
)
_TIMES = 5


@task()
def make(proposing_id: int) -> None:
    """Make the proposal that was asked for, and put it on the board."""
    give_up_on_the_dead()  # it may be this one, begun again
    proposing = Proposing.objects.get(id=proposing_id)

    def propose(heart: Heart) -> Run:
        workspace = current_workspace()
        passed = {"rotation": proposing.rotation} if proposing.rotation else None
        run = make_plan(workspace, proposing.week, hours=proposing.hours, passed_rules=passed)
        heart.told("Op het bord zetten")
        put_on_board(workspace, run)
        return run

    carry_out(proposing, propose, activity="weekplan", begins="Plekken zoeken", ends="Klaar", broke=UNEXPECTED)


def put_on_board(workspace: Workspace, run: Run) -> None:
    """Let a proposal take the place of the suggestions on the board; who changes the board meanwhile is not undone.

    Raises
    ------
    PlanError
        When the plan was fixed already, or the board does not keep still.
    """
    for _ in range(_TIMES):
        draft = board_of(workspace, run.week)
        if draft.store(with_proposal(workspace, draft, run)):
            return
    raise PlanError("Het bord verandert steeds, dus het voorstel kon er niet op. Probeer het nog eens.")


def give_up_on_the_dead() -> None:
    """Call failed what says that it runs but does not, and what waits for a job that is no longer in the queue."""
    bury_the_dead(Proposing, make.module_path)


@task()
def remake(week: str) -> None:
    """Draw map and list of a week again after its plan was fixed; the plan stands in any case."""
    try:
        with processing("weekplan", week=week):
            remake_files(current_workspace(), week)
    except StipError as error:
        log.warning("files of %s are the old ones: %s", week, type(error).__name__)
