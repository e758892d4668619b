# SPDX-License-Identifier: EUPL-1.2
"""The reason that people give for a decision: short, and about places."""

from __future__ import annotations

import pandas as pd

from stip.agreements import find_personal
from stip.errors import PlanError

MOST_LETTERS = 140
ROLES = ("analist", "coordinator", "lid")
"""Who may decide, by role; a name is never kept."""


def check_reason(reason: str) -> str:
    """Return the reason without outer spaces.

    Raises
    ------
    PlanError
        When it is empty, too long, or holds personal data; the sentence does not repeat it.
    """
    tidy = " ".join(reason.split())
    if not tidy:
        raise PlanError("Een reden ontbreekt. Schrijf in één zin waarom, zonder namen.")
    if len(tidy) > MOST_LETTERS:
        raise PlanError(f"De reden telt {len(tidy)} tekens; {MOST_LETTERS} mag. Maak haar korter.")
    kind = find_personal(pd.Series([tidy], dtype="string")).iloc[0]
    if not pd.isna(kind):
        raise PlanError(
            f"In de reden staat iets dat op een persoon of adres wijst ({kind}). Schrijf haar zonder dat."
        )
    return tidy


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
