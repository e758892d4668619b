# SPDX-License-Identifier: EUPL-1.2
"""Who knows how the sample town was made, beside the outlook: what could be reached from the same reports."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from accuracy_pairs import Pair
from sample_filter import Reachable
from sample_prior import prior_of

from stip.outlook import History, Memory
from stip.samples import true_incidents
from stip.settings import OutlookSettings
from stip.space import week_number

_SETTLED_WEEKS = 12  # before the cut-off: by then all but the last reports are in


def reachable(pair: Pair, files: Path, history: History, settings: OutlookSettings, memory: Memory) -> Reachable:
    """Return who knows every formula and parameter, and that part of what happens that is reported in the end."""
    made = Reachable(pair.crime_type, settings, memory)
    return made.knows(prior_of(files, pair.crime_type), history, told_share(pair, files, history))


def told_share(pair: Pair, files: Path, history: History) -> float:
    """Return the share of incidents that is reported, is let in and lies in the area; before the cut-off."""
    until = week_number(pair.cut) - _SETTLED_WEEKS
    happened = true_incidents(files)
    happened = happened[(happened["crime_type"] == pair.crime_type) & ~happened["future"]]
    weeks = np.array([week_number(str(week)) for week in happened["week"]])
    mine = (history.type_index == history.type_number(pair.crime_type)) & (history.occurred_week < until)
    return float(history.weight[mine].sum() / max(int((weeks < until).sum()), 1))
