# SPDX-License-Identifier: EUPL-1.2
"""Nothing comes in that the agreement does not name, however it is written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stip.agreements import Agreement, Column, Gate, KeyRing, Role, about_persons, install_shipped, load_agreement
from stip.errors import AgreementError
from stip.settings import Settings, Town
from stip.store import Workspace

SETTINGS = Settings(town=Town(name="Proefstad"))
PLAIN = Agreement.model_validate(
    {
        "source": "proef",
        "title": "Proef",
        "kind": "incidents",
        "purposes": ["stippenkaart"],
        "legal_basis": "wet",
        "valid_from": "2026-01-01",
        "valid_until": "2026-12-31",
        "retention_months": 12,
        "precision_m": 25,
        "columns": {
            "Nummer": {"role": "incident_id", "names": ["Zaak"]},
            "Soort": {"role": "crime_code"},
            "Begin-datum": {"role": "from_at"},
            "X-coördinaat": {"role": "x", "names": ["X"]},
            "Y-coördinaat": {"role": "y", "names": ["Y"]},
        },
        "why_refused": {"Verdachten": "gaat over personen"},
    }
)
GATE = Gate(PLAIN, SETTINGS)
GOOD = ["Nummer", "Soort", "Begin-datum", "X", "Y"]


@pytest.fixture
def bvh(workspace: Workspace) -> Gate:
    install_shipped(workspace)
    return Gate(load_agreement(workspace, "bvh"), workspace.settings, KeyRing.of(workspace))


def test_headings_match_however_they_are_written() -> None:
    admission = GATE.admit(["\ufeffnummer ", "SOORT", "begin- datum", "x-coo\u0308rdinaat", "Y"])
    assert admission.kept == {
        Role.INCIDENT_ID: "\ufeffnummer ",
        Role.CRIME_CODE: "SOORT",
        Role.FROM_AT: "begin- datum",
        Role.X: "x-coo\u0308rdinaat",
        Role.Y: "Y",
    }
    assert admission.refused == ()
    assert admission.missing == ()


def test_what_is_not_declared_is_refused_and_named() -> None:
    admission = GATE.admit([*GOOD, "Verdachten", "Naam getuige", ""])
    assert [(r.heading, r.why) for r in admission.refused] == [
        ("Verdachten", "gaat over personen"),
        ("Naam getuige", "staat niet in de afspraak"),
        ("«kolom 8»", "staat niet in de afspraak"),
    ]


def test_a_column_that_comes_twice_comes_in_once() -> None:
    admission = GATE.admit([*GOOD, "X-coördinaat", "Soort"])
    assert admission.positions[Role.X] == 5  # the declared name goes before its other names
    assert admission.positions[Role.CRIME_CODE] == 1
    assert [r.heading for r in admission.refused] == ["X", "Soort"]
    assert all("tweede keer" in r.why for r in admission.refused)


def test_what_must_be_there_is_named_when_it_is_not() -> None:
    assert GATE.admit(["Soort", "X", "Verdachten"]).missing == ("Nummer", "Begin-datum", "Y-coördinaat")
    either = {**PLAIN.columns, "Postcode": Column(role=Role.POSTCODE)}
    gate = Gate(PLAIN.model_copy(update={"columns": either}), SETTINGS)
    assert gate.admit(["Nummer", "Soort", "Begin-datum", "Postcode"]).missing == ()
    assert gate.admit(["Nummer", "Soort", "Begin-datum"]).missing == ("X-coördinaat", "Y-coördinaat")


@pytest.mark.parametrize(
    "heading",
    [
        "jan@voorbeeld.nl",
        "111222333",
        "06-12345678",
        "12-ABC-3",
        "3511 AB",
        "Dorpsstraat 12",
        "Hooidrift 12",
        "dhr jansen",
        "PL0900-2026123456",
        "17-05-1980",
        "NL91ABNA0417164300",
        "Een lange zin die over iemand gaat en hier als kop staat, want er was geen kop",
    ],
)
def test_a_heading_that_may_be_data_is_not_shown(heading: str) -> None:
    refused = GATE.admit([*GOOD, heading]).refused
    assert [r.heading for r in refused] == ["«kolom 6»"]


def test_a_first_line_of_data_is_not_shown_at_all() -> None:
    admission = GATE.admit(["Jansen", "Piet", "fiets", "Utrecht"])
    assert [r.heading for r in admission.refused] == ["«kolom 1»", "«kolom 2»", "«kolom 3»", "«kolom 4»"]
    assert admission.kept == {}


@given(st.lists(st.text(max_size=25), max_size=15))
def test_each_column_is_kept_or_refused_and_only_declared_ones_are_kept(headings: list[str]) -> None:
    admission = GATE.admit(headings)
    assert len(admission.kept) + len(admission.refused) == len(headings)
    declared = {"nummer", "zaak", "soort", "begin-datum", "x-coördinaat", "x", "y-coördinaat", "y"}
    for role, heading in admission.kept.items():
        assert "".join(heading.split()).casefold() in declared
        assert headings[admission.positions[role]] == heading


@given(st.permutations([*GOOD, "Verdachten", "Naam", "Project"]))
def test_order_does_not_matter(headings: list[str]) -> None:
    admission = GATE.admit(headings)
    assert set(admission.kept.values()) == set(GOOD)
    assert {r.heading for r in admission.refused} == {"Verdachten", "Naam", "Project"}


@given(
    st.floats(-1e6, 1e6),
    st.floats(-1e6, 1e6),
    st.sampled_from([1, 10, 25, 100, 125, 500]),
    st.integers(-1000, 1000),
)
def test_coarse_points_stay_near_forget_the_rest_and_stay_put(x: float, y: float, square: int, origin: int) -> None:
    settings = Settings(town=Town(name="Proefstad", origin_x_m=origin))
    gate = Gate(PLAIN.model_copy(update={"precision_m": square}), settings)
    x_m, y_m = gate.coarsen(np.array([x]), np.array([y]))
    assert abs(x_m[0] - x) <= square / 2 + 1e-6
    assert abs(y_m[0] - y) <= square / 2 + 1e-6
    assert (x_m[0] - origin - square / 2) % square == pytest.approx(0)
    again_x, again_y = gate.coarsen(x_m, y_m)
    assert (again_x[0], again_y[0]) == (x_m[0], y_m[0])


def test_a_fitting_square_never_leaves_its_cell() -> None:
    x_m = np.arange(0, 1000, 0.5)
    coarse, _ = GATE.coarsen(x_m, x_m)
    np.testing.assert_array_equal(coarse // 125, x_m // 125)


def test_series_stay_aligned_and_missing_stays_missing() -> None:
    x_m = pd.Series([10.0, np.nan], index=[7, 3])
    coarse, _ = GATE.coarsen(x_m, x_m)
    assert coarse.index.tolist() == [7, 3]
    assert coarse[7] == 12.5
    assert np.isnan(coarse[3])


def test_things_on_the_map_keep_their_place() -> None:
    gate = Gate(PLAIN.model_copy(update={"precision_m": 0}), SETTINGS)
    x_m = np.array([1.23])
    assert gate.coarsen(x_m, x_m)[0] is x_m


def test_numbers_need_a_key(bvh: Gate) -> None:
    ids = pd.Series(["PL0100-2026000001"])
    assert bvh.hash_ids(ids)[0] == next(iter(bvh.hash_ids_all(ids).values()))[0]
    with pytest.raises(AgreementError, match="sleutel"):
        GATE.hash_ids(ids)


def test_the_gate_sees_personal_data(bvh: Gate) -> None:
    assert bvh.find_personal(pd.Series(["bel 06-12345678", "fiets"])).dropna().to_dict() == {0: "telefoonnummer"}


@pytest.mark.real
def test_the_police_export_comes_in_with_seven_columns_and_the_rest_named(bvh: Gate, real_data: Path) -> None:
    path = real_data / "groningen" / "raw" / "bvh_export_2000_masked_semicolon_cp1252.csv"
    lines = path.read_text(encoding="cp1252").splitlines()
    headings = lines[0].split(";")
    admission = bvh.admit(headings)
    assert set(admission.kept.values()) == {
        *("Incident Identificatie", "Incidentsoort code", "Begin-pleegdatum/tijd", "Eind-pleegdatum/tijd"),
        *("Kennisnamedatum/tijd", "X", "Y"),
    }
    assert len(admission.refused) == len(headings) - 7
    assert {r.heading for r in admission.refused} >= {
        *("Verdachten", "Aanhoudingen", "Pleeghuisnummer met toev.", "Project(en)", "Object", "Opgehelderd", "Weer")
    }
    assert all(r.why != "staat niet in de afspraak" for r in admission.refused)
    without_heading = bvh.admit(lines[1].split(";"))
    assert all(r.heading.startswith("«kolom ") for r in without_heading.refused)


def test_columns_about_persons_are_told_apart_from_others() -> None:
    headings = ["Verdachten", "Weer", "Aanhoudingen", "«kolom 7»", "Slachtoffers", "Pleegbuurt"]
    assert about_persons(headings) == ["Verdachten", "Aanhoudingen", "Slachtoffers"]
