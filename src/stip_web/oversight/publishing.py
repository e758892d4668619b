# SPDX-License-Identifier: EUPL-1.2
"""Figures that may go out: proposed in the background, shown as the public will see them, approved with a reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd
from django.db import IntegrityError, transaction

from stip.agreements import PAUSE_ROLES, Purpose, agreements_of, check_not_paused, tidy_reason
from stip.errors import AgreementError, OnHold, WorkspaceBusy
from stip.publish import (
    APPROVE_ROLES,
    AREA,
    Quarter,
    State,
    approve,
    held_back,
    published_facts,
    published_figures,
)
from stip.space import week_of_date
from stip.store import Run, Workspace, runs_of
from stip.words import share
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.actions import Action
from stip_web.audit.models import Intent
from stip_web.oversight.models import FigureProposal
from stip_web.oversight.tasks import give_up_on_the_dead, propose
from stip_web.workspaces.clock import now, today
from stip_web.workspaces.current import state_of
from stip_web.workspaces.deciders import roles_of

LEAST_SHARE = 0.6
"""Of the figures by neighbourhood, at least this much should go out; less is of little use to anybody."""


@dataclass
class ProposeFigures(Action[FigureProposal]):
    """Have the figures of a quarter rounded, for somebody to approve."""

    action: ClassVar[str] = "publication.propose"
    label: ClassVar[str] = "Openbare cijfers laten voorstellen"
    permission: ClassVar[tuple[May, ...]] = (May.PUBLICATION_PROPOSE, May.PUBLICATION_APPROVE)
    workspace: Workspace = field(kw_only=True)
    quarter: str = field(kw_only=True)

    def check(self) -> None:
        """Refuse what may not go out yet, and any while publishing or what it is made of is paused."""
        check_running(self.workspace)
        self._quarter = Quarter.named(self.quarter)
        held = held_quarters(self.workspace).get(self._quarter)
        if held is not None:
            raise AgreementError(held)
        if self._quarter not in waiting_quarters(self.workspace):
            raise AgreementError("Dit kwartaal mag nog niet naar buiten, of het is al openbaar.")
        give_up_on_the_dead()

    def change(self) -> FigureProposal:
        """Put it in the queue, when it is the only one of its quarter."""
        week = week_of_date(self._quarter.last)
        try:
            with transaction.atomic():
                proposal = FigureProposal.objects.create(week=week, quarter=self._quarter.name)
        except IntegrityError:
            raise WorkspaceBusy("De cijfers van dit kwartaal worden al gemaakt. Wacht tot dat klaar is.") from None
        transaction.on_commit(lambda: propose.enqueue(proposal.id))
        self.subject = self._quarter.name
        self.details = {"proposal": proposal.id}
        return proposal


@dataclass
class ApproveFigures(Action[Path]):
    """Let proposed figures out. They stay as they are from then on."""

    action: ClassVar[str] = "publication.approve"
    label: ClassVar[str] = "Cijfers openbaar gemaakt"
    permission: ClassVar[May] = May.PUBLICATION_APPROVE
    workspace: Workspace = field(kw_only=True)
    run_: Run = field(kw_only=True)

    def check(self) -> None:
        """Refuse a reason that will not do, and any while publishing is paused."""
        check_not_paused(self.workspace, "publish")
        self.why = tidy_reason(self.why, AgreementError)

    def foretell(self) -> None:
        """Name the quarter, so that the line can."""
        self.subject = str(self.run_.facts["settings"]["quarter"])
        self.details = {"run": self.run_.run_id, "role": approving_role(self.actor)}

    def change(self) -> Path:
        """Change nothing in the database."""
        return self.run_.folder

    def then(self, changed: Path) -> Path:
        """Let them out."""
        role = approving_role(self.actor)
        return approve(self.workspace, self.run_, role=role, reason=self.why, at=now(self.workspace))

    @classmethod
    def landed(cls, workspace: Workspace, intent: Intent) -> bool | None:
        """Look whether these figures are out."""
        out = published_facts(workspace.root / "published")
        return any(facts["run_id"] == intent.details["run"] for facts in out)


def check_running(workspace: Workspace) -> None:
    """Refuse to make figures while publishing stands still, or a source that may count in them.

    Raises
    ------
    OnHold
    """
    check_not_paused(workspace, "publish")
    for source, agreement in agreements_of(workspace).items():
        if Purpose.PUBLICATION in agreement.purposes:
            check_not_paused(workspace, f"source:{source}")


def standing_still(workspace: Workspace) -> str:
    """Give why no figures can be made now, empty when they can."""
    try:
        check_running(workspace)
    except OnHold as error:
        return str(error)
    return ""


def approving_role(user: User) -> str:
    """Give the role by which this person approves."""
    known = next((role for role in roles_of(user) if role in APPROVE_ROLES), "")
    return known or ("fg" if user.may(May.RULES_APPROVE) else "bestuur")


def waiting_quarters(workspace: Workspace) -> list[Quarter]:
    """Give the quarters that may go out and did not yet, oldest first."""
    return [quarter for quarter, why in _past(workspace).items() if not why]


def held_quarters(workspace: Workspace) -> dict[Quarter, str]:
    """Give the quarters that are four weeks past and yet have to stay in, oldest first, each with why."""
    return {quarter: why for quarter, why in _past(workspace).items() if why}


def _past(workspace: Workspace) -> dict[Quarter, str]:
    parts = ("data/incidents", "data/areas", "published/figures", "stip.toml", "agreements", "decisions/pause")
    return _looked_at(workspace.root, today(workspace).isoformat(), state_of(workspace, *parts))


@lru_cache(maxsize=4)
def _looked_at(root: Path, on: str, state: tuple[tuple[str, int], ...]) -> dict[Quarter, str]:
    workspace = Workspace.open(root)
    return held_back(workspace, at=now(workspace))


def proposal_of(workspace: Workspace, quarter: Quarter) -> Run | None:
    """Give the newest proposal for a quarter, None when there is none."""
    found = [run for run in runs_of(workspace, "publish") if run.facts["settings"]["quarter"] == quarter.name]
    return max(found, key=lambda run: datetime.fromisoformat(run.facts["made_at"]), default=None)


@dataclass(frozen=True)
class Preview:
    """Figures as the public will see them.

    Attributes
    ----------
    types : tuple of str
        Names of the crime types, one a column.
    rows : tuple of (str, tuple of str, str)
        Name of the area, a figure for each type (a dash where hidden), and why it is hidden.
    shown, total : int
        How many figures by neighbourhood go out, of how many.
    why : tuple of (str, int)
        Each reason to hide, and how many figures.
    method : str
    """

    types: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...], str], ...]
    shown: int
    total: int
    why: tuple[tuple[str, int], ...]
    method: str

    @property
    def share(self) -> str:
        """The share that goes out, in words."""
        return share(self.shown, self.total)

    @property
    def enough(self) -> bool:
        """Whether enough goes out to be of use."""
        return self.shown >= LEAST_SHARE * self.total


def preview(figures: pd.DataFrame, labels: dict[str, str], method: str) -> Preview:
    """Lay figures out as the public will see them.

    Parameters
    ----------
    figures : DataFrame by the FIGURE contract
        Of one quarter.
    """
    codes = list(dict.fromkeys(figures["crime_type"]))
    rows = []
    for (level, _, name), of_area in figures.groupby(["level", "area_code", "area_name"], sort=False):
        by_type = of_area.set_index("crime_type")
        state = State(str(by_type["state"].iloc[0]))
        cells = tuple(_cell(by_type, code) for code in codes)
        title = str(name) if level == AREA else f"{name} (buurten met een cijfer samen)"
        rows.append((title, cells, "" if state is State.PUBLISHED else state.label.removeprefix("niet openbaar: ")))
    small = figures[figures["level"] == AREA]
    hidden = small[small["state"] != State.PUBLISHED]["state"].value_counts()
    return Preview(
        types=tuple(labels.get(code, code) for code in codes),
        rows=tuple(rows),
        shown=int((small["state"] == State.PUBLISHED).sum()),
        total=len(small),
        why=tuple((State(str(state)).label.removeprefix("niet openbaar: "), int(n)) for state, n in hidden.items()),
        method=method,
    )


def _cell(by_type: pd.DataFrame, code: str) -> str:
    figure = by_type["figure"].get(code)
    return "–" if figure is None or pd.isna(figure) else str(int(figure))


def out_already(workspace: Workspace) -> list[dict[str, Any]]:
    """Give each quarter that is out: when, by which role, and how much of it is shown; newest first."""
    published = workspace.root / "published"
    figures = published_figures(published)
    found = []
    for facts in published_facts(published)[::-1]:
        seen = preview(figures[figures["quarter"] == facts["quarter"]], facts["labels"], facts["method"])
        more = {
            "label": Quarter.named(facts["quarter"]).label,
            "signed": PAUSE_ROLES.get(facts["role"], facts["role"]),
            "seen": seen,
            "approved_at": datetime.fromisoformat(facts["approved_at"]),
        }
        found.append({**facts, **more})
    return found
