# SPDX-License-Identifier: EUPL-1.2
"""The reports of one place, why it is no more precise, and how many lie near."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from stip import words
from stip.agreements import load_agreement
from stip_web.dots.filters import FilterError
from stip_web.dots.looking import Look
from stip_web.dots.rows import in_order, rows_of
from stip_web.dots.words import COARSE_RULE

NEAR_M = 100
_FURTHEST = 1e8


@dataclass(frozen=True)
class Place:
    """What lies at a point.

    Attributes
    ----------
    x_m, y_m : float
    rows : list of dict
        As `stip_web.dots.rows` gives them, newest first: the chosen reports on exactly this place.
    near : int or None
        Chosen reports within 100 metres, without these; None for who sees neighbourhoods.
    reasons : list of str
        Why the place is as precise as it is.
    """

    x_m: float
    y_m: float
    rows: list[dict[str, Any]]
    near: int | None
    reasons: list[str]


def read_point(query: Any) -> tuple[float, float]:
    """Read ``x`` and ``y``.

    Raises
    ------
    FilterError
        When one is no number.
    """
    found = []
    for name in ("x", "y"):
        text = query.get(name, "").strip()
        if not re.fullmatch(r"-?\d{1,9}(\.\d{1,4})?", text, re.ASCII) or abs(float(text)) > _FURTHEST:
            raise FilterError(
                f"‘{name}’ is een getal in meters, zoals 150012.5. Open een plek vanaf de kaart of lijst."
            )
        found.append(float(text))
    return found[0], found[1]


def place_at(look: Look, x_m: float, y_m: float) -> Place:
    """Return the chosen reports at a point: on the same step of the map."""
    seen = look.seen
    here = (np.abs(seen.x_m - x_m) < seen.step_m / 2) & (np.abs(seen.y_m - y_m) < seen.step_m / 2)
    passes = look.selection.passes
    ordered = in_order(look)
    chosen = ordered[here[ordered]]
    away2 = (seen.x_m - x_m) ** 2 + (seen.y_m - y_m) ** 2
    near = int((passes & ~here & (away2 <= NEAR_M**2)).sum()) if seen.fine else None
    return Place(x_m, y_m, rows_of(look, chosen), near, _reasons(look, chosen))


def _reasons(look: Look, chosen: Any) -> list[str]:
    seen, said = look.seen, []
    if not seen.fine:
        return [COARSE_RULE] if len(chosen) else []
    for source in sorted({seen.kinds[k].source for k in seen.kind[chosen]}):
        agreement = load_agreement(look.workspace, source)
        said.append(
            f"De afspraak met ‘{agreement.title}’ zegt dat een plek wordt afgerond op "
            f"{words.number(agreement.precision_m)} meter: een melding ligt ergens in dat vierkant om de stip."
        )
    return said
