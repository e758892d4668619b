# SPDX-License-Identifier: EUPL-1.2
"""Fixing the plan of a week from its board, and closing the week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from stip.errors import PlanError
from stip.plan import Broken, Fixed, PlanLine, broken_rules, changes_between, fix_board, proposal_of, versions_of
from stip.space import shift_week, week_start
from stip.store import Workspace, read_decisions
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.models import AuditLine, Intent
from stip_web.plans.actions import ROLE, ChangeBoard
from stip_web.plans.models import Draft, Status
from stip_web.plans.opening import base_of, fixed_version, spots_of
from stip_web.plans.spots import SUGGESTED
from stip_web.workspaces.clock import now


@dataclass
class FixPlan(ChangeBoard):
    """Fix the board as the plan of the week, or as its next version."""

    action: ClassVar[str] = "plan.fix"
    label: ClassVar[str] = "Weekplan vastgesteld"
    permission: ClassVar[May] = May.PLAN_PUBLISH
    reasons: dict[str, str] = field(default_factory=dict, kw_only=True)

    def made(self, draft: Draft) -> Mapping[str, Any]:
        """Check everything, and give how it stands afterwards."""
        if 0 <= self.edition == draft.fixed_from:  # pressed twice
            return {}
        waiting = [spot.number for spot in spots_of(draft) if spot.state == SUGGESTED]
        if waiting:
            named = ", ".join(map(str, waiting))
            raise PlanError(f"Beslis eerst over plek {named}: neem die over, of laat die vervallen.")
        if fixed_version(self.workspace, self.week) != draft.version:
            raise PlanError(
                "Intussen is elders een versie van dit weekplan vastgesteld. Laad het bord opnieuw vanuit die versie."
            )
        tried = self._fix(draft, dry_run=True)
        adopted, self._passed = tried.adopted, tried.passed
        self.why = " ".join(self._passed.values())  # tidied, and of no rule that is kept
        self._version = adopted.version
        if adopted.version == draft.version:
            raise PlanError(f"Er is niets veranderd sinds versie {draft.version}. Er valt niets vast te stellen.")
        state = Status.FIXED if draft.state == Status.CONCEPT else Status.REVISED
        if not draft.may_move(state):
            raise PlanError(f"Een weekplan dat {draft.state} is, kan niet {state} worden.")
        return {"state": state, "version": adopted.version, "fixed_from": self.edition}

    def told(self) -> dict[str, Any]:
        """Say which version, and which rules were passed over."""
        return {"version": self._version, "passed": sorted(self._passed)}

    def foretell(self) -> None:
        """Say which version of which week, from which edition of the board."""
        self.subject = self.week
        self.details = {"edition": self._draft.edition + 1, **self.told()}

    def then(self, changed: Draft) -> Draft:
        """Write it in the workspace."""
        self._fix(changed, dry_run=False)
        return changed

    @classmethod
    def landed(cls, workspace: Workspace, intent: Intent) -> bool | None:
        """Look whether the version is there and nobody else's; with only judgements written, nobody knows."""
        week, version = intent.subject, intent.details["version"]
        if fixed_version(workspace, week) >= version:
            return not AuditLine.objects.filter(action=cls.action, subject=week, details__version=version).exists()
        written = read_decisions(workspace, "override", week=week, history=True)
        draft = Draft.objects.filter(week=week).first()
        judged = {spot.decision_id for spot in spots_of(draft)} if draft is not None else set()
        fresh = written[(written["at"] >= intent.at) & written["decision_id"].isin(judged)]
        return False if fresh.empty else None

    @classmethod
    def mend(cls, workspace: Workspace, intent: Intent) -> None:
        """Let the board say that it was fixed; one that nobody touched is made from the workspace anyway."""
        draft = Draft.objects.filter(week=intent.subject, edition=intent.details["edition"] - 1).first()
        if draft is not None:
            state = Status.FIXED if draft.state == Status.CONCEPT else Status.REVISED
            draft.move(state, version=intent.details["version"], fixed_from=draft.edition)

    def _fix(self, draft: Draft, *, dry_run: bool) -> Fixed:
        return fix_board(
            self.workspace,
            base_of(self.workspace, draft),
            [spot.decided for spot in spots_of(draft)],
            capacity=draft.capacity,
            reasons=self.reasons,
            role=ROLE,
            at=now(self.workspace),
            dry_run=dry_run,
        )


@dataclass
class CloseWeek(ChangeBoard):
    """Close a week that is over: its plan changes no more."""

    action: ClassVar[str] = "plan.close"
    label: ClassVar[str] = "Weekplan afgesloten"
    permission: ClassVar[May] = May.PLAN_PUBLISH

    def made(self, draft: Draft) -> Mapping[str, Any]:
        """Refuse a week that is not over, or has no plan."""
        if not draft.may_move(Status.CLOSED):
            raise PlanError("Een weekplan dat niet is vastgesteld, kan niet worden afgesloten.")
        if not is_over(self.workspace, self.week):
            raise PlanError("Deze week is nog niet voorbij. Sluit haar af als de terugkoppeling binnen is.")
        return {"state": Status.CLOSED}


def is_over(workspace: Workspace, week: str) -> bool:
    """Whether a week has ended by the clock of the site."""
    return now(workspace) >= week_start(shift_week(week, 1), workspace.settings.town.time_zone)


def broken_on(workspace: Workspace, draft: Draft) -> tuple[Broken, ...]:
    """Give the rules that the board passes over as it stands; suggestions count as accepted."""
    if not draft.run_id:
        return ()
    return broken_rules(
        workspace,
        proposal_of(base_of(workspace, draft)),
        [spot.decided.planned for spot in spots_of(draft)],
        past=read_decisions(workspace, "plan"),
        capacity=draft.capacity,
    )


def not_fixed_yet(workspace: Workspace, draft: Draft) -> tuple[str, ...]:
    """Say what is on the board and not in the version that stands."""
    if not draft.version:
        return ()
    standing = versions_of(workspace, draft.week)[-1]
    lines = [
        PlanLine(
            spot.place_id,
            spot.number,
            spot.area,
            spot.cells,
            spot.kind_label,
            spot.visits if spot.goes else 0,
            spot.hours if spot.goes else 0.0,
            spot.team,
            spot.decided.slots,
            spot.origin,
            spot.probability,
            spot.out_label,
        )
        for spot in spots_of(draft)
    ]
    return changes_between(standing.lines, lines, workspace.settings.plan.teams)
