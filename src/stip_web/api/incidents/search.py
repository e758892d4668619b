# SPDX-License-Identifier: EUPL-1.2
"""From a question to the dots that answer it, as far as the caller may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from django.http import HttpRequest

from stip.agreements import Purpose, check_sources
from stip.space import Areas
from stip.store import Workspace, area_years, read_areas
from stip_web.accounts.permissions import Permission as May
from stip_web.api.callers import caller_of
from stip_web.api.incidents.filtering import (
    When,
    Where,
    at_hours,
    check_known,
    check_whole_weeks,
    in_place,
    in_time,
    left_out,
)
from stip_web.api.incidents.shown import State, shown_incidents
from stip_web.workspaces.clock import today
from stip_web.workspaces.current import current_workspace

LOOKS = (May.DOTS_FINE, May.DOTS_COARSE)
"""Who may look at dots; with the first, each at its own place."""


@dataclass(frozen=True)
class Found:
    """The dots that a question matches.

    Attributes
    ----------
    workspace : Workspace
    table : DataFrame
        See `stip_web.api.incidents.shown.Shown`.
    areas : Areas or None
    facts : dict
        ``precision``, ``leftOut``: what stands beside every answer.
    state : tuple
        Of the data.
    """

    workspace: Workspace
    table: pd.DataFrame
    areas: Areas | None
    facts: dict[str, Any]
    state: State


def find(request: HttpRequest, when: When, where: Where) -> Found:
    """Look up the dots.

    Raises
    ------
    Refused
        When the filter names what there is not, or a day of the week or an hour of who sees whole weeks.
    AgreementError
        When a source is on hold, or its agreement ended or does not name the dot map as a purpose.
    """
    workspace = current_workspace()
    fine = caller_of(request).may(May.DOTS_FINE)
    if not fine:
        check_whole_weeks(when)
    shown = shown_incidents(workspace, fine=fine)
    areas = read_areas(workspace) if area_years(workspace) else None
    check_known(when, where, shown, areas, set(workspace.settings.crime_types))
    timely = shown.table[in_time(shown.table, when)]
    gone = shown.left_out[in_time(shown.left_out, when)]  # counted beside the answer, so asked as well
    check_sources(workspace, {*timely["source"], *gone["source"]}, Purpose.DOT_MAP, on=today(workspace))
    placed = timely[in_place(timely, where, areas, workspace.settings.town.crs)]
    facts = {"precision": "fine" if fine else "coarse", "leftOut": left_out(shown, when, placed)}
    return Found(workspace, placed[at_hours(placed, when)], areas, facts, shown.state)
