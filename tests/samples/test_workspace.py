# SPDX-License-Identifier: EUPL-1.2
"""The town goes into a workspace through the front doors, and nothing that must stay out comes in."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from stip.agreements import (
    Kind,
    Purpose,
    agreements_of,
    check_features,
    check_target,
    check_use,
    retention,
    retention_limit,
)
from stip.errors import AgreementError
from stip.intake import (
    read_address_file,
    read_areas_file,
    read_incident_file,
    read_layer_file,
    store_areas,
)
from stip.samples import (
    SOURCES,
    SampleTown,
    make_workspace,
    planted_faults,
    sample_agreements,
    sample_settings,
    stip_toml,
    true_incidents,
)
from stip.samples.history import LAST_WEEK, SCALES
from stip.samples.mess import GRAVE
from stip.samples.risk import TYPES
from stip.settings import Settings
from stip.space import monday, shift_week
from stip.store import Workspace, read_incidents

DAY = date(2026, 9, 7)


@pytest.fixture
def stipdam(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("STIP_KEYS", str(tmp_path / "keys"))
    return make_workspace(tmp_path / "stipdam")


def test_settings_survive_their_own_toml() -> None:
    assert Settings.model_validate(tomllib.loads(stip_toml())) == sample_settings()
    settings = sample_settings()
    assert settings.outlook.targets == TYPES
    assert settings.learn.goal
    assert settings.learn.success
    assert {feature.layer for feature in settings.link.features} <= {source.name for source in SOURCES}


def test_drugs_are_known_and_refused_as_a_target(stipdam: Workspace) -> None:
    with pytest.raises(AgreementError):
        check_target(stipdam.settings, "drugs")
    for crime_type in TYPES:
        check_target(stipdam.settings, crime_type)


def test_every_source_has_its_agreement(stipdam: Workspace) -> None:
    agreements = agreements_of(stipdam)
    for source in SOURCES:
        assert agreements[source.agreement].kind is source.kind
    assert set(sample_agreements()) < set(agreements)
    check_features([source.name for source in SOURCES])


@pytest.mark.parametrize("today", [date(2026, 11, 26), date(2029, 1, 2), date(2041, 6, 1)])
def test_the_town_can_be_read_and_stays_in_any_year(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: SampleTown, today: date
) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Clock:
            return cls(today.year, today.month, today.day, 12, tzinfo=tz)

    monkeypatch.setenv("STIP_KEYS", str(tmp_path / "keys"))
    for module in ("stip.samples.workspace", "stip.intake.incidents.file", "stip.intake.incidents.storing"):
        monkeypatch.setattr(f"{module}.datetime", Clock)
    made = make_workspace(tmp_path / "stipdam")
    for agreement in agreements_of(made).values():
        check_use(agreement, agreement.purposes[0], on=today)
    arrives = datetime(2026, 6, 15, 8, tzinfo=ZoneInfo("Europe/Amsterdam"))
    report = read_incident_file(made, small.history, "bvh", received_at=arrives)
    assert report.new > 0
    assert retention(made, on=today)["destroyed"].sum() == 0
    months = agreements_of(made)["bvh"].retention_months
    first = pd.Timestamp(monday(shift_week(LAST_WEEK, -SCALES["full"].weeks)), tz="UTC")
    assert retention_limit(today, months, "Europe/Amsterdam") < first
    assert today.year > 2026 or months == 60


def test_each_source_serves_only_what_it_is_used_for(stipdam: Workspace) -> None:
    agreed = agreements_of(stipdam)
    for source, agreement in agreed.items():
        if agreement.kind is Kind.LAYER:
            assert Purpose.DOT_MAP in agreement.purposes and Purpose.EVALUATION not in agreement.purposes, source
    assert agreed["eigendom"].purposes == (Purpose.DOT_MAP,)
    assert Purpose.OUTLOOK not in agreed["adressen"].purposes
    asked = {feature.layer for feature in stipdam.settings.link.features}
    for source in SOURCES:
        if source.kind is Kind.LAYER:
            assert (Purpose.OUTLOOK in agreed[source.agreement].purposes) == (source.name in asked), source.name


def test_the_town_says_who_decides_and_where_the_assessment_lies(stipdam: Workspace) -> None:
    for source, agreement in agreements_of(stipdam).items():
        assert agreement.controller and agreement.dpia, source
    assert "voorbeeld" in agreements_of(stipdam)["bvh"].dpia


def test_every_layer_is_read_without_a_refused_row(stipdam: Workspace, small: SampleTown) -> None:
    for source in SOURCES:
        path = small.folder / source.file
        if source.kind is Kind.AREAS:
            areas = read_areas_file(stipdam, path, source=source.agreement, on=DAY)
            store_areas(stipdam, areas)
            report = areas.report
        elif source.kind is Kind.ADDRESSES:
            report = read_address_file(stipdam, path, source=source.agreement, on=DAY).report
        else:
            layer = read_layer_file(stipdam, source.name, path, source=source.agreement, on=DAY)
            report = layer.report
            assert not layer.frame.astype(str).apply(lambda column: column.str.contains("erzonnen")).any(axis=None)
        assert report.refused == 0
        assert report.rows > 0


def test_police_files_are_read_and_what_was_true_is_stored(stipdam: Workspace, small: SampleTown) -> None:
    store_areas(stipdam, read_areas_file(stipdam, small.areas, source="cbs_buurten", on=DAY))
    arrives = datetime(2026, 6, 15, 8, tzinfo=ZoneInfo("Europe/Amsterdam"))
    reports = {
        path.name: read_incident_file(stipdam, path, "bvh", received_at=arrives + timedelta(weeks=week))
        for week, path in enumerate((small.history, *small.weekly))
    }
    faults = planted_faults(small.folder)
    for name, report in reports.items():
        mine = faults.loc[faults["file"] == name, "fault"]
        assert report.refused <= int(mine.isin(list(GRAVE)).sum())
        assert report.refused >= int(mine.isin(["missing_place", "impossible_date", "far_away"]).sum())
        assert report.accepted + report.repaired + report.refused == report.rows
    assert sum(report.corrected for report in reports.values()) > 5
    stored = read_incidents(stipdam)
    assert set(stored["crime_type"]) == {*TYPES, "drugs"}
    # Nearly every incident that was known in time lies in the cell where the police put it.
    cells = pd.Series(stipdam.grid.cell_at(stored["x_m"].to_numpy(), stored["y_m"].to_numpy())).value_counts()
    truth = true_incidents(small.folder)
    known = truth[truth["known_at"] < pd.Timestamp(DAY, tz="Europe/Amsterdam")]["recorded_cell"].value_counts()
    apart = cells.sub(known, fill_value=0).abs().sum()
    assert apart < (stored["crime_type"] == "drugs").sum() + 0.06 * len(truth)
