# SPDX-License-Identifier: EUPL-1.2
"""The reason that people give for a decision: short, kept for ever, and so about the work and not about people."""

from __future__ import annotations

import re

import pandas as pd

from stip.agreements.personal import find_personal
from stip.errors import AgreementError, StipError

MOST_LETTERS = 140

_TITLE = (
    r"(?i:\b(?:de\s+heer|de\s+hr\.?|dhr\.?|meneer|mijnheer|mevrouw|mevr\.?|mw\.?|mej(?:uffrouw|\.)|familie|fam\.))"
)
_BETWEEN = r"(?i:van|de|der|den|ten|ter|te|het|op|'t|in|el|al|la|le|von|di)"
_NAMED = re.compile(rf"{_TITLE}\s*(?:\s?(?:[A-ZÀ-ÖØ-Þ]\.\s*)+)?(?:\s{_BETWEEN}\b)*\s?[A-ZÀ-ÖØ-Þ][\w'-]+")
"""A title with a capitalised word after it: *de heer Jansen*, *mw. A. van den Berg*."""


def tidy_reason(reason: str, refusal: type[StipError] = AgreementError) -> str:
    """Return a reason without outer and double spaces, when it may be kept.

    Personal data is looked for as in any kept text, and names after a title too: a sentence about the work has no
    need of *mevrouw* somebody. A surname that stands alone is not found.

    Parameters
    ----------
    reason : str
    refusal : type of StipError
        What is raised.

    Raises
    ------
    StipError
        When it is empty, has more than 140 characters, or holds personal data; the sentence does not repeat it.
    """
    tidy = " ".join(reason.split())
    if not tidy:
        raise refusal("Een reden ontbreekt. Schrijf in één zin waarom, zonder namen.")
    if len(tidy) > MOST_LETTERS:
        raise refusal(f"De reden telt {len(tidy)} tekens; {MOST_LETTERS} mag. Maak haar korter.")
    found = find_personal(pd.Series([tidy], dtype="string")).iloc[0]
    kind = "naam van een persoon" if _NAMED.search(tidy) else None if pd.isna(found) else str(found)
    if kind:
        raise refusal(
            f"In de reden staat iets dat op een persoon of adres wijst ({kind}). "
            "Schrijf haar zonder, want zij wordt bewaard."
        )
    return tidy
