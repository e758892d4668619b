# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np

from stip.intake.verdicts import Verdicts


def test_the_first_refusal_counts_and_repairs_add_up() -> None:
    verdicts = Verdicts.none_yet(np.array([2, 3, 4, 5]))
    verdicts.refuse(np.array([True, False, False, False]), "no_id")
    verdicts.refuse(np.array([True, True, False, False]), "no_begin")
    verdicts.repair(np.array([False, True, True, False]), "no_end")
    verdicts.repair(np.array([False, False, True, False]), "window_cut")
    assert (verdicts.accepted, verdicts.repaired, verdicts.refused) == (1, 1, 2)
    assert [(rule.code, rows.tolist()) for rule, rows in verdicts.refused_per_rule()] == [
        ("no_id", [2]),
        ("no_begin", [3]),
    ]
    # A row that is refused was not repaired.
    assert [(rule.code, rows.tolist()) for rule, rows in verdicts.repaired_per_rule()] == [
        ("no_end", [4]),
        ("window_cut", [4]),
    ]


def test_parts_are_joined_in_the_order_of_the_rows() -> None:
    part = Verdicts.none_yet(np.array([2, 5]))
    part.repair(np.array([False, True]), "no_end")
    joined = Verdicts.joined([part, Verdicts.all_refused(np.array([4]), "ragged")])
    assert joined.rows.tolist() == [2, 4, 5]
    assert joined.kept.tolist() == [True, False, True]
    assert (joined.repairs > 0).tolist() == [False, False, True]
    assert len(Verdicts.joined([]).rows) == 0
