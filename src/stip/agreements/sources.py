# SPDX-License-Identifier: EUPL-1.2
"""May what was read of these sources be used, for this, today? Asked by everything that looks at incidents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from stip.agreements.load import load_agreement
from stip.agreements.model import Purpose
from stip.agreements.pause import EVERYTHING, check_not_paused, pauses
from stip.agreements.use import check_use
from stip.store import Workspace, day_in_town, incident_sources

STAGE_PURPOSES = {
    "outlook": Purpose.OUTLOOK,
    "plan": Purpose.PLAN,
    "learn": Purpose.EVALUATION,
    "publish": Purpose.PUBLICATION,
}
"""What each stage that shows something uses reports for."""


def check_stage(workspace: Workspace, stage: str, *, on: date | None = None) -> None:
    """Refuse to make, or show, what a stage makes of reports; asked by each page, call and command that does.

    What was made before stays where it is, and is shown again once nothing stands in the way.

    Parameters
    ----------
    stage : str
        One of `STAGE_PURPOSES`.
    on : date, optional
        The day; today in the town when left out.

    Raises
    ------
    AgreementError
        When the stage, everything, or a source of reports is on hold, or a source may not be used for this.
    """
    check_not_paused(workspace, stage)
    check_sources(workspace, incident_sources(workspace), STAGE_PURPOSES[stage], on=on)


def is_held(workspace: Workspace, stage: str) -> bool:
    """Tell whether a stage stands still: itself, everything, or a source of the reports it is made of."""
    held = set(pauses(workspace)["what"])
    return not held.isdisjoint({stage, EVERYTHING, *(f"source:{name}" for name in incident_sources(workspace))})


def check_sources(
    workspace: Workspace, sources: Iterable[str], purpose: Purpose | None, *, on: date | None = None
) -> None:
    """Refuse what is in the workspace already when its source may not be used: it is on hold, ended, or for less.

    An agreement that ended ends the use of all that came in under it, old reports too; they stay where they are until
    their retention is over, and may be used again once the agreement is prolonged.

    Parameters
    ----------
    sources : iterable of str
        As they stand in the column ``source`` of incidents or layers; each is asked once.
    purpose : Purpose, optional
        What for; None for work that serves whatever was agreed, such as saying in which neighbourhood a report lies.
    on : date, optional
        The day; today in the town when left out.

    Raises
    ------
    AgreementError
        For the first source, in alphabetical order, that may not be used; or has no agreement.
    SettingsError
        When an agreement does not fit.
    """
    day = on or day_in_town(workspace, datetime.now(UTC))
    for source in sorted({str(source) for source in sources}):
        check_not_paused(workspace, f"source:{source}")
        agreement = load_agreement(workspace, source)
        check_use(agreement, purpose or agreement.purposes[0], on=day)
