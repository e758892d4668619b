# SPDX-License-Identifier: EUPL-1.2
"""What the team of the sample town came to know: one forgotten lamp, one handed over, one let be, one about help."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid5

import pandas as pd

from stip.signals import Answer, NewSignal, answer_signal, raise_signal, record_sent, record_taken_on
from stip.store import Workspace

_ROLE = "coordinator"
_NAMES = UUID("5f0d6c1e-8a53-4d0e-9a86-2c7c0a4b7d11")


def make_signals(workspace: Workspace, places: pd.DataFrame, week: str, monday: datetime) -> None:
    """Write down what was seen at the places of a week's plan, and what was decided on it.

    Parameters
    ----------
    places : DataFrame
        PLAN contract: at least one place.
    monday : datetime
        The morning on which the week began.
    """
    cells = [tuple(int(cell) for cell in row) for row in places["cells"]]
    day = timedelta(days=1)

    def seen(kind: str, category: str, at: datetime, place: int | None, area_code: str = "") -> str:
        where = cells[place % len(cells)] if place is not None else ()
        new = NewSignal(kind, category, week, "lid", "street", cells=where, area_code=area_code)
        named = uuid5(_NAMES, f"{week} {kind} {category}").hex  # the same in each demo, so that a page has an address
        return raise_signal(workspace, new, at=at, signal_id=named).signal_id

    seen("space", "lamp", monday + day, 0)  # nobody decides: its date is the Sunday
    waste = seen("space", "afval", monday + day, 1)
    shared = ("category", "area", "place")
    answer_signal(workspace, Answer(waste, "hand_over", _ROLE, "maintenance", shared), at=monday + 2 * day)
    record_sent(workspace, waste, by="form", role=_ROLE, at=monday + 2.01 * day)
    record_taken_on(workspace, waste, "yes", role=_ROLE, at=monday + 4 * day)
    green = seen("space", "groen", monday + 3 * day, 2)
    why = "De heg wordt al gesnoeid in de ronde van volgende maand."
    answer_signal(workspace, Answer(green, "let_be", _ROLE, reason=why), at=monday + 4 * day)
    code = str(places["area_code"].dropna().iloc[0])
    seen("help", "hulp", monday + 6 * day, None, code)  # its date is still to come when the demo opens
