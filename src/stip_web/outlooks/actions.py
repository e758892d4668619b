# SPDX-License-Identifier: EUPL-1.2
"""Changing what is on top of an outlook, which itself never changes; the plan uses the same decisions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from stip.errors import PlanError
from stip.plan import Override, check_override, record_override, withdraw_override
from stip.store import Workspace
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.actions import Action
from stip_web.audit.intents import stands
from stip_web.audit.models import Intent
from stip_web.outlooks.changes import Change, changes_of


def role_of(user: User) -> str:
    """Give the role by which this person decides; a name never goes into the workspace."""
    return "analist" if user.may(May.OUTLOOK_CHANGE) else "coordinator"


def may_withdraw(user: User, change: Change) -> bool:
    """Whether this person may take it back: an analyst any, a coordinator the own places of coordinators."""
    if not change.stands:
        return False
    own = change.kind == "add" and change.role == "coordinator"
    return user.may(May.OUTLOOK_CHANGE) or (own and user.may(May.OUTLOOK_OWN))


@dataclass
class ChangeOutlook(Action[str]):
    """Add, move, lower or drop a place, with a reason; gives the id of the decision."""

    action: ClassVar[str] = "outlook.change"
    label: ClassVar[str] = "Vooruitblik gewijzigd"
    permission: ClassVar[tuple[May, ...]] = (May.OUTLOOK_CHANGE, May.OUTLOOK_OWN)
    workspace: Workspace = field(kw_only=True)
    week: str = field(kw_only=True)
    kind: str = field(kw_only=True)
    cells: tuple[str, ...] = field(kw_only=True)
    to_cells: tuple[str, ...] = field(default=(), kw_only=True)
    crime_type: str = field(default="", kw_only=True)
    decision_id: str = field(default_factory=lambda: uuid4().hex, kw_only=True)

    def check(self) -> None:
        """Refuse what the library refuses, and anything but an own place of who may do no more than that."""
        if self.kind != "add" and not self.actor.may(May.OUTLOOK_CHANGE):
            raise PermissionDenied(self.action)
        grid = self.workspace.grid
        asked = Override(
            week=self.week,
            kind=self.kind,
            cells=tuple(grid.cell_named(name) for name in self.cells),
            reason=self.why,
            role=role_of(self.actor),
            to_cells=tuple(grid.cell_named(name) for name in self.to_cells),
            crime_type=self.crime_type,
        )
        self._override = check_override(self.workspace, asked)
        self.why = self._override.reason

    def foretell(self) -> None:
        """Name the decision, so that the line can."""
        self.subject = self.week
        self.details = {
            "decision": self.decision_id,
            "kind": self.kind,
            "cells": len(self._override.cells),
            "role": self._override.role,
        }

    def change(self) -> str:
        """Change nothing in the database."""
        return self.decision_id

    def then(self, changed: str) -> str:
        """Write the decision down."""
        return record_override(self.workspace, self._override, at=_now(), decision_id=changed)

    @classmethod
    def landed(cls, workspace: Workspace, intent: Intent) -> bool | None:
        """Look whether the decision is there."""
        return stands(workspace, "override", intent, "decision")


@dataclass
class WithdrawChange(Action[str]):
    """Take a decision back, with a reason; both stay to be read."""

    action: ClassVar[str] = "outlook.withdraw"
    label: ClassVar[str] = "Wijziging van de vooruitblik ingetrokken"
    permission: ClassVar[tuple[May, ...]] = (May.OUTLOOK_CHANGE, May.OUTLOOK_OWN)
    workspace: Workspace = field(kw_only=True)
    week: str = field(kw_only=True)
    decision_id: str = field(kw_only=True)

    def check(self) -> None:
        """Refuse what does not stand, and what is not this person's to take back."""
        found = [each for each in changes_of(self.workspace, self.week) if each.decision_id == self.decision_id]
        if not found or not found[0].stands:
            raise PlanError("Deze wijziging is al ingetrokken, of bestaat niet. Laad de lijst opnieuw.")
        if not may_withdraw(self.actor, found[0]):
            raise PermissionDenied(self.action)

    def foretell(self) -> None:
        """Name the row that takes it back, so that the line can."""
        self.subject = self.week
        self.details = {"decision": uuid4().hex, "withdraws": self.decision_id, "role": role_of(self.actor)}

    def change(self) -> str:
        """Change nothing in the database."""
        return str(self.details["decision"])

    def then(self, changed: str) -> str:
        """Write down that it no longer stands."""
        role = role_of(self.actor)
        return withdraw_override(
            self.workspace, self.decision_id, reason=self.why, role=role, at=_now(), own_id=changed
        )

    @classmethod
    def landed(cls, workspace: Workspace, intent: Intent) -> bool | None:
        """Look whether the decision is there."""
        return stands(workspace, "override", intent, "decision")


def _now() -> datetime:
    """Give the moment of a decision: the real one, since runs and the audit log are stamped with it too."""
    return timezone.now()
