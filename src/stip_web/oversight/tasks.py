# SPDX-License-Identifier: EUPL-1.2
"""What runs in the background: rounding the figures of a quarter, for somebody to approve."""

from __future__ import annotations

from django_tasks import task

from stip.publish import Quarter
from stip.publish import propose as round_figures
from stip.store import Run
from stip_web.desk.background import Heart, bury_the_dead, carry_out
from stip_web.oversight.models import FigureProposal
from stip_web.workspaces.clock import now
from stip_web.workspaces.current import current_workspace

UNEXPECTED = (
    "Het afronden brak af door een fout in Stip. Er is niets openbaar gemaakt. "
    "De beheerder vindt de fout terug in het logboek."
)


@task()
def propose(proposal_id: int) -> None:
    """Round the figures that were asked for, and keep how it goes."""
    give_up_on_the_dead()  # it may be this one, begun again
    proposal = FigureProposal.objects.get(id=proposal_id)

    def rounded(heart: Heart) -> Run:
        workspace = current_workspace()
        heart.told("Tellen en afronden")
        return round_figures(workspace, Quarter.named(proposal.quarter), at=now(workspace))

    carry_out(
        proposal,
        rounded,
        activity="openbaar",
        begins="Meldingen lezen",
        ends="Klaar om goed te keuren",
        broke=UNEXPECTED,
    )


def give_up_on_the_dead() -> None:
    """Call failed what says that it runs but does not, and what waits for a job that is no longer in the queue."""
    bury_the_dead(FigureProposal, propose.module_path)
