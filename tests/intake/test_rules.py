# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from pathlib import Path

from stip.intake.rules import REFUSED, REPAIRED, refusal, repair_bit

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "intake-rules.md"


def test_each_rule_has_its_own_number_and_words() -> None:
    codes = [rule.code for rule in (*REFUSED, *REPAIRED)]
    assert len(codes) == len(set(codes))
    assert [refusal(rule.code) for rule in REFUSED] == list(range(1, len(REFUSED) + 1))
    assert len({repair_bit(rule.code) for rule in REPAIRED}) == len(REPAIRED) <= 32
    assert all(rule.what and rule.advice.endswith(".") for rule in (*REFUSED, *REPAIRED))


def test_the_reference_names_each_rule_with_its_own_words() -> None:
    page = PAGE.read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `(\w+)` \| ([^|]+?) \|", page, re.MULTILINE))
    assert told == {rule.code: rule.what for rule in (*REFUSED, *REPAIRED)}
