# SPDX-License-Identifier: EUPL-1.2
"""A rule by which a row is repaired or refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """One rule.

    Attributes
    ----------
    code : str
        Short English name, for other programs.
    what : str
        What is the matter, in Dutch, as the heading of a count of rows.
    advice : str
        What was done, or what to do, in one Dutch sentence.
    counts : bool
        Whether a row refused by it counts toward the limit of `IntakeSettings.refused_limit`.
    """

    code: str
    what: str
    advice: str
    counts: bool = True
