# SPDX-License-Identifier: EUPL-1.2
"""The reason that people give for a decision: short, kept for ever, and so about the work and not about people."""

from __future__ import annotations

from stip.agreements.patterns import TRACES
from stip.agreements.personal import personal_in
from stip.errors import AgreementError, StipError
from stip.words import visible

MOST_LETTERS = TRACES.most_letters


def tidy_reason(reason: str, refusal: type[StipError] = AgreementError) -> str:
    """Return a reason without outer and double spaces, when it may be kept.

    Personal data is looked for as in any kept text, and names after a title too: a sentence about the work has no
    need of *mevrouw* somebody, in whatever letters. A surname that stands alone is not found. A capitalised word with
    a number behind it is taken for an address, as *Singel 40*, unless it is a word such as *Week* or *Plek*.

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
    if kind := personal_in(tidy):
        raise refusal(
            f"In de reden staat iets dat op een persoon of adres wijst ({kind}). "
            "Schrijf haar zonder, want zij wordt bewaard."
        )
    return tidy
