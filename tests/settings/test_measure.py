# SPDX-License-Identifier: EUPL-1.2
"""What is stated as success is what is computed."""

from __future__ import annotations

from stip.samples.workspace import sample_settings
from stip.settings import Measure


def test_the_words_come_from_the_measure() -> None:
    more = Measure(kind="hits_share_beats_baseline", threshold=0.015, from_week="2026-W36").in_words
    assert "meer dan 1,5 procentpunt" in more and "vanaf week 36 van 2026" in more
    less = Measure(kind="reported_change", threshold=-0.1, from_week="2026-W02").in_words
    assert "10 % minder meldingen" in less and "een jaar eerder" in less and "vanaf week 2 van 2026" in less
    assert Measure().in_words == ""


def test_the_sample_town_states_what_it_measures() -> None:
    learn = sample_settings().learn
    assert learn.success == learn.measure.in_words
