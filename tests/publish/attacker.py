# SPDX-License-Identifier: EUPL-1.2
"""Somebody who wants to know: an integer programme over everything that is out, for the true counts behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import highspy
import numpy as np


@dataclass(frozen=True)
class Told:
    """What is known: these parts together, less those others, lie between ``low`` and ``high``."""

    parts: tuple[int, ...]
    low: float
    high: float
    less: tuple[int, ...] = ()


def pinned(parts: int, told: Iterable[Told]) -> dict[int, int]:
    """Return the parts of which the true count can be only one number, with that number.

    Parameters
    ----------
    parts : int
        How many unknown whole counts of zero or more there are.
    told : iterable of Told
        What is known of sums of them.
    """
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    infinity = highspy.kHighsInf
    for part in range(parts):
        model.addVar(0, infinity)
        model.changeColIntegrality(part, highspy.HighsVarType.kInteger)
    for each in told:
        each_part = np.array(each.parts + each.less, np.int32)
        sign = np.repeat([1.0, -1.0], [len(each.parts), len(each.less)])
        model.addRow(each.low, each.high, len(each_part), each_part, sign)
    found: dict[int, int] = {}
    for part in range(parts):
        ends = []
        for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
            model.changeColCost(part, 1)
            model.changeObjectiveSense(sense)
            model.run()
            status = model.getModelStatus()
            if status != highspy.HighsModelStatus.kOptimal:
                ends.append(infinity if sense == highspy.ObjSense.kMaximize else 0.0)
                continue
            ends.append(model.getInfo().objective_function_value)
        model.changeColCost(part, 0)
        if round(ends[0]) == ends[0] == ends[1]:
            found[part] = round(ends[0])
    return found
