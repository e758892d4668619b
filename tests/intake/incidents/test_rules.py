# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from stip.intake.incidents.rules import REFUSED, REPAIRED, all_refused

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "intake-rules.md"


def test_each_rule_has_its_own_code_and_words() -> None:
    codes = [rule.code for rule in (*REFUSED, *REPAIRED)]
    assert len(codes) == len(set(codes))
    assert len(REPAIRED) <= 32  # a bit each
    assert all(rule.what and rule.advice.endswith(".") for rule in (*REFUSED, *REPAIRED))


def test_the_reference_names_each_rule_with_its_own_words() -> None:
    page = PAGE.read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `(\w+)` \| ([^|]+?) \|", page, re.MULTILINE))
    assert told == {rule.code: rule.what for rule in (*REFUSED, *REPAIRED)}


def test_a_rule_can_refuse_rows_as_a_whole() -> None:
    account = all_refused(np.array([4, 9]), REFUSED[0])
    assert [(count.rule, count.first_rows) for count in account.refused_rules()] == [(REFUSED[0], (4, 9))]
