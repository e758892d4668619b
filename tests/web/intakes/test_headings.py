# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from stip.agreements import load_agreement
from stip_web.intakes.headings import best_fit, fingerprint, incident_agreements, told_headings
from stip_web.workspaces.current import current_workspace

BVH = ("Incident Identificatie", "Incidentsoort code", "Begin-pleegdatum/tijd", "X", "Y", "Verdachten", "Mijn kolom")


def shown(headings: tuple[str, ...]) -> dict[str, tuple[str, bool]]:
    workspace = current_workspace()
    told = told_headings(load_agreement(workspace, "bvh"), workspace.settings, headings)
    return {one.shown: (one.role, one.open) for one in told}


def test_each_column_is_told_with_what_becomes_of_it(site: object) -> None:
    told = shown(BVH)
    assert told["X"] == ("x", False)
    assert told["Verdachten"] == ("", False)
    assert told["Mijn kolom"] == ("", True)


def test_a_line_of_data_is_not_shown(site: object) -> None:
    told = shown(("PL9999_BVH_2026002609", "C40", "Jan de Vries", "30-08-2026 15:15:00", "149766", "435063"))
    assert set(told) == {f"«kolom {place}»" for place in range(1, 7)}
    assert not any(is_open for _, is_open in told.values())


def test_a_line_of_other_headings_is_shown_and_can_be_chosen(site: object) -> None:
    told = shown(("ID", "Case Number", "Date", "Primary Type", "Latitude", "Longitude"))
    assert told["Latitude"] == ("", True)


def test_headings_are_known_again_whatever_their_spaces(site: object) -> None:
    assert fingerprint(("A b", "C")) == fingerprint(("ab ", "c"))
    assert fingerprint(("a", "bc")) != fingerprint(("ab", "c"))
    assert best_fit(BVH, incident_agreements(current_workspace())) == "bvh"
