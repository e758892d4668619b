# SPDX-License-Identifier: EUPL-1.2
"""The reason that people give for a decision: short, kept for ever, and so about the work and not about people."""

from __future__ import annotations

import re

import pandas as pd

from stip.agreements.personal import find_personal
from stip.errors import AgreementError, StipError
from stip.words import visible

MOST_LETTERS = 140

_TITLE = (
    r"(?i:\b(?:de\s+heer|de\s+hr\.?|dhr\.?|meneer|mijnheer|mevrouw|mevr\.?|mw\.?|mej(?:uffrouw|\.)|familie|fam\.))"
)
_BETWEEN = r"(?i:van|de|der|den|ten|ter|te|het|op|'t|in|el|al|la|le|von|di)"
_NAMED = re.compile(rf"{_TITLE}\s*(?:\s?(?:[A-ZÀ-ÖØ-Þ]\.\s*)+)?(?:\s{_BETWEEN}\b)*\s?[A-ZÀ-ÖØ-Þ][\w'-]+")
"""A title with a capitalised word after it: *de heer Jansen*, *mw. A. van den Berg*."""


_NOT_A_STREET = (
    r"(?i:week|weken|wk|weekplan|plan|plek|plekken|plaats|wijk|buurt|vak|vakken|cel|versie|blok|team|ploeg|auto|lijn|bus"
    r"|tram|route|perron|spoor|afrit|afslag|uitgang|punt|nummer|uur|dag|maand|jaar|vanaf|tot|om|op|in|na|van|voor|sinds"
    r"|rond|ruim|bijna|circa|ca|nog|maar|al|er|de|het|een|met|binnen|elke|per|minstens|hoogstens|alleen|januari"
    r"|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|maandag|dinsdag|woensdag"
    r"|donderdag|vrijdag|zaterdag|zondag)"
)
_COUNTED = (
    r"(?i:keer|maal|x|uur|weken|week|dag|dagen|maand|maanden|jaar|minuten|meldingen|inbraken|diefstallen|procent"
    r"|meter|m|km|vakken|plekken|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november"
    r"|december)"
)
_ADDRESS = re.compile(
    rf"(?<![\w'-])(?!{_NOT_A_STREET}\b)[A-ZÀ-ÖØ-Þ][\w'-]*[^\W\d_],?\s(?:nr\.?\s|nummer\s)?[1-9][0-9]{{0,3}}"
    rf"(?!\s?[0-9%€])(?![:.,][0-9])(?!\s{_COUNTED}\b)"
)
"""A capitalised word with a number behind it, *Singel 40*, unless the word or what is counted says otherwise."""


def names_someone(text: str) -> bool:
    """Tell whether a text has a name behind a title, such as *dhr. Jansen*; a name that stands alone is not found."""
    return _NAMED.search(text) is not None


def tidy_reason(reason: str, refusal: type[StipError] = AgreementError) -> str:
    """Return a reason without outer and double spaces, when it may be kept.

    Personal data is looked for as in any kept text, and names after a title too: a sentence about the work has no
    need of *mevrouw* somebody. A surname that stands alone is not found. A capitalised word with a number behind it
    is taken for an address, as *Singel 40*, unless it is a word such as *Week* or *Plek*.

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
    tidy = visible(" ".join(reason.split()))
    if not tidy:
        raise refusal("Een reden ontbreekt. Schrijf in één zin waarom, zonder namen.")
    if len(tidy) > MOST_LETTERS:
        raise refusal(f"De reden telt {len(tidy)} tekens; {MOST_LETTERS} mag. Maak haar korter.")
    found = find_personal(pd.Series([tidy], dtype="string")).iloc[0]
    kind = None if pd.isna(found) else str(found)
    if names_someone(tidy):
        kind = "naam van een persoon"
    elif kind is None and _ADDRESS.search(tidy):
        kind = "adres"
    if kind:
        raise refusal(
            f"In de reden staat iets dat op een persoon of adres wijst ({kind}). "
            "Schrijf haar zonder, want zij wordt bewaard."
        )
    return tidy
