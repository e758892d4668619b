# SPDX-License-Identifier: EUPL-1.2
"""Places beside the figures: borders as they are, and the neighbourhood of a postcode."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely import box

from stip.agreements import record_pause
from stip.errors import AgreementError, WorkspaceError
from stip.publish import (
    PostcodeAreas,
    area_of_postcode,
    place_facts,
    postcodes_of,
    publish_places,
    published_areas,
    published_years,
)
from stip.samples import make_workspace
from stip.space import Areas
from stip.store import Workspace, write_addresses, write_areas

AT = datetime(2026, 9, 7, 8, tzinfo=UTC)
WEST, MIDDLE, EAST = "BU01", "BU02", "BU03"


def _areas(year: int = 2026) -> Areas:
    squares = [box(155000 + 100 * n, 463000, 155100 + 100 * n, 463100) for n in range(3)]
    frame = gpd.GeoDataFrame(
        {
            "area_code": [WEST, MIDDLE, EAST],
            "name": ["West", "Midden", "Oost"],
            "district_code": "WK01",
            "district_name": "Wijk 1",
            "area_year": year,
        },
        geometry=squares,
        crs="EPSG:28992",
    )
    return Areas(frame)


def _addresses(*rows: tuple[str | None, float]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "street": "Kade",
            "house_number": [str(n) for n in range(len(rows))],
            "postcode": [postcode for postcode, _ in rows],
            "place_name": "Stipdam",
            "x_m": [x for _, x in rows],
            "y_m": 463050.0,
        }
    )


BOOK = _addresses(
    ("1234AB", 155010.0),
    ("1234 ab", 155110.0),
    ("1234AB", 155120.0),
    ("1234AC", 155010.0),
    ("1234", 155250.0),
    ("1235AA", 156000.0),  # outside
    (None, 155010.0),
)


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("STIP_KEYS", str(tmp_path / "keys"))
    workspace = make_workspace(tmp_path / "town", today=AT.date())
    write_areas(workspace, _areas())
    return workspace


def test_a_postcode_in_two_neighbourhoods_goes_to_the_most_addresses_and_names_the_others() -> None:
    found = postcodes_of(BOOK, _areas()).set_index("postcode")
    assert found.loc["1234AB", "area_code"] == MIDDLE
    assert found.loc["1234AB", "other_codes"] == [WEST]
    assert found.loc["1234AC"].tolist() == [WEST, []]
    assert found.loc["1234"].tolist() == [MIDDLE, [WEST, EAST]] or found.loc["1234"].tolist() == [
        WEST,
        [MIDDLE, EAST],
    ]
    assert sorted(found.index) == ["1234", "1234AB", "1234AC"]


def test_readers_need_no_more_than_the_folder(town: Workspace, tmp_path: Path) -> None:
    write_addresses(town, BOOK, source="adressen")
    publish_places(town, at=AT)
    published = tmp_path / "elsewhere"
    (town.root / "published").rename(published)
    assert published_years(published) == [2026]
    assert area_of_postcode(published, " 1234ab ") == PostcodeAreas("1234AB", MIDDLE, (WEST,))
    by_four = area_of_postcode(published, "1234 ZZ")
    assert by_four is not None and (by_four.postcode, by_four.area_code) == ("1234", WEST)
    for strange in ("9999 ZZ", "", "0234AB", "1234 AB 17", "'; drop table", "١٢٣٤AB", "a" * 100_000):
        assert area_of_postcode(published, strange) is None
    areas = published_areas(published)
    assert areas.crs == "EPSG:28992"
    assert areas.geometry.geom_equals_exact(_areas().frame.geometry, 0).all()
    assert list(areas["area_name"]) == ["West", "Midden", "Oost"]


def test_no_postcodes_without_addresses_that_may_go_out_and_the_facts_say_why(town: Workspace) -> None:
    published = town.root / "published"
    publish_places(town, at=AT)
    assert area_of_postcode(published, "1234AB") is None
    assert "geen tabel met adressen" in place_facts(published)["why_no_postcodes"]
    write_addresses(town, BOOK, source="adressen")
    publish_places(town, at=AT)
    assert area_of_postcode(published, "1234AB") is not None
    assert place_facts(published)["why_no_postcodes"] == ""
    record_pause(town, "source:adressen", paused=True, reason="Wij kijken de bron na.", role="fg", at=AT)
    publish_places(town, at=AT)
    assert area_of_postcode(published, "1234AB") is None
    assert "mag nu niet naar buiten" in place_facts(published)["why_no_postcodes"]


def test_what_is_not_there_or_on_hold_ends_in_a_sentence(town: Workspace) -> None:
    published = town.root / "published"
    with pytest.raises(WorkspaceError, match="stip publish places"):
        area_of_postcode(published, "1234AB")
    with pytest.raises(WorkspaceError, match="2025"):
        publish_places(town, at=AT, year=2025)
    write_areas(town, _areas(2025))
    publish_places(town, at=AT, year=2025)
    publish_places(town, at=AT)
    assert published_years(published) == [2025, 2026]
    assert place_facts(published)["year"] == 2026
    with pytest.raises(WorkspaceError, match="2024"):
        published_areas(published, 2024)
    record_pause(town, "publish", paused=True, reason="Wij kijken alles na.", role="fg", at=AT)
    with pytest.raises(AgreementError, match="pauze"):
        publish_places(town, at=AT)
