# SPDX-License-Identifier: EUPL-1.2
"""How long each kind of data is kept and what is past its term; one approves destroying it, another does it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd
from django.conf import settings as site
from django.db import IntegrityError, transaction
from django.utils import timezone

from stip.agreements import RETENTION_EVERY, agreements_of, retention, retention_limits, tidy_reason
from stip.errors import AgreementError
from stip.store import Workspace, read_incidents
from stip.words import number
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.actions import Action
from stip_web.audit.models import Intent
from stip_web.audit.notes import COMMAND
from stip_web.audit.retention import count_before, destroy_before, log_limit
from stip_web.oversight.approved import (
    KINDS,
    LOGS,
    NOTES,
    REPORTS,
    lapsed,
    limits_of_reports,
    limits_to_approve,
    moment_of,
    newest_number,
    newest_open,
    waiting,
)
from stip_web.oversight.models import RetentionDone, RetentionOrder
from stip_web.street.notes import WEEKS, count_old, destroy_old
from stip_web.workspaces.clock import today
from stip_web.workspaces.current import state_of

_WAITS = "Er wacht al een goedkeuring op uitvoering."


@dataclass(frozen=True)
class Due:
    """One kind of data, of one source.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    what : str
    term : str
        In words.
    limit : date or datetime, optional
        What is older goes.
    over : int
        How much is past its term now.
    kept : int, optional
        How much stays; None when that is not counted.
    agreed : bool
        False for reports of a source without an agreement: no term says when they go.
    """

    kind: str
    what: str
    term: str
    limit: date | datetime | None
    over: int
    kept: int | None = None
    agreed: bool = True


def due(workspace: Workspace, *, ago: timedelta = timedelta(0)) -> list[Due]:
    """Give what is kept and what would be destroyed now; nothing is destroyed for it.

    Parameters
    ----------
    ago : timedelta
        Count only what was past its term so long ago already.
    """
    moment = timezone.now() - ago
    held = agreements_of(workspace)
    found = []
    for source, row in _reports(workspace, today(workspace) - ago).items():
        agreement = held.get(source)
        title = agreement.title if agreement else f"{source} (geen afspraak meer)"
        term = f"{number(agreement.retention_months)} maanden" if agreement else "niet afgesproken"
        limit = None if row["limit"] is None else row["limit"].date()
        found.append(Due(REPORTS, title, term, limit, row["destroyed"], row["kept"], row["agreed"]))
    found.append(Due(NOTES, KINDS[NOTES], f"{number(WEEKS)} weken", None, count_old(moment)))
    limit_of_log = log_limit(moment)
    months = f"{number(site.ENVIRONMENT.log_months)} maanden"
    found.append(Due(LOGS, KINDS[LOGS], months, limit_of_log, count_before(limit_of_log)))
    return found


def forgotten(workspace: Workspace) -> int:
    """Count what should have gone a month ago: that something waits for the next time of destroying is usual."""
    return sum(each.over for each in due(workspace, ago=RETENTION_EVERY))


def foreseen(found: list[Due]) -> dict[str, int]:
    """Give how much goes, by kind."""
    return {kind: sum(each.over for each in found if each.kind == kind) for kind in KINDS}


@dataclass
class ApproveRetention(Action[RetentionOrder]):
    """Let what is past its term be destroyed."""

    action: ClassVar[str] = "retention.approve"
    label: ClassVar[str] = "Vernietigen goedgekeurd"
    permission: ClassVar[May] = May.RULES_APPROVE
    workspace: Workspace = field(kw_only=True)

    def check(self) -> None:
        """Refuse when there is nothing to destroy, or an approval waits already."""
        self.why = tidy_reason(self.why, AgreementError)
        self._at, self._on = timezone.now(), today(self.workspace)
        self._after = newest_number()  # before it is asked whether one waits
        self._due = foreseen(due(self.workspace))
        if not any(self._due.values()):
            raise AgreementError("Er is niets voorbij zijn termijn. Er is niets goed te keuren.")
        if waiting(self.workspace) is not None:
            raise AgreementError(_WAITS)

    def change(self) -> RetentionOrder:
        """Write the approval, when no other was given meanwhile."""
        limits = limits_to_approve(self._limits(), self._at)
        try:
            with transaction.atomic():
                order = RetentionOrder.objects.create(
                    at=self._at,
                    actor=self.actor,
                    roles=self.actor.role_names[:200],
                    reason=self.why,
                    on=self._on,
                    kinds=[kind for kind, count in self._due.items() if count],
                    foreseen=self._due,
                    limits=limits,
                    after=self._after,
                )
        except IntegrityError:
            raise AgreementError(_WAITS) from None
        self.subject = f"goedkeuring {order.pk}"
        self.details = {"foreseen": self._due, "limits": order.limits}
        return order

    def _limits(self) -> dict[str, pd.Timestamp]:
        """Give the limits of the sources that have something past its term."""
        found = _reports(self.workspace, self._on)
        over = {source for named, row in found.items() if row["destroyed"] for source in named.split(", ")}
        limits = retention_limits(self.workspace, on=self._on)
        return {source: limit for source, limit in limits.items() if source in over}


@dataclass
class RunRetention(Action[RetentionDone]):
    """Destroy what was approved, until the limits of then. What passed its term since waits for another approval."""

    action: ClassVar[str] = "retention.run"
    label: ClassVar[str] = "Bewaartermijnen uitgevoerd"
    permission: ClassVar[May] = May.RETENTION_RUN
    workspace: Workspace = field(kw_only=True)
    order: RetentionOrder = field(kw_only=True)

    def check(self) -> None:
        """Refuse what was carried out or approved anew since, and when a term is no longer what was approved."""
        if self.order != newest_open():
            raise AgreementError("Dit is al uitgevoerd, of opnieuw goedgekeurd. Laad de pagina opnieuw.")
        if why := lapsed(self.workspace, self.order):
            raise AgreementError(why)

    def foretell(self) -> None:
        """Name the approval, and count the reports beforehand: of what is cut off, nothing else tells how many."""
        self.subject = f"goedkeuring {self.order.pk}"
        reports = _past(self.workspace, self.order) if REPORTS in self.order.kinds else 0
        self.details = {"order": self.order.pk, "reports": reports}

    def change(self) -> RetentionDone:
        """Destroy what lies in the database, and write what goes in all."""
        gone = _destroy_here(self.order, self.actor)
        if REPORTS in self.order.kinds:
            gone[REPORTS] = self.details["reports"]
        try:
            with transaction.atomic():
                done = RetentionDone.objects.create(
                    order=self.order, actor=self.actor, roles=self.actor.role_names[:200], destroyed=gone
                )
        except IntegrityError:
            raise AgreementError("Dit is al uitgevoerd. Laad de pagina opnieuw.") from None
        self.details = {"order": self.order.pk, "destroyed": gone, "same_person": same_person(done)}
        return done

    def then(self, changed: RetentionDone) -> RetentionDone:
        """Destroy what lies in the workspace."""
        if REPORTS in self.order.kinds:
            retention(self.workspace, on=self.order.on, limits=limits_of_reports(self.order))
        return changed

    @classmethod
    def landed(cls, workspace: Workspace, intent: Intent) -> bool | None:
        """Look whether reports went, or some of them; an approval of before limits were kept cannot tell."""
        order = RetentionOrder.objects.get(pk=intent.details["order"])
        if not order.limits:
            return None
        return _past(workspace, order) < intent.details["reports"]

    @classmethod
    def mend(cls, workspace: Workspace, intent: Intent) -> None:
        """Finish what was begun, and write down how much went in all."""
        order = RetentionOrder.objects.get(pk=intent.details["order"])
        if RetentionDone.objects.filter(order=order).exists():
            return
        retention(workspace, on=order.on, limits=limits_of_reports(order))
        gone = _destroy_here(order, intent.actor) | {REPORTS: intent.details["reports"]}
        RetentionDone.objects.create(order=order, actor=intent.actor, roles=intent.roles, destroyed=gone)


def _past(workspace: Workspace, order: RetentionOrder) -> int:
    """Count the reports that lie before the approved limits."""
    return int(retention(workspace, on=order.on, dry_run=True, limits=limits_of_reports(order))["destroyed"].sum())


def _destroy_here(order: RetentionOrder, actor: User | None) -> dict[str, int]:
    """Destroy what lies in the database, as far as it was approved; gives how much, by kind."""
    gone: dict[str, int] = {}
    if NOTES in order.kinds:
        gone[NOTES] = destroy_old(moment_of(order, NOTES))
    if LOGS in order.kinds:
        gone[LOGS] = sum(destroy_before(moment_of(order, LOGS), by=actor or COMMAND).values())
    return gone


def same_person(done: RetentionDone) -> bool:
    """Tell whether who approved carried it out too: in a small town that must be possible, and never in silence."""
    return done.actor_id is not None and done.actor_id == done.order.actor_id


def history(workspace: Workspace) -> list[dict[str, Any]]:
    """Give each approval with what came of it, newest first."""
    standing = waiting(workspace)
    return [
        {
            "at": order.at,
            "approved_as": order.roles,
            "reason": order.reason,
            "on": order.on,
            "foreseen": _told(order.foreseen),
            "done_at": order.done.at if hasattr(order, "done") else None,
            "done_as": order.done.roles if hasattr(order, "done") else "",
            "same_person": ("ja" if same_person(order.done) else "nee") if hasattr(order, "done") else "",
            "lapsed": "" if hasattr(order, "done") or order == standing else "ja",
            "destroyed": _told(order.done.destroyed) if hasattr(order, "done") else "",
        }
        for order in RetentionOrder.objects.select_related("done")
    ]


def _told(counts: dict[str, int]) -> str:
    return ", ".join(f"{KINDS.get(kind, kind).lower()} {number(count)}" for kind, count in counts.items() if count)


def _reports(workspace: Workspace, on: date) -> dict[str, dict[str, Any]]:
    state = state_of(workspace, "agreements", "data/incidents", "stip.toml")
    return _counted(workspace.root, on, state)


def earlier_versions(workspace: Workspace, found: list[Due]) -> int:
    """Count, in what `due` gave, the versions that a newer one took the place of: the map does not count those."""
    stored = sum(each.over + (each.kept or 0) for each in found if each.kind == REPORTS)
    return stored - _once(workspace.root, state_of(workspace, "data/incidents"))


@lru_cache(maxsize=2)
def _once(root: Path, state: tuple[tuple[str, int], ...]) -> int:
    return len(read_incidents(Workspace.open(root)))


@lru_cache(maxsize=8)
def _counted(root: Path, on: date, state: tuple[tuple[str, int], ...]) -> dict[str, dict[str, Any]]:
    """Count by source; the home page of who oversees asks it each time."""
    rows = retention(Workspace.open(root), on=on, dry_run=True)
    found: dict[str, dict[str, Any]] = {}
    for source, of_source in rows.groupby("source", sort=True):
        limit = of_source["limit"].min()
        found[str(source)] = {
            "destroyed": int(of_source["destroyed"].sum()),
            "kept": int(of_source["kept"].sum()),
            "limit": None if pd.isna(limit) else limit,
            "agreed": bool(of_source["agreed"].all()),
        }
    return found
