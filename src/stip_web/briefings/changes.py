# SPDX-License-Identifier: EUPL-1.2
"""Which version of the plan this is, what it changed, and which role did; never who."""

from __future__ import annotations

from dataclasses import dataclass

from stip.plan import PlanLine, changes_between, versions_of
from stip.store import Workspace, read_decisions
from stip_web.audit.models import AuditLine
from stip_web.desk.templatetags.dutch import moment
from stip_web.outlooks.changes import ROLE_NAMES
from stip_web.plans.seen import team_of

_DID = {"add": "toegevoegd", "drop": "geschrapt", "move": "verplaatst", "lower": "lager gezet"}
_MOST = 6


@dataclass(frozen=True)
class Standing:
    """The version that stands.

    Attributes
    ----------
    line : str
        Version, day and role, and how many changes: ``versie 2, vastgesteld op … door coördinator, 3 wijzigingen``.
    changes : tuple of str
        What it changed against the version before, and what people judged otherwise than the outlook.
    """

    line: str
    changes: tuple[str, ...]


def standing_version(workspace: Workspace, week: str, *, team: str = "") -> Standing | None:
    """Say which version of a week's plan stands; None when none was fixed.

    Parameters
    ----------
    team : str
        Only changes to the places of this team; empty for all.
    """
    versions = versions_of(workspace, week)
    if not versions:
        return None
    now = versions[-1]
    changed: tuple[str, ...] = ()
    if len(versions) > 1:
        then, mine = ([line for line in each.lines if _of(workspace, line, team)] for each in versions[-2:])
        changed = changes_between(then, mine, workspace.settings.plan.teams)
    role = _role_of(week, now.version)
    told = f"versie {now.version}, vastgesteld op {moment(now.at)}{f' door {role}' if role else ''}"
    if len(versions) > 1:
        count = "1 wijziging" if len(changed) == 1 else f"{len(changed)} wijzigingen"
        told = f"{told}, {count} na versie {versions[-2].version}"
    more = len(changed) - _MOST
    kept = (*changed[:_MOST], f"En nog {more} wijzigingen; zie het weekplan.") if more > 1 else changed
    return Standing(told, (*kept, *_judged(workspace, week)))


def _of(workspace: Workspace, line: PlanLine, team: str) -> bool:
    return not team or team_of(workspace, line.team) == team


def _role_of(week: str, version: int) -> str:
    """Say in which role somebody fixed a version on the site; nothing when a command did."""
    line = AuditLine.objects.filter(action="plan.fix", subject=week, details__version=version).first()
    return line.roles.lower() if line else ""


def _judged(workspace: Workspace, week: str) -> list[str]:
    """Say how many judgements by people stand, by role."""
    rows = read_decisions(workspace, "override", week=week)
    told = []
    for role, mine in rows.groupby("role", sort=True):
        counts = mine["kind"].value_counts()
        done = [f"{_places(int(counts[code]))} {said}" for code, said in _DID.items() if code in counts]
        told.append(f"Eigen inzicht van {ROLE_NAMES.get(str(role), str(role))}: {', '.join(done)}.")
    return told


def _places(count: int) -> str:
    return "1 plek" if count == 1 else f"{count} plekken"
