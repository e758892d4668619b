# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with a question, said in Dutch: a parameter that does not fit, a key that is not known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from stip_web.answers.problems import Fault, fault

_SAID = {
    "missing": "Dit ontbreekt; geef het mee.",
    "int_parsing": "Schrijf een heel getal.",
    "greater_than_equal": "Dit getal is te klein; het kleinste is {ge}.",
    "less_than_equal": "Dit getal is te groot; het grootste is {le}.",
    "enum": "Dit kan hier niet; kies {expected}.",
    "literal_error": "Dit kan hier niet; kies {expected}.",
    "string_pattern_mismatch": "Dit heeft niet de goede vorm; die is {pattern}.",
    "string_too_long": "Dit is te lang; het mogen {max_length} tekens zijn.",
    "too_long": "Dit zijn er te veel; het mogen er {max_length} zijn.",
    "date": "Schrijf een datum, zoals 2026-09-07.",
    "bbox": "Schrijf vier getallen met komma's ertussen, de kleinste eerst: minX,minY,maxX,maxY.",
    "crs_unknown": "Dit stelsel is er niet; de stelsels staan in de beschrijving.",
    "datetime": "Schrijf een dag, een tijdstip met zone, of twee met / ertussen; .. is open.",
}
"""What is wrong with a parameter, by the code that pydantic or we give it. The value itself is not repeated."""


def fault_of(error: dict[str, Any]) -> Fault:
    """Say one error of pydantic, as ninja gives it: ``type``, ``loc`` and ``ctx``."""
    where, *path = error["loc"]
    # Ninja puts the name of the argument between the place and the parameter.
    names = [str(part) for part in (path[1:] if len(path) > 1 and isinstance(path[1], str) else path)]
    facts = {name: str(fact).replace(" or ", " of ") for name, fact in error.get("ctx", {}).items()}
    said = _SAID.get(error["type"], "Dit past hier niet; zie de beschrijving in openapi.json.")
    return fault(where, "/".join(names), error["type"], said.format(**facts))


def strays(asked: QueryDict, known: Mapping[str, bool]) -> list[Fault]:
    """Return a fault for each key that is not known, or stands twice where one is meant.

    A filter with a slip in its name must not do nothing.

    Parameters
    ----------
    known : mapping of str to bool
        The keys, and whether each may stand there more than once.
    """
    faults = []
    for key, values in asked.lists():
        if key not in known:
            told = ", ".join(known) or "geen enkele"
            said = f"Een sleutel die dit adres niet kent. Wel: {told}."
            faults.append(fault("query", "?", "unknown_key", said))
        elif len(values) > 1 and not known[key]:
            faults.append(fault("query", key, "repeated_key", "Dit mag er maar één keer staan."))
    return faults
