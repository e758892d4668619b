# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from stip.agreements import Remark, Weight, install_shipped, record_pause, retention, review
from stip.store import Workspace, publish_batch

ON = date(2026, 11, 23)
SETTLED = {
    "Voorstel, te bevestigen door de gemeente: ": "",
    'controller = ""': 'controller = "College van B en W"',
    'dpia = ""': 'dpia = "zaak 2026-1"',
}


def settle(workspace: Workspace) -> None:
    install_shipped(workspace)
    for path in workspace.agreements.glob("*.toml"):
        change(workspace, path.stem, SETTLED)


def change(workspace: Workspace, source: str, changes: dict[str, str]) -> None:
    path = workspace.agreements / f"{source}.toml"
    text = path.read_text(encoding="utf-8")
    for old, new in changes.items():
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def about(remarks: list[Remark], source: str) -> dict[str, Weight]:
    return {remark.what: remark.weight for remark in remarks if remark.source == source}


def test_ready_made_agreements_have_open_ends_but_no_faults(workspace: Workspace) -> None:
    install_shipped(workspace)
    found = about(review(workspace, on=ON), "bvh")
    assert set(found.values()) == {Weight.OPEN}
    assert [what.split(".")[0] for what in found] == [
        "De grondslag is nog een voorstel",
        "Er staat niet wie verantwoordelijk is",
        "Er staat niet waar de DPIA ligt (de beoordeling van privacyrisico's)",
    ]


def test_settled_agreements_are_good(workspace: Workspace) -> None:
    settle(workspace)
    remarks = review(workspace, on=ON)
    assert len(remarks) == 8
    assert {remark.weight for remark in remarks} == {Weight.GOOD}


@pytest.mark.parametrize(
    ("changes", "weight", "words"),
    [
        ({"2028-12-31": "2026-11-22"}, Weight.FAULT, "liep tot en met 22-11-2026"),
        ({"2028-12-31": "2026-12-31"}, Weight.OPEN, "loopt af op 31-12-2026"),
        ({"2026-01-01": "2027-01-01"}, Weight.OPEN, "gaat pas in op 01-01-2027"),
        ({'legal_basis = "': 'legal_basis = "" # "'}, Weight.FAULT, "geen grondslag"),
        ({"precision_m = 25": "precision_m = 5"}, Weight.OPEN, "één woning"),
        ({"precision_m = 25": "precision_m = 30"}, Weight.OPEN, "Kies een deler, zoals 25"),
        ({"retention_months = 60": "retention_months = 84"}, Weight.OPEN, "84 maanden"),
        ({"delay_days": 'crime_type = "wildplassen"\ndelay_days'}, Weight.FAULT, "wildplassen"),
        ({"[columns]": '[columns]\nPC6 = { role = "postcode" }'}, Weight.OPEN, "adres"),
        ({"[columns]": '[columns]\nInkomen = { role = "value" }'}, Weight.FAULT, "‘Inkomen’"),
        ({"[columns]": '[columns]\nVerdachten = { role = "value" }'}, Weight.FAULT, "gaat over personen"),
        ({"title =": "titel ="}, Weight.FAULT, "bij title: dit ontbreekt nog"),
        ({"[columns]": "[columns"}, Weight.FAULT, "geen geldig TOML"),
    ],
)
def test_each_thing_that_is_wrong_is_said(
    workspace: Workspace, changes: dict[str, str], weight: Weight, words: str
) -> None:
    settle(workspace)
    change(workspace, "bvh", changes)
    found = about(review(workspace, on=ON), "bvh")
    said = [what for what in found if words in what]
    assert len(said) == 1
    assert found[said[0]] is weight
    assert all(remark.weight is Weight.GOOD for remark in review(workspace, on=ON) if remark.source != "bvh")


def test_no_agreements_is_a_fault(workspace: Workspace) -> None:
    assert [remark.weight for remark in review(workspace, on=ON)] == [Weight.FAULT]


def test_it_says_when_nothing_was_tidied_and_what_has_no_agreement(workspace: Workspace) -> None:
    settle(workspace)
    moment = pd.Timestamp("2026-09-07 10:00", tz="UTC")
    rows = pd.DataFrame(
        {
            "incident_id": ["a"],
            "source": "elders",
            "batch_id": "b1",
            "version": 1,
            "crime_type": "bicycle_theft",
            "from_at": moment,
            "to_at": moment,
            "known_at": moment,
            "x_m": 1.0,
            "y_m": 1.0,
            "precision_m": 25.0,
            "area_code": None,
            "area_year": None,
        }
    )
    publish_batch(workspace, rows, {"batch_id": "b1", "source": "elders"})
    remarks = review(workspace, on=ON)
    assert about(remarks, "elders") == {
        "Er zijn meldingen van deze bron, maar er is geen afspraak meer over.": Weight.FAULT
    }
    assert "nog nooit" in next(iter(about(remarks, "")))
    publish_batch(workspace, rows, {"batch_id": "b2", "source": "bvh", "person_columns": 4})
    told = {"In de laatste levering stonden 4 kolommen over personen": Weight.OPEN}
    police = about(review(workspace, on=ON), "bvh")
    assert told.items() <= {what.split(". ")[0]: weight for what, weight in police.items()}.items()
    retention(workspace, on=ON)
    assert about(review(workspace, on=date(2026, 12, 1)), "") == {}
    assert "voor het laatst op 23-11-2026" in next(iter(about(review(workspace, on=date(2027, 2, 1)), "")))


def test_a_pause_is_told(workspace: Workspace) -> None:
    settle(workspace)
    at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    record_pause(workspace, "source:bvh", paused=True, reason="dubbele meldingen", role="fg", at=at)
    found = about(review(workspace, on=ON), "bvh")
    police = "De bron ‘Meldingen van de politie (uitvoer uit BVH)’"
    assert found[f"{police} staat op pauze sinds 20 november 2026: dubbele meldingen."] is Weight.OPEN
