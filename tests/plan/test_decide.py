# SPDX-License-Identifier: EUPL-1.2
"""Writing down what people know better."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from plan.made_town import QUICK, WEEK, make_town, open_with
from stip.errors import PlanError, SettingsError
from stip.plan import ROLES, Override, record_override, withdraw_override
from stip.store import WITHDRAWN, read_decisions

AT = datetime(2026, 9, 4, 12, tzinfo=UTC)


@pytest.fixture
def town(rng):
    homes = np.full((6, 8), 40.0)
    homes[0] = 2.0
    return make_town(rng.random((6, 8)), dwellings=homes)


@pytest.fixture
def filled(workspace, town):
    return open_with(workspace, town, plan=QUICK)


@pytest.fixture
def fair(town):
    return Override(WEEK, "add", (town.cell(1, 2), town.cell(1, 1)), "Kermis op het plein.", "coordinator")


def test_a_decision_is_kept_with_reason_and_role(filled, fair):
    decision_id = record_override(filled, fair, at=AT)
    row = read_decisions(filled, "override", week=WEEK).iloc[0]
    assert row["decision_id"] == decision_id
    assert list(row["cells"]) == sorted(fair.cells)
    assert (row["kind"], row["reason"], row["role"]) == ("add", fair.reason, "coordinator")
    assert row["to_cells"] is None
    assert pd.isna(row["crime_type"])


def test_moving_and_lowering_keep_where_to_and_which_type(filled, fair, town):
    to = (town.cell(5, 4), town.cell(5, 5))
    record_override(filled, replace(fair, kind="move", to_cells=to), at=AT)
    record_override(filled, replace(fair, kind="lower", crime_type="bicycle_theft"), at=AT)
    rows = read_decisions(filled, "override", week=WEEK).set_index("kind")
    assert list(rows.loc["move", "to_cells"]) == sorted(to)
    assert rows.loc["lower", "crime_type"] == "bicycle_theft"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kind": "raise"}, "‘raise’ ken ik niet"),
        ({"kind": "move"}, "--to"),
        ({"to_cells": (1,)}, "--to"),
        ({"role": "Jan Bakker"}, "Deze rol ken ik niet"),
        ({"reason": "  "}, "Een reden ontbreekt"),
        ({"reason": "a" * 141}, "141 tekens; 140 mag"),
        ({"reason": "Klacht van bewoner, mail jan@voorbeeld.nl"}, "e-mailadres"),
        ({"crime_type": "fietsen"}, "‘fietsen’ ken ik niet"),
        ({"cells": ()}, "Noem ten minste één vak"),
    ],
)
def test_what_may_not_be_kept_is_refused(filled, fair, change, sentence):
    with pytest.raises(PlanError, match=sentence):
        record_override(filled, replace(fair, **change), at=AT)
    assert read_decisions(filled, "override").empty


def test_a_refused_role_or_reason_is_not_repeated(filled, fair):
    for change in ({"role": "Jan Bakker"}, {"reason": "Bel 06-12345678"}):
        with pytest.raises(PlanError) as refused:
            record_override(filled, replace(fair, **change), at=AT)
        assert not {"Jan", "Bakker", "06-12345678"} & set(str(refused.value).split())


def test_a_week_that_does_not_exist_is_refused(filled, fair):
    with pytest.raises(SettingsError, match="2026-W54"):
        record_override(filled, replace(fair, week="2026-W54"), at=AT)


def test_cells_outside_the_town_are_refused_by_name(filled, fair, town):
    with pytest.raises(PlanError, match=r"Vak E\d+N\d+ ligt buiten het gebied van Proefstad"):
        record_override(filled, replace(fair, cells=(town.cell(40, 40),)), at=AT)


def test_an_own_place_may_not_point_at_a_home(filled, fair, town):
    with pytest.raises(PlanError, match="wijst zij een huis aan"):
        record_override(filled, replace(fair, cells=(town.cell(2, 0), town.cell(3, 0))), at=AT)


def test_every_role_may_decide(filled, fair):
    for role in ROLES:
        record_override(filled, replace(fair, role=role), at=AT)
    assert set(read_decisions(filled, "override")["role"]) == set(ROLES)


def test_what_is_withdrawn_stands_no_longer_and_stays_to_be_read(filled, fair):
    first = record_override(filled, fair, at=AT)
    other = record_override(filled, replace(fair, kind="drop"), at=AT)
    back = withdraw_override(filled, first, reason="De kermis gaat niet door.", role="analist", at=AT)
    assert read_decisions(filled, "override", week=WEEK)["decision_id"].tolist() == [other]
    rows = read_decisions(filled, "override", week=WEEK, history=True).set_index("decision_id")
    assert set(rows.index) == {first, other, back}
    assert rows.loc[back, ["kind", "supersedes", "role", "reason"]].tolist() == [
        WITHDRAWN,
        first,
        "analist",
        "De kermis gaat niet door.",
    ]
    assert list(rows.loc[back, "cells"]) == list(rows.loc[first, "cells"])


def test_what_was_withdrawn_before_a_moment_did_stand_then(filled, fair):
    first = record_override(filled, fair, at=AT)
    later = AT + timedelta(hours=1)
    withdraw_override(filled, first, reason="Toch niet.", role="analist", at=later)
    assert read_decisions(filled, "override", before=later)["decision_id"].tolist() == [first]
    assert read_decisions(filled, "override").empty


def test_only_what_stands_can_be_withdrawn(filled, fair):
    first = record_override(filled, fair, at=AT)
    back = withdraw_override(filled, first, reason="Toch niet.", role="analist", at=AT)
    for decision_id in (first, back, "nooit"):
        with pytest.raises(PlanError, match="al ingetrokken"):
            withdraw_override(filled, decision_id, reason="Toch niet.", role="analist", at=AT)


def test_why_something_is_withdrawn_passes_the_gate(filled, fair):
    first = record_override(filled, fair, at=AT)
    for reason, role in (("", "analist"), ("Zegt mevrouw Jansen.", "analist"), ("Toch niet.", "Noor")):
        with pytest.raises(PlanError):
            withdraw_override(filled, first, reason=reason, role=role, at=AT)
    assert len(read_decisions(filled, "override")) == 1
