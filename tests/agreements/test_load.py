# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date

import pytest

from stip.agreements import Kind, Purpose, agreements_of, install_shipped, load_agreement
from stip.errors import AgreementError, SettingsError
from stip.store import Workspace

SHIPPED = ["adressen", "bag", "bgt", "bvh", "cbs_buurten", "cbs_misdrijven", "incidents", "lagen"]


def test_ready_made_agreements_are_whole_and_marked_as_proposals(workspace: Workspace) -> None:
    assert install_shipped(workspace) == SHIPPED
    found = agreements_of(workspace)
    assert list(found) == SHIPPED
    for source, agreement in found.items():
        assert agreement.source == source
        assert agreement.legal_basis.startswith("Voorstel, te bevestigen door de gemeente")
        assert agreement.controller == ""
        assert (agreement.valid_from, agreement.valid_until) == (date(2026, 1, 1), date(2028, 12, 31))
        assert set(agreement.why_refused).isdisjoint(agreement.columns)
    assert found["bvh"].kind is Kind.INCIDENTS
    assert Purpose.OUTLOOK in found["incidents"].purposes


def test_what_people_changed_is_never_overwritten(workspace: Workspace) -> None:
    install_shipped(workspace)
    path = workspace.agreements / "bvh.toml"
    changed = path.read_text(encoding="utf-8").replace('controller = ""', 'controller = "College van B en W"')
    path.write_text(changed, encoding="utf-8")
    (workspace.agreements / "bag.toml").unlink()
    assert install_shipped(workspace) == ["bag"]
    assert load_agreement(workspace, "bvh").controller == "College van B en W"


def test_an_unknown_source_is_refused_with_the_known_ones(workspace: Workspace) -> None:
    with pytest.raises(AgreementError, match="nog geen"):
        load_agreement(workspace, "bvh")
    install_shipped(workspace)
    with pytest.raises(AgreementError, match=r"‘bvx’.*adressen, bag, bgt, bvh"):
        load_agreement(workspace, "bvx")
    with pytest.raises(AgreementError):
        load_agreement(workspace, "../stip")


def test_a_file_named_after_another_source_is_refused(workspace: Workspace) -> None:
    install_shipped(workspace)
    (workspace.agreements / "bvh.toml").rename(workspace.agreements / "politie.toml")
    with pytest.raises(SettingsError, match="politie.toml"):
        load_agreement(workspace, "politie")


def test_a_typing_error_is_named(workspace: Workspace) -> None:
    install_shipped(workspace)
    path = workspace.agreements / "bvh.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("precision_m", "precisie_m"), encoding="utf-8")
    with pytest.raises(SettingsError, match="precisie_m"):
        load_agreement(workspace, "bvh")
