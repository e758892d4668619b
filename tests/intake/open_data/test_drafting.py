# SPDX-License-Identifier: EUPL-1.2
"""Without an agreement nothing is read; a draft lets nothing in until a person has filled it in."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.map_files import lamps
from stip.agreements import install_shipped
from stip.errors import AgreementError, SettingsError
from stip.intake.open_data.drafting import agreement_for_layer, draft_layer_agreement
from stip.intake.open_data.layers import read_layer_file
from stip.store import Workspace


def test_the_agreement_that_is_asked_for_or_has_the_name_is_taken(workspace: Workspace) -> None:
    install_shipped(workspace)
    assert agreement_for_layer(workspace, "lampposts", "lagen") == "lagen"
    assert agreement_for_layer(workspace, "bgt") == "bgt"


def test_an_agreement_may_name_the_layers_it_is_about(workspace: Workspace) -> None:
    install_shipped(workspace)
    assert agreement_for_layer(workspace, "lampposts") == "lagen"
    assert agreement_for_layer(workspace, "dwellings") == "bag"
    other = (workspace.agreements / "lagen.toml").read_text(encoding="utf-8").replace('"lagen"', '"andere"')
    (workspace.agreements / "andere.toml").write_text(other, encoding="utf-8")
    with pytest.raises(AgreementError, match="--agreement: andere, lagen"):
        agreement_for_layer(workspace, "lampposts")


def test_without_one_those_for_layers_are_offered(workspace: Workspace) -> None:
    with pytest.raises(AgreementError, match=r"voor de laag ‘banken’\. Maak agreements/banken\.toml"):
        agreement_for_layer(workspace, "banken")
    install_shipped(workspace)
    with pytest.raises(AgreementError, match="--agreement: bag, bgt, lagen") as refusal:
        agreement_for_layer(workspace, "banken")
    assert "bvh" not in str(refusal.value)


def test_a_draft_of_one_layer_does_not_stand_in_the_way_of_another(workspace: Workspace) -> None:
    install_shipped(workspace)
    (workspace.agreements / "bomen.toml").write_text(draft_layer_agreement(["geometry"], "bomen"))
    with pytest.raises(AgreementError, match="--agreement: bag, bgt, lagen"):
        agreement_for_layer(workspace, "banken")


def test_a_draft_declares_the_place_and_refuses_the_rest() -> None:
    draft = tomllib.loads(draft_layer_agreement(["id", "Soort", "geometry", "bewoner"], "lampposts"))
    assert draft["columns"] == {"geometry": {"role": "geometry"}}
    assert set(draft["why_refused"]) == {"id", "Soort", "bewoner"}
    assert draft["purposes"] == []


def test_a_draft_cannot_be_used_as_it_is(workspace: Workspace, tmp_path: Path) -> None:
    lamps().to_file(tmp_path / "a.gpkg", driver="GPKG")
    (workspace.agreements / "lampposts.toml").write_text(draft_layer_agreement(["id", "geometry"], "lampposts"))
    with pytest.raises(SettingsError, match="doel"):
        read_layer_file(workspace, "lampposts", tmp_path / "a.gpkg", source="lampposts", on=date(2026, 11, 23))


def test_a_first_line_that_is_data_does_not_reach_the_draft() -> None:
    text = draft_layer_agreement(["J. Canary", "Kerkstraat 12", "06-12345678"], "lampposts")
    assert "Canary" not in text
    assert "06-12345678" not in text
    assert "«kolom 1»" in text


@given(st.lists(st.text(max_size=20), max_size=6))
def test_a_draft_is_always_toml(headings: list[str]) -> None:
    draft = tomllib.loads(draft_layer_agreement([*headings, "geometry"], "laag"))
    assert draft["source"] == "laag"
    assert all(column["role"] in {"geometry", "x", "y"} for column in draft["columns"].values())
