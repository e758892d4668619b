# SPDX-License-Identifier: EUPL-1.2
"""Reading the history out of a workspace."""

from __future__ import annotations

import numpy as np
import pandas as pd

from stip.agreements import Purpose, check_sources
from stip.outlook.area import StudyArea
from stip.outlook.context import Context
from stip.outlook.history import History, history_of
from stip.outlook.ready import check_recent, check_targets
from stip.settings import Reporting
from stip.space import week_number, week_start
from stip.store import Workspace, feature_sources, fingerprint, read_cells, read_features, read_versions


def read_history(workspace: Workspace, week: str, *, crime_types: tuple[str, ...] = ()) -> History:
    """Return what was known before Monday 00:00 of a week, in the cells of the study area.

    Parameters
    ----------
    week : str
        ISO week.
    crime_types : tuple of str
        The targets of the settings when empty. Other types of the settings come along as signals, whether reported by
        now or not, but not those that the police find themselves: they tell where the police look.

    Raises
    ------
    HistoryError
        When there is no report of a target, or the week lies too far beyond the newest one.
    AgreementError
        When a source is on hold, or its agreement ended or does not name the outlook as a purpose.
    """
    settings = workspace.settings
    zone = settings.town.time_zone
    targets = crime_types or settings.outlook.targets
    versions = read_versions(workspace, known_before=week_start(week, zone))
    if len(versions):
        counted = {str(name): int(number) for name, number in versions["crime_type"].value_counts().items()}
        check_targets(counted, targets, settings.crime_types)
    check_sources(workspace, versions["source"].unique(), Purpose.OUTLOOK)
    others = sorted(
        name
        for name, kind in settings.crime_types.items()
        if name not in targets and kind.reporting is not Reporting.POLICE
    )
    cells = read_cells(workspace)
    cells = cells[cells["in_study"].to_numpy(bool)]
    codes = cells["area_code"].fillna("").astype(str)
    area = StudyArea(
        workspace.grid, cells["cell"].to_numpy(np.int64), np.unique(codes, return_inverse=True)[1].astype(np.int32)
    )
    features = None
    if settings.link.features:
        check_sources(workspace, feature_sources(workspace), Purpose.OUTLOOK)
        features = read_features(workspace)
    history = history_of(
        versions,
        area,
        crime_types=(*targets, *others),
        time_zone=zone,
        cutoff_week=week_number(week),
        context=Context.of(features, area.cells),
    )
    inside = np.bincount(history.type_index, minlength=len(history.crime_types)).tolist()
    # All of them may lie outside the study area.
    check_targets(dict(zip(history.crime_types, inside, strict=True)), targets, settings.crime_types)
    check_recent(int(history.known_week[-1]), history.cutoff_week)
    return history


def inputs_of(history: History) -> dict[str, str]:
    """Return a fingerprint of everything an outlook is made from."""
    arrivals = pd.DataFrame(
        {
            name: getattr(history, name)
            for name in ("cell_index", "type_index", "occurred_week", "known_week", "weight", "east_m", "north_m")
        }
    )
    context = pd.DataFrame(history.context.values, columns=list(history.context.names))
    return {
        "arrivals": fingerprint(arrivals),
        "cells": fingerprint(pd.DataFrame({"cell": history.area.cells, "zone": history.area.zones})),
        "context": fingerprint(context),
        "undelivered": fingerprint(pd.DataFrame({"weeks": [str(weeks) for weeks in history.undelivered]})),
    }
