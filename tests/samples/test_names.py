# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from stip.samples.drawing import street_themes
from stip.samples.geography import Geography


def test_every_street_has_a_name(geography: Geography) -> None:
    assert (geography.pieces["name"] != "").all()
    assert 900 < geography.pieces["name"].nunique() < 1_800


def test_a_local_name_is_given_once(geography: Geography) -> None:
    local = geography.pieces[geography.pieces["area"] >= 0]
    assert local.groupby("name")["area"].nunique().max() == 1
    assert local.groupby("name")["line"].nunique().max() == 1


def test_names_follow_the_theme_of_the_neighbourhood(geography: Geography) -> None:
    themes = street_themes()
    for area in geography.ground.areas.itertuples():
        mine = geography.pieces.loc[geography.pieces["area"] == area.Index, "name"]
        roots = tuple(themes[area.theme]["roots"])
        assert all(any(root in name for root in roots) for name in mine), area.name


def test_no_street_is_very_long(geography: Geography) -> None:
    local = geography.pieces[geography.pieces["area"] >= 0]
    pieces = local.groupby("name").size()
    length = local.assign(length_m=local.geometry.length).groupby("name")["length_m"].sum()
    assert length[pieces > 1].max() <= 420
