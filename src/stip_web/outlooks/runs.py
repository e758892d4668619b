# SPDX-License-Identifier: EUPL-1.2
"""Finding the frozen outlook of a week, and whether it is still as it was frozen."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.http import Http404

from stip.agreements import check_stage
from stip.outlook import model_label
from stip.store import Run, Workspace, latest_run, open_run, runs_of
from stip_web.workspaces.current import state_of

KIND = "outlook"


def weeks_with_outlook(workspace: Workspace) -> list[str]:
    """Give the weeks of which there is an outlook, oldest first; no run is opened for it."""
    return sorted({file.parts[-4] for file in (workspace.root / "runs").glob(f"*/{KIND}/[!.]*/run.json")})


def outlook_of(workspace: Workspace, week: str, run_id: str = "") -> Run:
    """Give the newest outlook of a week, or the one with this id.

    Raises
    ------
    Http404
        When there is none.
    AgreementError
        When the outlook or a source of its reports is on hold, or no longer agreed: what was made is hidden too.
    """
    check_stage(workspace, "outlook")
    found = runs_of(workspace, KIND, week)
    if run_id:
        found = [run for run in found if run.run_id == run_id]
    if not found:
        raise Http404("no outlook")
    return found[-1]


def outlooks_of(workspace: Workspace, week: str) -> list[Run]:
    """Give every outlook that was frozen for a week, newest first."""
    return runs_of(workspace, KIND, week)[::-1]


def outlook_before(workspace: Workspace, week: str) -> Run | None:
    """Give the newest outlook of the last week before this one that has one."""
    weeks = [each for each in weeks_with_outlook(workspace) if each < week]
    return latest_run(workspace, KIND, weeks[-1]) if weeks else None


def made_at(run: Run) -> datetime:
    """Give when it was frozen, in UTC."""
    return datetime.fromisoformat(str(run.facts["made_at"]))


def is_intact(workspace: Workspace, run: Run) -> bool:
    """Whether hash and seal of the run still equal what was stored; looked up again when one of its files changes."""
    folder = str(run.folder.relative_to(workspace.root))
    return _intact(run.folder, state_of(workspace, folder))


@lru_cache(maxsize=64)
def _intact(folder: Path, state: tuple[tuple[str, int], ...]) -> bool:
    return open_run(folder).intact()


def is_plain_count(run: Run) -> bool:
    """Whether this outlook is the plain count itself: what is made when the model fails."""
    return bool(run.notes["model"] == run.notes["baseline"])


def planned_on(run: Run, labels: dict[str, str]) -> str:
    """Say in one sentence what the week plan goes by: the outlook, or the count beside it."""
    count = model_label(str(run.notes["baseline"]))
    if is_plain_count(run):
        return f"Het weekplan gaat uit van de gewone telling: {count}."
    turned = [labels[name] for name, facts in run.notes["by_type"].items() if facts["verdict"]["use"] == "baseline"]
    if run.notes["use"] == "baseline":
        return f"Het weekplan gaat niet uit van de vooruitblik, maar van de gewone telling ernaast: {count}."
    if turned:
        named = ", ".join(turned)
        return f"Het weekplan gaat uit van de vooruitblik; voor {named} van de gewone telling ernaast: {count}."
    return "Het weekplan gaat uit van de vooruitblik."
