# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with figures that are out, told in words beside them: the figures themselves never change."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict

from stip.agreements import check_not_paused, tidy_reason
from stip.errors import AgreementError, WorkspaceError
from stip.publish.door import APPROVE_ROLES
from stip.publish.out import published_facts, published_quarters
from stip.publish.periods import Quarter
from stip.publish.told import BROKEN, ISSUES, read_told
from stip.store import Workspace, write_text

_FILE = "issues.json"
UNREADABLE = "Wat er met deze cijfers aan de hand is, is nu niet te lezen."


class Issue(TypedDict):
    """Something that is wrong with the figures of a quarter.

    Attributes
    ----------
    quarter : str
        Such as ``2026-K1``.
    since : str
        When it was told, as ``2026-09-07T08:00:00+00:00``.
    sentence : str
        For everybody.
    """

    quarter: str
    since: str
    sentence: str


def tell_issue(workspace: Workspace, quarter: Quarter, sentence: str, *, role: str, at: datetime) -> list[Issue]:
    """Tell in one sentence what is wrong with a quarter that is out; what was told before stays.

    Parameters
    ----------
    sentence : str
        At most 140 characters, without names.
    role : str
        Of who may let figures out; the role is not kept, since the sentence is for everybody.
    at : aware datetime

    Returns
    -------
    list of Issue
        All that is known of this quarter, oldest first.

    Raises
    ------
    AgreementError
        When publishing is paused, the role may not do this, or the sentence will not do.
    WorkspaceError
        When the quarter is not out, or what was told of it before cannot be read.
    """
    check_not_paused(workspace, "publish")
    if role not in APPROVE_ROLES:
        raise AgreementError(f"‘{role}’ mag dit niet openbaar maken. Dat doet {' of '.join(APPROVE_ROLES)}.")
    told = tidy_reason(sentence, AgreementError)
    if quarter not in published_quarters(workspace):
        raise WorkspaceError(f"Het {quarter.label} is niet openbaar. Er is dus niets om iets bij te vertellen.")
    published = workspace.root / "published"
    with workspace.writing():
        try:
            known = _of(_path(published, quarter.name))
        except BROKEN as error:
            raise WorkspaceError(
                f"{_FILE} van {quarter.name} is niet te lezen. Zet het bestand terug uit een reservekopie."
            ) from error
        known.append({"quarter": quarter.name, "since": at.isoformat(), "sentence": told})
        write_text(_path(published, quarter.name), json.dumps(known, indent=1, ensure_ascii=False))
    return known


def published_issues(published: Path) -> list[Issue]:
    """Return what was told of every quarter that is out, by quarter and then as it was told.

    Parameters
    ----------
    published : Path
        The folder ``published``.
    """
    quarters = [facts["quarter"] for facts in published_facts(published)]
    return [issue for quarter in quarters for issue in _readable(published, quarter)]


def _readable(published: Path, quarter: str) -> list[Issue]:
    """Give what was told of a quarter; of a file that cannot be read, that it cannot be read."""
    try:
        found = _of(_path(published, quarter))
        if all(issue["quarter"] == quarter for issue in found):
            return found
    except BROKEN:
        pass
    since = datetime.fromtimestamp(_path(published, quarter).stat().st_mtime, tz=UTC).isoformat()
    return [{"quarter": quarter, "since": since, "sentence": UNREADABLE}]


def _of(path: Path) -> list[Issue]:
    found: list[Issue] = read_told(path, ISSUES) if path.exists() else []
    return found


def _path(published: Path, quarter: str) -> Path:
    return published / "figures" / quarter / _FILE
