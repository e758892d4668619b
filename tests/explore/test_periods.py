# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from stip.errors import SettingsError
from stip.explore import Period


def test_both_ends_belong_to_it_and_it_crosses_the_year() -> None:
    period = Period("2026-W52", "2027-W01")  # 2026 has a week 53
    assert period.weeks == 3
    assert period.before() == Period("2026-W49", "2026-W51")
    assert period.shifted(1) == Period("2026-W53", "2027-W02")
    assert str(period) == "2026-W52 t/m 2027-W01"
    assert str(Period("2026-W01", "2026-W01")) == "2026-W01"


def test_the_last_does_not_come_first() -> None:
    with pytest.raises(SettingsError, match="2026-W01 komt voor 2026-W02"):
        Period("2026-W02", "2026-W01")
    with pytest.raises(SettingsError, match="geen week"):
        Period("2026-W02", "2026-W54")
