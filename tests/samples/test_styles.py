# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from stip.samples.styles import STYLES, Style


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES.keys())
def test_shares_are_shares(style: Style) -> None:
    for share in (style.drop_along, style.drop_across, style.dark, style.trees):
        assert 0 <= share < 1
    assert style.row + style.flat + style.detached <= 1
    assert 1 <= style.floors[0] <= style.floors[1]
    assert style.along_m < style.across_m


def test_each_period_has_its_own_face() -> None:
    assert STYLES["old"].along_m < STYLES["highrise"].along_m
    assert STYLES["highrise"].floors[1] > STYLES["garden"].floors[1]
    assert STYLES["rural"].dark > STYLES["old"].dark
    assert STYLES["industry"].row == STYLES["industry"].flat == STYLES["industry"].detached == 0
