# SPDX-License-Identifier: EUPL-1.2
"""The reason that people give for a decision: short, and about places."""

from __future__ import annotations

from stip.agreements import tidy_reason
from stip.errors import PlanError

ROLES = ("analist", "coordinator", "lid")
"""Who may decide, by role; a name is never kept."""


def check_reason(reason: str) -> str:
    """Return the reason without outer spaces.

    Raises
    ------
    PlanError
        When it is empty, too long, or holds personal data or a name after a title; the sentence does not repeat it.
    """
    return tidy_reason(reason, PlanError)


def check_role(role: str) -> str:
    """Return the role.

    Raises
    ------
    PlanError
        When it is none of `ROLES`.
    """
    if role not in ROLES:
        raise PlanError(f"Deze rol ken ik niet. Kies uit {', '.join(ROLES)}; schrijf geen naam.")
    return role
