# SPDX-License-Identifier: EUPL-1.2
"""The list that server and phone share: what both must answer stands in ``trace_cases.json``; vitest reads it too."""

from __future__ import annotations

import json
from pathlib import Path

from stip.agreements.patterns import TRACES, part, pattern
from stip.agreements.personal import PERSONAL_KINDS, personal_in

CASES: list[tuple[str, str | None]] = json.loads(
    (Path(__file__).parent / "trace_cases.json").read_text(encoding="utf-8")
)


def test_every_case_is_answered_as_the_phone_answers_it() -> None:
    assert [(text, kind) for text, kind in CASES if personal_in(text) != kind] == []
    assert len(CASES) > 400


def test_every_kind_has_its_cases() -> None:
    assert tuple(kind.name for kind in PERSONAL_KINDS) + ("naam van een persoon",) == TRACES.kinds
    assert set(TRACES.kinds) <= {kind for _, kind in CASES}


def test_parts_are_filled_in_to_the_last() -> None:
    assert all("{{" not in pattern(name).pattern for name in TRACES.patterns)
    assert "{{" not in part("date")
    assert "januari" in part("date").replace("(?:uari)?", "uari")
