# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest
from pyproj import CRS

from stip.intake.tables.systems import RD, WGS84, same_system, shown_system, usable


@pytest.mark.parametrize("system", [RD, WGS84, "OGC:CRS84", CRS(RD).to_wkt()])
def test_a_system_is_usable(system: str) -> None:
    assert usable(system) == system


@pytest.mark.parametrize("system", ["", "onzin", "EPSG:0", 'PROJCS["Kanarie"'])
def test_what_is_no_system_is_nothing(system: str) -> None:
    assert usable(system) == ""


def test_one_system_may_have_two_names() -> None:
    assert same_system(RD, CRS(RD).to_wkt())
    assert not same_system(RD, WGS84)


def test_no_word_of_a_file_is_repeated() -> None:
    assert shown_system(RD) == "RD"
    assert shown_system("EPSG:2913") == "EPSG:2913"
    own = CRS(RD).to_wkt().replace("Amersfoort / RD New", "Kanarie")
    assert usable(own) == own
    assert "Kanarie" not in shown_system(own)
