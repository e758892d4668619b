# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import shapely

from link.conftest import areas_of, incidents_at, layer_of
from stip.agreements import install_shipped
from stip.errors import AgreementError, WorkspaceError
from stip.link import link_workspace
from stip.settings import FeatureSettings, LinkSettings, Settings, Town
from stip.store import (
    Workspace,
    publish_batch,
    read_cells,
    read_features,
    read_incidents,
    write_areas,
    write_layer,
)

TODAY = date(2026, 11, 23)
_BATCH = {"batch_id": "b1", "source": "bvh", "addresses": {"matched": 2, "ambiguous": 1, "unmatched": 4}}


@pytest.fixture
def town(tmp_path: Path) -> Workspace:
    features = (FeatureSettings(layer="lamps", measures=("count", "distance")),)
    settings = Settings(town=Town(name="Proefstad", cell_m=100), link=LinkSettings(features=features))
    workspace = Workspace.create(tmp_path / "town", settings)
    install_shipped(workspace)
    write_areas(workspace, areas_of(2025))
    publish_batch(workspace, incidents_at((50, 50), (250, 50), (9000, 0), area_code="BU01"), _BATCH)
    write_layer(workspace, layer_of("lamps", shapely.Point(10, 10)))
    return workspace


def test_everything_is_tied_together_and_kept(town: Workspace) -> None:
    linked = link_workspace(town, on=TODAY)
    assert len(read_cells(town)) == 16
    assert read_cells(town)["dwellings"].isna().all()
    assert read_features(town)["lamps_count"].sum() == 1
    assert linked.recoded == 2  # the second lies in BU02 and the third nowhere
    assert read_incidents(town)["area_code"].fillna("-").sort_values().tolist() == ["-", "BU01", "BU02"]
    assert set(linked.report["link"]) == {
        "incidents_areas",
        "incidents_cells",
        "layers_cells",
        "features_cells",
        "addresses",
    }


def test_a_link_that_was_broken_off_leaves_no_features_of_other_cells(
    town: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    link_workspace(town, on=TODAY)
    write_areas(town, areas_of(2026, shift_m=60))

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("stip.link.workspace.write_features", killed)
        with pytest.raises(KeyboardInterrupt):
            link_workspace(town, on=TODAY)
    with pytest.raises(WorkspaceError, match="horen niet bij de vakken die er nu zijn.*Doe opnieuw ‘stip link’"):
        read_features(town)
    link_workspace(town, on=TODAY)
    assert len(read_features(town)) == len(read_cells(town))


def test_features_that_are_no_longer_asked_are_refused(town: Workspace) -> None:
    link_workspace(town, on=TODAY)
    asked = LinkSettings(features=(FeatureSettings(layer="lamps", measures=("count",)),))
    other = Workspace(town.root, town.settings.model_copy(update={"link": asked}))
    with pytest.raises(WorkspaceError, match="stip.toml vraagt nu andere. Doe opnieuw ‘stip link’"):
        read_features(other)
    link_workspace(other, on=TODAY)
    assert list(read_features(other).columns) == ["lamps_count"]


def test_linking_again_changes_nothing(town: Workspace) -> None:
    link_workspace(town, on=TODAY)
    before = {path: path.stat().st_mtime_ns for path in (town.data / "incidents").rglob("*")}
    again = link_workspace(town, on=TODAY)
    assert again.recoded == 0
    assert before == {path: path.stat().st_mtime_ns for path in (town.data / "incidents").rglob("*")}


def test_new_borders_are_looked_up_again(town: Workspace) -> None:
    link_workspace(town, on=TODAY)
    write_areas(town, areas_of(2026, shift_m=60))
    linked = link_workspace(town, on=TODAY)
    assert linked.areas.year == 2026
    assert linked.recoded == 2  # (50, 50) lies outside now, (250, 50) in BU01
    assert set(read_incidents(town)["area_year"]) == {2026}


def test_dwellings_are_counted_when_there_is_a_layer(town: Workspace) -> None:
    write_layer(town, layer_of("dwellings", shapely.Point(10, 10), shapely.Point(20, 20)))
    assert link_workspace(town, on=TODAY).cells["dwellings"].sum() == 2


def test_a_dry_run_writes_nothing(town: Workspace) -> None:
    before = sorted(path for path in town.root.rglob("*") if path.name != ".lock")
    linked = link_workspace(town, on=TODAY, dry_run=True)
    assert len(linked.cells) == 16 and linked.recoded == 2
    assert sorted(path for path in town.root.rglob("*") if path.name != ".lock") == before
    assert set(read_incidents(town)["area_code"]) == {"BU01"}


def test_a_layer_is_used_only_as_agreed(town: Workspace) -> None:
    with pytest.raises(AgreementError, match="liep tot en met"):
        link_workspace(town, on=date(2036, 1, 1))
    (town.agreements / "lagen.toml").unlink()
    with pytest.raises(AgreementError, match="geen afspraak ‘lagen’"):
        link_workspace(town, on=TODAY)


def test_without_areas_it_says_what_to_do(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "empty", Settings(town=Town(name="Leegstad")))
    with pytest.raises(WorkspaceError, match="stip intake areas"):
        link_workspace(workspace, on=TODAY)
